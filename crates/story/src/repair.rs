//! What the first reports could not know: stories that turn out to be one are merged, members that
//! do not belong leave.
//!
//! In: the stream's stories. Out: the same articles, grouped better. Both steps use the mean
//! similarity of members (average linkage), so one odd bridge article neither joins two stories
//! nor holds one together.

use crate::group::{Bags, Days, Index, Open, Settings, Tally, gap, widen};
use crate::sketch::Sketch;

/// Rounds of merging: each at least halves what still has to meet; the sets measured need three.
const ROUNDS: usize = 6;

/// Members that make a camp of their own in a story: fewer are a matter of chance.
const CAMP: usize = 3;

/// By how much less that is asked of headlines without text, whose few words agree by chance.
const HEADLINES: f32 = 0.3;

/// Rounds in which members choose between two camps; the sets measured settle in three.
const CHOICES: usize = 4;

/// Merges, lets members leave, and merges once more what has left.
pub(crate) fn repair(
    mut stories: Vec<Open>,
    sketches: &[Sketch],
    bags: &[Bags],
    settings: &Settings,
) -> Vec<Open> {
    stories = merge(stories, settings);
    stories = part(stories, sketches, bags, settings);
    merge(stories, settings)
}

/// Joins the pairs of stories that score best, best pair first, until none is good enough.
fn merge(mut stories: Vec<Open>, settings: &Settings) -> Vec<Open> {
    for _ in 0..ROUNDS {
        let mut index = Index::default();
        for (story, open) in stories.iter().enumerate() {
            index.post(story as u32, &open.bags.all);
        }
        let mut tally = Tally::default();
        let mut pairs: Vec<(f32, u32, u32)> = Vec::new();
        for (story, open) in stories.iter().enumerate() {
            for other in index.find(&open.bags.all, &mut tally) {
                if other >= story as u32 {
                    continue;
                }
                let with = &stories[other as usize];
                let score = open.bags.similarity(&with.bags, settings)
                    - gap(open.days, with.days, settings);
                if score >= settings.merge && !apart(open, with, score, settings) {
                    pairs.push((score, other, story as u32));
                }
            }
        }
        if pairs.is_empty() {
            break;
        }
        pairs.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        // In one round each story merges once: the scores of the merged are not yet known.
        let mut used = vec![false; stories.len()];
        for (_, into, from) in pairs {
            if used[into as usize] || used[from as usize] {
                continue;
            }
            (used[into as usize], used[from as usize]) = (true, true);
            let gone = std::mem::take(&mut stories[from as usize]);
            let kept = &mut stories[into as usize];
            kept.members.extend(gone.members);
            kept.bags.add(&gone.bags, 1.0);
            kept.days = widen(kept.days, gone.days);
        }
        stories.retain(|story| !story.members.is_empty());
    }
    stories
}

/// Lets members go whose mean similarity to the others is low: each becomes a story of its own.
fn part(stories: Vec<Open>, sketches: &[Sketch], bags: &[Bags], settings: &Settings) -> Vec<Open> {
    let mut parted = Vec::with_capacity(stories.len());
    for mut story in stories {
        let mut leavers = Vec::new();
        if story.members.len() > 2 {
            story.members.retain(|&member| {
                let own = &bags[member as usize];
                let mut others = story.bags.clone();
                others.add(own, -1.0);
                let days = sketches[member as usize].day.map(|day| (day, day));
                let stays = own.similarity(&others, settings) - gap(days, story.days, settings)
                    >= settings.leave;
                if !stays {
                    leavers.push(member);
                }
                stays
            });
        }
        if !leavers.is_empty() {
            (story.bags, story.days) = sums(&story.members, sketches, bags);
        }
        parted.push(story);
        for member in leavers {
            let (bags, days) = sums(&[member], sketches, bags);
            parted.push(Open {
                members: vec![member],
                bags,
                days,
            });
        }
    }
    let mut open = parted;
    let mut done = Vec::with_capacity(open.len());
    while let Some(story) = open.pop() {
        match camps(&story, sketches, bags, settings) {
            Some((one, other)) => open.extend([one, other]),
            None => done.push(story),
        }
    }
    done.retain(|story| !story.members.is_empty());
    // The order of the stream, which the splits have turned about.
    done.sort_by_key(|story| story.members.iter().min().copied());
    done
}

/// How close a story's members are to each other.
fn within(story: &Open, settings: &Settings) -> f32 {
    let count = story.members.len() as f32;
    let all = story.bags.similarity(&story.bags, settings) * count * count;
    if count < 2.0 {
        1.0
    } else {
        (all - count) / (count * (count - 1.0))
    }
}

/// Whether two groups, each of some size, are much farther from each other than their own members
/// are: two events of one kind, however alike.
fn apart(a: &Open, b: &Open, between: f32, settings: &Settings) -> bool {
    let short =
        (a.bags.short / a.bags.members.max(1.0)).min(b.bags.short / b.bags.members.max(1.0));
    let ratio = settings.apart * (1.0 - HEADLINES * short);
    a.members.len() >= CAMP
        && b.members.len() >= CAMP
        && between < ratio * within(a, settings).min(within(b, settings))
}

/// The two camps that a story falls into, if it does: seeds far from each other, then every member
/// chooses the nearer one.
fn camps(
    story: &Open,
    sketches: &[Sketch],
    bags: &[Bags],
    settings: &Settings,
) -> Option<(Open, Open)> {
    if story.members.len() < 2 * CAMP {
        return None;
    }
    let farthest = |from: &Bags| {
        let far = |member: &u32| bags[*member as usize].similarity(from, settings);
        story
            .members
            .iter()
            .copied()
            .min_by(|a, b| far(a).total_cmp(&far(b)).then(a.cmp(b)))
    };
    let first = farthest(&story.bags)?;
    let second = farthest(&bags[first as usize])?;
    let mut sides = (bags[first as usize].clone(), bags[second as usize].clone());
    let mut chosen = (Vec::new(), Vec::new());
    for _ in 0..CHOICES {
        chosen = story.members.iter().copied().partition(|&member| {
            let own = &bags[member as usize];
            own.similarity(&sides.0, settings) >= own.similarity(&sides.1, settings)
        });
        if chosen.0.len() < CAMP || chosen.1.len() < CAMP {
            return None;
        }
        sides = (
            sums(&chosen.0, sketches, bags).0,
            sums(&chosen.1, sketches, bags).0,
        );
    }
    let camp = |members: Vec<u32>| {
        let (bags, days) = sums(&members, sketches, bags);
        Open {
            members,
            bags,
            days,
        }
    };
    let (one, other) = (camp(chosen.0), camp(chosen.1));
    let between = one.bags.similarity(&other.bags, settings) - gap(one.days, other.days, settings);
    apart(&one, &other, between, settings).then_some((one, other))
}

fn sums(members: &[u32], sketches: &[Sketch], bags: &[Bags]) -> (Bags, Days) {
    let (mut sum, mut days) = (Bags::default(), None);
    for &member in members {
        sum.add(&bags[member as usize], 1.0);
        days = widen(days, sketches[member as usize].day.map(|day| (day, day)));
    }
    (sum, days)
}

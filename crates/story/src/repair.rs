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
                if score >= settings.merge {
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
    parted.retain(|story| !story.members.is_empty());
    parted
}

fn sums(members: &[u32], sketches: &[Sketch], bags: &[Bags]) -> (Bags, Days) {
    let (mut sum, mut days) = (Bags::default(), None);
    for &member in members {
        sum.add(&bags[member as usize], 1.0);
        days = widen(days, sketches[member as usize].day.map(|day| (day, day)));
    }
    (sum, days)
}

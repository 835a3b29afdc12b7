//! What the first reports could not know: stories that turn out to be one are merged, members that
//! do not belong leave.
//!
//! In: a stream of stories, of which some have changed. Out: the same articles, grouped better, and
//! what was done. Merging and leaving go by the mean similarity of members (average linkage), so one
//! odd bridge article neither joins two stories nor holds one together.

use std::collections::{HashMap, HashSet};

use crate::group::{Bags, Open, Settings, crowd};
use crate::grouper::Grouper;
use crate::index::{Heads, head};

/// Rounds of merging: each at least halves what still has to meet; the sets measured need three.
const ROUNDS: usize = 6;

/// Members that make a camp of their own in a story: fewer are a matter of chance.
const CAMP: usize = 3;

/// By how much less that is asked of headlines without text, whose few words agree by chance.
const HEADLINES: f32 = 0.3;

/// By how much a story must have grown for its members to be looked at again: its looks then cost as
/// much together as a few of its last.
const GROWN: f32 = 1.5;

/// Rounds in which members choose between two camps; the sets measured settle in three.
const CHOICES: usize = 4;

/// A repair of stories, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Repair {
    /// Two stories were one: the articles of `from` are in `into`.
    Merged {
        /// The story that is no more.
        from: u32,
        /// The older story, which goes on.
        into: u32,
        /// How alike their members are.
        alike: f32,
    },
    /// An article did not belong.
    Left {
        /// The article.
        article: u32,
        /// The story that it left.
        from: u32,
        /// The story of its own.
        to: u32,
        /// How alike it was to the other members.
        alike: f32,
    },
    /// A story was two: the smaller part is `to`.
    Split {
        /// The story that goes on.
        from: u32,
        /// The new story.
        to: u32,
        /// How alike the members of the two parts are.
        alike: f32,
    },
}

impl Grouper {
    /// Mends the stories that have changed since the last repair: those that grew together are
    /// merged, those that fall apart are split. What it did, in order.
    pub fn repair(&mut self) -> Vec<Repair> {
        repair(self)
    }
}

/// Merges, lets members leave, and merges once more what has left.
fn repair(grouper: &mut Grouper) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut moved = Vec::new();
    let mut changed = std::mem::take(&mut grouper.changed);
    for _ in 0..2 {
        moved.extend(merge(grouper, &changed, &mut repairs));
        changed.extend_from_slice(&moved);
        changed.sort_unstable();
        changed.dedup();
        changed = part(grouper, &changed, &mut repairs);
        moved.extend_from_slice(&changed);
        if changed.is_empty() {
            break;
        }
    }
    moved.sort_unstable();
    moved.dedup();
    // The parts of the last split have met nobody yet: they are listed for those that come.
    for story in moved {
        rehead(&mut grouper.stories, &mut grouper.heads, story);
        let open = &grouper.stories[story as usize];
        if !open.members.is_empty() {
            grouper.index.post(story, &open.head);
        }
    }
    repairs
}

/// Joins the pairs of stories that score best, best pair first, until none is good enough; gives the
/// stories that grew. Only the stories that have changed look for others: pairs of the rest have
/// been judged before.
fn merge(grouper: &mut Grouper, changed: &[u32], repairs: &mut Vec<Repair>) -> Vec<u32> {
    let settings = grouper.settings.clone();
    let (stories, heads) = (&mut grouper.stories, &mut grouper.heads);
    let mut asking: Vec<u32> = changed.to_vec();
    let mut grown = Vec::new();
    let mut stale = asking.clone();
    for _ in 0..ROUNDS {
        for story in stale.drain(..) {
            rehead(stories, heads, story);
        }
        let mut near = Near::new(stories, heads, &settings);
        let mut pairs: Vec<(f32, u32, u32)> = Vec::new();
        for &story in &asking {
            let crowd = near.of(story).crowd;
            for (close, other) in near.of(story).others.clone() {
                // What is no match as it is need not be looked at from the other side.
                if close - settings.contrast_merge * crowd / 2.0 < settings.merge {
                    break;
                }
                let both = (crowd + near.of(other).crowd) / 2.0;
                let (a, b) = (story.min(other), story.max(other));
                let (one, with) = (&near.stories[a as usize], &near.stories[b as usize]);
                let restless = one.bags.restless(&with.bags, both, &settings);
                let score = close - settings.contrast_merge * both - restless;
                let told = one.bags.told_by(&with.bags) && with.bags.told_by(&one.bags);
                if score >= settings.merge && told && !apart(one, with, close, &settings) {
                    pairs.push((score, a, b));
                }
            }
        }
        if pairs.is_empty() {
            break;
        }
        pairs.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        asking.clear();
        // In one round each story merges once: the scores of the merged are not yet known.
        let mut used = HashSet::new();
        for (alike, into, from) in pairs {
            let (to, of) = (into as usize, from as usize);
            if used.contains(&into) || used.contains(&from) {
                continue;
            }
            used.extend([into, from]);
            let gone = std::mem::take(&mut stories[of]);
            for &member in &gone.members {
                grouper.articles[member as usize].story = into;
            }
            stories[of] = Open {
                founder: gone.founder,
                nth: gone.nth,
                head: gone.head,
                ..Open::default()
            };
            stories[to].touch(gone.last);
            stories[to].members.extend(gone.members);
            // Members in order of arrival: the latest represent the story.
            stories[to].members.sort_unstable();
            stories[to].bags.add(&gone.bags);
            stale.extend([into, from]);
            repairs.push(Repair::Merged { from, into, alike });
            asking.push(into);
        }
        asking.sort_unstable();
        stale.sort_unstable();
        grown.extend_from_slice(&asking);
    }
    for story in stale {
        rehead(stories, heads, story);
    }
    grown
}

/// The stories around each story, as they are in one round.
struct Near<'g> {
    stories: &'g [Open],
    heads: &'g mut Heads,
    settings: &'g Settings,
    known: HashMap<u32, Around>,
}

/// What is around a story.
struct Around {
    /// Others with how close they are, the closest first.
    others: Vec<(f32, u32)>,
    /// How crowded it is.
    crowd: f32,
}

impl<'g> Near<'g> {
    fn new(stories: &'g [Open], heads: &'g mut Heads, settings: &'g Settings) -> Self {
        Self {
            stories,
            heads,
            settings,
            known: HashMap::new(),
        }
    }

    fn of(&mut self, story: u32) -> &Around {
        let (stories, heads, settings) = (self.stories, &mut self.heads, self.settings);
        self.known
            .entry(story)
            .or_insert_with(|| Around::of(story, stories, heads, settings))
    }
}

impl Around {
    fn of(story: u32, stories: &[Open], heads: &mut Heads, settings: &Settings) -> Self {
        let own = &stories[story as usize];
        let close = |other: u32| {
            let bags = &stories[other as usize].bags;
            (own.bags.closeness(bags, settings), other)
        };
        let mut others: Vec<(f32, u32)> = heads
            .around(story, &own.head)
            .into_iter()
            .map(close)
            .collect();
        others.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let crowd = crowd(others.iter().map(|other| other.0), settings);
        Self { others, crowd }
    }
}

/// Lists a story by what weighs most in it now.
fn rehead(stories: &mut [Open], heads: &mut Heads, story: u32) {
    let open = &mut stories[story as usize];
    let now = head(&open.bags.all);
    heads.set(story, &open.head, &now);
    open.head = now;
}

/// Lets members go whose mean similarity to the others is low, each into a story of its own, and
/// divides stories that fall into camps; gives the stories that are others than before.
fn part(grouper: &mut Grouper, changed: &[u32], repairs: &mut Vec<Repair>) -> Vec<u32> {
    let settings = grouper.settings.clone();
    let mut others = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    for &story in changed {
        let known = &mut grouper.stories[story as usize];
        let (now, before) = (known.members.len() as f32, known.checked as f32);
        if now > GROWN * before {
            known.checked = now as u32;
            open.push(story);
        }
    }
    for from in open.clone() {
        let story = &grouper.stories[from as usize];
        if story.members.len() <= 2 {
            continue;
        }
        let alike = |member: u32| {
            let own = grouper.bags(member);
            own.similarity_to_others(&story.bags, &settings)
        };
        let leavers: Vec<(u32, f32)> = story
            .members
            .iter()
            .map(|&member| (member, alike(member)))
            .filter(|&(_, alike)| alike < settings.leave)
            .collect();
        if leavers.is_empty() {
            continue;
        }
        others.push(from);
        let groups: Vec<Vec<u32>> = leavers.iter().map(|&(member, _)| vec![member]).collect();
        let new = move_out(grouper, from, &groups);
        for ((article, alike), to) in leavers.into_iter().zip(new) {
            repairs.push(Repair::Left {
                article,
                from,
                to,
                alike,
            });
            open.push(to);
            others.push(to);
        }
    }
    while let Some(from) = open.pop() {
        let story = &grouper.stories[from as usize];
        let Some((camp, alike)) = camps(grouper, story, &settings) else {
            continue;
        };
        for to in move_out(grouper, from, &[camp]) {
            repairs.push(Repair::Split { from, to, alike });
            open.extend([from, to]);
            others.extend([from, to]);
        }
    }
    others.sort_unstable();
    others.dedup();
    others.retain(|&story| !grouper.stories[story as usize].members.is_empty());
    others
}

/// Moves groups of members of a story each into a new one; gives their numbers.
fn move_out(grouper: &mut Grouper, from: u32, groups: &[Vec<u32>]) -> Vec<u32> {
    let mut new = Vec::with_capacity(groups.len());
    for members in groups {
        let to = grouper.stories.len() as u32;
        let founder = members.iter().copied().min().unwrap_or_default();
        let named = &mut grouper.articles[founder as usize].namesakes;
        let nth = std::mem::replace(named, *named + 1);
        for &member in members {
            grouper.articles[member as usize].story = to;
        }
        let mut open = Open {
            nth,
            last: grouper.stories[from as usize].last,
            bags: sums(grouper, members),
            members: members.clone(),
            ..Open::new(founder)
        };
        open.members.sort_unstable();
        grouper.stories.push(open);
        new.push(to);
    }
    let mut rest = std::mem::take(&mut grouper.stories[from as usize].members);
    rest.retain(|&member| grouper.articles[member as usize].story == from);
    let bags = sums(grouper, &rest);
    let left = &mut grouper.stories[from as usize];
    left.bags = bags;
    // That it is smaller is no reason to look at it again.
    left.checked = left.checked.min(rest.len() as u32);
    left.members = rest;
    new
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
        && (between < ratio * within(a, settings).min(within(b, settings)) || told_apart(a, b))
}

/// Members from which a group's own words can tell it apart: in smaller ones some are always shared
/// by chance.
const TOLD: usize = 5;

/// Part of a group's members that must have a word for it to be the group's own, and of the other's
/// members that may have it all the same.
const MOST: f32 = 0.6;
const HARDLY: f32 = 0.1;

/// Words of its own that a group must have at least; the fewer members, the more. Chosen by ecbplus,
/// in which every topic holds two events of one kind (F1 .890 without, .939 with; giveme5w
/// unchanged).
const OWN_WORDS: usize = 2;
const OWN_WORDS_AND_MEMBERS: usize = 9;

/// Whether each group has words of its own that most of its members have and hardly any of the
/// other's: another person, place or number in the same sort of event.
fn told_apart(a: &Open, b: &Open) -> bool {
    let fewer = a.members.len().min(b.members.len());
    let enough = OWN_WORDS.max(OWN_WORDS_AND_MEMBERS.saturating_sub(fewer));
    fewer >= TOLD && own_words(a, b) >= enough && own_words(b, a) >= enough
}

/// How many words most members of the one have and hardly any of the other.
fn own_words(one: &Open, other: &Open) -> usize {
    let most = MOST * one.members.len() as f32;
    let hardly = HARDLY * other.members.len() as f32;
    let elsewhere = |term: u32| {
        let seen = &other.bags.seen;
        let at = seen.binary_search_by_key(&term, |entry| entry.0);
        at.map_or(0.0, |at| seen[at].1)
    };
    let seen = one.bags.seen.iter();
    seen.filter(|&&(term, count)| count >= most && elsewhere(term) <= hardly)
        .count()
}

/// Members that are looked at for camps; of a larger story so many, evenly spread.
const LOOKED_AT: usize = 128;

/// The smaller of the two camps that a story falls into, if it does, with how alike the two are:
/// those before and after its longest silence, as a topic that recurs leaves them, or else those
/// around two members far from each other.
fn camps(grouper: &Grouper, story: &Open, settings: &Settings) -> Option<(Vec<u32>, f32)> {
    if story.members.len() < 2 * CAMP {
        return None;
    }
    let camp = |members: Vec<u32>| Open {
        bags: sums(grouper, &members),
        members,
        ..Open::default()
    };
    let every = story.members.len().div_ceil(LOOKED_AT);
    let some = (every > 1).then(|| camp(story.members.iter().copied().step_by(every).collect()));
    let look = some.as_ref().unwrap_or(story);
    let split = |(one, other): (Vec<u32>, Vec<u32>)| {
        let (one, other) = (camp(one), camp(other));
        let between = one.bags.closeness(&other.bags, settings);
        apart(&one, &other, between, settings).then_some((one, other, between))
    };
    let (one, other, between) = silence(grouper, look, settings)
        .and_then(split)
        .or_else(|| seeds(grouper, look, settings).and_then(split))?;
    let (one, other) = if some.is_some() {
        let side = |&&member: &&u32| nearer(grouper.bags(member), &one.bags, &other.bags, settings);
        story.members.iter().partition(side)
    } else {
        (one.members, other.members)
    };
    // The larger part keeps the name; of equal ones the part with the oldest member.
    let rank = |part: &Vec<u32>| (part.len(), std::cmp::Reverse(part.iter().min().copied()));
    let smaller = if rank(&one) < rank(&other) {
        one
    } else {
        other
    };
    (!smaller.is_empty()).then_some((smaller, between))
}

/// The members before and after a story's longest silence; those without a day choose the nearer
/// side.
fn silence(grouper: &Grouper, story: &Open, settings: &Settings) -> Option<(Vec<u32>, Vec<u32>)> {
    let day = |member: u32| grouper.bags(member).days.map(|days| days.0);
    let mut days: Vec<i32> = story.members.iter().filter_map(|&m| day(m)).collect();
    days.sort_unstable();
    let after = (CAMP..(days.len() + 1).saturating_sub(CAMP))
        .max_by_key(|&at| days[at].saturating_sub(days[at - 1]))
        .filter(|&at| days[at] > days[at - 1])
        .map(|at| days[at])?;
    let (early, late): (Vec<u32>, Vec<u32>) = story
        .members
        .iter()
        .filter(|&&member| day(member).is_some())
        .partition(|&&member| day(member) < Some(after));
    let (one, other) = (sums(grouper, &early), sums(grouper, &late));
    Some(story.members.iter().partition(|&&member| {
        day(member).map_or_else(
            || nearer(grouper.bags(member), &one, &other, settings),
            |day| day < after,
        )
    }))
}

/// The members around two seeds far from each other: every member chooses the nearer one.
fn seeds(grouper: &Grouper, story: &Open, settings: &Settings) -> Option<(Vec<u32>, Vec<u32>)> {
    let farthest = |from: &Bags| {
        let far = |member: &u32| grouper.bags(*member).similarity(from, settings);
        story
            .members
            .iter()
            .copied()
            .min_by(|a, b| far(a).total_cmp(&far(b)).then(a.cmp(b)))
    };
    let first = farthest(&story.bags)?;
    let second = farthest(grouper.bags(first))?;
    let mut sides = (grouper.bags(first).clone(), grouper.bags(second).clone());
    let mut chosen = (Vec::new(), Vec::new());
    for _ in 0..CHOICES {
        let before = std::mem::take(&mut chosen);
        chosen = story
            .members
            .iter()
            .partition(|&&member| nearer(grouper.bags(member), &sides.0, &sides.1, settings));
        if chosen == before {
            break;
        }
        if chosen.0.len() < CAMP || chosen.1.len() < CAMP {
            return None;
        }
        sides = (sums(grouper, &chosen.0), sums(grouper, &chosen.1));
    }
    Some(chosen)
}

/// Whether a member is nearer to the one than to the other.
fn nearer(own: &Bags, one: &Bags, other: &Bags, settings: &Settings) -> bool {
    own.similarity(one, settings) >= own.similarity(other, settings)
}

fn sums(grouper: &Grouper, members: &[u32]) -> Bags {
    Bags::sum(members.iter().map(|&member| grouper.bags(member)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::Sketch;
    use crate::terms::gather;

    /// Articles that share the first words and have those of their event.
    fn event(shared: std::ops::Range<u32>, own: std::ops::Range<u32>, members: u32) -> Vec<Sketch> {
        (0..members)
            .map(|member| {
                let words = shared.clone().chain(own.clone()).chain([1000 + member]);
                Sketch::of_words(gather(words.map(|term| (term, 1.0)).collect()))
            })
            .collect()
    }

    fn stories(sketches: &[Sketch]) -> (usize, Vec<Repair>) {
        let mut grouper = Grouper::new(Settings {
            join: 0.1,
            ..Settings::default()
        });
        for sketch in sketches {
            grouper.add(sketch);
        }
        let repairs = grouper.repair();
        // Whatever a repair made can be found by the next.
        let lost = |open: &Open| !open.members.is_empty() && open.head.is_empty();
        assert!(!grouper.stories.iter().any(lost));
        let open = grouper
            .stories
            .iter()
            .filter(|story| !story.members.is_empty());
        (open.count(), repairs)
    }

    #[test]
    fn two_events_of_one_kind_are_two_stories() {
        let mut sketches = event(0..40, 100..108, 6);
        sketches.extend(event(0..40, 200..208, 6));
        let (count, repairs) = stories(&sketches);
        assert_eq!(count, 2);
        assert!(matches!(
            repairs[..],
            [Repair::Split { from: 0, to: 1, .. }]
        ));
    }

    #[test]
    fn one_event_told_in_two_ways_is_one_story() {
        // One side adds what the other leaves out; the other has no words of its own.
        let mut sketches = event(0..40, 100..108, 6);
        sketches.extend(event(0..40, 40..41, 6));
        assert_eq!(stories(&sketches).0, 1);
        // Three members are too few to tell what is theirs.
        let mut few = event(0..40, 100..104, 3);
        few.extend(event(0..40, 200..204, 9));
        assert_eq!(stories(&few).0, 1);
    }
}

//! Stories by the terms that weigh most in them: which stories are worth comparing with one.
//!
//! In: a vector's head, its [`PROBES`] heaviest terms. Out: up to [`CANDIDATES`] stories that share
//! most weight with it. However many stories there are, no list is read beyond [`POSTINGS`]
//! entries, so that one look costs at most `PROBES × POSTINGS` additions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::terms::{HashKeyed, Terms, top};

/// Heaviest terms by which a story is looked for and found.
const PROBES: usize = 25;

/// Stories listed under one term that are looked at.
const POSTINGS: usize = 128;

/// Stories that are scored in full.
pub(crate) const CANDIDATES: usize = 12;

/// The terms by which something looks for stories, and is found.
pub(crate) fn head(terms: &Terms) -> Terms {
    top(terms, PROBES)
}

/// Lists of stories by term.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Index {
    postings: HashKeyed<u32, Vec<(u32, f32)>>,
    #[serde(skip)]
    tally: Tally,
}

impl Index {
    /// Lists a story, perhaps again, as the latest; forgets those that are no longer looked at.
    pub(crate) fn post(&mut self, story: u32, head: &Terms) {
        for &(term, weight) in head {
            let list = self.postings.entry(term).or_default();
            if let Some(entry) = list.iter_mut().rev().take(POSTINGS).find(|e| e.0 == story) {
                entry.1 = entry.1.max(weight);
                continue;
            }
            if list.len() >= 2 * POSTINGS {
                list.drain(..POSTINGS);
            }
            list.push((story, weight));
        }
    }

    /// Of the latest stories that are open those that share most weight with a head, best first,
    /// ties by story.
    pub(crate) fn latest(&mut self, head: &[(u32, f32)], open: impl Fn(u32) -> bool) -> Vec<u32> {
        for &(term, weight) in head {
            let Some(list) = self.postings.get(&term) else {
                continue;
            };
            for &(story, its) in &list[list.len().saturating_sub(POSTINGS)..] {
                self.tally.note(story, weight * its);
            }
        }
        self.tally.best(CANDIDATES, open)
    }
}

/// Stories by the terms that weigh most in them, in the order of their numbers: for one story, which
/// others are worth comparing with it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Heads {
    postings: HashKeyed<u32, BTreeMap<u32, f32>>,
    #[serde(skip)]
    tally: Tally,
}

impl Heads {
    /// Lists a story by another head than before.
    pub(crate) fn set(&mut self, story: u32, before: &Terms, head: &Terms) {
        for (term, _) in before {
            if let Some(list) = self.postings.get_mut(term) {
                list.remove(&story);
                if list.is_empty() {
                    self.postings.remove(term);
                }
            }
        }
        for &(term, weight) in head {
            self.postings.entry(term).or_default().insert(story, weight);
        }
    }

    /// Of the stories before and after one those that share most weight with it.
    pub(crate) fn around(&mut self, story: u32, head: &Terms) -> Vec<u32> {
        const SIDE: usize = POSTINGS / 2;
        for (term, weight) in head {
            let Some(list) = self.postings.get(term) else {
                continue;
            };
            let before = list.range(..story).rev().take(SIDE);
            let behind = list.range(story + 1..).take(SIDE);
            for (&other, &its) in before.chain(behind) {
                self.tally.note(other, weight * its);
            }
        }
        self.tally.best(2 * CANDIDATES, |_| true)
    }
}

/// Sums by story, reused from look to look.
#[derive(Clone, Debug, Default)]
struct Tally {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Tally {
    fn note(&mut self, story: u32, weight: f32) {
        if self.sums.len() <= story as usize {
            self.sums.resize(story as usize + 1, 0.0);
        }
        let sum = &mut self.sums[story as usize];
        if *sum == 0.0 {
            self.touched.push(story);
        }
        *sum += weight;
    }

    fn best(&mut self, limit: usize, open: impl Fn(u32) -> bool) -> Vec<u32> {
        let sums = &mut self.sums;
        self.touched.retain(|&story| {
            let kept = open(story);
            if !kept {
                sums[story as usize] = 0.0;
            }
            kept
        });
        let sums = &self.sums;
        let by_sum = |a: &u32, b: &u32| {
            sums[*b as usize]
                .total_cmp(&sums[*a as usize])
                .then(a.cmp(b))
        };
        if self.touched.len() > limit {
            self.touched.select_nth_unstable_by(limit, by_sum);
        }
        let mut best: Vec<u32> = self.touched.iter().take(limit).copied().collect();
        best.sort_unstable_by(by_sum);
        for story in self.touched.drain(..) {
            self.sums[story as usize] = 0.0;
        }
        best
    }
}

//! Many pages of one outlet, read together. In: pages, each read alone. Out: what their outlet's other pages say too.
//! Refuses to learn from versions of one article, and from pages that nothing ties together.
//!
//! A line recurs where it stands in several different articles of an outlet. Which of the lines that recur go is told
//! by `recurring`, from where they stand and what they say.

mod draft;
mod shelf;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sha2::Digest;

pub use draft::Draft;
pub(crate) use draft::Plain;
pub use shelf::{READING, Shelf};

use crate::furniture::{Recurs, shape};

/// Share of the words of the shorter of two articles, as each page alone gives it, that stand in both, from which
/// they are versions of one. Low: what is learnt from two versions of an article is the article.
const VERSION: (u64, u64) = (2, 5);
/// Short lines that two pages of a folder share, from which they are of one outlet.
const ALIKE: u32 = 6;
/// Articles in which a line stands that recurs, at least; the share of all that it must reach, or else this many.
const SEVERAL: u32 = 2;
const SHARE: u32 = 5;
const MANY: u32 = 5;
/// Articles in which one stands that is on most pages, at least.
const MOST: u32 = 3;

/// What a page's outlet is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outlet {
    /// Its site or its name: it is the same tomorrow.
    Told(String),
    /// The folder that a page lies in, where nothing else tells.
    Folder(String),
}

/// A line of a page as other pages are compared with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub key: u64,
    pub words: u32,
    /// Whether it is running text of the article, as the page alone gives it.
    pub told: bool,
}

/// What names a line: the hash of its words, whatever their case; in few words numbers do not count.
pub(crate) fn key(line: &str) -> u64 {
    let mut words = shape::norm(line);
    if shape::words(line) < shape::BODY_WORDS {
        words.retain(|c| !c.is_numeric());
    }
    let hash = sha2::Sha256::digest(words.as_bytes());
    hash.iter()
        .take(8)
        .fold(0, |key, byte| key << 8 | u64::from(*byte))
}

/// The lines that recur on the pages of an outlet.
#[derive(Clone, Debug, Default)]
pub struct Recurring(Arc<HashMap<u64, Recurs>>);

impl Recurring {
    pub(crate) fn how(&self, line: &str) -> Option<Recurs> {
        self.0.get(&key(line)).copied()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn holds(&self, key: u64) -> bool {
        self.0.contains_key(&key)
    }

    fn of(counts: impl Iterator<Item = (u64, u32)>, articles: u32) -> Self {
        let how = |count: u32| match count {
            _ if count >= MOST && count * 2 >= articles => Some(Recurs::Most),
            _ if count >= SEVERAL && (count * SHARE >= articles || count >= MANY) => {
                Some(Recurs::Some)
            }
            _ => None,
        };
        Self(Arc::new(
            counts
                .filter_map(|(key, count)| Some((key, how(count)?)))
                .collect(),
        ))
    }
}

/// What was learnt of outlets, each by its name.
pub type Shelves = BTreeMap<String, Shelf>;

/// For each page what recurs at its outlet: counted over these pages and those that `shelves` know of, which then
/// know of these too. The order of the pages does not count.
pub fn learn(pages: &[&Draft], shelves: &mut Shelves) -> Vec<Recurring> {
    let mut of: BTreeMap<&Outlet, Vec<usize>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        of.entry(&page.outlet).or_default().push(at);
    }
    let mut learnt = vec![Recurring::default(); pages.len()];
    for (outlet, mut members) in of {
        members.sort_by_key(|at| (&pages[*at].article.id, &pages[*at].article.path));
        match outlet {
            Outlet::Told(name) => {
                let shelf = shelves.entry(name.clone()).or_default();
                let counts = count(pages, &members, shelf);
                let recurring = shelf.with(&counts);
                shelf.add(counts);
                for at in members {
                    learnt[at] = recurring.clone();
                }
            }
            Outlet::Folder(_) => {
                for members in alike(pages, &members) {
                    let counts = count(pages, &members, &Shelf::default());
                    let recurring = Shelf::default().with(&counts);
                    for at in members {
                        learnt[at] = recurring.clone();
                    }
                }
            }
        }
    }
    learnt
}

/// Different articles, and in how many of them each line stands.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub articles: u32,
    pub lines: HashMap<u64, u32>,
}

/// Counts the lines of an outlet's pages, those of one article once. What the shelf knows already is not counted.
fn count(pages: &[&Draft], members: &[usize], known: &Shelf) -> Counts {
    let told = |at: &usize| pages[*at].seen.iter().filter(|line| line.told);
    let length = |at: &usize| told(at).map(|line| u64::from(line.words)).sum::<u64>();
    let mut sets = Sets::new(members.len());
    let shared = neighbours(members, |at| {
        told(at).map(|line| (line.key, u64::from(line.words)))
    });
    for ((one, other), words) in shared {
        let least = length(&members[one]).min(length(&members[other]));
        if same(words, least) {
            sets.join(one, other);
        }
    }
    let old = |at: &usize| {
        let words = told(at).filter(|line| known.has(line.key));
        let words: u64 = words.map(|line| u64::from(line.words)).sum();
        same(words, length(at))
    };
    let mut articles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, at) in members.iter().enumerate() {
        articles.entry(sets.root(place)).or_default().push(*at);
    }
    let mut counts = Counts::default();
    for versions in articles.into_values() {
        if versions.iter().any(old) {
            continue;
        }
        counts.articles += 1;
        let mut lines: Vec<u64> = versions
            .iter()
            .flat_map(|at| &pages[*at].seen)
            .map(|line| line.key)
            .collect();
        lines.sort_unstable();
        lines.dedup();
        for line in lines {
            *counts.lines.entry(line).or_default() += 1;
        }
    }
    counts
}

/// Whether so many shared words of so many make two pages versions of one article.
fn same(shared: u64, of: u64) -> bool {
    shared > 0 && shared * VERSION.1 >= of * VERSION.0
}

/// The pages of a folder by what they have in common: several outlets may lie in it.
fn alike(pages: &[&Draft], members: &[usize]) -> Vec<Vec<usize>> {
    let short = |at: &usize| {
        pages[*at]
            .seen
            .iter()
            .filter(|line| !line.told)
            .map(|line| (line.key, 1))
    };
    let mut sets = Sets::new(members.len());
    for ((one, other), lines) in neighbours(members, short) {
        if lines >= u64::from(ALIKE) {
            sets.join(one, other);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, at) in members.iter().enumerate() {
        groups.entry(sets.root(place)).or_default().push(*at);
    }
    groups.into_values().collect()
}

/// What pages share that are next to each other among those that have a line: a chain of pages ties them all, and
/// nothing is compared pairwise. Pages by their place among `members`.
fn neighbours<L: Iterator<Item = (u64, u64)>>(
    members: &[usize],
    lines: impl Fn(&usize) -> L,
) -> BTreeMap<(usize, usize), u64> {
    let mut last: HashMap<u64, usize> = HashMap::new();
    let mut shared: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for (place, at) in members.iter().enumerate() {
        for (key, weight) in lines(at) {
            match last.insert(key, place) {
                Some(before) if before != place => {
                    *shared.entry((before, place)).or_default() += weight
                }
                _ => {}
            }
        }
    }
    shared
}

/// Sets that grow together (union-find).
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

//! What is kept of an outlet between readings. In: counts of lines. Out: the same, bounded and aged, and as bytes.
//! Refuses bytes that another way of reading pages has written: what it counted were other lines.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Counts, Recurring};

/// The way in which pages become lines: raised whenever it changes, so that what was learnt is learnt anew.
pub const READING: u32 = 2;
/// Articles after which all counts are halved, so that what a site said long ago is forgotten.
const ARTICLES: u32 = 256;
/// Lines that are kept of an outlet at most, some 40 KiB: those of the last dozens of pages, and all that recurs.
const LINES: usize = 4_096;

/// How often lines stood on the pages of an outlet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    articles: u32,
    lines: BTreeMap<u64, u32>,
}

impl Shelf {
    /// Lines that it holds.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        self.articles == 0
    }

    /// As bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        // A shelf is numbers alone and always fits.
        postcard::to_allocvec(&(READING, self)).unwrap_or_default()
    }

    /// From bytes; nothing learnt where they are of another reading.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        match postcard::from_bytes::<(u32, Self)>(bytes) {
            Ok((READING, shelf)) => shelf,
            _ => Self::default(),
        }
    }

    /// Adds what another store learnt of the same outlet.
    pub fn join(&mut self, other: Self) {
        self.add(Counts {
            articles: other.articles,
            lines: other.lines.into_iter().collect(),
        });
    }

    pub(super) fn has(&self, line: u64) -> bool {
        self.lines.contains_key(&line)
    }

    /// What recurs, these articles counted too.
    pub(super) fn with(&self, counts: &Counts) -> Recurring {
        let count = |line: &u64| self.lines.get(line).copied().unwrap_or(0);
        let known = self
            .lines
            .iter()
            .filter(|(line, _)| !counts.lines.contains_key(line));
        let known = known.map(|(line, count)| (*line, *count));
        let new = counts
            .lines
            .iter()
            .map(|(line, new)| (*line, new + count(line)));
        Recurring::of(known.chain(new), self.articles + counts.articles)
    }

    pub(super) fn add(&mut self, counts: Counts) {
        self.articles += counts.articles;
        for (line, count) in counts.lines {
            *self.lines.entry(line).or_default() += count;
        }
        while self.articles > ARTICLES {
            self.articles /= 2;
            self.lines.retain(|_, count| {
                *count /= 2;
                *count > 0
            });
        }
        if self.lines.len() > LINES {
            let mut counts: Vec<(u32, u64)> = self
                .lines
                .iter()
                .map(|(line, count)| (*count, *line))
                .collect();
            counts.sort_unstable_by(|a, b| b.cmp(a));
            counts.truncate(LINES);
            self.lines = counts
                .into_iter()
                .map(|(count, line)| (line, count))
                .collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(lines: impl Iterator<Item = u64>) -> Counts {
        Counts {
            articles: 1,
            lines: lines.map(|line| (line, 1)).collect(),
        }
    }

    #[test]
    fn a_shelf_is_bounded_and_forgets() {
        let mut shelf = Shelf::default();
        for page in 0..1_000u64 {
            // A line on every page, one on the first ten, and fifty that never come again.
            let own = (0..50).map(|line| 10 + page * 50 + line);
            shelf.add(counts(
                [1].into_iter().chain((page < 10).then_some(2)).chain(own),
            ));
        }
        assert!(shelf.len() <= LINES && shelf.articles <= ARTICLES);
        assert!(shelf.has(1) && !shelf.has(2));
    }

    #[test]
    fn bytes_of_another_reading_are_nothing() {
        let mut shelf = Shelf::default();
        shelf.add(counts(0..3));
        assert_eq!(Shelf::from_bytes(&shelf.to_bytes()), shelf);
        let other = postcard::to_allocvec(&(READING + 1, &shelf)).expect("numbers");
        assert!(Shelf::from_bytes(&other).is_empty());
        assert!(Shelf::from_bytes(b"no shelf").is_empty());
    }
}

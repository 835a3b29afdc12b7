//! In: documents with names. Out: copies in which every name is another of its kind, one name always
//! by the same other: the tagger learns from the words around a name, not the few names that small
//! sets have. Deterministic. Names come from the sets themselves, from the list of given names and
//! from the list of places.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};

use super::set::{Kind, Source};
use crate::place;

/// Part of the names, of a hundred, that are swapped; the rest stay, with their own spelling.
const SWAPPED: u64 = 70;

/// Names by kind and by number of words.
pub(crate) struct Pool {
    names: BTreeMap<(Kind, usize), Vec<String>>,
    given: Vec<String>,
    surnames: Vec<String>,
}

impl Pool {
    /// The names of these documents and of the lists.
    pub(crate) fn of<'a>(sources: impl Iterator<Item = &'a Source>) -> Result<Self> {
        let mut all: BTreeMap<(Kind, usize), BTreeSet<String>> = BTreeMap::new();
        let mut surnames = BTreeSet::new();
        for source in sources {
            for (range, kind) in &source.names {
                let Some(name) = source.text.get(range.clone()) else {
                    continue;
                };
                if name.contains('\n') || !name.starts_with(char::is_uppercase) {
                    continue;
                }
                let count = name.split_whitespace().count();
                if *kind == Kind::Person
                    && (2..=3).contains(&count)
                    && let Some(last) = name.split_whitespace().last()
                {
                    surnames.insert(last.to_owned());
                }
                all.entry((*kind, count))
                    .or_default()
                    .insert(name.to_owned());
            }
        }
        let places = fs::read_to_string(place::of("crates/annotate/data/places.txt"))
            .context("no list of places: cargo xtask gazetteer")?;
        for line in places
            .lines()
            .filter(|line| line.starts_with(['c', 'C', 'k']))
        {
            let Some(name) = line.get(2..) else { continue };
            let count = name.split_whitespace().count();
            all.entry((Kind::Place, count))
                .or_default()
                .insert(name.to_owned());
        }
        let given = fs::read_to_string(place::of("crates/annotate/data/en/names/given.txt"))?;
        let given = given.lines().filter(|line| !line.starts_with('#'));
        let given = given.flat_map(str::split_whitespace).map(|name| {
            let mut letters = name.chars();
            let first: String = letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .collect();
            first + letters.as_str()
        });
        Ok(Self {
            names: all
                .into_iter()
                .map(|(key, set)| (key, set.into_iter().collect()))
                .collect(),
            given: given.collect(),
            surnames: surnames.into_iter().collect(),
        })
    }

    /// A copy of a document with other names.
    pub(crate) fn swapped(&self, source: &Source, seed: u64) -> Source {
        let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut chosen: BTreeMap<(Kind, &str), String> = BTreeMap::new();
        let mut out = Source::default();
        let mut from = 0;
        let mut names: Vec<_> = source.names.iter().collect();
        names.sort_by_key(|(range, _)| range.start);
        for (range, kind) in names {
            let Some(name) = source.text.get(range.clone()) else {
                continue;
            };
            if range.start < from {
                continue;
            }
            out.text.push_str(&source.text[from..range.start]);
            let other = chosen
                .entry((*kind, name))
                .or_insert_with(|| self.other(*kind, name, &mut random));
            let start = out.text.len();
            out.text.push_str(other);
            out.names.push((start..out.text.len(), *kind));
            from = range.end;
        }
        out.text.push_str(&source.text[from..]);
        out
    }

    fn other(&self, kind: Kind, name: &str, random: &mut u64) -> String {
        let mut pick = |limit: usize| {
            *random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((*random >> 33) as usize) % limit.max(1)
        };
        let count = name.split_whitespace().count();
        let plain = name.chars().all(|c| c.is_alphabetic() || " -.".contains(c));
        if pick(100) as u64 >= SWAPPED || !plain || kind == Kind::Other {
            return name.to_owned();
        }
        let small = name.chars().any(char::is_lowercase);
        let any = |list: &[String], index: usize| list.get(index).cloned().unwrap_or_default();
        let other = if kind == Kind::Person && pick(2) == 0 {
            let surname = any(&self.surnames, pick(self.surnames.len()));
            match count {
                1 => surname,
                2 => format!("{} {surname}", any(&self.given, pick(self.given.len()))),
                _ => return name.to_owned(),
            }
        } else {
            let Some(list) = self.names.get(&(kind, count)) else {
                return name.to_owned();
            };
            any(list, pick(list.len()))
        };
        if small { other } else { other.to_uppercase() }
    }
}

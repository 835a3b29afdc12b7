//! What is looked at again and again. In: the addresses that were given, and those that lists of them name. Out: which
//! are due. Refuses lists within lists beyond a depth, and more lists than a number: a server can make up both
//! without end.

use std::collections::{BTreeMap, BTreeSet};

/// How deep lists of lists are followed: an OPML file of sitemap indexes of sitemaps.
const DEEPEST: u8 = 3;
/// Addresses that lists name, together. A large outlet's sitemap index names some 2,000.
const MOST: usize = 5_000;

/// When an address is due, seconds since 1970, and how many lists led to it.
#[derive(Clone, Copy, Debug)]
struct Place {
    due: i64,
    depth: u8,
}

/// What is looked at.
#[derive(Debug, Default)]
pub struct Sources {
    places: BTreeMap<String, Place>,
    /// How many were not given but found.
    found: usize,
    /// Those that readers asked for.
    asked_for: BTreeSet<String>,
}

impl Sources {
    /// Adds one that was given.
    pub fn give(&mut self, url: &str, due: i64) {
        let place = Place { due, depth: 0 };
        self.places.insert(url.to_owned(), place);
    }

    /// Takes in which addresses readers ask for now: others that only readers asked for are let go.
    pub fn ask_for(&mut self, urls: BTreeSet<String>, due: impl Fn(&str) -> i64) {
        let gone: Vec<String> = self.asked_for.difference(&urls).cloned().collect();
        for url in gone {
            self.places.remove(&url);
            self.asked_for.remove(&url);
        }
        for url in urls {
            if !self.places.contains_key(&url) {
                self.give(&url, due(&url));
                self.asked_for.insert(url);
            }
        }
    }

    /// Adds those that a list names and that are new, due at once; says what it leaves out.
    pub fn find(&mut self, list: &str, named: Vec<String>) -> Result<(), String> {
        let depth = self.places.get(list).map_or(0, |place| place.depth) + 1;
        let mut new: Vec<String> = named
            .into_iter()
            .filter(|url| url != list && !self.places.contains_key(url))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        if depth > DEEPEST {
            return Err(format!(
                "it is a list within {DEEPEST} lists: the {} addresses in it are not watched",
                new.len()
            ));
        }
        let room = MOST - self.found.min(MOST);
        let left = new.len().saturating_sub(room);
        new.truncate(room);
        for url in new {
            let known = self.places.insert(url, Place { due: 0, depth });
            self.found += usize::from(known.is_none());
        }
        match left {
            0 => Ok(()),
            left => Err(format!(
                "{MOST} addresses of lists are watched, and no more: {left} of it are left out"
            )),
        }
    }

    /// Sets when one is due.
    pub fn set(&mut self, url: &str, due: i64) {
        if let Some(place) = self.places.get_mut(url) {
            place.due = due;
        }
    }

    /// Those that are due.
    pub fn due(&self, now: i64) -> Vec<String> {
        let due = self.places.iter().filter(|(_, place)| place.due <= now);
        due.map(|(url, _)| url.clone()).collect()
    }

    /// The one that is due next, and when.
    pub fn next(&self) -> Option<(i64, &str)> {
        let all = self.places.iter();
        all.map(|(url, place)| (place.due, url.as_str())).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_ask_for_comes_and_goes_and_what_was_given_stays() {
        let mut sources = Sources::default();
        sources.give("a", 5);
        let asked = |urls: &[&str]| urls.iter().map(|url| (*url).to_owned()).collect();
        sources.ask_for(asked(&["a", "b", "c"]), |_| 7);
        assert_eq!(sources.due(9), ["a", "b", "c"]);
        sources.ask_for(asked(&["c"]), |_| 7);
        assert_eq!(sources.due(9), ["a", "c"]);
    }

    #[test]
    fn lists_come_to_an_end() {
        let mut sources = Sources::default();
        sources.give("0", 5);
        for depth in 0..u32::from(DEEPEST) {
            let found = sources.find(&depth.to_string(), vec![(depth + 1).to_string()]);
            assert_eq!(found, Ok(()), "{depth}");
        }
        assert!(
            sources
                .find("3", vec!["4".to_owned(), "0".to_owned()])
                .is_err()
        );
        // One that names what is known, or itself, is no deeper list.
        assert_eq!(
            sources.find("3", vec!["0".to_owned(), "3".to_owned()]),
            Ok(())
        );
        assert_eq!(sources.due(5).len(), 4);
        let many = |from: usize| (from..from + MOST).map(|n| format!("n{n}")).collect();
        assert!(
            sources
                .find("0", many(0))
                .is_err_and(|why| why.contains("3 of it"))
        );
        assert!(sources.find("0", many(MOST)).is_err());
        assert_eq!(sources.due(5).len(), MOST + 1);
        sources.set("0", 9);
        assert_eq!(
            (sources.next().map(|(due, _)| due), sources.due(0).len()),
            (Some(0), MOST)
        );
    }
}

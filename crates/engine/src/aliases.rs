//! Which names are one, as the user knows it: spellings and nicknames that no rule can tell.
//!
//! In: lines of `Name: alias, alias`; `#` opens a comment. Out: stories in which they are one name. Refuses a
//! line without a colon and a name in two lines: who is meant would depend on the order.

use std::collections::HashMap;

use model::{Document, Mention, NonEmpty, Story, StoryName};

/// The number of its line for each name, folded.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    of: HashMap<String, usize>,
}

/// Why a list of aliases cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AliasesError {
    /// A line is no `Name: alias, alias`.
    #[error("line {line} is not `Name: alias, alias`: {words:?}")]
    Line {
        /// The line, counted from 1.
        line: usize,
        /// Its words.
        words: String,
    },
    /// A name stands in two lines.
    #[error("line {line}: {name:?} stands in line {first} already; a name is one person or thing")]
    Twice {
        /// The line, counted from 1.
        line: usize,
        /// The name.
        name: String,
        /// The line that has it.
        first: usize,
    },
}

impl Aliases {
    /// Reads a list of aliases.
    ///
    /// # Errors
    /// [`AliasesError`] names the first line that cannot be read.
    pub fn read(list: &str) -> Result<Self, AliasesError> {
        let mut aliases = Self::default();
        for (line, words) in (1..).zip(list.lines().map(str::trim)) {
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            let Some((name, others)) = words.split_once(':').filter(|(n, _)| !n.trim().is_empty())
            else {
                let words = words.to_owned();
                return Err(AliasesError::Line { line, words });
            };
            let others = others.split(',').filter(|other| !other.trim().is_empty());
            for name in std::iter::once(name).chain(others) {
                match aliases.of.insert(folded(name), line) {
                    Some(first) if first != line => {
                        let name = name.trim().to_owned();
                        return Err(AliasesError::Twice { line, name, first });
                    }
                    _ => {}
                }
            }
        }
        Ok(aliases)
    }

    /// Makes one name of those of a story that the user says are one. The kind and the clearest words are those
    /// of the most mentioned.
    pub(crate) fn join(&self, story: &mut Story, docs: &[&Document]) {
        if self.of.is_empty() {
            return;
        }
        let line = |name: &StoryName| {
            let words = |mention: &Mention| {
                docs.get(mention.article as usize)
                    .map(|d| d.get(mention.span))
            };
            let mut mentions = name.mentions.iter().filter_map(words);
            mentions.find_map(|words| self.of.get(&folded(words)).copied())
        };
        // Each name goes to the first of its line, which is the most mentioned.
        let mut first: HashMap<usize, usize> = HashMap::new();
        let into: Vec<usize> = (0..)
            .zip(&story.names)
            .map(|(at, name)| line(name).map_or(at, |line| *first.entry(line).or_insert(at)))
            .collect();
        if into.iter().enumerate().all(|(at, to)| at == *to) {
            return;
        }
        let mut joined: Vec<Option<StoryName>> = Vec::new();
        for (name, &to) in std::mem::take(&mut story.names).into_iter().zip(&into) {
            match joined.get_mut(to) {
                Some(Some(whole)) => {
                    take_in(whole, name);
                    joined.push(None);
                }
                _ => joined.push(Some(name)),
            }
        }
        let mut order: Vec<usize> = (0..joined.len())
            .filter(|&at| joined[at].is_some())
            .collect();
        let count = |at: usize| joined[at].as_ref().map_or(0, |name| name.mentions.len());
        order.sort_by_key(|&at| (std::cmp::Reverse(count(at)), at));
        let mut place = vec![0u32; joined.len()];
        for (new, &at) in (0..).zip(&order) {
            place[at] = new;
        }
        let moved = |old: &mut u32| *old = place[into[*old as usize]];
        story.name_of.iter_mut().flatten().flatten().for_each(moved);
        story.place.iter_mut().for_each(moved);
        story.names = order
            .into_iter()
            .filter_map(|at| joined[at].take())
            .collect();
    }
}

/// Adds the mentions and roles of a name to another.
fn take_in(whole: &mut StoryName, part: StoryName) {
    let mut mentions =
        std::mem::replace(&mut whole.mentions, NonEmpty::one(whole.clearest)).into_vec();
    mentions.extend(part.mentions.into_vec());
    mentions.sort_unstable();
    mentions.dedup();
    if let Some(mentions) = NonEmpty::new(mentions) {
        whole.mentions = mentions;
    }
    whole.roles.extend(part.roles);
}

fn folded(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_one_line() {
        let aliases = Aliases::read("# people\nAda Lorne: Adda  Lorne, A. L.\n\nOrl: Orel\n");
        assert_eq!(aliases.expect("a list").of.len(), 5);
        let twice = Aliases::read("Ada Lorne: A. L.\nAnton Leclair: A. L.\n");
        assert!(matches!(
            twice,
            Err(AliasesError::Twice {
                line: 2,
                first: 1,
                ..
            })
        ));
        assert!(matches!(
            Aliases::read("Ada Lorne"),
            Err(AliasesError::Line { line: 1, .. })
        ));
    }
}

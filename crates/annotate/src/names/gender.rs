//! In: a person's mention. Out: the pronoun that its titles, its place in a family or its given name
//! go with. A given name is a hint: it decides between two, and never keeps apart what else fits.

use model::{Document, Name};

use super::lexicon::section_words;
use crate::language::KeyMap;
use crate::tokens::key;

/// A pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Gender {
    He,
    She,
}

/// Words that go with one pronoun.
#[derive(Debug)]
pub(crate) struct Genders {
    /// Mrs, congressman, widow.
    titles: KeyMap<Gender>,
    /// Given names that the one sex bears and the other hardly ever.
    given: KeyMap<Gender>,
}

impl Genders {
    /// Reads the lists, which are part of the program.
    pub(crate) fn new() -> Self {
        let map = |list: &str, dotted: bool| {
            let mut entries = Vec::new();
            for (section, gender) in [("she", Gender::She), ("he", Gender::He)] {
                for word in section_words(list, section) {
                    entries.push((key(word), gender));
                    if dotted {
                        entries.push((key(&format!("{word}.")), gender));
                    }
                }
            }
            KeyMap::new(entries)
        };
        Self {
            titles: map(include_str!("../../data/en/names/titles.txt"), true),
            given: map(include_str!("../../data/en/names/borne.txt"), false),
        }
    }

    /// What the titles of a mention and the word before it say.
    pub(crate) fn told(&self, doc: &Document, name: &Name) -> Option<Gender> {
        let first = doc.tokens_in(name.span).start;
        let before = first.checked_sub(1).and_then(|at| doc.tokens.get(at));
        let roles = name
            .roles
            .iter()
            .flat_map(|&role| &doc.tokens[doc.tokens_in(role)]);
        roles
            .chain(before)
            .find_map(|token| self.titles.get(token.key))
    }

    /// What the given name of a full name says: nothing where it is unknown, both sexes' or alone.
    pub(crate) fn given(&self, name: &str) -> Option<Gender> {
        let (first, _) = name.split_once(char::is_whitespace)?;
        let (head, _) = first.split_once('-').unwrap_or((first, ""));
        self.given
            .get(key(first))
            .or_else(|| self.given.get(key(head)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_go_with_a_pronoun_or_with_none() {
        let genders = Genders::new();
        for (name, gender) in [
            ("Karl-Heinz Osk", Some(Gender::He)),
            ("THERESA VALE", Some(Gender::She)),
            ("Andrea Vale", None),
            ("Theresa", None),
            ("Vellmar Osk", None),
        ] {
            assert_eq!(genders.given(name), gender, "{name}");
        }
    }
}

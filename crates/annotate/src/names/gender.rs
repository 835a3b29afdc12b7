//! In: a person's mention. Out: the pronoun that its titles, its place in a family or its given name
//! go with. A given name is a hint: it decides between two, and keeps "Mr Marsh" from Mary Marsh.

use model::{Document, Name, Tag};

use super::lexicon::section_words;
use crate::keys::key;
use crate::language::KeyMap;

/// Most words of an apposition that are looked at.
const APPOSED: usize = 8;

/// Words between "and" and the name of the other one of a couple: titles.
const COUPLE: usize = 3;

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
            .or_else(|| self.coupled(doc, name))
            .or_else(|| self.apposed(doc, name))
    }

    /// What a couple says of the one named first: "Marsh and his wife", "Marsh and Ada Marsh, the
    /// first lady".
    fn coupled(&self, doc: &Document, name: &Name) -> Option<Gender> {
        let end = doc.tokens_in(name.span).end;
        let word = |at: usize| doc.tokens.get(at).map_or("", |token| doc.get(token.span));
        if word(end) != "and" {
            return None;
        }
        let kin = doc.tokens.get(end + 2);
        if kin.is_some_and(|token| self.titles.get(token.key).is_some()) {
            match word(end + 1) {
                "his" => return Some(Gender::He),
                "her" => return Some(Gender::She),
                _ => {}
            }
        }
        let next = doc
            .names
            .partition_point(|other| other.span.start() <= name.span.start());
        let other = doc.names.get(next)?;
        let tokens = doc.tokens_in(other.span);
        let surname = doc.tokens.get(end.checked_sub(1)?)?.key;
        let both = tokens.len() > 1
            && doc.tokens.get(tokens.end.checked_sub(1)?)?.key == surname
            && tokens.start <= end + COUPLE;
        match self.apposed(doc, other).filter(|_| both)? {
            Gender::He => Some(Gender::She),
            Gender::She => Some(Gender::He),
        }
    }

    /// What the words in apposition behind a name say: ", the first lady,", ", a mother of two,".
    /// Nothing for ", his wife,": in a list she is the next one.
    fn apposed(&self, doc: &Document, name: &Name) -> Option<Gender> {
        let end = doc.tokens_in(name.span).end;
        let word = |at: usize| doc.tokens.get(at).map_or("", |token| doc.get(token.span));
        if word(end) != "," || matches!(word(end + 1), "his" | "her" | "their") {
            return None;
        }
        let mut told = None;
        for at in end + 1..end + 1 + APPOSED {
            match word(at) {
                "," | "." | ")" | ";" | "" | "of" | "to" => return told,
                "who" | "which" | "whose" | "and" | "with" => return None,
                text if text.starts_with(char::is_lowercase) => {
                    let token = doc.tokens.get(at)?;
                    if matches!(token.tag, Tag::Verb | Tag::Aux) {
                        return None;
                    }
                    told = self.titles.get(token.key);
                }
                _ => told = None,
            }
        }
        None
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

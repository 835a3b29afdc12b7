//! In: a document with its tokens and their tags. Out: the words that are one end of a pair of
//! opposites (`open`, `closed`), as the language's `opposites.txt` lists them. Refuses a word whose
//! part of speech says that it means something else here (a `close` friend), and words that only
//! turn another verb round (`refused to`): these are the statement's own polarity.

use model::{Document, Opposite, Tag, Token};

use crate::language::{FOLDERS, folder_of};
use crate::phrases::Phrases;
use crate::polarity::Polarity;

/// One end of a pair, and what its first word must be.
#[derive(Clone, Copy, Debug)]
struct End {
    pair: u16,
    end: bool,
    class: Class,
}

/// The part of speech that a form is listed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Any,
    Verb,
    Adjective,
    Noun,
}

impl Class {
    /// Whether a token can be of it; where nothing tags words, any may.
    fn holds(self, tag: Tag) -> bool {
        match self {
            _ if tag == Tag::Unknown => true,
            Self::Any => tag != Tag::Propn,
            Self::Verb => matches!(tag, Tag::Verb | Tag::Aux),
            Self::Adjective => matches!(tag, Tag::Adj | Tag::Adv),
            Self::Noun => tag == Tag::Noun,
        }
    }
}

/// The pairs of every language, in the order of [`FOLDERS`].
#[derive(Debug)]
pub(crate) struct Opposites {
    folders: Vec<Phrases<End>>,
}

impl Opposites {
    /// Reads the word files, which are part of the program.
    pub(crate) fn new() -> Self {
        let folders = FOLDERS.iter().map(|folder| Phrases::new(ends(folder.opposites)));
        Self {
            folders: folders.collect(),
        }
    }

    /// Adds the layer to a document.
    pub(crate) fn add(&self, doc: &mut Document, polarity: &Polarity) {
        let Some(folder) = folder_of(doc.article.language.as_deref()) else {
            return;
        };
        let pairs = &self.folders[folder];
        if pairs.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for sentence in &doc.sentences {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            for at in range.clone() {
                let reached = longest(pairs, &doc.tokens, at, range.end);
                if reached == 0 || polarity.turns(doc, at, range.end) {
                    continue;
                }
                let first = doc.tokens[at];
                let ends = pairs.at(&doc.tokens, at, range.end);
                let held = ends.filter(|one| one.end == reached && one.value.class.holds(first.tag));
                found.extend(held.map(|one| Opposite {
                    span: first.span.hull(doc.tokens[reached - 1].span),
                    pair: one.value.pair,
                    end: one.value.end,
                }));
            }
        }
        doc.opposites = found;
    }
}

/// Where the longest listed phrase at a token ends; 0 where none begins.
fn longest(pairs: &Phrases<End>, tokens: &[Token], at: usize, end: usize) -> usize {
    let ends = pairs.at(tokens, at, end);
    ends.map(|one| one.end).max().unwrap_or(0)
}

/// The forms of a list: a pair a line, its ends parted by `|`, `/v`, `/a`, `/n` behind a form that
/// counts as that part of speech alone.
fn ends(list: &str) -> impl Iterator<Item = (&str, End)> {
    let pairs = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('|'));
    pairs.enumerate().flat_map(|(pair, (one, other))| {
        [(one, false), (other, true)]
            .into_iter()
            .flat_map(move |(forms, end)| {
                forms.split_whitespace().map(move |form| {
                    let (phrase, class) = match form.split_once('/') {
                        Some((phrase, "v")) => (phrase, Class::Verb),
                        Some((phrase, "a")) => (phrase, Class::Adjective),
                        Some((phrase, "n")) => (phrase, Class::Noun),
                        _ => (form, Class::Any),
                    };
                    let pair = pair as u16;
                    (phrase, End { pair, end, class })
                })
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair has two ends that share no form, and every mark behind a form is known.
    #[test]
    fn a_pair_has_two_ends_apart() {
        for folder in &FOLDERS {
            for line in folder.opposites.lines().filter(|line| !line.starts_with('#')) {
                let parts: Vec<Vec<&str>> = line
                    .split('|')
                    .map(|part| part.split_whitespace().collect())
                    .collect();
                assert!(
                    line.trim().is_empty() || parts.len() == 2,
                    "{}: {line}",
                    folder.code
                );
                if let [one, other] = &parts[..] {
                    assert!(!one.is_empty() && !other.is_empty(), "{line}");
                    assert!(one.iter().all(|form| !other.contains(form)), "{line}");
                    for form in one.iter().chain(other) {
                        let class = form.split_once('/').map_or("v", |(_, class)| class);
                        assert!(["v", "a", "n"].contains(&class), "{form}");
                    }
                }
            }
        }
    }
}

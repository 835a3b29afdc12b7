//! In: a document with its tokens and their tags. Out: the words that are one end of a pair of
//! opposites (`open`, `closed`), as the language's `opposites.txt` lists them. Refuses a word whose
//! part of speech says that it means something else here (a `close` friend), and words that only
//! turn another verb round (`refused to`): these are the statement's own polarity. A statement that is
//! negated means the other end of its words; one word negated by itself is left out.

use model::{Document, Opposite, Tag};

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
        let folders = FOLDERS
            .iter()
            .map(|folder| Phrases::new(ends(folder.opposites)));
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
        let mut found: Vec<Opposite> = Vec::new();
        for sentence in &doc.sentences {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let mut covered = range.start;
            for at in range.clone() {
                covered = covered.max(polarity.turned(doc, at, range.end));
                if at < covered {
                    continue;
                }
                let first = doc.tokens[at];
                let ends = pairs
                    .at(&doc.tokens, at, range.end)
                    .filter(|one| one.value.class.holds(first.tag));
                let known = found.len();
                for one in ends {
                    let span = first.span.hull(doc.tokens[one.end - 1].span);
                    let End { pair, end, .. } = one.value;
                    let listed = |other: &Opposite| other.pair == pair && other.end == end;
                    match found[known..].iter_mut().find(|other| listed(other)) {
                        Some(other) => other.span = other.span.hull(span),
                        None => found.push(Opposite { span, pair, end }),
                    }
                }
            }
        }
        found.retain(|one| !turned_apart(doc, polarity, one));
        doc.opposites = found;
    }
}

/// Whether a word is negated where its statement is not: in a clause about something else ("who was
/// not armed"), or by a negation that is turned round again. Which end it stands for is not told by
/// the statement then.
fn turned_apart(doc: &Document, polarity: &Polarity, one: &Opposite) -> bool {
    let next = doc
        .statements
        .partition_point(|statement| statement.span.start() <= one.span.start());
    let statement = next.checked_sub(1).map(|index| &doc.statements[index]);
    statement.is_some_and(|statement| statement.negated == Some(false))
        && polarity.turns(doc, doc.tokens_in(one.span).start)
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
            for line in folder
                .opposites
                .lines()
                .filter(|line| !line.starts_with('#'))
            {
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

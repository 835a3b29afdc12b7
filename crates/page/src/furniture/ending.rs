//! In: a line near an article's end. Out: whether it is no part of it: how to reach whoever wrote it, who that
//! is, or what the outlet asks of its readers. Refuses what quotes somebody, and posts of networks, which are
//! signed with an address too.

use std::sync::LazyLock;

use model::BlockKind;

use super::shape::Shape;
use super::{Line, rules};
use crate::says::sections;

/// Words of a contact at most, and of an appeal.
const CONTACT_WORDS: usize = 40;
const APPEAL_WORDS: usize = 70;
/// Words of a line about the writer at most.
const ABOUT_WORDS: usize = 45;
/// Words, or twice as many letters of a script without blanks, of a name in brackets at most.
const NAME_WORDS: usize = 4;
/// Characters of a name behind an `@` at least.
const HANDLE: usize = 3;

/// Words by which readers are spoken to.
static ADDRESS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut sections = sections(include_str!("../../data/address.txt"));
    sections.remove("address").unwrap_or_default()
});

/// Whether a line of the end is no part of the article; `authors` are known from elsewhere on the page, `last` is
/// whether nothing of the article follows.
pub(crate) fn is(line: &Line<'_>, shape: &Shape, authors: &[String], last: bool) -> bool {
    let text = line.text.as_ref();
    let quotes = text.contains(['“', '”', '"', '«', '»', '„']);
    if line.kind != BlockKind::Paragraph || quotes || text.starts_with(['—', '–', '-']) {
        return false;
    }
    let contact = || {
        text.split_whitespace()
            .any(|word| handle(word) || mail(word))
    };
    shape.words <= CONTACT_WORDS && contact()
        || last && (signature(text, shape) || about(text, shape, authors))
        || shape.words <= APPEAL_WORDS && rules::service_words(text) > 0 && addresses(text)
}

/// `(Ada Lindqvist)` alone on its line.
fn signature(text: &str, shape: &Shape) -> bool {
    let inner = text
        .strip_prefix(['(', '（'])
        .and_then(|t| t.strip_suffix([')', '）']));
    inner.is_some_and(|name| {
        let word = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '/' | '·');
        !name.is_empty() && shape.words <= NAME_WORDS && name.chars().all(word)
    })
}

/// `Ada Lindqvist`, or `Ada Lindqvist is the harbour's reporter.`
fn about(text: &str, shape: &Shape, authors: &[String]) -> bool {
    shape.words <= ABOUT_WORDS
        && authors.iter().any(|author| {
            let rest = text.strip_prefix(author.as_str());
            author.contains(' ')
                && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
}

/// Whether a line speaks to its readers.
fn addresses(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    // `Sie` at a sentence's head may be anybody.
    words
        .filter(|word| !word.is_empty())
        .skip(1)
        .any(|word| ADDRESS.contains(&word))
}

/// `@adalindqvist`.
fn handle(word: &str) -> bool {
    let name = word.trim_start_matches(['(', '[']).strip_prefix('@');
    name.is_some_and(|name| {
        let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
        name.len() >= HANDLE && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

/// `ada@harbour.example`.
fn mail(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(who, host)| {
        !who.is_empty() && host.contains('.') && host.bytes().all(|b| b.is_ascii_graphic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::furniture::shape;

    #[test]
    fn ends_are_told() {
        let authors = ["Ada Lindqvist".to_owned()];
        let cases = [
            ("Write to Ada Lindqvist at ada@harbour.example.", true),
            ("Ada is on the networks as @adalindqvist.", true),
            ("“Write to help@harbour.example,” the office said.", false),
            ("The office sells bread @ two marks a loaf.", false),
            ("(Ada Lindqvist)", true),
            ("(The pier opens again on 4 May.)", false),
            ("Ada Lindqvist", true),
            ("Ada Lindqvist is the harbour reporter of this paper.", true),
            (
                "Get the harbour in your letter box with our newsletter.",
                true,
            ),
            ("Mit dem Newsletter lesen Sie jeden Morgen vom Hafen.", true),
            ("The company lost nine subscribers in May.", false),
            ("You see the harbour from there.", false),
        ];
        for (text, expected) in cases {
            let line = Line {
                text: text.into(),
                kind: BlockKind::Paragraph,
                at: None,
                place: Default::default(),
            };
            assert_eq!(
                is(&line, &shape::of(text, true), &authors, true),
                expected,
                "{text}"
            );
        }
    }
}

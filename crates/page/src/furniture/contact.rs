//! In: a line near an article's end. Out: whether it says no more than how to reach whoever wrote it. Refuses
//! what quotes somebody, and a post of a network, which is signed with such a name.

use model::BlockKind;

use super::Line;
use super::shape::Shape;

/// Words of such a line at most.
const WORDS: usize = 40;
/// Characters of a name behind an `@` at least.
const HANDLE: usize = 3;

/// Whether a line is a contact: an address of mail or of a network among few words.
pub(crate) fn is(line: &Line<'_>, shape: &Shape) -> bool {
    let text = line.text.as_ref();
    shape.words <= WORDS
        && line.kind == BlockKind::Paragraph
        && !text.contains(['“', '”', '"', '«', '»', '„'])
        && !text.starts_with(['—', '–', '-'])
        && text
            .split_whitespace()
            .any(|word| handle(word) || mail(word))
}

/// `@adalindqvist`.
fn handle(word: &str) -> bool {
    let Some(name) = word.trim_start_matches(['(', '[']).strip_prefix('@') else {
        return false;
    };
    named(name)
}

/// `ada@harbour.example`.
fn mail(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(who, host)| {
        !who.is_empty() && host.contains('.') && host.bytes().all(|b| b.is_ascii_graphic())
    })
}

fn named(name: &str) -> bool {
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    name.len() >= HANDLE && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::furniture::shape;

    fn contact(text: &str) -> bool {
        let line = Line {
            text: text.into(),
            kind: BlockKind::Paragraph,
            at: None,
            place: Default::default(),
        };
        is(&line, &shape::of(text, true))
    }

    #[test]
    fn a_contact_is_known_by_its_address() {
        assert!(contact(
            "Write to Ada Lindqvist at ada@harbour.example or follow @adalindqvist."
        ));
        assert!(contact("Ada is on the networks as @adalindqvist."));
        assert!(!contact(
            "“Write to us at help@harbour.example,” the office said on Monday."
        ));
        assert!(!contact("The office sells bread @ two marks a loaf."));
    }
}

//! In: a paragraph that stays. Out: where the article's words in it end: staff notes in brackets,
//! "[+1234 chars]" and link words behind the last sentence are cut; and whether the text breaks
//! off. Refuses to cut anything inside a paragraph.

use model::{SignKind, Warning};

use super::Fate;
use crate::says::{Said, credit};

/// Openers of a bracketed staff note at a paragraph's end, in lower case.
const STAFF_NOTES: [&str; 14] = [
    "(reporting by",
    "(additional reporting",
    "(editing by",
    "(writing by",
    "(with inputs from",
    "(with input from",
    "(with files from",
    "(with reporting by",
    "(with agency inputs",
    "(compiled by",
    "(source:",
    "(this story has",
    "(this article has",
    "(with additional reporting",
];

/// Bytes of such a note at most.
const NOTE: usize = 400;

/// The part of a paragraph that stays.
pub(crate) fn end(text: &str, said: &mut Said) -> Fate {
    let mut keep = text.trim_end();
    if let Some(rest) = without_char_count(keep) {
        note_truncated(&keep[rest.len()..], said);
        keep = rest;
    }
    for _ in 0..3 {
        let Some(open) = staff_note(keep) else { break };
        credit::of_line(&keep[open..], said);
        keep = keep[..open].trim_end();
    }
    if keep.is_empty() {
        Fate::Drop
    } else {
        Fate::Keep(keep.len())
    }
}

/// Where a closing staff note begins.
fn staff_note(text: &str) -> Option<usize> {
    let inner = text
        .strip_suffix(')')
        .or_else(|| text.strip_suffix(")."))
        .or_else(|| text.strip_suffix(".)"))?;
    let open = inner.rfind('(')?;
    let note = &text[open..];
    let lower = note.to_lowercase();
    (note.len() <= NOTE && STAFF_NOTES.iter().any(|opener| lower.starts_with(opener)))
        .then_some(open)
}

/// `… [+1234 chars]`, as news interfaces end a text that they give in part.
fn without_char_count(text: &str) -> Option<&str> {
    let inner = text.strip_suffix(']')?;
    let open = inner.rfind("[+")?;
    let count = inner[open + 2..]
        .strip_suffix(" chars")
        .or(inner[open + 2..].strip_suffix(" characters"))?;
    (!count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text[..open].trim_end())
}

/// Notes a text that ends in dots.
pub(crate) fn breaks_off(last: &str, said: &mut Said) {
    let last = last.trim_end();
    let dots = last.ends_with('…')
        || last.ends_with("...")
        || last.ends_with("[…]")
        || last.ends_with("[...]");
    if dots {
        let from = last.len().saturating_sub(60);
        note_truncated(&last[last.ceil_char_boundary(from)..], said);
    }
}

fn note_truncated(line: &str, said: &mut Said) {
    said.sign(SignKind::Truncated, line.trim());
    said.warn(Warning::Truncated);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_clipped() {
        let cases = [
            (
                "It sank. (Reporting by Ada Lindqvist; editing by Omar Tayib)",
                "It sank.",
            ),
            ("It sank (by the stern).", "It sank (by the stern)."),
            ("It sank and … [+1234 chars]", "It sank and …"),
            ("It sank. [1]", "It sank. [1]"),
        ];
        for (text, expected) in cases {
            let mut said = Said::default();
            let Fate::Keep(to) = end(text, &mut said) else {
                panic!("{text}")
            };
            assert_eq!(&text[..to], expected);
        }
    }
}

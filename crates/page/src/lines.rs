//! In: a plain text. Out: its lines and its paragraphs, what was broken at a column put together. Refuses nothing but
//! blank ones.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use model::BlockKind;

use crate::furniture::{self, Line};

/// Lines of one paragraph that was broken at a column are about this long, in characters.
const WRAP_COLUMNS: RangeInclusive<usize> = 40..=100;
/// Lines of a text that is looked at for such breaking, at least.
const WRAP_LINES: usize = 6;

/// The lines of a text, trimmed, without empty ones; lines broken at a column are joined.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let lines = pieces(text);
    if is_wrapped(&lines) {
        return unwrap_lines(lines);
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

/// Where the paragraphs of a text stand, trimmed, without empty ones; one broken at a column has its lines in it.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = pieces(text);
    let wrapped = is_wrapped(&lines);
    let mut paragraphs: Vec<Range<usize>> = Vec::with_capacity(lines.len());
    for (line, gap) in &lines {
        let Some(at) = line.at else { continue };
        let end = at + line.text.len();
        match paragraphs.last_mut() {
            Some(last) if wrapped && !gap && line.kind != BlockKind::ListItem => last.end = end,
            _ => paragraphs.push(at..end),
        }
    }
    paragraphs
}

/// The lines of a text, trimmed, without empty ones, and whether a blank one stands before each.
fn pieces(text: &str) -> Vec<(Line<'_>, bool)> {
    let mut lines: Vec<(Line<'_>, bool)> = Vec::new();
    let mut gap = true;
    for piece in text.split([
        '\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}',
    ]) {
        let words = piece.trim_matches(blank);
        if words.is_empty() {
            // "\r\n" gives an empty piece between its two halves; only a blank line is a gap.
            let end = piece.as_ptr() as usize + piece.len() - text.as_ptr() as usize;
            let inside_crlf = piece.is_empty()
                && text.as_bytes().get(end) == Some(&b'\n')
                && end > 0
                && text.as_bytes().get(end - 1) == Some(&b'\r');
            gap |= !inside_crlf;
            continue;
        }
        let at = words.as_ptr() as usize - text.as_ptr() as usize;
        let kind = furniture::head_kind(words);
        lines.push((
            Line {
                text: Cow::Borrowed(words),
                kind,
                at: Some(at),
                place: Default::default(),
            },
            gap,
        ));
        gap = false;
    }
    lines
}

/// White space, and what shows as little.
pub(crate) fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\0')
}

/// Whether most lines break off in mid-sentence at about the same column.
fn is_wrapped(lines: &[(Line<'_>, bool)]) -> bool {
    // No line of such a page is long; four bytes are the most that a character takes.
    let longest = 4 * 2 * WRAP_COLUMNS.end();
    if lines.len() < WRAP_LINES || lines.iter().any(|(line, _)| line.text.len() > longest) {
        return false;
    }
    let (mut broken, mut small, mut count) = (0, 0, 0);
    for pair in lines.windows(2).filter(|pair| !pair[1].1) {
        count += 1;
        let columns = pair[0].0.text.chars().count();
        let ends = furniture::shape::ends_sentence(&pair[0].0.text);
        broken += usize::from(WRAP_COLUMNS.contains(&columns) && !ends);
        small += usize::from(pair[1].0.text.starts_with(char::is_lowercase));
    }
    // Headlines below each other break off too, but each opens with a capital.
    count >= WRAP_LINES / 2
        && broken * 3 >= count * 2
        && small * 3 >= count
        && count * 2 >= lines.len()
}

/// Joins the lines of a paragraph. What is put together stands nowhere as such in the original,
/// so such a page has no way back to its bytes.
fn unwrap_lines(lines: Vec<(Line<'_>, bool)>) -> Vec<Line<'_>> {
    let mut joined: Vec<Line<'_>> = Vec::new();
    for (line, gap) in lines {
        match joined.last_mut() {
            Some(last) if !gap && line.kind != BlockKind::ListItem => {
                let text = last.text.to_mut();
                text.push(' ');
                text.push_str(&line.text);
                last.at = None;
            }
            _ => joined.push(line),
        }
    }
    for line in &mut joined {
        line.kind = furniture::head_kind(&line.text);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_newline_ends_a_line() {
        let texts = |text| {
            lines(text)
                .iter()
                .map(|l| l.text.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            texts("One.\r\nTwo.\rThree.\u{2028}Four."),
            ["One.", "Two.", "Three.", "Four."]
        );
        assert_eq!(lines("  One.\n Two.")[1].at, Some(8));
    }

    #[test]
    fn wrapped_paragraphs_are_joined() {
        let text = "The harbour at Selen was closed on Monday because the storm\n\
                    had not moved on during the night, and the crews were told\n\
                    to stay on shore until the wind had fallen to half of its\n\
                    strength, an officer said.\n\n\
                    The ferry to the islands, which carries most of what people\n\
                    there eat and drink, was not expected to leave before the\n\
                    evening of the next day.\n";
        assert_eq!(lines(text).len(), 2);
    }
}

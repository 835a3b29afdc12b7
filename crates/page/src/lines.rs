//! In: a plain text. Out: its lines and its paragraphs, what was broken at a column put together. Refuses nothing but
//! blank ones.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use model::BlockKind;

use crate::furniture::{self, Line, shape};

/// Lines of one paragraph that was broken at a column are about this long, in characters.
const WRAP_COLUMNS: RangeInclusive<usize> = 40..=100;
/// Lines that go on in mid-sentence from which a text is torn, and those among them that begin with a mark, at least;
/// words of a link, fewer than this, and of what stands before one; marks that a line never begins with.
const TORN: usize = 4;
const CLOSED: usize = 2;
const LINK_WORDS: usize = 5;
const OPEN_WORDS: usize = 3;
const MARKS: [char; 7] = [',', '.', ';', ':', ')', '!', '?'];
/// Lines of a text that is looked at for such breaking, at least.
const WRAP_LINES: usize = 6;

/// The lines of a text, trimmed, without empty ones; lines broken at a column are joined.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let lines = pieces(text);
    if is_wrapped(&lines) {
        return unwrap_lines(lines);
    }
    let lines: Vec<Line<'_>> = lines.into_iter().map(|(line, _)| line).collect();
    match is_torn(&lines) {
        true => mend(lines),
        false => lines,
    }
}

/// Whether sentences are torn. Lists in small letters look like it, but none of their items opens with a comma.
fn is_torn(lines: &[Line<'_>]) -> bool {
    let pairs = || lines.windows(2).map(|pair| (&pair[0].text, &pair[1].text));
    let torn = pairs()
        .filter(|(before, line)| goes_on(before, line))
        .count();
    let closed = pairs().filter(|(_, line)| closes(line)).count();
    torn >= TORN && closed >= CLOSED && torn * 2 <= lines.len()
}

/// Whether a line goes on in the midst of the sentence before it: programs that take the words out of a page put
/// each link on a line of its own.
fn goes_on(before: &str, line: &str) -> bool {
    closes(line) || line.starts_with(char::is_lowercase) && !shape::ends_sentence(before)
}

/// Whether a line opens with a mark that belongs to the words before it; `.5` and `:)` do not.
fn closes(line: &str) -> bool {
    let apart = |rest: &str| rest.is_empty() || rest.starts_with([' ', '"', '”', '’', '“', '»']);
    line.starts_with(['、', '。']) || line.strip_prefix(MARKS).is_some_and(apart)
}

/// Puts torn sentences together: a line that goes on to the one before it, and a short one between them, the words
/// of a link, to both. What is put together has no way back to its bytes.
fn mend(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut mended: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(last) = mended.last().filter(|last| goes_on(&last.text, &line.text)) else {
            mended.push(line);
            continue;
        };
        let close = closes(&line.text);
        let link = shape::words(&last.text) < LINK_WORDS;
        let opens = mended.len() > 1 && is_open(&mended[mended.len() - 2].text);
        if link && opens {
            let words = mended.pop().map(|link| link.text).unwrap_or_default();
            join(mended.last_mut(), &words, false);
            join(mended.last_mut(), &line.text, close);
        } else if close || !link || shape::words(&line.text) >= LINK_WORDS {
            join(mended.last_mut(), &line.text, close);
        } else {
            mended.push(line);
        }
    }
    mended
}

/// Whether a line breaks off before the words of a link.
fn is_open(line: &str) -> bool {
    shape::words(line) >= OPEN_WORDS
        && !shape::ends_sentence(line)
        && line.ends_with(|c: char| c.is_lowercase() || ",(“\"„«".contains(c))
}

fn join(line: Option<&mut Line<'_>>, words: &str, close: bool) {
    let Some(line) = line else { return };
    let text = line.text.to_mut();
    if !close && !text.ends_with(['(', '“', '"', '„', '«']) {
        text.push(' ');
    }
    text.push_str(words);
    line.at = None;
    line.kind = furniture::head_kind(text);
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
    fn sentences_torn_at_their_links_are_mended() {
        let text = "Home\nNews\nThe lock at\nSelen\nwas closed on Monday.\nA man who had seen it told the\n\
                    Morning Post\n, which prints on Tuesdays, that nobody was at the wheel.\n\
                    The barge came down the\nOrla canal\n.\nIt is not known\nwhy\n.\nMore news\n";
        let mended: Vec<String> = lines(text)
            .iter()
            .map(|line| line.text.to_string())
            .collect();
        let expected = [
            "Home",
            "News",
            "The lock at Selen was closed on Monday.",
            "A man who had seen it told the Morning Post, which prints on Tuesdays, that nobody was at the wheel.",
            "The barge came down the Orla canal.",
            "It is not known why.",
            "More news",
        ];
        assert_eq!(mended, expected);
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

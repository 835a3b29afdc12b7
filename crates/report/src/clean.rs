//! In: news text. Out: the same words with nothing in them that drives a terminal, hides, or turns
//! the direction of text around it. News text is hostile input.

use std::borrow::Cow;

/// Whether a character only ever shows itself. White space counts as inert.
pub fn is_inert(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        // C0, DEL and C1 controls.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => false,
        // Marks, embeddings, overrides and isolates of direction.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            false
        }
        // Separators that some programs break lines at; interlinear notes; tags; byte order mark.
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{feff}' => false,
        '\u{e0000}'..='\u{e007f}' => false,
        _ => true,
    }
}

/// Whether a character that is not inert is a control that a reader should see was there.
fn is_control(c: char) -> bool {
    c.is_control()
}

/// One line: white space of any kind becomes one space, controls become `�`, marks of direction
/// vanish.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let plain = |c: char| is_inert(c) && (c == ' ' || !c.is_whitespace());
    if text.chars().all(plain) && !text.contains("  ") && text.trim() == text {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') {
            space = !out.is_empty();
            continue;
        }
        let shown = if is_inert(c) {
            c
        } else if is_control(c) {
            char::REPLACEMENT_CHARACTER
        } else {
            continue;
        };
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        out.push(shown);
    }
    Cow::Owned(out)
}

/// The first `limit` characters, on a word where one ends near, with an ellipsis; the whole where
/// it is shorter.
pub fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    let Some((cut, _)) = text.char_indices().nth(limit) else {
        return Cow::Borrowed(text);
    };
    let head = &text[..cut];
    let end = match head.rfind(' ') {
        Some(space) if space * 2 > cut => space,
        _ => cut,
    };
    Cow::Owned(format!("{}…", head[..end].trim_end()))
}

/// What a passage lacks at its two ends because it was cut out of a longer one: an ellipsis where it
/// begins in the middle of a sentence, the other half of a quote mark that stands alone. The words
/// themselves stay to the letter.
pub fn missing(text: &str) -> (&'static str, &'static str) {
    let begun = text.chars().next().is_some_and(char::is_lowercase);
    let (opens, closes) = lone_marks(text);
    let before = match (begun, opens) {
        (true, true) => "“… ",
        (true, false) => "… ",
        (false, true) => "“",
        (false, false) => "",
    };
    (before, if closes { "”" } else { "" })
}

/// A passage with what it lacks.
pub fn whole(text: &str) -> Cow<'_, str> {
    match missing(text) {
        ("", "") => Cow::Borrowed(text),
        (before, after) => Cow::Owned(format!("{before}{text}{after}")),
    }
}

/// Whether an opening and a closing quote mark are missing. Marks that other languages use the
/// other way round are let be.
fn lone_marks(text: &str) -> (bool, bool) {
    if text.contains(['„', '«', '»']) {
        return (false, false);
    }
    let (mut depth, mut unopened) = (0i32, false);
    for c in text.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ => {}
        }
        unopened |= depth < 0;
        depth = depth.max(0);
    }
    let straight = text.matches('"').count() % 2 == 1;
    let opening = straight
        && text.rfind('"').is_some_and(|at| {
            text[..at].chars().next_back().is_none_or(char::is_whitespace)
        });
    (
        unopened || straight && !opening,
        depth > 0 || straight && opening,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_inert() {
        assert_eq!(one_line("plain words"), "plain words");
        assert_eq!(one_line(" a \n\tb\u{a0}c "), "a b c");
        assert_eq!(one_line("x\u{1b}[2Jy\u{202e}z"), "x�[2Jyz");
        assert_eq!(one_line("a\u{2028}b"), "a b");
    }

    #[test]
    fn cuts_fall_between_words() {
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten("onetwothree", 4), "onet…");
        assert_eq!(shorten("one", 3), "one");
    }

    #[test]
    fn passages_are_made_whole() {
        for (cut, made) in [
            ("“We are ready. ", "“We are ready. ”"),
            ("He left.”", "“He left.”"),
            ("and that all had left", "… and that all had left"),
            ("it is over”", "“… it is over”"),
            ("\"That is all.", "\"That is all.”"),
            ("She said “no” twice.", "She said “no” twice."),
            ("„Nein“, sagte sie.", "„Nein“, sagte sie."),
        ] {
            assert_eq!(whole(cut), made);
        }
    }
}

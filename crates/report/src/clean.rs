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
    // A quotation ends where the passage begins: its words are what was left out.
    let ended = text.starts_with('”').then_some("“…").or_else(|| {
        let behind = text.strip_prefix('"')?;
        behind.starts_with(char::is_whitespace).then_some("\"…")
    });
    if let Some(before) = ended {
        return (before, lone_marks(text.trim_start_matches(['”', '"'])).1);
    }
    let begun = text.chars().next().is_some_and(char::is_lowercase);
    let (opening, closing) = lone_marks(text);
    let before = match (begun, opening) {
        (true, "") => "… ",
        (true, "“") => "“… ",
        (true, _) => "\"… ",
        (false, mark) => mark,
    };
    (before, closing)
}

/// A passage with what it lacks.
pub fn whole(text: &str) -> Cow<'_, str> {
    match missing(text) {
        ("", "") => Cow::Borrowed(text),
        (before, after) => Cow::Owned(format!("{before}{text}{after}")),
    }
}

/// Words in quote marks, unless they bring their own: two kinds inside each other are hard to read.
pub fn quoted(words: &str) -> Cow<'_, str> {
    if !words.contains(['“', '”', '"', '„', '«', '»']) {
        return Cow::Owned(format!("“{words}”"));
    }
    paired(words)
}

/// Words whose own quote marks are paired.
pub fn paired(words: &str) -> Cow<'_, str> {
    match lone_marks(words) {
        ("", "") => Cow::Borrowed(words),
        (before, after) => Cow::Owned(format!("{before}{words}{after}")),
    }
}

/// The opening and the closing quote mark that are missing. Marks that other languages use the
/// other way round are let be.
fn lone_marks(text: &str) -> (&'static str, &'static str) {
    if text.contains(['„', '«', '»']) {
        return ("", "");
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
    if unopened || depth > 0 {
        return (
            if unopened { "“" } else { "" },
            if depth > 0 { "”" } else { "" },
        );
    }
    if text.matches('"').count().is_multiple_of(2) {
        return ("", "");
    }
    // Straight marks look the same at both ends of a quotation: the blank beside it tells.
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let (head, tail) = text.rsplit_once('"').unwrap_or_default();
    match (blank(head.chars().next_back()), blank(tail.chars().next())) {
        (true, false) => ("", "\""),
        (false, true) => ("\"", ""),
        _ => ("", ""),
    }
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
            ("\"That is all.", "\"That is all.\""),
            ("\" said the mayor.", "\"…\" said the mayor."),
            ("” said the mayor.", "“…” said the mayor."),
            ("She said “no” twice.", "She said “no” twice."),
            ("„Nein“, sagte sie.", "„Nein“, sagte sie."),
        ] {
            assert_eq!(whole(cut), made);
        }
    }
}

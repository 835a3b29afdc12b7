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
}

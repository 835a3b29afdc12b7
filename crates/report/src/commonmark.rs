//! In: news text, addresses. Out: the same as inert CommonMark: it can neither format, link nor embed.

use crate::clean::one_line;

/// News text as inert Markdown on one line.
pub fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let marks = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '$'
            | '^' | '{' | '}' | '@' => true,
            // At the start of a line these begin a list or underline a heading.
            '-' | '+' | '=' => at == 0,
            '.' | ')' if at == digits && digits > 0 => true,
            // Bare addresses become links in some readers.
            ':' => text[at..].starts_with("://"),
            '.' => www(&text[..at]),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether words end in the start of a bare address.
fn www(words: &str) -> bool {
    words
        .len()
        .checked_sub(3)
        .and_then(|at| words.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// An address that can be clicked, where it is one of the web and nothing in it ends the link.
pub fn address(url: &str) -> String {
    let web = url.starts_with("https://") || url.starts_with("http://");
    let plain = |c: char| c.is_ascii_graphic() && !"<>\\`|".contains(c);
    match web && url.chars().all(plain) {
        true => format!("<{url}>"),
        false => escape(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_text_cannot_format_link_or_embed() {
        for (text, expected) in [
            ("plain, words (here).", "plain, words (here)."),
            (
                "<b>*x*</b> [a](b) `c` ![d](e)",
                "\\<b\\>\\*x\\*\\</b\\> \\[a\\](b) \\`c\\` \\!\\[d\\](e)",
            ),
            ("- item", "\\- item"),
            ("12. May", "12\\. May"),
            ("# head\n> quote", "\\# head \\> quote"),
            (
                "see https://x.example or WWW.x.example",
                "see https\\://x.example or WWW\\.x.example",
            ),
            ("a|b &amp; c\\", "a\\|b \\&amp; c\\\\"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }
}

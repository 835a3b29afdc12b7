//! In: words with their emphasis. Out: lines no wider than the terminal. Colour is written only
//! when asked for; news text passes through [`one_line`] and cannot bring its own.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::clean::one_line;

/// Narrower terminals get lines of this width all the same.
const NARROWEST: usize = 20;

/// How words stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Not at all.
    Plain,
    /// A story's title.
    Title,
    /// A section's heading.
    Heading,
    /// What a reader looks for first.
    Strong,
    /// Where something is from.
    Faint,
    /// Corroborated.
    Good,
    /// One origin.
    Careful,
    /// Disputed, different.
    Bad,
    /// Only here.
    Alone,
}

impl Style {
    /// The terminal's code for it.
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Title => "\u{1b}[1;4m",
            Self::Heading => "\u{1b}[1;36m",
            Self::Strong => "\u{1b}[1m",
            Self::Faint => "\u{1b}[2m",
            Self::Good => "\u{1b}[32m",
            Self::Careful => "\u{1b}[33m",
            Self::Bad => "\u{1b}[31m",
            Self::Alone => "\u{1b}[34m",
        }
    }
}

/// What lines are written on.
pub struct Paper {
    out: String,
    width: usize,
    colour: bool,
}

/// A word: pieces of one or more styles without a space in between.
#[derive(Default)]
struct Word {
    pieces: Vec<(Style, String)>,
    width: usize,
}

impl Paper {
    /// Empty paper.
    pub fn new(width: usize, colour: bool) -> Self {
        Self {
            out: String::new(),
            width: width.max(NARROWEST),
            colour,
        }
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.out
    }

    /// An empty line, unless there is one already.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A line across the paper.
    pub fn rule(&mut self, mark: char) {
        let line = mark.to_string().repeat(self.width);
        self.put(Style::Faint, &line);
        self.out.push('\n');
    }

    /// A paragraph. `head` stands before its first line, the later lines are indented as far.
    pub fn item(&mut self, indent: usize, head: (Style, &str), parts: &[(Style, &str)]) {
        // On narrow paper deep indents would leave no room for words.
        let indent = indent.min(self.width / 5);
        let head_text = one_line(head.1);
        let head_width = head_text.width() + usize::from(!head_text.is_empty());
        let hang = indent + head_width;
        if hang * 2 > self.width && head_width > 0 {
            // A head this long is words like the others.
            let head = [(head.0, head_text.as_ref()), (Style::Plain, " ")];
            let all: Vec<_> = head.into_iter().chain(parts.iter().copied()).collect();
            return self.line(indent, &all);
        }
        let room = self.width - hang;
        self.out.push_str(&" ".repeat(indent));
        let mut column = indent;
        if !head_text.is_empty() {
            self.put(head.0, &head_text);
            column += head_text.width();
        }
        let mut fresh = head_text.is_empty();
        for word in words(parts, room) {
            let space = usize::from(!fresh);
            if column + space + word.width > self.width && column > hang {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(hang));
                column = hang;
            } else if space == 1 {
                self.out.push(' ');
                column += 1;
            }
            fresh = false;
            for (style, piece) in &word.pieces {
                self.put(*style, piece);
            }
            column += word.width;
        }
        self.out.push('\n');
    }

    /// A paragraph without a head.
    pub fn line(&mut self, indent: usize, parts: &[(Style, &str)]) {
        self.item(indent, (Style::Plain, ""), parts);
    }

    /// Words that hold nothing but themselves.
    fn put(&mut self, style: Style, words: &str) {
        if self.colour && style != Style::Plain {
            self.out.push_str(style.code());
            self.out.push_str(words);
            self.out.push_str("\u{1b}[0m");
        } else {
            self.out.push_str(words);
        }
    }
}

/// Cuts parts into words at spaces; a word wider than `room` is cut anywhere.
fn words(parts: &[(Style, &str)], room: usize) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut glued = false;
    for (style, text) in parts {
        let starts_apart = text.starts_with(char::is_whitespace);
        let ends_apart = text.ends_with(char::is_whitespace);
        for (index, piece) in one_line(text)
            .split(' ')
            .filter(|piece| !piece.is_empty())
            .enumerate()
        {
            if index > 0 || starts_apart || !glued {
                words.push(Word::default());
            }
            glued = true;
            for c in piece.chars() {
                let wide = c.width().unwrap_or(0);
                if words
                    .last()
                    .is_some_and(|word| word.width + wide > room && word.width > 0)
                {
                    words.push(Word::default());
                }
                let Some(word) = words.last_mut() else {
                    continue;
                };
                match word.pieces.last_mut() {
                    Some((last, letters)) if last == style => letters.push(c),
                    _ => word.pieces.push((*style, c.to_string())),
                }
                word.width += wide;
            }
        }
        glued = glued && !ends_apart;
    }
    words.retain(|word| !word.pieces.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(width: usize, parts: &[(Style, &str)]) -> String {
        let mut paper = Paper::new(width, false);
        paper.item(2, (Style::Plain, "•"), parts);
        paper.into_string()
    }

    #[test]
    fn lines_hang_under_their_head() {
        let parts = [(Style::Plain, "one two three four five")];
        assert_eq!(on(20, &parts), "  • one two three\n    four five\n");
    }

    #[test]
    fn wide_letters_take_two_columns_and_long_words_break() {
        for text in ["日本語のとても長い一文がここにあります", &"x".repeat(70)] {
            let written = on(20, &[(Style::Plain, text)]);
            assert!(written.lines().all(|line| line.width() <= 20), "{written}");
            let letters: String = written
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '•')
                .collect();
            assert_eq!(letters, text);
        }
    }

    #[test]
    fn parts_without_a_space_between_them_stay_together() {
        let parts = [(Style::Strong, "“word"), (Style::Plain, "”, he said")];
        assert_eq!(on(40, &parts), "  • “word”, he said\n");
    }
}

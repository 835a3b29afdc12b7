//! In: the pieces of a line of a page as they come: text, links, words of buttons. Out: the line.
//! Refuses a link that leads to another article where the line's own sentence has ended.

use crate::furniture::rules::{self, Family};
use crate::furniture::shape;
use crate::says::title::is_invisible;

/// Pieces of a line that may go, at most.
const DOUBTFUL: usize = 64;

/// A line that is being put together.
#[derive(Default)]
pub(crate) struct Run {
    text: String,
    links: Vec<Link>,
    open: Option<usize>,
    /// Pieces that stay only in the middle of a sentence.
    doubtful: Vec<(usize, usize)>,
    breaks: usize,
    /// Where its lines end.
    ends: Vec<usize>,
}

struct Link {
    from: usize,
    to: usize,
}

/// A line.
pub(crate) struct Found {
    /// Its words.
    pub text: String,
    /// Bytes of them in links.
    pub linked: usize,
}

impl Run {
    /// Takes text. White space is one blank, and what shows as nothing is nothing.
    pub fn text(&mut self, text: &str) {
        let mut any = false;
        for c in text.chars() {
            if c.is_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            } else if !is_invisible(c) {
                self.text.push(c);
                any = true;
            }
        }
        if any {
            self.breaks = 0;
        }
    }

    /// Takes a line's end; whether a paragraph ends: at the second in a row.
    pub fn line_ends(&mut self) -> bool {
        self.text(" ");
        self.ends.push(self.text.len());
        self.breaks += 1;
        self.breaks == 2
    }

    /// Where the next piece begins.
    pub fn here(&self) -> usize {
        self.text.len()
    }

    pub fn open_link(&mut self) {
        self.open = Some(self.here());
    }

    pub fn close_link(&mut self, doubtful: bool) {
        let Some(from) = self.open.take() else { return };
        if from > self.text.len() {
            return;
        }
        if doubtful || leads_away(&self.text[from..]) {
            self.doubtful(from);
        }
        self.links.push(Link {
            from,
            to: self.here(),
        });
    }

    /// What came since then stays only in the middle of a sentence.
    pub fn doubtful(&mut self, from: usize) {
        if from < self.text.len() {
            self.doubtful.push((from, self.text.len()));
        }
    }

    /// The paragraphs that have words: one, or where its lines end as sentences do, or are no
    /// sentences at all, one a line.
    pub fn end(mut self) -> Vec<Found> {
        // A line of hundreds of links is no sentence with a link behind it.
        if self.doubtful.len() > DOUBTFUL {
            self.doubtful.clear();
        }
        while let Some((from, to)) = self.doubtful.pop() {
            let (before, behind) = (self.text[..from].trim(), self.text[to..].trim());
            let alone = before.is_empty() && behind.is_empty();
            let amid = !before.is_empty() && !behind.is_empty() && !shape::ends_sentence(before);
            if !alone && !amid {
                self.cut(from, to);
            }
        }
        let mut found = Vec::new();
        let mut from = 0;
        let prose = is_sentence(&self.text);
        for end in std::mem::take(&mut self.ends) {
            if end > from
                && (!prose
                    || is_sentence(&self.text[from..end])
                        && shape::ends_sentence(&self.text[from..end]))
            {
                found.extend(self.piece(from, end));
                from = end;
            }
        }
        found.extend(self.piece(from, self.text.len()));
        found
    }

    fn piece(&self, from: usize, to: usize) -> Option<Found> {
        let text = self.text.get(from..to)?;
        let start = from + (text.len() - text.trim_start().len());
        let text = text.trim();
        if !text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let within = |at: usize| at.clamp(start, start + text.len()) - start;
        let linked = self.links.iter();
        let linked = linked.map(|link| within(link.to).saturating_sub(within(link.from)));
        Some(Found {
            text: text.to_owned(),
            linked: linked.sum(),
        })
    }

    fn cut(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        let moved = |at: usize| {
            if at >= to {
                at - (to - from)
            } else {
                at.min(from)
            }
        };
        for link in &mut self.links {
            (link.from, link.to) = (moved(link.from), moved(link.to));
        }
        for end in &mut self.ends {
            *end = moved(*end);
        }
        for piece in &mut self.doubtful {
            *piece = (moved(piece.0), moved(piece.1));
        }
    }
}

/// Words of a bare text that is a paragraph if it ends as a sentence does.
const SENTENCE_WORDS: usize = 8;
/// Words of one that is a paragraph however it ends.
pub(crate) const PARAGRAPH_WORDS: usize = 25;

/// Whether a text is a sentence or more.
pub(crate) fn is_sentence(text: &str) -> bool {
    let words = shape::words(text);
    words >= SENTENCE_WORDS && shape::ends_sentence(text) || words >= PARAGRAPH_WORDS
}

/// "Read more: …"
fn leads_away(link: &str) -> bool {
    let norm = shape::norm(link);
    matches!(rules::family(&norm), Some((Family::Teasers, _)))
}

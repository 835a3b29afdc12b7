//! In: the pieces of a line of a page as they come: text, links, words of buttons. Out: the line.
//! Refuses a link that leads to another article where the line's own sentence has ended.

use crate::furniture::rules::{self, Family};
use crate::furniture::shape;
use crate::says::title::is_invisible;

use super::blocks::{escape, is_mark};

/// A line that is being put together.
#[derive(Default)]
pub(crate) struct Run {
    text: String,
    links: Vec<Link>,
    open: Option<usize>,
    /// Pieces that stay only in the middle of a sentence.
    doubtful: Vec<(usize, usize)>,
    breaks: usize,
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
    links: Vec<Link>,
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
            } else if !is_invisible(c) && !is_mark(c) {
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

    /// The line, if it has words.
    pub fn end(mut self) -> Option<Found> {
        while let Some((from, to)) = self.doubtful.pop() {
            let (before, behind) = (self.text[..from].trim(), self.text[to..].trim());
            let alone = before.is_empty() && behind.is_empty();
            let amid = !before.is_empty() && !behind.is_empty() && !shape::ends_sentence(before);
            if !alone && !amid {
                self.cut(from, to);
            }
        }
        let text = self.text.trim_end();
        let len = text.len();
        if !text.chars().any(char::is_alphanumeric) {
            return None;
        }
        self.text.truncate(len);
        for link in &mut self.links {
            link.to = link.to.min(len);
            link.from = link.from.min(link.to);
        }
        Some(Found {
            linked: self.links.iter().map(|link| link.to - link.from).sum(),
            text: self.text,
            links: self.links,
        })
    }

    fn cut(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        let moved = |at: usize| if at >= to { at - (to - from) } else { at.min(from) };
        for link in &mut self.links {
            (link.from, link.to) = (moved(link.from), moved(link.to));
        }
        for piece in &mut self.doubtful {
            *piece = (moved(piece.0), moved(piece.1));
        }
    }
}

/// "Read more: …"
fn leads_away(link: &str) -> bool {
    let norm = shape::norm(link);
    matches!(rules::family(&norm), Some((Family::Teasers, _)))
}

impl Found {
    /// Writes the line, with its links or without.
    pub fn write(&self, with_links: bool, html: &mut String) {
        let mut at = 0;
        if with_links {
            for link in self.links.iter().filter(|link| link.from < link.to) {
                if link.from < at {
                    continue;
                }
                escape(&self.text[at..link.from], html);
                html.push_str("<a href=\"/\">");
                escape(&self.text[link.from..link.to], html);
                html.push_str("</a>");
                at = link.to;
            }
        }
        escape(&self.text[at..], html);
    }
}

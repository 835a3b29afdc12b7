//! In: an article and its marked passages. Out: what its page says of itself, and its text with
//! every passage marked. Passages may overlap; marks nest, and are cut where they cross.

use std::collections::HashMap;

use crate::html::bars::{self, Bar};
use crate::html::marks::{Mark, Why};
use crate::html::markup::{Html, link};
use crate::offsets::CodePoints;
use crate::view::{outlet_and_genre, published};
use crate::wire::{Article, SignKind};

/// Marks inside marks; deeper ones get a place to jump to, but no mark of their own. Bounds the
/// work where hundreds of passages overlap.
const DEEPEST: usize = 16;

/// A stretch of text to be marked.
struct Stretch<'a> {
    start: usize,
    end: usize,
    mark: Option<Mark>,
    /// What a broken word most likely was.
    damage: Option<Option<&'a str>>,
}

/// Writes an article. `story` is the story's number on the page, `number` the article's in it.
pub fn write(html: &mut Html, article: &Article, marks: &[Mark], story: usize, number: usize) {
    write_with(html, article, marks, story, number, Back::Use, &[]);
}

/// Where the number behind a passage leads.
#[derive(Clone, Copy, Debug)]
pub enum Back<'b> {
    /// To what its story says of it: claims, quotes and disputes by their ids, for each mark's number, on the
    /// page of this address.
    Story(&'b str, &'b HashMap<usize, Vec<String>>),
    /// To where the page first uses the passage.
    Use,
    /// To the same passage in another article of the page, by that one's story's number.
    Other(usize),
}

/// The same, with passages that lead elsewhere, and bars in the margin.
pub fn write_with(
    html: &mut Html,
    article: &Article,
    marks: &[Mark],
    story: usize,
    number: usize,
    back: Back<'_>,
    bars: &[Bar],
) {
    html.raw("<article class=\"page\" id=\"s")
        .number(story)
        .raw("a")
        .number(number)
        .raw("\"");
    if let Some(language) = &article.language {
        html.attr("lang", language);
    }
    if let Some(address) = article.url.as_deref().and_then(link) {
        html.attr("data-url", address);
    }
    html.attr("data-cite", &crate::cite::source(article));
    html.attr("data-sha256", &article.sha256);
    html.raw("><header><p class=\"outlet\">")
        .text(&outlet_and_genre(article))
        .raw("</p><h4 dir=\"auto\">");
    html.text(article.title.as_deref().unwrap_or("(no headline)"))
        .raw("</h4><p class=\"by\">");
    let mut facts = article.authors.clone();
    facts.extend(published(article));
    html.text(&facts.join(" · ")).raw("</p>");
    about(html, article);
    crate::html::reviews::list(html, article);
    html.raw("</header><div class=\"text\">");
    text(html, article, marks, story, back, bars);
    html.raw("</div></article>\n");
}

/// Where an article is from, and what a reader should know of how it was read.
fn about(html: &mut Html, article: &Article) {
    for warning in &article.warnings {
        html.raw("<p class=\"warn\">").text(warning).raw("</p>");
    }
    html.raw("<details class=\"about\"><summary>About this page</summary><dl>");
    let row = |html: &mut Html, name: &'static str, value: &str| {
        html.raw("<dt>")
            .raw(name)
            .raw("</dt><dd>")
            .text(value)
            .raw("</dd>");
    };
    if let Some(url) = &article.url {
        html.raw("<dt>Address</dt><dd>");
        match link(url) {
            Some(address) => {
                html.raw("<a rel=\"noreferrer noopener\"")
                    .attr("href", address);
                html.raw(">").text(url).raw("</a>");
            }
            None => {
                html.text(url);
            }
        }
        html.raw("</dd>");
    }
    if !article.credits.is_empty() {
        row(html, "Credits", &article.credits.join(", "));
    }
    for sign in &article.signs {
        let name = match sign.kind {
            SignKind::SourceLink => "Taken from",
            SignKind::AgencyByline => "Agency",
            SignKind::Truncated => "Breaks off",
            SignKind::Corrected => "Corrected",
        };
        row(html, name, &sign.line);
    }
    row(html, "File", &article.path);
    row(html, "SHA-256", &article.sha256);
    row(html, "Id", &article.id);
    html.raw("</dl></details>");
}

/// Writes the text, paragraph by paragraph.
fn text(
    html: &mut Html,
    article: &Article,
    marks: &[Mark],
    story: usize,
    back: Back<'_>,
    bars: &[Bar],
) {
    let points = CodePoints::new(&article.text);
    let mut stretches: Vec<Stretch<'_>> = marks
        .iter()
        .map(|mark| Stretch {
            start: points.to_byte(mark.start as usize),
            end: points.to_byte(mark.end as usize),
            mark: Some(*mark),
            damage: None,
        })
        .collect();
    stretches.extend(article.damage.iter().flatten().map(|damage| Stretch {
        start: points.to_byte(damage.mention.start as usize),
        end: points.to_byte(damage.mention.end as usize),
        mark: None,
        damage: Some(damage.repair.as_deref()),
    }));
    stretches.sort_by_key(|s| {
        (
            s.start,
            std::cmp::Reverse(s.end),
            s.mark.map(|mark| mark.number),
        )
    });
    let mut writer = Writer {
        html,
        text: &article.text,
        stretches: &stretches,
        story,
        back,
        bars,
        open: vec![],
        next: 0,
    };
    let mut start = 0;
    for line in article.text.split_inclusive('\n') {
        let words = line.strip_suffix('\n').unwrap_or(line).len();
        writer.paragraph(start, start + words, start + line.len());
        start += line.len();
    }
}

/// Text being written, with the marks that are open.
struct Writer<'w, 'a> {
    html: &'w mut Html,
    text: &'a str,
    stretches: &'w [Stretch<'a>],
    story: usize,
    back: Back<'w>,
    bars: &'w [Bar],
    open: Vec<usize>,
    next: usize,
}

impl Writer<'_, '_> {
    fn paragraph(&mut self, start: usize, end: usize, behind: usize) {
        if start == end && self.stretches.get(self.next).is_none_or(|s| s.start > end) {
            return;
        }
        if !self.bars.is_empty() {
            self.html.raw("<div class=\"barred\">");
            bars::beside(self.html, self.bars, &(start..end));
        }
        self.html.raw("<p dir=\"auto\">");
        for index in self.open.clone() {
            self.start_tag(index, false);
        }
        let mut at = start;
        loop {
            while let Some(stretch) = self.stretches.get(self.next).filter(|s| s.start <= at) {
                self.begin(self.next, stretch.start == stretch.end);
                self.next += 1;
            }
            if at >= end {
                break;
            }
            let starts = self.stretches.get(self.next).map(|s| s.start);
            let ends = self
                .open
                .iter()
                .map(|&index| self.stretches[index].end)
                .min();
            let to = [starts, ends]
                .into_iter()
                .flatten()
                .fold(end, usize::min)
                .max(at);
            self.html.text(self.text.get(at..to).unwrap_or_default());
            at = to;
            self.finish(at);
        }
        // What goes on in the next paragraph is closed here and opened again there.
        self.finish(behind);
        for _ in 0..self.open.len() {
            self.html.raw("</mark>");
        }
        self.html.raw("</p>");
        if !self.bars.is_empty() {
            self.html.raw("</div>");
        }
    }

    /// Opens a mark at the current place.
    fn begin(&mut self, index: usize, empty: bool) {
        if empty || self.open.len() >= DEEPEST {
            if let Some(mark) = self.stretches[index].mark {
                self.html
                    .raw("<span id=\"s")
                    .number(self.story)
                    .raw("e")
                    .number(mark.number);
                self.html.raw("\"></span>");
            }
            return;
        }
        self.start_tag(index, true);
        self.open.push(index);
    }

    /// Closes the marks that end here; those that were opened inside them and go on are cut.
    fn finish(&mut self, at: usize) {
        let ended = |index: usize| self.stretches[index].end <= at;
        let Some(lowest) = self.open.iter().position(|&index| ended(index)) else {
            return;
        };
        let inner = self.open.split_off(lowest);
        let stays: Vec<usize> = inner
            .iter()
            .copied()
            .filter(|&index| !ended(index))
            .collect();
        for &index in inner.iter().rev() {
            if self.stretches[index].end <= at {
                self.back(index);
            }
            self.html.raw("</mark>");
        }
        for index in stays {
            self.start_tag(index, false);
            self.open.push(index);
        }
    }

    fn start_tag(&mut self, index: usize, first: bool) {
        let stretch = &self.stretches[index];
        self.html.raw("<mark");
        if let Some(repair) = stretch.damage {
            self.html.raw(" class=\"damage\"");
            match repair {
                Some(repair) => self
                    .html
                    .attr("title", &format!("damaged; most likely “{repair}”")),
                None => self.html.attr("title", "damaged word"),
            };
        }
        if let Some(mark) = stretch.mark {
            self.html.raw(" class=\"").raw(class(mark.why)).raw("\"");
            // The first piece of a passage is where links lead; later pieces name the passage.
            self.html
                .raw(if first { " id=\"s" } else { " data-of=\"s" });
            self.html
                .number(self.story)
                .raw("e")
                .number(mark.number)
                .raw("\"");
        }
        self.html.raw(">");
    }

    /// The number behind a passage, which leads back to where the page first uses it.
    fn back(&mut self, index: usize) {
        let Some(mark) = self.stretches[index]
            .mark
            .filter(|mark| mark.why != Why::Name as u8 && mark.why != Why::Differs as u8)
        else {
            return;
        };
        let (story, letter, label) = match self.back {
            Back::Story(address, things) => {
                for id in things.get(&mark.number).into_iter().flatten() {
                    let place = crate::html::site::anchor(address, id);
                    self.html
                        .raw("<a class=\"back\"")
                        .attr("href", &place)
                        .attr("aria-label", &format!("{id} in the story"))
                        .raw(">")
                        .text(id)
                        .raw("</a>");
                }
                return;
            }
            Back::Use => (self.story, "u", "back to mark "),
            Back::Other(story) => (story, "e", "the same in the other article, passage "),
        };
        self.html
            .raw("<a class=\"back\" href=\"#s")
            .number(story)
            .raw(letter)
            .number(mark.number);
        self.html
            .raw("\" aria-label=\"")
            .raw(label)
            .number(mark.number)
            .raw("\">");
        self.html.number(mark.number).raw("</a>");
    }
}

/// How a passage looks: by what matters most about it.
fn class(why: u8) -> &'static str {
    let has = |one: Why| why & one as u8 != 0;
    if has(Why::Differs) {
        "k-differs"
    } else if has(Why::Dispute) {
        "k-dispute"
    } else if has(Why::Quote) {
        "k-quote"
    } else if has(Why::Claim) {
        "k-claim"
    } else if has(Why::Copy) {
        "k-copy"
    } else if has(Why::Time) {
        "k-time"
    } else {
        "k-name"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Damage, DamageKind, Mention};

    /// An article whose broken words are given as ranges of code points.
    fn article(text: &str, damage: &[(u32, u32)]) -> Article {
        let mention = |&(start, end): &(u32, u32)| Damage {
            mention: Mention {
                article: "a".into(),
                start,
                end,
                text: String::new(),
            },
            repair: None,
            kind: DamageKind::Filter,
        };
        Article {
            id: "a".into(),
            path: "a.txt".into(),
            url: None,
            sha256: String::new(),
            outlet: None,
            title: None,
            authors: vec![],
            published: None,
            modified: None,
            section: None,
            keywords: vec![],
            free: None,
            found_in: Default::default(),
            language: None,
            genre: None,
            text: text.into(),
            credits: vec![],
            warnings: vec![],
            signs: vec![],
            blocks: Vec::new(),
            captions: Vec::new(),
            reviews: Vec::new(),
            damage: Some(damage.iter().map(mention).collect()),
        }
    }

    /// The words of a piece of HTML, its back links left out.
    fn words(html: &str) -> String {
        let mut out = String::new();
        let mut rest = html;
        while let Some(open) = rest.find('<') {
            out.push_str(&rest[..open]);
            rest = &rest[open..];
            if rest.starts_with("<a class=\"back\"") {
                rest = &rest[rest.find("</a>").unwrap() + 4..];
            } else {
                out.push_str(if rest.starts_with("</p>") { "\n" } else { "" });
                rest = &rest[rest.find('>').unwrap() + 1..];
            }
        }
        out + rest
    }

    #[test]
    fn however_passages_overlap_the_words_stay_and_marks_close() {
        let text = "Ä first 𝒳 paragraph of words.\nA second one, just as long.\nThe last.\n";
        let len = text.chars().count() as u64;
        let mut state = 7_u64;
        let mut random = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for round in 0..300 {
            let mut range = || {
                let start = random(len - 1);
                let end = start + 1 + random(len - start);
                (start as u32, end.min(len) as u32)
            };
            let mut marks: Vec<Mark> = (1..=1 + round % 40)
                .map(|number| {
                    let (start, end) = range();
                    Mark {
                        start,
                        end,
                        number,
                        why: (number % 63) as u8 + 1,
                    }
                })
                .collect();
            marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end), m.number));
            let article = article(text, &[range()]);
            let mut html = Html::default();
            super::text(&mut html, &article, &marks, 3, super::Back::Use, &[]);
            let html = html.into_string();
            assert_eq!(words(&html), text, "{html}");
            assert_eq!(
                html.matches("<mark").count(),
                html.matches("</mark>").count()
            );
            for mark in &marks {
                let id = format!(" id=\"s3e{}\"", mark.number);
                assert!(html.matches(&id).count() == 1, "{id} in {html}");
            }
        }
    }
}

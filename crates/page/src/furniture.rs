//! In: a page's lines, from plain text or from selected HTML. Out: each line's fate, and what the
//! lines that go say of the page: title, byline, date, credits, signs. Refuses to take a sentence
//! out of running text: a line goes by a known phrase *and* its shape or place, never by place
//! alone.

pub(crate) mod caption;
mod clip;
mod ending;
pub(crate) mod extent;
mod group;
mod head;
pub(crate) mod recurring;
pub(crate) mod rules;
pub(crate) mod shape;

use std::borrow::Cow;

use model::{BlockKind, SignKind, Warning};

use crate::says::{Said, credit, title};
use rules::{Family, Match};
use shape::Shape;

/// A line of a page, trimmed and not empty.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// Its words.
    pub text: Cow<'a, str>,
    /// What it is on the page, as far as the markup tells.
    pub kind: BlockKind,
    /// Where it stands in the decoded original, byte for byte; `None` where it was put together.
    pub at: Option<usize>,
    /// Where it stands on the page.
    pub place: Place,
}

/// Where a line stands on a page, as far as the markup tells.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    /// The small box that holds it.
    pub group: Option<usize>,
    /// Whether most of it is a link.
    pub linked: bool,
    /// Whether it stands before the article and may tell whose and of when it is, and no more.
    pub ahead: bool,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It belongs to the article, up to this byte of it.
    Keep(usize),
    /// It is furniture, or has been read as metadata.
    Drop,
}

/// How often a line comes again on the pages of an outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recurs {
    /// On several.
    Some,
    /// On most.
    Most,
}

/// Where lines come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A page of plain text, whose first line is usually the title.
    Text,
    /// A selected part of an HTML page.
    Html,
}

/// Words of a line that a phrase at its start or end condemns, by family; longer lines are
/// sentences that happen to begin so.
const SUBSCRIBE_WORDS: usize = 12;
const SUBSCRIBE_WORDS_IF_SURE: usize = 60;
const TEASER_WORDS: usize = 30;
const CREDIT_WORDS: usize = 30;
const STAFF_WORDS: usize = 8;
const LEGAL_WORDS: usize = 90;
/// Lines at a page's end in which legal notices stand.
const LEGAL_TAIL: usize = 8;
/// Last lines of an article in which it may say where it was first published.
const NOTE_LINES: usize = 3;
/// Lines at a page's start in which they stand.
const LEGAL_HEAD: usize = 4;
/// Last lines of an article that are looked at, once those are gone that are no part of it.
const END_LINES: usize = 2;
/// Lines that a "Read more" takes along at most where the article goes on behind them.
const TEASERS_INSIDE: usize = 10;
/// Headlines in a row behind the last sentence that make a list of other articles.
const TEASER_RUN: usize = 3;
/// Words of a headline.
const HEADLINE_WORDS: std::ops::RangeInclusive<usize> = 3..=26;
/// A page of this many headlines and no sentence is a list of links.
const LINK_LIST: usize = 5;

/// Lines at either end of a page of which even long ones are looked up.
const EDGE_LINES: usize = 8;

/// Words of a menu's entry at most, and entries in a row that make a menu.
const MENU_WORDS: usize = 3;
const MENU_RUN: usize = 6;

/// Words that show that "Get the …" or "For more …" is about a newsletter or a network.
const SUBSCRIBE_SURE: [&str; 22] = [
    "donat",
    "your gift",
    "newsletter",
    " app",
    "facebook",
    "twitter",
    "whatsapp",
    "telegram",
    "instagram",
    "youtube",
    "tiktok",
    "linkedin",
    "email",
    "e-mail",
    "inbox",
    "alerts",
    "http",
    "www.",
    "rss",
    "notification",
    "podcast",
    "google news",
];

/// Reads the lines of a page: what each one's fate is. What is found on the way is put into `said`.
pub(crate) fn sift(lines: &[Line<'_>], origin: Origin, said: &mut Said) -> Vec<Fate> {
    sift_knowing(lines, origin, &[], said)
}

/// The same where it is known which lines the other pages of the outlet say too.
pub(crate) fn sift_knowing(
    lines: &[Line<'_>],
    origin: Origin,
    recurs: &[Option<Recurs>],
    said: &mut Said,
) -> Vec<Fate> {
    let shapes: Vec<Shape> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let edge = at < EDGE_LINES || at + EDGE_LINES >= lines.len();
            shape::of(&line.text, edge)
        })
        .collect();
    let mut fates: Vec<Fate> = lines
        .iter()
        .map(|line| Fate::Keep(line.text.len()))
        .collect();
    let sifting = Sifting {
        lines,
        shapes: &shapes,
        origin,
        recurs,
    };
    let cut = sifting.phrases(&mut fates, said);
    let extent = match origin {
        Origin::Text => sifting.extent(&mut fates),
        Origin::Html => None,
    };
    sifting.boxes(&mut fates, said);
    sifting.captions(&mut fates);
    if said.title.is_none() && origin == Origin::Text {
        // What other pages say too is no title; but the same writer may have written both.
        let mut fates = fates.clone();
        for (fate, _) in fates
            .iter_mut()
            .zip(recurs)
            .filter(|(_, how)| how.is_some())
        {
            *fate = Fate::Drop;
        }
        let headline = extent
            .as_ref()
            .and_then(|extent| sifting.headline(extent, &fates));
        said.title = headline.or_else(|| head::title(lines, &shapes, &fates));
    }
    head::read(lines, &shapes, &mut fates, said);
    sifting.repeats(&mut fates);
    sifting.teaser_runs(&mut fates, cut);
    sifting.menus(&mut fates);
    for (fate, line) in fates.iter_mut().zip(lines) {
        if *fate != Fate::Drop {
            *fate = clip::end(&line.text, said);
        }
    }
    if recurs.iter().any(Option::is_some) {
        sifting.recurring(&mut fates, said);
    }
    sifting.ends(&mut fates, said);
    let head = extent.map(|extent| extent.head).unwrap_or_default();
    for (at, (fate, line)) in fates.iter_mut().zip(lines).enumerate() {
        if line.place.ahead || head.contains(&at) {
            *fate = Fate::Drop;
        }
    }
    sifting.first_and_last(&fates, said);
    fates
}

/// Whether what is left of a page is a list of links and no article.
pub(crate) fn is_link_list(lines: &[Line<'_>], fates: &[Fate]) -> bool {
    let mut headlines = 0;
    for (line, _) in lines
        .iter()
        .zip(fates)
        .filter(|(_, fate)| **fate != Fate::Drop)
    {
        let shape = shape::of(&line.text, false);
        if shape.body || shape.ends && shape.words > 3 {
            return false;
        }
        headlines += 1;
    }
    headlines >= LINK_LIST
}

struct Sifting<'a> {
    lines: &'a [Line<'a>],
    shapes: &'a [Shape],
    origin: Origin,
    /// Which lines the other pages of the outlet say too; empty where nobody knows.
    recurs: &'a [Option<Recurs>],
}

impl Sifting<'_> {
    /// Goes by known phrases. Returns the line at which the page's end was cut off.
    fn phrases(&self, fates: &mut [Fate], said: &mut Said) -> usize {
        let count = self.lines.len();
        // For each line, how many lines of running text stand before it.
        let mut body_before = Vec::with_capacity(count + 1);
        body_before.push(0usize);
        for shape in self.shapes {
            body_before.push(body_before.last().copied().unwrap_or(0) + usize::from(shape.body));
        }
        let body_total = body_before[count];
        let mut at = 0;
        while at < count {
            let (line, shape) = (&self.lines[at], &self.shapes[at]);
            let text = line.text.as_ref();
            if bracketed_teaser(text, shape)
                || menu(text, shape, MENU_ENTRIES)
                || at + LEGAL_TAIL >= count
                    && body_before[at] > 0
                    && (rights(text, shape) || menu(text, shape, MENU_ENTRIES_AT_END))
            {
                fates[at] = Fate::Drop;
            }
            let Some((family, how)) = rules::family(&shape.norm) else {
                at += 1;
                continue;
            };
            let before = body_before[at];
            let after = body_total - body_before[at + 1];
            if !self.applies(at, family, how) {
                at += 1;
                continue;
            }
            fates[at] = Fate::Drop;
            match family {
                Family::Comments if before > 0 && after <= before => {
                    // A form or other people's words: not the article.
                    self.facts_behind(at + 1, said);
                    fates[at..].fill(Fate::Drop);
                    return at;
                }
                Family::Teasers if how == Match::Whole => {
                    at = self.teaser_list(at, before, after, fates);
                    continue;
                }
                Family::Source => {
                    // "Source: …" under a chart names whose figures they are, no page.
                    if !shape.norm.contains(':') {
                        said.sign(SignKind::SourceLink, text);
                    }
                    credit::of_line(text, said);
                }
                Family::Subscribe => said.hint_outlet(text),
                Family::Truncated if after == 0 => {
                    said.sign(SignKind::Truncated, text);
                    said.warn(Warning::Truncated);
                }
                Family::Credit => credit::of_line(text, said),
                Family::Legal => {
                    credit::of_line(text, said);
                    said.hint_outlet(text);
                }
                _ => {}
            }
            at += 1;
        }
        count
    }

    /// Drops what the outlet's other pages say too, where it is no part of the article; and says how much it was.
    fn recurring(&self, fates: &mut [Fate], said: &mut Said) {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_ref()).collect();
        let kept: Vec<bool> = fates.iter().map(|fate| *fate != Fate::Drop).collect();
        let gone = recurring::gone(&lines, self.recurs, &kept);
        for (fate, _) in fates.iter_mut().zip(&gone).filter(|(_, gone)| **gone) {
            *fate = Fate::Drop;
        }
        let count = gone.iter().filter(|gone| **gone).count();
        if count > 0 {
            said.warn(Warning::Recurring { count });
        }
    }

    /// Credits and dates may stand behind the comment form; they are read before it goes.
    fn facts_behind(&self, from: usize, said: &mut Said) {
        for (line, shape) in self.lines.iter().zip(self.shapes).skip(from) {
            match rules::family(&shape.norm) {
                Some((Family::Source, _)) => said.sign(SignKind::SourceLink, &line.text),
                Some((Family::Credit | Family::Legal, _)) => {
                    credit::of_line(&line.text, said);
                    said.hint_outlet(&line.text);
                }
                _ => {}
            }
        }
    }

    /// Whether a known phrase condemns the line that it stands in.
    fn applies(&self, at: usize, family: Family, how: Match) -> bool {
        let shape = &self.shapes[at];
        let (words, norm) = (shape.words, shape.norm.as_str());
        let text = self.lines[at].text.as_ref();
        let near_end = at + LEGAL_TAIL >= self.lines.len();
        let near_start = at < LEGAL_HEAD;
        match (family, how) {
            (_, Match::Whole) => true,
            (Family::Label | Family::Form, _) => words <= 40,
            (Family::Subscribe, _) => {
                let sure = SUBSCRIBE_SURE.iter().any(|word| norm.contains(word));
                let said = text.contains(['“', '"', '”']);
                if sure && !said {
                    words <= SUBSCRIBE_WORDS_IF_SURE
                } else {
                    words <= SUBSCRIBE_WORDS && (!shape.body || near_end && !said)
                }
            }
            (Family::Teasers, _) => {
                let marked = norm
                    .split_whitespace()
                    .take(4)
                    .any(|w| w.ends_with([':', '|']))
                    || norm.contains("click here");
                words <= TEASER_WORDS && (marked || !shape.body || words <= 14 && near_end)
            }
            (Family::Legal, Match::Start) => {
                words <= LEGAL_WORDS && (near_end || near_start || words <= 20)
            }
            (Family::Legal, _) => {
                words <= LEGAL_WORDS && (near_end || near_start || words <= 14 && !shape.body)
            }
            (Family::Source, _) => {
                words <= 40
                    && (!shape.body || near_end || near_start || self.origin == Origin::Html)
                    && !text.contains(['“', '"'])
            }
            (Family::Truncated, _) => words <= 40,
            (Family::Credit, Match::End) => words <= CREDIT_WORDS,
            (Family::Credit, _) => {
                let staff = [
                    "written by",
                    "edited by",
                    "editing by",
                    "compiled by",
                    "reporting from",
                ]
                .iter()
                .any(|phrase| norm.starts_with(phrase));
                let list = norm.contains(';') || norm.contains("editing by");
                words
                    <= if staff && !list {
                        STAFF_WORDS
                    } else {
                        CREDIT_WORDS
                    }
                    && (near_end || near_start || !shape.body)
            }
            (Family::Comments, _) => false,
        }
    }

    /// Drops the headlines behind a "Read more"; returns the line where the article goes on.
    fn teaser_list(&self, at: usize, before: usize, after: usize, fates: &mut [Fate]) -> usize {
        let mut next = at + 1;
        while next < self.lines.len() {
            let (line, shape) = (&self.lines[next], &self.shapes[next]);
            let text = line.text.trim_end();
            // Headlines may end in a question mark or a shout; sentences end in a full stop.
            let question = text.ends_with(['?', '!']);
            let teaser = shape.words <= 26
                && (!shape.ends || question)
                && line.kind != BlockKind::Quote
                && !(self.origin == Origin::Html && line.kind == BlockKind::Heading);
            let inside = after > 0 && next - at > TEASERS_INSIDE;
            // At the head of a page a label such as "More news" is followed by the title.
            if !teaser || inside || before == 0 || rules::family(&shape.norm).is_some() {
                break;
            }
            fates[next] = Fate::Drop;
            next += 1;
        }
        next
    }

    fn captions(&self, fates: &mut [Fate]) {
        for at in 0..self.lines.len() {
            let shape = &self.shapes[at];
            let text = self.lines[at].text.as_ref();
            if fates[at] != Fate::Drop && caption::is(text, &shape.norm, shape.words) {
                fates[at] = Fate::Drop;
                // Pages give a caption twice: as the picture's text and below it.
                for other in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
                    if self
                        .shapes
                        .get(other)
                        .is_some_and(|o| repeats_caption(&o.norm, &shape.norm))
                    {
                        fates[other] = Fate::Drop;
                    }
                }
            }
        }
    }

    /// The same line a second time in a row is a slip of the page.
    fn repeats(&self, fates: &mut [Fate]) {
        for (pair, fate) in self.shapes.windows(2).zip(fates.iter_mut().skip(1)) {
            let norm = &pair[1].norm;
            if !norm.is_empty() && *norm == pair[0].norm && pair[1].words >= 3 {
                *fate = Fate::Drop;
            }
        }
    }

    /// Headlines in a row behind the last sentence are teasers.
    fn teaser_runs(&self, fates: &mut [Fate], end: usize) {
        let headline = |at: usize| {
            let shape = &self.shapes[at];
            HEADLINE_WORDS.contains(&shape.words)
                && (!shape.ends || self.lines[at].text.ends_with(['?', '!']))
                && !shape.bullet
                && self.lines[at].kind != BlockKind::ListItem
                // Where there is markup, what leads elsewhere is a link.
                && (self.origin == Origin::Text || self.lines[at].place.linked)
        };
        let Some(last_body) = (0..end)
            .rev()
            .find(|at| self.shapes[*at].body && fates[*at] != Fate::Drop)
        else {
            return;
        };
        let tail: Vec<usize> = (last_body + 1..end)
            .filter(|at| fates[*at] != Fate::Drop)
            .collect();
        if tail.len() >= TEASER_RUN && tail.iter().all(|at| headline(*at)) {
            for at in tail {
                fates[at] = Fate::Drop;
            }
        }
    }

    /// Words in a row without a sentence before and behind the running text are menus.
    fn menus(&self, fates: &mut [Fate]) {
        let count = self.lines.len();
        let body = |at: &usize| self.shapes[*at].body;
        let (Some(first), Some(last)) = ((0..count).find(body), (0..count).rfind(body)) else {
            return;
        };
        let word = |at: usize| {
            let shape = &self.shapes[at];
            let row = self.lines[at].kind == BlockKind::Table;
            shape.words <= MENU_WORDS && !shape.ends && !shape.bullet && !row
        };
        for range in [0..first, last + 1..count] {
            let mut start = range.start;
            while start < range.end {
                let end = (start..range.end)
                    .find(|at| !word(*at))
                    .unwrap_or(range.end);
                if end - start >= MENU_RUN {
                    fates[start..end].fill(Fate::Drop);
                }
                start = end + 1;
            }
        }
    }

    /// What follows the last sentence: who wrote it and how to reach them, what the outlet asks of its readers,
    /// headings with nothing under them.
    fn ends(&self, fates: &mut [Fate], said: &Said) {
        let mut read = 0;
        for at in (0..self.lines.len()).rev() {
            if fates[at] == Fate::Drop {
                continue;
            }
            let (line, shape) = (&self.lines[at], &self.shapes[at]);
            let told = |before: usize| self.shapes[before].body && fates[before] != Fate::Drop;
            if !(0..at).any(told) {
                break;
            }
            let heading = line.kind == BlockKind::Heading && !shape.ends;
            let empty = read == 0 && heading && self.origin == Origin::Html;
            if empty || ending::is(line, shape, &said.authors, read == 0) {
                fates[at] = Fate::Drop;
                continue;
            }
            read += 1;
            if read == END_LINES {
                break;
            }
        }
    }

    /// The dateline's agency; whether the text breaks off.
    fn first_and_last(&self, fates: &[Fate], said: &mut Said) {
        let kept = || {
            fates
                .iter()
                .zip(self.lines)
                .filter(|(fate, _)| **fate != Fate::Drop)
        };
        if let Some((_, line)) = kept().find(|(_, line)| line.text.len() > 60) {
            credit::of_dateline(&line.text, said);
        }
        for (_, line) in kept().rev().take(NOTE_LINES) {
            credit::first_publisher(&line.text, said);
        }
        if let Some((_, line)) = kept().next_back() {
            clip::breaks_off(&line.text, said);
        }
    }
}

/// Whether the second line is the caption without its credit, or the other way round.
fn repeats_caption(norm: &str, caption: &str) -> bool {
    norm.len() >= 12 && (caption.starts_with(norm) || norm.starts_with(caption))
}

/// `Copyright Harbour Post Ltd. Reproduction only with permission.` at the end of a page.
fn rights(text: &str, shape: &Shape) -> bool {
    let owner = text.strip_prefix("Copyright ");
    owner.is_some_and(|owner| owner.starts_with(char::is_uppercase))
        && shape.words <= LEGAL_WORDS
        && [
            "reproduc",
            "rights",
            "permission",
            "reserved",
            " ltd",
            " inc",
            "limited",
        ]
        .iter()
        .any(|word| shape.norm.contains(word))
}

/// Fewest entries of a menu in one line.
const MENU_ENTRIES: usize = 4;
/// Fewest of one at a page's end, where nothing else is laid out so.
const MENU_ENTRIES_AT_END: usize = 3;
/// Most words of one of them.
const ENTRY_WORDS: usize = 3;

/// `Front page | News | Archive | Letters`: a menu laid out in one line.
fn menu(text: &str, shape: &Shape, fewest: usize) -> bool {
    ['|', '·'].into_iter().any(|bar| {
        let mut entries = text.split(bar).filter(|entry| !entry.trim().is_empty());
        !shape.ends
            && text.matches(bar).count() + 1 >= fewest
            && entries.all(|entry| {
                let marked = |word: &&str| word.contains(char::is_alphanumeric);
                entry.split_whitespace().filter(marked).count() <= ENTRY_WORDS
            })
            && !text.chars().any(|c| c.is_ascii_digit())
    })
}

/// `[Headline of another story]` alone on its line.
fn bracketed_teaser(text: &str, shape: &Shape) -> bool {
    let Some(inner) = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    else {
        return false;
    };
    !inner.contains(['[', ']']) && shape.words >= 3 && shape.words <= TEASER_WORDS
}

/// Bytes by which a line may differ from twice a title, or the other way round, and still be one: marks go.
const TITLE_SPARE: usize = 200;

/// Whether two lines are one title, site names and marks aside.
pub(crate) fn same_title(line: &str, wanted: &str) -> bool {
    if line.len() > wanted.len() * 2 + TITLE_SPARE || wanted.len() > line.len() * 2 + TITLE_SPARE {
        return false;
    }
    // A lead that begins with the words of the title and ends as a sentence is the lead.
    let stops = |text: &str| text.trim_end().ends_with(['.', '!', '?', '"', '”']);
    let sentence = stops(line) && !stops(wanted);
    let (line, wanted) = (title::bare(line), title::bare(wanted));
    !wanted.is_empty()
        && (line == wanted
            || wanted.len() >= 20
                && !sentence
                && (line.starts_with(&wanted) && line.len() <= wanted.len() + 30
                    // A kicker stands before it.
                    || line.ends_with(&wanted) && line.len() <= wanted.len() + 40
                    || wanted.starts_with(&line) && wanted.len() <= line.len() + 30))
}

/// What a line of plain text is, by its shape.
pub(crate) fn head_kind(line: &str) -> BlockKind {
    head::kind(line)
}

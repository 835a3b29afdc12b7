//! In: the lines of a page. Out: those at its head that are no part of the text: the title and its
//! repetitions, byline, outlet line, date; and the date lines at its end. Refuses to look for a
//! title in a page whose first line is running text.

use model::{BlockKind, Published};

use super::shape::{self, Shape};
use super::{Fate, Line, same_title};
use crate::says::{Said, agencies, author, credit, date, months::DateWord};

/// Words of a title at most.
const TITLE_WORDS: usize = 32;
/// Lines in which the title may come again.
const TITLE_LINES: usize = 14;
/// Words of a byline at most.
const BYLINE_WORDS: usize = 18;
/// Words on a date line that belong to no date, at most.
const DATE_EXTRA_WORDS: usize = 2;
/// Lines at a page's end that may be date lines.
const DATE_TAIL: usize = 6;

/// Words and bytes of a heading at most.
const HEADING_WORDS: usize = 14;
const HEADING_BYTES: usize = 160;
/// Bytes of a byline at most.
const BYLINE_BYTES: usize = 200;

/// Offices that stand in a byline beside the outlet's name: "Harbour Post / News Desk".
const DESKS: [&str; 14] = [
    "news desk",
    "newsdesk",
    "newsroom",
    "web desk",
    "staff",
    "agencies",
    "news agencies",
    "foreign desk",
    "world desk",
    "monitoring desk",
    "staff report",
    "staff reporter",
    "staff writer",
    "online desk",
];

/// Reads the head (and the date lines of the tail).
pub(crate) fn read(lines: &[Line<'_>], shapes: &[Shape], fates: &mut [Fate], said: &mut Said) {
    drop_title(lines, fates, said);
    // The head ends with the first running text that stays.
    let first_body = (0..lines.len())
        .find(|at| shapes[*at].body && fates[*at] != Fate::Drop && !is_byline(&lines[*at].text))
        .unwrap_or(lines.len());
    for at in 0..lines.len() {
        let tail = at > first_body && at + DATE_TAIL >= lines.len();
        if fates[at] == Fate::Drop || at > first_body && !tail || shapes[at].words > BYLINE_WORDS {
            continue;
        }
        let text = lines[at].text.as_ref();
        let dropped = date_line(text, said)
            || at < first_body
                && (signed_and_dated(text, said)
                    || byline(text, said)
                    || outlet_line(text, said)
                    || dated_byline(text, said));
        if dropped {
            fates[at] = Fate::Drop;
        }
    }
}

/// The first line of a page of plain text, where it has a title's shape.
pub(super) fn title(lines: &[Line<'_>], shapes: &[Shape], fates: &[Fate]) -> Option<String> {
    let at = (0..lines.len()).find(|at| fates[*at] != Fate::Drop)?;
    let (text, shape) = (lines[at].text.as_ref(), &shapes[at]);
    let repeated = lines[at + 1..]
        .iter()
        .take(TITLE_LINES)
        .any(|line| same_title(&line.text, text));
    let stop = shape.ends && !text.ends_with(['?', '!', '"', '”', '’', '\'', '»', ':']);
    let title = shape.words <= TITLE_WORDS && shape.words >= 2 && !shape.bullet;
    // A page of one line is a text without a title, unless it has a headline's shape.
    let alone = at + 1 == lines.len();
    let byline = is_byline(text)
        || date::line(text, date::Locale::default()).is_some_and(|d| d.other_words == 0);
    (title && !byline && (repeated || !(stop || alone && shape.body))).then(|| text.to_owned())
}

fn drop_title(lines: &[Line<'_>], fates: &mut [Fate], said: &Said) {
    let Some(title) = &said.title else { return };
    for (fate, line) in fates.iter_mut().zip(lines).take(TITLE_LINES) {
        if line.text.len() <= title.len() * 2 + 60 && same_title(&line.text, title) {
            *fate = Fate::Drop;
        }
    }
}

fn is_byline(text: &str) -> bool {
    text.len() <= BYLINE_BYTES
        && author::behind_opener(text).is_some_and(|rest| !author::names(rest, None).is_empty())
}

/// `By Ada Lindqvist`, `Ada Lindqvist, harbourpost.example`.
fn byline(text: &str, said: &mut Said) -> bool {
    let behind = author::behind_opener(text);
    let bare = text.trim_matches(['-', '–', '—', ' ', '|', '•']);
    if agencies::is_agency(bare) || behind.is_some_and(agencies::is_agency) {
        credit::of_byline(behind.unwrap_or(bare), text, said);
        return true;
    }
    if let Some(names_part) = behind {
        let names = author::names(names_part, said.outlet.as_deref());
        let agency = agencies::agencies_in(names_part);
        // A byline holds names and little else.
        let others = names_part
            .split_whitespace()
            .filter(|word| word.chars().next().is_some_and(char::is_lowercase))
            .count();
        if names.is_empty() && agency.is_empty() && !agencies::has_media_word(names_part)
            || others > 4
        {
            return false;
        }
        credit::of_byline(names_part, text, said);
        if said.authors.is_empty() {
            said.authors = names;
        }
        return true;
    }
    // A name and a site or an outlet, without "By".
    if let Some((name, rest)) = text.split_once(',')
        && (is_site(rest.trim()) || agencies::is_agency(rest.trim()) || desk(rest).is_some())
    {
        let names = author::names(name, said.outlet.as_deref());
        if names.len() == 1 {
            credit::of_byline(rest, text, said);
            if said.authors.is_empty() {
                said.authors = names;
            }
            return true;
        }
    }
    false
}

fn is_site(text: &str) -> bool {
    !text.contains(' ')
        && text.rsplit_once('.').is_some_and(|(name, end)| {
            name.len() > 2
                && (2..=4).contains(&end.len())
                && end.bytes().all(|b| b.is_ascii_lowercase())
        })
}

fn desk(text: &str) -> Option<&'static str> {
    let lower = text.trim().to_lowercase();
    DESKS.iter().copied().find(|desk| *desk == lower)
}

/// `Harbour Post / News Desk`: the outlet names itself.
fn outlet_line(text: &str, said: &mut Said) -> bool {
    for separator in [" / ", " | ", " - ", " – ", ", "] {
        let Some((name, office)) = text.split_once(separator) else {
            continue;
        };
        if desk(office).is_some() && name.split_whitespace().count() <= 5 {
            let name = author::behind_opener(name).unwrap_or(name).trim();
            if said.outlet.is_none() && !agencies::is_agency(name) {
                said.outlet = Some(name.to_owned());
            }
            return true;
        }
    }
    desk(text).is_some()
}

/// A line that holds a date and nothing else.
pub(crate) fn date_line(text: &str, said: &mut Said) -> bool {
    let Some(found) = date::line(text, said.locale()) else {
        return false;
    };
    let allowed = if found.label.is_some() {
        DATE_EXTRA_WORDS + 1
    } else {
        DATE_EXTRA_WORDS
    };
    if found.other_words > allowed
        || found.label.is_none() && found.other_words > 0 && text.ends_with('.')
    {
        return false;
    }
    note(found.date, found.label, said);
    true
}

/// `By Ada Lindqvist on March 12, 2024`, `Ada Lindqvist Harbour Post March 12, 2024`: the writer, the
/// day, the outlet, and nothing else.
fn signed_and_dated(text: &str, said: &mut Said) -> bool {
    let found = date::line(text, said.locale());
    let names = match author::behind_opener(text) {
        Some(_) => author::names(text, said.outlet.as_deref()),
        None => Vec::new(),
    };
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let others = match &found {
        Some(found) => found.others.clone(),
        None => text.split_whitespace().map(bare).collect(),
    };
    let people = || names.iter().chain(&said.authors);
    let known: Vec<String> = people()
        .chain(&said.outlet)
        .flat_map(|name| name.split_whitespace())
        .map(bare)
        .collect();
    let own =
        |word: &String| word.is_empty() || known.contains(word) || author::is_byline_word(word);
    // A title may be made of the same words: somebody must be named in full.
    let named = people().any(|name| text.contains(name.as_str()));
    if !named || !others.iter().all(own) {
        return false;
    }
    if said.authors.is_empty() {
        said.authors = names;
    }
    if let Some(found) = found {
        note(found.date, found.label, said);
    }
    true
}

/// What stands between the day and the writer on one line.
const BARS: [char; 6] = ['–', '—', '|', '·', '•', '/'];

/// `Sunday, 4 May 2019 – by Ada Lindqvist`: the day, the writer, the desk, and nothing else.
fn dated_byline(text: &str, said: &mut Said) -> bool {
    let parts = || {
        text.split(BARS)
            .map(str::trim)
            .filter(|part| !part.is_empty())
    };
    let locale = said.locale();
    let is_date = |part: &str| {
        date::line(part, locale).is_some_and(|found| found.other_words <= DATE_EXTRA_WORDS)
    };
    let is_writer =
        |part: &str| is_byline(part) || desk(part).is_some() || agencies::is_agency(part);
    let dates = parts().filter(|part| is_date(part)).count();
    let writers = parts().filter(|part| is_writer(part)).count();
    if dates == 0 || dates + writers < 2 || dates + writers != parts().count() {
        return false;
    }
    for part in parts() {
        if !byline(part, said) {
            date_line(part, said);
        }
    }
    true
}

fn note(date: Published, label: Option<DateWord>, said: &mut Said) {
    if label == Some(DateWord::Changed) {
        said.changed.get_or_insert(date);
    } else {
        said.published.get_or_insert(date);
    }
}

/// What a line of plain text is, by its shape: used where no markup tells.
pub(crate) fn kind(line: &str) -> BlockKind {
    if shape::bullet(line) {
        BlockKind::ListItem
    } else if line.len() <= HEADING_BYTES
        && !shape::ends_sentence(line)
        && (1..=HEADING_WORDS).contains(&shape::words(line))
    {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

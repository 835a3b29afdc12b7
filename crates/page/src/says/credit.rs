//! In: lines that name where a text comes from. Out: the agencies and outlets credited and what
//! they say of how the page came about. Refuses people: a reporter is no source of an article.

use model::SignKind;

use super::{Said, agencies, months};

/// Phrases behind which a list of sources stands, in lower case.
const BEFORE_LIST: [&str; 26] = [
    "with additional reporting by",
    "additional reporting by",
    "with reporting by",
    "with reporting from",
    "reporting by",
    "based on reporting by",
    "based on reports by",
    "based on reports from",
    "with files from",
    "with inputs from",
    "with input from",
    "with contributions from",
    "with material from",
    "compiled from",
    "source:",
    "source :",
    "via:",
    "mit material von",
    "quelle:",
    "fuente:",
    "fonte:",
    "kaynak:",
    "źródło:",
    "источник:",
    "com informações de",
    "con información de",
];

/// Phrases behind which the first publisher stands.
const FIRST_PUBLISHED: [&str; 27] = [
    "originally published by",
    "originally published in",
    "originally published on",
    "originally published at",
    "originally appeared in",
    "originally appeared on",
    "originally appeared at",
    "first published by",
    "first published in",
    "first published on",
    "first published at",
    "first appeared in",
    "first appeared on",
    "first appeared at",
    "republished from",
    "reprinted from",
    "republished with permission from",
    "republished with permission of",
    "reprinted with permission from",
    "reprinted with permission of",
    "zuerst erschienen in",
    "zuerst erschienen bei",
    "zuerst veröffentlicht in",
    "publié initialement par",
    "publié à l'origine par",
    "publicado originalmente en",
    "publicado originalmente por",
];
/// How a line begins that speaks of the article that it stands in, in lower case.
const ABOUT_ITSELF: [&str; 15] = [
    "this ",
    "(this ",
    "[this ",
    "*this ",
    "the story ",
    "the article ",
    "dieser ",
    "diese ",
    "der text ",
    "der artikel ",
    "cet ",
    "ce texte ",
    "este ",
    "esta ",
    "editor's note",
];
/// Words of such a line at most.
const NOTE_WORDS: usize = 60;
/// Small words within names of publishers.
const WITHIN_NAMES: [&str; 8] = ["of", "the", "and", "for", "de", "la", "du", "der"];
/// Words of a publisher's name at most.
const PUBLISHER_WORDS: usize = 6;

/// Phrases before which one stands.
const BEHIND_LIST: [&str; 4] = [
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed reporting",
];

/// Characters of a paragraph in which a dateline's agency is looked for.
const DATELINE: usize = 110;

/// Sources that a whole line credits: `With reporting by AP and The Harbour Post`.
pub(crate) fn of_line(line: &str, said: &mut Said) {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "()[]*—–-_.".contains(c));
    for phrase in BEFORE_LIST {
        if let Some(at) = lower.find(phrase)
            && let Some(list) = line.get(at + phrase.len()..)
        {
            let list = list.split([';', ')', '\n']).next().unwrap_or(list);
            return add_list(list, bare, true, said);
        }
    }
    for phrase in BEHIND_LIST {
        if let Some(at) = lower.find(phrase)
            && let Some(list) = line.get(..at)
        {
            let list = list.rsplit(". ").next().unwrap_or(list);
            return add_list(list, bare, false, said);
        }
    }
    first_publisher(line, said);
    if lower.contains("copyright") || line.contains('©') {
        for name in agencies_within(line) {
            said.credit(name, bare);
        }
    }
}

/// The first publisher that a line about the article itself names: `This story was originally
/// published by The Harbour Post`.
pub(crate) fn first_publisher(line: &str, said: &mut Said) {
    let lower = line.to_lowercase();
    if lower.len() != line.len() || line.split_whitespace().count() > NOTE_WORDS {
        return;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "()[]*—–-_.".contains(c));
    for phrase in FIRST_PUBLISHED {
        if let Some(at) = lower.find(phrase)
            && (ABOUT_ITSELF.iter().any(|word| lower.starts_with(word)) || at <= "[(*—".len())
            && let Some(name) = line.get(at + phrase.len()..).and_then(publisher)
        {
            said.credit(name, bare);
        }
    }
}

/// The publisher's name with which a text begins: its words written large, and the small ones between.
fn publisher(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([' ', ':']);
    let text = text.strip_prefix("the ").unwrap_or(text);
    let end = text
        .find([',', ';', '(', ')', '|', '–', '—', '\n'])
        .unwrap_or(text.len());
    let (mut at, mut last, mut words) = (0, 0, 0);
    for word in text.get(..end)?.split_inclusive(' ') {
        let bare = word.trim();
        at += word.len();
        let stop = bare.ends_with('.');
        let name = bare.trim_end_matches(['.', '"', '”', '\'']);
        if name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || words == 0 && name.contains('.')
        {
            words += 1;
            last = at - word.len() + name.len();
        } else if words == 0 || !WITHIN_NAMES.contains(&name) {
            break;
        }
        if stop || words == PUBLISHER_WORDS {
            break;
        }
    }
    // "… in March 2020": no publisher.
    let name = text.get(..last)?.trim_start_matches(['"', '“', '\'']);
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    let day = months::is_month(&first) || months::date_word(&first).is_some();
    let named = name.contains(char::is_alphabetic);
    (named && (!day || first == "the")).then_some(name)
}

/// Sources credited by a line's closing parenthesis: `(Reporting by …; editing by …)`.
fn add_list(list: &str, line: &str, singles: bool, said: &mut Said) {
    let list = list.trim_matches(|c: char| c.is_whitespace() || "()[]*—–-_.:".contains(c));
    let items: Vec<&str> = list
        .split(',')
        .flat_map(|item| item.split(" and "))
        .flat_map(|item| item.split(" & "))
        .map(|item| item.trim().trim_start_matches("and ").trim())
        // "… in Selen" says where a reporter was.
        .map(|item| item.split(" in ").next().unwrap_or(item))
        .filter(|item| !item.is_empty() && item.split_whitespace().count() <= 6)
        .collect();
    // In a list with outlets in it, a single word is an outlet too: people have two names.
    let any = singles && items.iter().any(|item| agencies::outlet_of(item).is_some());
    for item in items {
        let single = item.split_whitespace().count() == 1
            && item.chars().next().is_some_and(char::is_uppercase);
        if let Some(name) = agencies::outlet_of(item) {
            said.credit(name, line);
        } else if any && single {
            said.credit(item, line);
        }
    }
}

/// Agencies that a byline or an author field names: the text is theirs.
pub(crate) fn of_byline(byline: &str, line: &str, said: &mut Said) {
    for name in agencies::agencies_in(byline) {
        said.credit(name, line);
        said.sign(SignKind::AgencyByline, line);
    }
}

/// The agency of a dateline: `PORT SELEN, Dec 4 (Reuters) - …`.
pub(crate) fn of_dateline(paragraph: &str, said: &mut Said) {
    let head = &paragraph[..paragraph.floor_char_boundary(DATELINE)];
    let Some(open) = head.find('(') else { return };
    // A dateline is a place and perhaps a date: no sentence ends before the parenthesis.
    if open > 80 || head[..open].contains(". ") && !head[..open].contains(',') {
        return;
    }
    let Some(close) = head[open..].find(')').map(|at| open + at) else {
        return;
    };
    let after = head[close + 1..].trim_start();
    let dash = after.starts_with(['-', '–', '—', '―', ':']);
    let place = head[..open].trim();
    let capitals = place.chars().next().is_some_and(char::is_uppercase);
    if !dash || !(capitals || place.is_empty()) {
        return;
    }
    let line = head[..=close].trim();
    for name in agencies::agencies_in(&head[open + 1..close]) {
        said.credit(name, line);
        said.sign(SignKind::AgencyByline, line);
    }
}

/// Known agencies anywhere in a line, as whole words.
fn agencies_within(line: &str) -> Vec<&str> {
    let words: Vec<(usize, &str)> = line
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '(' | ')' | '/' | '|'))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - line.as_ptr() as usize, word))
        .collect();
    let mut found: Vec<&str> = Vec::new();
    let mut next = 0;
    for at in 0..words.len() {
        if at < next {
            continue;
        }
        for size in (1..=5).rev() {
            let Some((start, _)) = words.get(at).copied() else {
                continue;
            };
            let Some((last, word)) = words.get(at + size - 1).copied() else {
                continue;
            };
            let Some(name) = line.get(start..last + word.len()) else {
                continue;
            };
            if agencies::is_agency(name) {
                found.push(name);
                next = at + size;
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credits(line: &str) -> Vec<String> {
        let mut said = Said::default();
        of_line(line, &mut said);
        of_dateline(line, &mut said);
        said.credits.into_iter().map(|credit| credit.name).collect()
    }

    #[test]
    fn sources_not_people() {
        let cases: [(&str, &[&str]); 14] = [
            (
                "With reporting by AP, Dawn, VOA, The Hindu, and Geo News",
                &["AP", "Dawn", "VOA", "The Hindu", "Geo News"],
            ),
            (
                "The Associated Press contributed to this report.",
                &["The Associated Press"],
            ),
            (
                "This story was originally published by The Selen Mirror and is shared with its leave.",
                &["The Selen Mirror"],
            ),
            (
                "This article first appeared in Tides of the North on May 4.",
                &["Tides of the North"],
            ),
            (
                "Republished from harbourpost.example under a licence",
                &["harbourpost.example"],
            ),
            ("The poem was first published in May 1931.", &[]),
            ("It was first published on Monday.", &[]),
            ("— with files from Reuters", &["Reuters"]),
            ("(Reporting by Ada Lindqvist; Editing by Omar Tayib)", &[]),
            (
                "Copyright 2019 The Associated Press. All rights reserved.",
                &["The Associated Press"],
            ),
            (
                "PORT SELEN, Dec 4 (Reuters) - The harbour closed.",
                &["Reuters"],
            ),
            (
                "The union (AFP) - as it is known there. It went on. And more.",
                &["AFP"],
            ),
            (
                "Ada Lindqvist and AFP contributed to this report.",
                &["AFP"],
            ),
            (
                "Associated Press writers Ada Lindqvist in Selen, Norway, and Omar Tayib contributed to this report.",
                &["Associated Press"],
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(credits(line), expected, "{line}");
        }
    }
}

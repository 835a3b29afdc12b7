//! In: what a page gives as its author (a byline, a meta tag, a JSON-LD name). Out: the names of
//! people in it. Refuses addresses, roles, buttons, bodies, agencies and the outlet itself; agencies
//! are handed on by [`super::agencies::agencies_in`]. The words are in `data/byline.txt`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{agencies, date, months, sections};

/// Names of one page at most: a longer list is a list of something else.
const AUTHORS: usize = 12;
/// Words in a name at most.
const NAME_WORDS: usize = 5;
/// Characters of a name that is written without a blank, in scripts without capitals.
const UNBROKEN: usize = 7;
/// Words in a body's name at most.
const BODY_WORDS: usize = 9;
/// Bytes in an organisation's name at most.
const NAME_BYTES: usize = 80;
/// Bytes of an author field at most: a longer one is a text.
const FIELD_BYTES: usize = 600;

/// The sections of `data/byline.txt`.
static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| sections(include_str!("../../data/byline.txt")));

/// The sections whose words are looked up one by one.
static SINGLE: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    WORDS
        .iter()
        .map(|(section, words)| (*section, words.iter().copied().collect()))
        .collect()
});

fn list(section: &str) -> &'static [&'static str] {
    WORDS.get(section).map_or(&[], Vec::as_slice)
}

fn holds(section: &str, word: &str) -> bool {
    SINGLE
        .get(section)
        .is_some_and(|words| words.contains(word))
}

/// The part of a line behind one of a section's phrases, the longest that fits.
fn behind<'a>(line: &'a str, section: &str) -> Option<&'a str> {
    let line = line.trim_start_matches(['|', '-', '–', '—', '•', '·', '/', ' ', '\u{a0}']);
    let head = &line[..line.floor_char_boundary(40)];
    let lower = head.to_lowercase();
    let opener = list(section)
        .iter()
        .filter(|opener| {
            lower
                .strip_prefix(**opener)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', '\u{a0}', '\t']))
        })
        .max_by_key(|opener| opener.len())?;
    // Lower-casing may change lengths; then the line is cut at no boundary and stays.
    let rest = line.get(opener.len()..)?;
    Some(rest.trim_start_matches([':', ' ', '\u{a0}', '\t']).trim())
}

/// The part of a line behind "By"; `None` where the line is no byline.
pub(crate) fn behind_opener(line: &str) -> Option<&str> {
    behind(line, "opener").filter(|rest| !rest.is_empty())
}

/// Whether a piece of text is no more than what opens a byline.
pub(crate) fn is_opener(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || ":|•·–—-".contains(c));
    holds("opener", &bare.to_lowercase())
}

/// Whether a word is none that a name holds, but stands beside names in a byline.
pub(crate) fn is_byline_word(word: &str) -> bool {
    ["opener", "join", "role"]
        .iter()
        .any(|section| holds(section, word))
}

/// The people named in a byline or an author field, in order, each once.
pub(crate) fn names(field: &str, outlet: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if field.len() > FIELD_BYTES || field.contains("://") && !field.contains(' ') {
        return names;
    }
    for line in field.split(['\n', ';', '|', '•', '·', '(', ')', '[', ']']) {
        if behind(line, "other").is_some() && behind_opener(line).is_none() {
            continue;
        }
        let line = behind_opener(behind_day(line)).unwrap_or(behind_day(line));
        for part in split_names(line) {
            let surname_first = surname_first(part);
            let pieces: Vec<&str> = if surname_first {
                vec![part]
            } else {
                part.split([',', '/', '、', '，']).collect()
            };
            for piece in pieces {
                let Some(name) = name(piece, outlet) else {
                    continue;
                };
                if !names
                    .iter()
                    .any(|known| known.to_lowercase() == name.to_lowercase())
                {
                    names.push(name);
                }
                if names.len() == AUTHORS {
                    return names;
                }
            }
        }
    }
    names
}

/// The people on a line that holds nothing but names.
pub(crate) fn only_names(line: &str, outlet: Option<&str>) -> Option<Vec<String>> {
    let found = names(line, outlet);
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| c.is_whitespace() || ",/&".contains(c))
            .filter(|word| !word.is_empty() && !holds("join", word))
            .map(|word| word.trim_matches(['.', '*', ':']).to_owned())
            .collect()
    };
    let all: Vec<String> = found.iter().flat_map(|name| words(name)).collect();
    (!found.is_empty() && words(line) == all).then_some(found)
}

/// Whether a word is what templates put where no author was given.
pub(crate) fn is_placeholder(word: &str) -> bool {
    holds("placeholder", &word.to_lowercase())
}

/// `by Ada Lindqvist` of `Posted on March 12, 2024 by Ada Lindqvist`.
fn behind_day(line: &str) -> &str {
    let said = |before: &str| {
        let label = before.split_whitespace().next().is_some_and(|word| {
            matches!(
                months::date_word(&word.to_lowercase()),
                Some(months::DateWord::Published | months::DateWord::Changed)
            )
        });
        label || date::line(before, date::Locale::default()).is_some()
    };
    for opener in list("opener") {
        let mut from = 0;
        while let Some(at) = line.get(from..).and_then(|rest| rest.find(opener)) {
            let at = from + at;
            from = at + opener.len();
            let before = &line[..at];
            let blank = line[from..].starts_with([' ', ':', '\u{a0}']);
            if blank && before.ends_with([' ', '\u{a0}']) && said(before) {
                return &line[at..];
            }
        }
    }
    line
}

/// The parts of a line between "and"s.
fn split_names(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    for word in line.split_inclusive(char::is_whitespace) {
        let end = at + word.len();
        let bare = word.trim();
        // A single letter written large is an initial.
        let large = bare.chars().count() == 1 && bare.chars().all(char::is_uppercase);
        if at > start && !large && holds("join", &bare.to_lowercase()) {
            parts.push(line[start..at].trim());
            start = end;
        }
        at = end;
    }
    parts.push(line[start..].trim());
    parts
}

/// The name of an organisation that a page gives as its author; `None` where it is an address, a
/// role or a sentence.
pub(crate) fn organisation(field: &str) -> Option<String> {
    let name = super::title::tidy(behind_opener(field).unwrap_or(field));
    let words = || name.split_whitespace();
    let odd =
        words().any(|word| is_placeholder(word) || word.contains(['@', '/', '<', '>', '{', '=']));
    // "Nachrichten": a section.
    let label = words().all(|word| holds("not", &word.to_lowercase()));
    let named = name.chars().any(char::is_alphabetic) && !label;
    (named && !odd && (1..=NAME_WORDS).contains(&words().count()) && name.len() <= NAME_BYTES)
        .then_some(name)
}

/// The name of a body (an institute, a union) where a byline gives nothing else.
pub(crate) fn body(field: &str) -> Option<String> {
    let name = super::title::tidy(behind_opener(field).unwrap_or(field));
    let large = |word: &str| word.starts_with(char::is_uppercase);
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain = words.iter().all(|word| {
        let lower = word.to_lowercase();
        large(word)
            || holds("particle", &lower)
            || holds("cut", &lower)
            || holds("join", &lower)
            || lower == "the"
    });
    let named = words
        .iter()
        .any(|word| large(word) && holds("body", &word.to_lowercase()));
    (plain && named && (2..=BODY_WORDS).contains(&words.len()) && name.len() <= NAME_BYTES)
        .then_some(name)
}

/// A name of one word, which is a person's only where something else says so.
pub(crate) fn single(field: &str, outlet: Option<&str>) -> Option<String> {
    let word = behind_opener(field).unwrap_or(field).trim();
    let lower = word.to_lowercase();
    let letters = word.chars().count() >= 3
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || "-_.'’".contains(c))
        && word.chars().any(char::is_alphabetic);
    let known = [
        "placeholder",
        "not",
        "first",
        "role",
        "body",
        "opener",
        "other",
    ]
    .iter()
    .any(|section| holds(section, &lower));
    (letters
        && !known
        && !word.contains("..")
        && !is_site(word)
        && !agencies::is_outlet(word)
        && !is_own(word, outlet))
    .then(|| word.to_owned())
}

/// `harbourpost.example`.
fn is_site(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(_, end)| end.len() >= 2)
}

/// `Lindqvist, Ada` is one name.
fn surname_first(field: &str) -> bool {
    let mut parts = field.split(',');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), None) => {
            let plain =
                |part: &str| part.split_whitespace().count() == 1 && !agencies::is_outlet(part);
            plain(first) && plain(second)
        }
        _ => false,
    }
}

/// One name, cleaned; `None` where the words are no person's name.
fn name(piece: &str, outlet: Option<&str>) -> Option<String> {
    let piece = behind_opener(piece).unwrap_or(piece);
    let piece = behind(piece, "with").unwrap_or(piece);
    let turned;
    let piece = match piece.split_once(',') {
        Some((surname, given)) => {
            turned = format!("{} {}", given.trim(), surname.trim());
            turned.as_str()
        }
        None => piece,
    };
    let mut words: Vec<&str> = piece
        .split_whitespace()
        .filter(|word| !word.contains('@'))
        .map(|word| {
            let word = word.trim_matches(['"', '“', '”', ':', '*', '_']);
            if word.len() > 1 {
                word.trim_matches(['–', '—', '-', '|'])
            } else {
                word
            }
        })
        .filter(|word| !word.is_empty())
        .collect();
    cut_tail(&mut words);
    words.retain(|word| word.contains(char::is_alphanumeric));
    let mut role = false;
    while words.len() > 2 && holds("role", &words[0].to_lowercase()) {
        words.remove(0);
        role = true;
    }
    if words.is_empty() || words.len() > NAME_WORDS {
        return None;
    }
    let name = words.join(" ");
    let name = name.trim_matches([' ', '.', ',']).to_owned();
    let lower = name.to_lowercase();
    // "AP National Writer", "Last update".
    let agency = words
        .iter()
        .any(|word| agencies::is_agency(word) && word.chars().all(char::is_uppercase));
    let label = months::date_word(&lower).is_some()
        || lower
            .split(' ')
            .next()
            .is_some_and(|first| holds("first", first));
    if name.contains("http")
        || name.contains("www.")
        || label
        || agency && name != name.to_uppercase()
        || agencies::is_outlet(&name)
        || is_own(&name, outlet)
    {
        return None;
    }
    let odd = words.iter().any(|word| {
        let lower = word.to_lowercase();
        let bare = lower.trim_matches(['.', '…', '!', '?']);
        let known = ["not", "role", "placeholder", "body"]
            .iter()
            .any(|section| holds(section, bare));
        // What is written small in a name is a particle: a sentence's words are none.
        let small = word.starts_with(char::is_lowercase)
            && !word.contains(['-', '\'', '’'])
            && !holds("particle", bare)
            && !word.chars().any(char::is_uppercase);
        known
            || small
            || word
                .chars()
                .any(|c| c.is_ascii_digit() || "#$%&=<>{}[]?!:".contains(c))
    });
    // A capital somewhere, where the script has capitals; a single word of theirs is a login.
    let cased = name.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    let capital = name.chars().any(char::is_uppercase) || !cased;
    // Scripts that put no blanks between words put none into sentences either.
    let parts = 1 + name.matches('・').count();
    let long = !cased && words.len() == 1 && name.chars().count() > UNBROKEN * parts;
    let lone = words.len() == 1 && (cased || role) || long;
    (!odd && capital && !lone && name.chars().count() >= 2).then_some(name)
}

/// Cuts what stands behind a name: the outlet, the place, the role, the day.
fn cut_tail(words: &mut Vec<&str>) {
    let end = words.iter().enumerate().skip(2).find(|(_, word)| {
        let lower = word.to_lowercase();
        let bare = lower.trim_matches('.');
        let written_small =
            word.starts_with(char::is_lowercase) || !word.starts_with(char::is_alphabetic);
        written_small && holds("cut", bare)
            || holds("role", bare)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || months::weekday(bare).is_some()
    });
    if let Some(end) = end.map(|(at, _)| at) {
        words.truncate(end);
    }
    // "KolarEditor": the role was written to the name without a blank.
    if let Some(last) = words.last_mut() {
        let glued = last.char_indices().skip(1).find(|(at, c)| {
            c.is_uppercase()
                && last[..*at].ends_with(char::is_lowercase)
                && holds("role", &last[*at..].to_lowercase())
        });
        if let Some((at, _)) = glued {
            *last = &last[..at];
        }
    }
}

/// Whether a name is the outlet's own.
fn is_own(name: &str, outlet: Option<&str>) -> bool {
    outlet.is_some_and(|outlet| {
        outlet.eq_ignore_ascii_case(name)
            || compact(outlet).trim_end_matches("com") == compact(name)
            || outlet.chars().count() >= 3
                && name
                    .strip_prefix(outlet)
                    .is_some_and(|rest| rest.starts_with(' '))
    })
}

fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_only() {
        let cases: [(&str, &[&str]); 34] = [
            ("By Ada Lindqvist", &["Ada Lindqvist"]),
            (
                "BY ADA LINDQVIST AND OMAR EL-TAYIB",
                &["ADA LINDQVIST", "OMAR EL-TAYIB"],
            ),
            ("By Ada Lindqvist, Harbour Post", &["Ada Lindqvist"]),
            (
                "Ada Lindqvist and Omar el-Tayib",
                &["Ada Lindqvist", "Omar el-Tayib"],
            ),
            ("By Ada Lindqvist in Port Selen", &["Ada Lindqvist"]),
            ("By Ada Lindqvist on March 12, 2024", &["Ada Lindqvist"]),
            (
                "Posted on March 12, 2024 by Ada Lindqvist",
                &["Ada Lindqvist"],
            ),
            ("12.03.2024 von Jürgen Halm", &["Jürgen Halm"]),
            ("Von Jürgen Halm", &["Jürgen Halm"]),
            ("Anna von Halm", &["Anna von Halm"]),
            ("Lindqvist, Ada", &["Ada Lindqvist"]),
            ("Lindqvist, Ada; Halm, Jo", &["Ada Lindqvist", "Jo Halm"]),
            (
                "Ada Lindqvist (avec Omar Tayib)",
                &["Ada Lindqvist", "Omar Tayib"],
            ),
            ("J. A. Halm & Jo I Marsh", &["J. A. Halm", "Jo I Marsh"]),
            ("Reuters", &[]),
            ("The Harbour Post", &[]),
            ("https://example.org/people/ada", &[]),
            ("ada@example.org", &[]),
            ("admin", &[]),
            ("Ada Lindqvist ada@example.org", &["Ada Lindqvist"]),
            ("News Desk", &[]),
            ("Ada LindqvistReporter", &["Ada Lindqvist"]),
            ("Ada Lindqvist Senior Political Writer", &["Ada Lindqvist"]),
            ("Staff Writer Ada Lindqvist", &["Ada Lindqvist"]),
            ("Ada Lindqvist Tuesday 12 March", &["Ada Lindqvist"]),
            ("Photograph by Omar Tayib", &[]),
            ("Alle Artikel", &[]),
            ("View all posts by Ada Lindqvist", &[]),
            ("Read the news before it breaks", &[]),
            ("Save your harbour today", &[]),
            ("Selen Institute for Tides", &[]),
            ("Theme Quay by Harbour Web", &[]),
            ("Ada Lindqvist of the Selen Institute", &["Ada Lindqvist"]),
            ("Ada Lindqvist | Photo: Omar Tayib", &["Ada Lindqvist"]),
        ];
        for (field, expected) in cases {
            assert_eq!(names(field, Some("Harbour Post")), expected, "{field}");
        }
    }

    #[test]
    fn bodies_and_single_names() {
        assert_eq!(
            body("Selen Institute for Tides").as_deref(),
            Some("Selen Institute for Tides")
        );
        assert_eq!(body("Ada Lindqvist"), None);
        assert_eq!(single("seahen", None).as_deref(), Some("seahen"));
        for word in ["admin", "Reuters", "harbourpost.example", "Editor", "a b"] {
            assert_eq!(single(word, None), None, "{word}");
        }
    }
}

//! The form of a text. In: its paragraphs. Out: whether its parts are about different things, as in a round-up of
//! news; the time of an entry, where it is a log of entries. Refuses to say what it is by its words.

use std::collections::HashSet;

use super::months;

/// A paragraph, and whether it is a heading.
pub(crate) type Paragraph<'a> = (&'a str, bool);

/// Parts from which a page may be a round-up; where nothing says that it is one, so many under headings of their own.
const PARTS: usize = 3;
const PARTS_UNSAID: usize = 4;
/// Words of a part: less is a label.
const PART_WORDS: usize = 8;
/// Letters of a word that may be the matter of a part.
const MATTER_LETTERS: usize = 5;
/// Entries from which a page is a log of them.
const ENTRIES: usize = 3;

/// The first part's words, where the parts of a page are about different things: no two of them share a name, and,
/// where nothing says that the page is a round-up, no word of its headline or of a part's heading stands in two.
pub(super) fn is_apart<'a>(
    paragraphs: &[Paragraph<'a>],
    title: Option<&'a str>,
    said: bool,
) -> Option<&'a str> {
    let headed = paragraphs.iter().any(|(_, heading)| *heading);
    if !said && !headed {
        return None;
    }
    let parts: Vec<Part<'a>> = parts(paragraphs, headed)
        .into_iter()
        .filter(|part| part.words >= PART_WORDS)
        .collect();
    let named: Vec<&Part> = parts.iter().filter(|part| !part.names.is_empty()).collect();
    let least = if said { PARTS } else { PARTS_UNSAID };
    // What names nobody in most of its parts is no news of different things.
    if named.len() < least || named.len() * 2 < parts.len() {
        return None;
    }
    let shared = (named.iter().enumerate())
        .any(|(at, one)| named[at + 1..].iter().any(|other| one.shares(other)));
    if shared {
        return None;
    }
    if !said {
        let title = title.unwrap_or_default();
        let heads = parts.iter().filter_map(|part| part.heading);
        let matters: HashSet<String> = heads.chain([title]).flat_map(matters).collect();
        let in_two = |matter: &String| {
            let has = |part: &&Part| part.matters.contains(matter);
            parts.iter().filter(has).count() > 1
        };
        if matters.iter().any(in_two) {
            return None;
        }
    }
    let first = parts.first()?;
    Some(first.heading.unwrap_or(first.first))
}

/// The time of the first entry of a log: lines that begin with a time of day, each later than the one before, or
/// each earlier.
pub(super) fn entry_time<'a>(paragraphs: &[Paragraph<'a>]) -> Option<&'a str> {
    let entries: Vec<(u16, &str)> = paragraphs
        .iter()
        .filter_map(|(line, _)| time_at_start(line))
        .collect();
    let rises = entries.windows(2).all(|two| two[0].0 <= two[1].0);
    let falls = entries.windows(2).all(|two| two[0].0 >= two[1].0);
    let (first, last) = (entries.first()?, entries.last()?);
    (entries.len() >= ENTRIES && (rises || falls) && first.0 != last.0).then_some(first.1)
}

/// The time of day that a line begins with, in minutes and as written: "14:20", "9.05am", "14h20", "14.20 Uhr".
pub(crate) fn time_at_start(line: &str) -> Option<(u16, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(line);
    let hour: u16 = line.get(..hours)?.parse().ok().filter(|hour| *hour < 24)?;
    let rest = line.get(hours..)?;
    let mark = rest
        .chars()
        .next()
        .filter(|c| matches!(c, ':' | '.' | 'h'))?;
    let rest = rest.get(mark.len_utf8()..)?;
    let minute: u16 = rest.get(..2)?.parse().ok().filter(|minute| *minute < 60)?;
    let behind = rest.get(2..)?;
    let word = behind.trim_start().split([' ', ',', ':', '.']).next()?;
    let word = word.to_lowercase();
    let half = matches!(
        word.as_str(),
        "am" | "pm" | "a" | "p" | "uhr" | "gmt" | "utc" | "bst" | "et"
    );
    // "9.05 million" is no time: a point needs a word that makes it one.
    if behind.starts_with(|c: char| c.is_ascii_digit()) || mark == '.' && !half {
        return None;
    }
    let late = if word == "pm" && hour < 12 { 12 } else { 0 };
    let len = line.len() - behind.len();
    Some(((hour + late) * 60 + minute, line.get(..len)?))
}

/// A part of a page.
struct Part<'a> {
    heading: Option<&'a str>,
    /// Its first paragraph.
    first: &'a str,
    words: usize,
    /// The words in it that are written large inside a sentence, in lower case.
    names: HashSet<String>,
    /// The long words in it, in lower case.
    matters: HashSet<String>,
}

impl Part<'_> {
    fn shares(&self, other: &Self) -> bool {
        !self.names.is_disjoint(&other.names)
    }
}

/// What stands under each heading, with it; without headings each paragraph.
fn parts<'a>(paragraphs: &[Paragraph<'a>], headed: bool) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    let mut heading = None;
    for &(line, is_heading) in paragraphs {
        if is_heading {
            heading = Some(line);
            continue;
        }
        let begins = parts.is_empty() || !headed || heading.is_some();
        if begins {
            parts.push(Part {
                heading: heading.take(),
                first: line,
                words: 0,
                names: HashSet::new(),
                matters: HashSet::new(),
            });
        }
        let Some(part) = parts.last_mut() else {
            continue;
        };
        part.words += line.split_whitespace().count();
        part.names.extend(names(line));
        part.matters.extend(matters(line));
        if begins {
            part.matters
                .extend(part.heading.into_iter().flat_map(matters));
        }
    }
    parts
}

/// The words written large inside the sentences of a line, but days and months.
fn names(line: &str) -> impl Iterator<Item = String> {
    let mut begins = true;
    line.split_whitespace().filter_map(move |word| {
        let inside =
            !std::mem::replace(&mut begins, word.ends_with(['.', '!', '?', ':', '”', '"']));
        let bare = bare(word);
        let large = bare.starts_with(char::is_uppercase) && bare.chars().count() > 2;
        (inside && large)
            .then(|| bare.to_lowercase())
            .filter(|name| !months::is_time(name))
    })
}

/// The long words of a line, in lower case.
fn matters(line: &str) -> impl Iterator<Item = String> {
    let long = |word: &&str| word.chars().count() >= MATTER_LETTERS;
    line.split_whitespace()
        .map(bare)
        .filter(long)
        .map(str::to_lowercase)
        .filter(|word| !months::is_time(word))
}

/// A word without the marks around it and a possessive's ending.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let owner = word.strip_suffix("'s").or(word.strip_suffix("’s"));
    owner.unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRIEFS: [Paragraph<'static>; 4] = [
        (
            "The ferry Selma was towed to Quell after a fire on Tuesday.",
            false,
        ),
        (
            "A court in Lindau withdrew the permit of Osk Minerals on Tuesday.",
            false,
        ),
        (
            "The cup went to Marrow United, who beat Sandvik on penalties.",
            false,
        ),
        (
            "There will be rain in the north and snow above the trees.",
            false,
        ),
    ];

    fn told(title: &str, paragraphs: &[Paragraph<'_>], said: bool) -> bool {
        is_apart(paragraphs, Some(title), said).is_some()
    }

    #[test]
    fn parts_about_different_things_are_a_round_up() {
        assert!(told("In brief", &BRIEFS, true));
        // Nothing says so, and no part has a heading.
        assert!(!told("News of the day", &BRIEFS, false));
        let heads = ["At sea", "Courts", "Football", "Bakers"];
        let last = (
            "The guild of Pellworth asks for later mornings in all shops.",
            false,
        );
        let briefs = BRIEFS[..3].iter().chain([&last]);
        let headed: Vec<Paragraph<'_>> = (heads.iter().zip(briefs))
            .flat_map(|(head, brief)| [(*head, true), *brief])
            .collect();
        assert!(told("News of the day", &headed, false));
    }

    #[test]
    fn parts_of_one_matter_are_none() {
        let brief = [
            (
                "A court in Lindau withdrew the permit of Osk Minerals on Tuesday.",
                false,
            ),
            (
                "The judge, Renata Vohl, said that Osk had not told the truth.",
                false,
            ),
            (
                "The shares of Osk fell by a tenth on the exchange in Marrow.",
                false,
            ),
        ];
        assert!(!told("In brief: Osk loses permit", &brief, true));
        let headed = [
            ("The fire", true),
            (
                "The ferry burned for five hours off the port of Quell.",
                false,
            ),
            ("The owner", true),
            (
                "The owner of the ferry, Norfjord Lines, halted another ship.",
                false,
            ),
            ("The union", true),
            (
                "For years the union under Pal Drost had asked for checks.",
                false,
            ),
            ("The ministry", true),
            (
                "Its head, Jon Aske, said that each ferry would be looked at.",
                false,
            ),
        ];
        assert!(!told("What we know about the ferry", &headed, false));
    }

    #[test]
    fn entries_have_times() {
        let entry = |lines: &[&'static str]| {
            let lines: Vec<Paragraph<'_>> = lines.iter().map(|line| (*line, false)).collect();
            entry_time(&lines)
        };
        assert_eq!(
            entry(&[
                "14:20 Fire is out",
                "Hours.",
                "12:05 Ship stops",
                "09:15 What we know"
            ]),
            Some("14:20")
        );
        assert_eq!(
            entry(&["9.05am Boats", "9.40am Fire", "1.10pm Out"]),
            Some("9.05")
        );
        assert_eq!(entry(&["14:20 Fire", "12:05 Ship", "13:10 Again"]), None);
        assert_eq!(
            entry(&["3.05 million", "4.10 million", "5.20 million"]),
            None
        );
    }
}

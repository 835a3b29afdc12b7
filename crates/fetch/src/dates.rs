//! Times as feeds and sitemaps write them. In: what stands in a date's element. Out: the day, with time and
//! offset where they are told. The forms are those that pages know ([`crossread::read_date`]); here stands what only
//! feeds write: zones by their letters, comments in brackets, years of two figures.

use crossread::model::Published;
use crossread::read_date;

/// Longer is no date.
const MOST: usize = 120;

/// Zones by their letters, and minutes east of Greenwich. A zone whose letters stand for several (IST: India,
/// Ireland, Israel; AST) is not here: its time is taken for one without a zone.
const ZONES: &[(&str, i32)] = &[
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("BST", 60),
    ("WEST", 60),
    ("WAT", 60),
    ("CET", 60),
    ("MET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("CAT", 120),
    ("SAST", 120),
    ("EEST", 180),
    ("EAT", 180),
    ("MSK", 180),
    ("TRT", 180),
    ("PKT", 300),
    ("NPT", 345),
    ("ICT", 420),
    ("WIB", 420),
    ("SGT", 480),
    ("HKT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("AEST", 600),
    ("ACDT", 630),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("NDT", -150),
    ("NST", -210),
    ("ADT", -180),
    ("EDT", -240),
    ("EST", -300),
    ("CDT", -300),
    ("CST", -360),
    ("MDT", -360),
    ("MST", -420),
    ("PDT", -420),
    ("PST", -480),
    ("AKDT", -480),
    ("AKST", -540),
    ("HST", -600),
];

/// The first year of two figures that is of the last century.
const LAST_CENTURY: u32 = 70;

/// Reads a date; `None` where it is none.
pub fn read(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.is_empty() || text.len() > MOST {
        return None;
    }
    let mut words: Vec<&str> = text.split_whitespace().collect();
    // "+0100 (CET)": a comment.
    if words.len() > 1 && words.last()?.starts_with('(') {
        words.pop();
    }
    let minutes = words.last().and_then(|word| zone(word));
    if minutes.is_some() {
        words.pop();
    }
    let full: Vec<String> = (0..words.len()).map(|at| whole_year(&words, at)).collect();
    let mut found = read_date(&full.join(" "))?;
    if let (Some(_), None, Some(minutes)) = (found.time, found.offset, minutes) {
        found.offset = jiff::tz::Offset::from_seconds(minutes * 60).ok();
    }
    Some(found)
}

/// A date as the store keeps it: of a time whose offset is known the moment, as UTC has it; else the day.
pub fn kept(found: &Published) -> String {
    match instant(found) {
        Some(at) => at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        None => found.date.to_string(),
    }
}

/// The same as feeds' stamps are kept, so that what was fetched before is known again.
pub fn stamp(text: &str) -> String {
    let moment = read(text).as_ref().and_then(instant);
    match moment {
        Some(at) => at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
        None => text.trim().chars().take(MOST).collect(),
    }
}

fn instant(found: &Published) -> Option<jiff::Timestamp> {
    let local = found.date.to_datetime(found.time?);
    found.offset?.to_timestamp(local).ok()
}

/// Minutes east of Greenwich: `CET`, `+0100`, `-05:00`, `GMT+1`.
fn zone(word: &str) -> Option<i32> {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, rest) = word.split_at(letters);
    let named = || {
        let upper = name.to_ascii_uppercase();
        let found = ZONES.iter().find(|(zone, _)| *zone == upper);
        found.map(|(_, minutes)| *minutes)
    };
    match (name.is_empty(), rest.is_empty()) {
        (_, true) => named(),
        (true, false) => offset(rest),
        (false, false) => Some(named()? + offset(rest)?),
    }
}

/// `+0100`, `-05:00`, `+1`.
fn offset(text: &str) -> Option<i32> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// A word of a date; the two figures of a year after a day and a month's name as four.
fn whole_year(words: &[&str], at: usize) -> String {
    let word = words[at];
    let figures = |word: &str| (1..=2).contains(&word.len()) && word.parse::<u32>().is_ok();
    let behind = at >= 2
        && figures(words[at - 2])
        && words[at - 1].chars().all(char::is_alphabetic)
        && word.len() == 2;
    match word.parse::<u32>() {
        Ok(year) if behind && year < LAST_CENTURY => format!("20{word}"),
        Ok(_) if behind => format!("19{word}"),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_feeds() {
        for (text, expected) in [
            ("Tue, 12 Mar 2024 18:30:00 GMT", "2024-03-12T18:30:00Z"),
            ("Tue, 12 Mar 2024 18:30:00 -0500", "2024-03-12T23:30:00Z"),
            ("Tue, 12 Mar 2024 18:30:00 EST", "2024-03-12T23:30:00Z"),
            ("Tue, 12 Mar 2024 18:30:00 EDT", "2024-03-12T22:30:00Z"),
            ("Tue, 12 Mar 2024 18:30:00 PST", "2024-03-13T02:30:00Z"),
            ("Tue, 12 Mar 2024 18:30:00 CET", "2024-03-12T17:30:00Z"),
            ("Tue, 09 Apr 2024 08:57:00 MEST", "2024-04-09T06:57:00Z"),
            ("Tue, 12 Mar 2024 18:30 GMT", "2024-03-12T18:30:00Z"),
            ("12 Mar 2024 18:30:00 +0100", "2024-03-12T17:30:00Z"),
            ("Mon, 12 Mar 2024 18:30:00 +01:00", "2024-03-12T17:30:00Z"),
            ("Tue, 12 Mar 24 18:30:00 +0000", "2024-03-12T18:30:00Z"),
            ("Tue, 12 Mar 2024 18:30:00 Z", "2024-03-12T18:30:00Z"),
            (
                "Tue, 12 Mar 2024 18:30:00 +0100 (CET)",
                "2024-03-12T17:30:00Z",
            ),
            ("Tue, 12 Mar 2024 18:30:00 GMT+0100", "2024-03-12T17:30:00Z"),
            ("2024-03-12T18:30:00+01:00", "2024-03-12T17:30:00Z"),
            ("2024-03-12T18:30:00-0500", "2024-03-12T23:30:00Z"),
            ("2024-03-12T18:30:00.123Z", "2024-03-12T18:30:00Z"),
            ("2024-03-12 18:30:00", "2024-03-12"),
            ("2024-03-12 18:30:00 CET", "2024-03-12T17:30:00Z"),
            ("2024-03-12", "2024-03-12"),
            ("Tuesday, March 12, 2024 - 18:30", "2024-03-12"),
            ("Di, 12 Mär 2024 18:30:00 +0100", "2024-03-12T17:30:00Z"),
            ("mar, 12 mars 2024 18:30:00 +0100", "2024-03-12T17:30:00Z"),
            ("Tue, 12 Mar 2024 18:30:00 IST", "2024-03-12"),
            ("1710268200", "2024-03-12T18:30:00Z"),
            ("tomorrow", "none"),
            ("", "none"),
            ("+", "none"),
        ] {
            let found = read(text).map_or("none".to_owned(), |found| kept(&found));
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(
            stamp("Sat, 18 Mar 2023 10:00:00 GMT"),
            "2023-03-18T10:00:00+00:00"
        );
        assert_eq!(stamp(" 17 "), "17");
    }
}

//! In: a date as pages and records write it. Out: a [`Published`] with the precision given and no
//! more. Refuses what could be two dates (`04/05/2017` without a language that settles it), years
//! before print went online and years far ahead.

mod calendar;
mod numeric;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use model::Published;

use super::months::{self, DateWord};
pub(crate) use numeric::{Order, order_in, order_of};

/// News pages are no older: an earlier year is a misreading (a page number, a price).
const FIRST_YEAR: i16 = 1980;
/// Nor younger: there is no clock here to compare with.
const LAST_YEAR: i16 = 2099;

/// Words of a line that are looked at for a date.
const TOKENS: usize = 24;

/// What a page settles about its numeric dates.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Locale<'a> {
    /// ISO 639-1.
    pub language: Option<&'a str>,
    /// The order in which its country, or another of its dates, writes days and months.
    pub order: Option<Order>,
    /// Another date of the page, near which this one lies.
    pub near: Option<Date>,
}

/// A machine-readable date: ISO 8601, RFC 3339, RFC 2822, seconds or milliseconds since 1970, and
/// whatever [`line`] reads.
pub(crate) fn machine(text: &str) -> Option<Published> {
    machine_in(text, Locale::default())
}

/// [`machine`], on a page that settles the order of numbers.
pub(crate) fn machine_in(text: &str, locale: Locale<'_>) -> Option<Published> {
    let text = text.trim();
    if text.len() > 120 {
        return None;
    }
    iso(text)
        .or_else(|| epoch(text))
        .or_else(|| compact(text))
        .or_else(|| {
            line(text, locale)
                .filter(|found| found.other_words <= 2)
                .map(|found| found.date)
        })
}

/// Seconds or milliseconds since 1970.
pub(crate) fn epoch(text: &str) -> Option<Published> {
    if !(9..=13).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() > 10 {
        number / 1000
    } else {
        number
    };
    let at = Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
    plausible(at.date()).map(|date| Published {
        date,
        time: Some(at.time()),
        offset: Some(Offset::UTC),
    })
}

/// `20171204` and `20171204T194900Z`-like forms.
fn compact(text: &str) -> Option<Published> {
    let digits = text
        .get(..8)
        .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    if text.as_bytes().get(8).is_some_and(u8::is_ascii_digit) && text.len() != 14 {
        return None;
    }
    let day = ymd(&digits[..4], &digits[4..6], &digits[6..])?;
    let rest = text[8..].trim_start_matches(['T', ' ']);
    let time = rest
        .get(..6)
        .filter(|d| d.bytes().all(|b| b.is_ascii_digit()))
        .and_then(|d| hms(&d[..2], &d[2..4], &d[4..]));
    Some(Published {
        date: day,
        time,
        offset: None,
    })
}

/// `2017-12-04`, with a time and an offset where they follow.
fn iso(text: &str) -> Option<Published> {
    let sep = |at: usize| {
        text.as_bytes()
            .get(at)
            .is_some_and(|b| matches!(b, b'-' | b'/' | b'.'))
    };
    if !sep(4) {
        return None;
    }
    let mut fields = text[5..].splitn(2, ['-', '/', '.']);
    let month = fields.next().filter(|m| m.len() <= 2)?;
    let rest = fields.next()?;
    let len = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&len) {
        return None;
    }
    let day = ymd(text.get(..4)?, month, &rest[..len])?;
    let mut rest = rest[len..].trim_start();
    rest = rest
        .strip_prefix(['T', 't', ','])
        .unwrap_or(rest)
        .trim_start();
    let Some((time, after)) = clock(rest) else {
        return Some(Published::day(day));
    };
    Some(Published {
        date: day,
        time: Some(time),
        offset: offset(after.trim_start()),
    })
}

/// `19:49`, `19:49:03.125`, `7:49 pm`; and what follows.
fn clock(text: &str) -> Option<(Time, &str)> {
    let hours = text.bytes().take_while(u8::is_ascii_digit).count();
    let sep = *text.as_bytes().get(hours)?;
    if !(1..=2).contains(&hours) || !matches!(sep, b':' | b'.' | b'h' | b'H') {
        return None;
    }
    let after = &text[hours + 1..];
    let minutes = after
        .get(..2)
        .filter(|m| m.bytes().all(|b| b.is_ascii_digit()))?;
    let mut rest = &after[2..];
    let mut seconds = "0";
    if let Some(tail) = rest.strip_prefix(':')
        && let Some(digits) = tail
            .get(..2)
            .filter(|s| s.bytes().all(|b| b.is_ascii_digit()))
    {
        seconds = digits;
        rest = &tail[2..];
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    let mut time = hms(&text[..hours], minutes, seconds)?;
    let half: String = rest
        .trim_start()
        .chars()
        .take(4)
        .filter(|c| c.is_ascii_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let hour = time.hour();
    if half.starts_with("pm") && hour < 12 {
        time = Time::new(hour + 12, time.minute(), time.second(), 0).ok()?;
    } else if half.starts_with("am") && hour == 12 {
        time = Time::new(0, time.minute(), time.second(), 0).ok()?;
    }
    Some((time, rest))
}

/// `Z`, `GMT`, `UTC`, `+03:00`, `-0500`, `+05`.
fn offset(text: &str) -> Option<Offset> {
    let text = text.trim_start_matches(['(', ' ']);
    let after = ["UTC", "GMT", "Z", "z"]
        .iter()
        .find_map(|zero| text.strip_prefix(zero));
    let rest = after.unwrap_or(text).trim_start();
    let sign = match rest.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return after.map(|_| Offset::UTC),
    };
    let digits: String = rest[1..]
        .chars()
        .filter(|c| *c != ':')
        .take_while(char::is_ascii_digit)
        .take(4)
        .collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => (&digits[..2], &digits[2..]),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

fn hms(hours: &str, minutes: &str, seconds: &str) -> Option<Time> {
    let second: i8 = seconds.parse().ok()?;
    Time::new(
        hours.parse().ok()?,
        minutes.parse().ok()?,
        second.min(59),
        0,
    )
    .ok()
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    build(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn build(year: i16, month: i8, day: i8) -> Option<Date> {
    calendar::date(year, month, day).and_then(plausible)
}

fn plausible(day: Date) -> Option<Date> {
    (FIRST_YEAR..=LAST_YEAR)
        .contains(&day.year())
        .then_some(day)
}

/// A date found on a line.
#[derive(Clone, Debug)]
pub(crate) struct OnLine {
    /// The date.
    pub date: Published,
    /// Whether the line says that it was published or changed then.
    pub label: Option<DateWord>,
    /// Words of the line that belong to no date.
    pub other_words: usize,
    /// These words, in lower case.
    pub others: Vec<String>,
}

/// Reads a line that holds a date and perhaps a label: `Published: 4 December 2017, 19:49`.
pub(crate) fn line(text: &str, locale: Locale<'_>) -> Option<OnLine> {
    if !text.bytes().any(|b| b.is_ascii_digit()) && text.is_ascii() {
        return None;
    }
    let text = western_digits(text);
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•' | '—' | '–'))
    {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
        if !word.is_empty() {
            words.push(word.to_lowercase());
        }
        if words.len() > TOKENS {
            return None;
        }
    }
    let mut used = vec![false; words.len()];
    let day = written(&words, &mut used, locale)
        .or_else(|| numeric::day(&words, &mut used, locale))
        .or_else(|| east_asian(&words, &mut used))?;
    let mut time = None;
    let mut zone = None;
    for at in 0..words.len() {
        if used[at] {
            continue;
        }
        let joined = match words.get(at + 1) {
            Some(next) if matches!(next.as_str(), "am" | "pm" | "a.m" | "p.m") => {
                format!("{} {}", words[at], next.replace('.', ""))
            }
            _ => words[at].clone(),
        };
        // "06.04.2025" opens as a time does.
        let whole_date = words[at].matches(['.', '/', '-']).count() == 2;
        if time.is_none()
            && !(whole_date && is_numeric_date(&words[at]))
            && let Some((found, rest)) = clock(&joined)
        {
            time = Some(found);
            used[at] = true;
            zone = offset(rest.to_uppercase().trim());
        } else if time.is_some() && zone.is_none() && words[at].len() <= 9 {
            zone = offset(&words[at].to_uppercase());
            used[at] |= zone.is_some();
        }
    }
    let label = label(&words, &mut used);
    let others: Vec<String> = words
        .into_iter()
        .zip(used)
        .filter_map(|(word, used)| (!used).then_some(word))
        .collect();
    Some(OnLine {
        date: Published {
            date: day,
            time,
            offset: time.and(zone),
        },
        label,
        other_words: others.len(),
        others,
    })
}

/// Marks the words around a date and tells what they call it.
fn label(words: &[String], used: &mut [bool]) -> Option<DateWord> {
    let date = used.iter().position(|used| *used);
    let mut label = None;
    for size in [3, 2, 1] {
        for at in 0..=words.len().saturating_sub(size) {
            let Some(window) = words.get(at..at + size) else {
                continue;
            };
            if used[at..at + size].iter().any(|used| *used) {
                continue;
            }
            let Some(role) = months::date_word(&window.join(" ")) else {
                continue;
            };
            // The label of the first date on the line counts: "Published …, updated …", "… updated …".
            let of_next = date.is_some_and(|date| at > date)
                && words[at + size..]
                    .iter()
                    .zip(&used[at + size..])
                    .any(|(word, used)| !used && is_numeric_date(word));
            used[at..at + size].fill(true);
            if matches!(role, DateWord::Published | DateWord::Changed)
                && label.is_none()
                && !of_next
            {
                label = Some(role);
            }
        }
    }
    label
}

/// `05.04.2025`, `2025`: a word of another date on the line.
fn is_numeric_date(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (4..=8).contains(&digits) && !word.contains([':', 'h'])
}

/// Whether a text holds nothing but words of dates, months and numbers: `3 hours ago`, `4 May`.
pub(crate) fn only_date_words(text: &str) -> bool {
    text.to_lowercase()
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•' | ','))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .all(|word| {
            !word.starts_with(char::is_alphabetic)
                || months::date_word(word).is_some()
                || months::is_month(word)
        })
}

/// What the last words of a text call the date that follows it.
pub(crate) fn label_at_end(text: &str) -> Option<DateWord> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    (1..=3.min(words.len())).rev().find_map(|size| {
        let role = months::date_word(&words[words.len() - size..].join(" "))?;
        matches!(role, DateWord::Published | DateWord::Changed).then_some(role)
    })
}

/// A day with its month's name: `4 December 2017`, `Dec. 4, 2017`, `04 Aralık 2017`.
fn written(words: &[String], used: &mut [bool], locale: Locale<'_>) -> Option<Date> {
    for at in 0..words.len() {
        for size in [1, 2] {
            let Some(name) = words.get(at..at + size) else {
                continue;
            };
            let name = name.join(" ");
            let Some(month) = months::month(name.trim_end_matches('.'), locale.language)
                .or_else(|| glued_month(&name, locale))
            else {
                continue;
            };
            let number = |index: usize| words.get(index).map(|word| number(word));
            let skip_of = |index: usize| {
                let filler = words
                    .get(index)
                    .is_some_and(|word| matches!(word.as_str(), "de" | "del" | "of" | "på"));
                index + usize::from(filler)
            };
            let before = at.checked_sub(1).map(|index| {
                let of = matches!(words[index].as_str(), "de" | "of") && index > 0;
                index - usize::from(of)
            });
            let after = at + size;
            let year_at = skip_of(after);
            // Day, month, year.
            if let Some(index) = before
                && let (Some(Some(day)), Some(Some(year))) = (number(index), number(year_at))
                && let Some(found) = day_of(year, month, day)
            {
                used[index..=year_at].fill(true);
                return Some(found);
            }
            // Month, day, year.
            if let (Some(Some(day)), Some(Some(year))) = (number(after), number(after + 1))
                && let Some(found) = day_of(year, month, day)
            {
                used[at..=after + 1].fill(true);
                return Some(found);
            }
            // Year, month, day.
            if let Some(index) = before
                && let (Some(Some(year)), Some(Some(day))) = (number(index), number(after))
                && let Some(found) = day_of(year, month, day)
            {
                used[index..=after].fill(true);
                return Some(found);
            }
        }
    }
    None
}

/// `dec-04` and the like are left to [`numeric`]; here: a month's name with a mark in it.
fn glued_month(name: &str, locale: Locale<'_>) -> Option<i8> {
    months::month(
        name.strip_suffix("ta")
            .filter(|_| locale.language == Some("fi"))?,
        Some("fi"),
    )
}

/// `4`, `04`, `4th`, `2017`.
fn number(word: &str) -> Option<i16> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (value, rest) = word.split_at(digits);
    let ordinal = matches!(
        rest,
        "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" | "." | "-го"
    );
    if (1..=4).contains(&digits) && ordinal {
        value.parse().ok()
    } else {
        None
    }
}

fn day_of(year: i16, month: i8, day: i16) -> Option<Date> {
    if year < 100 || day > 31 {
        return None;
    }
    build(year, month, i8::try_from(day).ok()?)
}

/// `2017年12月4日`, `2017년 12월 4일`.
fn east_asian(words: &[String], used: &mut [bool]) -> Option<Date> {
    let joined: String = words.concat();
    let marks = [('年', '月', '日'), ('년', '월', '일')];
    for (year_mark, month_mark, day_mark) in marks {
        let Some((year, rest)) = joined.split_once(year_mark) else {
            continue;
        };
        let Some((month, rest)) = rest.split_once(month_mark) else {
            continue;
        };
        let Some((day, _)) = rest.split_once(day_mark) else {
            continue;
        };
        let from = year.len().checked_sub(4).and_then(|at| year.get(at..))?;
        let found = ymd(from, month.trim(), day.trim())?;
        for (at, word) in words.iter().enumerate() {
            used[at] = word.contains([year_mark, month_mark, day_mark]);
        }
        return Some(found);
    }
    None
}

/// Arabic-Indic, Persian, Devanagari and full-width digits as 0 to 9.
fn western_digits(text: &str) -> String {
    text.chars()
        .map(|c| {
            let base = match c {
                '\u{660}'..='\u{669}' => 0x660,
                '\u{6f0}'..='\u{6f9}' => 0x6f0,
                '\u{966}'..='\u{96f}' => 0x966,
                '\u{9e6}'..='\u{9ef}' => 0x9e6,
                '\u{ff10}'..='\u{ff19}' => 0xff10,
                _ => return c,
            };
            char::from_digit(c as u32 - base, 10).unwrap_or(c)
        })
        .collect()
}

/// The day that an address holds: `/2017/12/04/`, `/2017-12-04-`, `/20171204/`.
pub(crate) fn in_url(url: &str) -> Option<Published> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let path = &path[path.find('/')?..];
    let fields: Vec<&str> = path
        .split(['/', '-', '_', '.'])
        .filter(|field| !field.is_empty())
        .collect();
    for window in fields.windows(3) {
        if window[0].len() == 4
            && (1..=3).contains(&window[1].len())
            && (1..=2).contains(&window[2].len())
        {
            let month = window[1]
                .parse()
                .ok()
                .or_else(|| months::month(&window[1].to_lowercase(), Some("en")));
            if let (Ok(year), Some(month), Ok(day)) = (window[0].parse(), month, window[2].parse())
                && let Some(found) = build(year, month, day)
            {
                return Some(Published::day(found));
            }
        }
    }
    fields
        .iter()
        .filter(|field| field.len() == 8 && field.starts_with("20"))
        .find_map(|field| compact(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso_of(published: Option<Published>) -> String {
        published.map_or("none".into(), |p| {
            let time = p.time.map_or(String::new(), |t| format!("T{t}"));
            let offset = p.offset.map_or(String::new(), |o| format!("{o}"));
            format!("{}{time}{offset}", p.date)
        })
    }

    #[test]
    fn machines_dates() {
        let cases = [
            ("2017-12-04", "2017-12-04"),
            ("2017-12-04T19:49:00+03:00", "2017-12-04T19:49:00+03"),
            ("2017-12-04T19:49:00.123Z", "2017-12-04T19:49:00+00"),
            ("2017-12-04 19:49", "2017-12-04T19:49:00"),
            ("Mon, 04 Dec 2017 19:49:00 +0300", "2017-12-04T19:49:00+03"),
            ("Mon Dec 04 2017", "2017-12-04"),
            ("1512416940", "2017-12-04T19:49:00+00"),
            ("1512416940000", "2017-12-04T19:49:00+00"),
            ("20171204", "2017-12-04"),
            ("2017/12/04 07:05:01", "2017-12-04T07:05:01"),
            ("December 4, 2017", "2017-12-04"),
            ("2017-13-04", "none"),
            ("yesterday", "none"),
            ("9999999999999999999999", "none"),
            ("", "none"),
            ("2017-", "none"),
            ("2017-1é-04", "none"),
        ];
        for (text, expected) in cases {
            assert_eq!(iso_of(machine(text)), expected, "{text}");
        }
    }

    #[test]
    fn dates_on_lines() {
        let cases = [
            (
                "Published: 4 December 2017, 19:49 GMT",
                None,
                "2017-12-04T19:49:00+00",
            ),
            (
                "Güncelleme Tarihi: 05 Mart 2019, 08:15",
                None,
                "2019-03-05T08:15:00",
            ),
            ("Dec. 4, 2017 at 7:49 p.m. ET", None, "2017-12-04T19:49:00"),
            (
                "Montag, 4. Dezember 2017 19.49 Uhr",
                None,
                "2017-12-04T19:49:00",
            ),
            ("4 de diciembre de 2017", None, "2017-12-04"),
            ("le 1er février 2018 à 10h15", None, "2018-02-01T10:15:00"),
            ("5 листопада 2020", None, "2020-11-05"),
            ("5 listopada 2020", Some("pl"), "2020-11-05"),
            ("2017年12月4日 19:49", None, "2017-12-04T19:49:00"),
            ("٤ ديسمبر ٢٠١٧", None, "2017-12-04"),
            ("04.12.2017", None, "2017-12-04"),
            ("04/12/2017", None, "none"),
            ("04/12/2017", Some("fr"), "2017-12-04"),
            ("25/12/2017", None, "2017-12-25"),
            ("3/22/24", None, "2024-03-22"),
            ("12.03.24", None, "2024-03-12"),
            ("17.12.04", Some("ko"), "2017-12-04"),
            ("12/03/24", Some("en"), "none"),
            ("Wednesday 05/06/2024", Some("en"), "2024-06-05"),
            ("12/03/2024 - 14:20", Some("es"), "2024-03-12T14:20:00"),
            (
                "Published time: 12 Mar, 2024 15:16",
                None,
                "2024-03-12T15:16:00",
            ),
            (
                "Tuesday, March 12th, 2024 at 3:16pm",
                None,
                "2024-03-12T15:16:00",
            ),
            ("4 ธันวาคม 2560", None, "2017-12-04"),
            ("شنبه ۱۳ آذر ۱۳۹۵", None, "2016-12-03"),
            ("1395/09/13", None, "2016-12-03"),
            ("Do 25.04.24 14:07 Uhr", Some("de"), "2024-04-25T14:07:00"),
        ];
        for (text, language, expected) in cases {
            let found = line(
                text,
                Locale {
                    language,
                    ..Locale::default()
                },
            );
            assert_eq!(iso_of(found.as_ref().map(|f| f.date)), expected, "{text}");
            if let Some(found) = found {
                assert!(found.other_words == 0, "{text}: {found:?}");
            }
        }
        let day = |locale| line("12/03/2024", locale).map(|found| found.date.date.to_string());
        let near = Date::constant(2024, 3, 14);
        for (order, near, expected) in [
            (order_of("GB"), None, Some("2024-03-12")),
            (order_of("us"), None, Some("2024-12-03")),
            (
                order_in("25/12/2023 and 04/01/2024"),
                None,
                Some("2024-03-12"),
            ),
            (order_in("25/12/2023 and 01/14/2024"), None, None),
            (None, Some(near), Some("2024-03-12")),
        ] {
            let locale = Locale {
                language: Some("en"),
                order,
                near,
            };
            assert_eq!(day(locale).as_deref(), expected);
        }
        let both = line("05.04.2025 - Updated: 06.04.2025", Locale::default()).unwrap();
        assert_eq!((both.label, both.other_words), (None, 1));
        let updated = line("Last updated 4 May 2020", Locale::default()).unwrap();
        assert_eq!(updated.label, Some(DateWord::Changed));
    }

    #[test]
    fn dates_in_addresses() {
        let cases = [
            ("https://example.org/world/2017/12/04/a-visit", "2017-12-04"),
            ("https://example.org/2017/dec/04/a-visit", "2017-12-04"),
            ("https://example.org/20171204/a-visit", "2017-12-04"),
            ("https://example.org/a-visit-2017-12-04.html", "2017-12-04"),
            ("https://example.org/a-visit-1234567", "none"),
        ];
        for (url, expected) in cases {
            assert_eq!(iso_of(in_url(url)), expected, "{url}");
        }
    }
}

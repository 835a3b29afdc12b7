//! In: the words of a line. Out: the date that one of them gives in numbers alone, and in which order
//! a page writes them. Refuses what could be two dates where nothing settles which.

use jiff::civil::Date;

use super::{Locale, day_of, number};
use crate::says::months;

/// Days within which another date of a page decides between two readings of a numeric one.
const NEAR_DAYS: i64 = 45;
/// The first two-digit year of the last century.
const LAST_CENTURY: i16 = 70;

/// Which of two numbers comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// `31/12/2024`.
    DayFirst,
    /// `12/31/2024`.
    MonthFirst,
}

/// Regions in which English puts the day first, and the one where it puts the month.
const DAY_FIRST: [&str; 16] = [
    "gb", "uk", "ie", "au", "nz", "in", "pk", "bd", "lk", "za", "ng", "ke", "gh", "sg", "my", "mt",
];
const MONTH_FIRST: &str = "us";

/// The order that a region (`gb` of `en-GB`, of `.uk`) settles.
pub(crate) fn order_of(region: &str) -> Option<Order> {
    let region = region.to_ascii_lowercase();
    if DAY_FIRST.contains(&region.as_str()) {
        Some(Order::DayFirst)
    } else {
        (region == MONTH_FIRST).then_some(Order::MonthFirst)
    }
}

/// The order that the numeric dates of a text agree on, where a number over 12 betrays it.
pub(crate) fn order_in(text: &str) -> Option<Order> {
    let bytes = text.as_bytes();
    let in_date = |at: usize| {
        bytes
            .get(at)
            .is_some_and(|b| b.is_ascii_digit() || *b == b'/')
    };
    let (mut order, mut read) = (None, 0);
    // Slashes are rare, and found fast.
    for (slash, _) in text.match_indices('/') {
        if slash < read {
            continue;
        }
        let mut start = slash;
        while start > read && in_date(start - 1) {
            start -= 1;
        }
        read = slash;
        while in_date(read) {
            read += 1;
        }
        let mut fields = text[start..read].split('/');
        let (Some(a), Some(b), Some(c), None) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let (Some(first), Some(second), Some(_)) = (number(a), number(b), number(c)) else {
            continue;
        };
        let found = match (first, second) {
            (13..=31, 1..=12) => Order::DayFirst,
            (1..=12, 13..=31) => Order::MonthFirst,
            _ => continue,
        };
        if order.is_some_and(|order| order != found) {
            return None;
        }
        order = Some(found);
    }
    order
}

/// `2017-12-04`, `04.12.2017`, `12/25/2017`, `4-dec-2017`, `12/25/17`.
pub(super) fn day(words: &[String], used: &mut [bool], locale: Locale<'_>) -> Option<Date> {
    let weekday = words.iter().find_map(|word| months::weekday(word));
    for (at, word) in words.iter().enumerate() {
        let head = word.split('t').next().unwrap_or(word);
        let fields: Vec<&str> = head
            .split(['.', '/', '-', '‑'])
            .filter(|f| !f.is_empty())
            .collect();
        let [a, b, c] = fields[..] else { continue };
        let (Some(first), Some(third)) = (number(a), number(c)) else {
            continue;
        };
        let year_first = matches!(locale.language, Some("ko" | "ja" | "zh"));
        let year = match c.len() {
            4 => Some(third),
            // "24.12.17": of a page that does not put the year first.
            2 if a.len() <= 2 && !year_first => Some(century(third)),
            _ => None,
        };
        let found = match (number(b), year) {
            (None, Some(year)) => {
                months::month(b, locale.language).and_then(|month| day_of(year, month, first))
            }
            (Some(second), _) if a.len() == 4 => i8::try_from(second)
                .ok()
                .and_then(|month| day_of(first, month, third)),
            (Some(second), Some(year)) => {
                day_month(year, first, second, word.contains('.'), weekday, locale)
            }
            (Some(second), None) if a.len() == 2 && c.len() == 2 => i8::try_from(second)
                .ok()
                .and_then(|month| day_of(century(first), month, third)),
            _ => None,
        };
        if let Some(found) = found {
            used[at] = true;
            return Some(found);
        }
    }
    None
}

/// The year that two digits stand for.
fn century(year: i16) -> i16 {
    year + if year < LAST_CENTURY { 2000 } else { 1900 }
}

/// The date of two numbers of which one is the day. Dots put the day first, and so do all languages
/// but English; there the weekday, another date or the country decides, or nothing does.
fn day_month(
    year: i16,
    first: i16,
    second: i16,
    dots: bool,
    weekday: Option<i8>,
    locale: Locale<'_>,
) -> Option<Date> {
    let reading = |day: i16, month: i16| day_of(year, i8::try_from(month).ok()?, day);
    let (day_first, month_first) = match (reading(first, second), reading(second, first)) {
        (Some(a), Some(b)) if a != b => (a, b),
        (a, b) => return a.or(b),
    };
    if dots {
        return Some(day_first);
    }
    let pick = |fits: &dyn Fn(Date) -> bool| match (fits(day_first), fits(month_first)) {
        (true, false) => Some(day_first),
        (false, true) => Some(month_first),
        _ => None,
    };
    let by_weekday = weekday
        .and_then(|weekday| pick(&|day: Date| day.weekday().to_monday_one_offset() == weekday));
    let by_order = || {
        let foreign = locale.language.is_some_and(|language| language != "en");
        match locale.order {
            Some(Order::MonthFirst) => Some(month_first),
            Some(Order::DayFirst) => Some(day_first),
            None => foreign.then_some(day_first),
        }
    };
    let by_near = || {
        let near = locale.near?;
        pick(&|day: Date| day.duration_until(near).as_hours().abs() <= NEAR_DAYS * 24)
    };
    by_weekday.or_else(by_order).or_else(by_near)
}

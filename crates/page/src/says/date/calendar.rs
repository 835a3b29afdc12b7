//! In: a year, a month and a day as a page counts them. Out: the day. Refuses months and days that the
//! page's calendar does not have. The Thai year is known by its number, and so is the Persian.

use jiff::ToSpan;
use jiff::civil::Date;

/// Years since the Buddha's death that pages may name, and how far they are ahead.
const BUDDHIST: std::ops::RangeInclusive<i16> = 2523..=2642;
const BUDDHIST_AHEAD: i16 = 543;
/// Years of the Persian (solar Hijri) calendar that pages may name: 1980 to 2071.
const PERSIAN: std::ops::RangeInclusive<i16> = 1359..=1450;
/// The first day of one of its years.
const NEW_YEAR: (i16, Date) = (1399, Date::constant(2020, 3, 20));
/// Years of its cycle, and the leap years in it, by their remainder.
const CYCLE: i16 = 33;
const LEAP: [i16; 8] = [1, 5, 9, 13, 17, 22, 26, 30];

/// The day that a page gives in numbers.
pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    if PERSIAN.contains(&year) {
        return persian(year, month, day);
    }
    let ahead = BUDDHIST.contains(&year);
    let year = year - if ahead { BUDDHIST_AHEAD } else { 0 };
    Date::new(year, month, day).ok()
}

fn persian(year: i16, month: i8, day: i8) -> Option<Date> {
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => 29 + i8::from(is_leap(year)),
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let (known, first) = NEW_YEAR;
    let days = |year: i16| 365 + i64::from(is_leap(year));
    let years: i64 = match year >= known {
        true => (known..year).map(days).sum(),
        false => -(year..known).map(days).sum::<i64>(),
    };
    let months = i64::from(month - 1) * 30 + i64::from((month - 1).min(6));
    first
        .checked_add((years + months + i64::from(day - 1)).days())
        .ok()
}

fn is_leap(year: i16) -> bool {
    LEAP.contains(&(year % CYCLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_other_calendars() {
        for (given, expected) in [
            ((2560, 12, 4), Some("2017-12-04")),
            ((1399, 4, 2), Some("2020-06-22")),
            ((1403, 12, 30), Some("2025-03-20")),
            ((1404, 1, 1), Some("2025-03-21")),
            ((1395, 9, 13), Some("2016-12-03")),
            ((1359, 1, 1), Some("1980-03-21")),
            ((1404, 12, 30), None),
            ((1399, 7, 31), None),
        ] {
            let found = date(given.0, given.1, given.2).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{given:?}");
        }
    }
}

//! In: times as the report says them. Out: days and points in time, as columns have them; and back, for text.

use jiff::civil::Date;
use jiff::{Span, Timestamp};

use super::column::{Day, Instant};
use crate::wire::{Event, Precision};

/// The day from which days are counted.
const FIRST: Date = Date::constant(1970, 1, 1);

/// The day that a date or a date-time begins with.
pub fn day(written: &str) -> Option<Day> {
    let date = written.split(['T', ' ']).next()?;
    date.parse().ok().map(since)
}

/// The point in time that a date-time with its offset says; none where only the day is known.
pub fn instant(written: &str) -> Option<Instant> {
    let at: Timestamp = written.parse().ok()?;
    Some(Instant(at.as_microsecond()))
}

/// The first and the last day of an event: a month has all its days, a year too.
pub fn of_event(event: &Event) -> (Option<Day>, Option<Day>) {
    let first = match event.precision {
        Precision::Year => format!("{}-01-01", event.when),
        Precision::Month => format!("{}-01", event.when),
        Precision::Day | Precision::Time => event.when.clone(),
    };
    let first = first.split('T').next().and_then(|date| date.parse().ok());
    let last = first.map(|first: Date| match (event.precision, &event.until) {
        (_, Some(until)) => until.parse().unwrap_or(first),
        (Precision::Year, _) => first.last_of_year(),
        (Precision::Month, _) => first.last_of_month(),
        (Precision::Day | Precision::Time, _) => first,
    });
    (first.map(since), last.map(since))
}

/// A day as ISO 8601 writes it.
pub fn day_text(days: i32) -> Option<String> {
    let since = Span::new().try_days(days).ok()?;
    let date = FIRST.checked_add(since).ok()?;
    Some(date.to_string())
}

/// A point in time as RFC 3339 writes it, in UTC.
pub fn instant_text(microseconds: i64) -> Option<String> {
    let at = Timestamp::from_microsecond(microseconds).ok()?;
    Some(at.to_string())
}

fn since(date: Date) -> Day {
    // Counted in days, as no unit is larger by default; calendars of the library end before the type does.
    Day(date.since(FIRST).map_or(0, |span| span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(when: &str, until: Option<&str>, precision: Precision) -> Event {
        Event {
            when: when.to_owned(),
            until: until.map(str::to_owned),
            precision,
            mentions: Vec::new(),
            claims: Vec::new(),
        }
    }

    #[test]
    fn days_and_instants_go_there_and_back() {
        for (written, day_back, instant_back) in [
            ("2017-12-04", "2017-12-04", None),
            // The day is the page's own, the point in time that of UTC.
            (
                "2017-12-04T23:30:00-05:00",
                "2017-12-04",
                Some("2017-12-05T04:30:00Z"),
            ),
            (
                "1969-12-31T23:59:59.5Z",
                "1969-12-31",
                Some("1969-12-31T23:59:59.5Z"),
            ),
        ] {
            let Day(days) = day(written).expect("a day");
            assert_eq!(day_text(days).as_deref(), Some(day_back));
            let back = instant(written).and_then(|at| instant_text(at.0));
            assert_eq!(back.as_deref(), instant_back);
        }
        for written in ["", "soon", "2017-13-01", "T", "\u{0}", "2017"] {
            assert_eq!((day(written), instant(written)), (None, None), "{written}");
        }
        assert_eq!(day("1970-01-02"), Some(Day(1)));
        assert_eq!(day_text(i32::MAX), None);
        assert_eq!(instant_text(i64::MAX), None);
    }

    #[test]
    fn an_event_has_all_the_days_that_its_words_leave_open() {
        for (when, until, precision, first, last) in [
            ("2017", None, Precision::Year, "2017-01-01", "2017-12-31"),
            (
                "2024-02",
                None,
                Precision::Month,
                "2024-02-01",
                "2024-02-29",
            ),
            (
                "2024-02-28",
                Some("2024-03-01"),
                Precision::Day,
                "2024-02-28",
                "2024-03-01",
            ),
            (
                "2017-12-04T19:49",
                None,
                Precision::Time,
                "2017-12-04",
                "2017-12-04",
            ),
        ] {
            let days = of_event(&event(when, until, precision));
            assert_eq!(days, (day(first), day(last)), "{when}");
        }
        let none = of_event(&event("some day", None, Precision::Month));
        assert_eq!(none, (None, None));
    }
}

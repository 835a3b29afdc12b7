//! In: calendar values. Out: when a page was published and when something happened, each with the
//! precision that its source gives and no more.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// When a page says it was published: a day, perhaps a time, perhaps that time's offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day, as the page gives it.
    pub date: Date,
    /// The time of day, where the page gives one.
    pub time: Option<Time>,
    /// The offset from UTC of that time, where the page gives one.
    pub offset: Option<Offset>,
}

impl Published {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        Self {
            date,
            time: None,
            offset: None,
        }
    }

    /// A key that orders pages: seconds since 1970 in UTC, an unknown offset taken as UTC, a
    /// missing time as the day's start.
    pub fn order(&self) -> i64 {
        let local = self.date.to_datetime(self.time.unwrap_or(Time::midnight()));
        self.offset
            .unwrap_or(Offset::UTC)
            .to_timestamp(local)
            .map_or(i64::MIN, |instant| instant.as_second())
    }
}

/// How finely a source says when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A year.
    Year,
    /// A month, or a span of days within one.
    Month,
    /// A day.
    Day,
    /// A time of day.
    Time,
}

/// A stretch of days that a text lets one resolve, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Time on the first day, for [`Precision::Time`].
    pub time: Option<Time>,
    /// How finely the source says it.
    pub precision: Precision,
}

impl When {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self {
            start: date,
            end: date,
            time: None,
            precision: Precision::Day,
        }
    }

    /// The whole month that holds `date`.
    pub fn month(date: Date) -> Self {
        Self {
            start: date.first_of_month(),
            end: date.last_of_month(),
            time: None,
            precision: Precision::Month,
        }
    }

    /// The whole year that holds `date`.
    pub fn year(date: Date) -> Self {
        Self {
            start: date.first_of_year(),
            end: date.last_of_year(),
            time: None,
            precision: Precision::Year,
        }
    }

    /// ISO 8601 at the precision that is known: `2017`, `2017-08`, `2017-12-04`,
    /// `2017-12-04T19:49`.
    pub fn iso(&self) -> String {
        let (year, month, day) = (self.start.year(), self.start.month(), self.start.day());
        match (self.precision, self.time) {
            (Precision::Year, _) => format!("{year:04}"),
            (Precision::Month, _) => format!("{year:04}-{month:02}"),
            (Precision::Time, Some(time)) => format!(
                "{year:04}-{month:02}-{day:02}T{:02}:{:02}",
                time.hour(),
                time.minute()
            ),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    /// Whether the two can speak of the same moment: one's days hold the other's.
    pub fn agrees(&self, other: &When) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn iso_says_no_more_than_is_known() {
        let day = date(2017, 12, 4);
        assert_eq!(When::day(day).iso(), "2017-12-04");
        assert_eq!(When::month(day).iso(), "2017-12");
        assert_eq!(When::year(day).iso(), "2017");
        assert!(When::month(day).agrees(&When::day(day)));
        assert!(!When::day(day).agrees(&When::day(date(2017, 12, 5))));
    }

    #[test]
    fn pages_are_ordered_in_utc() {
        let at = |hour, offset| Published {
            date: date(2017, 12, 4),
            time: Some(Time::constant(hour, 0, 0, 0)),
            offset: Some(Offset::constant(offset)),
        };
        assert!(at(10, 5).order() < at(8, 0).order());
    }
}

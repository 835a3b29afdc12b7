//! In: calendar values. Out: when a page was published and when something happened, each with the
//! precision that its source gives and no more.

use std::cmp::Ordering;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{Span as Distance, ToSpan};

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

    /// RFC 3339: a date-time where the page gives a time with its offset, else the date.
    pub fn rfc3339(&self) -> String {
        let date = self.date;
        match (self.time, self.offset) {
            (Some(time), Some(offset)) => {
                let seconds = offset.seconds();
                let zone = if seconds == 0 {
                    "Z".to_owned()
                } else {
                    let minutes = seconds.abs() / 60;
                    let sign = if seconds < 0 { '-' } else { '+' };
                    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                };
                let (hour, minute, second) = (time.hour(), time.minute(), time.second());
                format!("{date}T{hour:02}:{minute:02}:{second:02}{zone}")
            }
            _ => date.to_string(),
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
    /// A year, or a span of months within one.
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
    /// `2017-12-04T19:49`; a week or season that lies in two months or years is the interval of
    /// both, `2017-11/2017-12`.
    pub fn iso(&self) -> String {
        let (year, month, day) = (self.start.year(), self.start.month(), self.start.day());
        let (last_year, last_month) = (self.end.year(), self.end.month());
        match (self.precision, self.time) {
            (Precision::Year, _) if last_year != year => format!("{year:04}/{last_year:04}"),
            (Precision::Month, _) if (last_year, last_month) != (year, month) => {
                format!("{year:04}-{month:02}/{last_year:04}-{last_month:02}")
            }
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

/// On which side of its anchor a named day or month lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Toward {
    /// The last one that is over: "last Monday".
    Before,
    /// The anchor's own or the last one before it: "on Monday" in a report of what happened.
    AtOrBefore,
    /// The anchor's own or the next one after it: "on Monday" in a report of what is to come.
    AtOrAfter,
    /// The next one that has not begun: "next Monday".
    After,
}

/// A stretch of time named by its distance from a day that stands elsewhere: the day on which the
/// text was published. Kept apart from its resolution, so that a text without a date can be read
/// against the date of another text of its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relative {
    /// So many days later (negative: earlier): "yesterday", "three days ago".
    Days(i32),
    /// The week so many weeks later, Monday to Sunday: "last week".
    Weeks(i32),
    /// Saturday and Sunday of the week so many weeks later.
    Weekend(i32),
    /// The month so many months later: "next month".
    Months(i32),
    /// The quarter so many quarters later.
    Quarters(i32),
    /// The year so many years later: "last year".
    Years(i32),
    /// A day of the week, 1 (Monday) to 7: "Monday".
    Weekday(i8, Toward),
    /// A day of the week, 1 to 7, of the week so many weeks later: "Friday of next week".
    WeekdayOfWeek(i8, i32),
    /// A month of the year, 1 to 12: "in August".
    Month(i8, Toward),
    /// A day of the year, month and day: "December 4".
    MonthDay(i8, i8, Toward),
    /// A quarter of the year, 1 to 4: "the third quarter".
    Quarter(i8, Toward),
    /// A month, 1 to 12, of the year so many years later: "last year's August", "this September".
    MonthOfYear(i8, i32),
    /// A quarter, 1 to 4, of the year so many years later.
    QuarterOfYear(i8, i32),
}

impl Relative {
    /// The days it means when the text was written on `anchor`; `None` outside the calendar and
    /// for days that no year has.
    pub fn resolve(self, anchor: Date) -> Option<When> {
        let span = |start, end, precision| When {
            start,
            end,
            time: None,
            precision,
        };
        let days = |start, end| span(start, end, Precision::Month);
        let months = |start, end| span(start, end, Precision::Year);
        match self {
            Self::Days(n) => Some(When::day(
                anchor.checked_add(Distance::new().try_days(n).ok()?).ok()?,
            )),
            Self::Weeks(n) => {
                let monday = monday(anchor)?
                    .checked_add(Distance::new().try_weeks(n).ok()?)
                    .ok()?;
                Some(days(monday, monday.checked_add(6.days()).ok()?))
            }
            Self::Weekend(n) => {
                let monday = monday(anchor)?
                    .checked_add(Distance::new().try_weeks(n).ok()?)
                    .ok()?;
                Some(days(
                    monday.checked_add(5.days()).ok()?,
                    monday.checked_add(6.days()).ok()?,
                ))
            }
            Self::Months(n) => Some(When::month(
                anchor
                    .first_of_month()
                    .checked_add(Distance::new().try_months(n).ok()?)
                    .ok()?,
            )),
            Self::Quarters(n) => {
                let first = quarter(anchor.year(), quarter_of(anchor))?;
                let first = first
                    .checked_add(Distance::new().try_months(n.checked_mul(3)?).ok()?)
                    .ok()?;
                Some(months(first, last_of_quarter(first)?))
            }
            Self::Years(n) => Some(When::year(
                anchor
                    .first_of_year()
                    .checked_add(Distance::new().try_years(n).ok()?)
                    .ok()?,
            )),
            Self::Weekday(weekday, toward) => {
                let ahead = weekday.checked_sub(anchor.weekday().to_monday_one_offset())?;
                let ahead = i64::from(ahead.rem_euclid(7));
                let step = match toward {
                    Toward::Before => ahead - 7,
                    Toward::AtOrBefore if ahead == 0 => 0,
                    Toward::AtOrBefore => ahead - 7,
                    Toward::AtOrAfter => ahead,
                    Toward::After if ahead == 0 => 7,
                    Toward::After => ahead,
                };
                Some(When::day(anchor.checked_add(step.days()).ok()?))
            }
            Self::WeekdayOfWeek(weekday, n) => {
                let days = i64::from(weekday.checked_sub(1)?);
                let monday = monday(anchor)?
                    .checked_add(Distance::new().try_weeks(n).ok()?)
                    .ok()?;
                Some(When::day(monday.checked_add(days.days()).ok()?))
            }
            Self::Month(month, toward) => {
                let year = year_of(month.cmp(&anchor.month()), anchor, toward)?;
                Some(When::month(Date::new(year, month, 1).ok()?))
            }
            Self::MonthDay(month, day, toward) => {
                let order = (month, day).cmp(&(anchor.month(), anchor.day()));
                let year = year_of(order, anchor, toward)?;
                Date::new(year, month, day).ok().map(When::day)
            }
            Self::Quarter(number, toward) => {
                let year = year_of(number.cmp(&quarter_of(anchor)), anchor, toward)?;
                let first = quarter(year, number)?;
                Some(months(first, last_of_quarter(first)?))
            }
            Self::MonthOfYear(month, n) => {
                let year = i16::try_from(i32::from(anchor.year()).checked_add(n)?).ok()?;
                Some(When::month(Date::new(year, month, 1).ok()?))
            }
            Self::QuarterOfYear(number, n) => {
                let year = i16::try_from(i32::from(anchor.year()).checked_add(n)?).ok()?;
                let first = quarter(year, number)?;
                Some(months(first, last_of_quarter(first)?))
            }
        }
    }
}

/// The Monday of a day's week.
fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
        .ok()
}

/// The quarter of the year that holds a day, 1 to 4.
fn quarter_of(day: Date) -> i8 {
    (day.month() - 1) / 3 + 1
}

/// The first day of a quarter.
fn quarter(year: i16, number: i8) -> Option<Date> {
    Date::new(
        year,
        number.checked_sub(1)?.checked_mul(3)?.checked_add(1)?,
        1,
    )
    .ok()
}

fn last_of_quarter(first: Date) -> Option<Date> {
    Some(first.checked_add(2.months()).ok()?.last_of_month())
}

/// The year of something that comes once a year, given where it stands against the anchor within
/// the anchor's own year.
fn year_of(order: Ordering, anchor: Date, toward: Toward) -> Option<i16> {
    let step = match (toward, order) {
        (Toward::Before, Ordering::Less) => 0,
        (Toward::Before, _) => -1,
        (Toward::AtOrBefore, Ordering::Greater) => -1,
        (Toward::AtOrBefore, _) => 0,
        (Toward::AtOrAfter, Ordering::Less) => 1,
        (Toward::AtOrAfter, _) => 0,
        (Toward::After, Ordering::Greater) => 0,
        (Toward::After, _) => 1,
    };
    anchor.year().checked_add(step)
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

    #[test]
    fn relative_times_depend_on_their_anchor_alone() {
        let monday = date(2017, 12, 4);
        let iso = |relative: Relative| relative.resolve(monday).map(|when| (when.start, when.end));
        let day = |y, m, d| Some((date(y, m, d), date(y, m, d)));
        assert_eq!(
            iso(Relative::Weekday(1, Toward::AtOrBefore)),
            day(2017, 12, 4)
        );
        assert_eq!(iso(Relative::Weekday(1, Toward::Before)), day(2017, 11, 27));
        assert_eq!(iso(Relative::Weekday(1, Toward::After)), day(2017, 12, 11));
        assert_eq!(
            iso(Relative::Weekday(6, Toward::AtOrBefore)),
            day(2017, 12, 2)
        );
        assert_eq!(
            iso(Relative::Weekday(6, Toward::AtOrAfter)),
            day(2017, 12, 9)
        );
        assert_eq!(
            iso(Relative::MonthDay(12, 25, Toward::AtOrBefore)),
            day(2016, 12, 25)
        );
        assert_eq!(iso(Relative::MonthDay(2, 30, Toward::AtOrBefore)), None);
        let month = Relative::Month(8, Toward::AtOrBefore)
            .resolve(monday)
            .map(|w| w.iso());
        assert_eq!(month.as_deref(), Some("2017-08"));
        let year = Relative::Years(-1).resolve(monday).map(|w| w.iso());
        assert_eq!(year.as_deref(), Some("2016"));
        assert_eq!(
            iso(Relative::Weeks(-1)),
            Some((date(2017, 11, 27), date(2017, 12, 3)))
        );
        assert_eq!(
            iso(Relative::Quarter(3, Toward::AtOrBefore)),
            Some((date(2017, 7, 1), date(2017, 9, 30)))
        );
        assert_eq!(iso(Relative::Years(i32::MAX)), None);
        assert_eq!(iso(Relative::Days(i32::MIN)), None);
    }
}

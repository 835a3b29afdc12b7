//! In: what an expression means, the text's own date, the date that the text named last, the
//! tense. Out: its value and days. Pure arithmetic on the calendar; nothing is assumed that was
//! not handed in.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use model::{Precision, Relative, Toward, When};

use super::Anchor;
use super::meaning::{Found, Meaning, offset};
use super::tense::Tense;
use super::words::Unit;

/// What an expression comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Resolved {
    pub(super) value: Option<String>,
    pub(super) when: Option<When>,
    pub(super) relative: Option<Relative>,
}

impl Resolved {
    fn value(value: String) -> Self {
        Self {
            value: Some(value),
            when: None,
            relative: None,
        }
    }

    fn when(when: When) -> Self {
        Self {
            value: Some(when.iso()),
            when: Some(when),
            relative: None,
        }
    }
}

/// The value and days of an expression.
pub(super) fn resolve(
    found: &Found,
    anchor: Anchor,
    base: Option<When>,
    tense: Option<Tense>,
) -> Resolved {
    let day = beside_weekday(found, anchor)
        .unwrap_or_else(|| of_meaning(&found.meaning, anchor, base, tense));
    timed(found, day)
}

/// A day of the year beside its day of the week: of the years near the text's, the nearest in which
/// they go together. `None` where the words give no such pair or none goes together.
fn beside_weekday(found: &Found, anchor: Anchor) -> Option<Resolved> {
    let (weekday, anchor) = (found.weekday?, anchor?);
    let Meaning::Tensed(Relative::MonthDay(month, day, _)) = found.meaning else {
        return None;
    };
    let nearest = (-1..=1)
        .filter_map(|step| Date::new(anchor.year().checked_add(step)?, month, day).ok())
        .filter(|date| date.weekday().to_monday_one_offset() == weekday)
        .min_by_key(|date| (*date - anchor).get_days().abs())?;
    Some(Resolved::when(When::day(nearest)))
}

/// The same named time at or after a day, for the second end of a range; `None` for what is not
/// counted so. Two times can be of one weekday, two weekdays cannot.
pub(super) fn onward(relative: Relative, time: bool) -> Option<Relative> {
    match relative {
        Relative::Weekday(day, _) if time => Some(Relative::Weekday(day, Toward::AtOrAfter)),
        Relative::Weekday(day, _) => Some(Relative::Weekday(day, Toward::After)),
        Relative::MonthDay(month, day, _) => {
            Some(Relative::MonthDay(month, day, Toward::AtOrAfter))
        }
        Relative::Month(month, _) => Some(Relative::Month(month, Toward::AtOrAfter)),
        _ => None,
    }
}

/// Which of two numbers is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    /// The day that two numbers and a year mean.
    pub(super) fn day(self, a: i8, b: i8, year: i16) -> Option<Date> {
        match self {
            Self::DayFirst => Date::new(year, b, a).ok(),
            Self::MonthFirst => Date::new(year, a, b).ok(),
        }
    }

    /// The order that the numbers themselves tell, or the day of the week beside them.
    pub(super) fn told(a: i8, b: i8, year: i16, weekday: Option<i8>) -> Option<Self> {
        let fits = |order: &Self| {
            order.day(a, b, year).is_some_and(|day| {
                weekday.is_none_or(|told| day.weekday().to_monday_one_offset() == told)
            })
        };
        let mut orders = [Self::DayFirst, Self::MonthFirst].into_iter().filter(fits);
        match (orders.next(), orders.next()) {
            (Some(order), None) => Some(order),
            _ => None,
        }
    }
}

fn of_meaning(
    meaning: &Meaning,
    anchor: Anchor,
    base: Option<When>,
    tense: Option<Tense>,
) -> Resolved {
    let first = |year: i16, month: i8| Date::new(year, month, 1).ok();
    match *meaning {
        Meaning::Open | Meaning::Numbers(..) => Resolved::default(),
        Meaning::Fixed(ref value) => Resolved::value(value.clone()),
        Meaning::Day(day) => Resolved::when(When::day(day)),
        Meaning::Month(year, month) => {
            first(year, month).map_or_else(Resolved::default, |d| Resolved::when(When::month(d)))
        }
        Meaning::Year(year) => {
            first(year, 1).map_or_else(Resolved::default, |d| Resolved::when(When::year(d)))
        }
        Meaning::Decade(year) => Resolved::value(format!("{:03}", year / 10)),
        Meaning::Century(number) => Resolved::value(format!("{number:02}")),
        Meaning::Half(year, half) => Resolved {
            value: Some(format!("{year:04}-H{half}")),
            when: months(year, 6 * (half - 1) + 1, 6),
            relative: None,
        },
        Meaning::Quarter(year, quarter) => Resolved {
            value: Some(format!("{year:04}-Q{quarter}")),
            when: months(year, 3 * (quarter - 1) + 1, 3),
            relative: None,
        },
        Meaning::Movable(month, weekday, nth) => {
            let of_year = |year| nth_weekday(year, month, weekday, nth);
            let day = anchor.and_then(|day| {
                let here = of_year(day.year())?;
                let ahead = (here - day).get_days();
                match tense {
                    Some(Tense::Future) if ahead < 0 => of_year(day.year() + 1),
                    // Two months ahead it is the coming one, as with other days of the year.
                    Some(Tense::Future) => Some(here),
                    _ if ahead > AT_HAND => of_year(day.year() - 1),
                    Some(Tense::Past) if ahead > 0 => of_year(day.year() - 1),
                    _ => Some(here),
                }
            });
            day.map_or_else(Resolved::default, |day| Resolved::when(When::day(day)))
        }
        Meaning::Season(year, season) => Resolved::value(season_value(year, season)),
        Meaning::SeasonNear(season, step) => anchor.map_or_else(Resolved::default, |day| {
            Resolved::value(season_value(season_year(day, season, step, tense), season))
        }),
        Meaning::Relative(relative) => relative_to(relative, anchor),
        Meaning::Tensed(relative) => relative_to(directed(relative, anchor, tense), anchor),
        Meaning::Age(n, unit) => anchor.map_or_else(Resolved::default, |day| {
            let year = i32::from(day.year());
            Resolved::value(match unit {
                Unit::Century => format!("{:02}", (year / 100).saturating_add(n)),
                _ => format!("{:03}", (year / 10).saturating_add(n)),
            })
        }),
        Meaning::QuarterBefore => {
            let last = base
                .filter(|when| when.precision == Precision::Year)
                .map(|when| when.start);
            let last = last.or_else(|| Some(Relative::Quarters(-1).resolve(anchor?)?.start));
            last.map_or_else(Resolved::default, |day| {
                let quarter = Meaning::Quarter(day.year() - 1, (day.month() - 1) / 3 + 1);
                of_meaning(&quarter, anchor, base, tense)
            })
        }
        Meaning::Shift(n, unit) => shifted(n, unit, anchor, base),
    }
}

/// Days ahead within which a bare date is read as coming. A notice of an event seldom runs further
/// ahead, and a report seldom names a day of ten months ago without its year.
const AT_HAND: i32 = 60;

/// Days ahead within which a day of the year beside a verb of the present is the coming one.
const HALF_A_YEAR: i32 = 182;

/// Days ahead within which a month is the coming one even beside a verb of the past.
const NEXT_MONTH: i32 = 35;

/// The nth such weekday (1: Monday) of a month, counted from its end where negative.
fn nth_weekday(year: i16, month: i8, weekday: i8, nth: i8) -> Option<Date> {
    let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
    Date::new(year, month, 1)
        .ok()?
        .nth_weekday_of_month(nth, weekday)
        .ok()
}

/// A relative time against the text's own date.
fn relative_to(relative: Relative, anchor: Anchor) -> Resolved {
    let when = anchor.and_then(|day| relative.resolve(day));
    Resolved {
        value: when.map(|when| value_of(relative, when)),
        when,
        relative: Some(relative),
    }
}

/// Days counted from the date that the text named last; a fiscal period, or the year before, from
/// the text's own date where it named none.
fn shifted(n: i32, unit: Unit, anchor: Anchor, base: Option<When>) -> Resolved {
    let near = unit >= Unit::Quarter && n <= 0;
    let fits = base.filter(|when| match unit {
        Unit::Day => when.precision >= Precision::Day,
        Unit::Week | Unit::Fortnight | Unit::Month => when.precision >= Precision::Month,
        _ => true,
    });
    let from = fits.map(|when| when.start).or(anchor.filter(|_| near));
    let Some(from) = from else {
        return Resolved::default();
    };
    let meaning = match (unit, n, fits) {
        // A year before a quarter or a month is the same quarter or month.
        (Unit::Year, _, Some(when)) if when.precision < Precision::Day => same_in_year(n, when),
        // The quarter that a report speaks of is the last one that is over.
        (Unit::Quarter, 0, None) => offset(-1, unit),
        _ => offset(n, unit),
    };
    match meaning {
        Meaning::Relative(relative) => Resolved {
            relative: None,
            ..relative_to(relative, Some(from))
        },
        meaning => of_meaning(&meaning, Some(from), None, None),
    }
}

/// The quarter or month of `when`, so many years later; the year where it is neither.
fn same_in_year(n: i32, when: When) -> Meaning {
    let year = i16::try_from(i32::from(when.start.year()).saturating_add(n)).unwrap_or(i16::MAX);
    let month = when.start.month();
    match (when.end - when.start).get_days() {
        27..=30 => Meaning::Month(year, month),
        88..=92 => Meaning::Quarter(year, (month - 1) / 3 + 1),
        _ => Meaning::Year(year),
    }
}

/// Days ahead from which a verb of the future does not reach: a bare day of the year was nearer two
/// months ago; a quarter of that number has just ended, and its results are what is coming.
fn far_ahead(relative: Relative) -> i32 {
    match relative {
        Relative::Quarter(..) => 200,
        _ => 300,
    }
}

/// A tensed time with its direction.
fn directed(relative: Relative, anchor: Anchor, tense: Option<Tense>) -> Relative {
    let toward = match (tense, relative) {
        // `will discuss the Feb. 23 accord`, in March: nobody names a day of next year so.
        // `expects to report a third-quarter loss`, in October: the one that is over.
        (Some(Tense::Future), Relative::MonthDay(..) | Relative::Quarter(..))
            if ahead(relative, anchor).is_some_and(|days| days > far_ahead(relative)) =>
        {
            Toward::AtOrBefore
        }
        (Some(Tense::Future), _) => Toward::AtOrAfter,
        // `was set for April`, in March: last year's would be called so.
        (Some(Tense::Past), Relative::Month(..))
            if ahead(relative, anchor).is_some_and(|days| (1..=NEXT_MONTH).contains(&days)) =>
        {
            Toward::AtOrAfter
        }
        (Some(Tense::Present), Relative::MonthDay(..)) => match ahead(relative, anchor) {
            Some(days) if days <= HALF_A_YEAR => Toward::AtOrAfter,
            _ => Toward::AtOrBefore,
        },
        // A past verb need not be the date's own: `approved a split payable Dec. 7`.
        (_, Relative::MonthDay(..)) | (None | Some(Tense::Present), _) => nearest(relative, anchor),
        (Some(Tense::Past), _) => Toward::AtOrBefore,
    };
    match relative {
        Relative::Weekend(_) => {
            let inside = anchor.is_some_and(|day| day.weekday().to_monday_one_offset() > 5);
            Relative::Weekend(if inside || tense == Some(Tense::Future) {
                0
            } else {
                -1
            })
        }
        Relative::Weekday(day, given) => {
            let told = matches!(tense, Some(Tense::Past | Tense::Future));
            Relative::Weekday(day, if told { toward } else { given })
        }
        Relative::Month(month, _) => Relative::Month(month, toward),
        Relative::MonthDay(month, day, _) => Relative::MonthDay(month, day, toward),
        Relative::Quarter(number, _) => Relative::Quarter(number, toward),
        other => other,
    }
}

/// Without a verb that says so, a day of the year is the nearer one, and the past one unless the
/// coming one is at hand.
fn nearest(relative: Relative, anchor: Anchor) -> Toward {
    match ahead(relative, anchor) {
        Some(days) if days <= AT_HAND => Toward::AtOrAfter,
        _ => Toward::AtOrBefore,
    }
}

/// Days until the next such day or month of a year.
fn ahead(relative: Relative, anchor: Anchor) -> Option<i32> {
    let next = match relative {
        Relative::MonthDay(month, day, _) => Relative::MonthDay(month, day, Toward::AtOrAfter),
        Relative::Month(month, _) => Relative::Month(month, Toward::AtOrAfter),
        Relative::Quarter(quarter, _) => Relative::Quarter(quarter, Toward::AtOrAfter),
        _ => return None,
    };
    let day = anchor?;
    Some((next.resolve(day)?.start - day).get_days())
}

/// TIMEX3's value of a relative time that resolved to `when`.
fn value_of(relative: Relative, when: When) -> String {
    let day = when.start;
    match relative {
        Relative::Weeks(_) => {
            let week = day.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Relative::Weekend(_) => {
            let week = day.iso_week_date();
            format!("{:04}-W{:02}-WE", week.year(), week.week())
        }
        Relative::Quarters(_) | Relative::Quarter(..) | Relative::QuarterOfYear(..) => {
            format!("{:04}-Q{}", day.year(), (day.month() - 1) / 3 + 1)
        }
        _ => when.iso(),
    }
}

/// Adds the part of the day or the time to a day's value.
fn timed(found: &Found, day: Resolved) -> Resolved {
    if found.part.is_none() && found.clock.is_none() {
        return day;
    }
    let Some(when) = day.when.filter(|when| when.precision == Precision::Day) else {
        return day;
    };
    if let Some((hour, minute)) = found.clock {
        let midnight = hour == 24;
        let Ok(time) = Time::new(if midnight { 0 } else { hour as i8 }, minute as i8, 0, 0) else {
            return day;
        };
        let when = When {
            time: Some(time),
            precision: Precision::Time,
            ..when
        };
        let zone = match found.zone {
            None => String::new(),
            Some(0) => "Z".to_owned(),
            Some(hours) => format!("{hours:+03}:00"),
        };
        return Resolved {
            value: Some(when.iso() + &zone),
            when: Some(when),
            ..day
        };
    }
    let part = found
        .part
        .and_then(|part| super::PARTS.get(usize::from(part)));
    let value = part.map(|part| format!("{}T{part}", when.iso()));
    Resolved { value, ..day }
}

/// So many whole months from one on; their precision is the year, since no finer one holds them.
fn months(year: i16, month: i8, count: i32) -> Option<When> {
    let start = Date::new(year, month, 1).ok()?;
    let end = start
        .checked_add((count - 1).months())
        .ok()?
        .last_of_month();
    Some(When {
        start,
        end,
        time: None,
        precision: Precision::Year,
    })
}

fn season_value(year: i16, season: u8) -> String {
    format!("{year:04}-{}", super::SEASONS[usize::from(season).min(3)])
}

/// The year of a season: of the last one that is over (`last`), the coming one, or the year's own.
fn season_year(day: Date, season: u8, step: Option<i32>, tense: Option<Tense>) -> i16 {
    let start = 3 * (season as i8 + 1);
    let (year, month) = (day.year(), day.month());
    match (step, tense) {
        (Some(-1), _) if start + 3 <= month => year,
        (Some(-1), _) => year - 1,
        (Some(1), _) if start > month => year,
        (Some(1), _) => year + 1,
        (Some(_), _) => year,
        (None, Some(Tense::Future)) if start + 2 < month => year + 1,
        (None, Some(Tense::Future)) => year,
        (None, _) if start > month => year - 1,
        (None, _) => year,
    }
}

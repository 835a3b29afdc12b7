//! What an expression of time is found to be, before any calendar is asked: what `grammar` and its parts make of words,
//! and what `resolve` counts from.

use jiff::civil::Date;
use model::{DateKind, Relative};

use super::words::Unit;

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A day.
    Day(Date),
    /// Two numbers and a year, the order of which the text has to tell: `10/06/2026`.
    Numbers(i8, i8, i16),
    /// A month of a year.
    Month(i16, i8),
    /// A year.
    Year(i16),
    /// The ten years that start with this one.
    Decade(i16),
    /// A century, by its number less one: 20 for the 21st.
    Century(i16),
    /// A quarter of a year.
    Quarter(i16, i8),
    /// A half of a year.
    Half(i16, i8),
    /// A season (0: spring) of a year.
    Season(i16, u8),
    /// A season of the year so many years later, or the one that tense points at.
    SeasonNear(u8, Option<i32>),
    /// The nth Monday-based weekday of a month of the year that tense points at, counted from its
    /// end where negative: Thanksgiving.
    Movable(i8, i8, i8),
    /// So far from the text's date.
    Relative(Relative),
    /// A named day, month or quarter whose direction the tense decides; made with
    /// [`model::Toward::AtOrBefore`].
    Tensed(Relative),
    /// So many units from the date that the text named last.
    Shift(i32, Unit),
    /// The quarter that a report speaks of, a year before.
    QuarterBefore,
    /// A decade or century, so many later.
    Age(i32, Unit),
    /// A duration, set or reference, whose value needs no calendar.
    Fixed(String),
    /// Found, but without a value.
    Open,
}

/// So many units from the text's own date.
pub(super) fn offset(n: i32, unit: Unit) -> Meaning {
    match unit {
        Unit::Day => Meaning::Relative(Relative::Days(n)),
        Unit::Week => Meaning::Relative(Relative::Weeks(n)),
        Unit::Fortnight => Meaning::Relative(Relative::Weeks(n.saturating_mul(2))),
        Unit::Month => Meaning::Relative(Relative::Months(n)),
        Unit::Quarter => Meaning::Relative(Relative::Quarters(n)),
        Unit::Year => Meaning::Relative(Relative::Years(n)),
        Unit::Decade | Unit::Century => Meaning::Age(n, unit),
        Unit::Second | Unit::Minute | Unit::Hour => Meaning::Open,
    }
}

/// An expression of time.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// One past its last item.
    pub(super) to: usize,
    /// What it expresses.
    pub(super) kind: DateKind,
    /// What it means.
    pub(super) meaning: Meaning,
    /// The part of the day: an index into [`super::PARTS`].
    pub(super) part: Option<u8>,
    /// The time of day.
    pub(super) clock: Option<(u8, u8)>,
    /// Hours that the time's zone is ahead of UTC.
    pub(super) zone: Option<i8>,
    /// The day of the week beside a date, which tells its year or the order of its numbers.
    pub(super) weekday: Option<i8>,
    /// Whether it is `early` that day.
    pub(super) early: bool,
    /// The rule that found it.
    pub(super) rule: &'static str,
}

impl Found {
    pub(super) fn new(to: usize, kind: DateKind, meaning: Meaning, rule: &'static str) -> Self {
        Self {
            to,
            kind,
            meaning,
            part: None,
            clock: None,
            zone: None,
            weekday: None,
            early: false,
            rule,
        }
    }

    pub(super) fn date(to: usize, meaning: Meaning, rule: &'static str) -> Self {
        Self::new(to, DateKind::Date, meaning, rule)
    }
}

//! In: the words of a sentence. Out: what the two ends of a range tell of each other: `June 5-7, 2021`,
//! `from 5 to 7 June`, `between January and March 2020`. Each end stays an expression of its own; the
//! year or month that only one of them names is the other's too.

use jiff::civil::Date;
use model::Relative;

use super::grammar::Grammar;
use super::meaning::{Found, Meaning};
use super::words::{Word as W, lead};

impl Grammar<'_> {
    /// Past what joins the two ends of a range; `from` is the first item of the first end.
    pub(super) fn joined(&self, from: usize, i: usize) -> Option<usize> {
        let joins = match self.w(i) {
            W::Dash => true,
            W::Lead(bits) => bits & lead::JOINS != 0,
            W::And => self.opened(from),
            _ => false,
        };
        joins.then_some(i + 1)
    }

    /// Whether `between` stands before.
    fn opened(&self, from: usize) -> bool {
        matches!(self.before(from), W::Lead(bits) if bits & lead::OPENS != 0)
    }

    /// The last day of a range behind its first, `5-7` or `5 and 7`: where it ends, and the day.
    pub(super) fn last_day(&self, i: usize, first: i8) -> Option<(usize, i8)> {
        let joins = matches!(self.w(i), W::Dash | W::And)
            || matches!(self.w(i), W::Lead(bits) if bits & lead::JOINS != 0);
        let day = match self.w(i + 1) {
            W::Number(day @ 1..=31) | W::Ordinal(day @ 1..=31) if joins => day as i8,
            _ => return None,
        };
        // `June 5 and 6 people`, `June 5 to 7 percent`, `June 5 to 7 July`.
        let closed = match self.w(i + 2) {
            W::Month(_) | W::Unit(..) | W::AmPm(_) | W::OClock | W::Decimal | W::Slash => false,
            W::Other => {
                self.w(i) == W::Dash
                    || self
                        .item(i + 2)
                        .is_none_or(|next| !next.letters && next.end - next.start == 1)
            }
            _ => true,
        };
        (closed && day > first).then_some((i + 2, day))
    }

    /// Past the year right behind a day.
    pub(super) fn past_year(&self, i: usize) -> usize {
        i + 1 + usize::from(self.w(i) == W::Comma)
    }

    /// The weekday in apposition behind a date in figures: `10/06/2026 (Tuesday)`.
    pub(super) fn weekday_behind(&self, i: usize) -> Option<i8> {
        let at = i + 1 + usize::from(self.w(i + 1) == W::Article);
        match self.w(at) {
            W::Weekday(day, false) if self.in_apposition(i, at) => Some(day),
            _ => None,
        }
    }

    /// Whether only a comma, a bracket or an article stands between a day that ends at `from` and
    /// the weekday at `i`.
    pub(super) fn in_apposition(&self, from: usize, i: usize) -> bool {
        from < i
            && (from..i).all(|at| {
                let mark = self
                    .item(at)
                    .is_some_and(|item| !item.letters && item.end - item.start == 1);
                mark || matches!(self.w(at), W::Comma | W::Article)
            })
    }

    /// The year right behind a day, after a comma or not.
    pub(super) fn year_behind(&self, i: usize) -> Option<i16> {
        match self.w(i + usize::from(self.w(i) == W::Comma)) {
            W::Year(year) => Some(year),
            _ => None,
        }
    }

    /// The first end of a range whose month or year the second one names: `5 to 7 June 2021`,
    /// `June 5 to July 2, 2021`, `January and March 2020`.
    pub(super) fn first_of_range(&self, i: usize) -> Option<Found> {
        match self.w(i) {
            W::Number(1..=31) | W::Ordinal(1..=31) | W::Month(_) => {}
            _ => return None,
        }
        if let Some(found) = self.bare_first_day(i) {
            return Some(found);
        }
        let first = self.month(i).or_else(|| self.day_first(i))?;
        let at = match self.w(first.to) {
            W::And => first.to + 1,
            _ => self.joined(i, first.to)?,
        };
        let last = self.month(at).or_else(|| self.day_first(at))?;
        let meaning = match (&first.meaning, last.meaning) {
            (Meaning::Tensed(Relative::MonthDay(month, day, _)), Meaning::Day(last)) => {
                let later = (*month, *day) > (last.month(), last.day());
                let year = last.year().checked_sub(i16::from(later))?;
                Meaning::Day(Date::new(year, *month, *day).ok()?)
            }
            (Meaning::Tensed(Relative::Month(month, _)), Meaning::Month(year, last)) => {
                Meaning::Month(year.checked_sub(i16::from(*month > last))?, *month)
            }
            _ => return None,
        };
        Some(Found {
            meaning,
            rule: "first of range",
            ..first
        })
    }

    /// The `5` of `5 to 7 June`.
    fn bare_first_day(&self, i: usize) -> Option<Found> {
        let day = match self.w(i) {
            W::Number(day) | W::Ordinal(day) => i8::try_from(day).ok()?,
            _ => return None,
        };
        let at = match self.w(i + 1) {
            // `killed 5 and 6 June`: a count and a day.
            W::And if !matches!(self.before(i), W::Lead(_)) => return None,
            W::And => i + 2,
            _ => self.joined(i, i + 1)?,
        };
        let meaning = match self.day_first(at)?.meaning {
            Meaning::Day(last) if last.day() > day => {
                Meaning::Day(Date::new(last.year(), last.month(), day).ok()?)
            }
            Meaning::Tensed(Relative::MonthDay(month, last, toward)) if last > day => {
                Meaning::Tensed(Relative::MonthDay(month, day, toward))
            }
            _ => return None,
        };
        Some(Found::date(i + 1, meaning, "first of range"))
    }
}

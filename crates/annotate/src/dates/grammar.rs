//! In: the words of a sentence as [`Item`]s. Out: the longest expression of time that starts at a
//! place, as what it means before any calendar is asked. Refuses what only looks like one: `may`
//! the verb, `March` the walk, `2000 people`.

use jiff::civil::Date;
use model::{DateKind, Relative, Toward};

use super::meaning::{Found, Meaning};
use super::words::{Item, Unit, Word as W, lead};

/// The words of a sentence, asked from any place.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    pub(super) items: &'a [Item],
}

/// The year that two figures stand for.
fn short_year(short: u32) -> Option<i16> {
    /// From here on two figures are a year of the last century: news looks back further than ahead.
    const LAST_CENTURY: i16 = 40;
    let short = i16::try_from(short).ok().filter(|short| *short < 100)?;
    Some(short + if short < LAST_CENTURY { 2000 } else { 1900 })
}

/// Months whose names are common words or first names.
const AMBIGUOUS_MONTHS: [i8; 3] = [3, 5, 8];

impl Grammar<'_> {
    /// The word at `i`.
    pub(super) fn w(&self, i: usize) -> W {
        self.items.get(i).map_or(W::Other, |item| item.word)
    }

    /// The word before `i`.
    pub(super) fn before(&self, i: usize) -> W {
        i.checked_sub(1).map_or(W::Other, |b| self.w(b))
    }

    pub(super) fn item(&self, i: usize) -> Option<&Item> {
        self.items.get(i)
    }

    /// The longest expression that starts at `i`.
    pub(super) fn parse(&self, i: usize) -> Option<Found> {
        if self.before(i) == W::Money {
            return None;
        }
        let found = self
            .time(i)
            .or_else(|| self.numeric(i))
            .or_else(|| self.first_of_range(i))
            .or_else(|| self.modified(i))
            .or_else(|| self.calendar(i))
            .or_else(|| self.stretch(i));
        found.filter(|found| found.to > i)
    }

    /// Days, months, years and what is named by them.
    pub(super) fn calendar(&self, i: usize) -> Option<Found> {
        self.weekday(i)
            .or_else(|| self.month(i))
            .or_else(|| self.day_first(i))
            .or_else(|| self.deictic(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.season(i))
            .or_else(|| self.holiday(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.year(i))
    }

    /// `early Monday`, `late last year`, `mid-November`, `the end of 1990`, `earlier this week`.
    fn modified(&self, i: usize) -> Option<Found> {
        let the = usize::from(self.w(i) == W::The);
        let k = i + the;
        let inner = match self.w(k) {
            W::Early | W::Late | W::Mid => {
                let dash = usize::from(self.w(k + 1) == W::Dash);
                let of = usize::from(matches!(self.w(k + 1), W::Of | W::Lead(_)));
                if of == 1 && self.w(k) != W::Mid {
                    return None;
                }
                let at = k + 1 + dash + of;
                let found = self.calendar(at).or_else(|| self.relative(at))?;
                if matches!(found.meaning, Meaning::Fixed(_)) {
                    None
                } else {
                    Some(found)
                }
            }
            W::Earlier | W::Later if the == 0 => {
                self.relative(k + 1).or_else(|| match self.w(k + 1) {
                    W::DayOff(_) => self.deictic(k + 1),
                    W::Lead(_) => self.relative(k + 2),
                    _ => None,
                })
            }
            W::Edge if self.w(k + 1) == W::Of => {
                let found = self.calendar(k + 2).or_else(|| self.relative(k + 2));
                found.or_else(|| self.bare_unit(k + 2))
            }
            _ => None,
        }?;
        (inner.to > k).then_some(Found {
            rule: "modified",
            early: self.w(k) == W::Early,
            ..inner
        })
    }

    /// `2017-12-04`, `12/4/2017`.
    fn numeric(&self, i: usize) -> Option<Found> {
        let number = |i| match self.w(i) {
            W::Number(n) => i8::try_from(n).ok(),
            _ => None,
        };
        // Full stops between them: the day stands first.
        if let W::Dots(day, month, year) = self.w(i) {
            let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            return Some(self.stamped(Found::date(i + 1, Meaning::Day(day), "dotted")));
        }
        if let W::Year(year) = self.w(i) {
            let day = match (self.w(i + 1), self.w(i + 3)) {
                (W::Dash, W::Dash) | (W::Slash, W::Slash) => {
                    Date::new(year, number(i + 2)?, number(i + 4)?).ok()?
                }
                _ => return None,
            };
            return Some(self.stamped(Found::date(i + 5, Meaning::Day(day), "iso")));
        }
        let mark = self.w(i + 1);
        if !matches!(mark, W::Slash | W::Dash) || self.w(i + 3) != mark {
            return None;
        }
        let (a, b) = (number(i)?, number(i + 2)?);
        let year = match self.w(i + 4) {
            W::Year(year) => year,
            W::Number(short) if mark == W::Slash => short_year(short)?,
            _ => return None,
        };
        // 4/12 is April in one country and December in the next.
        let meaning = match (a, b) {
            (1..=12, 1..=12) if a == b => Meaning::Day(Date::new(year, a, b).ok()?),
            (1..=31, 1..=12) | (1..=12, 13..=31) => Meaning::Numbers(a, b, year),
            _ => return None,
        };
        let found = self.stamped(Found::date(i + 5, meaning, "numeric"));
        Some(Found {
            weekday: self.weekday_behind(found.to),
            ..found
        })
    }

    /// Adds the time behind a date in figures: `10/06/2026 - 21:00`.
    fn stamped(&self, mut found: Found) -> Found {
        let at = found.to + usize::from(matches!(self.w(found.to), W::Dash | W::Comma));
        if matches!(self.w(at), W::Clock(..) | W::ClockHalf(..))
            && let Some((hour, minute, to, _)) = self.clock(at)
        {
            found.clock = Some((hour, minute));
            found.kind = DateKind::Time;
            found.to = to;
        }
        found
    }

    /// `Monday`, `Monday night`, `Monday, Dec. 4`, `Mondays`, `last Monday`.
    fn weekday(&self, i: usize) -> Option<Found> {
        let toward = self.toward(i);
        let k = i + usize::from(toward.is_some() || self.w(i) == W::This);
        let W::Weekday(day, plural) = self.w(k) else {
            return None;
        };
        let item = self.item(k)?;
        // `sat`, `sun`, `mon`, `wed` are words.
        if !item.capital {
            return None;
        }
        let length = item.end - item.start;
        // Monday, Dec. 4, 2017; Mon 12/04/2017
        let comma = usize::from(self.w(k + 1) == W::Comma);
        let the = usize::from(self.w(k + 1 + comma) == W::The);
        let full = self
            .month(k + 1 + comma)
            .or_else(|| self.day_first(k + 1 + comma + the))
            .or_else(|| self.numeric(k + 1 + comma))
            .filter(|found| {
                matches!(
                    found.meaning,
                    Meaning::Day(_)
                        | Meaning::Numbers(..)
                        | Meaning::Tensed(Relative::MonthDay(..))
                )
            });
        if let Some(found) = full {
            return Some(Found {
                rule: "weekday and day",
                weekday: Some(day),
                ..found
            });
        }
        if length <= 4 && !item.stopped && self.w(k + 1) != W::Comma {
            return None;
        }
        if plural {
            let value = format!("XXXX-WXX-{day}");
            return Some(Found::new(
                k + 1,
                DateKind::Set,
                Meaning::Fixed(value),
                "weekdays",
            ));
        }
        if let Some((to, meaning)) = self.of_week(k + 1, day).filter(|_| k == i) {
            return Some(Found::date(to, meaning, "weekday of week"));
        }
        let meaning = match toward {
            Some(toward) => Meaning::Relative(Relative::Weekday(day, toward)),
            None if k > i => Meaning::Tensed(Relative::Weekday(day, Toward::AtOrAfter)),
            None => Meaning::Tensed(Relative::Weekday(day, Toward::AtOrBefore)),
        };
        // `Monday nights`
        if let W::Part(part) = self.w(k + 1)
            && self.item(k + 1)?.plural
        {
            let value = format!("XXXX-WXX-{day}T{}", super::PARTS[usize::from(part).min(4)]);
            let meaning = Meaning::Fixed(value);
            return Some(Found::new(k + 2, DateKind::Set, meaning, "weekdays"));
        }
        Some(self.with_part(Found::date(k + 1, meaning, "weekday")))
    }

    /// The week that stands behind a weekday: `Friday of next week`, `Friday in the week ahead`.
    fn of_week(&self, i: usize, day: i8) -> Option<(usize, Meaning)> {
        let mut k = i;
        // `on Monday in last week's paper`
        k += usize::from(matches!(self.w(k), W::Of | W::Lead(_)));
        k += usize::from(self.w(k) == W::The);
        let ahead = Meaning::Relative(Relative::Weekday(day, Toward::After));
        let week = W::Unit(Unit::Week, false);
        let (to, meaning) = match (self.w(k), self.w(k + 1)) {
            (head, W::Ahead) if head == week => (k + 2, ahead),
            (W::Next, unit) if unit == week => {
                (k + 2, Meaning::Relative(Relative::WeekdayOfWeek(day, 1)))
            }
            (W::Last, unit) if unit == week => {
                (k + 2, Meaning::Relative(Relative::WeekdayOfWeek(day, -1)))
            }
            (W::This, unit) if unit == week => {
                (k + 2, Meaning::Relative(Relative::WeekdayOfWeek(day, 0)))
            }
            _ => return None,
        };
        (self.w(to) != W::Possessive).then_some((to, meaning))
    }

    /// Adds `morning`, `night` behind a day.
    fn with_part(&self, mut found: Found) -> Found {
        if let W::Part(part) = self.w(found.to) {
            found.part = Some(part);
            found.kind = DateKind::Time;
            found.to += 1;
        }
        found
    }

    /// `last`, `next` before a named day or month.
    fn toward(&self, i: usize) -> Option<Toward> {
        match self.w(i) {
            W::Last => Some(Toward::Before),
            W::Next => Some(Toward::After),
            _ => None,
        }
    }

    /// `Dec. 4`, `December 4, 2017`, `July 2015`, `August`.
    pub(super) fn month(&self, i: usize) -> Option<Found> {
        let toward = self.toward(i);
        let this = self.w(i) == W::This;
        let k = i + usize::from(toward.is_some() || this);
        let W::Month(month) = self.w(k) else {
            return None;
        };
        let item = self.item(k)?;
        if !item.capital {
            return None;
        }
        let the = usize::from(self.w(k + 1) == W::The);
        let day = match self.w(k + 1 + the) {
            W::Number(day @ 1..=31) if the == 0 && self.stands_alone(k + 1) => Some(day as i8),
            W::Ordinal(day @ 1..=31) => Some(day as i8),
            _ => None,
        };
        if let Some(day) = day {
            let mut to = k + 2 + the;
            // June 5-7, 2021
            if let Some((end, _)) = self.last_day(to, day)
                && let Some(year) = self.year_behind(end)
            {
                let meaning = Date::new(year, month, day).map_or(Meaning::Open, Meaning::Day);
                return Some(Found::date(to, meaning, "month day"));
            }
            let comma = usize::from(self.w(to) == W::Comma);
            if let W::Year(year) = self.w(to + comma) {
                to += comma + 1;
                let meaning = Date::new(year, month, day).map_or(Meaning::Open, Meaning::Day);
                return Some(self.with_part(Found::date(to, meaning, "month day year")));
            }
            Date::new(2000, month, day).ok()?;
            let meaning = match toward {
                Some(toward) => Meaning::Relative(Relative::MonthDay(month, day, toward)),
                None => Meaning::Tensed(Relative::MonthDay(month, day, Toward::AtOrBefore)),
            };
            return Some(self.with_part(Found::date(to, meaning, "month day")));
        }
        let skip = usize::from(matches!(self.w(k + 1), W::Comma | W::Of));
        if let W::Year(year) = self.w(k + 1 + skip) {
            return Some(Found::date(
                k + 2 + skip,
                Meaning::Month(year, month),
                "month year",
            ));
        }
        // `June of last year`, `January this year`
        let of = usize::from(self.w(k + 1) == W::Of);
        if let Some(offset) = self.year_offset(k + 1 + of) {
            let meaning = Meaning::Relative(Relative::MonthOfYear(month, offset));
            return Some(Found::date(k + 3 + of, meaning, "month of year"));
        }
        let short = item.end - item.start <= 3 && !item.stopped && month != 5;
        let led = toward.is_some()
            || this
            || matches!(
                self.before(i),
                W::Lead(_) | W::And | W::Early | W::Late | W::Mid | W::Earlier | W::Of
            )
            || self.before(i) == W::Dash;
        // `April Dorn`
        let named = self.item(k + 1).is_some_and(|n| {
            n.capital && n.letters && n.word == W::Other && n.start <= item.end + 1
        });
        if short
            || (named && !led)
            || (AMBIGUOUS_MONTHS.contains(&month) && !led && !self.closed_month(k))
        {
            return None;
        }
        let meaning = match toward {
            Some(toward) => Meaning::Relative(Relative::Month(month, toward)),
            None if this => Meaning::Relative(Relative::MonthOfYear(month, 0)),
            None => Meaning::Tensed(Relative::Month(month, Toward::AtOrBefore)),
        };
        Some(Found::date(k + 1, meaning, "month"))
    }

    /// Whether what stands before a month, or qualifies it, goes with no person: `in May`,
    /// `last May`, `the end of May`.
    pub(super) fn surely_month(&self, i: usize) -> bool {
        match self.before(i) {
            W::Lead(bits) => bits & lead::SURE != 0,
            W::Of => i >= 2 && self.w(i - 2) == W::Edge,
            W::Early | W::Late | W::Mid | W::Dash => true,
            _ => self.toward(i).is_some() || self.w(i) == W::This,
        }
    }

    /// Whether `local time` stands at `i`, after a comma or not.
    pub(super) fn local(&self, i: usize) -> bool {
        let at = i + usize::from(self.w(i) == W::Comma);
        self.w(at) == W::ZoneName && matches!(self.w(at + 1), W::ZoneTime | W::RefTime(0))
    }

    /// Whether a capitalised `March` in mid-sentence is followed by what may follow a month and
    /// not a verb or the rest of a name.
    fn closed_month(&self, k: usize) -> bool {
        k > 0
            && self
                .item(k + 1)
                .is_none_or(|next| !next.letters || self.w(k + 1) == W::Possessive)
    }

    /// Whether the number at `i` is not the start of a larger one or of a range of scores.
    fn stands_alone(&self, i: usize) -> bool {
        !matches!(self.w(i + 1), W::Decimal | W::Slash)
    }

    /// `4 December 2017`, `the 4th of July`.
    pub(super) fn day_first(&self, i: usize) -> Option<Found> {
        let the = usize::from(self.w(i) == W::The);
        let k = i + the;
        let day = match self.w(k) {
            W::Number(day @ 1..=31) if the == 0 => day as i8,
            W::Ordinal(day @ 1..=31) => day as i8,
            _ => return None,
        };
        let of = usize::from(self.w(k + 1) == W::Of || self.w(k + 1) == W::Dash);
        let W::Month(month) = self.w(k + 1 + of) else {
            return None;
        };
        if !self.item(k + 1 + of)?.capital {
            return None;
        }
        let to = k + 2 + of;
        let comma = usize::from(matches!(self.w(to), W::Comma | W::Dash));
        let year = match self.w(to + comma) {
            W::Year(year) => Some(year),
            // 19-Nov-12
            W::Number(short) if of == 1 && self.w(k + 1) == W::Dash && self.w(to) == W::Dash => {
                short_year(short)
            }
            _ => None,
        };
        if let Some(year) = year {
            let meaning = Date::new(year, month, day).map_or(Meaning::Open, Meaning::Day);
            return Some(Found::date(to + comma + 1, meaning, "day month year"));
        }
        Date::new(2000, month, day).ok()?;
        let meaning = Meaning::Tensed(Relative::MonthDay(month, day, Toward::AtOrBefore));
        Some(self.with_part(Found::date(to, meaning, "day month")))
    }

    /// `yesterday`, `tomorrow night`, `tonight`, `last night`, `this morning`.
    fn deictic(&self, i: usize) -> Option<Found> {
        let day = |n| Meaning::Relative(Relative::Days(n));
        match (self.w(i), self.w(i + 1)) {
            (W::DayOff(n), _) => Some(self.with_part(Found::date(i + 1, day(n), "deictic"))),
            (W::Tonight, _) => {
                let found = Found::new(i + 1, DateKind::Time, day(0), "deictic");
                Some(Found {
                    part: Some(3),
                    ..found
                })
            }
            (W::Last, W::Part(part)) => {
                let found = Found::new(i + 2, DateKind::Time, day(-1), "deictic");
                Some(Found {
                    part: Some(part),
                    ..found
                })
            }
            (W::This, W::Part(part)) => {
                let found = Found::new(i + 2, DateKind::Time, day(0), "deictic");
                Some(Found {
                    part: Some(part),
                    ..found
                })
            }
            (W::Late | W::Early, W::DayOff(_)) => self.deictic(i + 1),
            _ => None,
        }
    }

    /// An ordinal; `second` is one too.
    pub(super) fn ordinal(&self, i: usize) -> Option<i8> {
        match self.w(i) {
            W::Ordinal(n) => i8::try_from(n).ok(),
            W::Unit(Unit::Second, false) => Some(2),
            _ => None,
        }
    }

    /// `the third quarter`, `fourth-quarter`, `the first half of 2016`, `the 1988 second
    /// quarter`, `this year's third quarter`.
    fn quarter(&self, i: usize) -> Option<Found> {
        let mut k = i;
        let mut offset = None;
        if let Some(n) = self.year_offset(k)
            && self.w(k + 2) == W::Possessive
        {
            offset = Some(n);
            k += 3;
        } else {
            k += usize::from(self.w(k) == W::The);
        }
        k += usize::from(self.w(k) == W::Fiscal);
        // `the 1988 second quarter`
        let said = match self.w(k) {
            W::Year(year) => Some(year),
            _ => None,
        };
        k += usize::from(said.is_some());
        let number = self.ordinal(k)?;
        k += 1;
        // `the third-quarter loss`: the article belongs to the noun.
        if self.w(k) == W::Dash && self.w(i) == W::The {
            return None;
        }
        k += usize::from(matches!(self.w(k), W::Dash | W::Fiscal));
        let half = match self.w(k) {
            W::Unit(Unit::Quarter, false) if number <= 4 => false,
            W::Half if number <= 2 => true,
            _ => return None,
        };
        k += 1;
        let year = |at: usize| match self.w(at) {
            W::Year(year) => Some((year, at + 1)),
            W::Fiscal if matches!(self.w(at + 1), W::Year(_)) => match self.w(at + 1) {
                W::Year(year) => Some((year, at + 2)),
                _ => None,
            },
            _ => None,
        };
        let of = usize::from(self.w(k) == W::Of);
        if let Some((year, to)) = said.map(|year| (year, k)).or_else(|| year(k + of)) {
            let meaning = if half {
                Meaning::Half(year, number)
            } else {
                Meaning::Quarter(year, number)
            };
            return Some(Found::date(to, meaning, "quarter"));
        }
        if of == 1
            && let Some(n) = self.year_offset(k + 1)
        {
            offset = Some(n);
            k += 3;
        }
        let meaning = match (half, offset) {
            (true, _) => Meaning::Open,
            (false, Some(n)) => Meaning::Relative(Relative::QuarterOfYear(number, n)),
            (false, None) => Meaning::Tensed(Relative::Quarter(number, Toward::AtOrBefore)),
        };
        Some(Found::date(k, meaning, "quarter"))
    }

    /// `this year`, `last year`, `next year` as an offset.
    fn year_offset(&self, i: usize) -> Option<i32> {
        if self.w(i + 1) != W::Unit(Unit::Year, false) {
            return None;
        }
        match self.w(i) {
            W::Last => Some(-1),
            W::This => Some(0),
            W::Next => Some(1),
            _ => None,
        }
    }

    /// `last summer`, `the spring of 2016`, `in winter`.
    fn season(&self, i: usize) -> Option<Found> {
        let (k, offset) = match self.w(i) {
            W::The => (i + 1, None),
            W::This => (i + 1, Some(0)),
            W::Last => (i + 1, Some(-1)),
            W::Next => (i + 1, Some(1)),
            _ => (i, None),
        };
        let W::Season(season) = self.w(k) else {
            return None;
        };
        let of = usize::from(matches!(self.w(k + 1), W::Of | W::Comma));
        if let W::Year(year) = self.w(k + 1 + of) {
            return Some(Found::date(
                k + 2 + of,
                Meaning::Season(year, season),
                "season",
            ));
        }
        // `spring` and `fall` are verbs and nouns too.
        let led =
            offset.is_some() || matches!(self.before(i), W::Lead(_) | W::Early | W::Late | W::Mid);
        led.then(|| Found::date(k + 1, Meaning::SeasonNear(season, offset), "season"))
    }

    /// `Christmas`, `Christmas Eve`, `Thanksgiving Day`, `last Halloween`.
    fn holiday(&self, i: usize) -> Option<Found> {
        let toward = self.toward(i);
        let k = i + usize::from(toward.is_some() || self.w(i) == W::This);
        let W::Holiday(which) = self.w(k) else {
            return None;
        };
        if !self.item(k)?.capital {
            return None;
        }
        let day = self.w(k + 1) == W::Unit(Unit::Day, false);
        // `labor`, `memorial` and the like are holidays with `Day` alone.
        if which > 2 && !(day && self.item(k + 1)?.capital) {
            return None;
        }
        let to = k + 1 + usize::from(day);
        let movable = |month, weekday, nth| {
            let meaning = Meaning::Movable(month, weekday, nth);
            Some(Found::date(to, meaning, "holiday"))
        };
        let relative = match which {
            0 if self.w(k + 1) == W::Eve && self.item(k + 1)?.capital => {
                let eve = Relative::MonthDay(12, 24, toward.unwrap_or(Toward::AtOrBefore));
                let meaning = match toward {
                    Some(_) => Meaning::Relative(eve),
                    None => Meaning::Tensed(eve),
                };
                return Some(Found::date(k + 2, meaning, "holiday"));
            }
            1 if toward.is_none() => return movable(11, 4, 4),
            3 if toward.is_none() => return movable(9, 1, 1),
            4 if toward.is_none() => return movable(5, 1, -1),
            5 => Relative::MonthDay(7, 4, toward.unwrap_or(Toward::AtOrBefore)),
            6 => Relative::MonthDay(11, 11, toward.unwrap_or(Toward::AtOrBefore)),
            0 => Relative::MonthDay(12, 25, toward.unwrap_or(Toward::AtOrBefore)),
            2 => Relative::MonthDay(10, 31, toward.unwrap_or(Toward::AtOrBefore)),
            // `last Thanksgiving`: which one that is, people do not agree.
            _ => return Some(Found::date(to, Meaning::Open, "holiday")),
        };
        let meaning = match toward {
            Some(_) => Meaning::Relative(relative),
            None => Meaning::Tensed(relative),
        };
        Some(Found::date(to, meaning, "holiday"))
    }

    /// `the 1990s`, `the 19th century`.
    fn decade(&self, i: usize) -> Option<Found> {
        let k = i + usize::from(self.w(i) == W::The);
        if let W::Decade(year) = self.w(k) {
            return Some(Found::date(k + 1, Meaning::Decade(year), "decade"));
        }
        if let W::Early | W::Late | W::Mid = self.w(k) {
            let dash = usize::from(self.w(k + 1) == W::Dash);
            return self.decade(k + 1 + dash);
        }
        let number = self.ordinal(k)?;
        let dash = usize::from(self.w(k + 1) == W::Dash);
        (self.w(k + 1 + dash) == W::Unit(Unit::Century, false) && number > 0).then(|| {
            Found::date(
                k + 2 + dash,
                Meaning::Century(i16::from(number) - 1),
                "century",
            )
        })
    }

    /// `2015`, `fiscal 1989`, `the year 2000`.
    fn year(&self, i: usize) -> Option<Found> {
        let mut k = i;
        k += usize::from(self.w(k) == W::The && self.w(k + 1) != W::The);
        let fiscal = self.w(k) == W::Fiscal;
        k += usize::from(fiscal);
        let named = self.w(k) == W::Unit(Unit::Year, false);
        k += usize::from(named);
        let W::Year(year) = self.w(k) else {
            return None;
        };
        if k > i && !(fiscal || named) {
            // `the 1988 period`, `the 2012 vote`: the year alone.
            return None;
        }
        let sure = fiscal || named;
        if !sure && !self.is_year(k, year) {
            return None;
        }
        Some(Found::date(k + 1, Meaning::Year(year), "year"))
    }

    /// Whether four digits are a year here and not a count.
    fn is_year(&self, k: usize, year: i16) -> bool {
        let Some(item) = self.item(k) else {
            return false;
        };
        if matches!(
            self.w(k + 1),
            W::Unit(..) | W::Decimal | W::Slash | W::Zone(_)
        ) {
            return false;
        }
        let next_word = self
            .item(k + 1)
            .filter(|n| n.letters && n.start == item.end + 1);
        let led = matches!(
            self.before(k),
            W::Lead(_)
                | W::Of
                | W::Early
                | W::Late
                | W::Mid
                | W::Adjacent(_)
                | W::Comma
                | W::Last
                | W::The
        );
        match year {
            1900..2060 => {
                // A count of things in round figures: `2000 people`, `1950 homes`.
                let plural =
                    next_word.is_some_and(|n| !n.capital && n.word == W::Other && n.plural);
                led || !plural
            }
            1500..1900 | 2060..2200 => led && next_word.is_none_or(|n| n.word != W::Other),
            _ => false,
        }
    }
}

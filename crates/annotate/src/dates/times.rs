//! In: the words of a sentence. Out: times of day, with their zone and the day that follows them:
//! `8 a.m.`, `4 p.m. EDT Thursday`, `noon`, `at 19:49`, `1400 GMT`.

use model::{DateKind, Relative};

use super::grammar::Grammar;
use super::meaning::{Found, Meaning};
use super::words::{Word as W, lead};

impl Grammar<'_> {
    /// A time of day.
    pub(super) fn time(&self, i: usize) -> Option<Found> {
        let (hour, minute, mut to, sure) = self.clock(i)?;
        let zoned = self.zone(to);
        let mut zone = None;
        if let Some((end, hours)) = zoned {
            to = end;
            zone = hours;
        }
        let led = self.item(i.wrapping_sub(1)).is_some_and(|_| {
            matches!(
                self.before(i),
                W::Lead(_) | W::At | W::Adjacent(_) | W::Comma | W::Approx
            )
        });
        if !sure && zoned.is_none() && !led {
            return None;
        }
        let today = Meaning::Relative(Relative::Days(0));
        let meaning = match self.day_of_time(to) {
            Some(day) => {
                to = day.to;
                day.meaning
            }
            None => self
                .day_behind(i)
                .or_else(|| self.day_of_range(i, to))
                .unwrap_or(today),
        };
        let mut found = Found::new(to, DateKind::Time, meaning, "time");
        found.clock = Some((hour, minute));
        found.zone = zone;
        Some(found)
    }

    /// The day right behind a time: `4 p.m. Thursday`, `midnight on Friday`.
    fn day_of_time(&self, i: usize) -> Option<Found> {
        let on = matches!(self.w(i), W::Lead(bits) if bits & lead::ON != 0) || self.w(i) == W::Of;
        let day = self.calendar(i + usize::from(on))?;
        (day.kind == DateKind::Date && day.part.is_none() && is_day(&day.meaning)).then_some(day)
    }

    /// The day behind the last of two times: `from 9 a.m. to 5 p.m. on Friday`.
    fn day_of_range(&self, from: usize, i: usize) -> Option<Meaning> {
        let (_, _, to, _) = self.clock(self.joined(from, i)?)?;
        let to = self.zone(to).map_or(to, |(end, _)| end);
        Some(self.day_of_time(to)?.meaning)
    }

    /// The day right before a time: `Monday at 8 a.m.`
    fn day_behind(&self, i: usize) -> Option<Meaning> {
        let lead = usize::from(matches!(
            self.before(i),
            W::Lead(_) | W::At | W::Comma | W::Approx
        ));
        let at = i.checked_sub(1 + lead)?;
        let from = if matches!(self.w(at), W::Number(_)) {
            at.checked_sub(1)?
        } else {
            at
        };
        let day = self.calendar(from)?;
        (day.to == at + 1 && is_day(&day.meaning)).then_some(day.meaning)
    }

    /// Hour, minute, where it ends, and whether it can be nothing else.
    pub(super) fn clock(&self, i: usize) -> Option<(u8, u8, usize, bool)> {
        match (self.w(i), self.w(i + 1)) {
            (W::ClockHalf(hour, minute), _) => Some((hour, minute, i + 1, true)),
            (W::Clock(hour, minute) | W::Dotted(hour, minute), W::AmPm(add)) if hour <= 12 => {
                Some((hour % 12 + add, minute, i + 2, true))
            }
            (W::Clock(hour, minute), _) => Some((hour, minute, i + 1, false)),
            (W::Number(hour @ 1..=12), W::AmPm(add)) => {
                // `am` without stops is a verb.
                let plain = self.item(i + 1)?.end - self.item(i + 1)?.start == 2;
                let next = self.item(i)?.end + 1 >= self.item(i + 1)?.start;
                (next || !plain).then_some((hour as u8 % 12 + add, 0, i + 2, true))
            }
            (W::Number(hour @ 1..=12), W::OClock) => Some((hour as u8, 0, i + 2, true)),
            (W::Year(digits), W::Zone(_)) => {
                let (hour, minute) = (digits / 100, digits % 100);
                (hour < 25 && minute < 60).then_some((hour as u8, minute as u8, i + 1, false))
            }
            (W::Noon(hour), _) => Some((hour, 0, i + 1, true)),
            _ => None,
        }
    }

    /// A time zone from `i`: where it ends, and its hours ahead of UTC where the words say them.
    fn zone(&self, i: usize) -> Option<(usize, Option<i8>)> {
        match (self.w(i), self.w(i + 1)) {
            (W::Zone(which), _) if self.item(i)?.shout => {
                Some((i + 1, Some(which).filter(|hours| hours.abs() < 24)))
            }
            (W::ZoneName, W::ZoneTime) => {
                let end = i + 2 + usize::from(self.w(i + 2) == W::ZoneTime);
                Some((end, None))
            }
            (W::ZoneName, W::RefTime(0)) => Some((i + 2, None)),
            (W::ZoneName, _) if self.item(i)?.capital => Some((i + 1, None)),
            _ => None,
        }
    }
}

fn is_day(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Day(_)
            | Meaning::Relative(Relative::Days(_) | Relative::Weekday(..) | Relative::MonthDay(..))
            | Meaning::Tensed(Relative::Weekday(..) | Relative::MonthDay(..))
    )
}

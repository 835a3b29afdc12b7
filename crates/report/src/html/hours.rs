//! A scale of time for a picture. In: when articles were published. Out: where each stands on a line, and the hours or days
//! that are named on it. All in UTC: articles of one story come from several zones.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// When an article was published, in seconds since 1970: a moment, or a day of which no hour is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    first: i64,
    last: i64,
}

const DAY: i64 = 86_400;

impl When {
    /// Reads a date or date-time of the report.
    pub fn of(published: &str) -> Option<Self> {
        if let Ok(at) = published.parse::<Timestamp>() {
            return Some(Self::at(at.as_second()));
        }
        let date: Date = published.get(..10)?.parse().ok()?;
        let since = Date::constant(1970, 1, 1).until(date).ok()?;
        let first = i64::from(since.get_days()) * DAY;
        let last = first + DAY - 1;
        Some(Self { first, last })
    }

    /// A moment.
    pub fn at(seconds: i64) -> Self {
        let (first, last) = (seconds, seconds);
        Self { first, last }
    }

    /// Whether the hour is known.
    pub fn is_exact(self) -> bool {
        self.first == self.last
    }
}

/// A stretch of time.
pub struct Hours {
    first: i64,
    last: i64,
}

/// Steps between what is named on the scale: minutes, hours, days, about months and years.
const STEPS: [i64; 17] = [
    60,
    300,
    900,
    1_800,
    3_600,
    7_200,
    10_800,
    21_600,
    43_200,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    90 * DAY,
    365 * DAY,
    3_650 * DAY,
];
/// Names that fit on the scale.
const TICKS: i64 = 7;

fn utc(seconds: i64) -> Zoned {
    let at = Timestamp::from_second(seconds).unwrap_or_default();
    at.to_zoned(TimeZone::UTC)
}

impl Hours {
    /// The stretch that some articles were published in.
    pub fn over(times: impl Iterator<Item = When>) -> Self {
        let (mut first, mut last) = (i64::MAX, i64::MIN);
        for when in times {
            first = first.min(when.first);
            last = last.max(when.last);
        }
        match first <= last {
            true => Self { first, last },
            // Nothing has a time: a stretch that holds none.
            false => Self { first: 1, last: 0 },
        }
    }

    /// Where a time stands between two places; the middle of its day where no hour is known.
    pub fn across(&self, when: When, from: usize, to: usize) -> usize {
        let middle = when.first + (when.last - when.first) / 2;
        let part = (middle - self.first) as f64 / (self.last - self.first).max(1) as f64;
        from + (part.clamp(0.0, 1.0) * (to - from) as f64).round() as usize
    }

    fn step(&self) -> i64 {
        let fits = |step: &i64| (self.last - self.first) / step < TICKS;
        STEPS.into_iter().find(fits).unwrap_or(i64::MAX)
    }

    /// Whether the scale names hours, not days alone.
    pub fn has_clock(&self) -> bool {
        self.step() < DAY
    }

    /// What is named on the scale: the time, the hour where hours are named, the day.
    pub fn ticks(&self) -> Vec<(i64, Option<String>, String)> {
        let step = self.step();
        let begin = self.first.div_euclid(step).saturating_mul(step);
        let times = (0..=TICKS).map(|nth| begin.saturating_add(nth.saturating_mul(step)));
        let mut within: Vec<i64> = times
            .filter(|at| (self.first..=self.last).contains(at))
            .collect();
        if within.is_empty() && self.first <= self.last {
            within.push(self.first);
        }
        let name = |at: i64| {
            let at_utc = utc(at);
            let clock = at_utc.strftime("%H:%M").to_string();
            let clock = Some(clock).filter(|_| self.has_clock());
            (at, clock, at_utc.strftime("%Y-%m-%d").to_string())
        };
        within.into_iter().map(name).collect()
    }

    /// A time as it is told beside its row: the hour; with the day, where there are several; the day where no hour is
    /// known.
    pub fn told(&self, when: When) -> String {
        let one_day = self.first.div_euclid(DAY) == self.last.div_euclid(DAY);
        let form = match (when.is_exact(), one_day) {
            (true, true) => "%H:%M",
            (true, false) => "%m-%d %H:%M",
            (false, _) => "%m-%d",
        };
        utc(when.first).strftime(form).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(times: &[&str]) -> Hours {
        Hours::over(times.iter().filter_map(|time| When::of(time)))
    }

    #[test]
    fn hours_are_named_where_they_fall() {
        let hours = over(&["2031-05-06T09:05:00+02:00", "2031-05-06T13:40:00Z"]);
        let names: Vec<_> = hours
            .ticks()
            .into_iter()
            .map(|(_, clock, _)| clock)
            .collect();
        let names: Vec<_> = names.into_iter().flatten().collect();
        assert_eq!(
            names,
            ["08:00", "09:00", "10:00", "11:00", "12:00", "13:00"]
        );
        let first = When::of("2031-05-06T09:05:00+02:00").unwrap();
        assert_eq!(
            (hours.across(first, 10, 90), hours.told(first)),
            (10, "07:05".to_owned())
        );
    }

    #[test]
    fn a_day_without_an_hour_is_no_midnight() {
        let hours = over(&["2031-05-06", "2031-05-07T12:00:00Z"]);
        let day = When::of("2031-05-06").unwrap();
        assert!(!day.is_exact() && hours.told(day) == "05-06");
        assert_eq!(hours.across(day, 0, 36), 12);
        let long = over(&["2029-01-01T00:00:00Z", "2031-05-07T12:00:00Z"]);
        assert!(!long.has_clock() && long.ticks().len() <= TICKS as usize + 1);
        let moment = over(&["2031-05-06T13:40:00Z"]);
        assert_eq!(moment.ticks()[0].1.as_deref(), Some("13:40"));
        assert!(over(&[]).ticks().is_empty());
    }
}

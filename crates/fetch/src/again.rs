//! When pages are looked at again though their feed names no change: outlets change young articles in silence. In: when
//! an article was published, and the time. Out: when it is asked for next. The older it is the rarer; in the end never.

use crossread::model::Published;

use crate::dates;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Up to an age, how long after a look the next one comes; both in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The age.
    pub up_to: i64,
    /// The time between two looks.
    pub every: i64,
}

/// How often pages are looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// From the youngest age on.
    paces: Vec<Pace>,
}

impl Default for Again {
    fn default() -> Self {
        Self::young()
    }
}

impl Again {
    /// Never: only where their feed says that they changed.
    pub fn never() -> Self {
        Self { paces: Vec::new() }
    }

    /// Every quarter of an hour in the first three hours, when most is corrected; every hour on the first day; every day
    /// in the first week. 12 + 21 + 6 requests in all, each answered by a line where nothing changed.
    pub fn young() -> Self {
        let pace = |up_to, every| Pace { up_to, every };
        Self {
            paces: vec![
                pace(3 * HOUR, HOUR / 4),
                pace(DAY, HOUR),
                pace(7 * DAY, DAY),
            ],
        }
    }

    /// By paces of one's own, from the youngest age on.
    pub fn by(paces: Vec<Pace>) -> Self {
        Self { paces }
    }

    /// Whether no page is looked at again.
    pub(crate) fn is_never(&self) -> bool {
        self.paces.is_empty()
    }

    /// When a page that was just looked at is looked at next; both times in seconds since 1970.
    pub(crate) fn next(&self, born: i64, now: i64) -> Option<i64> {
        let age = now.saturating_sub(born);
        let pace = self.paces.iter().find(|pace| age < pace.up_to)?;
        Some(now.saturating_add(pace.every.max(1)))
    }
}

/// The time at which something was published, at the latest: of a day its end.
pub(crate) fn moment(published: &Published) -> i64 {
    let until = if published.time.is_some() { 0 } else { DAY };
    published.order().saturating_add(until)
}

/// The same of what stands in a feed.
pub(crate) fn moment_of(text: &str) -> Option<i64> {
    dates::read(text).map(|published| moment(&published))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_the_rarer() {
        let again = Again::young();
        let wait = |age: i64| {
            again
                .next(1_000_000, 1_000_000 + age)
                .map(|at| at - age - 1_000_000)
        };
        assert_eq!(wait(0), Some(900));
        assert_eq!(wait(3 * HOUR - 1), Some(900));
        assert_eq!(wait(3 * HOUR), Some(HOUR));
        assert_eq!(wait(DAY), Some(DAY));
        assert_eq!(wait(7 * DAY), None);
        // Announced for tomorrow.
        assert_eq!(wait(-DAY), Some(900));
        assert_eq!(Again::never().next(0, 0), None);
        // All looks of one page.
        let (mut at, mut looks) = (0, 0);
        while let Some(next) = again.next(0, at) {
            (at, looks) = (next, looks + 1);
        }
        assert_eq!(looks, 12 + 21 + 6);
        assert_eq!(moment_of("1980-01-02"), Some(3_654 * DAY));
        assert_eq!(moment_of("1980-01-02T00:00:00Z"), Some(3_653 * DAY));
    }
}

//! In: the words of a sentence. Out: the expressions that count units: `last week`, `two years
//! ago`, `the next day`, `three days`, `every week`, `now`.

use model::{DateKind, Relative};

use super::grammar::Grammar;
use super::meaning::{Found, Meaning, offset};
use super::words::{Unit, Word as W};

impl Grammar<'_> {
    /// Whatever counts units from `i`.
    pub(super) fn stretch(&self, i: usize) -> Option<Found> {
        self.set(i)
            .or_else(|| self.relative(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.reference(i))
            .or_else(|| self.loose(i))
    }

    /// `every day`, `each of two weeks`, `daily`.
    fn set(&self, i: usize) -> Option<Found> {
        let set = |to, value| Some(Found::new(to, DateKind::Set, Meaning::Fixed(value), "set"));
        if let W::Adverb(unit) = self.w(i) {
            // A capital makes it a title: `the Harl Daily`.
            if self.item(i)?.capital && i > 0 {
                return None;
            }
            let value = match unit {
                2 => Unit::Hour,
                3 | 8 => Unit::Day,
                4 => Unit::Week,
                5 => Unit::Month,
                6 => Unit::Quarter,
                _ => Unit::Year,
            };
            return set(i + 1, value.duration(Some(1)));
        }
        if self.w(i) != W::Each {
            return None;
        }
        match (self.w(i + 1), self.w(i + 2)) {
            (W::Unit(unit, false), _) => set(i + 2, unit.duration(Some(1))),
            (W::Number(n), W::Unit(unit, _)) => set(i + 3, unit.duration(Some(n))),
            (W::Weekday(day, _), W::Part(part)) => set(
                i + 3,
                format!("XXXX-WXX-{day}T{}", super::PARTS[usize::from(part).min(4)]),
            ),
            (W::Weekday(day, _), _) => set(i + 2, format!("XXXX-WXX-{day}")),
            (W::Month(month), _) => set(i + 2, format!("XXXX-{month:02}")),
            (W::Season(season), _) => set(
                i + 2,
                format!("XXXX-{}", super::SEASONS[usize::from(season).min(3)]),
            ),
            (W::Weekend, _) => set(i + 2, String::from("XXXX-WXX-WE")),
            (W::Part(part), _) => set(
                i + 2,
                format!("XXXX-XX-XXT{}", super::PARTS[usize::from(part).min(4)]),
            ),
            _ => None,
        }
    }

    /// `last week`, `this year`, `the following day`, `that month`, `the weekend`, `the past year`,
    /// `the next three days`.
    pub(super) fn relative(&self, i: usize) -> Option<Found> {
        let the = self.w(i) == W::The;
        let k = i + usize::from(the);
        let head = self.w(k);
        if head == W::Weekend {
            return the
                .then(|| Found::date(k + 1, Meaning::Tensed(Relative::Weekend(-1)), "weekend"));
        }
        if !matches!(
            head,
            W::Last
                | W::Next
                | W::This
                | W::That
                | W::Following
                | W::Preceding
                | W::Latest
                | W::RefTime(1)
        ) {
            return None;
        }
        // `this same week`, `this past week`
        let doubled = usize::from(matches!(
            (head, self.w(k + 1)),
            (W::This, W::RefTime(1) | W::That | W::Last)
        ));
        let at = k + 1 + doubled;
        if let Some((next, count)) = self.count(at).filter(|_| !matches!(self.w(at), W::Article))
            && let W::Unit(unit, _) = self.w(next)
            && unit >= Unit::Minute
            && !matches!(head, W::This | W::That)
        {
            let value = unit.duration(count);
            return Some(Found::new(
                next + 1,
                DateKind::Duration,
                Meaning::Fixed(value),
                "counted stretch",
            ));
        }
        if self.w(at) == W::Weekend {
            let n = match head {
                W::Last => -1,
                W::Next => 1,
                _ => 0,
            };
            return Some(Found::date(
                at + 1,
                Meaning::Relative(Relative::Weekend(n)),
                "weekend",
            ));
        }
        let fiscal = usize::from(self.w(at) == W::Fiscal);
        let W::Unit(unit, plural) = self.w(at + fiscal) else {
            return None;
        };
        let to = at + fiscal + 1;
        if plural {
            let useful = unit >= Unit::Day
                && matches!(head, W::Next | W::Last | W::RefTime(1) | W::Following);
            return useful.then(|| {
                Found::new(
                    to,
                    DateKind::Duration,
                    Meaning::Fixed(unit.duration(None)),
                    "stretch",
                )
            });
        }
        let meaning = match (head, unit) {
            (_, Unit::Second | Unit::Minute | Unit::Hour) => return None,
            (W::RefTime(1), _) => {
                let value = unit.duration(Some(1));
                return Some(Found::new(
                    to,
                    DateKind::Duration,
                    Meaning::Fixed(value),
                    "past stretch",
                ));
            }
            (W::This, Unit::Day) => return None,
            (W::Latest, _) => offset(-1, unit),
            (W::That, _) => Meaning::Shift(0, unit),
            (W::Following, _) | (W::Next, Unit::Day) => Meaning::Shift(1, unit),
            (W::Preceding, _) | (W::Last, Unit::Day) => Meaning::Shift(-1, unit),
            (W::Next, _) if the => Meaning::Shift(1, unit),
            (W::Last, _) => offset(-1, unit),
            (W::Next, _) => offset(1, unit),
            _ => offset(0, unit),
        };
        Some(Found::date(to, meaning, "relative unit"))
    }

    /// A count from `i`: where it ends, and the number where it is given.
    pub(super) fn count(&self, i: usize) -> Option<(usize, Option<u32>)> {
        match (self.w(i), self.w(i + 1)) {
            (W::Number(tens @ 20..=90), W::Dash) if tens % 10 == 0 => match self.w(i + 2) {
                W::Number(ones @ 1..=9) => Some((i + 3, Some(tens + ones))),
                _ => Some((i + 1, Some(tens))),
            },
            // `twenty four hours`
            (W::Number(tens @ 20..=90), W::Number(ones @ 1..=9))
                if tens % 10 == 0 && self.item(i).is_some_and(|item| item.letters) =>
            {
                Some((i + 2, Some(tens + ones)))
            }
            (W::Article, W::Couple) => Some((i + 2 + usize::from(self.w(i + 2) == W::Of), Some(2))),
            (W::Article, W::Vague) => Some((i + 2, None)),
            (W::Half, W::Article) => Some((i + 2, None)),
            (W::Article, W::Half) if self.w(i + 2) == W::Dash => Some((i + 2, None)),
            (W::Number(n), _) => Some((i + 1, Some(n))),
            (W::Year(n), _) => Some((i + 1, u32::try_from(n).ok())),
            (W::Article, _) => Some((i + 1, Some(1))),
            (W::Vague | W::Decimal, _) => Some((i + 1, None)),
            _ => None,
        }
    }

    /// Past `and a half` or `1/2`.
    fn half(&self, i: usize) -> Option<usize> {
        let half = matches!(
            (self.w(i), self.w(i + 1), self.w(i + 2)),
            (W::And, W::Article, W::Half) | (W::Number(1), W::Slash, W::Number(2))
        );
        half.then_some(i + 3)
    }

    /// `two years ago`, `a day later`, `three days`, `two-week`, `16-year-old`, `the nine months`.
    fn counted(&self, i: usize) -> Option<Found> {
        let the = usize::from(self.w(i) == W::The);
        let ordinal = usize::from(the == 1 && self.ordinal(i + 1).is_some());
        let start = i + the + ordinal;
        let (mut next, count) = self.count(start)?;
        let article = self.w(start) == W::Article && next == start + 1;
        // `two and a half years`, `2 1/2 years`
        let mut halved = false;
        if let (Some(past), Some(_)) = (self.half(next), count) {
            (next, halved) = (past, true);
        }
        let dash = usize::from(self.w(next) == W::Dash);
        let full = usize::from(self.w(next + dash) == W::Fiscal);
        let W::Unit(unit, plural) = self.w(next + dash + full) else {
            return None;
        };
        if the == 1 && (article || dash == 1) {
            return None;
        }
        // `the 1988 quarter`
        if matches!(self.w(start), W::Year(_)) && !plural {
            return None;
        }
        let mut to = next + dash + full + 1;
        // `a year and a half`, but not `a year and a half dozen ships`
        if let (Some(past), Some(_)) = (self.half(to), count)
            && !halved
            && !self
                .item(past)
                .is_some_and(|n| n.letters && n.word == W::Other)
        {
            (to, halved) = (past, true);
        }
        if (article || count == Some(1)) && plural && dash == 0 {
            return None;
        }
        // `a second`, `a quarter of`, `three quarters of` are no stretches of time.
        if unit == Unit::Second && !plural && dash == 0 && article {
            return None;
        }
        if unit == Unit::Quarter && (article || self.w(to) == W::Of || count.is_none()) {
            return None;
        }
        // Half a unit more is no whole number of steps of the calendar.
        let n = count.filter(|_| !halved);
        let n = n.and_then(|n| i32::try_from(n).ok());
        let duration = |to| {
            let meaning = Meaning::Fixed(match count {
                Some(count) if halved => unit.duration_and_half(count),
                _ => unit.duration(count),
            });
            Some(Found::new(to, DateKind::Duration, meaning, "duration"))
        };
        let dashed = usize::from(self.w(to) == W::Dash);
        match (self.w(to), self.w(to + 1)) {
            (W::Ago, _) => {
                let meaning = match n {
                    // `a decade ago` is a year, not ten of them.
                    Some(n) if unit == Unit::Decade => offset(n.saturating_mul(-10), Unit::Year),
                    Some(n) => offset(-n, unit),
                    None => Meaning::Fixed(String::from("PAST_REF")),
                };
                Some(Found::date(to + 1, meaning, "ago"))
            }
            (W::Dash, W::Ago) => {
                let meaning = n.map_or(Meaning::Open, |n| offset(-n, unit));
                Some(Found::date(to + 2, meaning, "ago"))
            }
            (W::Earlier, _) => {
                let meaning = n.map_or(Meaning::Open, |n| Meaning::Shift(-n, unit));
                Some(Found::date(to + 1, meaning, "earlier"))
            }
            (W::Later, _) => {
                let meaning = n.map_or(Meaning::Open, |n| Meaning::Shift(n, unit));
                Some(Found::date(to + 1, meaning, "later"))
            }
            (W::Lead(_), W::Ref(0)) => {
                let meaning = n.map_or(Meaning::Open, |n| offset(n, unit));
                Some(Found::date(to + 2, meaning, "from now"))
            }
            // An age is a quantity.
            (W::Dash, W::Old) | (W::Old, _) => None,
            (W::Dash, W::Long) => duration(to + 1 + dashed),
            _ if article && !halved && self.rated(i) => {
                let meaning = Meaning::Fixed(unit.duration(Some(1)));
                Some(Found::new(to, DateKind::Set, meaning, "rate"))
            }
            _ => duration(to),
        }
    }

    /// Whether a count stands right before `a year`: `$5 a year`, `twice a week`.
    fn rated(&self, i: usize) -> bool {
        matches!(self.before(i), W::Number(_) | W::Decimal | W::Year(_))
    }

    /// `now`, `recently`, `the future`.
    fn reference(&self, i: usize) -> Option<Found> {
        const VALUES: [&str; 3] = ["PRESENT_REF", "PAST_REF", "FUTURE_REF"];
        let found = |to, which: u8| {
            let value = VALUES[usize::from(which).min(2)];
            Some(Found::date(
                to,
                Meaning::Fixed(String::from(value)),
                "reference",
            ))
        };
        match (self.w(i), self.w(i + 1)) {
            (W::Ref(which), _) => found(i + 1, which),
            (W::The, W::RefTime(which @ (1 | 2))) => {
                let alone = self
                    .item(i + 2)
                    .is_none_or(|next| !next.letters || next.word != W::Other);
                alone.then(|| found(i + 2, which))?
            }
            _ => None,
        }
    }

    /// `years`, `the quarter`, `year-end`, `the year-ago quarter`, `the day before`.
    fn loose(&self, i: usize) -> Option<Found> {
        let the = usize::from(self.w(i) == W::The);
        let k = i + the;
        if let (W::Recent, W::Unit(_, true)) = (self.w(k), self.w(k + 1)) {
            let meaning = Meaning::Fixed(String::from("PAST_REF"));
            return Some(Found::date(k + 2, meaning, "recent"));
        }
        let W::Unit(unit, plural) = self.w(k) else {
            return None;
        };
        match (self.w(k + 1), self.w(k + 2)) {
            (W::Dash, W::Earlier | W::Ago) if !plural => {
                let ordinal = usize::from(self.ordinal(k + 3).is_some());
                let named = self.w(k + 3 + ordinal);
                let (more, meaning) = match named {
                    W::Unit(Unit::Quarter, false) => (1 + ordinal, Meaning::QuarterBefore),
                    W::Period => (1, Meaning::Shift(-1, unit)),
                    _ => (0, Meaning::Shift(-1, unit)),
                };
                let at = if more == 0 && the == 1 {
                    None
                } else {
                    Some(k + 3 + more)
                };
                return at.map(|to| Found::date(to, meaning, "year before"));
            }
            (W::Ago, _) if plural => {
                let meaning = Meaning::Fixed(String::from("PAST_REF"));
                return Some(Found::date(k + 2, meaning, "long ago"));
            }
            (W::Later | W::Earlier, _) if plural => {
                return Some(Found::date(k + 2, Meaning::Open, "later"));
            }
            (W::Adjacent(n), _) if the == 1 && !plural && unit >= Unit::Day => {
                return Some(Found::date(k + 2, Meaning::Shift(n, unit), "adjacent"));
            }
            _ => {}
        }
        if plural && the == 0 && unit >= Unit::Hour && unit != Unit::Quarter {
            let led = matches!(self.before(i), W::Lead(_) | W::Of | W::And | W::Other);
            let meaning = Meaning::Fixed(unit.duration(None));
            return led.then(|| Found::new(k + 1, DateKind::Duration, meaning, "loose duration"));
        }
        if the == 1 && unit == Unit::Quarter && !plural {
            return Some(Found::date(k + 1, Meaning::Shift(0, unit), "the quarter"));
        }
        None
    }

    /// `the end of the year`: the unit alone, of the text's own date.
    pub(super) fn bare_unit(&self, i: usize) -> Option<Found> {
        if self.w(i) != W::The {
            return None;
        }
        match self.w(i + 1) {
            W::Unit(unit @ (Unit::Week | Unit::Month | Unit::Quarter | Unit::Year), false) => {
                Some(Found::date(i + 2, offset(0, unit), "bare unit"))
            }
            W::Unit(unit @ (Unit::Decade | Unit::Century), false) => {
                Some(Found::date(i + 2, Meaning::Age(0, unit), "bare unit"))
            }
            _ => None,
        }
    }
}

//! In: two passages of one matter, each as the facts that it pins down. Out: in what they cannot both
//! be true, if in anything: a figure, a length of time, a label ("hall two"), a day, a time of day, a
//! denial, a pair of opposites. One table for all that asks: such passages are not one claim or one
//! utterance, confirm nothing of each other, and may be two sides of a dispute.
//!
//! Whether the two speak of one matter is not decided here; of two matters nothing is contrary.

use model::{
    ArticleIx, DateKind, DateMention, Document, Hedge, Opposite, Precision, Span, Tag, TokenClass,
    When,
};

use crate::days::Days;
use crate::lexicon::{is_one_of, lexicon};
use crate::nearby::quotes_near;
use crate::numbers::{Number, numbers_in};

/// Minutes by which clock times may differ and be one: "around six" and "6:04".
pub(crate) const CLOCK_SLACK: i64 = 10;
/// Lengths of time may differ by one part in so many, where neither is hedged.
const LENGTH_SLACK: f64 = 0.1;
/// The same where one is ("nearly six hours"), and beyond which two lengths are of two things.
const HEDGED_SLACK: f64 = 0.35;
const OTHER_LENGTH: f64 = 12.0;
/// Tokens before a length among which its hedge stands.
const HEDGE_REACH: usize = 2;

/// In what two passages are contrary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// Two figures of one unit.
    Figure,
    /// Two lengths of time.
    Length,
    /// Two numbers of one label: `hall two`, `hall three`.
    Label,
    /// Two days, months or years.
    Day,
    /// Two times of day.
    Clock,
    /// One denies.
    Denial,
    /// The two ends of a pair of opposites.
    Opposites,
}

impl Of {
    /// Whether passages that are contrary in it are never one claim. Figures are the pair scorer's matter, a day may
    /// be that of the report, and a denial that of another clause: passages that are contrary in these can lie in one
    /// group, where none of them states what the other does.
    pub(crate) fn parts(self) -> bool {
        !matches!(self, Self::Figure | Self::Day | Self::Denial)
    }
}

/// In what two passages are contrary, and the words of each that are, where words are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contrary {
    /// In what.
    pub of: Of,
    /// The words of both.
    pub words: [Option<Span>; 2],
}

/// What a passage pins down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Its numbers with what they count.
    pub numbers: Vec<Number>,
    /// Lengths of time in seconds, with whether they are hedged.
    pub lengths: Vec<(f64, bool, Span)>,
    /// Numbers that only tell which one: the stem of the noun before, the number.
    labels: Vec<(u64, f64, Span)>,
    /// Days, months and years of its matter: not those of its being reported.
    days: Vec<(When, Span)>,
    /// Times of day of its matter.
    pub clocks: Vec<(When, Span)>,
    opposites: Vec<Opposite>,
    /// Whether it says that its matter is not so.
    pub negated: bool,
    /// Whether its language has words for denial here: else nobody can tell.
    pub polar: bool,
}

impl Facts {
    /// Reads the stretches of an article that make up a passage.
    pub(crate) fn of(
        doc: &Document,
        days: &Days,
        article: ArticleIx,
        spans: &[Span],
        negated: Option<bool>,
    ) -> Self {
        let mut facts = Self {
            negated: negated == Some(true),
            polar: negated.is_some(),
            ..Self::default()
        };
        for &span in spans {
            let numbers = numbers_in(doc, span);
            facts.labels.extend(labels(doc, span, &numbers));
            facts.numbers.extend(numbers);
            facts.opposites.extend(doc.opposites_in(span));
            for index in doc.dates_in(span) {
                let date = &doc.dates[index];
                if let Some(when) = past(doc, date) {
                    facts.days.push((when, date.span));
                } else if date.kind == DateKind::Duration
                    && let Some(seconds) = date.value.as_deref().and_then(seconds)
                {
                    let hedged = hedged(doc, date.span, span);
                    facts.lengths.push((seconds, hedged, date.span));
                }
            }
            let times = days
                .in_span(article, doc, span)
                .filter(|(date, _)| !of_report(doc, span, date.span) && !is_bound(doc, date.span));
            for (date, when) in times {
                match when.time {
                    Some(_) => facts.clocks.push((when, date.span)),
                    None => facts.days.push((when, date.span)),
                }
            }
        }
        facts
    }

    /// Whether it has every length of time of another.
    pub(crate) fn has_lengths_of(&self, other: &Facts) -> bool {
        other.lengths.iter().all(|&(length, hedged, _)| {
            let mut own = self.lengths.iter();
            own.any(|&(own, about, _)| !is_other_length(own, length, hedged || about))
        })
    }

    /// In what two passages of one matter cannot both be true; the plainest thing first.
    pub(crate) fn against(&self, other: &Facts) -> Option<Contrary> {
        let found = |of, one: Span, two: Span| {
            Some(Contrary {
                of,
                words: [Some(one), Some(two)],
            })
        };
        if let Some((one, two)) = two_labels(self, other) {
            return found(Of::Label, one, two);
        }
        if let Some((one, two)) = two_figures(self, other) {
            return found(Of::Figure, one, two);
        }
        if let Some((one, two)) = two_lengths(self, other) {
            return found(Of::Length, one, two);
        }
        if let Some((one, two)) = two_clocks(self, other) {
            return found(Of::Clock, one, two);
        }
        if let Some((one, two)) = two_days(self, other) {
            return found(Of::Day, one, two);
        }
        let denied = self.polar && other.polar && self.negated != other.negated;
        match two_ends(self, other) {
            // "Not open" is "closed"; both denied, they are opposites again.
            Some(_) if denied => None,
            Some((one, two)) => found(Of::Opposites, one, two),
            None if denied => Some(Contrary {
                of: Of::Denial,
                words: [None, None],
            }),
            None => None,
        }
    }
}

/// Whether a time is of the report and not of what is reported: "police said on Monday".
fn of_report(doc: &Document, passage: Span, date: Span) -> bool {
    quotes_near(doc, passage).iter().any(|quote| {
        quote.cue.is_some_and(|cue| passage.contains(cue))
            && !quote.parts.iter().any(|part| part.contains(date))
    })
}

/// Whether a time only bounds when a thing was: "since January", "before Friday".
fn is_bound(doc: &Document, date: Span) -> bool {
    let first = doc.tokens_in(date).start;
    doc.tokens[first.saturating_sub(HEDGE_REACH)..first]
        .iter()
        .any(|token| is_one_of(doc, token, &lexicon(doc).bounds))
}

/// The days of "the past ten days" before a text's own.
fn past(doc: &Document, date: &DateMention) -> Option<When> {
    const DAY: f64 = 86_400.0;
    if date.kind != DateKind::Duration {
        return None;
    }
    let words = doc.get(date.span).to_lowercase();
    let begins = |start: &&&str| {
        let rest = words.strip_prefix(**start);
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    lexicon(doc).past.iter().find(begins)?;
    let days = seconds(date.value.as_deref()?)? / DAY;
    let end = doc.article.published?.date;
    let start = end
        .checked_sub(jiff::Span::new().try_days(days.ceil() as i64).ok()?)
        .ok()?;
    Some(When {
        start,
        end,
        time: None,
        precision: Precision::Month,
    })
}

fn hedged(doc: &Document, date: Span, passage: Span) -> bool {
    let first = doc.tokens_in(date).start;
    let from = first
        .saturating_sub(HEDGE_REACH)
        .max(doc.tokens_in(passage).start);
    doc.tokens[from..first.max(from)]
        .iter()
        .any(|token| is_one_of(doc, token, &lexicon(doc).hedges))
}

/// The seconds of a TIMEX3 length with one number: `PT6H`, `P3D`.
fn seconds(value: &str) -> Option<f64> {
    let (rest, clock) = match value.strip_prefix("PT") {
        Some(rest) => (rest, true),
        None => (value.strip_prefix('P')?, false),
    };
    let unit = rest.chars().last()?;
    let count: f64 = rest.strip_suffix(unit)?.parse().ok()?;
    let each = match (unit, clock) {
        ('S', true) => 1.0,
        ('M', true) => 60.0,
        ('H', true) => 3_600.0,
        ('D', false) => 86_400.0,
        ('W', false) => 604_800.0,
        ('M', false) => 2_629_800.0,
        ('Y', false) => 31_557_600.0,
        _ => return None,
    };
    Some(count * each)
}

/// Numbers without a unit right behind a noun: `hall two`, `Flight 370`.
fn labels<'a>(
    doc: &'a Document,
    span: Span,
    numbers: &'a [Number],
) -> impl Iterator<Item = (u64, f64, Span)> + 'a {
    let all = doc.tokens_in(span);
    numbers
        .iter()
        .filter(|number| number.unit == 0 && number.hedge == Hedge::Exact)
        .filter_map(move |number| {
            let at = doc.tokens_in(number.figure);
            let noun = doc
                .tokens
                .get(at.start.checked_sub(1)?)
                .filter(|_| at.start > all.start)?;
            let next = doc.tokens.get(at.end).filter(|_| at.end < all.end);
            // "The plant two people built": the number belongs to what follows.
            let counts = next.is_some_and(|next| {
                matches!(next.tag, Tag::Noun | Tag::Adj | Tag::Propn | Tag::Num)
            });
            // A noun that is tagged as what it looks like before a number is a noun all the same.
            let noun_before = !noun.stop
                && matches!(noun.tag, Tag::Noun | Tag::Propn | Tag::Adj | Tag::Unknown)
                && noun.class == TokenClass::Word;
            (noun_before && !counts).then_some((noun.stem, number.value, number.span))
        })
}

fn two_labels(a: &Facts, b: &Facts) -> Option<(Span, Span)> {
    a.labels.iter().find_map(|one| {
        let mut same = b.labels.iter().filter(|other| other.0 == one.0);
        let first = same.clone().next()?;
        let agreed = same.any(|other| other.1 == one.1);
        let named_too = a.labels.iter().any(|l| l.0 == first.0 && l.1 == first.1);
        (!agreed && !named_too).then_some((one.2, first.2))
    })
}

fn two_figures(a: &Facts, b: &Facts) -> Option<(Span, Span)> {
    let mut differ = None;
    for one in &a.numbers {
        for other in &b.numbers {
            if one.kind == other.kind && one.agrees(other) {
                return None;
            }
            if one.kind == other.kind && one.unit == other.unit && one.unit != 0 {
                differ = differ.or(Some((one.span, other.span)));
            }
        }
    }
    differ
}

fn two_lengths(a: &Facts, b: &Facts) -> Option<(Span, Span)> {
    let (&[(one, one_hedged, one_at)], &[(other, other_hedged, other_at)]) =
        (&a.lengths[..], &b.lengths[..])
    else {
        return None;
    };
    let far = times_more(one, other) >= OTHER_LENGTH;
    let differ = is_other_length(one, other, one_hedged || other_hedged);
    (differ && !far).then_some((one_at, other_at))
}

/// How many times the longer of two lengths is longer.
fn times_more(one: f64, other: f64) -> f64 {
    one.max(other) / one.min(other).max(f64::MIN_POSITIVE) - 1.0
}

/// Whether two lengths of time, in seconds, cannot be one; less surely where one is hedged.
pub(crate) fn is_other_length(one: f64, other: f64, hedged: bool) -> bool {
    times_more(one, other) > if hedged { HEDGED_SLACK } else { LENGTH_SLACK }
}

/// Minutes from midnight.
pub(crate) fn minutes(when: &When) -> Option<i64> {
    let time = when.time?;
    Some(i64::from(time.hour()) * 60 + i64::from(time.minute()))
}

fn two_clocks(a: &Facts, b: &Facts) -> Option<(Span, Span)> {
    let (&[(one, one_at)], &[(other, other_at)]) = (&a.clocks[..], &b.clocks[..]) else {
        return None;
    };
    let apart = (minutes(&one)? - minutes(&other)?).abs();
    (apart > CLOCK_SLACK).then_some((one_at, other_at))
}

fn two_days(a: &Facts, b: &Facts) -> Option<(Span, Span)> {
    let (one, other) = (a.days.first()?, b.days.first()?);
    let agree = a
        .days
        .iter()
        .any(|one| b.days.iter().any(|other| one.0.agrees(&other.0)));
    (!agree).then_some((one.1, other.1))
}

/// The two ends of one pair of opposites, neither of which the other passage has too.
fn two_ends(a: &Facts, b: &Facts) -> Option<(Span, Span)> {
    let has = |facts: &Facts, pair: u16, end: bool| {
        facts
            .opposites
            .iter()
            .any(|o| o.pair == pair && o.end == end)
    };
    a.opposites.iter().find_map(|one| {
        let other = b
            .opposites
            .iter()
            .find(|o| o.pair == one.pair && o.end != one.end)?;
        let told = has(a, one.pair, other.end) || has(b, one.pair, one.end);
        (!told).then_some((one.span, other.span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read() {
        assert_eq!(seconds("PT6H"), Some(21_600.0));
        assert_eq!(seconds("P2W"), Some(1_209_600.0));
        assert_eq!(seconds("P3DT4H"), None);
        assert_eq!(seconds("2021"), None);
    }
}

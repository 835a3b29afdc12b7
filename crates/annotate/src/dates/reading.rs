//! In: a document's sentences as items of the grammar, one after the other. Out: its dates. Here is
//! what one date tells of another: the day named last, the other end of a range, the order of day
//! and month that the text's figures keep.

use std::ops::Range;

use jiff::civil::Date;
use model::{DateKind, DateMention, Document, NameKind, Precision, Relative, Span, When};

use super::Anchor;
use super::grammar::Grammar;
use super::meaning::{Found, Meaning};
use super::resolve::{self, Order, Resolved};
use super::tense::{Tense, Tenses};
use super::words::{Item, Unit, Word};

/// A document's dates on their way.
pub(super) struct Reading<'a> {
    doc: &'a Document,
    tenses: &'a Tenses,
    /// What bare weekdays are counted from.
    anchor: Anchor,
    last: Option<Last>,
    /// The expression right before, in the same sentence: a range may start with it.
    link: Option<Link>,
    /// What the text has told of the order of its numbers.
    order: OrderTold,
    /// Numbers whose order nothing has told yet, with their place in `dates`.
    waiting: Vec<(usize, Found)>,
    /// Months that persons of the text are called after.
    months: Vec<i8>,
    dates: Vec<DateMention>,
}

/// What a text tells of the order of day and month in figures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OrderTold {
    Nothing,
    One(Order),
    Both,
}

/// A first end of a range, perhaps.
#[derive(Clone, Copy)]
struct Link {
    /// Its first item, and one past its last.
    from: usize,
    to: usize,
    when: When,
}

/// What the text named last.
#[derive(Clone, Copy)]
struct Last {
    when: When,
    /// The sentence that did, by index.
    sentence: usize,
    /// Whether it is the quarter that a report speaks of.
    quarter: bool,
}

/// Sentences over which a report compares its quarter with the year before.
const REPORT: usize = 3;

impl<'a> Reading<'a> {
    /// Nothing read yet. `months` are those that persons of the text are called after.
    pub(super) fn new(doc: &'a Document, tenses: &'a Tenses, months: Vec<i8>) -> Self {
        Self {
            doc,
            tenses,
            anchor: doc.article.published.map(|published| published.date),
            last: None,
            link: None,
            order: OrderTold::Nothing,
            waiting: Vec::new(),
            months,
            dates: Vec::new(),
        }
    }

    /// Reads the dates of a sentence.
    pub(super) fn sentence(&mut self, index: usize, tokens: Range<usize>, items: &[Item]) {
        let grammar = Grammar { items };
        self.link = None;
        let mut at = 0;
        while at < items.len() {
            let found = grammar.parse(at).filter(|found| found.to <= items.len());
            let Some(mut found) = found else {
                at += 1;
                continue;
            };
            let to = found.to;
            let span = self.span(items, widened(items, at, &found), to);
            let Some(span) = span.filter(|&span| !in_name(self.doc, span)) else {
                at += 1;
                continue;
            };
            if self.is_person(&found, grammar, at) {
                at = to;
                continue;
            }
            if self.anchor.is_none()
                && index == 0
                && let Meaning::Day(day) = found.meaning
            {
                self.anchor = dateline(items, to).then_some(day);
            }
            let ordered = self.ordered(&mut found);
            self.tie(&mut found, grammar, at);
            let tense = self.tense(&found, grammar, at, &tokens);
            let compares = self.last.is_some_and(|last| last.quarter) && year_before(&found);
            let reach = if compares { REPORT } else { 1 };
            let base = self
                .last
                .filter(|last| index <= last.sentence + reach)
                .map(|last| last.when);
            let compares = compares && base.is_some();
            if compares {
                found.meaning = Meaning::Shift(-1, Unit::Year);
            }
            let resolved = resolve::resolve(&found, self.anchor, base, tense);
            self.link = resolved.when.map(|when| Link { from: at, to, when });
            if let Some(when) = resolved.when
                && found.kind != DateKind::Duration
                && !compares
            {
                self.last = Some(Last {
                    when,
                    sentence: index,
                    quarter: matches!(found.rule, "quarter" | "the quarter"),
                });
            }
            if !ordered {
                self.waiting.push((self.dates.len(), found.clone()));
            }
            self.push(span, &found, resolved);
            at = self.last_day(&found, grammar, to);
        }
    }

    /// The dates; numbers that wait for their order get the one that the text uses elsewhere.
    pub(super) fn finish(mut self) -> Vec<DateMention> {
        let OrderTold::One(order) = self.order else {
            return self.dates;
        };
        for (place, mut found) in self.waiting {
            let Meaning::Numbers(a, b, year) = found.meaning else {
                continue;
            };
            found.meaning = order.day(a, b, year).map_or(Meaning::Open, Meaning::Day);
            let resolved = resolve::resolve(&found, self.anchor, None, None);
            if let Some(date) = self.dates.get_mut(place) {
                date.value = resolved.value;
                date.when = resolved.when;
            }
        }
        self.dates
    }

    fn span(&self, items: &[Item], first: usize, to: usize) -> Option<Span> {
        let (from, end) = (items.get(first)?.start, items.get(to.checked_sub(1)?)?.end);
        self.doc.article.text.span(from..end).ok()
    }

    fn push(&mut self, span: Span, found: &Found, resolved: Resolved) {
        self.dates.push(DateMention {
            span,
            kind: found.kind,
            value: resolved.value,
            when: resolved.when,
            relative: resolved.relative,
            rule: found.rule,
        });
    }

    /// The tense that sets a time, where one does.
    fn tense(
        &self,
        found: &Found,
        grammar: Grammar,
        at: usize,
        tokens: &Range<usize>,
    ) -> Option<Tense> {
        let day = match found.meaning {
            Meaning::Tensed(relative) => {
                matches!(relative, Relative::Weekday(..) | Relative::MonthDay(..))
            }
            Meaning::SeasonNear(_, None) => false,
            _ => return None,
        };
        let token = grammar.item(at)?.token as usize;
        let tense = self.tenses.at(self.doc, tokens.clone(), token, day);
        // `announced early Saturday`, on Friday: where the news was made it was Saturday already.
        if let (Some(Tense::Past), Meaning::Tensed(Relative::Weekday(weekday, _)), Some(anchor)) =
            (tense, &found.meaning, self.anchor)
            && anchor.weekday().to_monday_one_offset() % 7 + 1 == *weekday
            && (grammar.local(found.to)
                || (found.early || found.part == Some(MORNING))
                    && self.tenses.reported(self.doc, tokens.start, token))
        {
            return Some(Tense::Future);
        }
        tense
    }

    /// Whether a bare month is a person's name here: "criticism of May" in a text about Ada May.
    fn is_person(&self, found: &Found, grammar: Grammar, at: usize) -> bool {
        matches!(found.meaning, Meaning::Tensed(Relative::Month(month, _))
            if found.rule == "month" && self.months.contains(&month))
            && !grammar.surely_month(at)
    }

    /// Gives two numbers the order that they or the day of the week beside them tell; `false` where
    /// nothing has told it yet.
    fn ordered(&mut self, found: &mut Found) -> bool {
        let Meaning::Numbers(a, b, year) = found.meaning else {
            return true;
        };
        let Some(order) =
            Order::told(a, b, year, found.weekday).or_else(|| Order::told(a, b, year, None))
        else {
            return false;
        };
        self.order = match self.order {
            OrderTold::Nothing => OrderTold::One(order),
            OrderTold::One(other) if other == order => OrderTold::One(order),
            _ => OrderTold::Both,
        };
        found.meaning = order.day(a, b, year).map_or(Meaning::Open, Meaning::Day);
        true
    }

    /// Ties a time to the one before it: `Friday to Sunday` ends on the first Sunday after Friday,
    /// `March 12, 1946, a Tuesday` is one day.
    fn tie(&self, found: &mut Found, grammar: Grammar, at: usize) {
        let (Some(link), Meaning::Tensed(relative)) = (self.link, &found.meaning) else {
            return;
        };
        if let Relative::Weekday(weekday, _) = *relative
            && link.when.precision == Precision::Day
            && link.when.start.weekday().to_monday_one_offset() == weekday
            && grammar.in_apposition(link.to, at)
        {
            found.meaning = Meaning::Day(link.when.start);
        } else if grammar.joined(link.from, link.to) == Some(at)
            && let Some(relative) = resolve::onward(*relative, found.clock.is_some())
            && let Some(when) = relative.resolve(link.when.start)
        {
            found.meaning = match when.precision {
                Precision::Day => Meaning::Day(when.start),
                _ => Meaning::Month(when.start.year(), when.start.month()),
            };
        }
    }

    /// Adds the `7` of `June 5-7` behind the first day, as a day of its own. Gives where to read on.
    fn last_day(&mut self, found: &Found, grammar: Grammar, to: usize) -> usize {
        let named = matches!(found.rule, "month day" | "weekday and day") && found.part.is_none();
        let link = self
            .link
            .filter(|link| named && link.when.precision == Precision::Day);
        let Some(start) = link.map(|link| link.when.start) else {
            return to;
        };
        let Some((mut end, day)) = grammar.last_day(to, start.day()) else {
            return to;
        };
        let Ok(date) = Date::new(start.year(), start.month(), day) else {
            return to;
        };
        if grammar.year_behind(end).is_some() {
            end = grammar.past_year(end);
        }
        let last = Found::date(end, Meaning::Day(date), "last of range");
        if let Some(span) = self.span(grammar.items, to + 1, end) {
            let resolved = resolve::resolve(&last, self.anchor, None, None);
            self.push(span, &last, resolved);
        }
        end
    }
}

/// The part of the day that `morning` is, in [`super::PARTS`].
const MORNING: u8 = 0;

/// Whether the words point to a year before, which in a report on a quarter is the same quarter:
/// `profit rose in the third quarter, from 10 million a year ago`.
fn year_before(found: &Found) -> bool {
    match found.meaning {
        Meaning::Relative(Relative::Years(-1)) => found.rule == "ago",
        Meaning::Shift(-1, Unit::Year) | Meaning::QuarterBefore => true,
        _ => false,
    }
}

/// Takes in what qualifies a count: `about two years ago`, `more than three days`.
fn widened(items: &[Item], at: usize, found: &Found) -> usize {
    let counted =
        found.kind == DateKind::Duration || matches!(found.rule, "ago" | "earlier" | "later");
    if !counted {
        return at;
    }
    let word = |back: usize| at.checked_sub(back).map_or(Word::Other, |i| items[i].word);
    match (word(2), word(1)) {
        (Word::More, Word::Than) => at - 2,
        (_, Word::Approx) if found.kind != DateKind::Duration => at - 1,
        _ => at,
    }
}

/// Whether the words are a part of a longer name, or a person's.
fn in_name(doc: &Document, span: Span) -> bool {
    let next = doc
        .names
        .partition_point(|name| name.span.end() <= span.start());
    doc.names.get(next).is_some_and(|name| {
        name.span.contains(span) && (name.span.len() > span.len() || name.kind == NameKind::Person)
    })
}

/// Whether what stands behind a date makes it a dateline: `HARL, 4 December 2017 (Nordpress) —`.
fn dateline(items: &[Item], to: usize) -> bool {
    const WITHIN: usize = 6;
    items.iter().skip(to).take(WITHIN).any(|item| {
        item.word == Word::Dash
            || item.word == Word::Other && !item.letters && item.end - item.start >= 2
    })
}

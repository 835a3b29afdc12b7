//! In: a document with tokens, sentences and names. Out: its expressions of time, each with a
//! TIMEX3 value and the days it covers where the text and its date of publication let one resolve
//! it. Refuses to guess: without a date to count from, `Monday` keeps no value, only its distance
//! ([`Relative`]), which can be resolved later against another text's date.
//!
//! Own grammar over the words of `data/en/time.txt`: `words` tells what each token is, `grammar`,
//! `times` and `stretches` find the longest expression at a place, `resolve` counts on the
//! calendar, `tense` decides whether a bare weekday lies ahead or behind. Values follow TimeML's
//! TIMEX3 (Pustejovsky et al. 2003).

mod grammar;
mod resolve;
mod stretches;
mod tense;
mod times;
mod words;

use jiff::civil::Date;
use model::{DateKind, DateMention, Document, NameKind, Relative, Span, When};

use grammar::{Found, Grammar, Meaning};
use tense::Tenses;
use words::{Item, Unit, Word, Words};

/// TIMEX3's letters for the parts of a day.
const PARTS: [&str; 5] = ["MO", "AF", "EV", "NI", "MI"];

/// Finds expressions of time in English.
#[derive(Debug)]
pub(crate) struct Dates {
    words: Words,
    tenses: Tenses,
}

impl Dates {
    /// Reads its word lists, which are part of the program.
    pub(crate) fn new() -> Self {
        Self {
            words: Words::new(include_str!("../data/en/time.txt")),
            tenses: Tenses::new(include_str!("../data/en/tense.txt")),
        }
    }

    /// Adds the layer of dates.
    pub(crate) fn add(&self, doc: &mut Document) {
        let mut items = Vec::new();
        let mut dates: Vec<DateMention> = Vec::new();
        let mut anchor = doc.article.published.map(|published| published.date);
        let mut last: Option<Last> = None;
        for index in 0..doc.sentences.len() {
            let tokens = doc.sentences[index].tokens.clone();
            let tokens = tokens.start as usize..tokens.end as usize;
            if !self.words.read(doc, tokens.clone(), &mut items) {
                continue;
            }
            let grammar = Grammar { items: &items };
            let mut at = 0;
            while at < items.len() {
                let found = grammar.parse(at).filter(|found| found.to <= items.len());
                let Some(mut found) = found else {
                    at += 1;
                    continue;
                };
                let to = found.to;
                let first = widened(&items, at, &found);
                let (from, end) = (items[first].start, items[to - 1].end);
                let span = doc.article.text.span(from..end).ok();
                let span = span.filter(|&span| !in_name(doc, span));
                let Some(span) = span else {
                    at += 1;
                    continue;
                };
                if anchor.is_none()
                    && index == 0
                    && let Meaning::Day(day) = found.meaning
                {
                    anchor = dateline(&items, to).then_some(day);
                }
                let tense = match found.meaning {
                    Meaning::Tensed(_) | Meaning::SeasonNear(_, None) => {
                        self.tenses
                            .at(doc, tokens.clone(), items[at].token as usize)
                    }
                    _ => None,
                };
                let compares = last.is_some_and(|last| last.quarter) && year_before(&found);
                let reach = if compares { REPORT } else { 1 };
                let base = last
                    .filter(|last| index <= last.sentence + reach)
                    .map(|last| last.when);
                let compares = compares && base.is_some();
                if compares {
                    found.meaning = Meaning::Shift(-1, Unit::Year);
                }
                let resolved = resolve::resolve(&found, anchor, base, tense);
                if let Some(when) = resolved.when
                    && found.kind != DateKind::Duration
                    && !compares
                {
                    last = Some(Last {
                        when,
                        sentence: index,
                        quarter: matches!(found.rule, "quarter" | "the quarter"),
                    });
                }
                dates.push(DateMention {
                    span,
                    kind: found.kind,
                    value: resolved.value,
                    when: resolved.when,
                    relative: resolved.relative,
                    rule: found.rule,
                });
                at = to;
            }
        }
        doc.dates = dates;
    }
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

/// A date to count from, where there is one.
type Anchor = Option<Date>;

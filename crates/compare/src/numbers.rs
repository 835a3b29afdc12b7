//! In: the quantities of a passage. Out: its numbers with their units, comparable across articles; whether two can be
//! the same figure, hedges considered. Refuses nothing: a number without a unit is compared by what it counts.

use crate::lexicon::lexicon;
use model::{Document, Hedge, Quantity, QuantityKind, Span};

/// Part by which "about" may be off, where the number is round enough: "about 3,200" is not 2,900.
const ABOUT: f64 = 0.1;

/// A number with its unit, comparable across articles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// Value (lower end of a range).
    pub value: f64,
    /// Upper end.
    pub high: f64,
    /// How exact.
    pub hedge: Hedge,
    /// What sort.
    pub kind: QuantityKind,
    /// Stem of the unit's last word; 0 where there is none.
    pub unit: u64,
    /// All of it in the text.
    pub span: Span,
    /// The number alone.
    pub figure: Span,
}

impl Number {
    /// Whether both can be the same figure, hedges considered.
    pub(crate) fn agrees(&self, other: &Number) -> bool {
        let (low, high) = self.range();
        let (other_low, other_high) = other.range();
        low <= other_high && other_low <= high
    }

    /// Whether who gives this figure gives the other too: "twelve" tells "at least nine", not the other way round.
    pub(crate) fn tells(&self, other: &Number) -> bool {
        let open = |number: &Number| matches!(number.hedge, Hedge::AtLeast | Hedge::AtMost);
        self.agrees(other)
            && (!open(self) || self.hedge == other.hedge && self.value == other.value)
    }

    fn range(&self) -> (f64, f64) {
        let slack = match self.hedge {
            Hedge::About => (self.value.abs() * ABOUT).min(rounded_to(self.value)),
            _ => self.value.abs() * 0.005,
        };
        let low = self.value.min(self.high) - slack;
        let high = self.value.max(self.high) + slack;
        match self.hedge {
            Hedge::AtLeast => (low, f64::INFINITY),
            Hedge::AtMost => (f64::NEG_INFINITY, high),
            _ => (low, high),
        }
    }
}

/// The greatest power of ten that a number is a multiple of: 100 for 3,200.
fn rounded_to(value: f64) -> f64 {
    let mut unit = 1.0;
    while value.abs() >= unit * 10.0 && value % (unit * 10.0) == 0.0 {
        unit *= 10.0;
    }
    unit
}

/// The numbers that lie in a span.
pub(crate) fn numbers_in(doc: &Document, span: Span) -> Vec<Number> {
    let from = doc
        .quantities
        .partition_point(|q| q.span.start() < span.start());
    doc.quantities[from..]
        .iter()
        .take_while(|q| q.span.start() < span.end())
        .filter(|q| span.contains(q.span))
        .map(|q| Number {
            value: q.value,
            high: q.high.unwrap_or(q.value),
            hedge: q.hedge,
            kind: q.kind,
            unit: unit(doc, q),
            span: q.span,
            figure: q.number,
        })
        .collect()
}

/// The unit of a share: no list of units is so long.
const PERCENT: u64 = 1_000;

/// What two figures of one unit have in common: the stem of its last word, or the place of what the word
/// stands for; 0 where there is none.
fn unit(doc: &Document, quantity: &Quantity) -> u64 {
    if quantity.kind == QuantityKind::Percent {
        return PERCENT;
    }
    let last = quantity
        .unit
        .and_then(|unit| doc.tokens[doc.tokens_in(unit)].last());
    last.map_or(0, |token| {
        let known = lexicon(doc).unit(doc.get(token.span));
        known.unwrap_or(token.stem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Text;

    fn number(value: f64, hedge: Hedge) -> Number {
        let span = Text::new("x").span(0..1).expect("fits");
        Number {
            value,
            high: value,
            hedge,
            kind: QuantityKind::Count,
            unit: 0,
            span,
            figure: span,
        }
    }

    #[test]
    fn hedged_numbers_agree_with_what_they_allow() {
        assert!(number(20.0, Hedge::AtLeast).agrees(&number(25.0, Hedge::Exact)));
        assert!(!number(20.0, Hedge::Exact).agrees(&number(25.0, Hedge::Exact)));
        assert!(number(1000.0, Hedge::About).agrees(&number(1050.0, Hedge::Exact)));
        assert!(!number(20.0, Hedge::AtMost).agrees(&number(25.0, Hedge::Exact)));
    }
}

//! Figures in whole sentences. In: the sentences of a story as the encoder read them. Out: disputes where two of
//! different articles put different figures of one sort (numbers, lengths of time, times of day) in like places:
//! alike in what stands around them and in all else, and each the nearest that the other's article has.
//!
//! Statements that are lined up are set against each other by their words, in `number`; a figure inside a long
//! sentence ("said its offer stood whether Qualcomm's $47 billion bid …") is in none that is.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use encoder::Passage;
use jiff::civil::Date;
use model::{DisputeKind, Mention, QuantityKind, Span};

use super::number::converted;
use super::{Found, FoundSide, Ground, toll};
use crate::contrary::{CLOCK_SLACK, is_other_length, minutes};
use crate::numbers::Number;
use crate::pair::{Sharing, days};
use crate::passages::{ALL, both_ways, near_pairs};
use crate::terms::Said;

/// What speaks for it that two figures clash, as a logistic model: fitted on the invented stories of `training/`
/// and the comparison gold. Of the gold's pairs of figures, each story left out of the fit in turn, those that the
/// threshold lets through are two sides of a dispute in 10 of 11 cases; of two invented writers kept aside in 7 of 11.
#[derive(Clone, Copy)]
struct Weights {
    bias: f32,
    /// How alike the encoder reads the two figures.
    figures: f32,
    /// The same of the [`AROUND`] pieces on either side of them.
    around: f32,
    /// The same of the whole sentences.
    sentences: f32,
    /// How many times one is the other, as a logarithm up to [`FAR`]: of far apart figures, two things are counted.
    apart: f32,
    /// The likeness of the sentences beside that of the likest that either has in the other's article.
    best: f32,
    /// Of the two, those that the other's article has elsewhere.
    known: f32,
    /// Other figures of the sort in either sentence.
    several: f32,
}

const WEIGHTS: Weights = Weights {
    bias: -8.54,
    figures: 3.08,
    around: 1.82,
    sentences: 1.96,
    apart: -0.79,
    best: 3.82,
    known: -0.21,
    several: -0.11,
};
/// A chance from which two figures clash.
const CLASH: f32 = 0.3;
const AROUND: usize = 3;
const FAR: f32 = 2.0;
/// Days between two reports of one event, at most.
const ONE_EVENT: i32 = 3;
/// Beside a figure of nought.
const TINY: f64 = 1e-6;
/// Part of a sentence that the other must say, of one of the two, for the pair to be looked at.
const LEAST: f32 = 0.35;
/// The nearest sentences with figures that are looked at for each, by the mean of their pieces; below this cosine none.
const NEAREST: usize = 48;
const LEAST_COSINE: f32 = 0.2;

/// What a figure is of: figures are set against each other within one sort.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Number(Number),
    /// Seconds, and whether it is hedged.
    Length(f64, bool),
    /// Minutes from midnight.
    Clock(i64),
}

impl Sort {
    fn comparable(&self, other: &Self) -> bool {
        match (self, other) {
            // Of what is counted there are many names ("people", "civilians"), of a measure one.
            (Self::Number(one), Self::Number(other)) => {
                one.kind == other.kind
                    && (one.kind == QuantityKind::Count || one.unit == other.unit)
            }
            (Self::Length(..), Self::Length(..)) | (Self::Clock(_), Self::Clock(_)) => true,
            _ => false,
        }
    }

    /// Whether both can be one figure.
    fn agrees(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Number(one), Self::Number(other)) => one.agrees(&other),
            (Self::Length(one, hedged), Self::Length(other, too)) => {
                !is_other_length(one, other, hedged || too)
            }
            (Self::Clock(one), Self::Clock(other)) => (one - other).abs() <= CLOCK_SLACK,
            _ => false,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.comparable(other) && self.agrees(other)
    }

    fn size(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number.value.abs()),
            Self::Length(seconds, _) => Some(*seconds),
            Self::Clock(_) => None,
        }
    }
}

struct Figure {
    sort: Sort,
    said: u32,
    span: Span,
    /// Its pieces in its sentence.
    pieces: Range<usize>,
}

/// A sentence with figures.
struct Sentence {
    article: u32,
    /// Index into the passages of sentences.
    passage: usize,
    figures: Vec<Figure>,
}

/// Two figures of two sentences that clash.
struct Clash<'s> {
    chance: f32,
    sides: [&'s Figure; 2],
}

pub(super) fn find(ground: &Ground<'_>, tolls: &toll::Tolls, known: &[Found]) -> Vec<Found> {
    let Some(passages) = ground.told.sentences() else {
        return Vec::new();
    };
    let sentences = sentences(ground);
    let mut clashes = clashes(passages, &sentences);
    clashes.retain(|clash| is_dispute(ground, tolls, clash));
    clashes.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    let mut found: Vec<[Vec<&Figure>; 2]> = Vec::new();
    for clash in &clashes {
        let [one, other] = clash.sides;
        if known
            .iter()
            .any(|dispute| tells(ground, dispute, one, other))
        {
            continue;
        }
        // The same two figures once more stand on the sides that there are; a third in their place is another report
        // of a matter that is told.
        let sits =
            |side: &[&Figure], figure: &Figure| side.iter().any(|f| f.sort.is_same(&figure.sort));
        let joined = found.iter_mut().find_map(|sides| {
            let [first, second] = sides;
            let straight = sits(first, one) && sits(second, other);
            let crossed = sits(first, other) && sits(second, one);
            (straight || crossed).then_some(if straight {
                (sides, one, other)
            } else {
                (sides, other, one)
            })
        });
        if let Some(([first, second], one, other)) = joined {
            first.push(one);
            second.push(other);
            continue;
        }
        let taken = found.iter().flatten().flatten();
        if taken.into_iter().any(|f| {
            f.span == one.span && f.said == one.said || f.span == other.span && f.said == other.said
        }) {
            continue;
        }
        found.push([vec![one], vec![other]]);
    }
    found.into_iter().map(|sides| told(ground, sides)).collect()
}

/// The story's sentences that were read and have figures.
fn sentences(ground: &Ground<'_>) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::new();
    let mut last = None;
    for (said, one) in (0u32..).zip(&ground.terms.said) {
        let Some(passage) = ground.told.sentence_of(said) else {
            continue;
        };
        let numbers = one
            .facts
            .numbers
            .iter()
            .filter(|n| n.kind != QuantityKind::Ordinal && !converted(ground, one, n));
        let numbers = numbers.map(|n| (Sort::Number(*n), n.span, n.figure));
        let lengths = one.facts.lengths.iter();
        let lengths =
            lengths.map(|&(seconds, hedged, span)| (Sort::Length(seconds, hedged), span, span));
        let clocks = one.facts.clocks.iter();
        let clocks =
            clocks.filter_map(|(when, span)| Some((Sort::Clock(minutes(when)?), *span, *span)));
        let figures: Vec<Figure> = numbers
            .chain(lengths)
            .chain(clocks)
            .filter_map(|(sort, span, words)| {
                let pieces = ground.told.pieces(one, words)?;
                Some(Figure {
                    sort,
                    said,
                    span,
                    pieces,
                })
            })
            .collect();
        if figures.is_empty() {
            continue;
        }
        if last.replace(passage) == Some(passage)
            && let Some(sentence) = found.last_mut()
        {
            sentence.figures.extend(figures);
            continue;
        }
        found.push(Sentence {
            article: one.article,
            passage,
            figures,
        });
    }
    found
}

/// Two sentences of different articles that are near enough to be looked at.
struct Near {
    sentences: (usize, usize),
    /// How alike they are.
    alike: f32,
}

fn clashes<'s>(passages: &[Passage], sentences: &'s [Sentence]) -> Vec<Clash<'s>> {
    let read: Vec<Passage> = sentences
        .iter()
        .map(|s| passages[s.passage].clone())
        .collect();
    let mut room = Vec::new();
    let mut near: Vec<Near> = Vec::new();
    let mut best: HashMap<(usize, u32), f32> = HashMap::new();
    for (a, b) in near_pairs(&read, NEAREST, LEAST_COSINE, |at| sentences[at].article) {
        let (a, b) = (a as usize, b as usize);
        let (one, other) = (&sentences[a], &sentences[b]);
        let differ = |f: &Figure| {
            other
                .figures
                .iter()
                .any(|o| f.sort.comparable(&o.sort) && !f.sort.agrees(&o.sort))
        };
        if !one.figures.iter().any(differ) {
            continue;
        }
        let said = read[a].said_in(&read[b], &mut room)[ALL];
        if said.0.max(said.1) < LEAST {
            continue;
        }
        let alike = both_ways(said);
        for key in [(a, other.article), (b, one.article)] {
            let best = best.entry(key).or_default();
            *best = best.max(alike);
        }
        near.push(Near {
            sentences: (a, b),
            alike,
        });
    }
    // The figures that each article has.
    let mut of_article: BTreeMap<u32, Vec<Sort>> = BTreeMap::new();
    for sentence in sentences {
        let all = of_article.entry(sentence.article).or_default();
        all.extend(sentence.figures.iter().map(|figure| figure.sort));
    }
    let has =
        |article: u32, sort: &Sort| of_article[&article].iter().any(|other| sort.is_same(other));
    let mut found = Vec::new();
    for Near {
        sentences: (a, b),
        alike,
    } in near
    {
        let (one, other) = (&sentences[a], &sentences[b]);
        let most = best[&(a, other.article)].max(best[&(b, one.article)]);
        let meeting = read[a].meet(&read[b], &mut room);
        let lone =
            |figure: &Figure, there: &[Figure]| !there.iter().any(|o| figure.sort.is_same(&o.sort));
        for first in one
            .figures
            .iter()
            .filter(|figure| lone(figure, &other.figures))
        {
            let comparable = |o: &&Figure| first.sort.comparable(&o.sort);
            for second in other
                .figures
                .iter()
                .filter(comparable)
                .filter(|figure| lone(figure, &one.figures))
            {
                let beside = |figures: &[Figure]| figures.iter().filter(comparable).count() - 1;
                let known = [(other.article, first), (one.article, second)];
                let known = known
                    .iter()
                    .filter(|(article, figure)| has(*article, &figure.sort))
                    .count();
                let apart = match (first.sort.size(), second.sort.size()) {
                    (Some(a), Some(b)) => ((a + TINY) / (b + TINY)).ln().abs() as f32,
                    _ => 0.0,
                };
                let around = |figure: &Figure, passage: &Passage| -> Vec<usize> {
                    let from = figure.pieces.start.saturating_sub(AROUND);
                    let to = (figure.pieces.end + AROUND).min(passage.len());
                    (from..to)
                        .filter(|at| !figure.pieces.contains(at))
                        .collect()
                };
                let own = |figure: &Figure| figure.pieces.clone().collect::<Vec<usize>>();
                let w = WEIGHTS;
                let odds = w.bias
                    + w.figures * meeting.alike(&own(first), &own(second))
                    + w.around * meeting.alike(&around(first, &read[a]), &around(second, &read[b]))
                    + w.sentences * alike
                    + w.apart * apart.min(FAR)
                    + w.best * alike / most.max(f32::MIN_POSITIVE)
                    + w.known * known as f32
                    + w.several * (beside(&one.figures) + beside(&other.figures)) as f32;
                let chance = 1.0 / (1.0 + (-odds).exp());
                if chance >= CLASH {
                    found.push(Clash {
                        chance,
                        sides: [first, second],
                    });
                }
            }
        }
    }
    found
}

/// Whether both sides put their figure forward, of one time, and the one is no later count of the other.
fn is_dispute(ground: &Ground<'_>, tolls: &toll::Tolls, clash: &Clash<'_>) -> bool {
    let [one, other] = clash.sides;
    let [a, b] = clash
        .sides
        .map(|figure| &ground.terms.said[figure.said as usize]);
    // Of reports that lie far apart the later may tell of another event of the kind.
    let near = |(one, other): (Date, Date)| {
        let apart = one.until(other);
        apart.is_ok_and(|span| span.get_days().abs() <= ONE_EVENT)
    };
    let published = |said: &Said| ground.docs[said.article as usize].article.published;
    let days_of = published(a)
        .zip(published(b))
        .map(|(a, b)| (a.date, b.date));
    if !days_of.is_none_or(near) {
        return false;
    }
    let firm = |said: u32, one: &Said| {
        ground.asserts(said) && !one.conditional && !one.whether && !one.negated
    };
    if !firm(one.said, a) || !firm(other.said, b) || days(a, b) == Sharing::Differs {
        return false;
    }
    let (Sort::Number(first), Sort::Number(second)) = (&one.sort, &other.sort) else {
        return true;
    };
    let (low, high) = match first.value <= second.value {
        true => ((a, first), (b, second)),
        false => ((b, second), (a, first)),
    };
    !toll::rose(ground, tolls, low, high)
}

/// Whether a dispute that is known sets these two against each other.
fn tells(ground: &Ground<'_>, known: &Found, one: &Figure, other: &Figure) -> bool {
    let side_of = |figure: &Figure| {
        let at = ground.terms.mention(figure.said);
        known.sides.iter().position(|side| {
            side.mentions
                .iter()
                .any(|m| m.article == at.article && m.span.overlaps(at.span))
        })
    };
    matches!((side_of(one), side_of(other)), (Some(a), Some(b)) if a != b)
}

/// The dispute of two sides, the lower figure first.
fn told(ground: &Ground<'_>, mut sides: [Vec<&Figure>; 2]) -> Found {
    let size = |side: &[&Figure]| side.first().and_then(|figure| figure.sort.size());
    if size(&sides[0]) > size(&sides[1]) {
        sides.swap(0, 1);
    }
    let question = sides.iter().filter_map(|side| {
        let figure = side.first()?;
        Some(Mention {
            article: ground.terms.said[figure.said as usize].article,
            span: figure.span,
        })
    });
    Found {
        kind: match sides[0].first().map(|figure| figure.sort) {
            Some(Sort::Clock(_)) => DisputeKind::Date,
            _ => DisputeKind::Number,
        },
        question: question.collect(),
        sides: sides
            .iter()
            .map(|side| FoundSide {
                mentions: side
                    .iter()
                    .map(|figure| ground.terms.mention(figure.said))
                    .collect(),
                held_by: side
                    .iter()
                    .filter_map(|figure| ground.holder(figure.said))
                    .collect(),
            })
            .collect(),
    }
}

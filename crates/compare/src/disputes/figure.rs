//! Figures in whole sentences. In: the sentences of a story as the encoder read them. Out: disputes where two of
//! different articles put different figures of one sort (numbers, lengths of time, times of day) in like places:
//! alike in what stands around them and in all else, and each the nearest that the other's article has.
//!
//! Statements that are lined up are set against each other by their words, in `number`; a figure inside a long
//! sentence ("said its offer stood whether Qualcomm's $47 billion bid …") is in none that is.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use model::{DisputeKind, Mention, Span};

use super::{Found, FoundSide, Ground, toll};
use crate::figures::{FEATURES, Figure, Pair, Sort, Value, each};
use crate::shared::{Sharing, days};
use crate::terms::Said;

/// How much each feature speaks for it that two figures clash: a logistic model, made by `cargo xtask train
/// figures DATA`.
#[rustfmt::skip]
const WEIGHTS: [f32; FEATURES] = [
    2.67, // figures
    1.27, // around
    2.90, // sentences
    -0.88, // apart
    4.06, // best
    -0.34, // known
    -0.15, // several
];
const BIAS: f32 = -8.49;
/// A chance from which two figures clash.
const CLASH: f32 = 0.31;
/// Disputes of one measure in a story, at most: where there are more it tells of several events, each with its own
/// distances and heights.
const OF_A_MEASURE: usize = 2;
/// Days between two reports of one event, at most.
const ONE_EVENT: i32 = 3;

/// Two figures of two sentences that clash.
struct Clash {
    chance: f32,
    sides: [Figure; 2],
}

impl Clash {
    fn of(pair: &Pair) -> Option<Self> {
        let weighted = pair.features.iter().zip(&WEIGHTS);
        let odds = BIAS + weighted.map(|(value, weight)| value * weight).sum::<f32>();
        let chance = 1.0 / (1.0 + (-odds).exp());
        (chance >= CLASH).then_some(Self {
            chance,
            sides: pair.figures,
        })
    }
}

pub(super) fn find(ground: &Ground<'_>, tolls: &toll::Tolls, known: &[Found]) -> Vec<Found> {
    let mut clashes: Vec<Clash> = Vec::new();
    each(ground.relations, |pair| clashes.extend(Clash::of(&pair)));
    clashes.retain(|clash| is_dispute(ground, tolls, clash));
    clashes.sort_by(|a, b| b.chance.total_cmp(&a.chance));
    let mut found: Vec<[Vec<Figure>; 2]> = Vec::new();
    // By two values, the dispute of them.
    let mut of_values: HashMap<[Value; 2], usize> = HashMap::new();
    let mut taken: HashSet<(u32, Span)> = HashSet::new();
    for clash in &clashes {
        let [one, other] = clash.sides;
        if known
            .iter()
            .any(|dispute| tells(ground, dispute, &one, &other))
        {
            continue;
        }
        let places = [one, other].map(|figure| (figure.said, figure.span));
        let [value, with] = [one, other].map(|figure| figure.sort.value());
        // The same two figures once more stand on the sides that there are; a third in their place is another report
        // of a matter that is told.
        let straight = of_values.get(&[value, with]).map(|&at| (at, 0));
        let joined = straight.or_else(|| of_values.get(&[with, value]).map(|&at| (at, 1)));
        if let Some((at, side)) = joined {
            found[at][side].push(one);
            found[at][1 - side].push(other);
        } else if places.iter().any(|place| taken.contains(place)) {
            continue;
        } else {
            of_values.insert([value, with], found.len());
            found.push([vec![one], vec![other]]);
        }
        taken.extend(places);
    }
    let measure =
        |sides: &[Vec<Figure>; 2]| sides[0].first().and_then(|figure| figure.sort.measure());
    let mut of_measure: HashMap<u64, usize> = HashMap::new();
    for one in found.iter().filter_map(measure) {
        *of_measure.entry(one).or_default() += 1;
    }
    found.retain(|sides| measure(sides).is_none_or(|one| of_measure[&one] <= OF_A_MEASURE));
    found.into_iter().map(|sides| told(ground, sides)).collect()
}

/// Whether both sides put their figure forward, of one time, and the one is no later count of the other.
fn is_dispute(ground: &Ground<'_>, tolls: &toll::Tolls, clash: &Clash) -> bool {
    let [one, other] = clash.sides;
    let [a, b] = clash
        .sides
        .map(|figure| &ground.terms.said[figure.said as usize]);
    // Of reports that lie far apart the later may tell of another event of the kind.
    let near = |(one, other): (Date, Date)| {
        let apart = one.until(other);
        apart.is_ok_and(|span| span.get_days().abs() <= ONE_EVENT)
    };
    let published = |said: &Said| ground.docs[said.article].article.published;
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
fn told(ground: &Ground<'_>, mut sides: [Vec<Figure>; 2]) -> Found {
    let size = |side: &[Figure]| side.first().and_then(|figure| figure.sort.size());
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

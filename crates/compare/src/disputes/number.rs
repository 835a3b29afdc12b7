//! Numbers: two figures for one thing. In: pairs of statements that state one claim. Out: disputes
//! where both give a number of the same unit in the same words and the two cannot both be right,
//! hedges considered. A later figure that supersedes an earlier one is shown with both; the dates
//! tell the rest.

use model::{DisputeKind, QuantityKind, Span};

use super::phrase::{Phrase, is_content, is_one_of};
use super::{Found, FoundSide, Ground};
use crate::terms::{Number, Said};

/// Pairs below this score do not state one claim surely enough to set their numbers against each
/// other.
const SURE: f32 = 0.35;
/// Words that make a number one of what is left: it need not be the other's.
const REST: [&str; 7] = [
    "other",
    "others",
    "another",
    "more",
    "additional",
    "further",
    "extra",
];
/// Content words looked at on either side of a number.
const REACH: usize = 4;

pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let mut found: Vec<(u32, u64, Found)> = Vec::new();
    for pair in ground.pairs {
        let (a, b) = (
            &ground.terms.said[pair.a as usize],
            &ground.terms.said[pair.b as usize],
        );
        let both = ground.asserts(pair.a) && ground.asserts(pair.b);
        if a.article == b.article || pair.score < SURE || !both {
            continue;
        }
        let Some((one, other)) = conflict(ground, a, b) else {
            continue;
        };
        let claim = ground.claim_of(pair.a).unwrap_or(u32::MAX);
        let (unit, low, high) = if one.value <= other.value {
            (one.unit, a, b)
        } else {
            (one.unit, b, a)
        };
        let mention = |said: &Said| model::Mention {
            article: said.article,
            span: said.span,
        };
        let number = |said: &Said, number: &Number| model::Mention {
            article: said.article,
            span: number.span,
        };
        // Of one claim and unit, one dispute: further passages join the side of their value.
        let same = found
            .iter_mut()
            .find(|(c, u, _)| *c == claim && *u == unit && claim != u32::MAX);
        if let Some((_, _, known)) = same {
            known.sides[0].mentions.push(mention(low));
            known.sides[1].mentions.push(mention(high));
            continue;
        }
        let side = |said: &Said| FoundSide {
            mentions: vec![mention(said)],
            held_by: said.speaker.into_iter().collect(),
        };
        found.push((
            claim,
            unit,
            Found {
                kind: DisputeKind::Number,
                question: vec![number(a, &one), number(b, &other)],
                sides: vec![side(low), side(high)],
            },
        ));
    }
    found.into_iter().map(|(_, _, found)| found).collect()
}

/// Numbers of one unit in like surroundings that cannot both be right.
fn conflict(ground: &Ground<'_>, a: &Said, b: &Said) -> Option<(Number, Number)> {
    for one in &a.numbers {
        for other in &b.numbers {
            let comparable = one.kind == other.kind
                && one.kind != QuantityKind::Ordinal
                && one.unit == other.unit
                && one.unit != 0;
            if !comparable || one.agrees(other) {
                continue;
            }
            // A number that agrees, or the same figure of anything ("five of whom"): the two
            // speak of parts and wholes.
            let matched = |n: &Number, of: &Said, by: &Said| {
                let figure = ground.docs[of.article as usize].get(n.figure);
                let doc = ground.docs[by.article as usize];
                by.numbers.iter().any(|o| o.kind == n.kind && o.agrees(n))
                    || doc.tokens[doc.tokens_in(by.span)]
                        .iter()
                        .any(|token| is_one_of(doc, token, &[figure]))
            };
            let rest = |said: &Said, number: &Number| {
                let doc = ground.docs[said.article as usize];
                doc.tokens[doc.tokens_in(number.span)]
                    .iter()
                    .any(|t| is_one_of(doc, t, &REST))
            };
            // Of several sums in one statement nothing tells which is the other's.
            let several = |said: &Said| {
                let sums = said.numbers.iter();
                sums.filter(|n| n.kind == QuantityKind::Money).count() > 1
            };
            if one.kind == QuantityKind::Money && (several(a) || several(b)) {
                continue;
            }
            if matched(one, a, b) || matched(other, b, a) || rest(a, one) || rest(b, other) {
                continue;
            }
            if said_alike(a, b) && alike_around(ground, a, one.span, b, other.span) {
                return Some((*one, *other));
            }
        }
    }
    None
}

/// Whether two statements say the same to be done: a verb in common, where both have one. Twelve
/// people who died are not the 22 who are in hospital.
fn said_alike(a: &Said, b: &Said) -> bool {
    a.verbs.is_empty() || b.verbs.is_empty() || a.verbs.iter().any(|verb| b.verbs.contains(verb))
}

/// Whether the words around two numbers speak of the same: at least one content word beside the
/// unit is shared nearby.
fn alike_around(ground: &Ground<'_>, a: &Said, one: Span, b: &Said, other: Span) -> bool {
    let around = |said: &Said, number: Span| -> Phrase {
        let doc = ground.docs[said.article as usize];
        let all = doc.tokens_in(said.span);
        let own = doc.tokens_in(number);
        let mut before: Vec<usize> = (all.start..own.start.max(all.start))
            .rev()
            .filter(|&at| is_content(doc, &doc.tokens[at]))
            .take(REACH)
            .collect();
        let after: Vec<usize> = (own.end.min(all.end)..all.end)
            .filter(|&at| is_content(doc, &doc.tokens[at]))
            .take(REACH)
            .collect();
        before.extend(after);
        let mut stems: Vec<(u64, f32)> = before
            .into_iter()
            .map(|at| doc.tokens[at].stem)
            .map(|stem| (stem, ground.terms.stem_weight(stem)))
            .collect();
        stems.sort_by_key(|s| s.0);
        stems.dedup_by_key(|s| s.0);
        Phrase { stems }
    };
    !around(a, one).shared(&around(b, other)).is_empty()
}

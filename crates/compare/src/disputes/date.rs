//! Dates: two days for one event. In: pairs of statements that surely state one claim. Out:
//! disputes where each names one day alone and the days differ.

use model::{DisputeKind, Mention, Precision, When};

use super::{Found, FoundSide, Ground};
use crate::terms::Said;

/// Pairs below this score do not state one claim surely enough to set their days against each
/// other.
const SURE: f32 = 0.6;

pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let mut found: Vec<(Option<u32>, Found)> = Vec::new();
    for pair in ground.pairs {
        let (a, b) = (
            &ground.terms.said[pair.a as usize],
            &ground.terms.said[pair.b as usize],
        );
        if a.article == b.article || pair.score < SURE {
            continue;
        }
        let (Some(one), Some(other)) = (single_day(a), single_day(b)) else {
            continue;
        };
        if one.agrees(&other) {
            continue;
        }
        let claim = ground.claim_of(pair.a);
        if claim.is_some() && found.iter().any(|(known, _)| *known == claim) {
            continue;
        }
        let side = |said: &Said| FoundSide {
            mentions: vec![Mention {
                article: said.article,
                span: said.span,
            }],
            held_by: said.speaker.into_iter().collect(),
        };
        let when = |said: &Said| {
            let doc = ground.docs[said.article as usize];
            doc.dates[doc.dates_in(said.span)]
                .iter()
                .map(|date| Mention {
                    article: said.article,
                    span: date.span,
                })
                .next()
        };
        let (early, late) = if one.start <= other.start {
            (a, b)
        } else {
            (b, a)
        };
        found.push((
            claim,
            Found {
                kind: DisputeKind::Date,
                question: [when(early), when(late)].into_iter().flatten().collect(),
                sides: vec![side(early), side(late)],
            },
        ));
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// The one day that a statement names.
fn single_day(said: &Said) -> Option<When> {
    match said.days.as_slice() {
        [day] if day.precision >= Precision::Day => Some(*day),
        _ => None,
    }
}

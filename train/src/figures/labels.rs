//! In: a gold story as the program reads it. Out: its candidate pairs of figures, each with whether they stand on two
//! sides of a dispute of the gold. A pair whose words do not stand in the gold's text is left out.

use compare::figures::FEATURES;
use eval::comparison::{Gold, Place};
use eval::lab::Lab;

use crate::logistic::Row;
use crate::stories::Read;

/// The features of two figures behind a bias.
pub(super) const BIASED: usize = FEATURES + 1;

/// Invented stories are not news: a pair of the gold's counts for two of theirs.
const GOLD: f64 = 2.0;

/// Where a story comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// Its soft disputes are disputes.
    Gold,
    /// Its soft disputes are figures that a later report updates: none.
    Invented,
}

/// The pairs of a story.
pub(super) fn rows(lab: &Lab, mut gold: Gold, origin: Origin) -> Vec<Row<BIASED>> {
    gold.disputes
        .retain(|dispute| dispute.firm || origin == Origin::Gold);
    let read = Read::of(lab, gold);
    let mut rows = Vec::new();
    for (story, docs, sentences) in read.stories() {
        for pair in compare::figures(story, &docs, sentences) {
            let [one, other] = pair.mentions.map(|mention| read.place(story, &mention));
            let (Some(one), Some(other)) = (one, other) else {
                continue;
            };
            let mut features = [1.0; BIASED];
            features[1..].copy_from_slice(&pair.features);
            rows.push(Row {
                features,
                yes: clash(&read.gold, &one, &other),
                weight: if origin == Origin::Gold { GOLD } else { 1.0 },
            });
        }
    }
    rows
}

/// Whether the gold has a dispute with one place inside a reading of one side and the other inside one of another.
fn clash(gold: &Gold, one: &Place, other: &Place) -> bool {
    gold.disputes.iter().any(|dispute| {
        let sides = |place: &Place| -> Vec<usize> {
            let holds = |side: &[Place]| side.iter().any(|reading| reading.holds(place));
            (0..dispute.sides.len())
                .filter(|&at| holds(&dispute.sides[at]))
                .collect()
        };
        let others = sides(other);
        sides(one)
            .iter()
            .any(|side| others.iter().any(|at| at != side))
    })
}

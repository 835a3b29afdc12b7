//! Denials: "X denied that P" or "there is no P" against statements of P. In: statements that
//! deny. Out: disputes with who says it and who denies it. What "that" or "the charge" means is
//! looked up in the clause before; a denial that nothing in the story asserts makes no dispute.

mod affirm;
mod read;
mod words;

use model::{DisputeKind, Mention, TokenClass};

use super::{Found, FoundSide, Ground};
use affirm::{accuser, affirms, says};
use read::{Denial, denials};

/// Two denials are of one matter when one holds this much of the other.
const SAME_MATTER: f32 = 0.6;

/// The same by what their words mean: how much of each the other says, in all and outside names.
const ONE_MATTER: f32 = 0.7;

/// A side shows so many passages at most, the closest first.
const SHOWN: usize = 10;

/// How surely what a denial answers affirms it.
const ANSWERED: f32 = 2.0;

/// Part of what the surest of them says that the others must say too.
const NEARLY: f32 = 0.85;

pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let denials: Vec<Denial> = (0..ground.terms.said.len() as u32)
        .flat_map(|said| denials(ground, said))
        .collect();
    // Denials of one matter are one dispute.
    let mut group: Vec<usize> = (0..denials.len()).collect();
    for i in 0..denials.len() {
        for j in i + 1..denials.len() {
            let (one, other) = (&denials[i].matter, &denials[j].matter);
            let same = one.shared(other).len() >= 2
                && (one.held_by(other) >= SAME_MATTER || other.held_by(one) >= SAME_MATTER);
            if same || one_matter(ground, &denials[i], &denials[j]) {
                let (from, to) = (group[j], group[i]);
                group
                    .iter_mut()
                    .filter(|g| **g == from)
                    .for_each(|g| *g = to);
            }
        }
    }
    let mut found = Vec::new();
    for first in 0..denials.len() {
        if group[first] != first {
            continue;
        }
        let members: Vec<&Denial> = denials
            .iter()
            .zip(&group)
            .filter(|(_, g)| **g == first)
            .map(|(d, _)| d)
            .collect();
        if members.iter().any(|denial| !denial.vague) {
            found.extend(dispute(ground, &members));
        }
    }
    found
}

/// Whether two denials say in whatever words that the same is not so.
fn one_matter(ground: &Ground<'_>, one: &Denial, other: &Denial) -> bool {
    let alike = |(all, plain): (f32, f32)| all >= ONE_MATTER && plain >= ONE_MATTER;
    one.absent == other.absent && ground.told.alike(one.words, other.words).is_some_and(alike)
}

fn dispute(ground: &Ground<'_>, denials: &[&Denial]) -> Option<Found> {
    let mut affirmed: Vec<(f32, u32)> = Vec::new();
    for denial in denials {
        affirmed.extend(denial.answers.map(|said| (ANSWERED, said)));
        affirmed.extend((0..ground.terms.said.len() as u32).filter_map(|said| {
            let sure = affirms(ground, denial, said).or_else(|| says(ground, denial, said));
            Some((sure?, said))
        }));
    }
    affirmed.retain(|(_, said)| !denials.iter().any(|denial| denial.said == *said));
    affirmed.sort_by(|a, b| (b.0.total_cmp(&a.0)).then(a.1.cmp(&b.1)));
    let mut seen = Vec::new();
    affirmed.retain(|(_, said)| {
        !seen.contains(said) && {
            seen.push(*said);
            true
        }
    });
    let surest = affirmed.iter().map(|(sure, _)| *sure);
    let surest = surest.filter(|sure| *sure < ANSWERED).fold(0.0, f32::max);
    affirmed.retain(|(sure, _)| *sure >= NEARLY * surest.min(1.0));
    affirmed.truncate(SHOWN);
    // The denial that spells its matter out stands for all.
    let clearest = denials
        .iter()
        .min_by_key(|d| (d.answers.is_some(), d.said))?;
    // The side is labelled with the passage that says most of the matter in the fewest words.
    let matter = matter_stems(ground, clearest.words);
    let label = affirmed
        .iter()
        .enumerate()
        .max_by(|a, b| {
            let worth = |said: u32| pointed(ground, said, &matter);
            worth(a.1.1).total_cmp(&worth(b.1.1)).then(b.0.cmp(&a.0))
        })
        .map(|(at, _)| at);
    if let Some(label) = label {
        affirmed[..=label].rotate_right(1);
    }
    let mut denying: Vec<u32> = denials.iter().map(|denial| denial.said).collect();
    denying.sort_by_key(|said| (*said != clearest.said, *said));
    Some(Found {
        kind: DisputeKind::Denial,
        question: vec![clearest.words],
        sides: vec![
            FoundSide {
                mentions: affirmed
                    .iter()
                    .map(|(_, said)| ground.terms.mention(*said))
                    .collect(),
                held_by: affirmed
                    .iter()
                    .filter_map(|(_, said)| accuser(ground, *said))
                    .collect(),
            },
            FoundSide {
                mentions: denying
                    .iter()
                    .map(|said| ground.terms.mention(*said))
                    .collect(),
                held_by: denials.iter().filter_map(|denial| denial.holder).collect(),
            },
        ],
    })
}

/// Letters of a passage that weigh as much as all words of the matter.
const LONG_LABEL: f32 = 400.0;

/// How well a statement stands for a matter: the part of its words that it has, less its length;
/// one that hangs on another clause stands for nothing.
fn pointed(ground: &Ground<'_>, said: u32, matter: &[u64]) -> f32 {
    let one = &ground.terms.said[said as usize];
    let held = matter.iter().filter(|stem| one.content.contains(stem));
    let hangs = !crate::clearest::is_whole(ground.doc(said), one);
    held.count() as f32 / matter.len().max(1) as f32
        - one.span.len() as f32 / LONG_LABEL
        - f32::from(hangs)
}

/// The stems of a passage's content words.
fn matter_stems(ground: &Ground<'_>, mention: Mention) -> Vec<u64> {
    let doc = ground.docs[mention.article as usize];
    doc.tokens[doc.tokens_in(mention.span)]
        .iter()
        .filter(|t| t.class == TokenClass::Word && !t.stop)
        .map(|t| t.stem)
        .collect()
}

//! Denials: "X denied that P" or "there is no P" against statements of P. In: statements that
//! deny. Out: disputes with who says it and who denies it. What "that" or "the charge" means is
//! looked up in the clause before; a denial that nothing in the story asserts makes no dispute.

mod affirm;
mod read;
mod words;

use std::collections::{HashMap, HashSet};

use model::{ArticleIx, DisputeKind, Mention, TokenClass};

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
    // Denials of one matter are one dispute; a thousand reprints deny the same in the same words.
    let firsts = firsts(&denials);
    let mut group = firsts.clone();
    let distinct: Vec<usize> = (0..denials.len()).filter(|&at| firsts[at] == at).collect();
    for (nth, &i) in distinct.iter().enumerate() {
        for &j in &distinct[nth + 1..] {
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
        let members = || (0..denials.len()).filter(|&at| group[at] == first);
        if members().any(|at| !denials[at].vague) {
            let (own, copies): (Vec<usize>, Vec<usize>) =
                members().partition(|&at| firsts[at] == at);
            let of = |places: Vec<usize>| places.into_iter().map(|at| &denials[at]).collect();
            found.extend(dispute(ground, of(own), of(copies)));
        }
    }
    found
}

/// For each denial the first that denies the same in the same words.
fn firsts(denials: &[Denial]) -> Vec<usize> {
    let mut known = HashMap::new();
    let place = |(at, denial): (usize, &Denial)| {
        let stems: Vec<u64> = denial.matter.stems.iter().map(|stem| stem.0).collect();
        let key = (stems, denial.deeds.clone(), denial.absent, denial.holder);
        *known.entry(key).or_insert(at)
    };
    denials.iter().enumerate().map(place).collect()
}

/// Whether two denials say in whatever words that the same is not so.
fn one_matter(ground: &Ground<'_>, one: &Denial, other: &Denial) -> bool {
    let alike = |(all, plain): (f32, f32)| all >= ONE_MATTER && plain >= ONE_MATTER;
    let meant = one.meant.as_ref().zip(other.meant.as_ref());
    one.absent == other.absent
        && meant.is_some_and(|(one, other)| alike(ground.relations.alike(one, other)))
}

/// A dispute of denials of one matter with those who affirm it; `copies` deny in words that others of them have.
fn dispute(ground: &Ground<'_>, own: Vec<&Denial>, copies: Vec<&Denial>) -> Option<Found> {
    let mut affirmed: Vec<(f32, u32)> = Vec::new();
    for denial in own.iter().chain(&copies) {
        affirmed.extend(denial.answers.map(|said| (ANSWERED, said)));
    }
    for denial in &own {
        affirmed.extend((0..ground.terms.said.len() as u32).filter_map(|said| {
            let sure = affirms(ground, denial, said).or_else(|| says(ground, denial, said));
            Some((sure?, said))
        }));
    }
    // Nobody affirms a thing in the sentence in which he denies it.
    let sentence = |said: u32| {
        let one = &ground.terms.said[said as usize];
        (one.article, one.sentence)
    };
    let of_copies: HashSet<(ArticleIx, u32)> =
        copies.iter().map(|copy| sentence(copy.said)).collect();
    let denials: Vec<&Denial> = own.into_iter().chain(copies).collect();
    let denying: HashSet<u32> = denials.iter().map(|denial| denial.said).collect();
    affirmed.retain(|(sure, said)| {
        !denying.contains(said) && (*sure >= ANSWERED || !of_copies.contains(&sentence(*said)))
    });
    affirmed.sort_by(|a, b| (b.0.total_cmp(&a.0)).then(a.1.cmp(&b.1)));
    let mut seen = HashSet::new();
    affirmed.retain(|(_, said)| seen.insert(*said));
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

/// What it counts for that a statement's holder is known.
const KNOWN_HOLDER: f32 = 0.25;

/// How well a statement stands for a matter: the part of its words that it has, and whose it is, less its length;
/// one that hangs on another clause stands for nothing.
fn pointed(ground: &Ground<'_>, said: u32, matter: &[u64]) -> f32 {
    let one = &ground.terms.said[said as usize];
    let held = matter.iter().filter(|stem| one.content.contains(stem));
    let hangs = !crate::clearest::is_whole(ground.doc(said), one);
    // Who is shown to hold a side says it in the words that are shown for it.
    let known = f32::from(accuser(ground, said).is_some());
    held.count() as f32 / matter.len().max(1) as f32 + KNOWN_HOLDER * known
        - one.span.len() as f32 / LONG_LABEL
        - f32::from(hangs)
}

/// The stems of a passage's content words.
fn matter_stems(ground: &Ground<'_>, mention: Mention) -> Vec<u64> {
    let doc = ground.docs[mention.article];
    doc.tokens[doc.tokens_in(mention.span)]
        .iter()
        .filter(|t| t.class == TokenClass::Word && !t.stop)
        .map(|t| t.stem)
        .collect()
}

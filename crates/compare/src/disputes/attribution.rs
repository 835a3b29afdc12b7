//! Attributions: the same words given to different speakers. In: utterances with their readings.
//! Out: disputes where two articles name different speakers for words in quote marks, both surely.

use model::{Confidence, DifferenceKind, DisputeKind, Form, QuoteReading};

use super::phrase::is_one_of;
use super::{Found, FoundSide, Ground};

pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    ground
        .utterances
        .iter()
        .filter(|utterance| {
            utterance
                .differences
                .iter()
                .any(|d| d.kind == DifferenceKind::Speaker)
        })
        .filter_map(|utterance| {
            let mut sides: Vec<(u32, FoundSide)> = Vec::new();
            for reading in utterance.readings.iter().filter(|reading| sure(reading)) {
                let Some(speaker) = reading
                    .speaker
                    .filter(|_| !speaks_for_another(ground, reading))
                else {
                    continue;
                };
                match sides.iter_mut().find(|(known, _)| *known == speaker) {
                    Some((_, side)) => side.mentions.push(reading.mention),
                    None => sides.push((
                        speaker,
                        FoundSide {
                            mentions: vec![reading.mention],
                            held_by: vec![speaker],
                        },
                    )),
                }
            }
            let articles: Vec<u32> = sides
                .iter()
                .flat_map(|(_, s)| s.mentions.iter().map(|m| m.article))
                .collect();
            let several = articles.iter().any(|article| *article != articles[0]);
            let speakers: Vec<u32> = sides.iter().map(|(speaker, _)| *speaker).collect();
            if may_be_one(ground, &speakers) {
                return None;
            }
            (sides.len() >= 2 && several).then(|| Found {
                kind: DisputeKind::Attribution,
                question: vec![sides[0].1.mentions[0]],
                sides: sides.into_iter().map(|(_, side)| side).collect(),
            })
        })
        .collect()
}

/// Whether two of these names have a word in common: a surname can be read as the wrong one of two
/// relatives, and an office as a part of itself.
fn may_be_one(ground: &Ground<'_>, speakers: &[u32]) -> bool {
    let words = |name: &u32| -> Vec<String> {
        let Some(name) = ground.story.names.get(*name as usize) else {
            return Vec::new();
        };
        let doc = ground.docs[name.clearest.article as usize];
        let words = doc.get(name.clearest.span).split_whitespace();
        words.map(str::to_lowercase).collect()
    };
    let words: Vec<Vec<String>> = speakers.iter().map(words).collect();
    words.iter().enumerate().any(|(at, one)| {
        words[at + 1..]
            .iter()
            .any(|other| one.iter().any(|word| other.contains(word)))
    })
}

/// Words of a few quoted pieces can be one voice reporting another; only whole quotations count.
fn sure(reading: &QuoteReading) -> bool {
    reading.confidence >= Confidence::Likely && reading.form == Form::Direct
}

/// Whether a reading is given to somebody who speaks for another (a spokesman, an office, a written
/// statement): the words can be both theirs.
fn speaks_for_another(ground: &Ground<'_>, reading: &QuoteReading) -> bool {
    const FOR_ANOTHER: [&str; 10] = [
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "spokesmen",
        "spokespeople",
        "ministry",
        "office",
        "embassy",
        "statement",
        "communique",
    ];
    reading.source.is_some_and(|source| {
        let doc = ground.docs[source.article as usize];
        doc.tokens[doc.tokens_in(source.span)]
            .iter()
            .any(|token| is_one_of(doc, token, &FOR_ANOTHER))
    })
}

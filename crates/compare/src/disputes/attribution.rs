//! Attributions: the same words given to different speakers. In: utterances with their readings.
//! Out: disputes where two articles name different speakers for words in quote marks, both surely.

use std::ops::Range;

use crate::lexicon::{is_one_of, lexicon};
use model::{
    ArticleIx, Confidence, DifferenceKind, DisputeKind, Document, Form, Mention, NameIx, NameKind,
    QuoteReading, Resolution,
};

use super::phrase::Phrase;
use super::{Found, FoundSide, Ground};

/// Part of the shorter reading's content words that the other must have.
const SAME_WORDS: f32 = 0.6;

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
            let mut sides: Vec<(NameIx, FoundSide)> = Vec::new();
            for reading in utterance
                .readings
                .iter()
                .filter(|reading| sure(ground, reading))
            {
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
            let articles: Vec<ArticleIx> = sides
                .iter()
                .flat_map(|(_, s)| s.mentions.iter().map(|m| m.article))
                .collect();
            let several = articles.iter().any(|article| *article != articles[0]);
            let speakers: Vec<NameIx> = sides.iter().map(|(speaker, _)| *speaker).collect();
            if may_be_one(ground, &speakers) || of_the_other(ground, &speakers, &utterance.readings)
            {
                return None;
            }
            let told = sides.len() >= 2 && several && same_words(ground, &sides[0].1, &sides[1].1);
            told.then(|| Found {
                kind: DisputeKind::Attribution,
                question: vec![sides[0].1.mentions[0]],
                sides: sides.into_iter().map(|(_, side)| side).collect(),
            })
        })
        .collect()
}

/// Whether two of these names have a word in common: a surname can be read as the wrong one of two
/// relatives, and an office as a part of itself.
fn may_be_one(ground: &Ground<'_>, speakers: &[NameIx]) -> bool {
    let words = |name: &NameIx| -> Vec<String> {
        let Some(name) = ground.story.names.get(name.at()) else {
            return Vec::new();
        };
        let doc = ground.docs[name.clearest.article];
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

/// Whether one of these names stands in another's role, or beside it where it is quoted: "Ada Lorne, Brill's
/// director" and "Brill".
fn of_the_other(ground: &Ground<'_>, speakers: &[NameIx], readings: &[QuoteReading]) -> bool {
    let text = |at: &Mention| ground.docs[at.article].get(at.span);
    speakers.iter().any(|one| {
        let name = ground.story.names.get(one.at());
        let roles = name.iter().flat_map(|name| &name.roles);
        let quoted = readings
            .iter()
            .filter(|reading| reading.speaker == Some(*one));
        let sources = quoted.filter_map(|reading| reading.source.as_ref());
        let about: Vec<&str> = roles.chain(sources).map(text).collect();
        speakers.iter().filter(|other| *other != one).any(|other| {
            let other = ground.story.names.get(other.at());
            other.is_some_and(|other| {
                about
                    .iter()
                    .any(|words| words.contains(text(&other.clearest)))
            })
        })
    })
}

/// Words of a few quoted pieces can be one voice reporting another; only whole quotations count. Whom
/// "he" or "the director" means is likely, not sure, and no ground for a dispute.
/// An office that speaks as "it" was named just before.
fn sure(ground: &Ground<'_>, reading: &QuoteReading) -> bool {
    let office = || {
        let names = &ground.story.names;
        let speaker = reading.speaker.and_then(|name| names.get(name.at()));
        reading.resolution == Resolution::Pronoun
            && speaker.is_some_and(|name| name.kind == NameKind::Organisation)
    };
    reading.form == Form::Direct
        && (reading.confidence == Confidence::Certain
            || reading.confidence == Confidence::Likely && office())
}

/// Whether two sides give the same words: a reading that was put here by its meaning may be another
/// utterance of another speaker.
fn same_words(ground: &Ground<'_>, a: &FoundSide, b: &FoundSide) -> bool {
    let phrase = |side: &FoundSide| {
        let at = side.mentions[0];
        let doc = ground.docs[at.article];
        Phrase::of(doc, ground.terms, doc.tokens_in(at.span))
    };
    let (one, other) = (phrase(a), phrase(b));
    one.held_by(&other).max(other.held_by(&one)) >= SAME_WORDS
}

/// Tokens behind the verb of saying among which a written statement is named.
const BEHIND: usize = 3;

/// Whether a reading is given to somebody who speaks for another (a spokesman, an office, a written
/// statement): the words can be both theirs.
fn speaks_for_another(ground: &Ground<'_>, reading: &QuoteReading) -> bool {
    // "White said in the statement": what follows the verb says it too, and the name behind an "it".
    let tells = |doc: &Document, tokens: Range<usize>| {
        doc.tokens[tokens]
            .iter()
            .any(|token| is_one_of(doc, token, &lexicon(doc).for_another))
    };
    let of = |at: &Mention| {
        let doc = ground.docs[at.article];
        tells(doc, doc.tokens_in(at.span))
    };
    let behind = |cue: &Mention| {
        let doc = ground.docs[cue.article];
        let from = doc.tokens_in(cue.span).end;
        tells(doc, from..doc.tokens.len().min(from + BEHIND))
    };
    let name = reading
        .speaker
        .and_then(|name| ground.story.names.get(name.at()));
    reading.source.as_ref().is_some_and(of)
        || name.is_some_and(|name| of(&name.clearest))
        || reading.cue.as_ref().is_some_and(behind)
}

//! In: a story. Out: its claims, one a row, and their readings, one a row.

use std::collections::HashMap;

use super::column::Columns;
use super::story::{Of, Passage, article_columns, passage_columns};
use crate::json::word;
use crate::view;
use crate::wire::{Claim, ClaimReading};

/// A reading of a claim; for the table of claims, the clearest one.
pub struct Row<'a> {
    of: &'a Of<'a>,
    claim: &'a Claim,
    reading: &'a ClaimReading,
    /// Ids of the disputes that have the claim on a side.
    disputes: Vec<String>,
}

fn passage<'a>(row: &Row<'a>) -> Passage<'a> {
    row.of.passage(&row.reading.mention)
}

/// The columns of a claim, whichever of its readings the row has.
fn claim<'a>() -> Columns<'a, Row<'a>> {
    Columns::<Row<'a>>::new()
        .with("story_id", "Id of the story.", |row| {
            row.of.story.id.clone()
        })
        .with("claim_id", "Id of the claim within the story.", |row| {
            row.claim.id.clone()
        })
        .with(
            "claim_key",
            "Leads to the claim while the story grows, where its id may become another's.",
            |row| row.claim.key.clone(),
        )
        .with(
            "claim_text",
            "The clearest of the claim's readings, to the letter.",
            |row| row.claim.text.clone(),
        )
        .with(
            "verdict",
            "What the readings come to: corroborated, single-origin, only-here, disputed.",
            |row| word(&row.claim.verdict),
        )
        .with("outlets", "How many outlets state the claim.", |row| {
            row.claim.outlets
        })
        .with(
            "origins_low",
            "The least number of independent origins that it can have.",
            |row| row.claim.origins.low,
        )
        .with(
            "origins_high",
            "The most that the evidence does not merge.",
            |row| row.claim.origins.high,
        )
}

/// The columns of one reading.
fn reading<'a>(columns: Columns<'a, Row<'a>>) -> Columns<'a, Row<'a>> {
    columns
        .with(
            "stance",
            "Whether the passage asserts, denies or questions the claim.",
            |row| word(&row.reading.stance),
        )
        .with(
            "source",
            "The passage's words for whom it has it from; null where there are none.",
            |row| {
                row.reading
                    .source
                    .as_ref()
                    .map(|source| source.text.clone())
            },
        )
        .with("attributed_to", "The names given as its source.", |row| {
            row.of.names(&row.reading.attributed_to)
        })
        .with("attributed_to_ids", "Their ids within the story.", |row| {
            row.reading.attributed_to.clone()
        })
}

/// The table of claims.
pub fn columns<'a>() -> Columns<'a, Row<'a>> {
    let columns = claim()
        .with("because", "Why the origins are so many.", |row| {
            row.claim.origins.because.clone()
        })
        .with(
            "stated_by",
            "The outlets that state it, in order of first appearance.",
            |row| row.of.outlets(view::stated(row.claim)),
        )
        .with("readings", "How many passages state it.", |row| {
            view::stated(row.claim).count()
        })
        .with(
            "near_readings",
            "How many passages only come near it.",
            |row| row.claim.readings.len() - view::stated(row.claim).count(),
        )
        .with(
            "dispute_ids",
            "Ids of the disputes that have it on a side.",
            |row| row.disputes.clone(),
        )
        .with(
            "absent_from_ids",
            "Ids of the articles whose full text lacks it.",
            |row| row.claim.absent_from.clone(),
        );
    // What follows is of the clearest reading.
    let columns = reading(article_columns(columns, |row| passage(row).cited()));
    columns
        .with(
            "start",
            "First code point of the claim's text in that article.",
            |row| row.reading.mention.start,
        )
        .with("end", "One past its last code point.", |row| {
            row.reading.mention.end
        })
}

/// The table of readings.
pub fn readings<'a>() -> Columns<'a, Row<'a>> {
    let columns = article_columns(claim(), |row| passage(row).cited()).with(
        "near",
        "Whether the passage only comes near the claim, does not state it, and counts for nothing.",
        |row| row.reading.near,
    );
    passage_columns(reading(columns), passage)
        .with(
            "carried_start",
            "First code point of the words of it that carry the claim; null where nothing was set beside it.",
            |row| row.reading.carried.as_ref().map(|carried| carried.start),
        )
        .with("carried_end", "One past their last code point.", |row| {
            row.reading.carried.as_ref().map(|carried| carried.end)
        })
}

/// The rows of the claims: each with its clearest reading.
pub fn rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Row<'a>> {
    let mut disputes: HashMap<&str, Vec<String>> = HashMap::new();
    for dispute in &of.story.disputes {
        for claim in dispute.sides.iter().flat_map(|side| &side.claims) {
            let ids = disputes.entry(claim).or_default();
            if ids.last() != Some(&dispute.id) {
                ids.push(dispute.id.clone());
            }
        }
    }
    of.story.claims.iter().filter_map(move |claim| {
        let clearest = claim.readings.get(claim.clearest as usize);
        Some(Row {
            of,
            claim,
            reading: clearest.or(claim.readings.first())?,
            disputes: disputes.get(claim.id.as_str()).cloned().unwrap_or_default(),
        })
    })
}

/// The rows of the readings.
pub fn reading_rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Row<'a>> {
    of.story.claims.iter().flat_map(move |claim| {
        claim.readings.iter().map(move |reading| Row {
            of,
            claim,
            reading,
            disputes: Vec::new(),
        })
    })
}

//! In: a story. Out: its disputes, one a row, and the passages of their sides, one a row.

use super::column::Columns;
use super::story::{Of, Passage, article_columns, distinct, passage_columns};
use crate::json::word;
use crate::wire::{Dispute, Mention, Side};

/// A dispute.
pub struct Row<'a> {
    of: &'a Of<'a>,
    dispute: &'a Dispute,
}

/// A passage that holds a side.
pub struct Held<'a> {
    of: &'a Of<'a>,
    dispute: &'a Dispute,
    /// Which side, counted from 1.
    number: usize,
    side: &'a Side,
    mention: &'a Mention,
}

/// The columns of a dispute.
fn dispute<'a, R: 'a>(of: fn(&R) -> (&'a Of<'a>, &'a Dispute)) -> Columns<'a, R> {
    Columns::<R>::new()
        .with("story_id", "Id of the story.", move |row| {
            of(row).0.story.id.clone()
        })
        .with("dispute_id", "Id of the dispute within the story.", move |row| {
            of(row).1.id.clone()
        })
        .with(
            "dispute_key",
            "Leads to the dispute while the story grows, where its id may become another's.",
            move |row| of(row).1.key.clone(),
        )
        .with(
            "kind",
            "In what it lies: denial, number, date, place, order, negation, attribution, description.",
            move |row| word(&of(row).1.kind),
        )
        .with(
            "question",
            "What it is about, in words of the articles alone, joined by \" · \".",
            move |row| of(row).1.question.clone(),
        )
}

/// The table of disputes.
pub fn columns<'a>() -> Columns<'a, Row<'a>> {
    dispute(|row: &Row<'a>| (row.of, row.dispute))
        .with("sides", "How many sides it has.", |row| {
            row.dispute.sides.len()
        })
        .with(
            "labels",
            "For each side, words of an article that stand for it.",
            |row| {
                let sides = row.dispute.sides.iter();
                sides.map(|side| side.label.clone()).collect::<Vec<_>>()
            },
        )
        .with("claim_ids", "Ids of the claims on its sides.", |row| {
            // One claim may be on two sides, told one way and the other.
            distinct(row.dispute.sides.iter().flat_map(|side| &side.claims))
        })
        .with(
            "outlet_names",
            "The outlets in which its sides stand, in order of first appearance.",
            |row| {
                let sides = row.dispute.sides.iter();
                row.of.outlets(sides.flat_map(|side| &side.mentions))
            },
        )
}

fn passage<'a>(row: &Held<'a>) -> Passage<'a> {
    row.of.passage(row.mention)
}

/// The table of sides.
pub fn sides<'a>() -> Columns<'a, Held<'a>> {
    let columns = dispute(|row: &Held<'a>| (row.of, row.dispute))
        .with("side", "Which side, counted from 1.", |row| row.number)
        .with(
            "label",
            "Words of an article that stand for the side.",
            |row| row.side.label.clone(),
        )
        .with("claim_ids", "Ids of the side's claims.", |row| {
            row.side.claims.clone()
        })
        .with(
            "held_by",
            "The names that hold the side; empty where an article does in its own voice.",
            |row| row.of.names(&row.side.held_by),
        )
        .with("held_by_ids", "Their ids within the story.", |row| {
            row.side.held_by.clone()
        });
    passage_columns(
        article_columns(columns, |row| passage(row).cited()),
        passage,
    )
}

/// The rows of the disputes.
pub fn rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Row<'a>> {
    let disputes = of.story.disputes.iter();
    disputes.map(move |dispute| Row { of, dispute })
}

/// The rows of their sides.
pub fn side_rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Held<'a>> {
    of.story.disputes.iter().flat_map(move |dispute| {
        let sides = dispute.sides.iter().zip(1..);
        sides.flat_map(move |(side, number)| {
            side.mentions.iter().map(move |mention| Held {
                of,
                dispute,
                number,
                side,
                mention,
            })
        })
    })
}

//! In: a story. Out: the passages of its timeline, one a row.

use super::column::Columns;
use super::days;
use super::story::{Of, Passage, article_columns, passage_columns};
use crate::json::word;
use crate::wire::{Event, Mention};

/// A passage that says when something happened.
pub struct Row<'a> {
    of: &'a Of<'a>,
    /// Which event of the story, counted from 1.
    number: usize,
    event: &'a Event,
    mention: &'a Mention,
}

fn passage<'a>(row: &Row<'a>) -> Passage<'a> {
    row.of.passage(row.mention)
}

/// The table of the timeline.
pub fn columns<'a>() -> Columns<'a, Row<'a>> {
    let columns = Columns::<Row<'a>>::new()
        .with("story_id", "Id of the story.", |row| {
            row.of.story.id.clone()
        })
        .with(
            "event",
            "Which event of the story, in order of time, counted from 1.",
            |row| row.number,
        )
        .with(
            "when",
            "ISO 8601 at the precision that is known: 2017, 2017-08, 2017-12-04, 2017-12-04T19:49.",
            |row| row.event.when.clone(),
        )
        .with(
            "precision",
            "How finely the texts say it: year, month, day, time.",
            |row| word(&row.event.precision),
        )
        .with(
            "first",
            "The first day that it can be; null where that is no day of the calendar.",
            |row| days::of_event(row.event).0,
        )
        .with("last", "The last day that it can be.", |row| {
            days::of_event(row.event).1
        })
        .with("claim_ids", "Ids of the claims that it carries.", |row| {
            row.event.claims.clone()
        });
    passage_columns(
        article_columns(columns, |row| passage(row).cited()),
        passage,
    )
}

/// Its rows.
pub fn rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Row<'a>> {
    of.story
        .timeline
        .iter()
        .zip(1..)
        .flat_map(move |(event, number)| {
            event.mentions.iter().map(move |mention| Row {
                of,
                number,
                event,
                mention,
            })
        })
}

//! In: a story. Out: its names, one a row, and their mentions, one a row.

use std::collections::HashSet;

use super::column::Columns;
use super::story::{Of, Passage, outlet_columns, passage_columns};
use crate::json::word;
use crate::wire::{Mention, Name};

/// A name.
pub struct Row<'a> {
    of: &'a Of<'a>,
    name: &'a Name,
}

/// A mention of one.
pub struct Mentioned<'a> {
    of: &'a Of<'a>,
    name: &'a Name,
    mention: &'a Mention,
}

/// The columns of a name.
fn name<'a, R: 'a>(of: fn(&R) -> (&'a Of<'a>, &'a Name)) -> Columns<'a, R> {
    Columns::<R>::new()
        .with("story_id", "Id of the story.", move |row| {
            of(row).0.story.id.clone()
        })
        .with("name_id", "Id of the name within the story.", move |row| {
            of(row).1.id.clone()
        })
        .with(
            "kind",
            "What it names: person, organisation, place, other.",
            move |row| word(&of(row).1.kind),
        )
        .with("name", "Its clearest spelling.", move |row| {
            of(row).1.name.clone()
        })
}

/// The table of names.
pub fn columns<'a>() -> Columns<'a, Row<'a>> {
    name(|row: &Row<'a>| (row.of, row.name))
        .with(
            "variants",
            "The other spellings, most frequent first.",
            |row| row.name.variants.clone(),
        )
        .with(
            "roles",
            "Roles and titles that the articles give it, in their words.",
            |row| row.name.roles.clone(),
        )
        .with("mentions", "How often it is mentioned.", |row| {
            row.name.mentions.len()
        })
        .with("articles", "In how many articles.", |row| {
            let mentions = row.name.mentions.iter();
            let articles: HashSet<&str> = mentions.map(|m| m.article.as_str()).collect();
            articles.len()
        })
}

fn passage<'a>(row: &Mentioned<'a>) -> Passage<'a> {
    row.of.passage(row.mention)
}

/// The table of mentions.
pub fn mentions<'a>() -> Columns<'a, Mentioned<'a>> {
    let columns = name(|row: &Mentioned<'a>| (row.of, row.name));
    let columns = outlet_columns(columns, |row| passage(row).cited());
    passage_columns(columns, passage)
}

/// The rows of the names.
pub fn rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Row<'a>> {
    of.story.names.iter().map(move |name| Row { of, name })
}

/// The rows of their mentions.
pub fn mention_rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Mentioned<'a>> {
    of.story.names.iter().flat_map(move |name| {
        name.mentions
            .iter()
            .map(move |mention| Mentioned { of, name, mention })
    })
}

//! In: a story. Out: its row.

use super::column::Columns;
use super::days;
use super::story::Of;
use crate::wire::{Story, Verdict};

/// A story.
pub struct Row<'a> {
    of: &'a Of<'a>,
}

impl<'a> Row<'a> {
    fn story(&self) -> &'a Story {
        self.of.story
    }
}

/// The table of stories.
pub fn columns<'a>() -> Columns<'a, Row<'a>> {
    Columns::<Row<'a>>::new()
        .with("story_id", "Id of the story.", |row| row.story().id.clone())
        .with(
            "earlier_id",
            "Id of the earlier story that it goes on from; null where there is none.",
            |row| row.story().earlier.clone(),
        )
        .with("title", "The headline of one of its articles.", |row| {
            row.story().title.clone()
        })
        .with(
            "first",
            "First day of publication; null where no page says.",
            |row| row.story().first.as_deref().and_then(days::day),
        )
        .with(
            "last",
            "Last day of publication; null where no page says.",
            |row| row.story().last.as_deref().and_then(days::day),
        )
        .with(
            "place",
            "The place where it happens; null where its articles do not say.",
            |row| row.of.name(row.story().place.as_ref()),
        )
        .with("place_id", "Id of that name within the story.", |row| {
            row.story().place.clone()
        })
        .with("articles", "How many articles it has.", |row| {
            row.story().articles.len()
        })
        .with("outlets", "How many outlets.", |row| {
            row.story().outlets.len()
        })
        .with("outlet_names", "Its outlets, by name.", |row| {
            row.story().outlets.clone()
        })
        .with(
            "keywords",
            "Words and names that tell it from other stories, heaviest first.",
            |row| {
                let keywords = row.story().keywords.iter();
                keywords.map(|word| word.text.clone()).collect::<Vec<_>>()
            },
        )
        .with("claims", "How many claims it has.", |row| {
            row.story().claims.len()
        })
        .with(
            "corroborated",
            "How many of them are corroborated.",
            |row| {
                let claims = row.story().claims.iter();
                claims
                    .filter(|claim| claim.verdict == Verdict::Corroborated)
                    .count()
            },
        )
        .with("disputes", "How many disputes.", |row| {
            row.story().disputes.len()
        })
        .with("quotes", "How many utterances.", |row| {
            row.story().quotes.len()
        })
        .with("copies", "How many pairs of articles share text.", |row| {
            row.story().copies.len()
        })
}

/// Its row.
pub fn rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Row<'a>> {
    std::iter::once(Row { of })
}

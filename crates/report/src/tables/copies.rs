//! In: a story. Out: its pairs of articles that share text, one a row.

use super::column::Columns;
use super::story::Of;
use crate::json::word;
use crate::wire::{Article, Copy};

use super::days;

/// A pair.
pub struct Row<'a> {
    of: &'a Of<'a>,
    copy: &'a Copy,
}

impl<'a> Row<'a> {
    fn a(&self) -> Option<&'a Article> {
        self.of.articles.get(&self.copy.a)
    }

    fn b(&self) -> Option<&'a Article> {
        self.of.articles.get(&self.copy.b)
    }
}

/// The table of copies.
pub fn columns<'a>() -> Columns<'a, Row<'a>> {
    Columns::<Row<'a>>::new()
        .with("story_id", "Id of the story.", |row| {
            row.of.story.id.clone()
        })
        .with("copy_id", "Id of the pair within the story.", |row| {
            row.copy.id.clone()
        })
        .with(
            "kind",
            "What they share: copy, rewrite, excerpt, or shared-source, a statement that both quote.",
            |row| word(&row.copy.kind),
        )
        .with(
            "direction",
            "Which came from which: a-from-b, b-from-a, unknown.",
            |row| word(&row.copy.direction),
        )
        .with("a_id", "Id of the first article.", |row| row.copy.a.clone())
        .with("a_outlet", "Its outlet; null where its page does not say.", |row| {
            row.a()?.outlet.clone()
        })
        .with("a_url", "Its address; null where unknown.", |row| {
            row.a()?.url.clone()
        })
        .with(
            "a_published",
            "The day of its publication; null where its page does not say.",
            |row| days::day(row.a()?.published.as_deref()?),
        )
        .with(
            "a_share",
            "Part of its words that stand in the second, 0 to 1.",
            |row| row.copy.share_a,
        )
        .with("b_id", "Id of the second article.", |row| row.copy.b.clone())
        .with("b_outlet", "Its outlet; null where its page does not say.", |row| {
            row.b()?.outlet.clone()
        })
        .with("b_url", "Its address; null where unknown.", |row| {
            row.b()?.url.clone()
        })
        .with(
            "b_published",
            "The day of its publication; null where its page does not say.",
            |row| days::day(row.b()?.published.as_deref()?),
        )
        .with(
            "b_share",
            "Part of its words that stand in the first, 0 to 1.",
            |row| row.copy.share_b,
        )
        .with("because", "Why the program says so.", |row| {
            row.copy.because.clone()
        })
        .with("passages", "How many passages they share.", |row| {
            row.copy.passages.len()
        })
}

/// Its rows.
pub fn rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Row<'a>> {
    of.story.copies.iter().map(move |copy| Row { of, copy })
}

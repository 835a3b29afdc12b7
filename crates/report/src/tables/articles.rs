//! In: articles. Out: their table.

use super::column::{Batch, Columns};
use super::days;
use super::story::article_columns;
use crate::wire::Article;

/// A row of the table of articles.
#[derive(Clone, Copy)]
pub struct Listed<'a> {
    /// The article.
    pub article: &'a Article,
    /// Id of its story.
    pub story: Option<&'a str>,
    /// How many versions a store has of it.
    pub versions: Option<u32>,
}

pub fn columns<'a>() -> Columns<'a, Listed<'a>> {
    let columns = Columns::<Listed<'a>>::new().with(
        "story_id",
        "Id of its story; null where it is in none.",
        |row| row.story.map(str::to_owned),
    );
    let columns = article_columns(columns, |row| (&row.article.id, Some(row.article)));
    columns
        .with(
            "modified",
            "The day on which it was changed; null where the page does not say.",
            |row| row.article.modified.as_deref().and_then(days::day),
        )
        .with(
            "modified_at",
            "The moment at which it was changed; null where only the day is known, or nothing.",
            |row| row.article.modified.as_deref().and_then(days::instant),
        )
        .with("authors", "Who wrote it.", |row| {
            row.article.authors.clone()
        })
        .with(
            "section",
            "The section of its outlet; null where the page names none.",
            |row| row.article.section.clone(),
        )
        .with("keywords", "Its keywords, as the page gives them.", |row| {
            row.article.keywords.clone()
        })
        .with(
            "free",
            "Whether it can be read without paying; null where the page does not say.",
            |row| row.article.free,
        )
        .with(
            "credits",
            "Agencies and outlets that the page names as its sources.",
            |row| row.article.credits.clone(),
        )
        .with(
            "warnings",
            "What a reader should know about how the page was read.",
            |row| row.article.warnings.clone(),
        )
        .with("path", "Where it was found.", |row| {
            row.article.path.clone()
        })
        .with(
            "sha256",
            "SHA-256 of the original bytes, in hexadecimal.",
            |row| row.article.sha256.clone(),
        )
        .with(
            "versions",
            "How many versions of it the store has; null where there is no store.",
            |row| row.versions,
        )
        .with(
            "text",
            "Its words: no title, no furniture; what starts and ends are counted in.",
            |row| row.article.text.clone(),
        )
}

/// The table of some articles.
pub fn articles<'a>(rows: impl IntoIterator<Item = Listed<'a>>) -> Batch {
    columns().batch(rows.into_iter())
}

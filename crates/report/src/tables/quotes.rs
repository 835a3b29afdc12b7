//! In: a story. Out: the readings of its utterances, one a row.

use super::column::Columns;
use super::story::{Of, Passage, article_columns, passage_columns};
use crate::json::word;
use crate::wire::{Quote, QuoteReading};

/// One article's reading of an utterance.
pub struct Row<'a> {
    of: &'a Of<'a>,
    quote: &'a Quote,
    reading: &'a QuoteReading,
}

fn passage<'a>(row: &Row<'a>) -> Passage<'a> {
    row.of.passage(&row.reading.mention)
}

/// The table of quotes.
pub fn columns<'a>() -> Columns<'a, Row<'a>> {
    let columns = Columns::<Row<'a>>::new()
        .with("story_id", "Id of the story.", |row| {
            row.of.story.id.clone()
        })
        .with("quote_id", "Id of the utterance within the story.", |row| {
            row.quote.id.clone()
        })
        .with(
            "quote_key",
            "Leads to the utterance while the story grows, where its id may become another's.",
            |row| row.quote.key.clone(),
        )
        .with(
            "quote_speaker",
            "The clearest words for whom most articles give it to; null where no two say the same.",
            |row| row.quote.speaker_text.clone(),
        );
    let columns = article_columns(columns, |row| passage(row).cited())
        .with(
            "speaker",
            "The name of whom this article gives it to; null where it does not say.",
            |row| row.of.name(row.reading.speaker.as_ref()),
        )
        .with("speaker_id", "Id of that name within the story.", |row| {
            row.reading.speaker.clone()
        })
        .with(
            "source",
            "The article's words for who said it; null where there are none.",
            |row| {
                row.reading
                    .source
                    .as_ref()
                    .map(|source| source.text.clone())
            },
        )
        .with(
            "cue",
            "The words that report it; null where there are none.",
            |row| row.reading.cue.as_ref().map(|cue| cue.text.clone()),
        )
        .with(
            "form",
            "Words all in quote marks, some, or none: direct, mixed, indirect.",
            |row| word(&row.reading.form),
        )
        .with(
            "resolution",
            "How the speaker was found: none, named, pronoun, description, carried.",
            |row| word(&row.reading.resolution),
        )
        .with(
            "confidence",
            "How sure that is: unclear, likely, certain.",
            |row| word(&row.reading.confidence),
        )
        .with(
            "parts",
            "The content part by part, where other words stand in between.",
            |row| {
                let parts = row.reading.parts.iter();
                parts.map(|part| part.text.clone()).collect::<Vec<_>>()
            },
        );
    passage_columns(columns, passage)
}

/// Its rows.
pub fn rows<'a>(of: &'a Of<'a>) -> impl Iterator<Item = Row<'a>> {
    of.story.quotes.iter().flat_map(move |quote| {
        quote
            .readings
            .iter()
            .map(move |reading| Row { of, quote, reading })
    })
}

//! In: lines of `annotate` and `group`. Out: their tables.

use super::column::{Batch, Columns, Field};
use crate::json::word;
use crate::lines::{Annotated, Grouped, QuoteHere};

/// Something marked in an article.
struct Mark<'a> {
    article: &'a str,
    layer: &'static str,
    kind: Option<String>,
    start: u32,
    end: u32,
    /// None for a sentence, whose words are the article's.
    text: Option<&'a str>,
    value: Option<String>,
    quote: Option<&'a QuoteHere>,
    entity: Option<u32>,
}

impl<'a> Mark<'a> {
    fn new(
        article: &'a str,
        layer: &'static str,
        place: (u32, u32),
        text: Option<&'a str>,
    ) -> Self {
        Self {
            article,
            layer,
            kind: None,
            start: place.0,
            end: place.1,
            text,
            value: None,
            quote: None,
            entity: None,
        }
    }
}

fn mark_columns<'a>() -> Columns<'a, Mark<'a>> {
    Columns::<Mark<'a>>::new()
        .with("article_id", "Id of the article.", |row| {
            row.article.to_owned()
        })
        .with(
            "layer",
            "What is marked: sentence, name, quote, date, quantity, damage.",
            |row| row.layer.to_owned(),
        )
        .with(
            "kind",
            "What sort of name, quotation, date, quantity or damage it is; null for a sentence.",
            |row| row.kind.clone(),
        )
        .with(
            "start",
            "First code point of the passage in the article's text.",
            |row| row.start,
        )
        .with("end", "One past its last code point.", |row| row.end)
        .with(
            "text",
            "The passage, to the letter; null for a sentence, which can be long and is in the article.",
            |row| row.text.map(str::to_owned),
        )
        .with(
            "value",
            "A date in ISO 8601, a number, the repair of a broken word; null where the text does not let one tell.",
            |row| row.value.clone(),
        )
        .with(
            "source",
            "The words for who said a quotation; null where there are none.",
            |row| Some(row.quote?.source.as_ref()?.text.clone()),
        )
        .with(
            "speaker",
            "The clearest name of a quotation's speaker in the article; null where it does not say.",
            |row| Some(row.quote?.speaker.as_ref()?.text.clone()),
        )
        .with(
            "cue",
            "The words that report a quotation; null where there are none.",
            |row| Some(row.quote?.cue.as_ref()?.text.clone()),
        )
        .with(
            "confidence",
            "How sure a quotation's speaker is; null for everything else.",
            |row| row.quote.map(|quote| word(&quote.confidence)),
        )
        .with(
            "entity",
            "Names of an article with the same number are the same thing; null where it could be two.",
            |row| row.entity,
        )
}

/// The marks of a quotation and of those within it.
fn quotes<'a>(article: &'a str, quotes: &'a [QuoteHere], into: &mut Vec<Mark<'a>>) {
    for quote in quotes {
        let place = (quote.mention.start, quote.mention.end);
        into.push(Mark {
            kind: Some(word(&quote.form)),
            quote: Some(quote),
            ..Mark::new(article, "quote", place, Some(&quote.mention.text))
        });
        self::quotes(article, &quote.nested, into);
    }
}

fn marks_of(one: &Annotated) -> Vec<Mark<'_>> {
    let article = one.article.as_str();
    let sentences = one.sentences.iter();
    let mut marks: Vec<Mark<'_>> = sentences
        .map(|&[start, end]| Mark::new(article, "sentence", (start, end), None))
        .collect();
    marks.extend(one.names.iter().map(|name| Mark {
        kind: Some(word(&name.kind)),
        entity: name.entity,
        ..Mark::new(article, "name", (name.start, name.end), Some(&name.text))
    }));
    quotes(article, &one.quotes, &mut marks);
    marks.extend(one.dates.iter().map(|date| Mark {
        kind: Some(word(&date.kind)),
        value: date.value.clone(),
        ..Mark::new(article, "date", (date.start, date.end), Some(&date.text))
    }));
    marks.extend(one.quantities.iter().map(|quantity| Mark {
        kind: Some(word(&quantity.kind)),
        value: Some(quantity.value.to_string()),
        ..Mark::new(
            article,
            "quantity",
            (quantity.start, quantity.end),
            Some(&quantity.text),
        )
    }));
    marks.extend(one.damage.iter().map(|damage| Mark {
        kind: Some(word(&damage.kind)),
        value: damage.repair.clone(),
        ..Mark::new(
            article,
            "damage",
            (damage.mention.start, damage.mention.end),
            Some(&damage.mention.text),
        )
    }));
    marks
}

/// The columns of [`marks`].
pub fn mark_fields() -> Vec<Field> {
    mark_columns().fields
}

/// What is marked in some articles, one a row.
pub fn marks(annotated: &[Annotated]) -> Batch {
    mark_columns().batch(annotated.iter().flat_map(marks_of))
}

fn group_columns<'a>() -> Columns<'a, &'a Grouped> {
    Columns::<&'a Grouped>::new()
        .with("article_id", "Id of the article.", |row| {
            row.article.clone()
        })
        .with("story_id", "Id of its story.", |row| row.story.clone())
        .with(
            "copy_of",
            "Id of the article that it copies, rewrites or excerpts; null where it does not.",
            |row| row.copy_of.clone(),
        )
}

/// The columns of [`groups`].
pub fn group_fields() -> Vec<Field> {
    group_columns().fields
}

/// Articles with their stories, one a row.
pub fn groups(grouped: &[Grouped]) -> Batch {
    group_columns().batch(grouped.iter())
}

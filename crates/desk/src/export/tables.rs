//! Tables, as CSV (RFC 4180) with a line of names. In: a store. Out: a row for each article, reading of a
//! claim or of an utterance, copy, or name; or for each article what GDELT's Global Knowledge Graph gives of
//! one, under its names of columns.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use crossread::report::wire;
use csv::Writer;
use store::Reader;

use super::{ExportError, each_story};

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the tables'")]
pub enum Table {
    Articles,
    Claims,
    Quotes,
    Copies,
    Names,
    Gkg,
}

/// Articles that are read together.
const TOGETHER: u32 = 1_000;

/// Writes a table as CSV.
///
/// # Errors
/// Those of the store and of `out`.
pub fn csv(
    store: &Reader,
    table: Table,
    out: &mut dyn Write,
    seen: &dyn Fn(usize),
) -> Result<(), ExportError> {
    let mut rows = Writer::from_writer(out);
    write(store, table, &mut rows, seen)?;
    rows.flush()?;
    Ok(())
}

/// Writes a table row by row, the names of its columns first.
pub(super) fn write(
    store: &Reader,
    table: Table,
    rows: &mut dyn Rows,
    seen: &dyn Fn(usize),
) -> Result<(), ExportError> {
    match table {
        Table::Articles => articles(store, rows),
        Table::Claims => claims(store, rows, seen),
        Table::Quotes => quotes(store, rows, seen),
        Table::Copies => copies(store, rows, seen),
        Table::Names => names(store, rows, seen),
        Table::Gkg => gkg(store, rows, seen),
    }
}

/// Where rows go; the first is the names of the columns.
pub(super) trait Rows {
    /// Takes a row.
    fn take(&mut self, cells: &[&str]) -> Result<(), ExportError>;
}

impl<W: Write> Rows for Writer<W> {
    /// A cell that a spreadsheet would take for a formula gets an apostrophe before it: news text is not to
    /// be executed. The other exports have every passage to the letter.
    fn take(&mut self, cells: &[&str]) -> Result<(), ExportError> {
        for cell in cells {
            match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                true => self.write_field(format!("'{cell}"))?,
                false => self.write_field(cell)?,
            }
        }
        self.write_record(None::<&[u8]>)?;
        Ok(())
    }
}

/// Where nothing is known.
static NONE: String = String::new();

fn row<const N: usize>(rows: &mut dyn Rows, cells: [&str; N]) -> Result<(), ExportError> {
    rows.take(&cells)
}

fn articles(store: &Reader, rows: &mut dyn Rows) -> Result<(), ExportError> {
    row(
        rows,
        [
            "article",
            "story",
            "outlet",
            "title",
            "published",
            "language",
            "url",
            "versions",
        ],
    )?;
    each_article(store, |listed| {
        let or = |value: &Option<String>| value.clone().unwrap_or_default();
        let versions = listed.versions.to_string();
        row(
            rows,
            [
                &listed.id,
                listed.story.as_ref().unwrap_or(&NONE),
                &or(&listed.outlet),
                &or(&listed.title),
                &or(&listed.published),
                &or(&listed.language),
                &or(&listed.url),
                &versions,
            ],
        )?;
        Ok(())
    })
}

fn each_article(
    store: &Reader,
    mut each: impl FnMut(store::ArticleRow) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut after = 0;
    loop {
        let some = store.articles_after(after, TOGETHER)?;
        let Some(last) = some.last() else {
            return Ok(());
        };
        after = last.n;
        some.into_iter().try_for_each(&mut each)?;
    }
}

/// The word of the report for one of its kinds.
fn word(kind: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn outlets(store: &Reader) -> Result<BTreeMap<String, String>, ExportError> {
    let mut outlets = BTreeMap::new();
    each_article(store, |row| {
        outlets.insert(row.id, row.outlet.unwrap_or_default());
        Ok(())
    })?;
    Ok(outlets)
}

fn claims(store: &Reader, rows: &mut dyn Rows, seen: &dyn Fn(usize)) -> Result<(), ExportError> {
    row(
        rows,
        [
            "story",
            "claim",
            "key",
            "verdict",
            "origins_low",
            "origins_high",
            "article",
            "outlet",
            "stance",
            "start",
            "end",
            "text",
        ],
    )?;
    let outlets = outlets(store)?;
    let outlet_of = |id: &String| outlets.get(id).unwrap_or(&NONE);
    each_story(store, seen, |story| {
        for claim in &story.claims {
            // Who only comes near it does not state it.
            for reading in claim.readings.iter().filter(|reading| !reading.near) {
                let mention = &reading.mention;
                row(
                    rows,
                    [
                        &story.id,
                        &claim.id,
                        &claim.key,
                        &word(&claim.verdict),
                        &claim.origins.low.to_string(),
                        &claim.origins.high.to_string(),
                        &mention.article,
                        outlet_of(&mention.article),
                        &word(&reading.stance),
                        &mention.start.to_string(),
                        &mention.end.to_string(),
                        &mention.text,
                    ],
                )?;
            }
        }
        Ok(())
    })
}

fn quotes(store: &Reader, rows: &mut dyn Rows, seen: &dyn Fn(usize)) -> Result<(), ExportError> {
    row(
        rows,
        [
            "story", "quote", "key", "speaker", "source", "form", "article", "outlet", "start",
            "end", "text",
        ],
    )?;
    let outlets = outlets(store)?;
    let outlet_of = |id: &String| outlets.get(id).unwrap_or(&NONE);
    each_story(store, seen, |story| {
        for quote in &story.quotes {
            for reading in &quote.readings {
                let mention = &reading.mention;
                let speaker = reading.speaker.as_ref();
                let speaker = story.names.iter().find(|name| Some(&name.id) == speaker);
                row(
                    rows,
                    [
                        &story.id,
                        &quote.id,
                        &quote.key,
                        speaker.map_or(&NONE, |name| &name.name),
                        reading.source.as_ref().map_or(&NONE, |source| &source.text),
                        &word(&reading.form),
                        &mention.article,
                        outlet_of(&mention.article),
                        &mention.start.to_string(),
                        &mention.end.to_string(),
                        &mention.text,
                    ],
                )?;
            }
        }
        Ok(())
    })
}

fn copies(store: &Reader, rows: &mut dyn Rows, seen: &dyn Fn(usize)) -> Result<(), ExportError> {
    row(
        rows,
        [
            "story",
            "copy",
            "kind",
            "direction",
            "a",
            "outlet_a",
            "share_a",
            "b",
            "outlet_b",
            "share_b",
            "because",
        ],
    )?;
    let outlets = outlets(store)?;
    let outlet = |id: &String| outlets.get(id).unwrap_or(&NONE);
    each_story(store, seen, |story| {
        for copy in &story.copies {
            row(
                rows,
                [
                    &story.id,
                    &copy.id,
                    &word(&copy.kind),
                    &word(&copy.direction),
                    &copy.a,
                    outlet(&copy.a),
                    &copy.share_a.to_string(),
                    &copy.b,
                    outlet(&copy.b),
                    &copy.share_b.to_string(),
                    &copy.because.join("; "),
                ],
            )?;
        }
        Ok(())
    })
}

fn names(store: &Reader, rows: &mut dyn Rows, seen: &dyn Fn(usize)) -> Result<(), ExportError> {
    row(
        rows,
        [
            "story", "name", "kind", "text", "variants", "roles", "mentions",
        ],
    )?;
    each_story(store, seen, |story| {
        for name in &story.names {
            row(
                rows,
                [
                    &story.id,
                    &name.id,
                    &word(&name.kind),
                    &name.name,
                    &name.variants.join("; "),
                    &name.roles.join("; "),
                    &name.mentions.len().to_string(),
                ],
            )?;
        }
        Ok(())
    })
}

/// What is known of one article for the knowledge graph's table.
#[derive(Default)]
struct Known {
    names: BTreeMap<&'static str, BTreeSet<String>>,
    quotes: Vec<String>,
}

fn gkg(store: &Reader, rows: &mut dyn Rows, seen: &dyn Fn(usize)) -> Result<(), ExportError> {
    row(
        rows,
        [
            "GKGRECORDID",
            "DATE",
            "SourceCommonName",
            "DocumentIdentifier",
            "Locations",
            "Persons",
            "Organizations",
            "Quotations",
            "AllNames",
        ],
    )?;
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    each_story(store, seen, |story| {
        for name in &story.names {
            let column = match name.kind {
                wire::NameKind::Person => "Persons",
                wire::NameKind::Organisation => "Organizations",
                wire::NameKind::Place => "Locations",
                wire::NameKind::Other => "Other",
            };
            for mention in &name.mentions {
                let article = known.entry(mention.article.clone()).or_default();
                for column in [column, "AllNames"] {
                    let names = article.names.entry(column).or_default();
                    names.insert(one_field(&name.name));
                }
            }
        }
        // As there: offset, length, verb, words.
        for reading in story.quotes.iter().flat_map(|quote| &quote.readings) {
            let mention = &reading.mention;
            let verb = reading.cue.as_ref().map_or("", |cue| &cue.text);
            let quote = format!(
                "{}|{}|{}|{}",
                mention.start,
                mention.end - mention.start,
                one_field(verb),
                one_field(&mention.text)
            );
            known
                .entry(mention.article.clone())
                .or_default()
                .quotes
                .push(quote);
        }
        Ok(())
    })?;
    let none = Known::default();
    each_article(store, |listed| {
        let article = known.get(&listed.id).unwrap_or(&none);
        let names = |column: &str| -> String {
            let names = article.names.get(column).into_iter().flatten();
            names.map(String::as_str).collect::<Vec<_>>().join(";")
        };
        let date: String = listed
            .published
            .as_deref()
            .unwrap_or_default()
            .chars()
            .filter(char::is_ascii_digit)
            .take(14)
            .collect();
        row(
            rows,
            [
                &listed.id,
                &date,
                listed.outlet.as_deref().unwrap_or_default(),
                listed.url.as_deref().unwrap_or_default(),
                &names("Locations"),
                &names("Persons"),
                &names("Organizations"),
                &article.quotes.join("#"),
                &names("AllNames"),
            ],
        )?;
        Ok(())
    })
}

/// Words without the marks that divide a field.
fn one_field(words: &str) -> String {
    words.replace(['|', '#', ';', '\n'], " ")
}

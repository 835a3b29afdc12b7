//! Tables: what is declared is what is given, whatever the pages hold, in every format.

use std::collections::HashMap;

use report::tables::{Articles, Batch, Column, Field, Format, Kind, Table, Writer};
use report::wire::Report;

use crate::fixture::findings;
use crate::hostile::{HOSTILE, attack};

fn fixture() -> Report {
    report::assemble(&findings())
}

/// All rows of a table, cell by cell.
fn rows(report: &Report, table: Table) -> Vec<HashMap<&'static str, Cell>> {
    let fields = table.fields();
    let mut rows = Vec::new();
    for batch in table.batches(report) {
        assert_eq!(batch.columns.len(), fields.len(), "{table:?}");
        for row in 0..batch.rows() {
            let cells = fields.iter().zip(&batch.columns);
            rows.push(
                cells
                    .map(|(field, column)| (field.name, cell(field, column, row)))
                    .collect(),
            );
        }
    }
    rows
}

/// A cell, whatever it is.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Null,
    Words(String),
    Whole(i64),
    Number(f64),
    Is(bool),
    List(Vec<String>),
}

fn cell(field: &Field, column: &Column, row: usize) -> Cell {
    assert_eq!(column.kind(), field.kind, "{}", field.name);
    let found = match column {
        Column::Text(cells) => cells[row].clone().map(Cell::Words),
        Column::Integer(cells) | Column::Instant(cells) => cells[row].map(Cell::Whole),
        Column::Number(cells) => cells[row].map(Cell::Number),
        Column::Boolean(cells) => cells[row].map(Cell::Is),
        Column::Day(cells) => cells[row].map(|day| Cell::Whole(day.into())),
        Column::Texts(cells) => Some(Cell::List(cells[row].clone())),
        _ => None,
    };
    assert!(found.is_some() || field.nullable, "{} is null", field.name);
    found.unwrap_or(Cell::Null)
}

fn words(cell: &Cell) -> &str {
    match cell {
        Cell::Words(words) => words,
        other => panic!("{other:?} is no text"),
    }
}

fn write(report: &Report, table: Table, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = Writer::new(format, table, &mut out).unwrap();
    for batch in table.batches(report) {
        writer.write(batch).unwrap();
    }
    writer.finish().unwrap();
    out
}

#[test]
fn one_word_is_of_one_type_in_every_table() {
    let mut kinds: HashMap<&str, Kind> = HashMap::new();
    for table in Table::ALL {
        assert_eq!(Table::named(table.name()), Some(table));
        let mut here = Vec::new();
        for field in table.fields() {
            assert!(!here.contains(&field.name), "{} twice", field.name);
            here.push(field.name);
            assert_eq!(
                *kinds.entry(field.name).or_insert(field.kind),
                field.kind,
                "{}",
                field.name
            );
            let says = field.doc.ends_with('.') && !field.doc.contains(['\n', '|']);
            assert!(says, "{}: {}", field.name, field.doc);
        }
        assert_eq!(here[0], "story_id");
    }
    assert_eq!(Table::named("gkg"), None);
}

#[test]
fn a_table_has_a_row_for_each_thing_of_the_report() {
    let report = fixture();
    let stories = &report.stories;
    let claims = || stories.iter().flat_map(|story| &story.claims);
    let disputes = || stories.iter().flat_map(|story| &story.disputes);
    let names = || stories.iter().flat_map(|story| &story.names);
    let quotes = stories.iter().flat_map(|story| &story.quotes);
    let events = stories.iter().flat_map(|story| &story.timeline);
    let sides = disputes().flat_map(|dispute| &dispute.sides);
    for (table, count) in [
        (Table::Articles, report.articles.len()),
        (Table::Stories, stories.len()),
        (Table::Claims, claims().count()),
        (
            Table::Readings,
            claims().map(|claim| claim.readings.len()).sum(),
        ),
        (Table::Disputes, disputes().count()),
        (Table::Sides, sides.map(|side| side.mentions.len()).sum()),
        (
            Table::Quotes,
            quotes.map(|quote| quote.readings.len()).sum(),
        ),
        (
            Table::Copies,
            stories.iter().map(|story| story.copies.len()).sum(),
        ),
        (Table::Names, names().count()),
        (
            Table::Mentions,
            names().map(|name| name.mentions.len()).sum(),
        ),
        (
            Table::Timeline,
            events.map(|event| event.mentions.len()).sum(),
        ),
    ] {
        assert!(count > 0, "the fixture has no {}", table.name());
        assert_eq!(rows(&report, table).len(), count, "{}", table.name());
    }
}

#[test]
fn a_reading_has_its_claim_its_article_and_its_names() {
    let report = fixture();
    let mut rows = rows(&report, Table::Readings).into_iter();
    for story in &report.stories {
        for claim in &story.claims {
            for reading in &claim.readings {
                let row = rows.next().unwrap();
                let own = report
                    .articles
                    .iter()
                    .find(|a| a.id == reading.mention.article);
                let own = own.unwrap();
                assert_eq!(words(&row["story_id"]), story.id);
                assert_eq!(words(&row["claim_id"]), claim.id);
                assert_eq!(words(&row["claim_key"]), claim.key);
                assert_eq!(words(&row["claim_text"]), claim.text);
                assert_eq!(row["near"], Cell::Is(reading.near));
                assert_eq!(words(&row["text"]), reading.mention.text);
                let outlet = own.outlet.clone().map_or(Cell::Null, Cell::Words);
                assert_eq!(row["outlet"], outlet);
                let Cell::List(names) = &row["attributed_to"] else {
                    panic!()
                };
                assert_eq!(names.len(), reading.attributed_to.len());
                // A moment only where the page gives one; a day where it gives either.
                let published = own.published.as_deref();
                assert_eq!(row["published"] == Cell::Null, published.is_none());
                let timed = published.is_some_and(|published| published.contains('T'));
                assert_eq!(row["published_at"] != Cell::Null, timed);
            }
        }
    }
}

#[test]
fn what_is_not_known_is_null_and_nothing_else_is() {
    let mut report = fixture();
    report.articles.clear();
    for story in &mut report.stories {
        (story.earlier, story.first, story.last, story.place) = (None, None, None, None);
        for reading in story
            .claims
            .iter_mut()
            .flat_map(|claim| &mut claim.readings)
        {
            (reading.source, reading.carried) = (None, None);
        }
        for quote in &mut story.quotes {
            quote.speaker_text = None;
            for reading in &mut quote.readings {
                (reading.cue, reading.source, reading.speaker) = (None, None, None);
            }
        }
        for event in &mut story.timeline {
            event.when = "some day".into();
        }
    }
    for table in Table::ALL {
        for row in rows(&report, table) {
            for field in table.fields().iter().filter(|field| field.nullable) {
                assert_eq!(
                    row[field.name],
                    Cell::Null,
                    "{} of {}",
                    field.name,
                    table.name()
                );
            }
        }
        write(&report, table, Format::Csv { bom: false });
        #[cfg(feature = "parquet")]
        write(&report, table, Format::Parquet);
    }
}

#[test]
fn a_story_alone_gives_what_it_gives_in_its_report() {
    let report = fixture();
    let articles = Articles::new(&report.articles);
    for table in Table::ALL
        .into_iter()
        .filter(|table| *table != Table::Articles)
    {
        let alone = report
            .stories
            .iter()
            .map(|story| table.rows(story, &articles));
        let (alone, together): (Vec<Batch>, Vec<Batch>) =
            (alone.collect(), table.batches(&report).collect());
        assert_eq!(alone, together);
    }
    let story = &report.stories[0];
    assert_eq!(
        Table::Articles.rows(story, &articles).rows(),
        story.articles.len()
    );
    assert_eq!(Table::Articles.rows(story, &Articles::default()).rows(), 0);
}

#[test]
fn an_empty_report_is_a_line_of_names() {
    let mut report = fixture();
    report.articles.clear();
    report.stories.clear();
    for table in Table::ALL {
        let names: Vec<&str> = table.fields().iter().map(|field| field.name).collect();
        let csv = write(&report, table, Format::Csv { bom: true });
        assert_eq!(
            String::from_utf8(csv).unwrap(),
            format!("\u{feff}{}\r\n", names.join(","))
        );
    }
}

#[test]
fn hostile_words_stay_in_their_cells() {
    let long = "=words of a megabyte ".repeat(50_000);
    let mut all = vec![long];
    for start in ["", "=1+1\r\n\",\"x", "-\"", "@a\0b", "\t", "\r"] {
        all.push(format!("{start}{HOSTILE}"));
    }
    for hostile in all {
        let report = report::assemble(&attack(&hostile));
        for table in Table::ALL {
            let rows = rows(&report, table);
            let csv = write(&report, table, Format::Csv { bom: false });
            let mut reader = csv::Reader::from_reader(&csv[..]);
            let mut read = 0;
            for (row, cells) in rows.iter().zip(reader.records()) {
                let cells = cells.unwrap();
                read += 1;
                for (field, found) in table.fields().iter().zip(&cells) {
                    let executed = found.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    assert!(
                        !executed && !found.contains('\0'),
                        "{}: {found:?}",
                        field.name
                    );
                    if let Cell::Words(words) = &row[field.name] {
                        let found = found.strip_prefix('\'').unwrap_or(found);
                        let words = words.strip_prefix('\'').unwrap_or(words);
                        assert_eq!(found, words.replace('\0', "\u{fffd}"));
                    }
                }
            }
            assert_eq!(read, rows.len());
            #[cfg(feature = "parquet")]
            parquet::is_to_the_letter(&report, table, &rows);
        }
    }
}

#[cfg(feature = "parquet")]
mod parquet {
    //! Parquet, read again.

    use std::collections::HashMap;

    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::Field;

    use super::*;

    pub fn is_to_the_letter(report: &Report, table: Table, rows: &[HashMap<&str, Cell>]) {
        let file = write(report, table, Format::Parquet);
        let reader = SerializedFileReader::new(bytes::Bytes::from(file)).unwrap();
        let mut read = 0;
        for (row, found) in rows.iter().zip(reader.get_row_iter(None).unwrap()) {
            read += 1;
            for (name, found) in found.unwrap().get_column_iter() {
                let found = match found {
                    Field::Null => Cell::Null,
                    Field::Str(words) => Cell::Words(words.clone()),
                    Field::Long(number) => Cell::Whole(*number),
                    Field::Date(days) => Cell::Whole((*days).into()),
                    Field::TimestampMicros(at) => Cell::Whole(*at),
                    Field::Double(number) => Cell::Number(*number),
                    Field::Bool(holds) => Cell::Is(*holds),
                    Field::ListInternal(list) => {
                        let words = list.elements().iter().map(|field| match field {
                            Field::Str(words) => words.clone(),
                            other => panic!("{other:?} in {name}"),
                        });
                        Cell::List(words.collect())
                    }
                    other => panic!("{other:?} in {name}"),
                };
                assert_eq!(found, row[name.as_str()], "{name}");
            }
        }
        assert_eq!(read, rows.len());
    }

    #[test]
    fn every_table_comes_back() {
        let report = fixture();
        for table in Table::ALL {
            is_to_the_letter(&report, table, &rows(&report, table));
        }
    }

    #[test]
    fn many_rows_are_many_groups() {
        let report = fixture();
        let mut out = Vec::new();
        let mut writer = Writer::new(Format::Parquet, Table::Mentions, &mut out).unwrap();
        let batch: Vec<Batch> = Table::Mentions.batches(&report).collect();
        let mut written = 0;
        while written < 250_000 {
            for batch in &batch {
                written += batch.rows();
                writer.write(batch.clone()).unwrap();
            }
        }
        writer.finish().unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(out)).unwrap();
        assert!(reader.num_row_groups() >= 3);
        assert_eq!(reader.metadata().file_metadata().num_rows(), written as i64);
    }
}

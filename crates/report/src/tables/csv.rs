//! In: batches. Out: CSV as RFC 4180 has it, in UTF-8: a line of names, then a line a row.
//!
//! A null is an empty cell, a day is 2017-12-04, a point in time 2017-12-04T19:49:00Z, a boolean true or false; the
//! entries of a list are joined by "; ". News text is not to be executed: a cell of words that a spreadsheet would
//! take for a formula gets an apostrophe before it. A NUL, which many readers of CSV take for the end, becomes the
//! replacement character. Other formats have both to the letter.

use std::borrow::Cow;
use std::io::{self, Write};

use ::csv::{Terminator, WriterBuilder};

use super::column::{Batch, Column, Field};
use super::days::{day_text, instant_text};

/// Between the entries of a list.
const BETWEEN: &str = "; ";

/// A table on its way out.
pub struct Csv<W: Write> {
    rows: ::csv::Writer<W>,
}

impl<W: Write> Csv<W> {
    /// Writes the line of names; before it the mark by which some spreadsheets tell UTF-8, where it is wanted.
    pub fn new(mut out: W, fields: &[Field], bom: bool) -> io::Result<Self> {
        if bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut rows = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(out);
        rows.write_record(fields.iter().map(|field| field.name))
            .map_err(told)?;
        Ok(Self { rows })
    }

    /// Writes some rows.
    pub fn write(&mut self, batch: &Batch) -> io::Result<()> {
        for row in 0..batch.rows() {
            for column in &batch.columns {
                let cell = cell(column, row);
                self.rows.write_field(cell.as_bytes()).map_err(told)?;
            }
            self.rows.write_record(None::<&[u8]>).map_err(told)?;
        }
        Ok(())
    }

    /// Makes sure that all is written.
    pub fn finish(mut self) -> io::Result<()> {
        self.rows.flush()
    }
}

/// The place's own error, by which a reader that went away is told from a disk that is full.
fn told(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// A cell as text; nothing where it is null.
fn cell(column: &Column, row: usize) -> Cow<'_, str> {
    fn of<T>(cells: &[Option<T>], row: usize) -> Option<&T> {
        cells.get(row)?.as_ref()
    }
    let text = match column {
        Column::Text(cells) => {
            return of(cells, row).map_or(Cow::Borrowed(""), |words| plain(words));
        }
        Column::Texts(cells) => {
            let list = cells.get(row).map(|list| list.join(BETWEEN));
            return Cow::Owned(plain(&list.unwrap_or_default()).into_owned());
        }
        Column::Integer(cells) => of(cells, row).map(ToString::to_string),
        Column::Number(cells) => of(cells, row).map(ToString::to_string),
        Column::Boolean(cells) => of(cells, row).map(ToString::to_string),
        Column::Day(cells) => of(cells, row).and_then(|days| day_text(*days)),
        Column::Instant(cells) => of(cells, row).and_then(|at| instant_text(*at)),
    };
    Cow::Owned(text.unwrap_or_default())
}

/// Words that no spreadsheet executes and every reader of CSV reads to the end.
fn plain(words: &str) -> Cow<'_, str> {
    let words = match words.contains('\0') {
        true => Cow::Owned(words.replace('\0', "\u{fffd}")),
        false => Cow::Borrowed(words),
    };
    match words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{words}")),
        false => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::column::Columns;

    fn written(words: &[Option<&str>], bom: bool) -> String {
        let columns = Columns::<Option<String>>::new()
            .with("words", "Words.", Option::clone)
            .with("list", "A list.", |words| {
                words.iter().cloned().collect::<Vec<String>>()
            })
            .with("known", "Whether there are any.", Option::is_some)
            .with("bytes", "How many.", |words| {
                words.as_ref().map(String::len)
            });
        let rows = words.iter().map(|words| words.map(str::to_owned));
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out, &columns.fields, bom).expect("begun");
        csv.write(&columns.batch(rows)).expect("written");
        csv.finish().expect("ended");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn hostile_words_stay_cells() {
        let long = "x".repeat(1 << 20);
        let hostile = [
            "=HYPERLINK(\"https://evil.example\";\"a\")",
            "+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "a\r\nb\nc\rd",
            "\"quoted\", and; more",
            "",
            &long,
        ];
        let text = written(&hostile.map(Some), false);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), hostile.len());
        for (row, words) in rows.iter().zip(hostile) {
            let armed = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let mark = if armed { "'" } else { "" };
            assert_eq!(row[0], format!("{mark}{words}"));
            assert_eq!((&row[1], &row[2]), (&row[0], "true"));
        }
        assert_eq!(
            written(&[Some("a\0b")], false).lines().nth(1),
            Some("a\u{fffd}b,a\u{fffd}b,true,3")
        );
    }

    #[test]
    fn nulls_are_nothing_and_lines_end_as_the_rules_say() {
        assert_eq!(
            written(&[None], true),
            "\u{feff}words,list,known,bytes\r\n,,false,\r\n"
        );
        assert_eq!(written(&[], false), "words,list,known,bytes\r\n");
    }
}

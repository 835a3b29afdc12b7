//! Tables in lines: CSV and TSV (RFC 4180), with a header. In: a stream, and what separates its columns. Out: a record a
//! row, in pieces; its fields are called as the columns are. A row that is broken is named, and the next one read.

use std::io::Read;

use model::SkipReason;
use serde_json::{Map, Value};

use crate::record::Pieces;
use crate::{Step, skipped};

/// The rows of a table.
pub(crate) struct Rows {
    path: String,
    reader: csv::Reader<Box<dyn Read + Send>>,
    columns: Option<Vec<String>>,
    pieces: Pieces,
    done: bool,
}

impl Rows {
    pub(crate) fn new(path: String, reader: Box<dyn Read + Send>, separator: u8) -> Self {
        let mut settings = csv::ReaderBuilder::new();
        let settings = settings.delimiter(separator).flexible(true);
        Self {
            reader: settings.from_reader(reader),
            columns: None,
            pieces: Pieces::new(path.clone()),
            path,
            done: false,
        }
    }

    fn columns(&mut self) -> Result<Vec<String>, csv::Error> {
        let header = self.reader.byte_headers()?;
        Ok(header
            .iter()
            .map(|name| words(name).trim().to_owned())
            .collect())
    }

    fn broken(&self, why: &csv::Error) -> Step {
        let row = why.position().map_or(0, |at| at.record());
        let place = format!("{}:{row}", self.path);
        Step::Skip(skipped(&place, SkipReason::BadRecord(why.to_string())))
    }
}

impl Iterator for Rows {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.columns.is_none() && !self.done {
            match self.columns() {
                Ok(columns) => self.columns = Some(columns),
                Err(error) => {
                    self.done = true;
                    return Some(self.broken(&error));
                }
            }
        }
        let mut row = csv::ByteRecord::new();
        while !self.done {
            match self.reader.read_byte_record(&mut row) {
                Ok(true) => {
                    let columns = self.columns.iter().flatten();
                    let filled = columns.zip(&row).filter(|(_, value)| !value.is_empty());
                    let record: Map<String, Value> = filled
                        .map(|(name, value)| (name.clone(), Value::String(words(value))))
                        .collect();
                    if let Some(piece) = self.pieces.add(record) {
                        return Some(piece);
                    }
                }
                Ok(false) => self.done = true,
                Err(error) => {
                    self.done = error.is_io_error();
                    return Some(self.broken(&error));
                }
            }
        }
        self.pieces.piece()
    }
}

/// A field as text: UTF-8, else what spreadsheets on Windows write.
fn words(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Limits, Source, members};

    #[test]
    fn a_row_is_a_record() {
        let table = "url;title;text\nhttps://a.example/1;\"Lock; reopened\";\"It opened.\nAt noon.\"\n;B;C caf\u{e9}\n";
        let table = encoding_rs::WINDOWS_1252.encode(table).0.into_owned();
        let read: Vec<_> = members("t.csv", Source::from(table), Limits::default()).collect();
        let piece = read[0].as_ref().expect("records");
        let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&piece.bytes)
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["title"], "Lock; reopened");
        assert_eq!(lines[1]["text"], "C café");
        assert_eq!(piece.from.records_before, 0);
    }
}

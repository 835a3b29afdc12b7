//! Tables in lines: CSV and TSV (RFC 4180), with a header. In: a stream, and what separates its columns. Out: a record a
//! row, in pieces; its fields are called as the columns are. A row that is broken is named, and the next one read.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::SkipReason;
use serde_json::{Map, Value};

use crate::record::Pieces;
use crate::{Limits, Step, skipped};

/// Fails where one row takes more than it may: a quotation mark that nobody closed swallows the rest of a file.
struct Bounded {
    inner: Box<dyn Read + Send>,
    /// Bytes since the last row ended.
    row: Arc<AtomicU64>,
    most: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.row.load(Ordering::Relaxed) > self.most {
            let why = format!(
                "a row of more than {} MB, and none behind it is read: is a quotation mark in it not closed?",
                self.most >> 20
            );
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        let read = self.inner.read(buffer)?;
        self.row.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The rows of a table.
pub(crate) struct Rows {
    path: String,
    reader: csv::Reader<Bounded>,
    /// Bytes since the last row ended.
    row: Arc<AtomicU64>,
    /// Rows read.
    count: u64,
    columns: Option<Vec<String>>,
    pieces: Pieces,
    done: bool,
}

impl Rows {
    pub(crate) fn new(
        path: String,
        inner: Box<dyn Read + Send>,
        separator: u8,
        limits: Limits,
    ) -> Self {
        let row = Arc::new(AtomicU64::new(0));
        let reader = Bounded {
            inner,
            row: row.clone(),
            most: limits.row,
        };
        let mut settings = csv::ReaderBuilder::new();
        let settings = settings.delimiter(separator).flexible(true);
        Self {
            reader: settings.from_reader(reader),
            row,
            count: 0,
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

    /// What is said of a row that cannot be read.
    fn broken(&self, why: csv::Error) -> Step {
        let place = format!("{}:{}", self.path, self.count + 1);
        let reason = match why.into_kind() {
            csv::ErrorKind::Io(error) => SkipReason::from(&error),
            other => SkipReason::BadRecord(format!("{other:?}")),
        };
        Step::Skip(skipped(&place, reason))
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
                    return Some(self.broken(error));
                }
            }
        }
        let mut row = csv::ByteRecord::new();
        while !self.done {
            match self.reader.read_byte_record(&mut row) {
                Ok(true) => {
                    self.row.store(0, Ordering::Relaxed);
                    self.count += 1;
                    let columns = self.columns.iter().flatten();
                    let filled = columns.zip(&row).filter(|(_, value)| !value.is_empty());
                    let record: Map<String, Value> = filled
                        .map(|(name, value)| (name.clone(), Value::String(words(value))))
                        .collect();
                    if let Some(piece) = self.pieces.add(record) {
                        return Some(piece);
                    }
                }
                Ok(false) if self.count == 0 => {
                    self.done = true;
                    let why = SkipReason::NoPage("a table with a header and no rows".to_owned());
                    return Some(Step::Skip(skipped(&self.path, why)));
                }
                Ok(false) => self.done = true,
                Err(error) => {
                    self.done = error.is_io_error();
                    return Some(self.broken(error));
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
    use crate::{Limits, Source, inputs};

    #[test]
    fn a_row_is_a_record() {
        let table = "url;title;text\nhttps://a.example/1;\"Lock; reopened\";\"It opened.\nAt noon.\"\n;B;C caf\u{e9}\n";
        let table = encoding_rs::WINDOWS_1252.encode(table).0.into_owned();
        let read: Vec<_> = inputs("t.csv", Source::from(table), Limits::default()).collect();
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

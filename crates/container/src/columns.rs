//! Tables in columns: Parquet. In: a source. Out: a record a row, in pieces; its fields are called as the columns are. Of
//! a damaged group of rows those before the damage are read, and then the next group.

use std::io::{self, Read};

use bytes::Bytes;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::record::{Field, Row};
use serde_json::{Map, Value};

use crate::guard::guarded;
use crate::record::Pieces;
use crate::{Level, Limits, Source, Step, skipped, unreadable};

/// What is said of a damaged file.
const DAMAGED: &str = "a damaged Parquet file: fetch or write it again";

/// What the parser says of columns that are packed in a way that it was not built with.
const OTHERWISE: &str = "Disabled feature";
/// What is said of them.
const PACKED: &str = "a Parquet file whose columns are packed: write it with snappy or unpacked";

/// Opens a table.
pub(crate) fn open(path: &str, source: &Source, limits: Limits) -> io::Result<Level> {
    rows(path, source.clone(), limits)
}

fn rows<R: ChunkReader + 'static>(path: &str, source: R, limits: Limits) -> io::Result<Level> {
    let reader = held(|| SerializedFileReader::new(source)).map_err(io::Error::other)?;
    let groups = reader.num_row_groups();
    let mut pieces = Pieces::new(path.to_owned());
    let path = path.to_owned();
    let (mut group, mut rows): (usize, Option<ReaderIter>) = (0, None);
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            let Some(row) = rows.as_mut().and_then(next) else {
                if group == groups {
                    return pieces.piece();
                }
                group += 1;
                match held(|| group_of(&reader, group - 1, limits)) {
                    Ok(read) => rows = Some(read),
                    Err(why) => return Some(Step::Skip(skipped(&path, unreadable(&why)))),
                }
                continue;
            };
            match row {
                Ok(row) => {
                    if let Some(piece) = pieces.add(row) {
                        return Some(piece);
                    }
                }
                Err(why) => {
                    rows = None;
                    return Some(Step::Skip(skipped(&path, unreadable(&why))));
                }
            }
        }
    })))
}

/// The next row of a group.
fn next(rows: &mut ReaderIter) -> Option<Result<Map<String, Value>, String>> {
    // A day that no calendar has is a panic too.
    let record = |row: Result<Row, ParquetError>| row.map(|row| record(&row));
    held(|| rows.next().map(record).transpose()).transpose()
}

/// Work of the parser, which panics on some damaged files.
fn held<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match guarded(work) {
        Some(Ok(done)) => Ok(done),
        Some(Err(error)) if error.to_string().contains(OTHERWISE) => Err(PACKED.to_owned()),
        Some(Err(error)) => Err(format!("{DAMAGED} ({error})")),
        None => Err(DAMAGED.to_owned()),
    }
}

/// The rows of one group.
fn group_of<R: ChunkReader + 'static>(
    reader: &SerializedFileReader<R>,
    group: usize,
    limits: Limits,
) -> Result<ReaderIter, ParquetError> {
    let group = reader.get_row_group(group)?;
    let columns = group.metadata().columns();
    let swells = |column: &parquet::file::metadata::ColumnChunkMetaData| {
        let (packed, plain) = (column.compressed_size(), column.uncompressed_size());
        let most = packed.max(0).unsigned_abs().saturating_mul(limits.ratio);
        plain.max(0).unsigned_abs() > limits.ratio_from.max(most)
    };
    if columns.iter().any(swells) {
        let why = format!("it swells to more than {} times its size", limits.ratio);
        return Err(ParquetError::General(why));
    }
    let schema = group.metadata().schema_descr_ptr();
    TreeBuilder::new().as_iter(schema, &*group)
}

/// A row's fields.
fn record(row: &Row) -> Map<String, Value> {
    row.get_column_iter()
        .filter_map(|(name, field)| Some((name.clone(), value(field)?)))
        .collect()
}

/// A field; `None` where it is empty.
fn value(field: &Field) -> Option<Value> {
    Some(match field {
        Field::Null => return None,
        Field::Str(text) => Value::String(text.clone()),
        Field::Bytes(bytes) => Value::String(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::Bool(yes) => Value::Bool(*yes),
        Field::Byte(n) => Value::from(*n),
        Field::Short(n) => Value::from(*n),
        Field::Int(n) => Value::from(*n),
        Field::Long(n) => Value::from(*n),
        Field::ListInternal(list) => list.elements().iter().filter_map(value).collect(),
        // Days and moments in the words that dates are read from.
        other => Value::String(other.to_string()),
    })
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.length().unwrap_or(0)
    }
}

impl ChunkReader for Source {
    type T = Box<dyn Read + Send>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(self.at(start)?)
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        let mut bytes = Vec::new();
        let read = self
            .at(start)?
            .take(length as u64)
            .read_to_end(&mut bytes)?;
        if read < length {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        Ok(bytes.into())
    }
}

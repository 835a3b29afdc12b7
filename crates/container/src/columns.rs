//! Tables in columns: Parquet. In: a source. Out: a record a row, in pieces; its fields are called as the columns are.

use std::io;

use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Map, Value};

use crate::record::Pieces;
use crate::{Level, Source, Step, skipped, unreadable};

/// Opens a table.
pub(crate) fn open(path: &str, source: &Source) -> io::Result<Level> {
    rows(path, source.clone())
}

fn rows<R: ChunkReader + 'static>(path: &str, source: R) -> io::Result<Level> {
    let damaged = |error| io::Error::other(format!("a damaged Parquet file ({error})"));
    let reader = SerializedFileReader::new(source).map_err(damaged)?;
    let groups = reader.num_row_groups();
    let mut pieces = Pieces::new(path.to_owned());
    let path = path.to_owned();
    let (mut group, mut rows): (usize, std::vec::IntoIter<Map<String, Value>>) =
        (0, Vec::new().into_iter());
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            for row in rows.by_ref() {
                if let Some(piece) = pieces.add(row) {
                    return Some(piece);
                }
            }
            if group == groups {
                return pieces.piece();
            }
            group += 1;
            match group_of(&reader, group - 1) {
                Ok(read) => rows = read.into_iter(),
                Err(error) => {
                    let why = unreadable(&format!("a damaged Parquet file ({error})"));
                    return Some(Step::Skip(skipped(&path, why)));
                }
            }
        }
    })))
}

/// The rows of one group.
fn group_of<R: ChunkReader + 'static>(
    reader: &SerializedFileReader<R>,
    group: usize,
) -> Result<Vec<Map<String, Value>>, parquet::errors::ParquetError> {
    let group = reader.get_row_group(group)?;
    let rows = group.get_row_iter(None)?;
    rows.map(|row| {
        let row = row?;
        let filled = row.get_column_iter();
        Ok(filled
            .filter_map(|(name, field)| Some((name.clone(), value(field)?)))
            .collect())
    })
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

//! Data frames as records. In: an Arrow stream of Python (pandas, Polars, DuckDB and pyarrow give one), and what its
//! columns are called. Out: records as JSON lines, some together. Refuses a frame without a column of texts, one whose
//! columns hold what no record can, and a row without a text, each by name.

#![allow(unsafe_code, reason = "Python hands an Arrow stream over as a pointer")]

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::types::{
    Date32Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, SchemaRef, TimeUnit};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde_json::{Map, Value};

use crate::error::{InputError, told};

/// The fields of a record. Of `text` and `html` one is needed.
const FIELDS: [&str; 9] = [
    "id",
    "url",
    "outlet",
    "title",
    "published",
    "language",
    "authors",
    "text",
    "html",
];

/// Bytes of records that are read together: enough to be worth a task, and few enough for all threads to have one.
const PIECE: usize = 256 << 10;

/// Records of a data frame: how many came before each piece, and the piece.
#[pyfunction]
#[pyo3(signature = (frame, fields, skip_empty))]
pub(crate) fn records(
    frame: &Bound<'_, PyAny>,
    fields: BTreeMap<String, String>,
    skip_empty: bool,
) -> PyResult<Vec<(u64, Vec<u8>)>> {
    let reader = opened(frame)?;
    let schema = reader.schema();
    let columns = columns(&schema, &fields)?;
    let mut pieces = Vec::new();
    let (mut piece, mut before, mut row) = (Vec::new(), 0, 0);
    for batch in reader {
        let batch = batch.map_err(|error| {
            InputError::new_err(format!("the data frame breaks off: {}", told(&error)))
        })?;
        for at in 0..batch.num_rows() {
            let record = record(&batch, &columns, at, row, skip_empty)?;
            piece.extend(Value::Object(record).to_string().bytes());
            piece.push(b'\n');
            row += 1;
            if piece.len() >= PIECE {
                pieces.push((before, std::mem::take(&mut piece)));
                before = row;
            }
        }
    }
    if !piece.is_empty() {
        pieces.push((before, piece));
    }
    Ok(pieces)
}

/// The stream of a data frame.
fn opened(frame: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    let given = frame.call_method0("__arrow_c_stream__")?;
    let capsule = given.cast::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(c"arrow_array_stream"))?;
    // SAFETY: a capsule of this name holds a valid `ArrowArrayStream` by the Arrow PyCapsule interface. It is moved
    // out, which leaves an empty one behind, as the interface asks of who consumes it.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.cast().as_ptr()) };
    RecordBatchStreamReader::try_new(stream).map_err(|error| {
        InputError::new_err(format!("the data frame cannot be read: {}", told(&error)))
    })
}

/// For each field that the frame has: the name of its column and its number.
fn columns(
    schema: &SchemaRef,
    fields: &BTreeMap<String, String>,
) -> PyResult<Vec<(&'static str, String, usize)>> {
    let named = |field: &'static str| fields.get(field).map_or(field, String::as_str);
    let mut columns = Vec::new();
    for field in FIELDS {
        let Some((at, column)) = schema.column_with_name(named(field)) else {
            if fields.contains_key(field) {
                return Err(InputError::new_err(format!(
                    "the data frame has no column {:?}: it has {}",
                    named(field),
                    all(schema)
                )));
            }
            continue;
        };
        if !fits(field, column.data_type()) {
            return Err(InputError::new_err(format!(
                "column {:?} holds {}, which is no {field}: cast it to text",
                named(field),
                column.data_type()
            )));
        }
        columns.push((field, named(field).to_owned(), at));
    }
    if !columns
        .iter()
        .any(|(field, ..)| matches!(*field, "text" | "html"))
    {
        return Err(InputError::new_err(format!(
            "the data frame has no column \"text\" or \"html\": it has {}; fields={{\"text\": \"its name\"}} says which it is",
            all(schema)
        )));
    }
    Ok(columns)
}

fn all(schema: &SchemaRef) -> String {
    let names: Vec<String> = schema
        .fields()
        .iter()
        .map(|field| format!("{:?}", field.name()))
        .collect();
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(", "),
    }
}

/// Whether a column of this type can be that field.
fn fits(field: &str, kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Date32 | DataType::Timestamp(..) => field == "published",
        DataType::Dictionary(_, of) => fits(field, of),
        DataType::List(of) | DataType::LargeList(of) => {
            field == "authors" && matches!(of.data_type(), DataType::Utf8 | DataType::LargeUtf8)
        }
        kind => field == "id" && kind.is_integer(),
    }
}

/// A row as a record.
fn record(
    batch: &RecordBatch,
    columns: &[(&'static str, String, usize)],
    at: usize,
    row: u64,
    skip_empty: bool,
) -> PyResult<Map<String, Value>> {
    let mut record = Map::new();
    let mut bare = true;
    for (field, name, column) in columns {
        let column = batch.column(*column);
        if let Some(words) = cell(column, at) {
            bare &= !matches!(*field, "text" | "html");
            record.insert(name.clone(), Value::String(words));
        } else if let Some(several) = cells(column, at) {
            record.insert(name.clone(), several.into());
        }
    }
    if bare && !skip_empty {
        return Err(InputError::new_err(format!(
            "row {row} (counted from 0) of the data frame has no text: leave such rows out, or write skip_empty=True to have them listed as skipped"
        )));
    }
    Ok(record)
}

/// A cell as words; nothing where it is null.
fn cell(column: &dyn Array, at: usize) -> Option<String> {
    if column.is_null(at) {
        return None;
    }
    match column.data_type() {
        DataType::Utf8 => Some(column.as_string::<i32>().value(at).to_owned()),
        DataType::LargeUtf8 => Some(column.as_string::<i64>().value(at).to_owned()),
        DataType::Utf8View => Some(column.as_string_view().value(at).to_owned()),
        DataType::Date32 => {
            let day = column.as_primitive::<Date32Type>().value_as_date(at)?;
            Some(day.to_string())
        }
        DataType::Timestamp(unit, zone) => {
            let instant = match unit {
                TimeUnit::Second => column
                    .as_primitive::<TimestampSecondType>()
                    .value_as_datetime(at),
                TimeUnit::Millisecond => column
                    .as_primitive::<TimestampMillisecondType>()
                    .value_as_datetime(at),
                TimeUnit::Microsecond => column
                    .as_primitive::<TimestampMicrosecondType>()
                    .value_as_datetime(at),
                TimeUnit::Nanosecond => column
                    .as_primitive::<TimestampNanosecondType>()
                    .value_as_datetime(at),
            }?;
            // What stands without a zone is the outlet's own time, of which the day is known.
            Some(match zone {
                Some(_) => instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                None => instant.format("%Y-%m-%dT%H:%M:%S").to_string(),
            })
        }
        DataType::Dictionary(..) => {
            let column = column.as_any_dictionary();
            let key = column.normalized_keys().get(at).copied()?;
            cell(column.values(), key)
        }
        kind if kind.is_integer() => integer(column, at),
        _ => None,
    }
}

/// A cell of a list of texts.
fn cells(column: &dyn Array, at: usize) -> Option<Vec<String>> {
    let list = match column.data_type() {
        DataType::List(_) => column.as_list::<i32>().value(at),
        DataType::LargeList(_) => column.as_list::<i64>().value(at),
        _ => return None,
    };
    Some((0..list.len()).filter_map(|at| cell(&list, at)).collect())
}

/// A whole number as words.
fn integer(column: &dyn Array, at: usize) -> Option<String> {
    use arrow_array::types::*;
    Some(match column.data_type() {
        DataType::Int8 => column.as_primitive::<Int8Type>().value(at).to_string(),
        DataType::Int16 => column.as_primitive::<Int16Type>().value(at).to_string(),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(at).to_string(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(at).to_string(),
        DataType::UInt8 => column.as_primitive::<UInt8Type>().value(at).to_string(),
        DataType::UInt16 => column.as_primitive::<UInt16Type>().value(at).to_string(),
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(at).to_string(),
        DataType::UInt64 => column.as_primitive::<UInt64Type>().value(at).to_string(),
        _ => return None,
    })
}

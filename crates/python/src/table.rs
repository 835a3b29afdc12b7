//! Tables, as data frames take them. In: batches of rows in typed columns. Out: an Arrow stream in a capsule of Python
//! (the Arrow PyCapsule interface), which pandas, Polars, DuckDB and pyarrow read without a copy.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch,
    RecordBatchIterator, RecordBatchReader, StringArray, TimestampMicrosecondArray,
};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use crossread::report::tables::{self, Batch, Column, Kind};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::error::{Error, told};

/// Where the batches of a table come from: they are made anew for each reader.
pub(crate) trait Batches: Send + Sync {
    /// From the first row on.
    fn open(&self) -> PyResult<Rows>;
}

/// Batches of rows, one after another.
pub(crate) type Rows = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

/// A table of a report, or of a store, which is read as it is asked for.
#[pyclass(module = "crossread._crossread", frozen)]
pub(crate) struct Table {
    schema: SchemaRef,
    /// How many rows it has, where that is known before they are read.
    rows: Option<usize>,
    batches: Box<dyn Batches>,
}

/// Batches in memory; their columns are shared, not copied.
struct Held(Vec<RecordBatch>);

impl Batches for Held {
    fn open(&self) -> PyResult<Rows> {
        Ok(Box::new(self.0.clone().into_iter().map(Ok)))
    }
}

impl Table {
    /// Of rows at hand.
    pub(crate) fn held(
        schema: SchemaRef,
        batches: impl IntoIterator<Item = Result<RecordBatch, ArrowError>>,
    ) -> Result<Self, ArrowError> {
        let batches: Vec<RecordBatch> = batches.into_iter().collect::<Result<_, _>>()?;
        Ok(Self {
            schema,
            rows: Some(batches.iter().map(RecordBatch::num_rows).sum()),
            batches: Box::new(Held(batches)),
        })
    }

    /// Of rows that are read when they are asked for.
    pub(crate) fn read(schema: SchemaRef, batches: impl Batches + 'static) -> Self {
        Self {
            schema,
            rows: None,
            batches: Box::new(batches),
        }
    }

    fn reader(&self) -> PyResult<Box<dyn RecordBatchReader + Send>> {
        let empty = |batch: &Result<RecordBatch, _>| {
            batch.as_ref().is_ok_and(|batch| batch.num_rows() == 0)
        };
        let batches = self.batches.open()?.filter(move |batch| !empty(batch));
        Ok(Box::new(RecordBatchIterator::new(
            batches,
            self.schema.clone(),
        )))
    }
}

#[pymethods]
impl Table {
    /// A capsule `arrow_array_stream`. A schema that is asked for is not followed: the columns have one type each.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let stream = FFI_ArrowArrayStream::new(self.reader()?);
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// A capsule `arrow_schema`.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema =
            FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(|error| failed(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Names and types of the columns, in order.
    #[getter]
    fn columns(&self) -> Vec<(String, String)> {
        let fields = self.schema.fields().iter();
        fields
            .map(|field| (field.name().clone(), called(field.data_type())))
            .collect()
    }

    fn __len__(&self) -> PyResult<usize> {
        let Some(rows) = self.rows else {
            let mut rows = 0;
            for batch in self.batches.open()? {
                rows += batch.map_err(|error| failed(&error))?.num_rows();
            }
            return Ok(rows);
        };
        Ok(rows)
    }
}

/// What is raised where a table cannot be made.
pub(crate) fn failed(error: &ArrowError) -> PyErr {
    Error::new_err(told(error))
}

/// The type of a column in few words.
fn called(kind: &DataType) -> String {
    match kind {
        DataType::Utf8 => "text",
        DataType::Int64 => "integer",
        DataType::Float64 => "number",
        DataType::Boolean => "boolean",
        DataType::Date32 => "day",
        DataType::Timestamp(..) => "instant",
        DataType::Binary => "bytes",
        _ => "list of text",
    }
    .to_owned()
}

/// The columns that are declared, with what they say.
pub(crate) fn schema(fields: &[tables::Field]) -> SchemaRef {
    let field = |field: &tables::Field| {
        let words = HashMap::from([("doc".to_owned(), field.doc.to_owned())]);
        Field::new(field.name, data_type(field.kind), field.nullable).with_metadata(words)
    };
    let fields: Vec<Field> = fields.iter().map(field).collect();
    Arc::new(Schema::new(fields))
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Boolean => DataType::Boolean,
        Kind::Day => DataType::Date32,
        Kind::Instant => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        Kind::Texts => DataType::List(Arc::new(item())),
        _ => DataType::Utf8,
    }
}

/// A cell of a list.
fn item() -> Field {
    Field::new("item", DataType::Utf8, false)
}

/// Rows in typed columns, as Arrow has them.
pub(crate) fn record_batch(schema: &SchemaRef, batch: Batch) -> Result<RecordBatch, ArrowError> {
    let columns = batch.columns.into_iter().map(array).collect();
    RecordBatch::try_new(schema.clone(), columns)
}

fn array(column: Column) -> ArrayRef {
    match column {
        Column::Text(cells) => Arc::new(StringArray::from(cells)),
        Column::Integer(cells) => Arc::new(Int64Array::from(cells)),
        Column::Number(cells) => Arc::new(Float64Array::from(cells)),
        Column::Boolean(cells) => Arc::new(BooleanArray::from(cells)),
        Column::Day(cells) => Arc::new(Date32Array::from(cells)),
        Column::Instant(cells) => {
            Arc::new(TimestampMicrosecondArray::from(cells).with_timezone("UTC"))
        }
        Column::Texts(cells) => {
            let mut list = ListBuilder::new(StringBuilder::new()).with_field(item());
            for words in cells {
                words
                    .iter()
                    .for_each(|word| list.values().append_value(word));
                list.append(true);
            }
            Arc::new(list.finish())
        }
        // A kind of column that this package does not know yet stays empty, and its batch is refused.
        _ => Arc::new(StringArray::from(Vec::<Option<String>>::new())),
    }
}

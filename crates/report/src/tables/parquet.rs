//! In: batches. Out: Apache Parquet, columns with their logical types, written a group of rows at a time.

use std::io::Write;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::{Type, TypePtr};

use super::column::{Batch, Column, Field, Kind};

/// Rows of a group.
const ROWS: usize = 100_000;
/// Bytes of memory from which a group of fewer rows is written.
const BYTES: usize = 64 << 20;

/// A table on its way out.
pub struct Parquet<W: Write + Send> {
    fields: Vec<Field>,
    writer: SerializedFileWriter<W>,
    /// What is not written yet.
    waiting: Vec<Column>,
    bytes: usize,
}

impl<W: Write + Send> Parquet<W> {
    /// Begins the file.
    pub fn new(out: W, name: &str, fields: Vec<Field>) -> Result<Self, ParquetError> {
        let columns = fields.iter().map(declared).collect::<Result<Vec<_>, _>>()?;
        let schema = Type::group_type_builder(name)
            .with_fields(columns)
            .build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("crossread ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        Ok(Self {
            waiting: fields.iter().map(|field| Column::new(field.kind)).collect(),
            writer: SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?,
            fields,
            bytes: 0,
        })
    }

    /// Takes some rows.
    pub fn write(&mut self, batch: Batch) -> Result<(), ParquetError> {
        for (waiting, column) in self.waiting.iter_mut().zip(batch.columns) {
            self.bytes += column.bytes();
            waiting.extend(column);
        }
        let rows = self.waiting.first().map_or(0, Column::len);
        if rows >= ROWS || self.bytes >= BYTES {
            self.group()?;
        }
        Ok(())
    }

    /// Writes what waits as a group of rows.
    fn group(&mut self) -> Result<(), ParquetError> {
        self.bytes = 0;
        let mut group = self.writer.next_row_group()?;
        let mut columns = self.fields.iter().zip(&mut self.waiting);
        while let Some(mut writer) = group.next_column()? {
            if let Some((field, column)) = columns.next() {
                let cells = std::mem::replace(column, Column::new(field.kind));
                write(writer.untyped(), cells, field.nullable)?;
            }
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Writes the rest, and the end of the file.
    pub fn finish(mut self) -> Result<(), ParquetError> {
        if self
            .waiting
            .first()
            .is_some_and(|column| !column.is_empty())
        {
            self.group()?;
        }
        self.writer.finish()?;
        Ok(())
    }
}

/// A column of the schema.
fn declared(field: &Field) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match field.kind {
        Kind::Text | Kind::Texts => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Instant => {
            let utc = LogicalType::timestamp(true, TimeUnit::MICROS);
            (Physical::INT64, Some(utc))
        }
    };
    let column = |name: &str, repetition| {
        Type::primitive_type_builder(name, physical)
            .with_logical_type(logical.clone())
            .with_repetition(repetition)
            .build()
            .map(Arc::new)
    };
    if field.kind != Kind::Texts {
        let repetition = match field.nullable {
            true => Repetition::OPTIONAL,
            false => Repetition::REQUIRED,
        };
        return column(field.name, repetition);
    }
    // The three levels of a list, none of them null, called as the format's specification calls them.
    let entries = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![column("element", Repetition::REQUIRED)?])
        .build()?;
    let list = Type::group_type_builder(field.name)
        .with_logical_type(Some(LogicalType::List))
        .with_repetition(Repetition::REQUIRED)
        .with_fields(vec![Arc::new(entries)])
        .build()?;
    Ok(Arc::new(list))
}

/// Writes a column's cells.
fn write(writer: &mut ColumnWriter<'_>, cells: Column, nullable: bool) -> Result<(), ParquetError> {
    /// The cells that are there, and for each row whether there is one.
    fn present<A, B>(cells: Vec<Option<A>>, each: impl Fn(A) -> B) -> (Vec<B>, Vec<i16>) {
        let levels = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
        (cells.into_iter().flatten().map(each).collect(), levels)
    }
    let bytes = |words: String| ByteArray::from(words.into_bytes());
    macro_rules! put {
        ($writer:expr, $cells:expr, $each:expr) => {{
            let (values, levels) = present($cells, $each);
            $writer.write_batch(&values, nullable.then_some(&levels[..]), None)?
        }};
    }
    match (writer, cells) {
        (ColumnWriter::ByteArrayColumnWriter(writer), Column::Text(cells)) => {
            put!(writer, cells, bytes)
        }
        (ColumnWriter::ByteArrayColumnWriter(writer), Column::Texts(cells)) => {
            // An empty list is defined to the list alone; each entry but the first repeats it.
            let of = |list: &Vec<String>| list.len().max(1);
            let filled = |list: &Vec<String>| i16::from(!list.is_empty());
            let defined: Vec<i16> = cells
                .iter()
                .flat_map(|list| std::iter::repeat_n(filled(list), of(list)))
                .collect();
            let repeated: Vec<i16> = cells
                .iter()
                .flat_map(|list| (0..of(list)).map(|at| i16::from(at > 0)))
                .collect();
            let values: Vec<ByteArray> = cells.into_iter().flatten().map(bytes).collect();
            writer.write_batch(&values, Some(&defined), Some(&repeated))?
        }
        (
            ColumnWriter::Int64ColumnWriter(writer),
            Column::Integer(cells) | Column::Instant(cells),
        ) => {
            put!(writer, cells, |number| number)
        }
        (ColumnWriter::Int32ColumnWriter(writer), Column::Day(cells)) => {
            put!(writer, cells, |day| day)
        }
        (ColumnWriter::DoubleColumnWriter(writer), Column::Number(cells)) => {
            put!(writer, cells, |number| number)
        }
        (ColumnWriter::BoolColumnWriter(writer), Column::Boolean(cells)) => {
            put!(writer, cells, |holds| holds)
        }
        (_, column) => {
            let what = format!("a column of {:?} is declared as another", column.kind());
            return Err(ParquetError::General(what));
        }
    };
    Ok(())
}

//! Tables as Apache Parquet: the rows of [`super::tables`], numbers as numbers, a column after another. Made
//! in memory, a group of rows at a time.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use store::Reader;

use super::ExportError;
use super::tables::{self, Rows, Table};

/// Rows of a group.
const GROUP: usize = 100_000;
/// Columns that are whole numbers, and parts of one.
const WHOLE: [&str; 6] = [
    "origins_low",
    "origins_high",
    "start",
    "end",
    "versions",
    "mentions",
];
const PARTS: [&str; 2] = ["share_a", "share_b"];

/// Writes a table as Parquet.
///
/// # Errors
/// Those of the store and of `out`.
pub fn parquet(
    store: &Reader,
    table: Table,
    out: &mut dyn Write,
    seen: &dyn Fn(usize),
) -> Result<(), ExportError> {
    let mut columns = Columns::default();
    tables::write(store, table, &mut columns, seen)?;
    out.write_all(&columns.finish()?)?;
    Ok(())
}

/// A table on its way into a file.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    cells: Vec<Vec<String>>,
    writer: Option<SerializedFileWriter<Vec<u8>>>,
}

impl Rows for Columns {
    fn take(&mut self, cells: &[&str]) -> Result<(), ExportError> {
        if self.names.is_empty() {
            self.names = cells.iter().map(|name| (*name).to_owned()).collect();
            self.cells = vec![Vec::new(); cells.len()];
            return Ok(());
        }
        for (column, cell) in self.cells.iter_mut().zip(cells) {
            column.push((*cell).to_owned());
        }
        if self
            .cells
            .first()
            .is_some_and(|column| column.len() >= GROUP)
        {
            self.group()?;
        }
        Ok(())
    }
}

impl Columns {
    fn start(&self) -> Result<SerializedFileWriter<Vec<u8>>, ParquetError> {
        let field = |name: &String| {
            let (kind, logical) = match name.as_str() {
                whole if WHOLE.contains(&whole) => (Physical::INT64, None),
                part if PARTS.contains(&part) => (Physical::DOUBLE, None),
                _ => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            };
            let field = Type::primitive_type_builder(name, kind)
                .with_logical_type(logical)
                .with_repetition(Repetition::REQUIRED)
                .build();
            field.map(Arc::new)
        };
        let fields = self
            .names
            .iter()
            .map(field)
            .collect::<Result<Vec<_>, _>>()?;
        let schema = Type::group_type_builder("crossread")
            .with_fields(fields)
            .build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("crossread ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
    }

    /// Writes the rows at hand.
    fn group(&mut self) -> Result<(), ParquetError> {
        let mut writer = match self.writer.take() {
            Some(writer) => writer,
            None => self.start()?,
        };
        let mut group = writer.next_row_group()?;
        let mut columns = self.names.iter().zip(&mut self.cells);
        while let Some(mut column) = group.next_column()? {
            let Some((name, cells)) = columns.next() else {
                break;
            };
            let cells = std::mem::take(cells);
            if WHOLE.contains(&name.as_str()) {
                let numbers: Vec<i64> =
                    cells.iter().map(|cell| cell.parse().unwrap_or(0)).collect();
                column
                    .typed::<Int64Type>()
                    .write_batch(&numbers, None, None)?;
            } else if PARTS.contains(&name.as_str()) {
                let parts: Vec<f64> = cells
                    .iter()
                    .map(|cell| cell.parse().unwrap_or(0.0))
                    .collect();
                column
                    .typed::<DoubleType>()
                    .write_batch(&parts, None, None)?;
            } else {
                let words: Vec<ByteArray> = cells
                    .into_iter()
                    .map(|cell| ByteArray::from(cell.into_bytes()))
                    .collect();
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&words, None, None)?;
            }
            column.close()?;
        }
        group.close()?;
        self.writer = Some(writer);
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, ParquetError> {
        self.group()?;
        match self.writer {
            Some(writer) => writer.into_inner(),
            None => Ok(Vec::new()),
        }
    }
}

//! In: a table and its batches. Out: a file of them, in one of the formats.

use std::io::{self, Write};

use super::Table;
use super::column::Batch;
use super::csv::Csv;
#[cfg(feature = "parquet")]
use super::parquet::Parquet;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values (RFC 4180), UTF-8.
    Csv {
        /// Whether a byte order mark comes first, by which some spreadsheets tell UTF-8.
        bom: bool,
    },
    /// Apache Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The place where it goes.
    #[error("cannot write the table: {0}")]
    Io(#[from] io::Error),
    /// A Parquet file.
    #[cfg(feature = "parquet")]
    #[error("cannot write the table: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
}

/// A table on its way out. At no time more is held than a group of rows.
pub struct Writer<W: Write + Send>(Inner<W>);

enum Inner<W: Write + Send> {
    Csv(Csv<W>),
    #[cfg(feature = "parquet")]
    Parquet(Parquet<W>),
}

impl<W: Write + Send> Writer<W> {
    /// Begins the file: the names of the columns, or what is before the first group of rows.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(format: Format, table: Table, out: W) -> Result<Self, Error> {
        let fields = table.fields();
        Ok(Self(match format {
            Format::Csv { bom } => Inner::Csv(Csv::new(out, &fields, bom)?),
            #[cfg(feature = "parquet")]
            Format::Parquet => Inner::Parquet(Parquet::new(out, table.name(), fields)?),
        }))
    }

    /// Writes some rows of that table.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&mut self, batch: Batch) -> Result<(), Error> {
        match &mut self.0 {
            Inner::Csv(csv) => csv.write(&batch)?,
            #[cfg(feature = "parquet")]
            Inner::Parquet(parquet) => parquet.write(batch)?,
        }
        Ok(())
    }

    /// Writes what is left, and the end of the file; without it the file is incomplete.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn finish(self) -> Result<(), Error> {
        match self.0 {
            Inner::Csv(csv) => csv.finish()?,
            #[cfg(feature = "parquet")]
            Inner::Parquet(parquet) => parquet.finish()?,
        }
        Ok(())
    }
}

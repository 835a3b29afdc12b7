//! Tables on the command line. In: `--table` and `--bom`, beside a format. Out: which table, and how it is written.
//! Refuses them beside a format that is no table.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use crossread::report::tables::{Format, Table};

/// Which table, and how.
#[derive(Debug, clap::Args)]
pub struct Tables {
    /// Which table, with --format csv or parquet [default: readings]
    #[arg(long, value_name = "TABLE", value_parser = table())]
    table: Option<Table>,
    /// Begin CSV with a byte order mark, for spreadsheets that take UTF-8 for something else
    #[arg(long)]
    bom: bool,
}

/// The tables by name, each with what it has.
fn table() -> impl TypedValueParser<Value = Table> {
    let named = Table::ALL.map(|table| PossibleValue::new(table.name()).help(table.doc()));
    PossibleValuesParser::new(named)
        .try_map(|name| Table::named(&name).ok_or("there is no such table"))
}

impl Tables {
    /// The table that is asked for with this format; none where the format is no table.
    pub fn asked(&self, format: Option<Format>) -> Option<(Table, Format)> {
        let format = match format {
            Some(Format::Csv { .. }) => Some(Format::Csv { bom: self.bom }),
            format => format,
        };
        match format {
            None if self.table.is_some() => {
                wrong("--table goes with --format csv or --format parquet")
            }
            Some(Format::Csv { .. }) => {}
            _ if self.bom => wrong("--bom goes with --format csv"),
            _ => {}
        }
        Some((self.table.unwrap_or(Table::Readings), format?))
    }
}

/// Ends the program as wrong usage does.
fn wrong(why: &str) -> ! {
    clap::Error::raw(ErrorKind::ArgumentConflict, format!("{why}\n")).exit()
}

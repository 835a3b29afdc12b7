//! What `export`, `import` and `merge` take.

use std::path::PathBuf;

use clap::ValueEnum;
use crossread::report::cite::Style;
use crossread::report::tables;

use super::{Comparing, Db, Tables};

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Which.
    #[command(flatten)]
    pub db: Db,
    /// How
    #[arg(long, value_enum, default_value_t = Export::Jsonl)]
    pub format: Export,
    /// Which table.
    #[command(flatten)]
    pub tables: Tables,
    /// Only this story, by its id; may be repeated (markdown, annotations, csl, ris, bibtex, claimreview)
    #[arg(long, value_name = "ID")]
    pub story: Vec<String>,
    /// Only the passages of this claim, quotation or dispute of the story, by its key or its id: cited, in Markdown with
    /// footnotes; may be repeated (csl, ris, bibtex, markdown)
    #[arg(long, value_name = "KEY")]
    pub passage: Vec<String>,
    /// Only drafts of this claim or dispute of the story, by its key or its id; may be repeated (claimreview)
    #[arg(long, value_name = "KEY")]
    pub claim: Vec<String>,
    /// Only stories with an article of this day or later, 2023-03-18
    #[arg(long, value_name = "DAY", value_parser = a_day)]
    pub since: Option<String>,
    /// Only stories with an article of this day or earlier
    #[arg(long, value_name = "DAY", value_parser = a_day)]
    pub until: Option<String>,
    /// Only stories with an article of this outlet
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Write to FILE, which appears only when it is complete
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// No progress on standard error
    #[arg(short, long)]
    pub quiet: bool,
}

/// A day as one writes it.
fn a_day(given: &str) -> Result<String, String> {
    let parts: Vec<&str> = given.split('-').collect();
    let number = |part: &str, digits: usize, of: std::ops::RangeInclusive<u32>| {
        part.len() == digits && part.parse().is_ok_and(|number| of.contains(&number))
    };
    match parts.as_slice() {
        [year, month, day]
            if number(year, 4, 0..=9999) && number(month, 2, 1..=12) && number(day, 2, 1..=31) =>
        {
            Ok(given.to_owned())
        }
        _ => Err("a day is written like 2023-03-18".to_owned()),
    }
}

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The export, or - for standard input; several become one store, as by `merge`
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Where.
    #[command(flatten)]
    pub db: Db,
    /// No progress on standard error
    #[arg(short, long)]
    pub quiet: bool,
    /// How stories are compared.
    #[command(flatten)]
    pub comparing: Comparing,
}

/// What `merge` takes.
#[derive(Debug, clap::Args)]
pub struct Merge {
    /// The stores; they are only read
    #[arg(value_name = "STORE", required = true)]
    pub stores: Vec<PathBuf>,
    /// The store to be made
    #[arg(long, value_name = "FILE")]
    pub into: PathBuf,
    /// No progress on standard error
    #[arg(short, long)]
    pub quiet: bool,
    /// How stories are compared.
    #[command(flatten)]
    pub comparing: Comparing,
}

/// What `export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Export {
    /// Everything, a version of an article a line
    Jsonl,
    /// A table, see --table, as comma-separated values
    Csv,
    /// A table as Apache Parquet
    #[cfg(feature = "parquet")]
    Parquet,
    /// Every story, for people
    Markdown,
    /// Names, quotations and claims as W3C Web Annotations, one a line
    Annotations,
    /// What readers decided and noted, as W3C annotations, one a line
    Marks,
    /// The original pages as a web archive
    Warc,
    /// The articles of stories, cited: CSL-JSON
    Csl,
    /// The same as RIS
    Ris,
    /// The same as BibTeX
    Bibtex,
    /// Drafts of checks of a story's disputes in JSON-LD, a side each: reviewRating, author, datePublished and url are
    /// left for the person who checks; readers of ClaimReview want them
    #[value(name = "claimreview")]
    ClaimReview,
}

impl Export {
    /// The format of a table that it is, if it is one.
    pub fn table(self) -> Option<tables::Format> {
        match self {
            Self::Csv => Some(tables::Format::Csv { bom: false }),
            #[cfg(feature = "parquet")]
            Self::Parquet => Some(tables::Format::Parquet),
            Self::Jsonl
            | Self::Markdown
            | Self::Annotations
            | Self::Marks
            | Self::Warc
            | Self::Csl
            | Self::Ris
            | Self::Bibtex
            | Self::ClaimReview => None,
        }
    }

    /// The style of citations that it is, if it is one; as Markdown only passages are cited.
    pub fn style(self) -> Option<Style> {
        match self {
            Self::Csl => Some(Style::Csl),
            Self::Ris => Some(Style::Ris),
            Self::Bibtex => Some(Style::Bibtex),
            Self::Markdown => Some(Style::Markdown),
            _ => None,
        }
    }
}

//! `export` and `import`. In: a store, or an export. Out: the one as the other.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use crossread::report::count;
use crossread::{Align, Engine, Progress, Stage};
use desk::Desk;
use store::{Reader, Writer};

use crate::args::{self, Export};
use crate::output::Output;
use crate::{inputs, progress};

/// `export`.
pub fn export(args: &args::ExportArgs) -> anyhow::Result<ExitCode> {
    let of_tables = match args.format {
        Export::Csv => true,
        #[cfg(feature = "parquet")]
        Export::Parquet => true,
        _ => false,
    };
    anyhow::ensure!(
        of_tables || args.table.is_none(),
        "--table goes with --format csv or --format parquet"
    );
    let table = args.table.unwrap_or(args::Table::Articles);
    let store = Reader::open(&args.db.db)?;
    let bar = progress::Bar::new(args.quiet);
    let [_, versions, stories] = store.counts()?;
    let total = match args.format {
        Export::Jsonl | Export::Warc => versions,
        _ => stories,
    };
    bar.begin(Stage::Page, usize::try_from(total).ok());
    let mut output = Output::new(args.output.as_deref())?;
    let seen = |count: usize| bar.advance(count);
    match args.format {
        Export::Jsonl => store.export(&mut output, &seen)?,
        Export::Warc => desk::export::warc(&store, &mut output, &seen)?,
        Export::Csv => desk::export::csv(&store, table.into(), &mut output, &seen)?,
        #[cfg(feature = "parquet")]
        Export::Parquet => {
            desk::export::parquet(&store, table.into(), &mut output, &seen)?;
        }
        Export::Annotations => desk::export::annotations(&store, &mut output, &seen)?,
        Export::Markdown => desk::export::markdown(&store, &mut output, &seen)?,
    }
    bar.finish();
    output.flush()?;
    output.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// `import`.
pub fn import(args: &args::Import) -> anyhow::Result<ExitCode> {
    let name = inputs::printable(&args.file.display().to_string());
    let bar = progress::Bar::new(args.quiet);
    bar.begin(Stage::Page, None);
    let seen = |count: usize| bar.advance(count);
    if args.file == Path::new("-") {
        Writer::import(&args.db.db, &mut std::io::stdin().lock(), &seen)?;
    } else {
        let file = File::open(&args.file).with_context(|| format!("cannot read {name}"))?;
        Writer::import(&args.db.db, &mut BufReader::new(file), &seen)?;
    }
    let options = crate::comparing_in(&args.db, &args.comparing, Align::Words)?;
    let engine = Engine::new(options).context("cannot start")?;
    let mut desk = Desk::open(engine, &args.db.db, fetch::now())?;
    let drawn = desk.redraw(u64::MAX, &bar)?;
    bar.finish();
    let [articles, versions, _] = desk.store().counts()?;
    anstream::println!(
        "{}, {}, {}",
        count(articles, "article"),
        count(versions, "version"),
        count(drawn, "story")
    );
    Ok(ExitCode::SUCCESS)
}

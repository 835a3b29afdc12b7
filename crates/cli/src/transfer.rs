//! `export` and `import`. In: a store, or an export. Out: the one as the other.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use crossread::report::count;
use crossread::report::tables::Table;
use crossread::{Align, Engine, Progress, Stage};
use desk::Desk;
use store::{Reader, Writer};

use crate::args::{self, Export};
use crate::output::Output;
use crate::{inputs, progress};

/// `export`.
pub fn export(args: &args::ExportArgs) -> anyhow::Result<ExitCode> {
    let table = args.tables.asked(args.format.table());
    let store = Reader::open(&args.db.db)?;
    let bar = progress::Bar::new(args.quiet);
    let [articles, versions, stories] = store.counts()?;
    let total = match (args.format, table) {
        (Export::Jsonl | Export::Warc, _) => versions,
        (_, Some((Table::Articles, _))) => articles,
        _ => stories,
    };
    bar.begin(Stage::Page, usize::try_from(total).ok());
    let mut output = Output::new(args.output.as_deref())?;
    let seen = |count: usize| bar.advance(count);
    match args.format {
        Export::Jsonl => store.export(&mut output, &seen)?,
        Export::Warc => desk::export::warc(&store, &mut output, &seen)?,
        Export::Annotations => desk::export::annotations(&store, &mut output, &seen)?,
        Export::Markdown => desk::export::markdown(&store, &mut output, &seen)?,
        _ => {
            if let Some((table, format)) = table {
                desk::export::table(&store, table, format, &mut output, &seen)?;
            }
        }
    }
    bar.finish();
    output.flush()?;
    output.finish()?;
    let stale = store.stale_count()?;
    if stale > 0 && !matches!(args.format, Export::Jsonl | Export::Warc) {
        anstream::eprintln!(
            "crossread: {} not compared since articles came or went: exported as compared last; `crossread recompare` \
             compares anew",
            count(stale, "story")
        );
    }
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

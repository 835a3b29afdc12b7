//! `export`, `import` and `merge`. In: a store, or exports, or stores. Out: the one as the other; one of several.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use crossread::report::count;
use crossread::report::tables::Table;
use crossread::{Align, Engine, Progress, Stage};
use desk::Desk;
use desk::export::Chosen;
use store::{Reader, Writer};

use crate::args::{self, Export};
use crate::output::{self, Output};
use crate::{inputs, progress};

/// `export`.
pub fn export(args: &args::ExportArgs) -> anyhow::Result<ExitCode> {
    let table = args.tables.asked(args.format.table());
    let chosen = Chosen {
        stories: args.story.clone(),
        since: args.since.clone(),
        until: args.until.clone(),
        outlet: args.outlet.clone(),
    };
    let by_story = matches!(
        args.format,
        Export::Markdown
            | Export::Annotations
            | Export::Csl
            | Export::Ris
            | Export::Bibtex
            | Export::ClaimReview
    );
    anyhow::ensure!(
        chosen.is_all() || by_story,
        "--story, --since, --until and --outlet choose stories of markdown, annotations, csl, ris, bibtex and claimreview; all else is exported whole"
    );
    let style = args.format.style().filter(|_| !args.passage.is_empty());
    anyhow::ensure!(
        args.passage.is_empty() || style.is_some(),
        "--passage chooses what is cited: give --format csl, ris, bibtex or markdown"
    );
    let drafts = args.format == Export::ClaimReview;
    anyhow::ensure!(
        args.claim.is_empty() || drafts,
        "--claim chooses what is drafted: give --format claimreview"
    );
    let one = match args.story.as_slice() {
        [one] => Some(one.as_str()),
        _ => None,
    };
    anyhow::ensure!(
        one.is_some() || style.is_none() && !drafts,
        "passages and drafts are of one story: give one --story ID"
    );
    let mut output = Output::beside(args.output.as_deref(), &args.db.db)?;
    let store = Reader::open(&args.db.db)?;
    let bar = progress::Bar::new(args.quiet);
    let [articles, versions, stories] = store.counts()?;
    let total = match (args.format, table) {
        (Export::Jsonl | Export::Warc, _) => versions,
        (_, Some((Table::Articles, _))) => articles,
        _ => stories,
    };
    bar.begin(Stage::Page, usize::try_from(total).ok());
    let seen = |count: usize| bar.advance(count);
    let parts = match (one, style) {
        (Some(one), Some(style)) => {
            let chosen = desk::export::selection(&store, one, &args.passage)?;
            Some(chosen.cite(style))
        }
        (Some(one), None) if drafts => Some(desk::export::drafts(&store, one, &args.claim)?),
        _ => None,
    };
    match (parts, args.format) {
        (Some(parts), _) => output.write_all(parts.as_bytes())?,
        (None, Export::Jsonl) => store.export(&mut output, &seen)?,
        (None, Export::Warc) => desk::export::warc(&store, &mut output, &seen)?,
        (None, Export::Marks) => desk::export::marks(&store, &mut output, &seen)?,
        (None, Export::Annotations) => {
            desk::export::annotations(&store, &chosen, &mut output, &seen)?;
        }
        (None, Export::Markdown) => {
            desk::export::markdown(&store, &chosen, &mut output, &seen)?;
        }
        (None, format) => {
            if let Some((table, format)) = table {
                desk::export::table(&store, table, format, &mut output, &seen)?;
            } else if let Some(style) = format.style() {
                desk::export::citations(&store, &chosen, style, &mut output, &seen)?;
            }
        }
    }
    bar.finish();
    output.finish()?;
    let stale = store.stale_count()?;
    if stale > 0 && !matches!(args.format, Export::Jsonl | Export::Warc | Export::Marks) {
        say!(
            "crossread: {} not compared since articles came or went: exported as compared last; `crossread recompare` \
             compares anew",
            count(stale, "story")
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// `import`.
pub fn import(args: &args::Import) -> anyhow::Result<ExitCode> {
    let bar = progress::Bar::new(args.quiet);
    bar.begin(Stage::Page, None);
    if let [file] = args.files.as_slice() {
        fill(&args.db.db, file, &bar)?;
        let options = crate::comparing_in(&args.db, &args.comparing, Align::Words)?;
        let engine = Engine::new(options).context("cannot start")?;
        return told(Desk::open(engine, &args.db.db, fetch::now())?, &bar);
    }
    let parts = Parts::beside(&args.db.db, args.files.len());
    for (part, file) in parts.0.iter().zip(&args.files) {
        fill(part, file, &bar)?;
    }
    merged(&parts.0, &args.db.db, &args.comparing, &bar)
}

/// `merge`.
pub fn merge(args: &args::Merge) -> anyhow::Result<ExitCode> {
    merged(
        &args.stores,
        &args.into,
        &args.comparing,
        &progress::Bar::new(args.quiet),
    )
}

/// Makes a store of an export.
fn fill(db: &Path, file: &Path, bar: &progress::Bar) -> anyhow::Result<()> {
    let seen = |count: usize| bar.advance(count);
    let name = inputs::printable(&file.display().to_string());
    let imported = if file == Path::new("-") {
        Writer::import(db, &mut std::io::stdin().lock(), &seen)
    } else {
        let file = File::open(file).with_context(|| format!("cannot read {name}"))?;
        Writer::import(db, &mut BufReader::new(file), &seen)
    };
    imported.context(name)
}

/// Stores that are there for as long as they are merged.
struct Parts(Vec<PathBuf>);

impl Parts {
    fn beside(db: &Path, count: usize) -> Self {
        let part = |at: usize| {
            let mut name = db.as_os_str().to_owned();
            name.push(format!(".import-{at}"));
            PathBuf::from(name)
        };
        let parts = Self((1..=count).map(part).collect());
        // What an import that was killed left is made again.
        parts.remove();
        parts
    }

    fn remove(&self) {
        for part in &self.0 {
            for end in ["", "-wal", "-shm", ".lock"] {
                let mut name = part.as_os_str().to_owned();
                name.push(end);
                let _ = std::fs::remove_file(name);
            }
        }
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Makes one store of several.
fn merged(
    stores: &[PathBuf],
    into: &Path,
    asked: &args::Comparing,
    bar: &progress::Bar,
) -> anyhow::Result<ExitCode> {
    let readers: Vec<Reader> = stores
        .iter()
        .map(|path| Reader::open(path))
        .collect::<Result<_, _>>()?;
    // As they were all compared, where that was alike.
    let mut ways = Vec::new();
    for reader in &readers {
        ways.extend(reader.setting(desk::ALIGN)?);
    }
    ways.dedup();
    let kept = match ways.as_slice() {
        [way] => Align::named(way),
        _ => None,
    };
    let align = asked.align.map(Align::from).or(kept);
    let options = crate::comparing(&asked.known, align.unwrap_or(Align::Words))?;
    let engine = Engine::new(options).context("cannot start")?;
    let mut desk = Desk::open(engine, into, fetch::now())?;
    desk.merge(&readers, fetch::now(), bar)?;
    told(desk, bar)
}

/// Compares what waits to be compared, and tells what is in the store.
fn told(mut desk: Desk, bar: &progress::Bar) -> anyhow::Result<ExitCode> {
    let drawn = desk.redraw(u64::MAX, bar)?;
    bar.finish();
    let [articles, versions, _] = desk.store().counts()?;
    output::line(&format!(
        "{}, {}, {}",
        count(articles, "article"),
        count(versions, "version"),
        count(drawn, "story")
    ))?;
    Ok(ExitCode::SUCCESS)
}

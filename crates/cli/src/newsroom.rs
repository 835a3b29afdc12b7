//! The commands that work with a store. In: their arguments. Out: what came of it, for people or as one
//! JSON object.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use crossread::report::{self, count, one_line};
use crossread::{Align, Engine};
use desk::{Added, Desk};
use store::{Query, Reader, Writer, snippet};

use crate::args::{self, Plain};
use crate::output::{self, Output};
use crate::{alerting, inputs, progress, searches};

/// `add`.
pub fn add(args: &args::Add) -> anyhow::Result<ExitCode> {
    let options = crate::comparing_in(&args.db, &args.comparing, Align::Words)?;
    let align = options.align;
    // What cannot be told is said before anything is added.
    let alerts = alerting::alerts(&args.alerting, fetch::ClientOptions::default())?;
    let (engine, bar) = crate::start(&args.common, options)?;
    // The same file is the same page from whichever folder it is added.
    let paths: Vec<PathBuf> = args.common.paths.iter().map(|path| whole(path)).collect();
    let mut inputs = inputs::walk(&paths, args.common.allow_private).peekable();
    // A mistyped path makes no store.
    if !args.db.db.exists() && !matches!(inputs.peek(), Some(Ok(_))) && paths.len() == 1 {
        let skipped: Vec<_> = inputs.filter_map(Result::err).collect();
        return Ok(crate::close(0, &skipped));
    }
    // A place that cannot be written is told before anything is added.
    let mut output = Output::beside(args.common.output.as_deref(), &args.db.db)?;
    let mut desk = Desk::open(engine, &args.db.db, fetch::now())?;
    let added = desk.add(inputs, "add", &fetch::now, &bar)?;
    let drawn = desk.redraw(if args.later { 0 } else { u64::MAX }, &bar)?;
    bar.finish();
    output.write(&match args.format {
        Plain::Json => report::line(&added),
        Plain::Text => summary(&args.db.db, &added, drawn, align),
    })?;
    output.finish()?;
    alerting::tell(desk.store(), &alerts)?;
    let read = added.new.len() + added.changed.len() + added.known.len();
    Ok(crate::close(read, &[]))
}

fn whole(path: &Path) -> PathBuf {
    match path.as_os_str() == "-" || path.to_str().is_some_and(fetch::is_address) {
        true => path.to_owned(),
        false => path
            .canonicalize()
            .or_else(|_| std::path::absolute(path))
            .unwrap_or_else(|_| path.to_owned()),
    }
}

fn summary(db: &Path, added: &Added, drawn: u64, align: Align) -> String {
    let mut lines = format!(
        "{}: {} new, {} changed, {} known, {} skipped; {}\n",
        inputs::printable(&db.display().to_string()),
        added.new.len(),
        added.changed.len(),
        added.known.len(),
        added.skipped.len(),
        format_args!(
            "{} compared{}",
            count(drawn, "story"),
            match align {
                Align::Words if drawn > 0 => " by words",
                _ => "",
            }
        ),
    );
    for skip in &added.skipped {
        let (path, reason) = (
            inputs::printable(&skip.path),
            inputs::printable(&skip.reason),
        );
        lines.push_str(&format!("skipped {path}: {reason}\n"));
    }
    lines
}

/// `remove`.
pub fn remove(args: &args::Remove) -> anyhow::Result<ExitCode> {
    Reader::open(&args.db.db)?;
    let options = crate::comparing_in(&args.db, &args.comparing, Align::Words)?;
    let engine = Engine::new(options).context("cannot start")?;
    let mut desk = Desk::open(engine, &args.db.db, fetch::now())?;
    let gone = desk.remove(&args.ids, fetch::now())?;
    desk.redraw(u64::MAX, &crossread::Silent)?;
    for id in args.ids.iter().filter(|id| !gone.contains(id)) {
        say!("crossread: there is no article {}", inputs::printable(id));
    }
    output::line(&format!("{} removed", gone.len()))?;
    Ok(match gone.is_empty() {
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    })
}

/// `recompare`.
pub fn recompare(args: &args::Recompare) -> anyhow::Result<ExitCode> {
    Reader::open(&args.db.db)?;
    let options = crate::comparing_in(&args.db, &args.comparing, Align::Words)?;
    let engine = Engine::new(options).context("cannot start")?;
    let bar = progress::Bar::new(args.quiet);
    let mut desk = Desk::open(engine, &args.db.db, fetch::now())?;
    let drawn = desk.recompare(&bar)?;
    bar.finish();
    output::line(&format!("{} compared", count(drawn, "story")))?;
    Ok(ExitCode::SUCCESS)
}

/// `compact`.
pub fn compact(args: &args::Db) -> anyhow::Result<ExitCode> {
    Reader::open(&args.db)?;
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |about| about.len());
    let before = size(&args.db);
    Writer::open(&args.db)?.compact()?;
    let (mib, after) = (1024.0 * 1024.0, size(&args.db));
    output::line(&format!(
        "{:.1} MiB before, {:.1} MiB now",
        before as f64 / mib,
        after as f64 / mib
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// `check`.
pub fn check(args: &args::Check) -> anyhow::Result<ExitCode> {
    let faulty = |error: store::Error| match error {
        store::Error::Damaged { what, .. } => anyhow::anyhow!(
            "{} cannot be read through ({what}); put a copy of the file or an export in its place",
            inputs::printable(&args.db.db.display().to_string())
        ),
        error => error.into(),
    };
    let store = Reader::open(&args.db.db).map_err(faulty)?;
    let bar = progress::Bar::new(args.quiet);
    let [articles, versions, stories] = store.counts().map_err(faulty)?;
    crossread::Progress::begin(
        &bar,
        crossread::Stage::Page,
        Some((versions + stories) as usize),
    );
    let seen = |seen| crossread::Progress::advance(&bar, seen);
    let (mentions, mut faults) = store.check(&seen).map_err(faulty)?;
    let mut deep = None;
    if args.deep {
        let engine = Engine::new(crate::articles_alone()).context("cannot start")?;
        crossread::Progress::begin(&bar, crossread::Stage::Page, Some(versions as usize));
        let mut read = desk::check_deep(&engine, &store, &seen)?;
        faults.append(&mut read.faults);
        deep = Some(read);
    }
    bar.finish();
    let mut output = Output::new(None)?;
    for fault in &faults {
        let (place, what) = (one_line(&fault.place), one_line(&fault.what));
        output.write(&format!("{place}: {what}\n"))?;
    }
    let read = deep.map(|deep| {
        let read = format!(", {} read anew", count(deep.read, "page"));
        match deep.otherwise {
            0 => read,
            otherwise => format!("{read} ({otherwise} otherwise than before, of the same words)"),
        }
    });
    output.write(&format!(
        "{}, {}, {}, {}{}: {}\n",
        count(articles, "article"),
        count(versions, "version"),
        count(stories, "story"),
        count(mentions, "passage"),
        read.unwrap_or_default(),
        match faults.len() {
            0 => "every hash and every passage holds".to_owned(),
            1 => "1 fault".to_owned(),
            faults => format!("{faults} faults"),
        }
    ))?;
    output.finish()?;
    if faults.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    say!(
        "crossread: put a copy of the file or an export in its place, or add the pages that are named to a new store"
    );
    Ok(ExitCode::FAILURE)
}

/// Bytes of the passage shown of an article that was found.
const SHOWN: usize = 160;

/// `search`.
pub fn search(args: &args::Search) -> anyhow::Result<ExitCode> {
    match &args.save {
        Some(name) => searches::save(args, name)?,
        None if args.hooked.hook.is_some() || args.hooked.mail.is_some() => {
            say!("crossread: what is told is kept under a name: give --save NAME");
            return Ok(ExitCode::from(crate::USAGE));
        }
        None => {}
    }
    let store = Reader::open(&args.db.db)?;
    let query = Query {
        words: searches::words(&args.words),
        outlet: args.outlet.clone(),
        ..Query::default()
    };
    let found = store.search(&query, args.limit)?;
    let mut output = Output::new(None)?;
    for one in &found {
        let Some(version) = store.newest(&one.id)? else {
            continue;
        };
        let text = version.article.text.as_str();
        let (passage, marks) = snippet(text, &query.words, SHOWN);
        let line = match args.format {
            Plain::Json => report::line(&serde_json::json!({
                "id": one.id,
                "outlet": one.outlet,
                "title": one.title,
                "published": one.published,
                "url": one.url,
                "story": one.story,
                "passage": passage,
                "words": marks.iter().map(|m| &passage[m.clone()]).collect::<Vec<_>>(),
            })),
            Plain::Text => {
                let about = [
                    one.outlet.as_deref(),
                    one.published.as_deref(),
                    Some(one.id.as_str()),
                ];
                let about: Vec<&str> = about.into_iter().flatten().collect();
                let title = one.title.as_deref().unwrap_or("(no title)");
                format!(
                    "{}\n  {}\n  {}\n",
                    one_line(title),
                    one_line(&about.join(" · ")),
                    one_line(passage)
                )
            }
        };
        output.write(&line)?;
    }
    output.finish()?;
    if found.is_empty() {
        say!("crossread: no article has these words");
    }
    Ok(ExitCode::SUCCESS)
}

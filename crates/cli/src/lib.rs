//! The program `crossread`: a thin door to the engine. In: a command line. Out: what the stages give for its
//! paths. Exit codes: 0 done, 1 nothing could be read or written, 2 wrong usage.
//!
//! It is a library, so that other doors can be the same program ([`program`]) and find files as it does
//! ([`inputs`]).

/// A line on standard error. Nobody can be told of one that cannot be written there, and it costs no more than itself.
macro_rules! say {
    ($($words:tt)*) => {
        say_on!("{}\n", format_args!($($words)*))
    };
}

/// The same without an end of the line.
macro_rules! say_on {
    ($($words:tt)*) => {{
        let written = std::io::Write::write_fmt(&mut anstream::stderr(), format_args!($($words)*));
        drop(written);
    }};
}

mod alerting;
mod args;
mod asking;
mod following;
pub mod inputs;
mod models;
mod newsroom;
mod output;
mod progress;
mod searches;
mod serving;
mod settings;
mod sources;
mod tables;
mod transfer;
mod watching;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::{CommandFactory, FromArgMatches};
use crossread::model::Skipped;
use crossread::report::tables::Writer;
use crossread::report::{self, TextOptions};
use crossread::{Aliases, Engine, Fields, Options, Owners, PageOptions, Silence, Thresholds};

use args::{Args, Command, Common, Format};
use output::Output;
pub use settings::settings_fault;

/// Runs the program with a command line, its own name first; gives its exit code. Ends the process itself
/// where the command line is wrong, or asks for help alone.
pub fn program(command_line: impl IntoIterator<Item = OsString>) -> ExitCode {
    match start_up(command_line) {
        Ok(code) => code,
        Err(error) => {
            say!("crossread: {}", told(&error));
            match error.downcast_ref::<report::FocusError>() {
                Some(_) => ExitCode::from(USAGE),
                None => ExitCode::FAILURE,
            }
        }
    }
}

/// What went wrong and what led to it, each said once: some errors tell their cause themselves.
fn told(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if !told.contains(&cause) {
            let between = if told.is_empty() { "" } else { ": " };
            told.push_str(between);
            told.push_str(&cause);
        }
    }
    told
}

/// Exit code where something was asked for that is not there.
const USAGE: u8 = 2;

/// Reads the settings, then the command line.
fn start_up(command_line: impl IntoIterator<Item = OsString>) -> anyhow::Result<ExitCode> {
    let settings = settings::Settings::load()?;
    settings.check(&Args::command())?;
    let mut command = settings.apply(Args::command());
    let given = command
        .try_get_matches_from_mut(command_line)
        .and_then(|matches| Args::from_arg_matches(&matches));
    let args = match given {
        Ok(args) => args,
        // Help that was asked for is output as any other.
        Err(error) if !error.use_stderr() => {
            error
                .print()
                .and_then(|()| std::io::stdout().flush())
                .context(output::CANNOT)?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => error.exit(),
    };
    match &args.command {
        Command::Config => {
            Output::new(None)?.print(&settings.show(&command))?;
        }
        Command::Man { command } => {
            let mut all = Args::command();
            all.build();
            let shown = match command {
                Some(name) => all
                    .find_subcommand(name)
                    .cloned()
                    .with_context(|| format!("there is no command {}", inputs::printable(name)))?,
                None => all,
            };
            // The page has room for what the short help leaves out.
            let shown = shown.mut_args(|arg| arg.hide_short_help(false));
            let mut page = Vec::new();
            clap_mangen::Man::new(shown).render(&mut page)?;
            Output::new(None)?.print(&String::from_utf8_lossy(&page))?;
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "crossread", &mut script);
            Output::new(None)?.print(&String::from_utf8_lossy(&script))?;
        }
        _ => return run(&args),
    }
    Ok(ExitCode::SUCCESS)
}

fn run(args: &Args) -> anyhow::Result<ExitCode> {
    match &args.command {
        Command::Add(args) => newsroom::add(args),
        Command::Ask(args) => asking::ask(args),
        Command::Search(args) => newsroom::search(args),
        Command::Searches(args) => searches::searches(args),
        Command::Follow(args) => following::follow(args),
        Command::Unfollow(args) => following::unfollow(args),
        Command::Followed(args) => following::followed(args),
        Command::Remove(args) => newsroom::remove(args),
        Command::Check(args) => newsroom::check(args),
        Command::Compact(args) => newsroom::compact(args),
        Command::Recompare(args) => newsroom::recompare(args),
        Command::Export(args) => transfer::export(args),
        Command::Import(args) => transfer::import(args),
        Command::Merge(args) => transfer::merge(args),
        Command::Serve(args) => serving::serve(args),
        Command::Mcp(args) => serving::mcp(args),
        Command::Demo(args) => serving::demo(args),
        Command::Watch(args) => watching::watch(args),
        Command::Models(args) => models::models(args),
        Command::Config | Command::Man { .. } | Command::Completions { .. } => {
            Ok(ExitCode::SUCCESS)
        }
        Command::Read(args) => read(args),
        Command::Extract { common } => {
            let (engine, progress) = start(common, articles_alone())?;
            let (articles, skipped) =
                engine.articles(inputs::walk(&common.paths, common.allow_private), &progress);
            progress.finish();
            let mut output = Output::new(common.output.as_deref())?;
            for article in &articles {
                output.write(&report::article_line(article))?;
            }
            output.finish()?;
            Ok(close(articles.len(), &skipped))
        }
        Command::Annotate { common } => {
            // Offsets are those of the text that was given.
            let mut options = Options::default();
            options.page.strip_text = false;
            let (engine, progress) = start(common, options)?;
            let (articles, skipped) =
                engine.articles(inputs::walk(&common.paths, common.allow_private), &progress);
            let documents = engine.annotate(articles, &progress);
            progress.finish();
            let mut output = Output::new(common.output.as_deref())?;
            for document in &documents {
                output.write(&report::document_line(document))?;
            }
            output.finish()?;
            Ok(close(documents.len(), &skipped))
        }
        Command::Group { common, level } => {
            let (engine, progress) = start(common, articles_alone())?;
            let (articles, skipped) =
                engine.articles(inputs::walk(&common.paths, common.allow_private), &progress);
            let grouped = engine.sort_out(articles, &progress);
            progress.finish();
            let mut output = Output::new(common.output.as_deref())?;
            output.write(&report::group_lines(
                &grouped.documents,
                &grouped.stories,
                &grouped.across,
                (*level).into(),
            ))?;
            output.finish()?;
            Ok(close(grouped.documents.len(), &skipped))
        }
    }
}

fn read(args: &args::Read) -> anyhow::Result<ExitCode> {
    let table = args.tables.asked(args.format.table());
    let options = Options {
        one_story: args.one_story,
        ..comparing(&args.known, args.align.into())?
    };
    let (engine, progress) = start(&args.common, options)?;
    let findings = engine.read(
        inputs::walk(&args.common.paths, args.common.allow_private),
        &progress,
    );
    progress.finish();
    let mut report = report::assemble(&findings);
    if let Some(what) = &args.focus {
        report = report::focus(report, what)?;
    }
    let mut output = Output::new(args.common.output.as_deref())?;
    let options = TextOptions {
        width: output.width(args.width),
        colour: output.takes_colour(),
    };
    match (&args.explain, args.format) {
        (Some(id), _) => {
            let place = report::locate(&report, id)?;
            output.write(&engine.explain(&findings, &report, &place, options))?;
        }
        (None, Format::Json) => output.write(&report::json(&report))?,
        (None, Format::Html) => output.write(&report::html(&report))?,
        (None, Format::Markdown) => output.write(&report::markdown(&report))?,
        (None, Format::Text) => output.write(&report::text(&report, options))?,
        (None, _) => {
            if let Some((table, format)) = table {
                let mut writer = Writer::new(format, table, &mut output)?;
                for batch in table.batches(&report) {
                    writer.write(batch)?;
                }
                writer.finish()?;
            }
        }
    }
    output.finish()?;
    // The report itself lists what was skipped; with nothing else in it, say so where one looks.
    Ok(if findings.documents.is_empty() {
        close(0, &findings.skipped)
    } else {
        ExitCode::SUCCESS
    })
}

/// How the stories of a store are compared: lined up by what is asked for, else by what they last were, else by this.
fn comparing_in(
    db: &args::Db,
    args: &args::Comparing,
    own: crossread::Align,
) -> anyhow::Result<Options> {
    let kept = || {
        let store = store::Reader::open(&db.db).ok()?;
        crossread::Align::named(&store.setting(desk::ALIGN).ok()??)
    };
    let asked = args.align.map(crossread::Align::from);
    comparing(&args.known, asked.or_else(kept).unwrap_or(own))
}

/// How claims are compared: lined up by what, and with what the user knows, of files where they are given.
fn comparing(known: &args::Known, align: crossread::Align) -> anyhow::Result<Options> {
    let read = |file: Option<&Path>| -> anyhow::Result<(String, String)> {
        let Some(file) = file else {
            return Ok(Default::default());
        };
        let name = inputs::printable(&file.display().to_string());
        let list = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
        Ok((list, name))
    };
    let (owners, of_owners) = read(known.owners.as_deref())?;
    let (aliases, of_aliases) = read(known.aliases.as_deref())?;
    let multilingual = match align {
        crossread::Align::Encoder => models::multilingual(known.models.as_deref())?,
        crossread::Align::Words => None,
    };
    let own = &known.thresholds;
    let mut options = articles_alone();
    options.page.page_limit = (own.page_limit as usize) << 20;
    Ok(Options {
        owners: Owners::read(&owners).context(of_owners)?,
        aliases: Aliases::read(&aliases).context(of_aliases)?,
        align,
        multilingual,
        thresholds: Thresholds {
            join: own.join,
            corroborates: own.corroborates,
            told: own.told,
            whole_copy: own.whole_copy.map(f64::from),
        },
        silence: Silence {
            days: i32::from(own.silence),
            ..Silence::default()
        },
        ..options
    })
}

/// Options for commands that print articles: what stands in a text file beside its article is dropped.
fn articles_alone() -> Options {
    Options {
        page: PageOptions {
            strip_text: true,
            ..PageOptions::default()
        },
        ..Options::default()
    }
}

fn start(common: &Common, mut options: Options) -> anyhow::Result<(Engine, progress::Bar)> {
    let threads = common.threads.map(usize::from);
    options.page.fields = Fields::new(common.field.clone());
    let engine = Engine::new(Options { threads, ..options }).context("cannot start")?;
    Ok((engine, progress::Bar::new(common.quiet)))
}

/// Names on standard error what was skipped, and says by the exit code whether anything was read.
fn close(read: usize, skipped: &[Skipped]) -> ExitCode {
    for skip in skipped {
        let (path, reason) = (
            inputs::printable(&skip.path),
            inputs::printable(&skip.reason.to_string()),
        );
        say!("crossread: skipped {path}: {reason}");
    }
    if read > 0 {
        return ExitCode::SUCCESS;
    }
    say!(
        "crossread: nothing could be read. Give files or folders with pages (HTML, PDF, DOCX, ODT, mail, text), \
         records (JSON, CSV, Parquet, feeds) or archives of them (ZIP, WARC, gzip)."
    );
    ExitCode::FAILURE
}

//! In: how many articles a store has. Out: a table of how fast more are added and pages served meanwhile,
//! beside what is to be reached; exit code 1 where a bar is missed. Drives the program as its users do.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::{Row, beside, finish, row};
use crate::cargo;
use crate::http::{get, millis, percentile, timed, words};
use crate::serving::{Server, forget, on, program};

/// Articles added while the time is taken.
const MORE: usize = 10_000;
/// Pages of each sort that are asked for.
const ASKED: usize = 200;
/// Sentences that are asked about.
const SENTENCES: usize = 60;
/// Readers at once, and what each asks for.
const READERS: usize = 200;
const EACH: usize = 5;
/// Words of the generated news.
const WORDS: [&str; 8] = [
    "minister",
    "ferry",
    "storm",
    "protesters",
    "hospital",
    "inquiry",
    "bridge",
    "council",
];

/// Measures.
pub fn run(articles: usize) -> Result<ExitCode> {
    for package in ["crossread-cli", "crossread-eval"] {
        finish(cargo::cargo().args(["build", "--quiet", "--release", "--package", package]))?;
    }
    let folder = cargo::root().join("target/newsroom");
    std::fs::create_dir_all(&folder)?;
    let db = folder.join(format!("{articles}.db"));
    let more = news(&folder, MORE, 77)?;
    if !db.exists() {
        eprintln!(
            "making a store of {articles} articles in {}",
            folder.display()
        );
        let all = news(&folder, articles, 3)?;
        let part = folder.join("part.db");
        forget(&part);
        finish(
            program()
                .args(["add", "--quiet"])
                .arg(&all)
                .arg("--db")
                .arg(&part)
                .stdout(Stdio::null()),
        )?;
        std::fs::rename(&part, &db)?;
    }
    let copy = folder.join("copy.db");
    let fresh = || -> Result<()> {
        forget(&copy);
        std::fs::copy(&db, &copy)?;
        Ok(())
    };
    fresh()?;
    let began = Instant::now();
    finish(&mut adding(&more, &copy))?;
    let added = MORE as f64 / began.elapsed().as_secs_f64();
    fresh()?;
    let mut rows = vec![row(
        "articles added and compared a second",
        added,
        400.0,
        false,
    )];
    rows.extend(serving(&more, &copy)?);
    fresh()?;
    rows.extend(beside::run(&copy)?);
    forget(&copy);
    println!("a store of {articles} articles, {MORE} more\n");
    let mut missed = false;
    for row in &rows {
        let reached = (row.figure <= row.bar) == row.less || row.figure == row.bar;
        missed |= !reached;
        println!(
            "{:<42} {:>9.1}   {} {:<6}{}",
            row.what,
            row.figure,
            if row.less { "at most" } else { "at least" },
            row.bar,
            if reached { "" } else { "  MISSED" }
        );
    }
    Ok(ExitCode::from(u8::from(missed)))
}

/// Pages while articles are added, then many readers at once.
fn serving(more: &Path, db: &Path) -> Result<Vec<Row>> {
    let server = Server::start(db, &[])?;
    let mut rows = vec![row(
        "start of the server, ms",
        millis(server.first),
        100.0,
        true,
    )];
    rows.extend(asked(more, db, &server)?);
    Ok(rows)
}

fn asked(more: &Path, db: &Path, server: &Server) -> Result<Vec<Row>> {
    let address = server.address;
    let listed = get(address, "/api/v1/stories?limit=500&articles=2")?.json();
    let ids: Vec<&str> = listed["stories"]
        .as_array()
        .context("no stories")?
        .iter()
        .filter_map(|story| story["id"].as_str())
        .collect();
    ensure!(!ids.is_empty(), "the store has no stories");
    let story = |at: usize| format!("/stories/{}", ids[at * 7 % ids.len()]);
    let search = |at: usize| {
        format!(
            "/search?q={}+{}",
            WORDS[at % 8],
            WORDS[(at / 8 + at + 3) % 8]
        )
    };
    // Headlines as they could stand in a report.
    let titles = listed["stories"].as_array().into_iter().flatten();
    let titles: Vec<String> = titles
        .filter_map(|story| Some(words(story["title"].as_str()?)))
        .collect();
    ensure!(!titles.is_empty(), "the stories have no headlines");
    let mut answers = Vec::new();
    for at in 0..SENTENCES {
        answers.push(timed(
            address,
            &format!("/api/v1/ask?says={}", titles[at * 7 % titles.len()]),
        )?);
    }
    let mut adding = adding(more, db).spawn()?;
    let (mut stories, mut searches) = (Vec::new(), Vec::new());
    for at in 0..ASKED {
        stories.push(timed(address, &story(at))?);
        searches.push(timed(address, &search(at))?);
        std::thread::sleep(Duration::from_millis(20));
    }
    let busy = adding.try_wait()?.is_none();
    ensure!(adding.wait()?.success(), "the articles could not be added");
    ensure!(busy, "all was added before the pages were asked for");
    let failed = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for reader in 0..READERS {
            let (failed, story) = (&failed, &story);
            scope.spawn(move || {
                for nth in 0..EACH {
                    if timed(address, &story(reader * EACH + nth)).is_err() {
                        failed.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    Ok(vec![
        row("a sentence asked about, p95, ms", p95(answers), 300.0, true),
        row(
            "a story's page while adding, p95, ms",
            p95(stories),
            60.0,
            true,
        ),
        row("a search while adding, p95, ms", p95(searches), 80.0, true),
        row(
            "errors of 200 readers at once",
            failed.into_inner() as f64,
            0.0,
            true,
        ),
        row(
            "most memory of the server, MB",
            server.memory("VmHWM"),
            500.0,
            true,
        ),
    ])
}

fn adding(file: &Path, db: &Path) -> Command {
    let mut add = on(db, &["add", "--quiet"]);
    add.arg(file);
    add.stdout(Stdio::null());
    add
}

/// Generated news as a file of records.
fn news(folder: &Path, articles: usize, seed: u64) -> Result<PathBuf> {
    let file = folder.join(format!("news-{articles}-{seed}.jsonl"));
    if !file.exists() {
        let tool = cargo::root().join("target/release/crossread-eval");
        let mut make = Command::new(tool);
        make.arg("news").arg(&file).arg(articles.to_string());
        finish(make.args(["--seed", &seed.to_string()]))?;
    }
    Ok(file)
}

fn p95(mut times: Vec<f64>) -> f64 {
    percentile(&mut times, 95)
}

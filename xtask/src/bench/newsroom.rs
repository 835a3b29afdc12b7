//! In: how many articles a store has. Out: a table of how fast more are added and pages served meanwhile,
//! beside what is to be reached; exit code 1 where a bar is missed. Drives the program as its users do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::finish;
use crate::cargo;

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

/// A figure with its bar.
struct Row {
    what: &'static str,
    figure: f64,
    bar: f64,
    /// Whether less is better.
    less: bool,
}

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
        remove(&part);
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
        remove(&copy);
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
    remove(&copy);
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

fn row(what: &'static str, figure: f64, bar: f64, less: bool) -> Row {
    Row {
        what,
        figure,
        bar,
        less,
    }
}

/// Pages while articles are added, then many readers at once.
fn serving(more: &Path, db: &Path) -> Result<Vec<Row>> {
    let began = Instant::now();
    let mut server = program()
        .args(["serve", "--listen", "127.0.0.1:0", "--db"])
        .arg(db)
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start the server")?;
    let mut lines = BufReader::new(server.stderr.take().context("no words of the server")?).lines();
    let told = lines.next().context("the server says nothing")??;
    let first = began.elapsed();
    let address = told
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next());
    let address: SocketAddr = address.context("the server gives no address")?.parse()?;
    let measured = asked(address, more, db, &server);
    let _ = server.kill();
    server.wait()?;
    let mut rows = vec![row("start of the server, ms", millis(first), 100.0, true)];
    rows.extend(measured?);
    Ok(rows)
}

fn asked(address: SocketAddr, more: &Path, db: &Path, server: &Child) -> Result<Vec<Row>> {
    let listed = get(address, "/api/v1/stories?limit=500&articles=2")?;
    let listed: serde_json::Value = serde_json::from_str(body(&listed))?;
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
        .filter_map(|story| Some(says(story["title"].as_str()?)))
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
    let memory =
        std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap_or_default();
    let kib = memory
        .lines()
        .find_map(|line| {
            line.strip_prefix("VmHWM:")?
                .trim()
                .strip_suffix(" kB")?
                .parse()
                .ok()
        })
        .unwrap_or(0.0_f64);
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
            kib * 1_024.0 / 1e6,
            500.0,
            true,
        ),
    ])
}

/// A sentence in an address.
fn says(sentence: &str) -> String {
    let word = |c: char| if c.is_ascii_alphanumeric() { c } else { '+' };
    sentence.chars().map(word).collect()
}

fn program() -> Command {
    Command::new(cargo::root().join("target/release/crossread"))
}

fn adding(file: &Path, db: &Path) -> Command {
    let mut add = program();
    add.args(["add", "--quiet"]).arg(file).arg("--db").arg(db);
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

fn remove(db: &Path) {
    for end in ["", "-wal", "-shm", ".lock"] {
        let mut file = db.as_os_str().to_owned();
        file.push(end);
        // What is not there need not go.
        let _ = std::fs::remove_file(file);
    }
}

/// An answer, whole.
fn get(address: SocketAddr, path: &str) -> Result<String> {
    let mut connection = TcpStream::connect(address)?;
    connection.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        connection,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    ensure!(
        answer.starts_with("HTTP/1.1 200"),
        "{path}: {}",
        answer.lines().next().unwrap_or("no answer")
    );
    Ok(answer)
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

/// How long an answer took, in ms.
fn timed(address: SocketAddr, path: &str) -> Result<f64> {
    let began = Instant::now();
    get(address, path)?;
    Ok(millis(began.elapsed()))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn p95(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = (times.len() * 95 / 100).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or(0.0)
}

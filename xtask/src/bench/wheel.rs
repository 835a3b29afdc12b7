//! In: how many pages. Out: how much longer the Python package takes than the program over the same work on the same
//! generated pages, each a process of its own from its start to its end; exit code 1 where a bar is missed.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};

use super::{finish, python};
use crate::{cargo, dist};

/// Of the program's time, how much more the package may take.
const BAR: f64 = 0.10;
/// Each is run so often, in turns; the shortest time counts, which other work on the machine disturbs least.
const RUNS: usize = 3;
/// What is measured, and what the program writes: what comes nearest to what the package then holds.
const WORKS: [(&str, &[&str]); 4] = [
    ("extract", &[]),
    ("annotate", &[]),
    ("group", &[]),
    (
        "read",
        &[
            "--align", "words", "--format", "parquet", "--table", "readings",
        ],
    ),
];

/// Measures.
pub fn run(pages: usize, threads: Option<usize>) -> Result<ExitCode> {
    let threads = match threads {
        Some(threads) => threads,
        None => std::thread::available_parallelism()?.get(),
    };
    let folder = cargo::target().join("bench-wheel");
    std::fs::create_dir_all(&folder)?;
    for package in ["crossread-cli", "crossread-eval"] {
        finish(cargo::cargo().args(["build", "--quiet", "--release", "--package", package]))?;
    }
    let python = python(&folder.join("venv"), &["maturin==1.16.0"])?;
    let wheel = dist::wheel(
        &cargo::root(),
        &folder,
        "release",
        &python.with_file_name("maturin"),
    )?;
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--force-reinstall",
        "--no-deps",
    ];
    finish(Command::new(&python).args(install).arg(&wheel))?;
    let file = folder.join(format!("pages-{pages}.jsonl"));
    let tool = cargo::target().join("release/crossread-eval");
    finish(
        Command::new(tool)
            .args(["news", "--html"])
            .arg(&file)
            .arg(pages.to_string()),
    )?;
    println!("{pages} pages, {threads} threads\n");
    println!(
        "{:<10} {:>10} {:>10} {:>10}",
        "", "program, s", "wheel, s", "more"
    );
    let mut missed = false;
    for (work, writes) in WORKS {
        let (mut ours, mut theirs) = (f64::MAX, f64::MAX);
        for _ in 0..RUNS {
            ours = ours.min(timed(&mut by_program(
                work, writes, &file, threads, &folder,
            ))?);
            theirs = theirs.min(timed(&mut by_wheel(&python, work, &file, threads))?);
        }
        let more = theirs / ours - 1.0;
        missed |= more > BAR;
        println!(
            "{work:<10} {ours:>10.2} {theirs:>10.2} {:>9.1}%{}",
            more * 100.0,
            if more > BAR { "  MISSED" } else { "" }
        );
    }
    println!("\nat most {:.0}% more is the bar", BAR * 100.0);
    Ok(ExitCode::from(u8::from(missed)))
}

fn by_program(work: &str, writes: &[&str], file: &Path, threads: usize, folder: &Path) -> Command {
    let mut program = Command::new(cargo::target().join("release/crossread"));
    program.args([work, "--quiet", "--threads", &threads.to_string()]);
    program
        .args(writes)
        .arg(file)
        .arg("-o")
        .arg(folder.join("out"));
    program
}

fn by_wheel(python: &Path, work: &str, file: &Path, threads: usize) -> Command {
    let mut wheel = Command::new(python);
    wheel.arg(cargo::root().join("benches/wheel.py"));
    wheel.arg(work).arg(file).arg(threads.to_string());
    wheel
}

/// How long a process takes, in seconds.
fn timed(command: &mut Command) -> Result<f64> {
    let began = Instant::now();
    finish(command.stdout(Stdio::null())).context("one of the two does not work")?;
    Ok(began.elapsed().as_secs_f64())
}

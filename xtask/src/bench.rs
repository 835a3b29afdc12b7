//! In: sizes. Out: the table that the binary `crossread-eval bench` prints, and its exit code: 1
//! where a bar is missed.

mod newsroom;

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::cargo;

/// Measures speed, memory and growth on generated news.
#[derive(clap::Args)]
pub struct Args {
    /// Numbers of articles.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000")]
    sizes: Vec<usize>,
    /// Articles of a stream, a million a day, that is grouped as it comes.
    #[arg(long)]
    stream: Option<usize>,
    /// Near-duplicates among so many articles instead, beside rensa and datasketch, which are
    /// installed from PyPI into `target/peers`.
    #[arg(long, value_name = "ARTICLES")]
    peers: Option<usize>,
    /// A store of so many articles instead: adding to it, and its pages meanwhile. Made once, in
    /// `target/newsroom`; 200000 takes six minutes on two cores.
    #[arg(long, value_name = "ARTICLES")]
    newsroom: Option<usize>,
    /// Threads; all cores where not given.
    #[arg(long)]
    threads: Option<usize>,
    /// Writes the figures as JSON to this file as well.
    #[arg(long, value_name = "FILE")]
    json: Option<String>,
}

/// Runs the benchmark in release.
pub fn run(args: Args) -> Result<ExitCode> {
    if let Some(articles) = args.peers {
        return peers(articles);
    }
    if let Some(articles) = args.newsroom {
        return newsroom::run(articles);
    }
    let sizes: Vec<String> = args.sizes.iter().map(ToString::to_string).collect();
    let mut words = vec!["bench".to_owned(), "--sizes".to_owned(), sizes.join(",")];
    if let Some(threads) = args.threads {
        words.extend(["--threads".to_owned(), threads.to_string()]);
    }
    if let Some(file) = args.json {
        words.extend(["--json".to_owned(), file]);
    }
    if let Some(articles) = args.stream {
        words.extend(["--stream".to_owned(), articles.to_string()]);
    }
    cargo::run_release("crossread-eval", "crossread-eval", &words)
}

/// Near-duplicates by ourselves, then by the peers, in the same file.
fn peers(articles: usize) -> Result<ExitCode> {
    let folder = cargo::root().join("target/peers");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("near-duplicates.jsonl").display().to_string();
    let own = ["duplicates", &file, "--write", &articles.to_string()].map(str::to_owned);
    let ours = cargo::run_release("crossread-eval", "crossread-eval", &own)?;
    if ours != ExitCode::SUCCESS {
        return Ok(ours);
    }
    let python = folder.join("bin/python");
    if !python.exists() {
        finish(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "rensa==0.5.0",
        "datasketch==2.0.0",
    ];
    finish(Command::new(&python).args(pip))?;
    let script = cargo::root().join("benches/peers/near_duplicates.py");
    finish(Command::new(&python).arg(script).arg(&file))?;
    Ok(ExitCode::SUCCESS)
}

fn finish(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {command:?}"))?;
    anyhow::ensure!(status.success(), "{command:?} failed ({status})");
    Ok(())
}

//! In: sizes. Out: the table that the binary `crossread-eval bench` prints, and its exit code: 1
//! where a bar is missed.

mod beside;
mod newsroom;
mod wheel;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::{cargo, eval};

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
    /// News pages of the evaluation sets instead, beside trafilatura and newspaper4k, which are
    /// installed from PyPI into `target/peers`.
    #[arg(long)]
    peers_pages: bool,
    /// Folder of the evaluation sets, for --peers-pages; otherwise as for `cargo xtask eval`.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A store of so many articles instead: adding to it, and its pages meanwhile; then posts and pages while a watch
    /// runs. Made once, in `target/newsroom`; 200000 takes six minutes on two cores.
    #[arg(long, value_name = "ARTICLES")]
    newsroom: Option<usize>,
    /// The Python package beside the program on so many pages instead: built in release and installed into
    /// `target/bench-wheel`.
    #[arg(long, value_name = "PAGES")]
    wheel: Option<usize>,
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
    if args.peers_pages {
        return peers_pages(args.data);
    }
    if let Some(articles) = args.newsroom {
        return newsroom::run(articles);
    }
    if let Some(pages) = args.wheel {
        return wheel::run(pages, args.threads);
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
    let python = python(&folder, &["rensa==0.5.0", "datasketch==2.0.0"])?;
    let script = cargo::root().join("benches/peers/near_duplicates.py");
    finish(Command::new(&python).arg(script).arg(&file))?;
    Ok(ExitCode::SUCCESS)
}

/// The same pages read by the peers and by ourselves, scored by one scorer.
fn peers_pages(data: Option<PathBuf>) -> Result<ExitCode> {
    let Some(data) = eval::data(data) else {
        return Ok(ExitCode::from(2));
    };
    let folder = cargo::root().join("target/peers");
    std::fs::create_dir_all(&folder)?;
    let python = python(&folder, &["trafilatura==2.3.1", "newspaper4k[all]==0.9.6"])?;
    let read = folder.join("pages.jsonl");
    let script = cargo::root().join("benches/peers/pages.py");
    let sets = ["scrapinghub", "fundus", "readability", "mediacloud-a"];
    let mut command = Command::new(&python);
    command.args(["-W", "ignore"]).arg(script);
    command.arg(&data).args(sets);
    finish(command.stdout(std::fs::File::create(&read)?))?;
    let words = [
        "pages".to_owned(),
        "--data".to_owned(),
        data.display().to_string(),
        "--peers".to_owned(),
        read.display().to_string(),
    ];
    cargo::run_release("crossread-eval", "crossread-eval", &words)
}

/// The installer of the peers.
const PIP: &str = "pip==25.0.1";

/// A Python of its own in a folder, with these packages.
fn python(folder: &Path, packages: &[&str]) -> Result<PathBuf> {
    let python = folder.join("bin/python");
    if !python.exists() {
        finish(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    }
    let pip = ["-m", "pip", "install", "--quiet"];
    // Pythons come with a pip that stumbles over some packages' extras.
    finish(Command::new(&python).args(pip).arg(PIP))?;
    finish(Command::new(&python).args(pip).args(packages))?;
    Ok(python)
}

/// A figure with its bar.
struct Row {
    what: &'static str,
    figure: f64,
    bar: f64,
    /// Whether less is better.
    less: bool,
}

fn row(what: &'static str, figure: f64, bar: f64, less: bool) -> Row {
    Row {
        what,
        figure,
        bar,
        less,
    }
}

fn finish(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {command:?}"))?;
    anyhow::ensure!(status.success(), "{command:?} failed ({status})");
    Ok(())
}

//! In: sizes. Out: the table that the binary `crossread-eval bench` prints, and its exit code: 1
//! where a bar is missed.

use std::process::ExitCode;

use anyhow::Result;

use crate::cargo;

/// Measures speed, memory and growth on generated news.
#[derive(clap::Args)]
pub struct Args {
    /// Numbers of articles.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000")]
    sizes: Vec<usize>,
    /// Threads; all cores where not given.
    #[arg(long)]
    threads: Option<usize>,
    /// Writes the figures as JSON to this file as well.
    #[arg(long, value_name = "FILE")]
    json: Option<String>,
}

/// Runs the benchmark in release.
pub fn run(args: Args) -> Result<ExitCode> {
    let sizes: Vec<String> = args.sizes.iter().map(ToString::to_string).collect();
    let mut words = vec!["bench".to_owned(), "--sizes".to_owned(), sizes.join(",")];
    if let Some(threads) = args.threads {
        words.extend(["--threads".to_owned(), threads.to_string()]);
    }
    if let Some(file) = args.json {
        words.extend(["--json".to_owned(), file]);
    }
    cargo::run_release("crossread-eval", "crossread-eval", &words)
}

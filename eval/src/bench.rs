//! In: numbers of articles. Out: for each stage and for all of them articles a second and peak
//! memory on generated news, each measured in a process of its own; how time grows; and how long
//! one story of fifty and of five hundred articles takes to compare. Says which bars are missed.

pub mod duplicates;
mod job;
pub mod pages;
mod table;

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

pub use job::{Job, Measured, Work, of_page, run};

/// Articles a second, from text to stories and annotation, on two cores: the first bar.
pub const TEXT_BAR: f64 = 500.0;
/// How much longer ten times the articles may take: growth must be close to linear.
pub const GROWTH_BAR: f64 = 12.0;
/// Seconds that comparing one story of so many articles may take, by words and with the encoder.
pub const STORY_BARS: [(usize, f64, f64); 2] = [(50, 1.0, 5.0), (500, 10.0, 60.0)];
/// Articles a second of a stream, from text to stories and near-copies, on two cores.
pub const STREAM_BAR: f64 = 3_000.0;
/// How much longer the stream's last articles may take than its first.
pub const LAST_BAR: f64 = 1.3;
/// Memory of a stream of a million articles, in megabytes.
pub const MEMORY_BAR: f64 = 3_000.0;

/// What `bench` is asked to do.
pub struct Plan {
    /// Numbers of articles.
    pub sizes: Vec<usize>,
    /// Articles of a stream.
    pub stream: Option<usize>,
    /// Threads; all cores where not given.
    pub threads: Option<usize>,
}

/// Measures everything, each in a fresh process of this program.
pub fn measure(plan: &Plan) -> Result<Vec<Measured>> {
    let mut jobs = Vec::new();
    for (articles, _, _) in STORY_BARS {
        jobs.extend([Work::Story, Work::Encoded].map(|work| Job { work, articles }));
    }
    for &articles in &plan.sizes {
        jobs.extend(Work::STAGES.map(|work| Job { work, articles }));
    }
    jobs.extend(plan.stream.map(|articles| Job {
        work: Work::Stream,
        articles,
    }));
    let mut all = Vec::new();
    for job in jobs {
        let measured = apart(&job, plan.threads)?;
        for one in measured {
            eprintln!(
                "{:<10} {:>7} articles  {:>8.2} s",
                one.work.name(),
                one.articles,
                one.seconds
            );
            all.push(one);
        }
    }
    Ok(all)
}

/// Runs one job in a process of its own, so that its peak memory is its own.
fn apart(job: &Job, threads: Option<usize>) -> Result<Vec<Measured>> {
    let this = std::env::current_exe().context("cannot find this program")?;
    let mut command = Command::new(this);
    command.args(["bench-job", job.work.name(), &job.articles.to_string()]);
    if let Some(threads) = threads {
        command.args(["--threads", &threads.to_string()]);
    }
    let output = command.output().context("cannot start a process")?;
    if !output.status.success() {
        bail!(
            "{} of {} articles failed ({}): {}",
            job.work.name(),
            job.articles,
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    serde_json::from_slice(&output.stdout).context("a process did not say what it measured")
}

/// Prints the table and the bars; whether every bar holds.
pub fn report(all: &[Measured]) -> ExitCode {
    print!("{}", table::table(all));
    let missed = table::missed(all);
    for bar in &missed {
        println!("missed: {bar}");
    }
    if missed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

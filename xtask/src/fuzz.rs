//! What comes from outside, mutated by libFuzzer. In: minutes, and which targets. Out: a table: for each target how often
//! it was run, how many edges of the code its corpus reaches, how many of these were new in the last fifth of the time,
//! and how many inputs broke it; these are in `target/fuzz/faults`. What it learns
//! stays in `target/fuzz/corpus`; the corpus of the project's own making is in `fuzz/corpus`.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, ensure};

use crate::cargo;

/// Runs the ways in on mutated inputs.
#[derive(clap::Args)]
pub struct Args {
    /// Minutes for each target
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// Only this target; may be repeated
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Processes at one time for each target
    #[arg(long, default_value_t = 1)]
    jobs: usize,
}

/// Has the compiler count which edges of the code were passed, as libFuzzer wants it, without a nightly compiler.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                     -Ccodegen-units=1 -Cdebug-assertions -Coverflow-checks";

/// Seconds and MiB of one input, at most.
const LONGEST: u32 = 20;
const MEMORY: u32 = 2_048;

/// Builds and runs them.
pub fn run(args: Args) -> Result<ExitCode> {
    let root = cargo::root();
    let own = root.join("fuzz/corpus");
    let mut names: Vec<String> = fs::read_dir(&own)
        .context("cannot list fuzz/corpus")?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    for only in &args.only {
        ensure!(
            names.contains(only),
            "there is no target {only}: {}",
            names.join(", ")
        );
    }
    let wanted = |name: &&String| args.only.is_empty() || args.only.contains(name);
    let program = built()?;
    let seconds = (args.minutes * 60.0).ceil() as u64;
    let mut whole = true;
    let mut table = HEAD.to_owned();
    for name in names.iter().filter(wanted) {
        let grown = cargo::target().join("fuzz/corpus").join(name);
        let faults = cargo::target().join("fuzz/faults").join(name);
        fs::create_dir_all(&grown)?;
        fs::create_dir_all(&faults)?;
        eprintln!("\n\u{2500}\u{2500} {name}");
        let mut fuzz = Command::new(&program);
        fuzz.env("CROSSREAD_FUZZ", name)
            .arg(&grown)
            .arg(own.join(name));
        fuzz.arg(format!("-artifact_prefix={}/", faults.display()));
        fuzz.args([
            &format!("-max_total_time={seconds}"),
            &format!("-timeout={LONGEST}"),
            &format!("-rss_limit_mb={MEMORY}"),
            &format!("-fork={}", args.jobs.max(1)),
            "-ignore_crashes=1",
            "-ignore_timeouts=1",
            "-ignore_ooms=1",
            "-max_len=65536",
            "-print_final_stats=1",
        ]);
        // It tells all on standard error; the last line of its progress has what the table needs.
        let told = fuzz
            .stderr(Stdio::piped())
            .output()
            .context("cannot start the fuzzer")?;
        let told = String::from_utf8_lossy(&told.stderr);
        let broke = fs::read_dir(&faults)?.flatten().count();
        whole &= broke == 0;
        table.push_str(&format!("| {name} | {} | {broke} |\n", progress(&told)));
        let trouble = told
            .lines()
            .filter(|line| line.contains("panicked") || line.contains("ERROR:"));
        trouble.take(20).for_each(|line| eprintln!("   {line}"));
    }
    eprintln!(
        "\n\u{2500}\u{2500} {} minutes for each target",
        args.minutes
    );
    print!("{table}");
    if !whole {
        eprintln!(
            "inputs that broke a target are in target/fuzz/faults; put each, made small, into fuzz/corpus when it is mended"
        );
    }
    Ok(if whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The table's head.
const HEAD: &str = "| target | executions | seconds | edges at the start | edges at the end | of these new in the last fifth | faults |\n\
                    |---|---|---|---|---|---|---|\n";

/// A look at how far libFuzzer has come: executions, edges, seconds.
fn look(line: &str) -> Option<(u64, u64, u64)> {
    let mut words = line.split_whitespace();
    let count = words
        .next()?
        .strip_prefix('#')?
        .trim_end_matches(':')
        .parse()
        .ok()?;
    let words: Vec<&str> = words.collect();
    let after = |key: &str| {
        let at = words.iter().position(|word| *word == key)?;
        words.get(at + 1)?.trim_end_matches('s').parse().ok()
    };
    Some((count, after("cov:")?, after("time:").unwrap_or(0)))
}

/// What the table says of it.
fn progress(told: &str) -> String {
    let looks: Vec<(u64, u64, u64)> = told.lines().filter_map(look).collect();
    let (Some(&(_, first, _)), Some(&(count, edges, seconds))) = (looks.first(), looks.last())
    else {
        return "no progress told | | | | ".to_owned();
    };
    let before = looks.iter().rfind(|(_, _, at)| *at * 5 <= seconds * 4);
    let new = edges.saturating_sub(before.map_or(first, |(_, edges, _)| *edges));
    format!("{count} | {seconds} | {first} | {edges} | {new}")
}

/// Builds the fuzzer; gives where it is.
fn built() -> Result<PathBuf> {
    let told = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("cannot start rustc")?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not say for which machine it builds")?;
    let folder = cargo::target().join("fuzz");
    let mut build = cargo::cargo();
    build.args([
        "build",
        "--release",
        "-p",
        "crossread-fuzz",
        "--features",
        "libfuzzer",
    ]);
    // With a target, flags are not those of build scripts and macros.
    build.args(["--target", host, "--target-dir"]).arg(&folder);
    let status = build
        .env("RUSTFLAGS", FLAGS)
        .status()
        .context("cannot start cargo")?;
    ensure!(
        status.success(),
        "the fuzzer does not build; it needs a compiler for C++"
    );
    Ok(folder.join(host).join("release/crossread-fuzz"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_new_in_the_last_fifth() {
        let told = "INFO: -fork=1\n\
                    #10: cov: 100 ft: 9 corp: 7 exec/s: 5 oom/timeout/crash: 0/0/0 time: 2s job: 1 dft_time: 0\n\
                    #70: cov: 150 ft: 9 corp: 7 exec/s: 5 oom/timeout/crash: 0/0/0 time: 80s job: 1 dft_time: 0\n\
                    #90: cov: 153 ft: 9 corp: 7 exec/s: 5 oom/timeout/crash: 0/0/0 time: 100s job: 9 dft_time: 0\n";
        assert_eq!(progress(told), "90 | 100 | 100 | 153 | 3");
        assert!(progress("").starts_with("no progress"));
    }
}

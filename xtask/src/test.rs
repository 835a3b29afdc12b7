//! In: the working tree. Out: whether everything that must hold does: formatting, tidiness, lints,
//! tests, documentation. Stops at the first step that fails and says what to do about it.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::outside::Outcome;
use crate::{browser, cargo, packages, python, supply, tidy};

/// Checks everything that must hold.
#[derive(clap::Args)]
pub struct Args {
    /// Only the steps whose name contains this.
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

/// A step: what it is called, how cargo is to be called, what to do when it fails.
struct Step {
    name: &'static str,
    cargo: &'static [&'static str],
    env: Option<(&'static str, &'static str)>,
    mend: &'static str,
}

/// Checks the library with one of its features alone, or with none.
const fn alone(name: &'static str, cargo: &'static [&'static str]) -> Step {
    Step {
        name,
        cargo,
        env: None,
        mend: "the library does not build so; what needs a feature stands behind `#[cfg(feature = …)]`",
    }
}

/// What cargo is told for it. Clippy, as it alone refuses warnings without building all crates anew.
const fn features(feature: &'static str) -> [&'static str; 9] {
    [
        "clippy",
        "--quiet",
        "--package=crossread",
        "--no-default-features",
        "--features",
        feature,
        "--",
        "-D",
        "warnings",
    ]
}

/// From the quickest to the slowest, so that a slip shows soon. Tidiness is checked after the
/// first.
const STEPS: [Step; 10] = [
    Step {
        name: "formatting",
        cargo: &["fmt", "--all", "--check"],
        env: None,
        mend: "run `cargo fmt --all`",
    },
    Step {
        name: "lints",
        cargo: &[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
        env: None,
        mend: "mend what clippy names above (`cargo clippy --workspace --all-targets`)",
    },
    alone("features: none", &features("")),
    alone("features: encoder", &features("encoder")),
    alone("features: report", &features("report")),
    alone("features: parquet", &features("parquet")),
    Step {
        name: "examples",
        cargo: &["build", "--quiet", "--workspace", "--examples"],
        env: None,
        mend: "an example does not build; it is named above",
    },
    Step {
        name: "tests and suites",
        cargo: &[
            "test",
            "--quiet",
            "--workspace",
            "--lib",
            "--bins",
            "--tests",
        ],
        env: None,
        mend: "the failing test is named above; run it alone with `cargo test -p CRATE NAME`",
    },
    Step {
        name: "documentation examples",
        cargo: &["test", "--quiet", "--workspace", "--doc"],
        env: None,
        mend: "an example in a doc comment no longer runs; it is named above",
    },
    Step {
        name: "documentation",
        cargo: &["doc", "--quiet", "--workspace", "--no-deps"],
        env: Some(("RUSTDOCFLAGS", "-D warnings")),
        mend: "mend the doc comments named above (`cargo doc --workspace --no-deps`)",
    },
];

/// What needs more than the workspace: its name, how it is run, what to do when it fails.
type Outside = (&'static str, fn(&Path) -> Result<Outcome>, &'static str);

/// Of these what takes as long as all else: it runs where it is named.
const ASKED: [&str; 2] = ["wheel", "spark"];

const OUTSIDE: [Outside; 6] = [
    (
        "supply",
        supply::run,
        "a crate, its licence or the list of licences is not as deny.toml has it",
    ),
    (
        "python",
        python::run,
        "a check named FAIL above does not hold; tests/python/README.md says how to run them",
    ),
    (
        "packages",
        packages::run,
        "what FAIL names above is not in what `cargo xtask dist` builds, or does not run from there",
    ),
    (
        "wheel",
        python::wheel,
        "the package does not do what it says; the failing test is named above",
    ),
    (
        "spark",
        python::spark,
        "archives on Spark; the failing test is named above",
    ),
    (
        "browser",
        browser::run,
        "a check named FAIL above does not hold; tests/browser/README.md says how to run them",
    ),
];

/// Runs the steps.
pub fn run(args: Args) -> Result<ExitCode> {
    let start = Instant::now();
    let wanted = |name: &str| args.only.as_deref().is_none_or(|only| name.contains(only));
    let mut done = Vec::new();
    for (at, step) in STEPS.iter().enumerate() {
        if wanted(step.name) {
            heading(step.name);
            let began = Instant::now();
            let mut command = cargo::cargo();
            command.args(step.cargo);
            if let Some((key, value)) = step.env {
                command.env(key, value);
            }
            let status = command.status().context("cannot start cargo")?;
            if !status.success() {
                return Ok(stopped(step.name, step.mend));
            }
            done.push((step.name, began.elapsed()));
        }
        if at == 0 && wanted("tidiness") {
            heading("tidiness");
            let began = Instant::now();
            if !tidy::check()? {
                return Ok(stopped(
                    "tidiness",
                    "mend what is named above (`cargo xtask tidy`)",
                ));
            }
            done.push(("tidiness", began.elapsed()));
        }
    }
    for (name, run, mend) in OUTSIDE {
        if !wanted(name) {
            continue;
        }
        if args.only.is_none() && ASKED.contains(&name) {
            eprintln!(
                "\n\u{2500}\u{2500} {name}: not run, `cargo xtask test --only {name}` does it"
            );
            continue;
        }
        heading(name);
        let began = Instant::now();
        match run(&cargo::root())? {
            Outcome::Holds => done.push((name, began.elapsed())),
            Outcome::Missing => {}
            Outcome::Fails => return Ok(stopped(name, mend)),
        }
    }
    if done.is_empty() {
        eprintln!("xtask test: no step is called so");
        return Ok(ExitCode::from(2));
    }
    eprintln!("\n\u{2500}\u{2500} all of it holds");
    for (name, took) in &done {
        eprintln!("   {name:<24} {:>7.1} s", took.as_secs_f64());
    }
    eprintln!(
        "   {:<24} {:>7.1} s",
        "together",
        start.elapsed().as_secs_f64()
    );
    Ok(ExitCode::SUCCESS)
}

fn heading(name: &str) {
    eprintln!("\n\u{2500}\u{2500} {name}");
}

fn stopped(name: &str, mend: &str) -> ExitCode {
    eprintln!("\n\u{2500}\u{2500} stopped at {name}: {mend}");
    ExitCode::FAILURE
}

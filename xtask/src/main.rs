//! Chores of the project: `cargo xtask COMMAND`.
//!
//! In: the command line. Out: an exit code: 0 done, 1 something is wrong with the project, 2 wrong
//! usage or nothing to work on. One file a command: to add one, write its file with an `Args`
//! struct and a `run`, and name it in the three places below.

mod background;
mod bench;
mod browser;
mod cargo;
mod encode;
mod eval;
mod gazetteer;
mod persons;
mod test;
mod tidy;
mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the project")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything that must hold: formatting, tidiness, lints, tests, documentation.
    Test(test::Args),
    /// Order in the house: what neither rustfmt nor clippy looks at.
    Tidy(tidy::Args),
    /// Scores the stages on the evaluation sets and compares with eval/baseline.json.
    Eval(eval::Args),
    /// Speed, memory and growth on generated news.
    Bench(bench::Args),
    /// Trains the models that ship, from the free sets alone.
    Train(train::Args),
    /// Makes the encoder that ships from its published weights.
    Encoder(encode::Args),
    /// Counts how common words are, from the free sets alone.
    Background(background::Args),
    /// Rebuilds the list of places from free sources.
    Gazetteer(gazetteer::Args),
    /// Rebuilds the lists of persons' names and of words written small from free sources.
    Persons(persons::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Test(args) => test::run(args),
        Command::Tidy(args) => tidy::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Train(args) => cargo::in_release(|| train::run(args)),
        Command::Encoder(args) => encode::run(args),
        Command::Background(args) => cargo::in_release(|| background::run(args)),
        Command::Gazetteer(args) => gazetteer::run(args),
        Command::Persons(args) => persons::run(args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::FAILURE
    })
}

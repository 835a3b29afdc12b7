//! Chores of the project: `cargo xtask COMMAND`.
//!
//! In: the command line. Out: an exit code: 0 done, 1 something is wrong with the project, 2 wrong
//! usage or nothing to work on. One file a command: to add one, write its file with an `Args`
//! struct and a `run`, and name it in the three places below.

mod attack;
mod bench;
mod browser;
mod cargo;
mod crates;
mod dist;
mod eval;
mod fuzz;
mod http;
mod licences;
mod mcpb;
mod outside;
mod packages;
mod python;
mod serving;
mod supply;
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
    /// Kills, full disks, misbehaving feeds: what the program bears, as a table.
    Attack(attack::Args),
    /// Builds what is given away: tarball, Debian package, Python wheel.
    Dist(dist::Args),
    /// Runs what comes from outside on mutated inputs, under libFuzzer.
    Fuzz(fuzz::Args),
    /// Writes THIRD-PARTY.md: the licences of all crates and models that ship.
    Licences(licences::Args),
    /// Trains the taggers that ship; with `claims` or `figures`, fits weights.
    Train(train::Args),
    /// Makes the encoder that ships from its published weights, or the optional multilingual one.
    Encoder(train::Args),
    /// Counts how common words are, from the free sets alone.
    Background(train::Args),
    /// Rebuilds the list of places from free sources.
    Gazetteer(train::Args),
    /// Rebuilds the lists of persons' names and of words written small from free sources.
    Persons(train::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Test(args) => test::run(args),
        Command::Tidy(args) => tidy::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Attack(args) => attack::run(args),
        Command::Dist(args) => dist::run(args),
        Command::Fuzz(args) => fuzz::run(args),
        Command::Licences(args) => licences::run(args),
        Command::Train(args) => train::train(args),
        Command::Encoder(args) => train::run("encoder", args),
        Command::Background(args) => train::run("background", args),
        Command::Gazetteer(args) => train::run("gazetteer", args),
        Command::Persons(args) => train::run("persons", args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::FAILURE
    })
}

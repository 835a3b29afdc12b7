//! The program behind `cargo xtask train` and the chores that rebuild what comes from elsewhere.
//!
//! In: a command line. Out: models and lists in their places in the project, or weights on standard
//! output; an exit code: 0 done, 1 not. One file a command: to add one, write its file with an
//! `Args` struct and a `run`, and name it in the three places below.

mod across;
mod background;
mod claims;
mod encoder;
mod figures;
mod folds;
mod gazetteer;
mod logistic;
mod multilingual;
mod persons;
mod place;
mod stories;
mod taggers;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "crossread-train",
    about = "Makes what the program learns from data"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Trains the models of parts of speech and of names, from the free sets alone.
    Taggers(taggers::Args),
    /// Fits the weights by which statements are paired into claims.
    Claims(claims::Args),
    /// Fits the weights by which two figures clash.
    Figures(figures::Args),
    /// Fits the weights of pairs that the multilingual encoder reads.
    Multilingual(across::Args),
    /// Makes the encoder that ships from its published weights, or the optional multilingual one.
    Encoder(encoder::Args),
    /// Counts how common words are, from the free sets alone.
    Background(background::Args),
    /// Rebuilds the list of places from free sources.
    Gazetteer(gazetteer::Args),
    /// Rebuilds the lists of persons' names and of words written small from free sources.
    Persons(persons::Args),
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Taggers(args) => taggers::run(args),
        Command::Claims(args) => claims::run(args),
        Command::Figures(args) => figures::run(args),
        Command::Multilingual(args) => across::run(args),
        Command::Encoder(args) => encoder::run(args),
        Command::Background(args) => background::run(args),
        Command::Gazetteer(args) => gazetteer::run(args),
        Command::Persons(args) => persons::run(args),
    }
}

//! In: the words behind a command that makes what the program learns. Out: what `crossread-train`
//! does with them, and its exit code. Refuses nothing itself.

use std::process::ExitCode;

use anyhow::Result;

use crate::cargo;

/// Words that are handed on as they are, `--help` among them.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub struct Args {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

/// Trains what is named; the taggers where only options are given.
pub fn train(args: Args) -> Result<ExitCode> {
    let first = args.words.first().map(String::as_str);
    let options = first.is_some_and(|word| word.starts_with('-') && word != "--help");
    if options {
        return run("taggers", args);
    }
    cargo::run_release("crossread-train", "crossread-train", &args.words)
}

/// Runs one of its commands.
pub fn run(command: &str, args: Args) -> Result<ExitCode> {
    let mut words = vec![command.to_owned()];
    words.extend(args.words);
    cargo::run_release("crossread-train", "crossread-train", &words)
}

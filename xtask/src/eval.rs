//! In: which kinds to score and where the sets are. Out: the table that the binary `eval` prints,
//! and its exit code. Refuses (2) before anything is built where the sets are not there.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::cargo;

/// Scores the stages on the evaluation sets.
#[derive(clap::Args)]
pub struct Args {
    /// Kinds to score (extraction, sentences, names, quotations, dates, stories, copies, similarity,
    /// multilingual, comparison, asked, evidence); all where none is named.
    kinds: Vec<String>,
    /// Folder of the evaluation sets; otherwise $CROSSREAD_DATA, otherwise ../shared/data beside
    /// the repository.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Prints the worst cases of a kind in context.
    #[arg(long, value_name = "KIND")]
    errors: Option<String>,
    /// Cases that --errors prints at most.
    #[arg(long, default_value_t = 40)]
    limit: usize,
    /// Only sets whose name contains this.
    #[arg(long, value_name = "NAME")]
    set: Option<String>,
    /// Raises the floors in eval/baseline.json to what was reached; never lowers one.
    #[arg(long)]
    update: bool,
    /// Scores what readers decided in a store, and nothing else: the articles of its export (`crossread export`) are
    /// read anew, without these decisions.
    #[arg(long, value_name = "EXPORT")]
    marks: Option<PathBuf>,
    /// The file of the multilingual encoder (models/multilingual.md says how it is made).
    #[arg(long, value_name = "FILE")]
    multilingual: Option<PathBuf>,
    /// Threads; all cores where not given.
    #[arg(long)]
    threads: Option<usize>,
}

/// Finds the sets, then runs the scorers in release.
pub fn run(args: Args) -> Result<ExitCode> {
    if let Some(file) = args.marks {
        let file = file.display().to_string();
        let limit = args.limit.to_string();
        let words = ["eval", "--marks", &file, "--limit", &limit].map(str::to_owned);
        return cargo::run_release("crossread-eval", "crossread-eval", &words);
    }
    let Some(data) = data(args.data) else {
        return Ok(ExitCode::from(2));
    };
    let mut words = vec![
        "eval".to_owned(),
        "--data".to_owned(),
        data.display().to_string(),
    ];
    words.extend(args.kinds);
    if let Some(kind) = args.errors {
        words.extend(["--errors".to_owned(), kind]);
    }
    words.extend(["--limit".to_owned(), args.limit.to_string()]);
    if let Some(set) = args.set {
        words.extend(["--set".to_owned(), set]);
    }
    if args.update {
        words.push("--update".to_owned());
    }
    if let Some(file) = args.multilingual {
        words.extend(["--multilingual".to_owned(), file.display().to_string()]);
    }
    if let Some(threads) = args.threads {
        words.extend(["--threads".to_owned(), threads.to_string()]);
    }
    cargo::run_release("crossread-eval", "crossread-eval", &words)
}

/// The folder of the evaluation sets; says where it was looked for, where it is not there.
pub fn data(given: Option<PathBuf>) -> Option<PathBuf> {
    let from_env = std::env::var_os("CROSSREAD_DATA").map(PathBuf::from);
    let data = given
        .or(from_env)
        .unwrap_or_else(|| cargo::root().join("../shared/data"));
    let found = data.canonicalize().ok();
    if found.is_none() {
        eprintln!(
            "xtask: there are no evaluation sets at {}.\n\
             They lie beside the project, never in it: name their folder with --data DIR or \
             CROSSREAD_DATA.\neval/README.md says which sets it should hold.",
            data.display()
        );
    }
    found
}

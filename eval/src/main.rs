//! The program behind `cargo xtask eval` and `cargo xtask bench`.
//!
//! In: a command line. Out: tables on standard output, progress on standard error; 0 where every
//! figure holds its floor, 1 where one does not, 2 where there is nothing to work on.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use crossread::{Engine, Options};
use eval::baseline::Baseline;
use eval::bench;
use eval::figures::{self, Scores};
use eval::generate;
use eval::lab::Lab;
use eval::{KINDS, Kind, marks, multilingual};

/// The program's own, so that what is timed is what is shipped.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(name = "crossread-eval", about = "Scores and times the stages")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Scores the stages on the evaluation sets.
    Eval(EvalArgs),
    /// Measures speed, memory and growth on generated news.
    Bench(BenchArgs),
    /// One piece of the benchmark, in a process of its own.
    #[command(hide = true)]
    BenchJob(JobArgs),
    /// Writes generated news, a record a line, to fill a store with.
    News(NewsArgs),
    /// Finds planted near-duplicates in a file of generated news, which it writes where asked.
    Duplicates(DuplicatesArgs),
    /// Prints what this program and peers read of the evaluation sets' pages, side by side.
    Pages(PagesArgs),
}

#[derive(clap::Args)]
struct BenchArgs {
    /// Numbers of articles.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,100000")]
    sizes: Vec<usize>,
    /// Articles of a stream, a million a day, that is grouped as it comes; none where not given.
    #[arg(long)]
    stream: Option<usize>,
    /// Threads; all cores where not given.
    #[arg(long)]
    threads: Option<usize>,
    /// Writes the figures as JSON to this file as well.
    #[arg(long)]
    json: Option<PathBuf>,
}

#[derive(clap::Args)]
struct DuplicatesArgs {
    /// The file, JSON lines.
    file: PathBuf,
    /// Writes the file first, with so many articles.
    #[arg(long)]
    write: Option<usize>,
}

#[derive(clap::Args)]
struct PagesArgs {
    /// Folder of the evaluation sets.
    #[arg(long)]
    data: PathBuf,
    /// What the peers read, as `benches/peers/pages.py` writes it.
    #[arg(long)]
    peers: PathBuf,
}

#[derive(clap::Args)]
struct NewsArgs {
    /// The file, JSON lines.
    file: PathBuf,
    /// How many articles.
    articles: usize,
    /// Where chance begins: other news for each.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// As pages of their outlets' sites, not as texts.
    #[arg(long)]
    html: bool,
}

#[derive(clap::Args)]
struct JobArgs {
    work: String,
    articles: usize,
    #[arg(long)]
    threads: Option<usize>,
}

#[derive(clap::Args)]
struct EvalArgs {
    /// Kinds to score; all where none is named.
    kinds: Vec<String>,
    /// Folder of the evaluation sets.
    #[arg(long, required_unless_present = "marks")]
    data: Option<PathBuf>,
    /// Prints the worst cases of this kind.
    #[arg(long)]
    errors: Option<String>,
    /// Cases printed at most.
    #[arg(long, default_value_t = 40)]
    limit: usize,
    /// Only sets whose name contains this.
    #[arg(long)]
    set: Option<String>,
    /// Raises the floors.
    #[arg(long)]
    update: bool,
    /// Scores what readers decided in a store, by its export, and nothing else.
    #[arg(long)]
    marks: Option<PathBuf>,
    /// The file of the multilingual encoder, which reads beside the one that ships.
    #[arg(long)]
    multilingual: Option<PathBuf>,
    /// Threads; all cores where not given.
    #[arg(long)]
    threads: Option<usize>,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Eval(args) => eval(args),
        Command::Bench(args) => benchmark(args),
        Command::BenchJob(args) => bench_job(args),
        Command::News(args) => news(args),
        Command::Duplicates(args) => duplicates(args),
        Command::Pages(args) => {
            bench::pages::measure(&args.data, &args.peers).map(|()| ExitCode::SUCCESS)
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("eval: {error:#}");
        ExitCode::from(2)
    })
}

fn benchmark(args: BenchArgs) -> Result<ExitCode> {
    let plan = bench::Plan {
        sizes: args.sizes,
        stream: args.stream,
        threads: args.threads,
    };
    let all = bench::measure(&plan)?;
    if let Some(path) = args.json {
        let text = serde_json::to_string_pretty(&all)? + "\n";
        std::fs::write(&path, text).with_context(|| format!("cannot write {path:?}"))?;
    }
    Ok(bench::report(&all))
}

fn duplicates(args: DuplicatesArgs) -> Result<ExitCode> {
    let file = args.file;
    if let Some(count) = args.write {
        bench::duplicates::write(count, &file)?;
    }
    bench::duplicates::measure(&file)?;
    Ok(ExitCode::SUCCESS)
}

fn news(args: NewsArgs) -> Result<ExitCode> {
    let file = args.file;
    let mut lines = String::new();
    for (at, page) in generate::news(args.articles, args.seed).iter().enumerate() {
        let id = format!("{}-{at}", args.seed);
        let record = match args.html {
            true => serde_json::json!({ "id": id, "html": page.html() }),
            false => serde_json::json!({
                "id": id, "outlet": page.outlet, "title": page.title,
                "published": page.published, "text": page.text(),
            }),
        };
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    std::fs::write(&file, lines).with_context(|| format!("cannot write {file:?}"))?;
    Ok(ExitCode::SUCCESS)
}

fn bench_job(args: JobArgs) -> Result<ExitCode> {
    let work = bench::Work::by_name(&args.work)
        .with_context(|| format!("there is no work called {:?}", args.work))?;
    let job = bench::Job {
        work,
        articles: args.articles,
    };
    println!(
        "{}",
        serde_json::to_string(&bench::run(&job, args.threads)?)?
    );
    Ok(ExitCode::SUCCESS)
}

/// Where the floors are kept.
fn baseline_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("baseline.json")
}

fn eval(args: EvalArgs) -> Result<ExitCode> {
    let chosen = choose(&args)?;
    let options = Options {
        threads: args.threads,
        multilingual: args
            .multilingual
            .as_deref()
            .map(multilingual::model)
            .transpose()?,
        ..Options::default()
    };
    let engine = Engine::new(options).context("the engine does not start")?;
    let lab = Lab {
        data: args.data.unwrap_or_default(),
        engine,
        only: args.set.clone(),
    };
    if let Some(file) = &args.marks {
        let scores = marks::score(&lab, file)?;
        print!("{}", figures::table(&scores.figures, |_| None));
        print!("\n{}", figures::worst(&scores.cases, args.limit));
        return Ok(ExitCode::SUCCESS);
    }
    let mut all = Scores::default();
    for kind in chosen {
        let began = Instant::now();
        let scores = (kind.score)(&lab).with_context(|| format!("scoring {}", kind.name))?;
        eprintln!("{:<12} {:>6.1} s", kind.name, began.elapsed().as_secs_f64());
        let wanted = args.errors.as_deref() == Some(kind.name);
        all.extend(Scores {
            figures: scores.figures,
            cases: if wanted { scores.cases } else { Vec::new() },
        });
    }
    let path = baseline_path();
    let mut baseline = Baseline::read(&path)?;
    print!(
        "{}",
        figures::table(&all.figures, |figure| baseline.floor(figure))
    );
    if args.errors.is_some() {
        print!("\n{}", figures::worst(&all.cases, args.limit));
    }
    let below = baseline.below(&all.figures);
    for figure in &below {
        let floor = baseline.floor(figure).unwrap_or_default();
        println!(
            "below its floor: {} is {:.4}, its floor {floor:.4}",
            figure.key(),
            figure.value
        );
    }
    if args.update {
        let raised = baseline.raise(&all.figures);
        baseline.write(&path)?;
        println!("{raised} floors rose");
    }
    Ok(if below.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The kinds that were asked for.
fn choose(args: &EvalArgs) -> Result<Vec<&'static Kind>> {
    let mut names = args.kinds.clone();
    // `--errors KIND` alone means that kind alone.
    if names.is_empty() {
        names.extend(args.errors.clone());
    }
    let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    for name in names.iter().chain(&args.errors) {
        if !known.contains(&name.as_str()) {
            anyhow::bail!("there is no kind {name:?}; there are {}", known.join(", "));
        }
    }
    Ok(KINDS
        .iter()
        .filter(|kind| names.is_empty() || names.iter().any(|name| name == kind.name))
        .collect())
}

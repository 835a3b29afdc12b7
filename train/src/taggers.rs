//! `cargo xtask train`: trains the taggers that ship, from the free sets alone.
//!
//! In: the folder of the training sets. Out: `models/speech.bin` and `models/names.bin`, and their
//! scores on parts kept aside. Deterministic: the same sets give the same bytes. Refuses to start
//! where a set is missing.

mod gum;
mod lay;
mod score;
mod set;
mod source;
mod swap;

use std::fs;
use std::path::{Path, PathBuf};

use annotate::{Annotator, training};
use anyhow::{Context, Result};
use tagger::{Example, Model, Settings, Task};

use crate::place;
use set::Source;

/// Where the models lie.
const MODELS: &str = "models";

/// Sets with parts of speech.
const SPEECH: [&str; 2] = ["ewt-train.conllu.gz", "gum-train.conllu.gz"];

/// Sets with names.
const NAMES: [&str; 5] = [
    "wikigold.conll.gz",
    "re3d.conll.gz",
    "uner-ewt-dev.iob2.gz",
    "uner-pud.iob2.gz",
    "gum-train.conllu.gz",
];

/// Trains the models of parts of speech and of names, or scores names on sets.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the sets.
    #[arg(long)]
    data: PathBuf,
    /// Only these models.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Train nothing; score the shipped models on these files.
    #[arg(long)]
    score: Vec<PathBuf>,
    /// Train nothing; show names and entities of these texts.
    #[arg(long)]
    show: Vec<PathBuf>,
    /// Rows of the names' table, as a power of two.
    #[arg(long, default_value_t = 19)]
    bits: u8,
    /// Rounds over the names' sets.
    #[arg(long, default_value_t = 10)]
    rounds: usize,
    /// How often to learn anew, in other orders of the sentences; the model is the mean.
    #[arg(long, default_value_t = 4)]
    orders: u64,
    /// By how much the right label must win.
    #[arg(long, default_value_t = 100)]
    margin: i32,
    /// Copies of the sets with other names in them.
    #[arg(long, default_value_t = 2)]
    swaps: u64,
    /// Print what is wrong, at most so many.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

/// Trains or scores.
pub(crate) fn run(args: Args) -> Result<()> {
    let annotator = Annotator::new();
    if !args.score.is_empty() || !args.show.is_empty() {
        let load = |name: &str| -> Result<Model> {
            let path = place::of(MODELS).join(name);
            let bytes = fs::read(&path).with_context(|| format!("no {}", path.display()))?;
            Ok(Model::from_bytes(&bytes)?)
        };
        let annotator = training::annotator(load("speech.bin")?, load("names.bin")?);
        for path in &args.score {
            score::names(&annotator, path, args.errors)?;
        }
        for path in &args.show {
            score::show(&annotator, path)?;
        }
        return Ok(());
    }
    let wanted = |name: &str| args.only.is_empty() || args.only.iter().any(|only| only == name);
    if wanted("speech") {
        let model = speech(&annotator, &args.data)?;
        save("speech", &model)?;
    }
    if wanted("names") {
        let bytes = fs::read(place::of(MODELS).join("speech.bin"))?;
        let tags = Model::from_bytes(&bytes)?;
        let model = names(&annotator, &args, &tags)?;
        save("names", &model)?;
    }
    Ok(())
}

fn save(name: &str, model: &Model) -> Result<()> {
    let path = place::of(MODELS).join(format!("{name}.bin"));
    let bytes = model.to_bytes();
    fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    eprintln!("{}: {:.2} MB", path.display(), bytes.len() as f64 / 1e6);
    Ok(())
}

fn all(data: &Path, files: &[&str]) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for file in files {
        sources.extend(source::read(&data.join(file))?);
    }
    Ok(sources)
}

/// The tagger of parts of speech.
fn speech(annotator: &Annotator, data: &Path) -> Result<Model> {
    let labels: Vec<String> = training::TAGS.map(String::from).to_vec();
    let examples: Vec<Example> = all(data, &SPEECH)?
        .iter()
        .flat_map(|source| lay::speech(annotator, source, &labels))
        .collect();
    let settings = Settings {
        bits: 18,
        rounds: 6,
        orders: 1,
        known_count: 40,
        known_share: 0.995,
        margin: 1,
    };
    let model = tagger::train(Task::Speech, labels.clone(), &examples, &settings)?;
    for file in ["ewt-test.conllu.gz", "gum-test.conllu.gz"] {
        let sources = source::read(&data.join(file))?;
        let examples = sources
            .iter()
            .flat_map(|source| lay::speech(annotator, source, &labels));
        let (right, count) = right(&model, examples);
        eprintln!("{file}: {right:.2} % of {count} words");
    }
    Ok(model)
}

/// The tagger of names.
fn names(annotator: &Annotator, args: &Args, tags: &Model) -> Result<Model> {
    let labels: Vec<String> = training::NAME_LABELS.map(String::from).to_vec();
    let mut examples = Vec::new();
    let mut sets = Vec::new();
    for file in NAMES {
        let sources = source::read(&args.data.join(file))?;
        let words: usize = sources.iter().map(|s| s.words.len()).sum();
        let names: usize = sources.iter().map(|s| s.names.len()).sum();
        eprintln!("{file}: {words} words, {names} names");
        sets.push((file.starts_with("re3d"), sources));
    }
    let pool = swap::Pool::of(sets.iter().filter(|(loose, _)| !loose).flat_map(|(_, s)| s))?;
    for (loose, sources) in &sets {
        for (index, source) in sources.iter().enumerate() {
            examples.extend(lay::names(annotator, source, tags, *loose));
            // Whole phrases cannot be swapped for names.
            for copy in 0..if *loose { 0 } else { args.swaps } {
                let other = pool.swapped(source, index as u64 * 1000 + copy);
                examples.extend(lay::names(annotator, &other, tags, false));
            }
        }
    }
    let settings = Settings {
        bits: args.bits,
        rounds: args.rounds,
        orders: args.orders,
        known_count: u32::MAX,
        known_share: 2.0,
        margin: args.margin,
    };
    let model = tagger::train(Task::Names, labels, &examples, &settings)?;
    let (right, _) = right(&model, examples);
    eprintln!("on what it learned from: {right:.2} % of words");
    Ok(model)
}

/// Of how many words of examples a model gives the right label, in percent; and how many there are.
fn right(model: &Model, examples: impl IntoIterator<Item = Example>) -> (f64, usize) {
    let (mut right, mut count, mut out) = (0, 0, Vec::new());
    for example in examples {
        model.tag(&example.words, &mut out);
        count += out.len();
        let both = out.iter().zip(&example.labels);
        right += both.filter(|(one, other)| one == other).count();
    }
    (100.0 * right as f64 / count as f64, count)
}

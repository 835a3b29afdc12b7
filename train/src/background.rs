//! `cargo xtask background`: counts how common English words are, for the stage `story`.
//!
//! In: the folder of the training sets. Out: `models/background.bin`: for each word stem that
//! stands in two stretches of text or more, in how many. Deterministic: the same sets give the
//! same bytes. Refuses to start where a set is missing.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use annotate::Annotator;
use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use model::{Article, ArticleId, Block, BlockKind, Text, TokenClass};

use crate::place;

/// Where the table lies.
const OUT: &str = "models/background.bin";

/// Sets with sentences in comments (`# text = `).
const TREEBANKS: [&str; 2] = ["gum-train.conllu.gz", "ewt-train.conllu.gz"];

/// Sets with a word a line.
const COLUMNS: [&str; 2] = ["wikigold.conll.gz", "re3d.conll.gz"];

/// Bytes after which a stretch ends at the next sentence: about 400 words, as a news report has.
const STRETCH: usize = 2200;

/// Bytes under which the end of a text is no stretch.
const REST: usize = 200;

/// Stretches that a stem must stand in; a stem of one counts as unseen.
const LEAST: u16 = 2;

/// Counts how common words are.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the sets.
    #[arg(long)]
    data: PathBuf,
}

/// Writes the table.
pub(crate) fn run(args: Args) -> Result<()> {
    let annotator = Annotator::new();
    let mut frequencies: BTreeMap<u32, u16> = BTreeMap::new();
    let stretches = stretches(&args.data)?;
    for stretch in &stretches {
        let doc = annotator.annotate(article(stretch));
        let words = doc.tokens.iter().filter(|t| t.class == TokenClass::Word);
        let mut terms: Vec<u32> = words.map(|token| story::term(token.stem)).collect();
        terms.sort_unstable();
        terms.dedup();
        for term in terms {
            let count = frequencies.entry(term).or_default();
            *count = count.saturating_add(1);
        }
    }
    frequencies.retain(|_, count| *count >= LEAST);
    println!(
        "{} stems of {} stretches",
        frequencies.len(),
        stretches.len()
    );
    let table = story::encode_background(stretches.len() as u32, frequencies.into_iter().collect());
    fs::write(place::of(OUT), table).with_context(|| format!("cannot write {OUT}"))?;
    Ok(())
}

/// The sets' texts in stretches of a report's length.
fn stretches(data: &Path) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for name in TREEBANKS {
        let mut open = String::new();
        for line in read(&data.join(name))?.lines() {
            if line.starts_with("# newdoc") || open.len() > STRETCH {
                all.push(std::mem::take(&mut open));
            }
            if let Some(sentence) = line.strip_prefix("# text = ") {
                open.push_str(sentence);
                open.push('\n');
            }
        }
        all.push(open);
    }
    for name in COLUMNS {
        let mut open = String::new();
        for line in read(&data.join(name))?.lines() {
            match line.split_whitespace().next() {
                Some("-DOCSTART-") => {}
                Some(word) => {
                    open.push_str(word);
                    open.push(' ');
                }
                None => {
                    open.push('\n');
                    if open.len() > STRETCH {
                        all.push(std::mem::take(&mut open));
                    }
                }
            }
        }
        all.push(open);
    }
    all.retain(|stretch| stretch.len() >= REST);
    Ok(all)
}

fn read(path: &Path) -> Result<String> {
    let file = fs::File::open(path).with_context(|| format!("no {}", path.display()))?;
    let mut text = String::new();
    MultiGzDecoder::new(file).read_to_string(&mut text)?;
    Ok(text)
}

/// An article of one text.
fn article(text: &str) -> Article {
    let text = Text::new(text);
    let lines = text
        .as_str()
        .lines()
        .filter_map(|line| text.span_of(line.trim()));
    let blocks = lines
        .map(|span| Block {
            span,
            kind: BlockKind::Paragraph,
        })
        .collect();
    Article {
        id: ArticleId::new("background"),
        language: Some("en".to_owned()),
        text,
        blocks,
        ..Article::nothing()
    }
}

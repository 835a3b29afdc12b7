//! In: the sets of news pages, and what peers read from the same pages (`benches/peers/pages.py`). Out: a
//! table of accuracy and speed, a line for each reader and set. All are scored by the scorer of
//! `extraction`; Crossread reads on one thread, all pages of a set together.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use engine::model::{Article, Text};
use engine::{Engine, Input, Options};
use serde::Deserialize;

use super::job::cpu_seconds;
use crate::documents::published;
use crate::extraction::{self, SETS, Set, Truth};
use crate::lab::Lab;

/// The figures of a line, as the scorer names them.
const FIGURES: [&str; 4] = ["text F1", "title right", "authors right", "date right"];

/// A line of the peers' file: a page, or a set's time.
#[derive(Deserialize)]
struct Line {
    peer: String,
    set: String,
    file: Option<String>,
    text: Option<String>,
    title: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    date: Option<String>,
    cpu_seconds: Option<f64>,
}

/// What a reader made of a set.
#[derive(Default)]
struct Readings {
    articles: Vec<Article>,
    seconds: f64,
}

/// Prints the table.
pub fn measure(data: &Path, peers: &Path) -> Result<()> {
    let lab = Lab {
        data: data.to_owned(),
        engine: Engine::new(Options {
            threads: Some(1),
            ..Options::default()
        })?,
        only: None,
    };
    let others = read_peers(peers)?;
    println!(
        "{:<14} {:<12} {:>8} {:>8} {:>8} {:>8} {:>14}",
        "set", "reader", "text F1", "title", "authors", "date", "pages/CPU-s"
    );
    for set in &SETS {
        let truths = extraction::truths(&lab, set)?;
        line(set, &truths, "crossread", &ours(&lab, set, &truths)?);
        let readers = others.iter().filter(|((of, _), _)| of == set.name);
        for ((_, peer), readings) in readers {
            line(set, &truths, peer, readings);
        }
    }
    Ok(())
}

/// The pages of a set read by ourselves; what unpacks them is not counted.
fn ours(lab: &Lab, set: &Set, truths: &[Truth]) -> Result<Readings> {
    let inputs: Vec<Input> = extraction::inputs(lab, set, truths)?;
    let before = cpu_seconds();
    let (articles, _) = lab.articles(inputs);
    let seconds = cpu_seconds() - before;
    Ok(Readings { articles, seconds })
}

/// What the peers read, by set and peer.
fn read_peers(path: &Path) -> Result<BTreeMap<(String, String), Readings>> {
    let lines = std::fs::read_to_string(path).with_context(|| format!("cannot read {path:?}"))?;
    let mut all: BTreeMap<(String, String), Readings> = BTreeMap::new();
    for line in lines.lines() {
        let line: Line = serde_json::from_str(line).context("not what benches/peers writes")?;
        let readings = all.entry((line.set, line.peer)).or_default();
        readings.seconds += line.cpu_seconds.unwrap_or_default();
        if let Some(path) = line.file {
            readings.articles.push(Article {
                path,
                text: Text::new(&line.text.unwrap_or_default()),
                title: line.title,
                authors: line.authors,
                published: line.date.as_deref().and_then(published),
                ..Article::nothing()
            });
        }
    }
    Ok(all)
}

fn line(set: &Set, truths: &[Truth], reader: &str, readings: &Readings) {
    let paths = readings.articles.iter();
    let article_of: HashMap<&str, &Article> = paths
        .map(|article| (article.path.as_str(), article))
        .collect();
    let scores = extraction::compare(set, truths, &article_of);
    let figure = |name: &str| {
        let found = scores.figures.iter().find(|figure| figure.name == name);
        found.map_or("–".to_owned(), |figure| format!("{:.3}", figure.value))
    };
    let [text, title, authors, date] = FIGURES.map(figure);
    let speed = truths.len() as f64 / readings.seconds.max(1e-9);
    println!(
        "{:<14} {reader:<12} {text:>8} {title:>8} {authors:>8} {date:>8} {speed:>14.0}",
        set.name
    );
}

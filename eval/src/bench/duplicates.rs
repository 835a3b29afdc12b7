//! In: a number of articles. Out: a file of generated news with copies planted among them, and how
//! fast and how surely the copies are found in it, by ourselves and by whatever else reads the file
//! (`benches/peers/near_duplicates.py`).

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use engine::{Engine, NearCopies, Options};
use serde::{Deserialize, Serialize};

use super::job::cpu_seconds;
use crate::documents::{Given, article};
use crate::generate::news;
use crate::measure::share;
use crate::plant::plant;

/// Bytes of an article, as in the measurements of others.
const BYTES: usize = 2_800;

/// Copies planted each way.
const EACH: usize = 100;

/// The ways of copying that keep most of a text: what near-duplicate finders are for.
const WAYS: [&str; 4] = ["light", "truncated", "heavy", "in furniture"];

#[derive(Serialize, Deserialize)]
struct Record {
    id: String,
    text: String,
    of: Option<String>,
    way: Option<String>,
}

#[derive(Serialize)]
struct Row {
    peer: &'static str,
    articles: usize,
    cpu_seconds: f64,
    found: BTreeMap<String, f64>,
}

/// Writes the file.
pub fn write(count: usize, path: &Path) -> Result<()> {
    let mut texts: Vec<String> = Vec::with_capacity(count);
    let mut text = String::new();
    // Two to four reports make an article of that length.
    for page in news(4 * count, 20_261_129) {
        if texts.len() == count {
            break;
        }
        for paragraph in &page.paragraphs {
            text.push_str(paragraph);
            text.push('\n');
        }
        if text.len() >= BYTES {
            texts.push(std::mem::take(&mut text));
        }
    }
    // Each is a story of its own here.
    let stories: Vec<String> = (0..texts.len()).map(|at| at.to_string()).collect();
    let plants = plant(&texts, &stories, EACH);
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut line = |record: &Record| -> Result<()> {
        serde_json::to_writer(&mut file, record)?;
        file.write_all(b"\n")?;
        Ok(())
    };
    for (at, text) in texts.iter().enumerate() {
        line(&Record {
            id: at.to_string(),
            text: text.clone(),
            of: None,
            way: None,
        })?;
    }
    for (number, plant) in plants
        .iter()
        .enumerate()
        .filter(|(_, p)| WAYS.contains(&p.way))
    {
        line(&Record {
            id: format!("plant-{number}"),
            text: plant.text.clone(),
            of: plant.of.first().map(ToString::to_string),
            way: Some(plant.way.to_owned()),
        })?;
    }
    file.flush()?;
    Ok(())
}

/// Finds the copies of the file on one thread; prints what it took, as the peers do.
pub fn measure(path: &Path) -> Result<()> {
    let engine = Engine::new(Options {
        threads: Some(1),
        ..Options::default()
    })?;
    let lines = std::fs::read_to_string(path).with_context(|| format!("cannot read {path:?}"))?;
    let records: Vec<Record> = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("the file is not the one that was written")?;
    let given = |record: &Record| Given {
        id: record.id.clone(),
        text: record.text.clone(),
        language: "en".to_owned(),
        ..Given::default()
    };
    let before = cpu_seconds();
    let mut copies = NearCopies::default();
    let mut rows: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for record in &records {
        let doc = engine.segment(article(given(record)));
        let found = copies.add(&doc);
        if let (Some(of), Some(way)) = (&record.of, &record.way) {
            let row = rows.entry(way.clone()).or_default();
            row[0] += 1;
            row[1] += usize::from(found.iter().any(|&at| records[at as usize].id == *of));
        }
    }
    let row = Row {
        peer: "crossread",
        articles: records.len(),
        cpu_seconds: cpu_seconds() - before,
        found: rows
            .into_iter()
            .map(|(way, [all, hit])| (way, share(hit, all)))
            .collect(),
    };
    println!("{}", serde_json::to_string(&row)?);
    Ok(())
}

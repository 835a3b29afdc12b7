//! In: a number of articles. Out: a file of generated news with copies planted among them, and how
//! fast and how surely the copies are found in it, by ourselves and by whatever else reads the file
//! (`benches/peers/near_duplicates.py`).

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use crossread::NearCopies;
use serde::{Deserialize, Serialize};

use super::job::cpu_seconds;
use crate::generate::Dice;
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

/// Coined words, the commonest first. News of a template would repeat its phrases in every article,
/// which real news does not.
fn vocabulary(dice: &mut Dice) -> Vec<String> {
    const SYLLABLES: &str = "ba be bi bo ca ce co da de di do en er es fa fi for ga ge go ha he hi in is ka \
         ke la le li lo ma me mi mo na ne ni no on or pa pe pi po ra re ri ro sa se si so ta te ti to \
         un va ve vi wa we";
    const COMMON: &str =
        "the of and to in a that it was for on with as at by from he she they said";
    const WORDS: usize = 30_000;
    let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
    let mut words: Vec<String> = COMMON.split_whitespace().map(str::to_owned).collect();
    while words.len() < WORDS {
        let length = 2 + dice.below(3);
        words.push((0..length).map(|_| dice.pick(&syllables)).collect());
    }
    words
}

/// An article of words as common as their rank says (Zipf's law), in sentences and paragraphs.
fn text(words: &[String], dice: &mut Dice) -> String {
    const STEPS: usize = 1 << 20;
    let mut text = String::with_capacity(BYTES + 200);
    let mut sentence = 0;
    while text.len() < BYTES {
        for at in 0..8 + dice.below(16) {
            let share = dice.below(STEPS) as f64 / STEPS as f64;
            let rank = (words.len() as f64).powf(share) as usize - 1;
            if at > 0 {
                text.push(' ');
            }
            text.push_str(&words[rank.min(words.len() - 1)]);
        }
        sentence += 1;
        text.push_str(if sentence % 3 == 0 { ".\n" } else { ". " });
    }
    text
}

/// Writes the file.
pub fn write(count: usize, path: &Path) -> Result<()> {
    let mut dice = Dice(20_261_129);
    let words = vocabulary(&mut dice);
    let texts: Vec<String> = (0..count).map(|_| text(&words, &mut dice)).collect();
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
    let lines = std::fs::read_to_string(path).with_context(|| format!("cannot read {path:?}"))?;
    let records: Vec<Record> = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("the file is not the one that was written")?;
    let before = cpu_seconds();
    let mut copies = NearCopies::default();
    let mut rows: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for record in &records {
        let found = copies.add(&record.text);
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

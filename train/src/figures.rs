//! `cargo xtask train figures`: fits the weights by which two figures clash (`crates/compare/src/disputes/figure.rs`).
//!
//! In: the comparison gold, and the invented stories of `training/` but for the writers kept aside. Out: the weights as
//! Rust; how well pairs are told apart, of the gold's stories each left out of the fit in turn, and of the writers kept
//! aside.

mod labels;

use std::path::PathBuf;

use anyhow::Result;
use compare::figures::FEATURE_NAMES;
use crossread::Align;
use eval::comparison::{Gold, golds, invented, is_aside};
use eval::measure::average_precision;

use crate::folds::without;
use crate::logistic::{Row, chance, fit};
use crate::stories::lab;
use labels::{BIASED, Origin, rows};

/// Pulls the weights towards zero.
const RIDGE: f64 = 1.0;
/// Chances from which pairs are given.
const THRESHOLDS: [f32; 3] = [0.3, 0.35, 0.4];

/// Fits the weights by which two figures clash.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Folder of the evaluation sets.
    data: PathBuf,
}

/// Prints the weights.
pub(crate) fn run(args: Args) -> Result<()> {
    let lab = lab(args.data, Align::Encoder)?;
    let (aside, invented): (Vec<Gold>, Vec<Gold>) = invented()?
        .into_iter()
        .partition(|gold| is_aside(&gold.story));
    let of = |golds: Vec<Gold>, origin: Origin| -> Vec<Vec<Row<BIASED>>> {
        let golds = golds.into_iter();
        golds.map(|gold| rows(&lab, gold, origin)).collect()
    };
    let gold = of(golds(&lab)?, Origin::Gold);
    let invented = of(invented, Origin::Invented);
    let aside = of(aside, Origin::Invented);
    let fitted = |held: Option<usize>| {
        let gold = without(&gold, held).flatten();
        let all: Vec<&Row<BIASED>> = gold.chain(invented.iter().flatten()).collect();
        fit(&all, RIDGE)
    };
    let scored = |rows: &[Row<BIASED>], weights: [f32; BIASED]| -> Vec<(f32, bool)> {
        let rows = rows.iter();
        rows.map(|row| (chance(&weights, &row.features), row.yes))
            .collect()
    };
    let left_out: Vec<(f32, bool)> = (0..gold.len())
        .flat_map(|held| scored(&gold[held], fitted(Some(held))))
        .collect();
    tell("gold, each story left out in turn", &left_out);
    let weights = fitted(None);
    tell("writers kept aside", &scored(&aside.concat(), weights));
    print(&weights);
    Ok(())
}

/// How well pairs are told apart.
fn tell(what: &str, pairs: &[(f32, bool)]) {
    println!(
        "{what}: {} pairs, {} of them disputes; average precision {:.3}",
        pairs.len(),
        pairs.iter().filter(|pair| pair.1).count(),
        average_precision(pairs)
    );
    for threshold in THRESHOLDS {
        let given = pairs.iter().filter(|pair| pair.0 >= threshold);
        let right = given.clone().filter(|pair| pair.1).count();
        println!("  at {threshold:.2} right {right} of {}", given.count());
    }
}

/// The weights as Rust.
fn print(weights: &[f32; BIASED]) {
    println!("const WEIGHTS: [f32; FEATURES] = [");
    for (weight, name) in weights[1..].iter().zip(FEATURE_NAMES) {
        println!("    {weight:.2}, // {name}");
    }
    println!("];\nconst BIAS: f32 = {:.2};", weights[0]);
}

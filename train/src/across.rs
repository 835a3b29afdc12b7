//! `cargo xtask train multilingual`: fits the weights by which pairs of statements are lined up that the multilingual
//! encoder reads (`MULTILINGUAL` in `crates/compare/src/weights.rs`).
//!
//! In: the encoder's file, and the half of the families of `training/multilingual` that is not scored. Out: the
//! weights, one a line. Passages that contradict each other or only look alike are left out: what the encoder reads
//! cannot tell them from those that state one fact, which is why it finds and does not judge.

use std::path::PathBuf;

use anyhow::{Context, Result};
use compare::features::{FEATURE_NAMES, FEATURES};
use crossread::{Engine, Options};
use eval::lab::Lab;
use eval::multilingual::{Line, SETS, Told, lines, model};

use crate::logistic::{Row, chance, fit};

/// Pulls the weights towards zero.
const RIDGE: f64 = 2.0;
/// The features that are of what the encoder reads alone, and the bias.
const USED: [usize; 6] = [0, 32, 34, 35, 39, 42];

/// Fits the weights of pairs that the multilingual encoder reads.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The encoder's file.
    model: PathBuf,
}

/// Prints the weights.
pub(crate) fn run(args: Args) -> Result<()> {
    let options = Options {
        multilingual: Some(model(&args.model)?),
        ..Options::default()
    };
    let lab = Lab {
        data: PathBuf::new(),
        engine: Engine::new(options)?,
        only: None,
    };
    let mut rows = Vec::new();
    for set in SETS {
        let lines = lines(set)?;
        let useful =
            |line: &&Line| line.fitted && ["same", "apart"].contains(&line.relation.as_str());
        let lines: Vec<&Line> = lines.iter().filter(useful).collect();
        let told = Told::of(&lab, &lines).context("no lines")?;
        rows.extend(labelled(&lines, told.candidates(&lab)));
    }
    let all: Vec<&Row<FEATURES>> = rows.iter().collect();
    let weights = fit(&all, RIDGE);
    println!(
        "rows {}, same {}",
        rows.len(),
        rows.iter().filter(|row| row.yes).count()
    );
    for (name, weight) in FEATURE_NAMES.iter().zip(weights) {
        if weight != 0.0 {
            println!("        {weight:.3}, // {name}");
        }
    }
    // Of the same half: the weights have a handful of numbers.
    for least in [0.3, 0.4, 0.45, 0.5, 0.6, 0.7] {
        let over = |yes: bool| {
            let rows = rows.iter().filter(|row| row.yes == yes);
            rows.filter(|row| chance(&weights, &row.features) >= least)
                .count()
        };
        println!("at {least}: same {}, others {}", over(true), over(false));
    }
    Ok(())
}

/// Rows of pairs of lines: of a line's own two passages, where they say the same, the statements that say most of
/// each other; of all others, every pair.
fn labelled(
    lines: &[&Line],
    candidates: Vec<(usize, usize, [f32; FEATURES])>,
) -> Vec<Row<FEATURES>> {
    const SAID: usize = 32;
    let row = |features: &[f32; FEATURES], yes: bool| Row {
        features: std::array::from_fn(|at| match USED.contains(&at) {
            true => features[at],
            false => 0.0,
        }),
        yes,
        weight: 1.0,
    };
    let mut rows = Vec::new();
    let mut best: Vec<Option<[f32; FEATURES]>> = vec![None; lines.len()];
    for (one, other, features) in &candidates {
        if one == other && lines[*one].relation == "same" {
            let known = &mut best[*one];
            if known.is_none_or(|known| features[SAID] > known[SAID]) {
                *known = Some(*features);
            }
        } else {
            rows.push(row(features, false));
        }
    }
    rows.extend(best.iter().flatten().map(|features| row(features, true)));
    rows
}

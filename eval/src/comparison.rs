//! In: stories compared by hand in full. Out: the figures that their guide defines: claims lined
//! up, look-alikes kept apart, quotations with their speakers, disputes, copies, timeline, names.
//! The whole program is measured, from the articles' bytes; see [`Mode`].

mod file;
mod found;
mod gold;
mod invented;
mod map;
mod reading;
mod score;
mod speaker;

pub use found::{Found, run};
pub use gold::{Gold, Place, read};
pub use invented::{Told, tell};
pub use reading::{Mode, Reading};

use std::path::Path;

use anyhow::{Context, Result};

use crate::figures::{Better, Scores};
use crate::lab::Lab;
use crate::measure::mean;
use score::Sums;

const KIND: &str = "comparison";

/// The stories that the project grew up on: many copied sentences, easy to line up. What they give is told
/// apart from what all others give, which is the honest measure; a story that comes to the set is one of these.
const EASY: [&str; 8] = [
    "airline",
    "fireworks",
    "morsi",
    "prince",
    "rihanna",
    "seeds",
    "subway",
    "tamimi",
];

/// The writers whose invented stories nothing is trained on.
const ASIDE: [&str; 2] = ["w6-", "w9-"];

/// Scores every story in every mode, those that were fitted on and the others apart.
pub fn score(lab: &Lab) -> Result<Scores> {
    let (fitted, new): (Vec<Gold>, Vec<Gold>) = golds(lab)?
        .into_iter()
        .partition(|gold| EASY.contains(&gold.story.as_str()));
    let mut scores = Scores::default();
    for (mode, name) in Mode::ALL {
        for (golds, set) in [
            (&fitted, name.to_owned()),
            (&new, format!("{name}, new stories")),
        ] {
            if lab.wants(&set) && !golds.is_empty() {
                score_set(lab, golds, mode, &set, &mut scores)?;
            }
        }
    }
    let (aside, rest): (Vec<Gold>, Vec<Gold>) = invented()?
        .into_iter()
        .partition(|gold| is_aside(&gold.story));
    for (golds, set) in [(&rest, "invented"), (&aside, "invented, kept aside")] {
        if lab.wants(set) {
            score_invented(lab, golds, set, &mut scores)?;
        }
    }
    Ok(scores)
}

/// Scores what the marks of invented stories tell: claims lined up, and disputes.
fn score_invented(lab: &Lab, golds: &[Gold], set: &str, scores: &mut Scores) -> Result<()> {
    // How reports are grouped is measured on other sets.
    let lab = lab.of_one_story()?;
    let mut all = Sums::default();
    let mut parts = [const { Vec::new() }; 3];
    for gold in golds {
        let sums = score::story(
            gold,
            &run(&lab, gold, Mode::Records),
            set,
            &mut scores.cases,
        );
        for (parts, part) in parts.iter_mut().zip(sums.claims.prf()) {
            parts.push(part);
        }
        all.add(&sums);
    }
    let means = parts.map(|values| mean(&values));
    scores.add_prf(KIND, set, "claims, mean of stories,", means);
    all.dispute_figures(set, scores);
    Ok(())
}

/// Scores a set of stories in one mode.
fn score_set(lab: &Lab, golds: &[Gold], mode: Mode, set: &str, scores: &mut Scores) -> Result<()> {
    let by_words = match mode {
        Mode::Words => Some(lab.by_words()?),
        _ => None,
    };
    let mut cosines = Vec::new();
    let mut all = Sums::default();
    let mut f1 = Vec::new();
    let mut parts = [Vec::new(), Vec::new()];
    for gold in golds {
        let found = run(by_words.as_ref().unwrap_or(lab), gold, mode);
        let sums = score::story(gold, &found, set, &mut scores.cases);
        let [p, r, f] = sums.claims.prf();
        if sums.claims.gold > 0 {
            parts[0].push(p);
            parts[1].push(r);
            f1.push(f);
            cosines.push(sums.by_cosine.map(|tally| tally.prf()));
        }
        let name = format!("claims F1, {}", gold.story);
        scores.add(KIND, set, name, f, Better::Neither);
        all.add(&sums);
    }
    let means = [mean(&parts[0]), mean(&parts[1]), mean(&f1)];
    scores.add_prf(KIND, set, "claims, mean of stories,", means);
    if mode == Mode::Words {
        all.claim_figures(set, scores);
        return Ok(());
    }
    all.figures(set, scores);
    // What the same sentences give by words alone, at the threshold that is best for all.
    let (step, [p, r, f]) = best_threshold(&cosines);
    let ahead = f1
        .iter()
        .zip(&cosines)
        .filter(|(own, by)| **own > by[step][2]);
    let ahead = ahead.count() as f64 / f1.len().max(1) as f64;
    let name = "stories ahead of idf cosine";
    scores.add(KIND, set, name, ahead, Better::More);
    for (name, value) in [("P", p), ("R", r), ("F1", f)] {
        let name = format!("sentences by idf cosine, mean of stories, {name}");
        scores.add(KIND, set, name, value, Better::Neither);
    }
    Ok(())
}

/// Means over stories of precision, recall and F1 at the threshold whose mean F1 is the greatest, and
/// that threshold's step.
fn best_threshold<const STEPS: usize>(stories: &[[[f64; 3]; STEPS]]) -> (usize, [f64; 3]) {
    let at = |step: usize| -> [f64; 3] {
        std::array::from_fn(|of| {
            let values: Vec<f64> = stories.iter().map(|story| story[step][of]).collect();
            mean(&values)
        })
    };
    let steps = (0..STEPS).map(|step| (step, at(step)));
    steps
        .max_by(|a, b| a.1[2].total_cmp(&b.1[2]))
        .unwrap_or_default()
}

/// Whether an invented story is kept aside, and nothing may be fitted on it.
pub fn is_aside(story: &str) -> bool {
    ASIDE.iter().any(|writer| story.starts_with(writer))
}

/// Every invented story, by name.
pub fn invented() -> Result<Vec<Gold>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../training/invented");
    each(&folder, ".txt", invented::read)
}

/// An invented story as it is told.
pub fn told(story: &str) -> Result<Told> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../training/invented");
    let file = folder.join(format!("{story}.txt"));
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    tell(story, &text)
}

/// Every gold comparison, by name.
pub fn golds(lab: &Lab) -> Result<Vec<Gold>> {
    each(&lab.data.join("comparison"), ".json", read)
}

/// Reads the files of a folder whose names end so, by name.
fn each(folder: &Path, end: &str, read: impl Fn(&str, &str) -> Result<Gold>) -> Result<Vec<Gold>> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(end))
        .collect();
    names.sort();
    names
        .iter()
        .map(|name| {
            let text = std::fs::read_to_string(folder.join(name))
                .with_context(|| format!("{name} cannot be read"))?;
            read(name.trim_end_matches(end), &text)
        })
        .collect()
}

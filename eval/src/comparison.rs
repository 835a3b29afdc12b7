//! In: stories compared by hand in full. Out: the figures that their guide defines: claims lined
//! up, look-alikes kept apart, quotations with their speakers, disputes, copies, timeline, names.
//! The whole program is measured, from the articles' bytes; see [`found::Mode`].

mod file;
mod found;
mod gold;
mod map;
mod score;
mod speaker;

pub use found::{Found, Mode, run};
pub use gold::{Gold, Place, read};
pub use map::Map;

use anyhow::{Context, Result};

use crate::figures::{Better, Scores};
use crate::lab::Lab;
use crate::measure::mean;
use score::Sums;

const KIND: &str = "comparison";

/// Scores every story in every mode.
pub fn score(lab: &Lab) -> Result<Scores> {
    let golds = golds(lab)?;
    let mut scores = Scores::default();
    for (mode, set) in Mode::ALL {
        if !lab.wants(set) {
            continue;
        }
        let mut all = Sums::default();
        let mut f1 = Vec::new();
        let mut parts = [Vec::new(), Vec::new()];
        for gold in &golds {
            let found = run(lab, gold, mode);
            let sums = score::story(gold, &found, set, &mut scores.cases);
            let [p, r, f] = sums.claims.prf();
            if sums.claims.gold > 0 {
                parts[0].push(p);
                parts[1].push(r);
                f1.push(f);
            }
            scores.add(
                KIND,
                set,
                format!("claims F1, {}", gold.story),
                f,
                Better::Neither,
            );
            all.add(&sums);
        }
        let means = [mean(&parts[0]), mean(&parts[1]), mean(&f1)];
        scores.add_prf(KIND, set, "claims, mean of stories,", means);
        all.figures(set, &mut scores);
    }
    Ok(scores)
}

/// Every gold comparison, by name.
pub fn golds(lab: &Lab) -> Result<Vec<Gold>> {
    let folder = lab.data.join("comparison");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .with_context(|| format!("the set comparison is not in {}", lab.data.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".json"))
        .collect();
    names.sort();
    names
        .iter()
        .map(|name| {
            read(
                name.trim_end_matches(".json"),
                &lab.text(&format!("comparison/{name}"))?,
            )
        })
        .collect()
}

//! In: figures and the floors kept in `eval/baseline.json`. Out: the figures that fell through
//! their floor; or the same file with higher floors. A floor is never lowered.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::figures::{Better, Figure};

/// A figure may lie this much below its floor: figures move a little when a set holds only a few
/// hundred cases and an unrelated stage improves.
pub const TOLERANCE: f64 = 0.003;

/// The floors, by [`Figure::key`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Baseline(BTreeMap<String, f64>);

impl Baseline {
    /// Reads the floors; a file that is not there holds none.
    pub fn read(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {path:?}"))?;
        Ok(Self(
            serde_json::from_str(&text).with_context(|| format!("{path:?} is damaged"))?,
        ))
    }

    /// Writes the floors, sorted, a line each.
    pub fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(&self.0)? + "\n";
        fs::write(path, text).with_context(|| format!("cannot write {path:?}"))
    }

    /// The floor of a figure.
    pub fn floor(&self, figure: &Figure) -> Option<f64> {
        if figure.better == Better::Neither {
            return None;
        }
        self.0.get(&figure.key()).copied()
    }

    /// The figures that fell through their floor.
    pub fn below<'f>(&self, figures: &'f [Figure]) -> Vec<&'f Figure> {
        figures
            .iter()
            .filter(|figure| {
                self.floor(figure)
                    .is_some_and(|floor| figure.value < floor - TOLERANCE)
            })
            .collect()
    }

    /// Raises floors to what was reached, rounded down in the fourth place; says how many
    /// rose.
    pub fn raise(&mut self, figures: &[Figure]) -> usize {
        let mut raised = 0;
        for figure in figures {
            if figure.better == Better::Neither {
                continue;
            }
            let reached = (figure.value * 1e4).floor() / 1e4;
            if self.floor(figure).is_none_or(|floor| reached > floor) {
                self.0.insert(figure.key(), reached);
                raised += 1;
            }
        }
        raised
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, better: Better) -> Figure {
        let (set, name) = ("s".to_owned(), "f".to_owned());
        Figure {
            kind: "k",
            set,
            name,
            value,
            parts: None,
            better,
        }
    }

    #[test]
    fn floors_only_rise() {
        let mut baseline = Baseline::default();
        assert_eq!(baseline.raise(&[figure(0.5, Better::More)]), 1);
        assert_eq!(baseline.raise(&[figure(0.4, Better::More)]), 0);
        assert_eq!(baseline.raise(&[figure(0.6, Better::More)]), 1);
        assert_eq!(baseline.floor(&figure(0.0, Better::More)), Some(0.6));
        assert_eq!(baseline.raise(&[figure(9.0, Better::Neither)]), 0);
    }

    #[test]
    fn a_fall_is_named_and_a_wobble_is_not() {
        let mut baseline = Baseline::default();
        baseline.raise(&[figure(0.5, Better::More)]);
        assert!(baseline.below(&[figure(0.498, Better::More)]).is_empty());
        assert_eq!(baseline.below(&[figure(0.49, Better::More)]).len(), 1);
    }
}

//! In: texts with their names by hand. Out: exact-span F1 of the names found, for each kind, typed
//! and untyped. Measured on `annotate` alone; texts that come as tokens are put together again
//! (`readers`).
//!
//! Kinds. Person, organisation and place are scored; a set's facilities count as places. What a
//! set calls nationality, group of people, product, date, money or miscellaneous is no name here,
//! and a person, organisation or place found there is wrong; what is found as `Other` is left out.

mod gum;
mod readers;

use std::ops::Range;

use anyhow::Result;
use crossread::model::{Document, NameKind};

use crate::documents::{Given, article};
use crate::figures::{Better, Case, Scores, context};
use crate::lab::Lab;
use crate::measure::{Tally, mean};
use gum::gum;
use readers::{Named, two_columns, universal};

const KIND: &str = "names";

/// The kinds that are scored.
const KINDS: [(&str, NameKind); 3] = [
    ("person", NameKind::Person),
    ("organisation", NameKind::Organisation),
    ("place", NameKind::Place),
];

/// How a set is read.
type Reader = fn(&str) -> Vec<Named>;

/// The sets, the fairest first. re3d, wikigold and PUD may be trained on: their figures tell how
/// well the model fits, not how well it does elsewhere, and have no floor.
const SETS: [(&str, &str, Reader, bool); 7] = [
    (
        "worldwide-newswire-a",
        "names/worldwide-newswire-a.tsv.gz",
        two_columns,
        true,
    ),
    (
        "uner-ewt-test",
        "names/uner-ewt-test.iob2.gz",
        universal,
        true,
    ),
    ("gum-dev", "names/gum-dev.conllu.gz", gum, true),
    ("gum-test", "names/gum-test.conllu.gz", gum, true),
    (
        "wikigold (train)",
        "names/wikigold.conll.gz",
        two_columns,
        false,
    ),
    ("re3d (train)", "names/re3d.conll.gz", two_columns, false),
    (
        "uner-pud (train)",
        "names/uner-pud.iob2.gz",
        universal,
        false,
    ),
];

/// Scores every set.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    for (set, path, read, judged) in SETS {
        if lab.wants(set) {
            scores.extend(score_set(lab, set, read(&lab.text(path)?), judged));
        }
    }
    Ok(scores)
}

fn score_set(lab: &Lab, set: &str, texts: Vec<Named>, judged: bool) -> Scores {
    let articles = texts
        .iter()
        .map(|named| {
            article(Given {
                id: named.id.clone(),
                language: "en".to_owned(),
                text: named.text.clone(),
                ..Given::default()
            })
        })
        .collect();
    let bytes: usize = texts.iter().map(|named| named.text.len()).sum();
    let began = std::time::Instant::now();
    let docs = lab.annotate(articles);
    let speed = bytes as f64 / began.elapsed().as_secs_f64().max(1e-9) / 3000.0;
    let mut sums = Sums::default();
    let mut cases = Vec::new();
    for (doc, named) in docs.iter().zip(&texts) {
        sums.count(set, doc, &named.names, &mut cases);
    }
    let mut scores = Scores {
        cases,
        ..Scores::default()
    };
    for (at, (name, _)) in KINDS.iter().enumerate() {
        scores.add_prf(KIND, set, name, sums.kinds[at].prf());
    }
    let mut typed = Tally::default();
    sums.kinds.iter().for_each(|kind| typed.add(*kind));
    scores.add_prf(KIND, set, "typed", typed.prf());
    let macro_f1: Vec<f64> = sums.kinds.iter().map(|kind| kind.prf()[2]).collect();
    scores.add(
        KIND,
        set,
        "mean of kinds F1",
        mean(&macro_f1),
        Better::Neither,
    );
    scores.add_prf(KIND, set, "untyped", sums.untyped.prf());
    scores.add(KIND, set, "3 kB texts a second", speed, Better::Neither);
    if !judged {
        scores
            .figures
            .iter_mut()
            .for_each(|figure| figure.better = Better::Neither);
    }
    scores
}

/// What is counted over a set.
#[derive(Default)]
struct Sums {
    kinds: [Tally; 3],
    untyped: Tally,
}

impl Sums {
    fn count(
        &mut self,
        set: &str,
        doc: &Document,
        gold: &[(Range<usize>, NameKind)],
        cases: &mut Vec<Case>,
    ) {
        let found: Vec<(Range<usize>, NameKind)> = doc
            .names
            .iter()
            .filter(|name| name.kind != NameKind::Other)
            .map(|name| (name.span.range(), name.kind))
            .collect();
        for (at, (_, kind)) in KINDS.iter().enumerate() {
            let of =
                |list: &[(Range<usize>, NameKind)]| list.iter().filter(|n| n.1 == *kind).count();
            let right = found
                .iter()
                .filter(|name| name.1 == *kind && gold.contains(name))
                .count();
            let (found, gold) = (of(&found), of(gold));
            self.kinds[at].add(Tally {
                right,
                found,
                hit: right,
                gold,
            });
        }
        let right = found
            .iter()
            .filter(|name| gold.iter().any(|g| g.0 == name.0))
            .count();
        self.untyped.add(Tally {
            right,
            found: found.len(),
            hit: right,
            gold: gold.len(),
        });
        let text = doc.article.text.as_str();
        let show = |one: Option<&(Range<usize>, NameKind)>| {
            one.map(|(range, kind)| format!("{} ({kind:?})", &text[range.clone()]))
                .unwrap_or_default()
        };
        let near = |list: &[(Range<usize>, NameKind)], range: &Range<usize>| {
            list.iter()
                .find(|o| o.0.start < range.end && range.start < o.0.end)
                .cloned()
        };
        for one in gold.iter().filter(|one| !found.contains(one)) {
            let other = near(&found, &one.0);
            cases.push(Case {
                set: set.to_owned(),
                place: doc.article.id.to_string(),
                expected: show(Some(one)),
                found: show(other.as_ref()),
                context: context(text, one.0.clone(), 50),
                // A wrong kind or border first, then what was missed.
                weight: if other.is_some() { 1.0 } else { 0.8 },
            });
        }
        for one in found.iter().filter(|one| near(gold, &one.0).is_none()) {
            cases.push(Case {
                set: set.to_owned(),
                place: doc.article.id.to_string(),
                expected: String::new(),
                found: show(Some(one)),
                context: context(text, one.0.clone(), 50),
                weight: 0.9,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossread::model::Name;

    #[test]
    fn a_border_or_a_kind_off_is_wrong_and_other_is_left_out() {
        let text = "Ada Lorne left Brill for the Tarn Group.";
        let mut doc = Document::new(article(Given {
            text: text.to_owned(),
            ..Given::default()
        }));
        let source = doc.article.text.clone();
        let mut name = |range: Range<usize>, kind| {
            let span = source.span(range).unwrap();
            doc.names.push(Name {
                span,
                full: span,
                kind,
                roles: Vec::new(),
                entity: None,
            });
        };
        name(0..9, NameKind::Person);
        name(15..20, NameKind::Organisation);
        name(29..33, NameKind::Organisation);
        name(34..39, NameKind::Other);
        let gold = vec![
            (0..9, NameKind::Person),
            (15..20, NameKind::Place),
            (29..39, NameKind::Organisation),
        ];
        let (mut sums, mut cases) = (Sums::default(), Vec::new());
        sums.count("s", &doc, &gold, &mut cases);
        assert_eq!(
            sums.kinds[0],
            Tally {
                right: 1,
                found: 1,
                hit: 1,
                gold: 1
            }
        );
        assert_eq!(
            sums.kinds[1],
            Tally {
                right: 0,
                found: 2,
                hit: 0,
                gold: 1
            }
        );
        assert_eq!(
            sums.kinds[2],
            Tally {
                right: 0,
                found: 0,
                hit: 0,
                gold: 1
            }
        );
        assert_eq!(
            sums.untyped,
            Tally {
                right: 2,
                found: 3,
                hit: 2,
                gold: 3
            }
        );
        assert_eq!(cases.len(), 2);
    }
}

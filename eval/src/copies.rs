//! In: texts with what was taken from where (Clough and Stevenson's answers, McCormick's planted
//! near-copies). Out: how many copies are found, and how many are seen where there are none.

mod planted;
mod ties;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use crossread::Grouped;
use crossread::model::CopyKind;
use serde::Deserialize;

use crate::documents::{Given, article, in_order};
use crate::figures::{Better, Case, Scores};
use crate::lab::Lab;
use crate::measure::{Tally, share};
use ties::ties;

/// The kind of the figures.
pub const KIND: &str = "copies";

/// Part of a text from which what it shares makes it a near-copy.
const HALF: f64 = 0.5;

/// An answer with the article that it was to be taken from: as it stands (`cut`), lightly or
/// heavily revised, or not at all (`non`).
#[derive(Deserialize)]
struct Answer {
    id: String,
    category: String,
    text: String,
    source_text: String,
}

/// An article, perhaps a near-copy of another.
#[derive(Deserialize)]
struct Planted {
    id: String,
    text: String,
    dup_of: Option<String>,
}

/// Scores every set.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    scores.extend(planted::score(lab)?);
    if lab.wants("clough-stevenson") {
        let answers: Vec<Answer> = lab.records("reuse/clough-stevenson.jsonl.gz")?;
        scores.extend(clough(lab, &answers));
    }
    if lab.wants("mccormick") {
        let planted: Vec<Planted> = lab.records("reuse/mccormick.jsonl.gz")?;
        scores.extend(mccormick(lab, planted));
    }
    Ok(scores)
}

fn grouped(lab: &Lab, texts: Vec<(String, String)>) -> Grouped {
    let mut articles: Vec<_> = texts
        .into_iter()
        .map(|(id, text)| {
            article(Given {
                id,
                text,
                language: "en".to_owned(),
                ..Given::default()
            })
        })
        .collect();
    in_order(&mut articles);
    lab.sort_out(articles)
}

/// Each answer against its source, a pair at a time. What only shares a statement or a sentence
/// (`SharedSource`) is not called a copy.
fn clough(lab: &Lab, answers: &[Answer]) -> Scores {
    const SET: &str = "clough-stevenson";
    let mut scores = Scores::default();
    let mut tally = Tally::default();
    let mut rows: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for answer in answers {
        let texts = vec![
            (answer.id.clone(), answer.text.replace("\r", "")),
            ("source".to_owned(), answer.source_text.clone()),
        ];
        let tie = ties(&grouped(lab, texts)).into_values().next();
        let found = tie.is_some_and(|(kind, _)| kind != CopyKind::SharedSource);
        let gold = answer.category != "non";
        tally.add(Tally {
            right: usize::from(gold && found),
            found: usize::from(found),
            hit: usize::from(gold && found),
            gold: usize::from(gold),
        });
        let row = rows.entry(answer.category.as_str()).or_default();
        row[0] += 1;
        row[1] += usize::from(found);
        if gold != found {
            scores.cases.push(Case {
                set: SET.to_owned(),
                place: answer.id.clone(),
                expected: answer.category.clone(),
                found: tie
                    .map(|(kind, share)| format!("{kind:?} {share:.2}"))
                    .unwrap_or_default(),
                context: answer.text.chars().take(300).collect(),
                weight: if gold { 0.5 } else { 1.0 },
            });
        }
    }
    scores.add_prf(KIND, SET, "copies", tally.prf());
    for (category, [all, found]) in rows {
        let (name, better) = match category {
            "non" => ("found where there is none".to_owned(), Better::Neither),
            other => (format!("{other} found"), Better::More),
        };
        scores.add(KIND, SET, name, share(found, all), better);
    }
    scores
}

/// All articles at once; a planted pair must be tied, and no other. The set plants near-copies; its
/// other articles share sentences, which is no near-copy.
fn mccormick(lab: &Lab, planted: Vec<Planted>) -> Scores {
    const SET: &str = "mccormick";
    let gold: BTreeSet<(String, String)> = planted
        .iter()
        .filter_map(|one| {
            let of = one.dup_of.clone()?;
            Some(if one.id < of {
                (one.id.clone(), of)
            } else {
                (of, one.id.clone())
            })
        })
        .collect();
    let grouped = grouped(
        lab,
        planted.into_iter().map(|one| (one.id, one.text)).collect(),
    );
    let found: BTreeSet<(String, String)> = ties(&grouped)
        .into_iter()
        .filter(|(_, (kind, share))| *kind != CopyKind::SharedSource && *share >= HALF)
        .map(|(pair, _)| pair)
        .collect();
    let right = gold.intersection(&found).count();
    let tally = Tally {
        right,
        found: found.len(),
        hit: right,
        gold: gold.len(),
    };
    let mut scores = Scores::default();
    scores.add_prf(KIND, SET, "copies", tally.prf());
    for (pair, missed) in gold
        .difference(&found)
        .map(|pair| (pair, true))
        .chain(found.difference(&gold).map(|pair| (pair, false)))
    {
        let words = format!("{} = {}", pair.0, pair.1);
        let (expected, found) = if missed {
            (words, String::new())
        } else {
            (String::new(), words)
        };
        scores.cases.push(Case {
            set: SET.to_owned(),
            place: pair.0.clone(),
            expected,
            found,
            context: String::new(),
            weight: 0.8,
        });
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossread::{Engine, Options};

    #[test]
    fn a_planted_pair_is_gold_in_either_order() {
        let engine = Engine::new(Options {
            threads: Some(1),
            ..Options::default()
        })
        .unwrap();
        let lab = Lab {
            data: "none".into(),
            engine,
            only: None,
        };
        let one = |id: &str, text: &str, of: Option<&str>| Planted {
            id: id.to_owned(),
            text: text.to_owned(),
            dup_of: of.map(str::to_owned),
        };
        let planted = vec![
            one(
                "t2",
                "The mill at Harrowby closed its doors on Friday after the flood.",
                Some("t1"),
            ),
            one(
                "t1",
                "Ferries to Brill were late because of fog over the sound.",
                None,
            ),
        ];
        let scores = mccormick(&lab, planted);
        let figure = &scores.figures[0];
        assert_eq!(
            (figure.key().as_str(), figure.value),
            ("copies/mccormick/copies F1", 0.0)
        );
        assert_eq!(scores.cases[0].expected, "t1 = t2");
    }
}

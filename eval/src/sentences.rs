//! In: texts whose sentences were told by hand. Out: F1 of the sentences' ends, of all and of those
//! inside a paragraph, which alone are in doubt.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::documents::{Given, article};
use crate::figures::{Case, Scores, context};
use crate::lab::Lab;
use crate::measure::Tally;

const KIND: &str = "sentences";

/// GUM's parts. The splitter has no model, so none of them is its training data.
const FILES: [&str; 3] = [
    "names/gum-train.conllu.gz",
    "names/gum-dev.conllu.gz",
    "names/gum-test.conllu.gz",
];

/// The genres: news and interviews as the first bar asks, and edited prose beside.
const SETS: [(&str, &[&str]); 2] = [
    ("gum news and interview", &["GUM_news_", "GUM_interview_"]),
    ("gum biographies and travel", &["GUM_bio_", "GUM_voyage_"]),
];

/// A text and the bytes where its sentences end.
#[derive(Default)]
struct Told {
    id: String,
    text: String,
    ends: BTreeSet<usize>,
}

/// Scores every set.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    for (set, genres) in SETS {
        if !lab.wants(set) {
            continue;
        }
        let mut texts = Vec::new();
        for file in FILES {
            texts.extend(told(&lab.text(file)?));
        }
        texts.retain(|told| genres.iter().any(|genre| told.id.starts_with(genre)));
        score_set(lab, set, texts, &mut scores);
    }
    Ok(scores)
}

fn score_set(lab: &Lab, set: &str, texts: Vec<Told>, scores: &mut Scores) {
    let articles = texts
        .iter()
        .map(|told| {
            article(Given {
                id: told.id.clone(),
                language: "en".to_owned(),
                text: told.text.clone(),
                ..Given::default()
            })
        })
        .collect();
    let (mut all, mut inside) = (Tally::default(), Tally::default());
    for (told, doc) in texts.iter().zip(lab.annotate(articles)) {
        let found: BTreeSet<usize> = doc.sentences.iter().map(|s| s.span.end()).collect();
        all.add(tally(&told.ends, &found));
        let within = |ends: &BTreeSet<usize>| -> BTreeSet<usize> {
            let last = |end: usize| matches!(told.text.as_bytes().get(end), None | Some(b'\n'));
            ends.iter().copied().filter(|&end| !last(end)).collect()
        };
        inside.add(tally(&within(&told.ends), &within(&found)));
        for &end in told.ends.symmetric_difference(&found) {
            let wanted = told.ends.contains(&end);
            let name = |is: bool| if is { "an end" } else { "no end" }.to_owned();
            scores.cases.push(Case {
                set: set.to_owned(),
                place: told.id.clone(),
                expected: name(wanted),
                found: name(!wanted),
                context: context(&told.text, end.saturating_sub(1)..end, 60),
                weight: 1.0,
            });
        }
    }
    scores.add_prf(KIND, set, "ends", all.prf());
    scores.add_prf(KIND, set, "ends inside a paragraph", inside.prf());
}

fn tally(gold: &BTreeSet<usize>, found: &BTreeSet<usize>) -> Tally {
    let both = gold.intersection(found).count();
    Tally {
        right: both,
        found: found.len(),
        hit: both,
        gold: gold.len(),
    }
}

/// The texts of a CoNLL-U file: its sentences' own text, a paragraph a line.
fn told(file: &str) -> Vec<Told> {
    let mut all = Vec::new();
    let mut now = Told::default();
    let mut paragraph = true;
    for line in file.lines() {
        if let Some(id) = line.strip_prefix("# newdoc id =") {
            let id = id.trim().to_owned();
            all.push(std::mem::replace(
                &mut now,
                Told {
                    id,
                    ..Told::default()
                },
            ));
        } else if line.starts_with("# newpar") {
            paragraph = true;
        } else if let Some(text) = line.strip_prefix("# text =") {
            if !now.text.is_empty() {
                now.text.push(if paragraph { '\n' } else { ' ' });
            }
            now.text.push_str(text.trim());
            now.ends.insert(now.text.len());
            paragraph = false;
        }
    }
    all.push(now);
    all.retain(|told| !told.text.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_the_file_says() {
        let file = "# newdoc id = a\n# newpar\n# text = One.\n1\tOne\n\n# text = Two.\n\n\
                    # newpar\n# text = Three.\n\n# newdoc id = b\n# newpar\n# text = Four.\n";
        let all = told(file);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].text, "One. Two.\nThree.");
        assert_eq!(all[0].ends.iter().copied().collect::<Vec<_>>(), [4, 9, 16]);
    }
}

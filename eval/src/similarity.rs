//! In: pairs of news sentences with how alike people find them, 0 to 5 (STS-B's development part;
//! its last 500 pairs are news). Out: how many of the pairs that say the same are lined up as one
//! claim, and how many that do not. The stage gives no score for a pair, so there is no rank
//! correlation to publish.

use std::collections::BTreeSet;

use anyhow::Result;
use crossread::model::{ArticleIx, Document};

use crate::documents::{Given, article, one_story};
use crate::figures::{Better, Case, Scores};
use crate::lab::Lab;
use crate::measure::{harmonic, share};

const KIND: &str = "similarity";
const SET: &str = "stsb-en-dev news";
/// The news among the pairs: the last so many.
const NEWS: usize = 500;
/// Pairs that are put into one story of two articles: as many sentences as a long report has.
const STORY: usize = 25;
/// Pairs rated so or higher say the same.
const SAME: f64 = 4.0;
/// Pairs rated so or lower do not.
const OTHER: f64 = 2.0;

/// Two sentences and their rating.
struct Pair {
    sentences: [String; 2],
    rating: f64,
}

/// Scores the set.
pub fn score(lab: &Lab) -> Result<Scores> {
    if !lab.wants(SET) {
        return Ok(Scores::default());
    }
    let mut pairs = read(&lab.text("similarity/stsb-en-dev.csv.gz")?);
    let pairs = pairs.split_off(pairs.len().saturating_sub(NEWS));
    let mut scores = Scores::default();
    let [mut same, mut other] = [[0, 0]; 2];
    for (number, story) in pairs.chunks(STORY).enumerate() {
        for (pair, together) in story.iter().zip(lined_up(lab, story)) {
            let counts = if pair.rating >= SAME {
                &mut same
            } else if pair.rating <= OTHER {
                &mut other
            } else {
                continue;
            };
            counts[0] += 1;
            counts[1] += usize::from(together);
            let wrong = together != (pair.rating >= SAME);
            if wrong {
                scores.cases.push(Case {
                    set: SET.to_owned(),
                    place: format!("story {number}, rated {}", pair.rating),
                    expected: if together { "apart" } else { "one claim" }.to_owned(),
                    found: if together { "one claim" } else { "apart" }.to_owned(),
                    context: pair.sentences.join("  \u{2016}  "),
                    weight: (pair.rating - 3.0).abs(),
                });
            }
        }
    }
    let (right, wrong) = (share(same[1], same[0]), share(other[1], other[0]));
    scores.add(KIND, SET, "lined up, of 4 and more", right, Better::Neither);
    scores.add(KIND, SET, "lined up, of 2 and less", wrong, Better::Neither);
    let both = harmonic(right, 1.0 - wrong);
    scores.add(
        KIND,
        SET,
        "harmonic mean of both rights",
        both,
        Better::More,
    );
    Ok(scores)
}

/// For each pair whether its two sentences share a claim, in a story whose two articles hold one
/// side each.
fn lined_up(lab: &Lab, pairs: &[Pair]) -> Vec<bool> {
    let side = |side: usize| {
        let lines: Vec<&str> = pairs
            .iter()
            .map(|pair| pair.sentences[side].as_str())
            .collect();
        article(Given {
            id: format!("side-{side}"),
            outlet: Some(format!("Outlet {side}")),
            language: "en".to_owned(),
            text: lines.join("\n") + "\n",
            ..Given::default()
        })
    };
    let docs = lab.annotate(vec![side(0), side(1)]);
    let Some(story) = one_story(&docs) else {
        return vec![false; pairs.len()];
    };
    let line =
        |doc: &Document, byte: usize| doc.article.text.as_str()[..byte].matches('\n').count();
    let mut together = vec![false; pairs.len()];
    for compared in lab.compare(&docs, vec![story]) {
        for claim in &compared.comparison.claims {
            let lines = |side: ArticleIx| -> BTreeSet<usize> {
                let readings = claim.readings.iter().filter(|r| r.mention.article == side);
                readings
                    .map(|r| line(&docs[side.at()], r.mention.span.start()))
                    .collect()
            };
            for &at in lines(ArticleIx::new(0)).intersection(&lines(ArticleIx::new(1))) {
                together[at] = true;
            }
        }
    }
    together
}

/// The rows of the file: two sentences and a number, quoted where they hold commas.
fn read(csv: &str) -> Vec<Pair> {
    csv.lines()
        .filter_map(|row| {
            let mut fields = fields(row).into_iter();
            let sentences = [fields.next()?, fields.next()?];
            let rating = fields.next()?.trim().parse().ok()?;
            Some(Pair { sentences, rating })
        })
        .collect()
}

fn fields(row: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut letters = row.chars().peekable();
    while let Some(c) = letters.next() {
        let last = fields.len() - 1;
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                fields[last].push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields[last].push(c),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_commas_and_marks() {
        let pairs = read("\"A, b\",\"said \"\"no\"\"\",2.5\nbroken\nC,D,4\n");
        assert_eq!(pairs.len(), 2);
        assert_eq!(pairs[0].sentences, ["A, b", "said \"no\""]);
        assert_eq!((pairs[0].rating, pairs[1].rating), (2.5, 4.0));
    }
}

//! Fits the weights by which statements are paired into claims (`crates/compare/src/weights.rs`).
//!
//! In: the comparison gold, and the invented stories of `training/` but for the writers kept aside. Out:
//! the weights, one a line, with the mean F1 over the gold's stories when each is left out of the fit (and
//! of the choice of thresholds) in turn. The scorer has a few dozen weights and nothing of the gold's words.
//!
//! `cargo run --release -p crossread-eval --example fit-claims -- DATA words|encoder`

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use anyhow::{Context, Result};
use compare::Sentences;
use compare::features::{FEATURE_NAMES, FEATURES};
use compare::weights::Weights;
use engine::{Align, Engine, Input, Options, Silent};
use eval::comparison::{Gold, Map, Place};
use model::{Document, Findings, Mention, Story};

/// Pulls the weights towards zero. Left-out F1 hardly depends on it: .647 at 2 and .639 at 20.
const RIDGE: f64 = 2.0;
/// What was fitted on the eight stories that the project grew up on, before there were others. What is fitted
/// on all alone loses them (mean F1 .757 -> .736), and these alone lose the others (.556 -> .526); the mean of
/// both holds both. The eight are no measure of it.
#[rustfmt::skip]
const EIGHT: [f32; 42] = [
    -8.387, 1.564, -3.938, 1.820, 2.042, -2.855, 2.735,
    -0.719, -1.180, 0.903, -3.918, 0.646, 1.139, -0.064,
    1.337, -0.031, -1.357, -0.314, 0.100, 0.475, -1.618,
    -0.816, -1.028, 0.631, 0.524, 0.128, -0.538, 1.875,
    -0.155, -1.822, -0.346, -0.495, 2.221, 2.204, 1.720,
    1.139, -0.000, -0.351, 2.827, 1.103, 0.233, 0.389,
];
/// Steps of Newton's method; it stands still long before.
const STEPS: usize = 12;

/// Of the statements in one pair of readings, those count that are so nearly its most alike.
const NEARLY: f32 = 0.8;

/// How alike two statements are, by what was read of them.
fn likeness(features: &[f32; FEATURES]) -> f32 {
    features[1] + features[32]
}

/// One gold story as the program reads it.
struct Read {
    gold: Gold,
    findings: Findings,
    maps: Vec<(usize, Map)>,
    /// By story, where they were read.
    sentences: Vec<Option<Sentences>>,
}

/// A pair of statements: its features, whether it shares a claim, its weight in the fit.
type Row = ([f32; FEATURES], bool, f64);

fn main() -> Result<()> {
    let data = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = data
        .context("name the folder of the evaluation sets")?
        .join("comparison");
    let align = match std::env::args().nth(2).as_deref() {
        Some("words") => Align::Words,
        Some("encoder") => Align::Encoder,
        _ => anyhow::bail!("name what claims are lined up by: words or encoder"),
    };
    let engine = Engine::new(Options {
        align,
        one_story: true,
        ..Options::default()
    })?;
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    names.sort();
    let stories: Vec<Read> = names
        .iter()
        .map(|path| {
            let name = path.file_stem().and_then(|name| name.to_str());
            let text = std::fs::read_to_string(path)?;
            let gold = eval::comparison::read(name.unwrap_or_default(), &text)?;
            read(&engine, gold)
        })
        .collect::<Result<_>>()?;
    // They are not news: a story of them counts half.
    let invented = eval::comparison::invented()?
        .into_iter()
        .filter(|gold| !eval::comparison::is_aside(&gold.story))
        .map(|gold| {
            let mut rows = read(&engine, gold)?.rows();
            rows.iter_mut().for_each(|row| row.2 *= 0.5);
            Ok(rows)
        })
        .collect::<Result<Vec<Vec<Row>>>>()?;
    println!("invented stories: {}", invented.len());
    for story in &stories {
        let (all, statements, candidates) = story.reach();
        println!(
            "{:<10} gold pairs {all}, of statements {statements}, of candidates {candidates}",
            story.gold.story
        );
    }
    let rows: Vec<Vec<Row>> = stories.iter().map(Read::rows).collect();
    let steps = |from: u32, to: u32| (from..to).map(|i| i as f32 * 0.05);
    let thresholds: Vec<(f32, f32)> = steps(8, 12)
        .flat_map(|join| steps(6, 9).map(move |share| (join, share)))
        .collect();
    let mut left_out = Vec::new();
    let mut held_out = Vec::new();
    for held in 0..stories.len() {
        let (pair, table) = fitted(&stories, &rows, &invented, &thresholds, Some(held));
        let best = best(&table, Some(held));
        let (join, share) = thresholds[best];
        println!(
            "{:<10} left out: F1 {:.3} (join {join:.2}, share {share:.2}, bias {:.2})",
            stories[held].gold.story, table[held][best], pair[0]
        );
        left_out.push(table[held][best]);
        held_out.push(table[held].clone());
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    println!("left out in turn: mean F1 {:.4}", mean(&left_out));
    // Less moved by the luck of a threshold: weights left out, thresholds the best for all.
    let at = best(&held_out, None);
    let same: Vec<f64> = held_out.iter().map(|story| story[at]).collect();
    println!(
        "left out in turn, one threshold: mean F1 {:.4} {:?}",
        mean(&same),
        thresholds[at]
    );
    let (pair, table) = fitted(&stories, &rows, &invented, &thresholds, None);
    let best = best(&table, None);
    let all: Vec<f64> = table.iter().map(|story| story[best]).collect();
    println!(
        "all in: mean F1 {:.4}, join {:?}",
        mean(&all),
        thresholds[best]
    );
    for (weight, name) in pair.iter().zip(FEATURE_NAMES) {
        println!("        {weight:.3}, // {name}");
    }
    Ok(())
}

/// Weights without one story, and every story's F1 at every pair of thresholds.
fn fitted(
    stories: &[Read],
    rows: &[Vec<Row>],
    invented: &[Vec<Row>],
    thresholds: &[(f32, f32)],
    held: Option<usize>,
) -> ([f32; FEATURES], Vec<Vec<f64>>) {
    let kept = rows.iter().enumerate().filter(|(at, _)| Some(*at) != held);
    let all: Vec<&Row> = kept
        .flat_map(|(_, rows)| rows)
        .chain(invented.iter().flatten())
        .collect();
    let all = fit(&all);
    let pair = std::array::from_fn(|at| 0.5 * (all[at] + EIGHT.get(at).unwrap_or(&0.0)));
    let table = stories
        .iter()
        .map(|story| {
            thresholds
                .iter()
                .map(|&(join, share)| {
                    story.f1(&Weights {
                        pair,
                        join,
                        share,
                        corroborates: 1.0,
                    })
                })
                .collect()
        })
        .collect();
    (pair, table)
}

/// The thresholds with the best mean over the stories that are not held out.
fn best(table: &[Vec<f64>], held: Option<usize>) -> usize {
    let sum = |at: usize| -> f64 {
        let kept = table
            .iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != held);
        kept.map(|(_, story)| story[at]).sum()
    };
    let count = table.first().map_or(0, Vec::len);
    (0..count)
        .max_by(|&a, &b| sum(a).total_cmp(&sum(b)).then(b.cmp(&a)))
        .unwrap_or(0)
}

fn read(engine: &Engine, gold: Gold) -> Result<Read> {
    let inputs: Vec<_> = gold
        .ids
        .iter()
        .zip(&gold.pages)
        .map(|(id, page)| {
            let record = serde_json::json!({
                "id": id, "outlet": page.outlet, "title": page.title,
                "published": page.date, "text": page.text,
            });
            let bytes = format!("{record}\n").into_bytes();
            Ok(Input {
                path: format!("{id}.jsonl"),
                bytes,
            })
        })
        .collect();
    let findings = engine.read(inputs, &Silent);
    let maps = findings
        .documents
        .iter()
        .map(|doc| {
            let index = gold.ids.iter().position(|id| id == doc.article.id.as_str());
            let index = index.context("an article lost its id")?;
            Ok((index, Map::new(&doc.article, &gold.pages[index].text)))
        })
        .collect::<Result<_>>()?;
    let sentences = findings
        .stories
        .iter()
        .map(|one| {
            let docs = one.story.articles.iter();
            let docs: Vec<&Document> = docs.map(|&doc| &findings.documents[doc as usize]).collect();
            engine.sentences_of(&docs)
        })
        .collect();
    Ok(Read {
        gold,
        findings,
        maps,
        sentences,
    })
}

/// What the gold says of a pair.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Same,
    Apart,
    Doubtful,
}

impl Read {
    fn stories(&self) -> impl Iterator<Item = (&Story, Vec<&Document>, Option<&Sentences>)> {
        self.findings
            .stories
            .iter()
            .zip(&self.sentences)
            .map(|(one, sentences)| {
                let docs = one.story.articles.iter();
                (
                    &one.story,
                    docs.map(|&doc| &self.findings.documents[doc as usize])
                        .collect(),
                    sentences.as_ref(),
                )
            })
    }

    fn place(&self, story: &Story, mention: &Mention) -> Option<Place> {
        let document = *story.articles.get(mention.article as usize)?;
        let (article, map) = &self.maps[document as usize];
        let range = map.to_gold(mention.span.range())?;
        Some(Place {
            article: *article,
            start: range.start,
            end: range.end,
        })
    }

    /// For each sure or doubtful claim, whether a place is one of its readings.
    fn readings(&self, place: &Place) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (claim, one) in self.gold.claims.iter().enumerate() {
            for (reading, other) in one.readings.iter().enumerate() {
                if place.matches(other) {
                    found.push((claim, reading));
                }
            }
        }
        found
    }

    fn label(&self, a: &[(usize, usize)], b: &[(usize, usize)]) -> Label {
        let mut label = Label::Apart;
        for (claim, _) in a
            .iter()
            .filter(|one| b.iter().any(|other| one.0 == other.0))
        {
            if !self.gold.claims[*claim].doubtful {
                return Label::Same;
            }
            label = Label::Doubtful;
        }
        label
    }

    /// Candidates with what the gold says of them. A reading may be longer than a statement: of the
    /// pairs of statements that lie in one pair of readings only those that are nearly its most alike
    /// are taken for what it says, and the others are left out.
    fn rows(&self) -> Vec<Row> {
        type At = (usize, usize);
        let mut rows: Vec<(Row, Vec<(At, At)>)> = Vec::new();
        let mut best: HashMap<(At, At), f32> = HashMap::new();
        for (story, docs, sentences) in self.stories() {
            for (a, b, features) in compare::candidates(story, &docs, sentences) {
                let (Some(a), Some(b)) = (self.place(story, &a), self.place(story, &b)) else {
                    continue;
                };
                let (a, b) = (self.readings(&a), self.readings(&b));
                let label = self.label(&a, &b);
                if label == Label::Doubtful {
                    continue;
                }
                let shared: Vec<(At, At)> = a
                    .iter()
                    .flat_map(|one| b.iter().map(move |other| (*one, *other)))
                    .filter(|(one, other)| one.0 == other.0 && !self.gold.claims[one.0].doubtful)
                    .collect();
                for pair in &shared {
                    let best = best.entry(*pair).or_default();
                    *best = best.max(likeness(&features));
                }
                rows.push(((features, label == Label::Same, 1.0), shared));
            }
        }
        let near = |likeness: f32, pair: &(At, At)| likeness >= NEARLY * best[pair];
        let mut rows: Vec<Row> = rows
            .into_iter()
            .filter(|(row, shared)| {
                !row.1 || shared.iter().any(|pair| near(likeness(&row.0), pair))
            })
            .map(|(row, _)| row)
            .collect();
        // Stories with many copies have many easy pairs: they count by the root of their number.
        let same = rows.iter().filter(|row| row.1).count().max(1) as f64;
        rows.iter_mut().for_each(|row| row.2 = 1.0 / same.sqrt());
        rows
    }

    /// How many pairs of readings the gold has; how many of them are pairs of statements; how many are
    /// candidates.
    fn reach(&self) -> (usize, usize, usize) {
        type At = (usize, usize);
        let mut stated: BTreeSet<At> = BTreeSet::new();
        let mut found: BTreeSet<(At, At)> = BTreeSet::new();
        for (story, docs, sentences) in self.stories() {
            for (article, doc) in docs.iter().enumerate() {
                for statement in &doc.statements {
                    let article = article as u32;
                    let span = statement.span;
                    let place = self.place(story, &Mention { article, span });
                    stated.extend(place.iter().flat_map(|place| self.readings(place)));
                }
            }
            for (a, b, _) in compare::candidates(story, &docs, sentences) {
                let (Some(a), Some(b)) = (self.place(story, &a), self.place(story, &b)) else {
                    continue;
                };
                for one in self.readings(&a) {
                    for other in self.readings(&b) {
                        found.insert((one.min(other), one.max(other)));
                    }
                }
            }
        }
        let (mut all, mut statements, mut candidates) = (0, 0, 0);
        for (claim, one) in self.gold.claims.iter().enumerate() {
            for (i, a) in one.readings.iter().enumerate() {
                for (j, b) in one.readings.iter().enumerate().skip(i + 1) {
                    if one.doubtful || a.article == b.article {
                        continue;
                    }
                    let (a, b) = ((claim, i), (claim, j));
                    all += 1;
                    statements += usize::from(stated.contains(&a) && stated.contains(&b));
                    candidates += usize::from(found.contains(&(a, b)));
                }
            }
        }
        (all, statements, candidates)
    }

    /// F1 of the story's pairs, as in the gold's guide.
    fn f1(&self, weights: &Weights) -> f64 {
        type At = (usize, usize);
        let mut found: BTreeSet<(At, At)> = BTreeSet::new();
        let (mut right, mut wrong) = (0usize, 0usize);
        for (story, docs, sentences) in self.stories() {
            let mut known: HashMap<Mention, Option<(usize, Vec<At>)>> = HashMap::new();
            for group in compare::align_with(story, &docs, sentences, weights) {
                let members: Vec<(usize, Vec<At>)> = group
                    .iter()
                    .filter_map(|mention| {
                        known
                            .entry(*mention)
                            .or_insert_with(|| {
                                let place = self.place(story, mention)?;
                                Some((place.article, self.readings(&place)))
                            })
                            .clone()
                    })
                    .collect();
                for (i, a) in members.iter().enumerate() {
                    for b in members[i + 1..].iter().filter(|b| b.0 != a.0) {
                        for one in &a.1 {
                            for other in b.1.iter().filter(|other| other.0 == one.0) {
                                found.insert((*one.min(other), *one.max(other)));
                            }
                        }
                        match self.label(&a.1, &b.1) {
                            Label::Same => right += 1,
                            Label::Apart => wrong += 1,
                            Label::Doubtful => {}
                        }
                    }
                }
            }
        }
        let (mut all, mut got) = (0usize, 0usize);
        for (claim, one) in self
            .gold
            .claims
            .iter()
            .enumerate()
            .filter(|(_, c)| !c.doubtful)
        {
            for (i, a) in one.readings.iter().enumerate() {
                for (j, b) in one.readings.iter().enumerate().skip(i + 1) {
                    if a.article != b.article {
                        all += 1;
                        got += usize::from(found.contains(&((claim, i), (claim, j))));
                    }
                }
            }
        }
        let precision = right as f64 / (right + wrong).max(1) as f64;
        let recall = got as f64 / all.max(1) as f64;
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }
}

/// Logistic regression with a ridge, by Newton's method on standardised features.
fn fit(rows: &[&Row]) -> [f32; FEATURES] {
    let total: f64 = rows.iter().map(|row| row.2).sum();
    let mean = |of: &dyn Fn(&Row) -> f64| -> f64 {
        rows.iter().map(|row| row.2 * of(row)).sum::<f64>() / total.max(f64::MIN_POSITIVE)
    };
    let means: [f64; FEATURES] = std::array::from_fn(|k| mean(&|row| f64::from(row.0[k])));
    let spreads: [f64; FEATURES] =
        std::array::from_fn(|k| mean(&|row| (f64::from(row.0[k]) - means[k]).powi(2)).sqrt());
    let scaled: Vec<[f64; FEATURES]> = rows
        .iter()
        .map(|row| {
            std::array::from_fn(|k| match (k, spreads[k] > 1e-9) {
                (0, _) => 1.0,
                (_, false) => 0.0,
                _ => (f64::from(row.0[k]) - means[k]) / spreads[k],
            })
        })
        .collect();
    let mut weights = [0f64; FEATURES];
    for _ in 0..STEPS {
        let mut slope = [0f64; FEATURES];
        let mut curve = [[0f64; FEATURES]; FEATURES];
        for (x, row) in scaled.iter().zip(rows) {
            let sum: f64 = x.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            let miss = row.2 * (f64::from(u8::from(row.1)) - chance);
            let bend = row.2 * chance * (1.0 - chance);
            for i in 0..FEATURES {
                slope[i] += miss * x[i];
                for j in 0..FEATURES {
                    curve[i][j] += bend * x[i] * x[j];
                }
            }
        }
        for i in 0..FEATURES {
            let ridge = if i == 0 { 1e-9 } else { RIDGE };
            slope[i] -= if i == 0 { 0.0 } else { ridge * weights[i] };
            curve[i][i] += ridge;
        }
        let step = solve(curve, slope);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w += s);
    }
    let mut plain = [0f32; FEATURES];
    let mut bias = weights[0];
    for k in 1..FEATURES {
        if spreads[k] > 1e-9 {
            plain[k] = (weights[k] / spreads[k]) as f32;
            bias -= weights[k] * means[k] / spreads[k];
        }
    }
    plain[0] = bias as f32;
    plain
}

/// Solves `a x = b` by elimination with pivots.
fn solve(mut a: [[f64; FEATURES]; FEATURES], mut b: [f64; FEATURES]) -> [f64; FEATURES] {
    for i in 0..FEATURES {
        let pivot = (i..FEATURES).max_by(|&p, &q| a[p][i].abs().total_cmp(&a[q][i].abs()));
        let pivot = pivot.unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        let top = a[i];
        if top[i].abs() < 1e-12 {
            continue;
        }
        for j in i + 1..FEATURES {
            let factor = a[j][i] / top[i];
            a[j].iter_mut().zip(top).for_each(|(x, t)| *x -= factor * t);
            b[j] -= factor * b[i];
        }
    }
    let mut x = [0f64; FEATURES];
    for i in (0..FEATURES).rev() {
        let rest: f64 = (i + 1..FEATURES).map(|k| a[i][k] * x[k]).sum();
        x[i] = if a[i][i].abs() < 1e-12 {
            0.0
        } else {
            (b[i] - rest) / a[i][i]
        };
    }
    x
}

//! In: statements in comparable terms. Out: pairs that may state one claim, each with its features
//! and the chance that it does. Candidates come from an inverted index over terms, so that the
//! work grows with what statements share, not with all pairs.
//!
//! The scorer is a logistic one over lexical and structured features. Where a sentence encoder was run,
//! each statement's nearest by it are candidates too, and what it says of a pair are more features.

mod meaning;

use std::collections::HashMap;

use model::{ArticleIx, Form, NameKind, Stance};

use crate::features::FEATURES;
use crate::passages::Passages;
use crate::relation::{Pair, Relation};
use crate::sequence::longest_run;
use crate::shared::{Sharing, days, numbers};
use crate::terms::{Said, Terms};
use crate::weights::{MULTILINGUAL, Weights};

/// Places of some features.
const NUMBER_SHARED: usize = 9;
const NUMBER_DIFFERS: usize = 10;
const DAY_DIFFERS: usize = 13;
const NEGATION_DIFFERS: usize = 15;
const PLAIN_SHARED: usize = 30;
const PLAIN_SAID: usize = 38;

/// Part of the words outside names, of the statement that has fewer, that must be shared, where no
/// number is; or the part that the other must say in whatever words ([`Weights::least_told`]). In long stories
/// the weights know it, in two short reports they do not.
const LEAST_PLAIN: f32 = 0.1;

/// A statement of fewer content words ("It's a plane.") is no candidate but for one that shares so much
/// of the longer one's weight.
const LEAST_CONTENT: usize = 3;
const SAME: f32 = 0.5;

/// A pair with a lower score is none: no threshold is near it, and a story of 500 articles has millions.
const LEAST_SCORE: f32 = 0.02;

/// Terms held by more statements than this (and by more than a fifth of them) bring no candidates:
/// a pair that shares nothing rarer states no common claim.
const COMMON_TERM: u32 = 60;
/// Candidates below both are dropped before features are computed.
const LEAST_COSINE: f32 = 0.12;
const LEAST_CONTAINMENT: f32 = 0.25;

/// Finds and scores the candidate pairs, by `(a, b)`.
pub(crate) fn pairs(terms: &Terms, passages: Option<&Passages>, weights: &Weights) -> Vec<Pair> {
    let mut pairs = Vec::new();
    each(terms, passages, |a, b, features| {
        let contrary = terms.against(a, b);
        let across = passages.is_some_and(|passages| passages.across(a, b).is_some());
        let weights = if across { &MULTILINGUAL } else { weights };
        let (score, but_for) = (score(features, weights), but_for(features, weights));
        if but_for >= LEAST_SCORE {
            let parts = contrary.is_some_and(|contrary| contrary.of.parts());
            let relation = Relation {
                same: if parts { 0.0 } else { score },
                matter: but_for,
                contrary,
            };
            pairs.push(Pair { a, b, relation });
        }
    });
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// The chance that a pair with these features states one claim. Two statements that have nothing but
/// names in common are about the same people, and say two things of them.
pub(crate) fn score(features: &[f32; FEATURES], weights: &Weights) -> f32 {
    let told = features[PLAIN_SAID] >= weights.least_told
        || features[PLAIN_SHARED] >= LEAST_PLAIN
        || features[NUMBER_SHARED] > 0.0;
    if told { weights.score(features) } else { 0.0 }
}

/// The score that a pair would have if nothing in it differed that two passages of one matter can differ in.
fn but_for(features: &[f32; FEATURES], weights: &Weights) -> f32 {
    let mut features = *features;
    for at in [NUMBER_DIFFERS, DAY_DIFFERS, NEGATION_DIFFERS] {
        // What speaks for one claim beside all else ("two reports of two days") is let be.
        if weights.pair[at] < 0.0 {
            features[at] = 0.0;
        }
    }
    score(&features, weights)
}

/// Gives every candidate pair with its features.
pub(crate) fn each(
    terms: &Terms,
    passages: Option<&Passages>,
    mut give: impl FnMut(u32, u32, &[f32; FEATURES]),
) {
    let mut rough = candidates(terms);
    if let Some(passages) = passages {
        meaning::add_nearest(terms, passages, &mut rough);
    }
    let cosine = Cosines::of(&rough, terms.said.len());
    let best = Best::of(terms, &rough, |at| rough[at].cosine);
    let alike = article_likeness(terms, &best);
    let said = passages.map(|passages| meaning::Meaning::of(terms, &rough, passages));
    for (at, rough) in rough.iter().enumerate() {
        let (a, b) = (&terms.said[rough.a as usize], &terms.said[rough.b as usize]);
        let mut features = own_features(a, b, rough);
        let fragment = a.content.len().min(b.content.len()) < LEAST_CONTENT;
        // A question states nothing that another passage could state.
        let asks = |said: &Said| said.stance == Stance::Questions;
        let unlike = fragment || a.frame != b.frame || asks(a) != asks(b);
        let other_matter = (a.points_back || b.points_back) && a.sequence != b.sequence;
        if other_matter || a.conditional != b.conditional || unlike && features[4] < SAME {
            continue;
        }
        let near = |da: i64, db: i64| {
            let next = neighbours(terms, rough, da, db);
            next.map_or(0.0, |(a, b)| cosine.get(a.min(b), a.max(b)))
        };
        features[24] = near(-1, -1).max(near(1, 1));
        features[25] = near(0, -1).max(near(0, 1)).max(near(-1, 0)).max(near(1, 0));
        let best_a = best.get(rough.a, b.article);
        let best_b = best.get(rough.b, a.article);
        features[26] = f32::from(rough.cosine >= best_a && rough.cosine >= best_b);
        features[27] = (rough.cosine / best_a.max(0.01)).min(rough.cosine / best_b.max(0.01));
        let same = a.article == b.article;
        let articles = (a.article.min(b.article), a.article.max(b.article));
        features[28] = match same {
            true => 0.0,
            false => alike.get(&articles).copied().unwrap_or(0.0),
        };
        features[29] = f32::from(same);
        if let Some(said) = &said {
            said.features(terms, &cosine, at, &mut features);
        }
        give(rough.a, rough.b, &features);
    }
}

struct Rough {
    a: u32,
    b: u32,
    cosine: f32,
    shared: f32,
}

/// The candidates' cosines, looked up by pair.
struct Cosines<'r> {
    rough: &'r [Rough],
    /// Where the candidates of each `b` begin; one more entry than statements.
    starts: Vec<usize>,
}

impl<'r> Cosines<'r> {
    /// `rough` by `(b, a)`, as [`candidates`] gives it.
    fn of(rough: &'r [Rough], count: usize) -> Self {
        let starts = (0..=count as u32)
            .map(|b| rough.partition_point(|r| r.b < b))
            .collect();
        Self { rough, starts }
    }

    /// 0 where the pair is no candidate.
    fn get(&self, a: u32, b: u32) -> f32 {
        self.place(a, b).map_or(0.0, |at| self.rough[at].cosine)
    }

    /// Where a pair stands, if it is a candidate.
    fn place(&self, a: u32, b: u32) -> Option<usize> {
        let start = self.starts[b as usize];
        let of_b = &self.rough[start..self.starts[b as usize + 1]];
        let found = of_b.binary_search_by_key(&a, |r| r.a).ok()?;
        Some(start + found)
    }
}

/// Pairs that share terms worth sharing, by `(b, a)`.
fn candidates(terms: &Terms) -> Vec<Rough> {
    let fifth = terms.said.len() as u32 / 5;
    let mut postings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); terms.document_frequency.len()];
    let mut found = Vec::new();
    let mut dot = vec![0f32; terms.said.len()];
    let mut shared = vec![0f32; terms.said.len()];
    let mut rare = vec![false; terms.said.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (b, said) in terms.said.iter().enumerate() {
        for &(term, weight) in &said.terms {
            let frequency = terms.document_frequency[term as usize];
            let common = frequency > COMMON_TERM.max(fifth);
            for &(a, other) in &postings[term as usize] {
                let at = a as usize;
                if dot[at] == 0.0 {
                    touched.push(a);
                }
                dot[at] += weight * other;
                shared[at] += weight.min(other);
                rare[at] |= !common;
            }
        }
        touched.sort_unstable();
        for a in touched.drain(..) {
            let at = a as usize;
            let other = &terms.said[at];
            let cosine = dot[at] / (said.norm * other.norm).max(f32::MIN_POSITIVE);
            let part = shared[at] / said.mass.min(other.mass).max(f32::MIN_POSITIVE);
            if rare[at] && (cosine >= LEAST_COSINE || part >= LEAST_CONTAINMENT) {
                found.push(Rough {
                    a,
                    b: b as u32,
                    cosine,
                    shared: shared[at],
                });
            }
            (dot[at], shared[at], rare[at]) = (0.0, 0.0, false);
        }
        for &(term, weight) in &said.terms {
            postings[term as usize].push((b as u32, weight));
        }
    }
    found
}

/// For each statement, the score of its best match in each article that has one.
struct Best(Vec<HashMap<ArticleIx, f32>>);

impl Best {
    fn of(terms: &Terms, rough: &[Rough], score: impl Fn(usize) -> f32) -> Self {
        let mut best: Vec<HashMap<ArticleIx, f32>> = vec![HashMap::new(); terms.said.len()];
        for (at, pair) in rough.iter().enumerate() {
            for (one, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
                let article = terms.said[other as usize].article;
                let known = best[one as usize].entry(article).or_insert(0.0);
                *known = known.max(score(at));
            }
        }
        Self(best)
    }

    /// 0 where nothing in the article is like it.
    fn get(&self, said: u32, article: ArticleIx) -> f32 {
        self.0[said as usize].get(&article).copied().unwrap_or(0.0)
    }
}

/// For each pair of articles, how much of the shorter one has a close match in the other: 0 to 1.
fn article_likeness(terms: &Terms, best: &Best) -> HashMap<(ArticleIx, ArticleIx), f32> {
    const CLOSE: f32 = 0.6;
    let mut close: HashMap<(ArticleIx, ArticleIx), u32> = HashMap::new();
    for (said, best) in terms.said.iter().zip(&best.0) {
        for (&other, _) in best.iter().filter(|(_, best)| **best >= CLOSE) {
            *close.entry((said.article, other)).or_insert(0) += 1;
        }
    }
    let share = |a: ArticleIx, b: ArticleIx| {
        let of_a = terms.of_article(a).len().max(1) as f32;
        close.get(&(a, b)).map_or(0.0, |count| *count as f32 / of_a)
    };
    let pairs = close.keys();
    pairs
        .map(|&(a, b)| ((a.min(b), a.max(b)), share(a, b).max(share(b, a))))
        .collect()
}

/// The statements at these distances from a pair, where both have one.
fn neighbours(terms: &Terms, pair: &Rough, da: i64, db: i64) -> Option<(u32, u32)> {
    let step = |index: u32, by: i64| -> Option<u32> {
        let moved = u32::try_from(i64::from(index) + by).ok()?;
        let same = terms.said.get(moved as usize)?.article == terms.said[index as usize].article;
        same.then_some(moved)
    };
    Some((step(pair.a, da)?, step(pair.b, db)?))
}

/// The features that the two statements alone decide.
fn own_features(a: &Said, b: &Said, rough: &Rough) -> [f32; FEATURES] {
    let mut f = [0f32; FEATURES];
    f[0] = 1.0;
    f[1] = rough.cosine;
    f[2] = rough.cosine * rough.cosine;
    f[3] = rough.shared / a.mass.min(b.mass).max(f32::MIN_POSITIVE);
    f[4] = rough.shared / a.mass.max(b.mass).max(f32::MIN_POSITIVE);
    let shorter = a.sequence.len().min(b.sequence.len()).max(1) as f32;
    f[6] = shared_pairs(a, b);
    // Without a common pair of neighbours the longest run is one word, or none.
    let run = if f[6] > 0.0 {
        longest_run(&a.sequence, &b.sequence)
    } else {
        usize::from(a.sequence.iter().any(|stem| b.sequence.contains(stem)))
    };
    f[5] = run as f32 / shorter;
    let common = a.names.iter().filter(|name| b.names.contains(name)).count();
    let fewer = a.names.len().min(b.names.len());
    f[7] = if fewer == 0 {
        0.0
    } else {
        common as f32 / fewer as f32
    };
    f[8] = f32::from(persons_differ(a, b));
    let numbers = numbers(a, b);
    f[9] = f32::from(numbers == Sharing::Shared);
    f[NUMBER_DIFFERS] = f32::from(numbers == Sharing::Differs);
    f[11] = f32::from(a.numbers.is_empty() != b.numbers.is_empty());
    let days = days(a, b);
    f[12] = f32::from(days == Sharing::Shared);
    f[13] = f32::from(days == Sharing::Differs);
    let verbs = a.verbs.iter().filter(|verb| b.verbs.contains(verb)).count();
    let fewer = a.verbs.len().min(b.verbs.len());
    f[14] = if fewer == 0 {
        0.0
    } else {
        verbs as f32 / fewer as f32
    };
    f[15] = f32::from(a.negated != b.negated);
    f[16] = f32::from(a.stance != b.stance);
    f[17] = f32::from(a.form.is_some() && b.form.is_some());
    let direct = |said: &Said| said.form == Some(Form::Direct);
    f[18] = f32::from((direct(a) && b.form.is_none()) || (direct(b) && a.form.is_none()));
    if let (Some(one), Some(other)) = (a.speaker, b.speaker) {
        f[if one == other { 19 } else { 20 }] = 1.0;
    }
    let (fewer, more) = plain_shared(a, b);
    (f[30], f[31]) = (fewer, more);
    f[21] = f32::from(a.modality != b.modality);
    f[22] = (a.place - b.place).abs();
    f[23] = shorter / a.sequence.len().max(b.sequence.len()).max(1) as f32;
    f
}

/// How much of the words that are no names both have, over the lighter and the heavier of the two:
/// statements that share persons and places alone seldom state one claim.
fn plain_shared(a: &Said, b: &Said) -> (f32, f32) {
    let mass = |said: &Said| said.plain.iter().map(|w| w.1).sum::<f32>();
    let shared: f32 = a
        .plain
        .iter()
        .filter(|w| b.plain.binary_search_by_key(&w.0, |o| o.0).is_ok())
        .map(|w| w.1)
        .sum();
    let (one, other) = (mass(a), mass(b));
    (
        shared / one.min(other).max(f32::MIN_POSITIVE),
        shared / one.max(other).max(f32::MIN_POSITIVE),
    )
}

fn persons_differ(a: &Said, b: &Said) -> bool {
    let persons = |said: &Said| {
        said.names
            .iter()
            .filter(|n| n.1 == NameKind::Person)
            .map(|n| n.0)
            .collect::<Vec<_>>()
    };
    let (one, other) = (persons(a), persons(b));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|name| other.contains(name))
}

/// Neighbouring pairs of stems that both have, over those of the shorter. A repeated pair counts
/// as often as it stands in the first.
fn shared_pairs(a: &Said, b: &Said) -> f32 {
    let shorter = a.sequence.len().min(b.sequence.len()).saturating_sub(1);
    if shorter == 0 {
        return 0.0;
    }
    let (mut shared, mut at) = (0usize, 0);
    for pair in &a.pairs {
        while b.pairs.get(at).is_some_and(|other| other < pair) {
            at += 1;
        }
        shared += usize::from(b.pairs.get(at) == Some(pair));
    }
    (shared as f32 / shorter as f32).min(1.0)
}

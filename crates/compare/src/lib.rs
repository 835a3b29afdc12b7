//! A story to its comparison: pair · align · judge · timeline · wording · brief.
//!
//! In: a story and its documents. Out: what is corroborated and by how many origins, what is
//! disputed, what only one outlet has, when each thing happened, and who is quoted how.

mod align;
mod judge;
mod origins;
pub mod pair;
mod terms;
pub mod weights;

use model::{Comparison, Document, Mention, Story};
use weights::{FITTED, Weights};

/// Compares a story's articles. `docs[i]` is the document of `story.articles[i]`.
pub fn compare(story: &Story, docs: &[&Document]) -> Comparison {
    let mut comparison = Comparison::default();
    let terms = terms::read(story, docs);
    let pairs = pair::pairs(&terms, &FITTED);
    let groups = align::align(terms.said.len(), &pairs, FITTED.join);
    let judged = judge::judge(story, docs, &terms, &pairs, &comparison.quotes, groups);
    comparison.claims = judged.into_iter().map(|judged| judged.claim).collect();
    comparison
}

/// Every candidate pair of statements with its features: what the weights are fitted on.
pub fn candidates(
    story: &Story,
    docs: &[&Document],
) -> Vec<(Mention, Mention, [f32; pair::FEATURES])> {
    let terms = terms::read(story, docs);
    pair::pairs(&terms, &FITTED)
        .into_iter()
        .map(|pair| (terms.mention(pair.a), terms.mention(pair.b), pair.features))
        .collect()
}

/// Groups of statements that state one claim, under other weights: for the fitter.
pub fn align_with(story: &Story, docs: &[&Document], weights: &Weights) -> Vec<Vec<Mention>> {
    let terms = terms::read(story, docs);
    let pairs = pair::pairs(&terms, weights);
    align::align(terms.said.len(), &pairs, weights.join)
        .into_iter()
        .map(|group| group.into_iter().map(|one| terms.mention(one)).collect())
        .collect()
}

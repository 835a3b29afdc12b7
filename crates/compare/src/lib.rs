//! A story to its comparison: pair · align · judge · timeline · wording · brief.
//!
//! In: a story and its documents. Out: what is corroborated and by how many origins, what is
//! disputed, what only one outlet has, when each thing happened, and who is quoted how.

mod align;
mod brief;
mod days;
mod differences;
mod disputes;
mod judge;
mod origins;
pub mod pair;
mod passages;
mod quotes;
mod terms;
mod timeline;
mod unmarked;
pub mod weights;
mod wording;

use model::{Comparison, DisputeKind, Document, Mention, Story, Verdict};
pub use passages::Sentences;
use weights::Weights;

/// Compares a story's articles. `docs[i]` is the document of `story.articles[i]`, `sentences[i]` its
/// sentences as the encoder read them; none where words alone line up the claims.
pub fn compare(story: &Story, docs: &[&Document], sentences: Option<&Sentences>) -> Comparison {
    let mut comparison = Comparison {
        quotes: quotes::utterances(story, docs),
        ..Comparison::default()
    };
    let days = days::Days::of(story, docs);
    let terms = terms::read(story, docs, &days);
    let passages = sentences.map(|read| passages::of(&terms.said, docs, read));
    let weights = weights::of(passages.is_some());
    let pairs = pair::pairs(&terms, passages.as_deref(), weights);
    let groups = align::align(terms.said.len(), &pairs, weights);
    let judged = judge::judge(
        story,
        docs,
        &terms,
        &pairs,
        &comparison.quotes,
        groups,
        weights.corroborates,
    );
    let quoted = disputes::quoted(docs.len(), &comparison.quotes);
    let ground = disputes::Ground {
        story,
        docs,
        terms: &terms,
        pairs: &pairs,
        claims: &judged,
        utterances: &comparison.quotes,
        quoted: &quoted,
    };
    comparison.disputes = disputes::find(&ground);
    comparison.timeline = timeline::timeline(docs, &terms, &days, &judged);
    comparison.brief = brief::brief(story, docs, &terms, &judged);
    comparison.claims = judged.into_iter().map(|judged| judged.claim).collect();
    comparison.wording = wording::find(story, docs, &comparison.quotes, &comparison.claims);
    // Where only the speaker is in dispute, what was said is not.
    for side in comparison
        .disputes
        .iter()
        .filter(|dispute| dispute.kind != DisputeKind::Attribution)
        .flat_map(|dispute| dispute.sides.iter())
    {
        for &claim in &side.claims {
            comparison.claims[claim as usize].verdict = Verdict::Disputed;
        }
    }
    comparison
}

/// Every candidate pair of statements with its features: what the weights are fitted on.
pub fn candidates(
    story: &Story,
    docs: &[&Document],
    sentences: Option<&Sentences>,
) -> Vec<(Mention, Mention, [f32; pair::FEATURES])> {
    let terms = terms::read(story, docs, &days::Days::of(story, docs));
    let passages = sentences.map(|read| passages::of(&terms.said, docs, read));
    let mut found = Vec::new();
    pair::each(&terms, passages.as_deref(), |a, b, features| {
        found.push((terms.mention(a), terms.mention(b), *features));
    });
    found
}

/// Groups of statements that state one claim, under other weights: for the fitter.
pub fn align_with(
    story: &Story,
    docs: &[&Document],
    sentences: Option<&Sentences>,
    weights: &Weights,
) -> Vec<Vec<Mention>> {
    let terms = terms::read(story, docs, &days::Days::of(story, docs));
    let passages = sentences.map(|read| passages::of(&terms.said, docs, read));
    let pairs = pair::pairs(&terms, passages.as_deref(), weights);
    align::align(terms.said.len(), &pairs, weights)
        .into_iter()
        .map(|group| group.into_iter().map(|one| terms.mention(one)).collect())
        .collect()
}

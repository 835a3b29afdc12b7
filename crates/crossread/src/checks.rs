//! In: a story's documents and claims. Out: which of these claims line up with what an article of the story says it
//! checked (ClaimReview). The rating stays that article's word. Refuses what only comes near: a check stands beside a
//! claim where a passage that asserts the claim states what was checked.

use std::collections::BTreeSet;

use model::{Check, ClaimIx, Comparison, Document, Mention, ReviewIx, Span, Stance, Story};

use crate::Engine;

/// Checks of one article that are lined up, at most: each is asked about as a reader's sentence is.
const MOST: usize = 20;

impl Engine {
    /// The claims of a story beside the checks that its articles give, by claim.
    pub(crate) fn checks(
        &self,
        story: &Story,
        docs: &[&Document],
        comparison: &Comparison,
    ) -> Vec<Check> {
        let mut checks = BTreeSet::new();
        for (article, doc) in model::ArticleIx::all().zip(docs) {
            let reviews = ReviewIx::all().zip(&doc.article.about.reviews);
            for (review, one) in reviews.take(MOST) {
                let stated = self.stated(&one.claim, doc.article.main_language(), docs);
                let asserts = |claim: &model::Claim| {
                    let mut firm = claim.readings.iter().filter(|r| !r.near);
                    firm.any(|reading| {
                        reading.stance == Stance::Asserts
                            && stated.contains(&place(story, reading.mention))
                    })
                };
                let claims = ClaimIx::all().zip(&comparison.claims);
                let claims = claims.filter(|(_, claim)| asserts(claim));
                checks.extend(claims.map(|(claim, _)| Check {
                    claim,
                    article,
                    review,
                }));
            }
        }
        checks.into_iter().collect()
    }

    /// The passages of documents that state a sentence: the article's id, where in it.
    fn stated(
        &self,
        says: &str,
        language: Option<&str>,
        docs: &[&Document],
    ) -> BTreeSet<(String, Span)> {
        let Ok(question) = self.question(says, language) else {
            return BTreeSet::new();
        };
        let docs = docs.iter().map(|doc| (*doc).clone()).collect();
        let Some(asked) = self.ask(&question, docs) else {
            return BTreeSet::new();
        };
        let states = asked.answers.iter().flat_map(|answer| &answer.states);
        let places = states.map(|reading| place(&asked.story, reading.mention));
        places.collect()
    }
}

/// A passage of a story's article, by the article's id.
fn place(story: &Story, mention: Mention) -> (String, Span) {
    (story.ids[mention.article].to_string(), mention.span)
}

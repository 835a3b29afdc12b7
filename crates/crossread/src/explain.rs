//! In: findings, their report, and a place in it. Out: why the report says what stands there, step by step; for a claim
//! with how its passages match, which is found out anew.

use model::Findings;

use crate::Engine;

impl Engine {
    /// Why a report says a thing, step by step.
    pub fn explain(
        &self,
        findings: &Findings,
        report: &report::wire::Report,
        place: &report::Place,
        options: report::TextOptions,
    ) -> String {
        let id = report.stories.get(place.story).map(|story| &story.id);
        let compared = findings
            .stories
            .iter()
            .find(|compared| Some(&compared.story.id) == id);
        let claim = compared.and_then(|compared| {
            let number: usize = place.id.strip_prefix('c')?.parse().ok()?;
            let claim = compared.comparison.claims.get(number.checked_sub(1)?)?;
            Some((&compared.story, claim))
        });
        let matches = claim.map_or_else(report::Matches::default, |(story, claim)| {
            let docs = story.documents(&findings.documents);
            let passages: Vec<_> = claim.readings.iter().map(|r| r.mention).collect();
            let sentences = self.pool.install(|| self.sentences_of(&docs));
            let (pairs, weights) = compare::matches(
                story,
                &docs,
                sentences.as_ref(),
                &passages,
                &self.options().thresholds,
            );
            report::Matches {
                pairs: pairs
                    .into_iter()
                    .map(|one| report::Match {
                        readings: one.passages,
                        score: one.score,
                        parts: one.parts,
                    })
                    .collect(),
                belongs: weights.share,
                corroborates: weights.corroborates,
                read_by: self.read_by(sentences.as_ref()),
            }
        });
        report::explain(report, place, &matches, options)
    }
}

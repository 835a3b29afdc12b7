//! What of a story can be looked through for words. In: a claim, a quotation. Out: its passages, each with the words that
//! a search may meet in it: all words that are looked for stand in one of them.

pub use crate::view::speaker;
use crate::wire::{Claim, Mention, Quote, Story};

/// The passages that state a claim.
pub fn claim(claim: &Claim) -> impl Iterator<Item = (&Mention, String)> {
    crate::view::stated(claim).map(|mention| (mention, mention.text.clone()))
}

/// The passages of a quotation, each with the words that report it, those for who said it, and its speaker.
pub fn quote<'s>(
    story: &'s Story,
    quote: &'s Quote,
) -> impl Iterator<Item = (&'s Mention, String)> {
    let speaker = speaker(story, quote);
    quote.readings.iter().map(move |reading| {
        let around = [&reading.source, &reading.cue].into_iter().flatten();
        let around = around.map(|words| words.text.as_str());
        let passage = std::iter::once(reading.mention.text.as_str());
        let words: Vec<&str> = passage.chain(around).chain(speaker.as_deref()).collect();
        (&reading.mention, words.join("\n"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Report;

    #[test]
    fn a_quotation_is_found_by_its_speaker_and_a_claim_by_what_states_it() {
        let kept = include_str!("../../../tests/ref/report/report.json");
        let mut report: Report = serde_json::from_str(kept).expect("a kept report");
        let story = &mut report.stories[0];
        let first = &story.quotes[0];
        let name = speaker(story, first).expect("a speaker");
        assert!(quote(story, first).all(|(_, words)| words.contains(&name)));
        let one = &mut story.claims[0];
        let all = claim(one).count();
        one.readings[0].near = true;
        assert_eq!(claim(one).count(), all - 1);
    }
}

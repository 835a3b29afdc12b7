//! In: a sentence of a language of which no word is known. Out: the quoted stretches that quote
//! marks, capitals and punctuation alone show to be speech. Refuses to say who speaks, and titles and
//! words held at arm's length.

use super::super::gram::{Gram, mark};
use super::bare::BARE_WORDS;
use super::{FRAGMENT_WORDS, QuoteFacts, Reader};

impl<F: Fn(usize) -> QuoteFacts> Reader<'_, F> {
    /// Quotes by their marks alone.
    pub(super) fn marked(&mut self) {
        for at in self.sentence.clone() {
            let Some(facts) = self.facts_at(at) else {
                continue;
            };
            if facts.title {
                continue;
            }
            let before = at.checked_sub(1).and_then(|before| self.gram(before));
            let after = self.gram(at + 1);
            let opens = matches!(before, None | Some(Gram::Stop | Gram::Dash));
            let last = facts.last.map(mark);
            let points =
                matches!(after, Some(Gram::Comma | Gram::Dash)) || last == Some(Gram::Comma);
            let sentence = last == Some(Gram::Stop);
            let long = facts.words >= FRAGMENT_WORDS;
            if long && opens && after.is_none_or(|gram| gram == Gram::Stop) {
                self.bare_report(at, "quote-alone", None, true);
            } else if long && before == Some(Gram::Colon) {
                self.bare_report(at, "colon-quote", None, true);
            } else if opens && (points && facts.words > 1 || sentence && long) {
                self.bare_report(at, "quote-opens", None, true);
            } else if facts.words >= BARE_WORDS {
                self.bare_report(at, "quote-bare", None, sentence);
            }
        }
    }
}

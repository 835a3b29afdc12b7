//! In: a sentence whose frames have taken their content. Out: the quoted stretches that are left and
//! are speech all the same, with the words for who speaks where they stand beside them. Refuses
//! titles and short stretches.

use super::super::SIGNED;
use super::super::gram::Gram;
use super::super::lines::{introduced, signer};
use super::super::phrases::{phrase_before, phrase_from};
use super::{FRAGMENT_WORDS, Part, QuoteFacts, REACH, Reader, Report};

/// Words from which a quoted stretch without any cue is taken for speech: of eight and more, one
/// in a hundred is none (PolNeAR train).
pub(super) const BARE_WORDS: usize = 8;

impl<F: Fn(usize) -> QuoteFacts> Reader<'_, F> {
    /// Quotes that no frame took and that are speech all the same.
    pub(super) fn bare(&mut self) {
        if !self
            .sentence
            .clone()
            .any(|at| self.items[at].quote.is_some())
        {
            return;
        }
        let mut taken = vec![false; self.sentence.len()];
        for part in self.out.iter().flat_map(|report| &report.parts) {
            taken[part.start - self.sentence.start..part.end - self.sentence.start].fill(true);
        }
        for at in self.sentence.clone() {
            let Some(facts) = self.facts_at(at) else {
                continue;
            };
            if taken[at - self.sentence.start] || facts.title {
                continue;
            }
            let alone = self.sentence.clone().all(|i| {
                i == at || matches!(self.items[i].gram, Gram::Stop | Gram::Quote | Gram::Dash)
            });
            if alone {
                self.bare_report(at, "quote-alone", None, true);
                continue;
            }
            if let Some(source) = self.signature(at) {
                self.bare_report(at, SIGNED, Some(source), true);
                continue;
            }
            // `"…," an angry Lund shot back.`: any verb will do right behind a comma.
            let acts = matches!(facts.last, Some(',' | '?' | '!'))
                .then(|| phrase_from(self.items, at + 1, self.sentence.end.min(at + REACH)))
                .flatten()
                .filter(|source| {
                    let over = self
                        .gram(source.end + 1)
                        .is_none_or(|gram| gram == Gram::Stop);
                    matches!(self.gram(source.end), Some(Gram::Verb))
                        && source.start == at + 1
                        && at == self.sentence.start
                        && (over || facts.last != Some('?'))
                });
            if let Some(source) = acts {
                self.bare_report(at, "quote-source-action", Some(source), true);
                continue;
            }
            let before = at.checked_sub(1).and_then(|before| self.gram(before));
            let speech = self.items[at].capital
                && (matches!(before, None | Some(Gram::Colon | Gram::Comma | Gram::Dash)));
            if before == Some(Gram::Colon) && facts.words >= FRAGMENT_WORDS {
                let source = self.before_colon(at - 1);
                self.bare_report(at, "colon-quote", source, true);
            } else if facts.words >= BARE_WORDS {
                self.bare_report(at, "quote-bare", None, speech);
            } else if before.is_none()
                && self.items[at].capital
                && facts.words >= FRAGMENT_WORDS
                && facts.last == Some(',')
            {
                // A comma inside the marks: a reporting clause follows that could not be read.
                self.bare_report(at, "quote-opens", None, true);
            }
        }
    }

    /// Who signs a quote that a sentence begins with: `"…" — Eva Lund, teacher`.
    fn signature(&self, quote: usize) -> Option<Part> {
        (quote == self.sentence.start)
            .then(|| signer(self.items, quote + 1..self.sentence.end))
            .flatten()
    }

    pub(super) fn bare_report(
        &mut self,
        at: usize,
        rule: &'static str,
        source: Option<Part>,
        quoted: bool,
    ) {
        let parts = vec![at..at + 1];
        self.out.push(Report {
            parts,
            frame: None,
            source,
            rule,
            quoted,
        });
    }

    /// Who stands before a colon.
    fn before_colon(&self, colon: usize) -> Option<Part> {
        let low = self.sentence.start.max(colon.saturating_sub(REACH));
        if !self.commas {
            return introduced(self.items, low, colon);
        }
        // `- Lund: "…"`: a name alone, the rest of the clause is not read.
        let phrase = phrase_before(self.items, low, colon)?;
        let alone = phrase.start == self.sentence.start
            || phrase.start > low
                && matches!(self.items[phrase.start - 1].gram, Gram::Dash | Gram::Stop)
            || phrase.start == low + 1 && self.items[low].gram == Gram::Preposition;
        (alone && self.gram(phrase.end - 1) == Some(Gram::Name)).then_some(phrase)
    }
}

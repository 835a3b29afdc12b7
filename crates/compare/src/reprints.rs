//! What stands in the same words in many articles: one agency's report on a thousand sites. In: a story's
//! statements. Out: which of them only repeat an earlier one; and, once claims and disputes are known, every
//! reprint listed with the statement that it repeats.
//!
//! Reprints are one voice. Read, paired and judged one by one they would cost the square of their number and say
//! nothing more; what a site changed is no reprint and is compared like anything else.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{ClaimReading, Dispute, Document, Mention, NonEmpty, Reason, ReasonKind, Span};

use crate::judged::Judged;
use crate::origins::{merged, outlets};
use crate::terms::MOST_STATEMENTS;

/// Articles with the same words from which the later ones are reprints: fewer cost little, and are compared.
pub(crate) const MANY: usize = 12;
/// Bytes of a statement that does not arise so often by chance: some eight words.
const LONG: usize = 48;

/// Statements that repeat an earlier one, and where each first one is repeated.
#[derive(Default)]
pub(crate) struct Reprints {
    /// Those that do, by article and statement.
    repeats: HashSet<(u32, u32)>,
    /// By the place of a first one, of a statement or a sentence, its repetitions.
    of: BTreeMap<Mention, Vec<Mention>>,
}

impl Reprints {
    /// Finds them in the articles' own order.
    pub(crate) fn of(docs: &[&Document]) -> Self {
        let mut places: HashMap<&str, Vec<(u32, u32, Span)>> = HashMap::new();
        if docs.len() < MANY {
            return Self::default();
        }
        for (article, doc) in (0u32..).zip(docs) {
            for (at, statement) in (0u32..).zip(doc.statements.iter().take(MOST_STATEMENTS)) {
                let words = doc.get(statement.span);
                if words.len() >= LONG {
                    let known = places.entry(words).or_default();
                    // What an article says twice is its own matter.
                    if known.last().is_none_or(|last| last.0 != article) {
                        known.push((article, at, statement.span));
                    }
                }
            }
        }
        let mut found = Self::default();
        for same in places.into_values().filter(|same| same.len() >= MANY) {
            let again = same[1..].iter();
            found.repeats.extend(again.map(|one| (one.0, one.1)));
            found.keep(same.iter().map(|one| (one.0, one.2)));
        }
        found.of_sentences(docs);
        found
    }

    /// The same of whole sentences: what one article alone has is told by them.
    fn of_sentences(&mut self, docs: &[&Document]) {
        let mut places: HashMap<&str, Vec<(u32, Span)>> = HashMap::new();
        for (article, doc) in (0u32..).zip(docs) {
            for sentence in doc.sentences.iter().take(MOST_STATEMENTS) {
                let words = doc.get(sentence.span);
                if words.len() >= LONG {
                    let known = places.entry(words).or_default();
                    if known.last().is_none_or(|last| last.0 != article) {
                        known.push((article, sentence.span));
                    }
                }
            }
        }
        for same in places.into_values().filter(|same| same.len() >= MANY) {
            self.keep(same.into_iter());
        }
    }

    /// Keeps places of the same words, the first of them before those that repeat it.
    fn keep(&mut self, places: impl Iterator<Item = (u32, Span)>) {
        let mut places = places.map(|(article, span)| Mention { article, span });
        if let Some(first) = places.next() {
            self.of.insert(first, places.collect());
        }
    }

    /// Whether a statement of an article only repeats an earlier one.
    pub(crate) fn repeats(&self, article: u32, statement: u32) -> bool {
        self.repeats.contains(&(article, statement))
    }

    /// Where a passage is repeated: a statement's repetitions.
    pub(crate) fn again(&self, place: Mention) -> &[Mention] {
        self.of.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Lists with each claim the reprints of what states it: more outlets, no more origins.
    pub(crate) fn list(&self, docs: &[&Document], judged: &mut [Judged]) {
        for claim in judged {
            if claim
                .readings
                .iter()
                .any(|reading| !self.again(reading.mention).is_empty())
            {
                self.list_with(docs, claim);
            }
        }
    }

    fn list_with(&self, docs: &[&Document], claim: &mut Judged) {
        let mut all: Vec<(ClaimReading, u32, Option<usize>)> = Vec::new();
        let mut lacking = std::mem::take(&mut claim.absent_from);
        let own = claim.readings.iter().zip(&claim.said);
        for (at, (reading, &said)) in own.enumerate() {
            all.push((reading.clone(), said, Some(at)));
            let again = self.again(reading.mention);
            // What only comes near a claim is named once.
            if again.is_empty() || reading.near {
                continue;
            }
            all.extend(
                again
                    .iter()
                    .map(|&place| (moved(docs, reading, place), said, None)),
            );
            let articles: Vec<u32> = again.iter().map(|place| place.article).collect();
            lacking.retain(|article| articles.binary_search(article).is_err());
            let with = std::iter::once(reading.mention.article);
            claim.origins.because.push(Reason {
                kind: ReasonKind::SharedPassages,
                articles: with.chain(articles).collect(),
                words: None,
            });
        }
        all.sort_by_key(|(reading, ..)| reading.mention);
        let place = |was: u32| {
            let found = all.iter().position(|(_, _, at)| *at == Some(was as usize));
            found.map_or(was, |place| place as u32)
        };
        (claim.clearest, claim.confirmed) = (place(claim.clearest), claim.confirmed.map(place));
        claim.origins.because = merged(std::mem::take(&mut claim.origins.because));
        claim.absent_from = lacking;
        claim.said = all.iter().map(|one| one.1).collect();
        let readings = all.into_iter().map(|one| one.0).collect();
        if let Some(readings) = NonEmpty::new(readings) {
            claim.readings = readings;
        }
        claim.outlets = outlets(docs, claim.readings.iter().filter(|reading| !reading.near));
    }

    /// Lists the reprints on the sides of disputes.
    pub(crate) fn list_in(&self, disputes: &mut [Dispute]) {
        for side in disputes
            .iter_mut()
            .flat_map(|dispute| dispute.sides.iter_mut())
        {
            let own = side.mentions.iter();
            let mut all: Vec<Mention> = own
                .flat_map(|place| std::iter::once(place).chain(self.again(*place)))
                .copied()
                .collect();
            all.sort_unstable();
            all.dedup();
            if let Some(all) = NonEmpty::new(all) {
                side.mentions = all;
            }
        }
    }
}

/// A reading in another place with the same words.
fn moved(docs: &[&Document], reading: &ClaimReading, place: Mention) -> ClaimReading {
    let inside = |source: &Mention| {
        let from = source
            .span
            .start()
            .checked_sub(reading.mention.span.start())?;
        let start = place.span.start() + from;
        let text = &docs[place.article as usize].article.text;
        let span = text.span(start..start + source.span.len()).ok()?;
        place
            .span
            .contains(span)
            .then_some(Mention { span, ..place })
    };
    ClaimReading {
        mention: place,
        source: reading.source.as_ref().and_then(inside),
        ..reading.clone()
    }
}

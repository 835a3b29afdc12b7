//! In: a range of tokens. Out: the content words in it with their weights, and how much of one
//! phrase another holds. The small change that the kinds of dispute have in common.

use std::ops::Range;

use model::{Document, Tag, Token, TokenClass};

use crate::lexicon::is_negation;
use crate::terms::Terms;

/// The content of a stretch of text: stems with weights, each once, sorted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Phrase {
    pub stems: Vec<(u64, f32)>,
}

impl Phrase {
    pub(crate) fn of(doc: &Document, terms: &Terms, tokens: Range<usize>) -> Self {
        Self::of_tokens(doc, terms, doc.tokens[tokens].iter())
    }

    pub(crate) fn of_tokens<'a>(
        doc: &Document,
        terms: &Terms,
        tokens: impl Iterator<Item = &'a Token>,
    ) -> Self {
        let mut stems: Vec<(u64, f32)> = tokens
            .filter(|token| is_content(doc, token))
            .map(|token| (token.stem, terms.stem_weight(token.stem)))
            .collect();
        stems.sort_by_key(|s| s.0);
        stems.dedup_by_key(|s| s.0);
        Self { stems }
    }

    pub(crate) fn mass(&self) -> f32 {
        self.stems.iter().map(|s| s.1).sum()
    }

    pub(crate) fn has(&self, stem: u64) -> bool {
        self.stems.binary_search_by_key(&stem, |s| s.0).is_ok()
    }

    /// Stems that both hold.
    pub(crate) fn shared(&self, other: &Phrase) -> Vec<(u64, f32)> {
        self.stems
            .iter()
            .copied()
            .filter(|s| other.has(s.0))
            .collect()
    }

    /// How much of this phrase the other holds: 0 to 1.
    pub(crate) fn held_by(&self, other: &Phrase) -> f32 {
        let shared: f32 = self.shared(other).iter().map(|s| s.1).sum();
        shared / self.mass().max(f32::MIN_POSITIVE)
    }
}

/// Whether a token says something of the matter.
pub(crate) fn is_content(doc: &Document, token: &Token) -> bool {
    token.class != TokenClass::Mark
        && !token.stop
        && token.tag != Tag::Aux
        && !is_negation(doc, token)
}

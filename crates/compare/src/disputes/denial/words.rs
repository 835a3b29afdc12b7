//! The words that denials and charges are made of, and what they tell of a statement.

use std::ops::Range;

use model::{ArticleIx, Document, NameIx};

use super::super::Ground;
use crate::lexicon::{Lexicon, Words, is_one_of, lexicon};
use crate::terms::name_of;

/// Where the passive of a verb begins, if it is one: "was flatly denied", "were “unequivocally denied”".
pub(super) fn passive(doc: &Document, start: usize, verb: usize) -> Option<usize> {
    const BEFORE: usize = 3;
    let from = start.max(verb.saturating_sub(BEFORE));
    (from..verb)
        .rev()
        .find(|&at| is_one_of(doc, &doc.tokens[at], &lexicon(doc).be))
}

/// Whether a statement has one of these words.
pub(super) fn has(ground: &Ground<'_>, said: u32, list: fn(&Lexicon) -> &Words) -> bool {
    let doc = ground.doc(said);
    let words = list(lexicon(doc));
    let tokens = doc.tokens_in(ground.terms.said[said as usize].span);
    doc.tokens[tokens]
        .iter()
        .any(|token| is_one_of(doc, token, words))
}

/// Whether a statement says what would be: nobody says that it is so.
pub(super) fn supposed(ground: &Ground<'_>, said: u32) -> bool {
    has(ground, said, |words| &words.supposed)
}

/// Whether a statement tells of a charge to make nothing of it: "a bogus claim".
pub(super) fn scorns(ground: &Ground<'_>, said: u32) -> bool {
    has(ground, said, |words| &words.scorn)
        || has(ground, said, |words| &words.untrue)
        || has(ground, said, |words| &words.denies)
}

/// The name that stands last before a verb: its subject, most often.
pub(super) fn subject(
    ground: &Ground<'_>,
    article: ArticleIx,
    doc: &Document,
    tokens: Range<usize>,
) -> Option<NameIx> {
    let (first, last) = (
        doc.tokens.get(tokens.start)?,
        doc.tokens.get(tokens.end.checked_sub(1)?)?,
    );
    doc.names[doc.names_in(first.span.hull(last.span))]
        .iter()
        .find_map(|name| name_of(ground.story, article, name.entity?))
}

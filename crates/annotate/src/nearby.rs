//! In: a document whose quotations are known, and a passage. Out: the quotations that can have to do with it. Refuses to
//! look through all of them for every passage: a text may hold a hundred thousand.

use model::{Document, Quotation, Span};

/// Quotations before the end of a passage that are looked through, the last of them: one that began earlier and goes on
/// would hold all of these.
const NEAR: usize = 64;

/// The last quotations whose content begins before the end of a passage, each with its number, in order.
pub(crate) fn quotes_near(doc: &Document, span: Span) -> impl Iterator<Item = (usize, &Quotation)> {
    let begun = |quote: &Quotation| quote.parts.first().start() < span.end();
    let end = doc.quotes.partition_point(begun);
    let from = end.saturating_sub(NEAR);
    (from..).zip(&doc.quotes[from..end])
}

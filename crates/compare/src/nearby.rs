//! In: a stretch of an article. Out: the quotations near it, among which are those that it reports. Refuses nothing:
//! whether it does report one of them is for whoever asks.

use model::{Document, Quotation, Span};

/// Quotations on either side of a stretch's end among which those that it reports are looked for.
const NEAR: usize = 8;

/// The quotations near the end of a stretch: what it reports stands there.
pub(crate) fn quotes_near(doc: &Document, span: Span) -> &[Quotation] {
    let next = doc
        .quotes
        .partition_point(|quote| quote.content().start() < span.end());
    &doc.quotes[next.saturating_sub(NEAR)..doc.quotes.len().min(next + NEAR)]
}

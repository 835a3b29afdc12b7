//! In: units of one quotation that stay together. Out: the article's reading of an utterance with its words; of readings
//! that stand one inside another, one. Refuses a unit whose quotation is not at hand.

use model::{Confidence, Document, Mention, NonEmpty, QuoteReading, Span};

use super::unit::{Unit, source_of};
use super::unmarked::Quotes;
use super::words::Word;

/// One reading with its words, for the comparison of readings.
pub(super) struct Read {
    pub reading: QuoteReading,
    pub words: Vec<Word>,
}

/// What an article has of an utterance: units of one quotation of its.
pub(super) fn read(
    docs: &[&Document],
    quotes: &Quotes,
    units: &[Unit],
    reading: &[u32],
) -> Option<Read> {
    let first = &units[*reading.first()? as usize];
    let doc = docs.get(first.article.at())?;
    let quote = quotes.get(first.article, first.quote)?;
    let at = |span: Span| Mention {
        article: first.article,
        span,
    };
    let spans: Vec<Span> = reading
        .iter()
        .flat_map(|&unit| units[unit as usize].parts.iter().copied())
        .collect();
    let parts = NonEmpty::new(joined(doc, spans).into_iter().map(at).collect())?;
    let whole = parts
        .iter()
        .fold(parts.first().span, |hull, part| hull.hull(part.span));
    let words = reading
        .iter()
        .flat_map(|&unit| units[unit as usize].words.clone())
        .collect();
    Some(Read {
        reading: QuoteReading {
            mention: at(whole),
            form: quote.form,
            parts,
            cue: quote.cue.map(at),
            source: source_of(doc, quote).map(at),
            speaker: first.speaker,
            resolution: quote.resolution,
            confidence: quote.confidence.max(Confidence::Unclear),
            rule: quote.rule,
        },
        words,
    })
}

/// One reading for each stretch of an article: where one stands inside another (`aides said that
/// Lund had said that …`), the inner one, whose cue is the nearest, if it names a source.
pub(super) fn innermost(reads: Vec<Read>) -> Vec<Read> {
    let mut out: Vec<Read> = Vec::new();
    for read in reads {
        let new = &read.reading;
        let rank = |reading: &QuoteReading| {
            let sourced = reading.source.is_some();
            (!sourced, reading.mention.span.len())
        };
        // Sorted by place: whatever overlaps is among the last of the article.
        let rival = out.iter().rposition(|old| {
            old.reading.mention.article == new.mention.article
                && old.reading.mention.span.overlaps(new.mention.span)
        });
        match rival {
            Some(at) if rank(new) < rank(&out[at].reading) => out[at] = read,
            Some(_) => {}
            None => out.push(read),
        }
    }
    out.sort_by_key(|r| (r.reading.mention.article, r.reading.mention.span));
    out
}

/// Joins neighbouring pieces with nothing but white space between.
fn joined(doc: &Document, mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    let text = doc.article.text.as_str();
    for span in spans {
        match out.last_mut() {
            Some(last)
                if text
                    .get(last.end()..span.start())
                    .is_some_and(|gap| gap.trim().is_empty()) =>
            {
                *last = last.hull(span);
            }
            _ => out.push(span),
        }
    }
    out
}

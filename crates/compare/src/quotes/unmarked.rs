//! In: documents with their quotations. Out: sentences that an article prints in its own voice
//! though another article has the same words in quote marks: readings that lost their marks.
//! Refuses short runs and common words, sentences that report somebody already, and a speaker
//! other than the one whom the sentence before reports.

use std::collections::HashMap;

use model::{
    ArticleIx, BlockKind, Confidence, Document, Form, NonEmpty, Quotation, Resolution, Sentence,
    Span,
};

use super::words::{Word, words};

/// The rule that such a reading names.
pub(super) const RULE: &str = "same-words-unmarked";
/// Words of a run that ties a sentence to a quotation, and the content words among them: below
/// eight, set phrases meet by chance.
const RUN: usize = 8;
const CONTENT: usize = 4;
/// Part of a sentence's words in such runs from which all of it is the reading.
const WHOLE: f32 = 0.6;

/// The quotations of each article, with those that lost their marks behind the others.
pub(super) struct Quotes<'a> {
    docs: &'a [&'a Document],
    unmarked: Vec<Vec<Quotation>>,
}

impl<'a> Quotes<'a> {
    /// Finds the sentences that repeat another article's quoted words.
    pub(super) fn of(docs: &'a [&'a Document]) -> Self {
        let index = index(docs);
        let unmarked = docs
            .iter()
            .zip(ArticleIx::all())
            .map(|(doc, article)| unmarked(doc, article, &index))
            .collect();
        Self { docs, unmarked }
    }

    /// All quotations of an article, numbered.
    pub(super) fn all(&self, article: ArticleIx) -> impl Iterator<Item = &Quotation> {
        let marked = self
            .docs
            .get(article.at())
            .map_or(&[][..], |doc| &doc.quotes);
        let more = self.unmarked.get(article.at()).map_or(&[][..], |list| list);
        marked.iter().chain(more)
    }

    /// One quotation of an article.
    pub(super) fn get(&self, article: ArticleIx, quote: u32) -> Option<&Quotation> {
        let marked = &self.docs.get(article.at())?.quotes;
        marked.get(quote as usize).or_else(|| {
            let more = (quote as usize).checked_sub(marked.len())?;
            self.unmarked.get(article.at())?.get(more)
        })
    }
}

/// The articles that hold a run in quote marks: the first, and whether there is another.
type Index = HashMap<u64, (ArticleIx, bool)>;

fn hash(run: &[Word]) -> u64 {
    run.iter().fold(11, |hash: u64, word| {
        (hash.rotate_left(7) ^ word.key).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

fn heavy(run: &[Word]) -> bool {
    run.iter().filter(|word| !word.stop).count() >= CONTENT
}

fn index(docs: &[&Document]) -> Index {
    let mut out = Index::new();
    for (article, doc) in ArticleIx::all().zip(docs) {
        for quote in doc.quotes.iter().filter(|q| q.form != Form::Indirect) {
            let words = words(doc, &quote.parts);
            let quoted =
                |run: &&[Word]| quote.form == Form::Direct || run.iter().all(|word| word.quoted);
            for run in words.windows(RUN).filter(|run| heavy(run)).filter(quoted) {
                let held = out.entry(hash(run)).or_insert((article, false));
                held.1 |= held.0 != article;
            }
        }
    }
    out
}

fn unmarked(doc: &Document, article: ArticleIx, index: &Index) -> Vec<Quotation> {
    if index.is_empty() {
        return Vec::new();
    }
    let reported: Vec<Span> = {
        let mut spans: Vec<Span> = doc
            .quotes
            .iter()
            .flat_map(|q| q.parts.iter().copied())
            .collect();
        spans.sort_unstable();
        spans
    };
    let mut out = Vec::new();
    for (at, sentence) in doc.sentences.iter().enumerate() {
        let heading = doc
            .article
            .blocks
            .get(sentence.block as usize)
            .is_some_and(|block| block.kind == BlockKind::Heading);
        if heading {
            continue;
        }
        let words = words(doc, &[sentence.span]);
        let mut same = vec![false; words.len()];
        for (from, run) in words.windows(RUN).enumerate() {
            let held = index.get(&hash(run));
            if held.is_some_and(|&(first, more)| more || first != article) {
                same[from..from + RUN].fill(true);
            }
        }
        let count = same.iter().filter(|&&same| same).count();
        let covered = words.iter().zip(&same).filter(|(_, same)| **same);
        let Some(hull) = covered.map(|(word, _)| word.span).reduce(Span::hull) else {
            continue;
        };
        let span = if count as f32 >= WHOLE * words.len() as f32 {
            sentence.span
        } else {
            hull
        };
        // Spans of one article's quotations may nest, but few reach far back.
        let next = reported.partition_point(|part| part.start() < span.end());
        if reported[..next]
            .iter()
            .rev()
            .any(|part| part.overlaps(span))
        {
            continue;
        }
        let said = at
            .checked_sub(1)
            .and_then(|before| doc.sentences.get(before))
            .filter(|before| before.block == sentence.block)
            .and_then(|before| reporter(doc, before));
        let source = said.and_then(|quote| quote.source);
        out.push(Quotation {
            form: Form::Indirect,
            parts: NonEmpty::one(span),
            cue: None,
            source,
            speaker: said.and_then(|quote| quote.speaker),
            resolution: if source.is_some() {
                Resolution::Carried
            } else {
                Resolution::None
            },
            confidence: Confidence::Unclear,
            rule: RULE,
            nested: Vec::new(),
        });
    }
    out
}

/// The last quotation of a sentence that has its cue and source there.
fn reporter<'d>(doc: &'d Document, sentence: &Sentence) -> Option<&'d Quotation> {
    doc.quotes.iter().rev().find(|quote| {
        let inside = |span: Option<Span>| span.is_some_and(|span| sentence.span.contains(span));
        inside(quote.cue) && inside(quote.source)
    })
}

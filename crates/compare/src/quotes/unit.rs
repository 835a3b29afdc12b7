//! In: an article's quotations. Out: their sentences, each with its words, who said it and what it pins down: the units
//! that meet across articles. Refuses nothing: a piece too short to stand alone stays with its neighbour.

use model::{ArticleIx, Document, Form, NameIx, NameKind, Quotation, Span, Story, TokenClass};

use super::unmarked::Quotes;
use super::words::{Word, words};
use crate::contrary::Facts;
use crate::days::Days;
use crate::terms::name_of;

/// Words below which a sentence of a quotation stays with its neighbour.
const SHORT_SENTENCE: usize = 4;

/// A sentence of a quotation, or all of it.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub article: ArticleIx,
    pub quote: u32,
    pub parts: Vec<Span>,
    pub words: Vec<Word>,
    pub speaker: Option<NameIx>,
    /// Whether the speaker is a person.
    pub person: bool,
    /// Stems of the words for who said it, sorted; empty for a pronoun or where there are none.
    pub source: Vec<u64>,
    pub form: Form,
    /// What it pins down: units that are contrary in it are two utterances.
    pub facts: Facts,
}

/// Cuts quotations into sentences.
pub(super) fn units(story: &Story, docs: &[&Document], days: &Days, quotes: &Quotes) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    for (article, doc) in ArticleIx::all().zip(docs) {
        for (index, quote) in quotes.all(article).enumerate() {
            let speaker = quote
                .speaker
                .and_then(|entity| name_of(story, article, entity));
            let person = speaker
                .and_then(|name| story.names.get(name.at()))
                .is_some_and(|name| name.kind == NameKind::Person);
            let source = source_of(doc, quote).map_or(Vec::new(), |span| source_stems(doc, span));
            let mut open: Option<Unit> = None;
            for piece in pieces(doc, quote) {
                let words = words(doc, &piece);
                match &mut open {
                    Some(unit)
                        if words.len() < SHORT_SENTENCE
                            || unit.words.len() < SHORT_SENTENCE
                            || !begins_sentence(doc, unit, &piece) =>
                    {
                        unit.parts.extend(piece);
                        unit.words.extend(words);
                    }
                    _ => {
                        out.extend(open.take());
                        open = Some(Unit {
                            article,
                            quote: index as u32,
                            parts: piece,
                            words,
                            speaker,
                            person,
                            source: source.clone(),
                            form: quote.form,
                            facts: Facts::default(),
                        });
                    }
                }
            }
            out.extend(open);
        }
    }
    for unit in &mut out {
        let doc = docs[unit.article];
        let negated = negated(doc, &unit.parts);
        unit.facts = Facts::of(doc, days, unit.article, &unit.parts, negated);
    }
    out
}

/// Whether a statement that lies in these parts, or holds them, says that it is not so; `None` where nobody can tell.
fn negated(doc: &Document, parts: &[Span]) -> Option<bool> {
    let mut denied = false;
    for &part in parts {
        let from = doc
            .statements
            .partition_point(|statement| statement.span.end() <= part.start());
        let here = doc.statements[from..]
            .iter()
            .take_while(|statement| statement.span.start() < part.end());
        for statement in here {
            let shorter = statement.span.len().min(part.len());
            if statement.span.overlap(part) * 2 >= shorter {
                denied |= statement.negated?;
            }
        }
    }
    Some(denied)
}

/// The words for who said it. A pronoun that nothing resolves stands for the one who reports it,
/// where there is one: `Aides said they told Lund …`.
pub(super) fn source_of(doc: &Document, quote: &Quotation) -> Option<Span> {
    let source = quote.source?;
    if quote.speaker.is_some() || !source_stems(doc, source).is_empty() {
        return Some(source);
    }
    // Quotations stand by place, and one that holds this begins a little before it.
    const NEAR: usize = 4;
    let next = doc
        .quotes
        .partition_point(|other| other.parts.first().start() <= source.start());
    let outer = doc.quotes[..next]
        .iter()
        .rev()
        .take(NEAR)
        .find_map(|other| {
            let held = other.form != Form::Direct && other.parts.iter().any(|p| p.contains(source));
            let theirs = other.source.filter(|&s| !source_stems(doc, s).is_empty())?;
            held.then_some(theirs)
        });
    Some(outer.unwrap_or(source))
}

/// Stems of the content words of a source, sorted.
pub(super) fn source_stems(doc: &Document, source: Span) -> Vec<u64> {
    let mut stems: Vec<u64> = doc.tokens[doc.tokens_in(source)]
        .iter()
        .filter(|token| token.class == TokenClass::Word && !token.stop)
        .map(|token| token.stem)
        .collect();
    stems.sort_unstable();
    stems
}

/// The parts of a quotation, sentence by sentence.
fn pieces(doc: &Document, quote: &Quotation) -> Vec<Vec<Span>> {
    let mut out = Vec::new();
    for &part in quote.parts.iter() {
        let mut at = doc
            .sentences
            .partition_point(|s| s.span.end() <= part.start());
        let before = out.len();
        while let Some(sentence) = doc
            .sentences
            .get(at)
            .filter(|s| s.span.start() < part.end())
        {
            if let Some(piece) = sentence.span.intersection(part) {
                out.push(vec![piece]);
            }
            at += 1;
        }
        if out.len() == before {
            out.push(vec![part]);
        }
    }
    out
}

/// Whether a piece begins a sentence of its own, behind what the unit holds.
fn begins_sentence(doc: &Document, unit: &Unit, piece: &[Span]) -> bool {
    let (Some(last), Some(first)) = (unit.parts.last(), piece.first()) else {
        return true;
    };
    let before = doc.get(*last).trim_end_matches(['"', '”', '’', '\'', ' ']);
    let after = doc.get(*first);
    // `“… together,” the statement said. “The chief …`: the comma is the reporting clause's.
    let apart = doc.sentence_at(last.start()) != doc.sentence_at(first.start());
    before.ends_with(['.', '!', '?', '…'])
        || (apart || !before.ends_with([',', '—', '-', ';']))
            && after.starts_with(|c: char| c.is_uppercase())
}

//! In: quotations with the words for their sources. Out: the same with the speaker resolved to one
//! of the article's entities where one alone fits. Refuses to guess: two that fit give none.

use model::{Confidence, Document, Form, NameKind, Quotation, Resolution, Span};

use super::cues::Lexicon;
use super::{Draft, finish};

/// Resolves the speakers of an article's quotations, given in order of finding.
pub(crate) fn resolve(doc: &Document, lexicon: &Lexicon, drafts: Vec<Draft>) -> Vec<Quotation> {
    let mut drafts = drafts;
    drafts.sort_by_key(|draft| draft.parts.first().map_or(0, |part| part.start()));
    let resolver = Resolver { doc, lexicon };
    let mut out: Vec<Quotation> = drafts
        .into_iter()
        .filter_map(|draft| {
            let (speaker, resolution, confidence) = resolver.speaker(&draft);
            finish(draft, speaker, resolution, confidence)
        })
        .collect();
    out.sort_by_key(|quote| (quote.parts.first().start(), quote.content().end()));
    out
}

struct Resolver<'a> {
    doc: &'a Document,
    lexicon: &'a Lexicon,
}

impl Resolver<'_> {
    fn speaker(&self, draft: &Draft) -> (Option<u32>, Resolution, Confidence) {
        let Some(source) = draft.source else {
            return (None, Resolution::None, Confidence::Unclear);
        };
        let sure = if draft.doubtful {
            Confidence::Likely
        } else {
            Confidence::Certain
        };
        if let Some(entity) = self.named(source) {
            let resolution = if draft.carried {
                Resolution::Carried
            } else {
                Resolution::Named
            };
            let confidence = if draft.carried {
                Confidence::Likely
            } else {
                sure
            };
            return (Some(entity), resolution, confidence);
        }
        let confidence = if draft.form == Form::Direct {
            sure
        } else {
            Confidence::Likely
        };
        (None, Resolution::None, confidence.min(sure))
    }

    /// The entity that the head of a source phrase names.
    fn named(&self, source: Span) -> Option<u32> {
        let names = &self.doc.names[self.doc.names_in(source)];
        let head = self.head(source);
        // A person named in the head, or in apposition to it.
        let person = names
            .iter()
            .find(|name| name.kind == NameKind::Person && !self.depends(source, name.span));
        if let Some(person) = person {
            return person.entity;
        }
        names
            .iter()
            .find(|name| head.contains(name.span) && name.span.end() == head.end())
            .and_then(|name| name.entity)
    }

    /// The part of a source phrase before its first comma or preposition.
    fn head(&self, source: Span) -> Span {
        let mut end = source.start();
        for token in &self.doc.tokens[self.doc.tokens_in(source)] {
            let word = self.doc.get(token.span);
            let closed = self.lexicon.word(token.key).closed;
            let inside_name = self
                .doc
                .names
                .get(self.doc.names_in(source))
                .is_some_and(|names| {
                    names
                        .iter()
                        .any(|n| n.span.start() < token.span.start() && n.span.contains(token.span))
                });
            let stops = !inside_name
                && (matches!(word, "," | "(" | "—" | "–")
                    || matches!(
                        closed,
                        Some(super::cues::Closed::Preposition | super::cues::Closed::Relative)
                    ));
            if stops && end > source.start() {
                break;
            }
            end = token.span.end();
        }
        self.doc
            .article
            .text
            .trimmed(source.start()..end)
            .unwrap_or(source)
    }

    /// Whether a name only says more of another noun: `a friend of Lund`, `Lund's lawyer`.
    fn depends(&self, source: Span, name: Span) -> bool {
        let range = self.doc.tokens_in(source);
        let tokens = &self.doc.tokens[range];
        let before = tokens.iter().rev().find(|t| t.span.end() <= name.start());
        let after = tokens.iter().find(|t| t.span.start() >= name.end());
        let preposition = before.is_some_and(|t| {
            self.lexicon.word(t.key).closed == Some(super::cues::Closed::Preposition)
        });
        let possessive =
            after.is_some_and(|t| matches!(self.doc.get(t.span), "'s" | "’s" | "'" | "’"));
        preposition || possessive
    }
}

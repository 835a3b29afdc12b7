//! In: quotations with the words for their sources. Out: the same with the speaker resolved to one
//! of the article's entities where one alone fits. Refuses to guess: two that fit give none.
//!
//! A name in the source is the speaker if the phrase is about it (`Lund`, `the mayor, Eva Lund`)
//! and not about somebody else (`Lund's lawyer`, `a friend of Lund`). Pronouns go back to the one
//! person of the paragraph so far, or to whoever spoke last; `it` to the office just cited; a role
//! with `the` to the one person who carries it in the article.

mod pronouns;

use model::{
    Confidence, Document, EntityIx, Form, Name, NameKind, Quotation, Resolution, Span, Token,
};

use super::cues::{Closed, Lexicon, Ways};
use super::{Draft, finish};
use crate::key;
use crate::names::gender::Genders;

/// Bytes that a pronoun reaches back: two paragraphs of ordinary length. Beyond that somebody else
/// may have come in.
const REACH: usize = 900;

/// Quotations before a nested one among which the one that holds it stands.
const NEAR: usize = 4;

/// Resolves the speakers of an article's quotations.
pub(crate) fn resolve(
    doc: &Document,
    lexicon: &Lexicon,
    genders: &Genders,
    drafts: Vec<Draft>,
) -> Vec<Quotation> {
    let mut drafts = drafts;
    drafts.sort_by_key(|draft| {
        let start = draft.parts.first().map_or(0, |part| part.start());
        (start, draft.nested)
    });
    let mut resolver = Resolver {
        doc,
        lexicon,
        genders,
        spoken: spoken(&drafts),
        muddled: muddled(doc, lexicon),
        last: None,
    };
    let mut out: Vec<Quotation> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let (speaker, resolution, confidence) = resolver.speaker(&draft);
        if let (Some(source), false) = (draft.source, draft.nested)
            && (speaker.is_some() || resolver.somebody(source))
        {
            resolver.last = Some((speaker, source.end()));
        }
        let nested = draft.nested;
        let Some(quote) = finish(draft, speaker, resolution, confidence) else {
            continue;
        };
        if !nested {
            out.push(quote);
        } else if let Some(outer) = out.iter_mut().rev().take(NEAR).find(|o| holds(o, &quote)) {
            outer.nested.push(quote);
        }
    }
    out.sort_by_key(|quote| (quote.parts.first().start(), quote.content().end()));
    out
}

/// Whether a quotation holds another in one of its parts.
fn holds(outer: &Quotation, inner: &Quotation) -> bool {
    let within = |part: Span| outer.parts.iter().any(|held| held.contains(part));
    inner.parts.iter().all(|&part| within(part))
}

/// The bytes that stand in quote marks, merged and in order: a name in there is not the article's.
fn spoken(drafts: &[Draft]) -> Vec<Span> {
    let mut out: Vec<Span> = drafts
        .iter()
        .filter(|draft| draft.form == Form::Direct && !draft.nested)
        .flat_map(|draft| draft.parts.iter().copied())
        .collect();
    out.sort_unstable();
    out
}

/// Entities that the text itself shows to be two people: `President Lund and Eva Lund`.
fn muddled(doc: &Document, lexicon: &Lexicon) -> Vec<EntityIx> {
    let couple = doc.names.windows(2).filter_map(|pair| {
        let (one, other) = (&pair[0], &pair[1]);
        let same = one.kind == NameKind::Person && one.entity == other.entity;
        let between = doc.article.text.trimmed(one.span.end()..other.full.start());
        let joined = same.then_some(between)?.is_some_and(|between| {
            let words = &doc.tokens[doc.tokens_in(between)];
            matches!(words, [word] if lexicon.word(word.key).closed == Some(Closed::Conjunction))
        });
        joined.then_some(one.entity)?
    });
    couple.collect()
}

struct Resolver<'a> {
    doc: &'a Document,
    lexicon: &'a Lexicon,
    genders: &'a Genders,
    spoken: Vec<Span>,
    /// Entities that are two people.
    muddled: Vec<EntityIx>,
    /// Who spoke last, `None` for somebody unknown, and where that is said.
    last: Option<(Option<EntityIx>, usize)>,
}

impl Resolver<'_> {
    fn speaker(&self, draft: &Draft) -> (Option<EntityIx>, Resolution, Confidence) {
        let Some(source) = draft.source else {
            return (None, Resolution::None, Confidence::Unclear);
        };
        let sure = if draft.doubtful {
            Confidence::Likely
        } else {
            Confidence::Certain
        };
        let carried = |how: Resolution| {
            if draft.carried {
                Resolution::Carried
            } else {
                how
            }
        };
        let unnamed = || (None, Resolution::None, Confidence::Unclear);
        if let Some(entity) = self.named(source) {
            if draft.carried && self.names(draft, entity) {
                return unnamed();
            }
            let confidence = if draft.carried {
                Confidence::Likely
            } else {
                sure
            };
            return (Some(entity), carried(Resolution::Named), confidence);
        }
        if let Some(found) = self.pronoun(source) {
            // Whom a speaker means by `he` stands in no rule.
            let found = found.filter(|&entity| !draft.nested && !self.names(draft, entity));
            return match found {
                Some(entity) => (
                    Some(entity),
                    carried(Resolution::Pronoun),
                    Confidence::Likely,
                ),
                None => unnamed(),
            };
        }
        if let Some(entity) = self.described(source).filter(|&e| !self.names(draft, e)) {
            return (
                Some(entity),
                carried(Resolution::Description),
                Confidence::Likely,
            );
        }
        let confidence = if draft.carried {
            Confidence::Unclear
        } else {
            sure
        };
        (None, Resolution::None, confidence)
    }

    /// Whether a quotation speaks of a person as of somebody else. Who does so by name is not who
    /// a pronoun or a description before it stands for.
    fn names(&self, draft: &Draft, entity: EntityIx) -> bool {
        self.kind(entity) == Some(NameKind::Person)
            && draft.parts.iter().any(|&part| {
                let names = &self.doc.names[self.doc.names_in(part)];
                let mut his = names.iter().filter(|name| name.entity == Some(entity));
                his.any(|name| {
                    !self.introduces_oneself(part, name) && !self.is_given_as_source(name)
                })
            })
    }

    /// `…, according to Eva Lund`: by that name the reporter says whose words they are.
    fn is_given_as_source(&self, name: &Name) -> bool {
        let first = self.doc.tokens_in(name.full).start;
        let before = &self.doc.tokens[first.saturating_sub(2)..first];
        before
            .iter()
            .map(|token| token.key)
            .eq([key("according"), key("to")])
    }

    /// `I'm Eva Lund`, `my name is Eva Lund`, `I, Eva Lund, …`.
    fn introduces_oneself(&self, part: Span, name: &Name) -> bool {
        const NEAR: usize = 4;
        let before = self
            .doc
            .article
            .text
            .trimmed(part.start()..name.full.start());
        before.is_some_and(|before| {
            let words = &self.doc.tokens[self.doc.tokens_in(before)];
            let own = |token: &Token| {
                let word = self.doc.get(token.span);
                ["I", "me", "my", "am", "'m", "’m"]
                    .iter()
                    .any(|own| word.eq_ignore_ascii_case(own))
            };
            words.iter().rev().take(NEAR).any(own)
        })
    }

    /// Whether a source is one person, known or not.
    fn somebody(&self, source: Span) -> bool {
        let head = self.head(source);
        let last = self.doc.tokens[self.doc.tokens_in(head)].last();
        last.is_some_and(|last| {
            let word = self.doc.get(last.span);
            let names = &self.doc.names[self.doc.names_in(head)];
            let person =
                |name: &Name| name.kind == NameKind::Person && name.span.end() == head.end();
            let noun = self.lexicon.word(last.key).noun;
            let role = noun.any(Ways::ROLE) && !word.ends_with('s');
            let pronoun = ["he", "she"].iter().any(|p| word.eq_ignore_ascii_case(p));
            // `A neighbour said`
            let first = self.doc.tokens[self.doc.tokens_in(head)].first();
            let stranger = !noun.any(Ways::DOCUMENT | Ways::BODY)
                && first.is_some_and(|first| {
                    let word = self.doc.get(first.span);
                    ["a", "an", "one", "another"]
                        .iter()
                        .any(|one| word.eq_ignore_ascii_case(one))
                });
            role || pronoun || stranger || names.iter().any(person)
        })
    }

    /// Whether a name that looks like a person's belongs to a newspaper, an agency or a ship: the
    /// word before it says so.
    fn is_body(&self, name: &Name) -> bool {
        let first = self.doc.tokens_in(name.full).start;
        let mut before = self.doc.tokens[..first].iter().rev();
        let mut word = before.next();
        if word.is_some_and(|mark| self.doc.get(mark.span) == ",") {
            word = before.next();
        }
        word.is_some_and(|word| self.lexicon.word(word.key).noun.any(Ways::BODY))
    }

    /// Whether an entity is a body by the way in which it is first named.
    fn stands_for_body(&self, entity: EntityIx) -> bool {
        let entity = self.doc.entities.get(entity.at());
        let first = entity.and_then(|entity| self.doc.names.get(*entity.names.first() as usize));
        first.is_some_and(|name| {
            // `the Harl Tide`
            let before = self.doc.tokens_in(name.full).start.checked_sub(1);
            let the = before.is_some_and(|before| self.doc.tokens[before].key == key("the"));
            let given = self.genders.given(self.doc.get(name.span)).is_some();
            the && name.roles.is_empty() || self.is_body(name) && !given
        })
    }

    /// Whether a name is sure to be its entity's: of a couple, neither a title nor the family name
    /// tells which of the two it is.
    fn sure(&self, name: &Name, entity: EntityIx) -> bool {
        let given = self.doc.get(name.span).contains(char::is_whitespace);
        let other = || {
            let clearest = self.doc.entities.get(entity.at());
            let full = clearest.and_then(|e| self.doc.names.get(e.clearest as usize));
            let given = full.and_then(|full| self.genders.given(self.doc.get(full.span)));
            let told = self.genders.told(self.doc, name);
            told.zip(given).is_some_and(|(told, given)| told != given)
        };
        given || !(self.muddled.contains(&entity) || other())
    }

    /// The entity that the head of a source phrase names.
    fn named(&self, source: Span) -> Option<EntityIx> {
        let names = &self.doc.names[self.doc.names_in(source)];
        let head = self.head(source);
        let person = names.iter().find(|name| {
            name.kind == NameKind::Person
                && !self.depends(source, name.span)
                // `the chief of the agency, Norpress`
                && !(self.is_body(name) && self.hangs(source, name.full))
        });
        if let Some(person) = person {
            return person.entity.filter(|&entity| self.sure(person, entity));
        }
        // A document speaks for the one office or person that it names: `an ISPR statement`.
        let last = self.doc.tokens[self.doc.tokens_in(head)].last();
        let mut words = self.doc.tokens[self.doc.tokens_in(head)].iter();
        let document = words.any(|t| self.lexicon.word(t.key).noun.any(Ways::DOCUMENT))
            && last.is_some_and(|t| t.tag != model::Tag::Propn);
        if document {
            let mut voices: Vec<EntityIx> = names
                .iter()
                .filter(|n| matches!(n.kind, NameKind::Organisation | NameKind::Person))
                .filter(|name| self.issues(source, name.full))
                .filter_map(|name| name.entity)
                .collect();
            voices.dedup();
            return if let [one] = voices[..] {
                Some(one)
            } else {
                None
            };
        }
        names
            .iter()
            // `The 46-year-old Vosslander` is no name of a speaker.
            .filter(|name| name.kind != NameKind::Other)
            .find(|name| head.contains(name.span) && name.span.end() == head.end())
            .and_then(|name| name.entity)
    }

    /// Whether a name stands behind a preposition of its source phrase.
    fn hangs(&self, source: Span, name: Span) -> bool {
        let tokens = &self.doc.tokens[self.doc.tokens_in(source)];
        let mut before = tokens.iter().take_while(|t| t.span.end() <= name.start());
        before.any(|token| {
            let closed = self.lexicon.word(token.key).closed;
            matches!(closed, Some(Closed::Origin | Closed::Preposition))
        })
    }

    /// Whether a document can speak for who is named with it: `a letter signed by Lund`, and not `a
    /// letter sent to Lund`, `a letter seen by the Tide`.
    fn issues(&self, source: Span, name: Span) -> bool {
        let tokens = &self.doc.tokens[self.doc.tokens_in(source)];
        let before = tokens.partition_point(|t| t.span.end() <= name.start());
        let made = tokens[..before]
            .iter()
            .rposition(|t| t.tag == model::Tag::Verb);
        made.is_none_or(|made| {
            let word = self.lexicon.word(tokens[made].key);
            let by = tokens[made..before].iter().any(|t| t.key == key("by"));
            by && !word.noun.any(Ways::SEEN)
        })
    }

    /// The part of a source phrase before its first comma or preposition.
    fn head(&self, source: Span) -> Span {
        let mut end = source.start();
        let names = &self.doc.names[self.doc.names_in(source)];
        for token in &self.doc.tokens[self.doc.tokens_in(source)] {
            let inside_name = names
                .iter()
                .any(|n| n.span.start() < token.span.start() && n.span.contains(token.span));
            let stops = !inside_name
                && (matches!(self.doc.get(token.span), "," | "(" | "—" | "–")
                    || matches!(
                        self.lexicon.word(token.key).closed,
                        Some(Closed::Origin | Closed::Preposition | Closed::Relative)
                    ));
            if stops && end > source.start() {
                break;
            }
            end = token.span.end();
        }
        let head = self.doc.article.text.trimmed(source.start()..end);
        head.unwrap_or(source)
    }

    /// Whether a name only says more of another noun: `a friend of Lund`, `Lund's lawyer`.
    fn depends(&self, source: Span, name: Span) -> bool {
        let tokens = &self.doc.tokens[self.doc.tokens_in(source)];
        let before = tokens.iter().rev().find(|t| t.span.end() <= name.start());
        let after = tokens.iter().find(|t| t.span.start() >= name.end());
        let preposition = before.is_some_and(|t| {
            matches!(
                self.lexicon.word(t.key).closed,
                Some(Closed::Origin | Closed::Preposition)
            )
        });
        let possessive =
            after.is_some_and(|t| matches!(self.doc.get(t.span), "'s" | "’s" | "'" | "’"));
        // `a Lund spokesman`: a common noun follows the name.
        let modifies = after.is_some_and(|t| {
            t.tag == model::Tag::Noun && self.doc.get(t.span).starts_with(char::is_lowercase)
        });
        preposition || possessive || modifies
    }

    fn kind(&self, entity: EntityIx) -> Option<NameKind> {
        self.doc.entities.get(entity.at()).map(|entity| entity.kind)
    }

    /// The one person of the article who carries the role that a source phrase names with `the`.
    fn described(&self, source: Span) -> Option<EntityIx> {
        let head = self.head(source);
        let tokens = &self.doc.tokens[self.doc.tokens_in(head)];
        let (first, last) = (tokens.first()?, tokens.last()?);
        if tokens.len() < 2 || !self.doc.get(first.span).eq_ignore_ascii_case("the") {
            return None;
        }
        let wanted: Vec<u64> = tokens[1..].iter().map(|token| token.stem).collect();
        let mut found: Vec<EntityIx> = self
            .doc
            .names
            .iter()
            .filter(|name| name.kind == NameKind::Person)
            .filter(|name| {
                name.roles.iter().any(|&role| {
                    let role = &self.doc.tokens[self.doc.tokens_in(role)];
                    // `chief of the agency`: a chief.
                    let head = role.iter().take_while(|t| {
                        let closed = self.lexicon.word(t.key).closed;
                        !matches!(closed, Some(Closed::Origin | Closed::Preposition))
                    });
                    // The same last word, and nothing in the description that the role lacks.
                    head.last().is_some_and(|end| end.stem == last.stem)
                        && wanted
                            .iter()
                            .all(|stem| role.iter().any(|t| t.stem == *stem))
                })
            })
            .filter_map(|name| name.entity)
            .filter(|entity| !self.muddled.contains(entity))
            .collect();
        found.sort_unstable();
        found.dedup();
        if let [one] = found[..] {
            Some(one)
        } else {
            None
        }
    }
}

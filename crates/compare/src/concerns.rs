//! In: a statement that names somebody or something, and articles. Out: whether an article speaks of all whom it names,
//! and whether a passage of it can be meant: one that names another in their place says something else, however like the
//! words are, and so does one of a story in which nobody speaks of such a thing. Among the reports of one event every
//! passage has to do with the same names and things; what somebody asks may be of another event.

use std::collections::HashSet;

use model::{Document, NameKind, Span, Tag, Token, TokenClass};

/// Whom and what a statement names.
pub(crate) struct Concerns {
    names: Vec<Named>,
    /// The stems of its nouns.
    things: Vec<u64>,
}

/// A name, as the stems of its words.
struct Named {
    stems: Vec<u64>,
    /// What it names, where that is known: a capital letter alone tells nothing.
    kind: Option<NameKind>,
}

impl Named {
    fn of(doc: &Document, span: Span, kind: Option<NameKind>) -> Option<Self> {
        let says = |token: &&Token| token.class != TokenClass::Mark && !token.stop;
        let words = doc.tokens[doc.tokens_in(span)].iter().filter(says);
        let mut stems: Vec<u64> = words.map(|token| token.stem).collect();
        if kind == Some(NameKind::Person) {
            // Of a person everybody writes the last name.
            stems.drain(..stems.len().saturating_sub(1));
        }
        (!stems.is_empty()).then_some(Self { stems, kind })
    }

    /// Whether words name it: half of its own, as "the Bank" stands for the Bank of the Alps.
    fn is_in(&self, words: &HashSet<u64>) -> bool {
        let there = self.stems.iter().filter(|stem| words.contains(stem));
        2 * there.count() >= self.stems.len()
    }
}

impl Concerns {
    /// Whom a statement names: by its names, and by the capital letters of what was not read as one ("the German
    /// consulate"), but for that of its first word.
    pub(crate) fn of(doc: &Document, statement: Span) -> Self {
        let names = &doc.names[doc.names_in(statement)];
        let mut named: Vec<Named> = names
            .iter()
            .filter_map(|name| Named::of(doc, name.span, Some(name.kind)))
            .collect();
        let others = doc.tokens[doc.tokens_in(statement)].iter().skip(1);
        let others = others.filter(|token| {
            let capital = doc.get(token.span).starts_with(char::is_uppercase);
            let free = !names.iter().any(|name| name.span.contains(token.span));
            token.class == TokenClass::Word && capital && free
        });
        named.extend(others.filter_map(|token| Named::of(doc, token.span, None)));
        let things = doc.tokens[doc.tokens_in(statement)].iter();
        // How a number is written says nothing of the thing: "sixty" is 60.
        let number = |token: &&Token| {
            let mut numbers = doc.quantities.iter().map(|quantity| quantity.number);
            numbers.any(|number| number.contains(token.span))
        };
        let things = things.filter(|token| token.tag == Tag::Noun && !token.stop && !number(token));
        Self {
            names: named,
            things: things.map(|token| token.stem).collect(),
        }
    }

    /// Whether the articles of a story, by the stems of their words, speak of all the things; where names tell the story
    /// its things may be called by other words.
    pub(crate) fn are_things_of(&self, words: &[&HashSet<u64>]) -> bool {
        let mut things = self.things.iter();
        !self.names.is_empty()
            || things.all(|thing| words.iter().any(|words| words.contains(thing)))
    }

    /// Whether words are of all of them.
    pub(crate) fn are_in(&self, words: &HashSet<u64>) -> bool {
        self.names.iter().all(|named| named.is_in(words))
    }

    /// Whether a passage can be meant of them: each is named in its sentence, or nothing of the kind is that it could be
    /// confused with.
    pub(crate) fn are_meant(&self, doc: &Document, sentence: Span, passage: Span) -> bool {
        let there = stems(&doc.tokens[doc.tokens_in(sentence)]);
        let missing = self.names.iter().filter(|named| !named.is_in(&there));
        let kinds: Vec<NameKind> = missing.filter_map(|named| named.kind).collect();
        if kinds.is_empty() {
            return true;
        }
        let names = &doc.names[doc.names_in(passage)];
        let mut others = names.iter().filter(|name| kinds.contains(&name.kind));
        others.all(|name| {
            let words = stems(&doc.tokens[doc.tokens_in(name.span)]);
            self.names
                .iter()
                .any(|named| named.stems.iter().any(|stem| words.contains(stem)))
        })
    }
}

/// The stems of tokens.
pub(crate) fn stems(tokens: &[Token]) -> HashSet<u64> {
    tokens.iter().map(|token| token.stem).collect()
}

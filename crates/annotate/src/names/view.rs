//! In: a document's tokens and what the lists say of each. Out: what the rules for names ask of a token. Refuses
//! nothing: past the end a token has no letters, no key and no hints.

use model::{Document, Tag, TokenClass};
use tagger::Word;

/// A document's tokens with all that the rules ask of them.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) doc: &'a Document,
    pub(crate) words: &'a [Word],
}

impl<'a> View<'a> {
    /// A token's letters; "" past the end.
    pub(crate) fn text(&self, at: usize) -> &'a str {
        self.doc
            .tokens
            .get(at)
            .map_or("", |token| self.doc.get(token.span))
    }

    /// A token's key; 0 past the end.
    pub(crate) fn key(&self, at: usize) -> u64 {
        self.doc.tokens.get(at).map_or(0, |token| token.key)
    }

    /// What the lists and the document say of a token.
    pub(crate) fn hints(&self, at: usize) -> u32 {
        self.words.get(at).map_or(0, |word| word.hints)
    }

    /// Whether one of these bits is set.
    pub(crate) fn is(&self, at: usize, bits: u32) -> bool {
        self.hints(at) & bits != 0
    }

    /// Whether the token begins with a capital.
    pub(crate) fn capital(&self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }

    /// Whether the token is a word.
    pub(crate) fn word(&self, at: usize) -> bool {
        self.doc
            .tokens
            .get(at)
            .is_some_and(|token| token.class == TokenClass::Word)
    }

    /// The token's part of speech.
    pub(crate) fn tag(&self, at: usize) -> Tag {
        self.doc
            .tokens
            .get(at)
            .map_or(Tag::Unknown, |token| token.tag)
    }

    /// The first token of the sentence that holds a token.
    pub(crate) fn sentence_start(&self, at: usize) -> usize {
        let next = self
            .doc
            .sentences
            .partition_point(|s| s.tokens.start as usize <= at);
        let sentence = next
            .checked_sub(1)
            .and_then(|index| self.doc.sentences.get(index));
        sentence.map_or(0, |s| s.tokens.start as usize)
    }

    /// Whether the token is a genitive's ending.
    pub(crate) fn genitive(&self, at: usize) -> bool {
        matches!(self.text(at), "'s" | "’s" | "‘s" | "'S" | "’S" | "'" | "’")
    }

    /// Whether the token is one of these words, small or capital.
    pub(crate) fn any(&self, at: usize, words: &[&str]) -> bool {
        let text = self.text(at);
        words.iter().any(|word| text.eq_ignore_ascii_case(word))
    }

    /// Whether all letters of the token are capitals, two or more.
    pub(crate) fn upper(&self, at: usize) -> bool {
        let text = self.text(at);
        text.chars().filter(|c| c.is_uppercase()).count() >= 2
            && !text.chars().any(char::is_lowercase)
    }
}

//! A text to the pieces that a model knows. In: a text. Out: each piece's number and its bytes, by the
//! kind of vocabulary that the model was made with.

use crate::unigram::Unigram;
use crate::wordpiece::WordPieces;

/// A piece of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its number in the vocabulary.
    pub id: u32,
    /// Its first byte in the text.
    pub start: u32,
    /// The byte behind it.
    pub end: u32,
}

impl Piece {
    /// Whether it has no letter of the text: a blank, a mark of the model.
    pub(crate) fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// The pieces that a model knows.
#[derive(Clone, Debug)]
pub(crate) enum Vocabulary {
    /// Small letters, the longest piece first: English.
    WordPiece(WordPieces),
    /// Letters as they are, the likeliest pieces: any language.
    Unigram(Unigram),
}

impl Vocabulary {
    /// Cuts a text into pieces, in order. Some may be empty.
    pub(crate) fn pieces(&self, text: &str) -> Vec<Piece> {
        match self {
            Self::WordPiece(words) => words.pieces(text),
            Self::Unigram(unigram) => unigram.pieces(text),
        }
    }

    /// The marks that stand before and behind a sentence.
    pub(crate) fn ends(&self) -> (u32, u32) {
        match self {
            Self::WordPiece(words) => (words.begin, words.end),
            Self::Unigram(unigram) => (unigram.begin, unigram.end),
        }
    }
}

//! A text to the pieces that a model knows. In: a text. Out: each piece's number and its bytes, by the
//! kind of vocabulary that the model was made with.

use crate::piece::Piece;
use crate::unigram::Unigram;
use crate::wordpiece::WordPieces;

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

//! What a text is cut into: a piece of a word, by its number, with its place in the text.

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

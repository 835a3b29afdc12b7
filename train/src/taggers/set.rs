//! What a set holds: documents with their words and names, rows as its file has them. Types alone, which all that
//! reads and lays out sets shares.

use std::ops::Range;

/// What a name names, in the order of the model's labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Person,
    Organisation,
    Place,
    Other,
}

impl Kind {
    /// Its number in the labels: `B-` is 1 + 2 × this.
    pub(crate) fn number(self) -> u8 {
        self as u8
    }
}

/// A name: where, and of what kind.
pub(crate) type Named = (Range<usize>, Kind);

/// A document.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// One sentence or paragraph a line.
    pub(crate) text: String,
    /// The words as the set cuts them, with their parts of speech.
    pub(crate) words: Vec<(Range<usize>, String)>,
    /// The names.
    pub(crate) names: Vec<Named>,
}

/// One token as the file has it.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) form: String,
    pub(crate) tag: String,
    pub(crate) label: String,
    /// The last column of CoNLL-U.
    pub(crate) misc: String,
    pub(crate) at: Range<usize>,
}

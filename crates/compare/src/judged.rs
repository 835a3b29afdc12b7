//! A claim as its statements tell it, before it is known what is disputed: what disputes are looked for in, and what
//! verdicts are made from.

use model::{ArticleIx, ClaimReading, NonEmpty, Origins, ReadingIx};

/// A claim before it is known what is disputed, with the statements it was made from.
pub(crate) struct Judged {
    /// Who states it, and who comes near it.
    pub readings: NonEmpty<ClaimReading>,
    /// Its statements, indices into `Terms.said`, in the order of `readings`.
    pub said: Vec<u32>,
    /// The reading that stands for it.
    pub clearest: ReadingIx,
    /// The reading that confirms it from another origin.
    pub confirmed: Option<ReadingIx>,
    /// How many outlets state it.
    pub outlets: u32,
    /// How many origins it can have.
    pub origins: Origins,
    /// Articles that lack it.
    pub absent_from: Vec<ArticleIx>,
}

//! What articles of one story say of a sentence that somebody asks about. Positions point into the articles that were
//! asked, the asked sentence's own among them.

use crate::{ClaimReading, DisputeKind, Mention, Origins};

/// What the articles say of one statement of the asked sentence.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The statement, in the asked sentence.
    pub asked: Mention,
    /// Who states it, by article and place.
    pub states: Vec<ClaimReading>,
    /// Who comes near it: speaks of one matter, perhaps, and says neither that it is so nor that it is not.
    pub near: Vec<ClaimReading>,
    /// Who says what cannot be true with it.
    pub contradicts: Vec<Contradiction>,
    /// Of how many independent origins those who state it can be; `None` where nobody does.
    pub origins: Option<Origins>,
}

/// A passage that cannot be true with what was asked about.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// The passage.
    pub reading: ClaimReading,
    /// In what they differ.
    pub kind: DisputeKind,
}

//! In: a dispute of a story. Out: what it is about, and its sides with the passages that hold them.

use super::{Claim, Dispute, Name, Passage, Side};
use crate::{DisputeIx, DisputeKind};

impl<'f> Dispute<'f> {
    fn of(self) -> &'f crate::Dispute {
        &self.story.of.comparison.disputes[self.at]
    }

    /// Its position among the story's disputes: in the report its id is `d`, and one more than this.
    pub fn at(self) -> DisputeIx {
        self.at
    }

    /// In what it lies.
    pub fn kind(self) -> DisputeKind {
        self.of().kind
    }

    /// Words of the articles that say what it is about: one passage or more.
    pub fn question(self) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        self.story.passages(&self.of().question)
    }

    /// The sides: two or more.
    pub fn sides(self) -> impl ExactSizeIterator<Item = Side<'f>> + Clone {
        let sides = self.of().sides.iter();
        sides.map(move |of| Side {
            story: self.story,
            of,
        })
    }
}

impl<'f> Side<'f> {
    /// The words that stand for it.
    pub fn text(self) -> &'f str {
        self.label().text()
    }

    /// Where these stand.
    pub fn label(self) -> Passage<'f> {
        self.story.passage(self.of.label)
    }

    /// The passages that hold it: one or more.
    pub fn passages(self) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        self.story.passages(&self.of.mentions)
    }

    /// Its claims.
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claim<'f>> + Clone {
        self.story.claims_at(&self.of.claims)
    }

    /// Who holds it; nobody where the articles do in their own voice.
    pub fn held_by(self) -> impl ExactSizeIterator<Item = Name<'f>> + Clone {
        self.story.names_at(&self.of.held_by)
    }
}

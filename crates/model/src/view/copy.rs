//! In: a pair of a story's articles that share text, or one that was made from another. Out: what they share, which
//! came from which, and why that is said.

use super::{Article, Copy, Passage, Reason, Rewrite};
use crate::{CopyKind, Direction};

impl<'f> Copy<'f> {
    /// The two: what [`Direction`] calls `A`, and `B`.
    pub fn articles(self) -> [Article<'f>; 2] {
        [self.of.a, self.of.b].map(|at| self.story.article(at))
    }

    /// What sort of sharing it is.
    pub fn kind(self) -> CopyKind {
        self.of.kind
    }

    /// Which came from which.
    pub fn direction(self) -> Direction {
        self.of.direction
    }

    /// Part of each one's words that stands in the other: 0 to 1.
    pub fn shares(self) -> [f64; 2] {
        [self.of.share_a, self.of.share_b]
    }

    /// The shared passages, in the one and in the other, longest first.
    pub fn passages(self) -> impl ExactSizeIterator<Item = [Passage<'f>; 2]> + Clone {
        let passages = self.of.passages.iter();
        passages.map(move |both| [both.a, both.b].map(|mention| self.story.passage(mention)))
    }

    /// Why.
    pub fn because(self) -> impl ExactSizeIterator<Item = Reason<'f>> + Clone {
        Reason::all(self.story, &self.of.because)
    }
}

impl<'f> Rewrite<'f> {
    /// The article.
    pub fn article(self) -> Article<'f> {
        self.story.article(self.of.article)
    }

    /// What shows it.
    pub fn because(self) -> impl ExactSizeIterator<Item = Reason<'f>> + Clone {
        Reason::all(self.story, &self.of.because)
    }
}

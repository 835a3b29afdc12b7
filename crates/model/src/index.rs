//! Positions in lists, a type for each list that others point into: a position of one list does not compile as one of
//! another, so that no hop from a passage to its words can be left out.
//!
//! In: a position. Out: the item there. A list panics outside its bounds, as with any position.

use std::fmt;

/// Makes types of positions.
macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $name(u32);

        impl $name {
            /// The position behind so many items. No list has more than 32 bits count.
            pub const fn new(at: usize) -> Self {
                debug_assert!(at <= u32::MAX as usize);
                Self(at as u32)
            }

            /// Items before it.
            pub const fn at(self) -> usize {
                self.0 as usize
            }

            /// The same, in 32 bits.
            pub const fn number(self) -> u32 {
                self.0
            }

            /// All positions from the first on: to be zipped with a list.
            pub fn all() -> impl Iterator<Item = Self> + Clone {
                (0u32..).map(Self)
            }

            /// The positions of a list of so many items.
            pub fn of(count: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
                (0..count).map(Self::new)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    )+};
}

/// Lets positions of a type into the lists of an item: `list!(ClaimIx, Claim)`.
macro_rules! list {
    ($position:ident, $item:ty) => {
        list!(@ [], $position, [$item], $item);
        list!(@ [], $position, Vec<$item>, $item);
    };
    (<$life:lifetime> $position:ident, $item:ty) => {
        list!(@ [$life], $position, [$item], $item);
        list!(@ [$life], $position, Vec<$item>, $item);
    };
    (@ [$($life:lifetime)?], $position:ident, $list:ty, $item:ty) => {
        impl$(<$life>)? std::ops::Index<$position> for $list {
            type Output = $item;

            fn index(&self, at: $position) -> &Self::Output {
                &self[at.at()]
            }
        }

        impl$(<$life>)? std::ops::IndexMut<$position> for $list {
            fn index_mut(&mut self, at: $position) -> &mut Self::Output {
                &mut self[at.at()]
            }
        }
    };
}

pub(crate) use list;

positions! {
    /// A position in `Findings.documents`.
    DocumentIx,
    /// A position in `Story.articles`, and in every list that has an item for each of them: the story's documents
    /// (`&[&Document]`), `Story.ids`, `Story.name_of`.
    ArticleIx,
    /// A position in `Story.names`.
    NameIx,
    /// A position in `Comparison.quotes`.
    QuoteIx,
    /// A position in `Comparison.claims`.
    ClaimIx,
    /// A position in `Comparison.disputes`.
    DisputeIx,
    /// A position in `Claim.readings`.
    ReadingIx,
    /// A position in `Utterance.readings`.
    QuoteReadingIx,
    /// A position in `About.reviews`.
    ReviewIx,
    /// A position in `Document.entities`, and in `Story.name_of` of its article.
    EntityIx,
}

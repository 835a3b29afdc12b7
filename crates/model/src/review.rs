//! What a page says that it checked: claims of others with a rating, as outlets that check facts give them in their
//! pages' own records (ClaimReview of schema.org). The words are the page's, and so is the rating: nothing here is a
//! finding of this program.

use crate::index::list;
use crate::{ArticleIx, ClaimIx, Provenance, Published, ReviewIx};

/// A claim that a page says it checked. Every word is as its record has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimReview {
    /// The claim, in the words of who checked it (`claimReviewed`); never empty.
    pub claim: String,
    /// Who checked it (`author`, or else `publisher`); empty where the record does not say.
    pub by: Vec<String>,
    /// An address of theirs.
    pub by_url: Option<String>,
    /// The address of the check, as it gives it.
    pub url: Option<String>,
    /// When it was checked.
    pub published: Option<Published>,
    /// What they make of it.
    pub rating: Rating,
    /// Who made the claim (`author` of `itemReviewed`); empty where the record does not say.
    pub claimants: Vec<String>,
    /// When it was made.
    pub claimed: Option<Published>,
    /// Addresses at which it appeared, each once.
    pub appearances: Vec<String>,
    /// Where on the page it was found.
    pub found: Provenance,
}

/// A rating as written: numbers too are words of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rating {
    /// In words (`alternateName`, or else `name`).
    pub name: Option<String>,
    /// On a scale (`ratingValue`).
    pub value: Option<String>,
    /// The best end of the scale.
    pub best: Option<String>,
    /// Its worst end.
    pub worst: Option<String>,
}

list!(ReviewIx, ClaimReview);

/// A claim of a story beside a claim that one of its articles says it checked: an asserting passage of the one states
/// the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Check {
    /// The story's claim.
    pub claim: ClaimIx,
    /// The article that has the check.
    pub article: ArticleIx,
    /// Which of its reviews.
    pub review: ReviewIx,
}

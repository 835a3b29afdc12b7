//! What a page says of itself beside its words, and where on it each thing was found. No entry for a
//! field that the article does not have.

use std::fmt;

use crate::{ClaimReview, Published};

/// What a page says of itself beside headline, writers and day of publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// When it was last changed, where the page says so: never the day of publication.
    pub modified: Option<Published>,
    /// The section of its outlet that it stands in, as written.
    pub section: Option<String>,
    /// Its keywords or tags, as written, each once.
    pub keywords: Vec<String>,
    /// Whether it can be read without paying, where its record says so (`isAccessibleForFree` of schema.org).
    pub free: Option<bool>,
    /// The captions of its pictures, which are no part of its text, in the page's order, each once.
    pub captions: Vec<String>,
    /// Claims of others that it says it checked, in the order of its records.
    pub reviews: Vec<ClaimReview>,
    /// Where each field was found, in the order of [`Field`]; each field once.
    pub found: Vec<(Field, Provenance)>,
}

impl About {
    /// Notes where a field was found; what was noted first stays.
    pub fn note(&mut self, field: Field, provenance: Provenance) {
        if let Err(at) = self.found.binary_search_by_key(&field, |(field, _)| *field) {
            self.found.insert(at, (field, provenance));
        }
    }

    /// Where a field was found.
    pub fn provenance(&self, field: Field) -> Option<Provenance> {
        let at = self.found.binary_search_by_key(&field, |(field, _)| *field);
        at.ok().map(|at| self.found[at].1)
    }
}

/// What can be found in several places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// The writers.
    Authors,
    /// The day of publication.
    Published,
    /// The day of change.
    Modified,
    /// The outlet.
    Outlet,
    /// The address.
    Url,
}

impl Field {
    /// All, in order.
    pub const ALL: [Self; 6] = [
        Self::Title,
        Self::Authors,
        Self::Published,
        Self::Modified,
        Self::Outlet,
        Self::Url,
    ];
}

/// Where on a page, or around it, something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provenance {
    /// The record, feed, mail or document that holds the page.
    Record,
    /// The page's own record of its article (JSON-LD).
    JsonLd,
    /// A meta tag or link in its head (OpenGraph and others).
    Tag,
    /// A property of an element (`itemprop`, `datetime`).
    Property,
    /// A heading that readers see.
    Heading,
    /// A line or box that readers see: a byline, a day.
    Shown,
    /// The window's title.
    Window,
    /// The address.
    Address,
    /// A line of its text.
    Text,
}

impl Provenance {
    /// All, in order.
    pub const ALL: [Self; 9] = [
        Self::Record,
        Self::JsonLd,
        Self::Tag,
        Self::Property,
        Self::Heading,
        Self::Shown,
        Self::Window,
        Self::Address,
        Self::Text,
    ];
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Title => "title",
            Self::Authors => "authors",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::Outlet => "outlet",
            Self::Url => "url",
        })
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Record => "record",
            Self::JsonLd => "json-ld",
            Self::Tag => "meta tag",
            Self::Property => "property",
            Self::Heading => "heading",
            Self::Shown => "shown",
            Self::Window => "window title",
            Self::Address => "address",
            Self::Text => "text",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_note_stays() {
        let mut about = About::default();
        about.note(Field::Url, Provenance::Tag);
        about.note(Field::Title, Provenance::Heading);
        about.note(Field::Title, Provenance::Text);
        assert_eq!(about.provenance(Field::Title), Some(Provenance::Heading));
        assert_eq!(about.provenance(Field::Authors), None);
        assert_eq!(about.found[0].0, Field::Title);
    }
}

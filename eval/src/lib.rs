//! Readers and scorers of the evaluation sets, and the ratchet that keeps the figures.
//!
//! In: a folder of sets (it lies beside the project) and an engine. Out: figures, and the cases
//! that cost most. One file a kind; each refuses a set that is not as its reader expects, by name.

pub mod asked;
pub mod baseline;
pub mod bench;
pub mod comparison;
pub mod copies;
pub mod dates;
pub mod documents;
pub mod evidence;
pub mod extraction;
pub mod figures;
pub mod generate;
pub mod lab;
pub mod marks;
pub mod measure;
pub mod multilingual;
pub mod names;
pub mod plant;
pub mod quotations;
pub mod sentences;
pub mod similarity;
pub mod stories;

use anyhow::Result;
use figures::Scores;
use lab::Lab;

/// A kind of figure: its name and its scorer.
pub struct Kind {
    /// As on the command line.
    pub name: &'static str,
    /// Scores every set of the kind.
    pub score: fn(&Lab) -> Result<Scores>,
}

/// Every kind, in the order in which a page becomes a comparison.
pub const KINDS: [Kind; 12] = [
    Kind {
        name: "extraction",
        score: extraction::score,
    },
    Kind {
        name: "sentences",
        score: sentences::score,
    },
    Kind {
        name: "names",
        score: names::score,
    },
    Kind {
        name: "quotations",
        score: quotations::score,
    },
    Kind {
        name: "dates",
        score: dates::score,
    },
    Kind {
        name: "stories",
        score: stories::score,
    },
    Kind {
        name: "copies",
        score: copies::score,
    },
    Kind {
        name: "similarity",
        score: similarity::score,
    },
    Kind {
        name: "multilingual",
        score: multilingual::score,
    },
    Kind {
        name: "comparison",
        score: comparison::score,
    },
    Kind {
        name: "asked",
        score: asked::score,
    },
    Kind {
        name: "evidence",
        score: evidence::score,
    },
];

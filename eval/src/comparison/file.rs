//! The gold comparisons' JSON, as their guide defines it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A file.
#[derive(Deserialize)]
pub struct File {
    /// Its articles, by id.
    pub articles: BTreeMap<String, Page>,
    #[serde(default)]
    pub(super) furniture: Vec<RawFurniture>,
    /// Its names.
    #[serde(default)]
    pub names: Vec<Name>,
    #[serde(default)]
    pub(super) quotes: Vec<RawQuote>,
    #[serde(default)]
    pub(super) claims: Vec<RawClaim>,
    #[serde(default)]
    pub(super) look_alikes: Vec<RawLookAlike>,
    #[serde(default)]
    pub(super) disputes: Vec<RawDispute>,
    #[serde(default)]
    pub(super) copies: Vec<RawCopy>,
    #[serde(default)]
    pub(super) timeline: Vec<RawEvent>,
}

/// An article, as it was given to the person who compared it.
#[derive(Deserialize)]
pub struct Page {
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When, where known.
    pub date: Option<String>,
    /// Its text, furniture and all.
    pub text: String,
}

/// A person, organisation or place.
#[derive(Deserialize)]
pub struct Name {
    /// Its name.
    pub name: String,
    /// `person`, `organisation` or `place`.
    pub kind: String,
    /// Every way it is written in the story.
    pub variants: Vec<String>,
    /// Whether scorers leave it out.
    #[serde(default)]
    pub doubtful: bool,
}

#[derive(Deserialize)]
pub(super) struct Raw {
    pub(super) article: String,
    pub(super) exact: String,
    #[serde(default)]
    pub(super) nth: usize,
}

#[derive(Deserialize)]
pub(super) struct RawFurniture {
    #[serde(flatten)]
    pub(super) reading: Raw,
    #[serde(default)]
    pub(super) doubtful: bool,
}

#[derive(Deserialize)]
pub(super) struct RawQuote {
    pub(super) speaker: String,
    pub(super) readings: Vec<RawQuoteReading>,
    #[serde(default)]
    pub(super) doubtful: bool,
}

#[derive(Deserialize)]
pub(super) struct RawQuoteReading {
    #[serde(flatten)]
    pub(super) reading: Raw,
    pub(super) form: String,
    pub(super) speaker_text: Option<String>,
    #[serde(default)]
    pub(super) doubtful: bool,
}

#[derive(Deserialize)]
pub(super) struct RawClaim {
    pub(super) id: String,
    pub(super) readings: Vec<Raw>,
    #[serde(default)]
    pub(super) origins: String,
    #[serde(default)]
    pub(super) doubtful: bool,
}

#[derive(Deserialize)]
pub(super) struct RawLookAlike {
    pub(super) a: Raw,
    pub(super) b: Raw,
    pub(super) why: String,
    #[serde(default)]
    pub(super) doubtful: bool,
}

#[derive(Deserialize)]
pub(super) struct RawDispute {
    pub(super) kind: String,
    pub(super) question: String,
    pub(super) sides: Vec<RawSide>,
    #[serde(default = "yes")]
    pub(super) explicit: bool,
    #[serde(default)]
    pub(super) doubtful: bool,
}

#[derive(Deserialize)]
pub(super) struct RawSide {
    pub(super) readings: Vec<Raw>,
}

#[derive(Deserialize)]
pub(super) struct RawCopy {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) doubtful: bool,
}

#[derive(Deserialize)]
pub(super) struct RawEvent {
    pub(super) when: String,
    pub(super) reading: Raw,
    #[serde(default)]
    pub(super) doubtful: bool,
}

fn yes() -> bool {
    true
}

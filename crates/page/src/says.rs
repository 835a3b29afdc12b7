//! What a page says of itself: title, outlet, authors, dates, sources it credits. One file for each.

pub(crate) mod agencies;
pub(crate) mod author;
pub(crate) mod credit;
pub(crate) mod date;
pub(crate) mod months;
pub(crate) mod title;

use model::{Credit, Published, Sign, SignKind, Warning};

/// What has been found out about a page so far. Fields found first are kept: readers ask the best
/// source first.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Names of people.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// When it was changed: stands in where nothing says when it was published.
    pub changed: Option<Published>,
    /// ISO 639-1 code that the page claims.
    pub language: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Sources it credits.
    pub credits: Vec<Credit>,
    /// How it came about.
    pub signs: Vec<Sign>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

impl Said {
    /// Notes a credit once.
    pub fn credit(&mut self, name: &str, line: &str) {
        if !self.credits.iter().any(|credit| credit.name == name) {
            self.credits.push(Credit {
                name: name.to_owned(),
                line: line.to_owned(),
            });
        }
    }

    /// Notes a sign once.
    pub fn sign(&mut self, kind: SignKind, line: &str) {
        if !self
            .signs
            .iter()
            .any(|sign| sign.kind == kind && sign.line == line)
        {
            self.signs.push(Sign {
                kind,
                line: line.to_owned(),
            });
        }
    }

    /// Notes a warning once.
    pub fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

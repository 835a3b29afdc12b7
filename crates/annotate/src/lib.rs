//! Articles to annotated documents: tokens · sentences · tags · names · dates · quantities ·
//! quotations · statements. Each step adds a layer and reads only layers before it.
//!
//! In: an [`Article`]. Out: a [`Document`]. Pure: the same article gives the same document on any
//! machine. Languages without data get sentences and tokens and no claims about the rest.

mod language;
mod quotes;
mod sentences;
mod statements;
mod tokens;

use model::{Article, Document};

pub use tokens::key;

/// Holds what annotation needs and never changes: models, lexicons, patterns. Made once, shared by
/// all threads.
pub struct Annotator {
    languages: language::Languages,
    clauses: statements::Clauses,
    quotes: quotes::Lexicons,
}

impl Annotator {
    /// Loads the models that ship with the program.
    #[allow(clippy::new_without_default, reason = "loading is work")]
    pub fn new() -> Self {
        Self {
            languages: language::Languages::new(),
            clauses: statements::Clauses::new(),
            quotes: quotes::Lexicons::new(),
        }
    }

    /// Adds every layer to an article.
    pub fn annotate(&self, article: Article) -> Document {
        let mut doc = Document::new(article);
        let language = self.languages.get(doc.article.language.as_deref());
        sentences::add(&mut doc, language);
        // Statements read the quotations.
        doc.quotes = quotes::find(&doc, &self.quotes);
        self.clauses.add(&mut doc);
        doc
    }
}

//! Articles to annotated documents: tokens · sentences · tags · names · dates · quantities ·
//! quotations · statements · opposites. Each step adds a layer and reads only layers before it.
//!
//! In: an [`Article`]. Out: a [`Document`]. Pure: the same article gives the same document on any
//! machine. Languages without data get sentences and tokens and no claims about the rest.

mod damage;
mod dates;
mod entities;
mod keys;
mod language;
mod names;
mod nearby;
mod opposites;
mod phrases;
mod polarity;
mod quantities;
mod quotes;
mod sentences;
pub mod spelling;
mod statements;
mod tags;
mod tokens;
pub mod training;

use model::{Article, Document};

pub use keys::key;

/// The tagger of parts of speech that ships; `models/speech.md` tells of it.
const SPEECH: &[u8] = include_bytes!("../../../models/speech.bin");

/// The tagger of names that ships; `models/names.md` tells of it.
const NAMES: &[u8] = include_bytes!("../../../models/names.bin");

/// Holds what annotation needs and never changes: models, lexicons, patterns. Made once, shared by
/// all threads.
pub struct Annotator {
    languages: language::Languages,
    dates: dates::Dates,
    damages: damage::Damages,
    quantities: quantities::Quantities,
    clauses: statements::Clauses,
    polarity: polarity::Polarity,
    opposites: opposites::Opposites,
    quotes: quotes::Lexicons,
    genders: names::gender::Genders,
    pub(crate) lexicon: names::lexicon::Lexicon,
    /// The taggers; `None` where the file in the program is not what this version reads, which
    /// only happens while a new one is being trained.
    speech: Option<tags::Speech>,
    names: Option<tagger::Model>,
}

impl Annotator {
    /// Loads the models that ship with the program.
    #[allow(clippy::new_without_default, reason = "loading is work")]
    pub fn new() -> Self {
        Self {
            languages: language::Languages::new(),
            dates: dates::Dates::new(),
            damages: damage::Damages::new(),
            quantities: quantities::Quantities::new(),
            clauses: statements::Clauses::new(),
            polarity: polarity::Polarity::new(),
            opposites: opposites::Opposites::new(),
            quotes: quotes::Lexicons::new(),
            genders: names::gender::Genders::new(),
            lexicon: names::lexicon::Lexicon::new(),
            speech: tagger::Model::from_bytes(SPEECH)
                .ok()
                .map(tags::Speech::new),
            names: tagger::Model::from_bytes(NAMES).ok(),
        }
    }

    /// The same with other taggers than the ones that ship.
    pub(crate) fn with_taggers(self, speech: tagger::Model, names: tagger::Model) -> Self {
        Self {
            speech: Some(tags::Speech::new(speech)),
            names: Some(names),
            ..self
        }
    }

    /// Adds tokens and sentences alone: what grouping needs.
    pub fn segment(&self, article: Article) -> Document {
        let mut doc = Document::new(article);
        let language = self.languages.get(doc.article.language.as_deref());
        sentences::add(&mut doc, language);
        doc
    }

    /// Adds every layer to an article.
    pub fn annotate(&self, article: Article) -> Document {
        let mut doc = self.segment(article);
        let english = self.languages.get(doc.article.language.as_deref()).english;
        if english && let Some(speech) = &self.speech {
            let mut words = names::hints::words(&doc, &self.lexicon);
            speech.add(&mut doc, &mut words);
            if let Some(model) = &self.names {
                let pairs = names::add(&mut doc, &words, model);
                entities::add(&mut doc, &pairs, &self.lexicon, &self.genders);
            }
        }
        if english {
            self.dates.add(&mut doc);
            self.quantities.add(&mut doc);
        }
        self.damages.add(&mut doc, english);
        // Statements read the quotations.
        doc.quotes = quotes::find(&doc, &self.quotes, &self.genders);
        self.clauses.add(&mut doc, &self.polarity);
        self.polarity.add(&mut doc);
        self.opposites.add(&mut doc, &self.polarity);
        doc
    }
}

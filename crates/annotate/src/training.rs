//! What `cargo xtask train` needs of the steps, so that training sees exactly what tagging sees:
//! our tokens, sentences, hints and tags.

use model::{Article, ArticleId, Block, BlockKind, Document, Text};
use tagger::{Model, Word};

use crate::Annotator;
use crate::names::lexicon;
use crate::tags::Speech;

pub use crate::names::LABELS as NAME_LABELS;

/// The labels of the tagger of parts of speech, in the order of their numbers.
pub const TAGS: [&str; 17] = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X",
];

/// An English article of plain text, a paragraph a line.
pub fn article(text: &str) -> Article {
    let text = Text::new(text);
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n') {
        if let Some(span) = text.trimmed(at..at + line.len()) {
            blocks.push(Block {
                span,
                kind: BlockKind::Paragraph,
            });
        }
        at += line.len();
    }
    Article {
        id: ArticleId::new("training"),
        language: Some("en".to_owned()),
        text,
        blocks,
        ..Article::nothing()
    }
}

/// An annotator with other taggers than the ones that ship.
pub fn annotator(speech: Model, names: Model) -> Annotator {
    Annotator::new().with_taggers(speech, names)
}

/// A document with tokens and sentences alone.
pub fn segment(annotator: &Annotator, text: &str) -> Document {
    annotator.segment(article(text))
}

/// The hashed words of a document, hints and all, tags as the document has them.
pub fn words(annotator: &Annotator, doc: &Document) -> Vec<Word> {
    crate::names::hints::words(doc, &annotator.lexicon)
}

/// Tags a document and its words with a model.
pub fn tag(model: Model, doc: &mut Document, words: &mut [Word]) {
    Speech::new(model).add(doc, words);
}

/// Whether the lists have a word as a title, rank or role, or as part of one.
pub fn is_title(annotator: &Annotator, key: u64) -> bool {
    let title = lexicon::HONORIFIC | lexicon::RANK | lexicon::ROLE | lexicon::BEFORE_ROLE;
    annotator.lexicon.word(key) & title != 0
}

/// Whether the lists have a word as a demonym.
pub fn is_demonym(annotator: &Annotator, key: u64) -> bool {
    annotator.lexicon.word(key) & lexicon::DEMONYM != 0
}

/// Whether these words, all of them, are a country's name.
pub fn is_country(annotator: &Annotator, keys: impl ExactSizeIterator<Item = u64>) -> bool {
    let count = keys.len();
    annotator
        .lexicon
        .place(keys)
        .is_some_and(|(len, bits)| len == count && bits & lexicon::COUNTRY != 0)
}

//! Articles to annotated documents: tokens · sentences · tags · names · dates · quantities ·
//! quotations · statements. Each step adds a layer and reads only layers before it.
//!
//! In: an [`Article`]. Out: a [`Document`]. Pure: the same article gives the same document on any
//! machine. Languages without data get sentences and tokens and no claims about the rest.

use model::{Article, Document, Modality, Sentence, Stance, Statement, Token, TokenClass};
use xxhash_rust::xxh3::xxh3_64;

/// Holds what annotation needs and never changes: models, lexicons, patterns. Made once, shared by
/// all threads.
pub struct Annotator {}

impl Annotator {
    /// Loads the models that ship with the program.
    #[allow(clippy::new_without_default, reason = "loading is work")]
    pub fn new() -> Self {
        Self {}
    }

    /// Adds every layer to an article.
    pub fn annotate(&self, article: Article) -> Document {
        let mut doc = Document::new(article);
        tokens_and_sentences(&mut doc);
        doc.statements = doc
            .sentences
            .iter()
            .enumerate()
            .map(|(index, sentence)| Statement {
                span: sentence.span,
                sentence: index as u32,
                stance: Stance::Asserts,
                modality: Modality::Fact,
                quote: None,
            })
            .collect();
        doc
    }
}

/// A placeholder of the tokeniser and the sentence splitter: splits on white space and marks, and
/// ends a sentence at a full stop before a space.
fn tokens_and_sentences(doc: &mut Document) {
    let text = doc.article.text.clone();
    let stemmer = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
    for (index, block) in doc.article.blocks.iter().enumerate() {
        let words = text.get(block.span);
        let mut from = 0;
        let mut ends: Vec<usize> = words.match_indices(". ").map(|(at, _)| at + 1).collect();
        ends.push(words.len());
        for end in ends {
            let Some(span) = text.trimmed(block.span.start() + from..block.span.start() + end)
            else {
                continue;
            };
            from = end;
            let first = doc.tokens.len() as u32;
            for word in text.get(span).split_whitespace() {
                for part in word.split_inclusive(|c: char| !c.is_alphanumeric()) {
                    let core = part.trim_end_matches(|c: char| !c.is_alphanumeric());
                    for piece in [core, &part[core.len()..]] {
                        let Some(span) = text.span_of(piece) else {
                            continue;
                        };
                        let low = piece.to_lowercase();
                        let class = if piece.starts_with(|c: char| c.is_ascii_digit()) {
                            TokenClass::Number
                        } else if piece.starts_with(char::is_alphanumeric) {
                            TokenClass::Word
                        } else {
                            TokenClass::Mark
                        };
                        doc.tokens.push(Token {
                            span,
                            key: xxh3_64(low.as_bytes()),
                            stem: xxh3_64(stemmer.stem(&low).as_bytes()),
                            class,
                            tag: model::Tag::Unknown,
                            stop: class == TokenClass::Mark || low.len() < 4,
                        });
                    }
                }
            }
            let tokens = first..doc.tokens.len() as u32;
            doc.sentences.push(Sentence {
                span,
                tokens,
                block: index as u32,
            });
        }
    }
}

//! In: a document with tags, its hashed words. Out: its names, with exact spans, kinds and roles;
//! none overlap. The tagger proposes; lists, titles and the rest of the article decide.

pub(crate) mod hints;
pub(crate) mod lexicon;

use model::{Document, Name, NameKind};
use tagger::{Model, Word};

/// The labels of the tagger of names, in the order of their numbers.
pub const LABELS: [&str; 9] = [
    "O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-OTH", "I-OTH",
];

/// Finds the names of a document.
pub(crate) fn add(doc: &mut Document, words: &[Word], model: &Model) {
    let mut labels = Vec::new();
    let mut names = Vec::new();
    for sentence in &doc.sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let (Some(words), Some(tokens)) = (words.get(range.clone()), doc.tokens.get(range)) else {
            continue;
        };
        model.tag(words, &mut labels);
        let mut open = 0u8;
        for (token, &label) in tokens.iter().zip(&labels) {
            let kind = match label.saturating_sub(1) / 2 {
                0 => NameKind::Person,
                1 => NameKind::Organisation,
                2 => NameKind::Place,
                _ => NameKind::Other,
            };
            if label == 0 {
                open = 0;
            } else if label % 2 == 1 || open == 0 {
                names.push(Name {
                    span: token.span,
                    full: token.span,
                    kind,
                    roles: Vec::new(),
                    entity: None,
                });
                open = label;
            } else if let Some(name) = names.last_mut() {
                name.span = name.span.hull(token.span);
                name.full = name.span;
            }
        }
    }
    doc.names = names;
}

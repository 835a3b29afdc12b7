//! In: a document's tokens and their hashed words. Out: a part of speech for each token, in the
//! document and in the words (the tagger of names reads them there).

use model::{Document, Tag};
use tagger::{Model, Word};

/// The tags in the order of their numbers; the model's labels are their UD names.
const TAGS: [(&str, Tag); 17] = [
    ("ADJ", Tag::Adj),
    ("ADP", Tag::Adp),
    ("ADV", Tag::Adv),
    ("AUX", Tag::Aux),
    ("CCONJ", Tag::Cconj),
    ("DET", Tag::Det),
    ("INTJ", Tag::Intj),
    ("NOUN", Tag::Noun),
    ("NUM", Tag::Num),
    ("PART", Tag::Part),
    ("PRON", Tag::Pron),
    ("PROPN", Tag::Propn),
    ("PUNCT", Tag::Punct),
    ("SCONJ", Tag::Sconj),
    ("SYM", Tag::Sym),
    ("VERB", Tag::Verb),
    ("X", Tag::X),
];

/// A tagger of parts of speech with its labels as tags.
pub(crate) struct Speech {
    model: Model,
    tags: Vec<Tag>,
}

impl Speech {
    /// Wraps a model whose labels are Universal Dependencies' tags.
    pub(crate) fn new(model: Model) -> Self {
        let tag = |label: &String| {
            TAGS.iter()
                .find(|(name, _)| name == label)
                .map_or(Tag::Unknown, |(_, tag)| *tag)
        };
        let tags = model.labels().iter().map(tag).collect();
        Self { model, tags }
    }

    /// Tags every sentence.
    pub(crate) fn add(&self, doc: &mut Document, words: &mut [Word]) {
        let mut labels = Vec::new();
        let Document {
            tokens, sentences, ..
        } = doc;
        for sentence in sentences.iter() {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let (Some(words), Some(tokens)) = (words.get_mut(range.clone()), tokens.get_mut(range))
            else {
                continue;
            };
            self.model.tag(words, &mut labels);
            for ((word, token), label) in words.iter_mut().zip(tokens).zip(&labels) {
                word.tag = *label;
                token.tag = self
                    .tags
                    .get(usize::from(*label))
                    .copied()
                    .unwrap_or(Tag::Unknown);
            }
        }
    }
}

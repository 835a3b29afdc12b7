//! In: documents of a story. Out: their sentences as the encoder reads them. A sentence is read once as
//! long as it is kept, whoever prints it: a story that grows pays for what is new, and copies are free.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use compare::Sentences;
use encoder::{Encoded, Encoder};
use model::Document;
use rayon::prelude::*;

/// Sentences that go to one thread at a time.
const CHUNK: usize = 8;
/// Bytes of sentences that are kept: about 25,000 of them. Then all are dropped.
const MOST_KEPT: usize = 256 << 20;

/// The encoder, unpacked when it is first needed, and what it has read.
#[derive(Default)]
pub(crate) struct Reader {
    encoder: OnceLock<Option<Encoder>>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    sentences: HashMap<Box<str>, Arc<Encoded>>,
    size: usize,
}

impl Kept {
    fn add(&mut self, text: &str, sentence: Arc<Encoded>) {
        if self.size > MOST_KEPT {
            *self = Self::default();
        }
        self.size += sentence.size() + text.len();
        self.sentences.insert(text.into(), sentence);
    }
}

impl Reader {
    /// The sentences of these documents, by document. None where the encoder's file is no good, which
    /// its tests exclude.
    pub(crate) fn read(&self, docs: &[&Document]) -> Option<Sentences> {
        let encoder = self
            .encoder
            .get_or_init(|| Encoder::shipped().ok())
            .as_ref()?;
        // Only what is compared is read.
        let texts = |doc: &Document| -> Vec<(usize, usize)> {
            let rest = doc.statements.get(compare::MOST_STATEMENTS);
            let end = rest.map_or(usize::MAX, |rest| rest.span.start());
            let spans = doc.sentences.iter().map(|sentence| sentence.span);
            spans
                .map(|span| (span.start(), span.end()))
                .take_while(|(start, _)| *start < end)
                .collect()
        };
        let mut found: HashMap<&str, Option<Arc<Encoded>>> = HashMap::new();
        for doc in docs {
            for (start, end) in texts(doc) {
                found.insert(&doc.article.text.as_str()[start..end], None);
            }
        }
        {
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            for (text, sentence) in &mut found {
                *sentence = kept.sentences.get(*text).cloned();
            }
        }
        let mut new: Vec<&str> = found
            .iter()
            .filter(|(_, sentence)| sentence.is_none())
            .map(|(text, _)| *text)
            .collect();
        // Threads get work of one size.
        new.sort_unstable_by_key(|text| (text.len(), *text));
        let read: Vec<Vec<Encoded>> = new
            .par_chunks(CHUNK)
            .map(|texts| encoder.encode(texts))
            .collect();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for (text, sentence) in new.into_iter().zip(read.into_iter().flatten()) {
            let sentence = Arc::new(sentence);
            kept.add(text, Arc::clone(&sentence));
            found.insert(text, Some(sentence));
        }
        drop(kept);
        let of = |doc: &Document| -> Option<Vec<Arc<Encoded>>> {
            let text = doc.article.text.as_str();
            let spans = texts(doc).into_iter();
            spans
                .map(|(start, end)| found.get(&text[start..end])?.clone())
                .collect()
        };
        docs.iter().map(|doc| of(doc)).collect()
    }
}

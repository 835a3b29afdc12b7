//! In: documents of a story. Out: their sentences as the encoders read them. A sentence is read once as
//! long as it is kept, whoever prints it: a story that grows pays for what is new, and copies are free.
//!
//! The encoder that ships was made for English. Where a multilingual one is there, articles of other languages
//! that it was made for are read by it alone, and English ones of their story by both, so that any two have a
//! space in common.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use compare::{Read, Sentences};
use encoder::{Encoded, Encoder};
use model::Document;
use rayon::prelude::*;

use crate::models::Multilingual;
use crate::options::Options;

/// Sentences that go to one thread at a time.
const CHUNK: usize = 8;
/// Bytes of sentences that are kept, for each encoder: about 25,000 of them. Then all are dropped.
const MOST_KEPT: usize = 256 << 20;

/// The encoder that ships, unpacked when it is first needed, the one that the user added, and what they have
/// read.
#[derive(Default)]
pub(crate) struct Reader {
    shipped: OnceLock<Option<Encoder>>,
    kept: Mutex<Kept>,
    multilingual: Option<Multilingual>,
    kept_of_multilingual: Mutex<Kept>,
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
    /// Beside the encoder that ships, the one that was added.
    pub(crate) fn of(options: &Options) -> Self {
        Self {
            multilingual: options.multilingual.clone(),
            ..Self::default()
        }
    }

    /// The models, each by its name and hash.
    pub(crate) fn models(&self) -> Vec<String> {
        let shipped = Encoder::shipped_about().ok().into_iter();
        let added = self.multilingual.iter().map(|model| model.about().clone());
        shipped.chain(added).map(|model| model.identity()).collect()
    }

    /// The sentences of these documents, by document. None where the shipped encoder's file is no good, which
    /// its tests exclude.
    pub(crate) fn read(&self, docs: &[&Document]) -> Option<Sentences> {
        self.read_some(docs, Which::Compared)
    }

    /// The same of sentences that state something alone; the others are there without their words.
    pub(crate) fn read_stated(&self, docs: &[&Document]) -> Option<Sentences> {
        self.read_some(docs, Which::Stated)
    }

    fn read_some(&self, docs: &[&Document], which: Which) -> Option<Sentences> {
        let shipped = self.shipped.get_or_init(|| Encoder::shipped().ok());
        let shipped = shipped.as_ref()?;
        let own_alone = || {
            let own = read(shipped, &self.kept, docs, which, |_| true)?;
            Some(Sentences { own, common: None })
        };
        let Some(model) = &self.multilingual else {
            return own_alone();
        };
        let known = |doc: &Document| model.about().reads(doc.article.language.as_deref());
        // What neither was made for is read by the one that ships, as if there were no other.
        let is_own =
            |doc: &Document| shipped.about().reads(doc.article.language.as_deref()) || !known(doc);
        let foreign = docs.iter().any(|doc| !is_own(doc));
        // Unpacked only where it is needed.
        match foreign.then(|| model.encoder()).flatten() {
            None => own_alone(),
            Some(multilingual) => Some(Sentences {
                own: read(shipped, &self.kept, docs, which, is_own)?,
                common: read(multilingual, &self.kept_of_multilingual, docs, which, known),
            }),
        }
    }
}

/// Which sentences are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    /// All that are compared.
    Compared,
    /// Those that have a statement.
    Stated,
}

/// Where the sentences stand that are compared; of those that are not wanted the empty place.
fn places(doc: &Document, which: Which) -> Vec<(usize, usize)> {
    if which == Which::Stated {
        let mut places = vec![(0, 0); doc.sentences.len()];
        for statement in doc.statements.iter().take(compare::MOST_STATEMENTS) {
            let at = statement.sentence as usize;
            if let (Some(place), Some(sentence)) = (places.get_mut(at), doc.sentences.get(at)) {
                *place = (sentence.span.start(), sentence.span.end());
            }
        }
        return places;
    }
    let rest = doc.statements.get(compare::MOST_STATEMENTS);
    let end = rest.map_or(usize::MAX, |rest| rest.span.start());
    let spans = doc.sentences.iter().map(|sentence| sentence.span);
    spans
        .map(|span| (span.start(), span.end()))
        .take_while(|(start, _)| *start < end)
        .collect()
}

/// The sentences of documents, by document, as an encoder reads them; none of those that it is not to read.
fn read(
    encoder: &Encoder,
    kept: &Mutex<Kept>,
    docs: &[&Document],
    which: Which,
    wanted: impl Fn(&Document) -> bool,
) -> Option<Read> {
    let compared = compare::compared(docs).into_iter();
    let places: Vec<Vec<(usize, usize)>> = docs
        .iter()
        .zip(compared)
        .map(|(doc, compared)| match compared && wanted(doc) {
            true => places(doc, which),
            false => Vec::new(),
        })
        .collect();
    let mut found: HashMap<&str, Option<Arc<Encoded>>> = HashMap::new();
    for (doc, places) in docs.iter().zip(&places) {
        for &(start, end) in places {
            found.insert(&doc.article.text.as_str()[start..end], None);
        }
    }
    {
        let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
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
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    for (text, sentence) in new.into_iter().zip(read.into_iter().flatten()) {
        let sentence = Arc::new(sentence);
        kept.add(text, Arc::clone(&sentence));
        found.insert(text, Some(sentence));
    }
    drop(kept);
    let of = |doc: &Document, places: &[(usize, usize)]| -> Option<Vec<Arc<Encoded>>> {
        let text = doc.article.text.as_str();
        places
            .iter()
            .map(|&(start, end)| found.get(&text[start..end])?.clone())
            .collect()
    };
    let docs = docs.iter().zip(&places);
    docs.map(|(doc, places)| of(doc, places)).collect()
}

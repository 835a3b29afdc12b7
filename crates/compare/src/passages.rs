//! In: stretches of articles, and their sentences as the encoder read them. Out: the pieces of their
//! words as they stand in their sentence, each weighted by how rare it is in the story. Nothing
//! where the encoder was not run.
//!
//! Two passages are compared in one space of vectors: in that of the encoder that ships where it was made for
//! the languages of both, else in that of the multilingual one, where a story was read by it ([`Common`]).
//! What the latter reads finds passages that speak of one matter; it does not judge whether they agree.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use encoder::{Encoded, Means, Passage, VIEWS};
use model::{Document, Span, Tag};

use crate::terms::{Said, is_plain};

/// Views: everything; content words outside names; among these, verbs.
pub(crate) const ALL: usize = 0;
pub(crate) const PLAIN: usize = 1;
pub(crate) const VERBS: usize = 2;
/// What other words count beside verbs: they can say what a verb says ("arrested", "the arrest").
const BESIDE_VERBS: f32 = 0.001;

/// Sentences as an encoder read them: by article, by sentence.
pub type Read = Vec<Vec<Arc<Encoded>>>;

/// The sentences of a story as the encoders read them.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    /// By the encoder that ships; none of an article in a language that it was not made for, where another reads
    /// that.
    pub own: Read,
    /// All of them by the multilingual encoder, where some articles need it.
    pub common: Option<Read>,
}

/// Makes passages of a story's articles.
pub(crate) struct Reader<'a> {
    docs: &'a [&'a Document],
    sentences: &'a Read,
    /// In how many sentences each piece stands.
    frequency: HashMap<u32, u32>,
    count: u32,
}

impl<'a> Reader<'a> {
    /// Counts the pieces of a story.
    pub(crate) fn new(docs: &'a [&'a Document], sentences: &'a Read) -> Self {
        let mut frequency: HashMap<u32, u32> = HashMap::new();
        let mut seen: HashSet<u32> = HashSet::new();
        let mut count = 0;
        for sentence in sentences.iter().flatten() {
            seen.clear();
            seen.extend(sentence.pieces().iter().map(|piece| piece.id));
            seen.iter()
                .for_each(|id| *frequency.entry(*id).or_insert(0) += 1);
            count += 1;
        }
        Self {
            docs,
            sentences,
            frequency,
            count,
        }
    }

    /// How rare a piece is in the story: 1 where one sentence has it, however many sentences there are, so that
    /// what matches weighs the same in two short reports and in fifty long ones.
    fn weight(&self, id: u32) -> f32 {
        let frequency = self.frequency.get(&id).copied().unwrap_or(1);
        let count = self.count.max(1) as f32;
        (1.0 + count / frequency as f32).ln() / (1.0 + count).ln()
    }

    /// The pieces of some stretches of an article; none where it was not read.
    pub(crate) fn passage(&self, article: u32, spans: &[Span]) -> Passage {
        let mut passage = Passage::default();
        let article = article as usize;
        let (Some(doc), Some(read)) = (self.docs.get(article), self.sentences.get(article)) else {
            return passage;
        };
        for &span in spans {
            for (start, encoded) in sentences_in(doc, read, span) {
                self.add(doc, span, start, encoded, &mut passage);
            }
        }
        passage
    }

    /// The words that some pieces of a stretch's passage are; `None` where it was not read.
    pub(crate) fn words(&self, article: u32, span: Span, pieces: Range<usize>) -> Option<Span> {
        let (doc, read) = (
            self.docs.get(article as usize)?,
            self.sentences.get(article as usize)?,
        );
        let places = sentences_in(doc, read, span)
            .flat_map(|(start, encoded)| inside(span, start, encoded).map(|(_, place)| place));
        let mut places = places.skip(pieces.start).take(pieces.len());
        let first = places.next()?;
        let end = places.last().map_or(first.end, |last| last.end);
        doc.article.text.span(first.start..end).ok()
    }

    /// The pieces of a sentence that some of its words are; `None` where it was not read.
    pub(crate) fn pieces(&self, article: u32, sentence: u32, words: Span) -> Option<Range<usize>> {
        let (article, sentence) = (article as usize, sentence as usize);
        let start = self
            .docs
            .get(article)?
            .sentences
            .get(sentence)?
            .span
            .start();
        let pieces = self.sentences.get(article)?.get(sentence)?.pieces();
        let from = pieces.partition_point(|piece| start + piece.end as usize <= words.start());
        let to = pieces.partition_point(|piece| start + (piece.start as usize) < words.end());
        (from < to).then_some(from..to)
    }

    fn add(
        &self,
        doc: &Document,
        span: Span,
        start: usize,
        encoded: &Encoded,
        passage: &mut Passage,
    ) {
        let names = &doc.names[doc.names_in(span)];
        let tokens = &doc.tokens[doc.tokens_in(span)];
        let mut token = 0;
        for (at, place) in inside(span, start, encoded) {
            while tokens
                .get(token)
                .is_some_and(|t| t.span.end() <= place.start)
            {
                token += 1;
            }
            let plain = tokens.get(token).filter(|token| is_plain(token, names));
            let mut weights = [0.0; VIEWS];
            weights[ALL] = self.weight(encoded.pieces()[at].id);
            if let Some(word) = plain {
                let share = if word.tag == Tag::Verb {
                    1.0
                } else {
                    BESIDE_VERBS
                };
                weights[PLAIN] = weights[ALL];
                weights[VERBS] = weights[ALL] * share;
            }
            passage.push(encoded, at, weights);
        }
    }

    /// What the encoder read of statements, which stand in the order of their articles.
    pub(crate) fn of(&self, said: &[Said]) -> Passages {
        let mut passages = Passages::default();
        let mut last = None;
        for one in said {
            let statement = self.passage(one.article, &[one.span]);
            passages.statements.push(statement);
            let place = (one.article, one.sentence);
            if last.replace(place) != Some(place) {
                let doc = self.docs.get(one.article as usize);
                let sentence = doc.and_then(|doc| doc.sentences.get(one.sentence as usize));
                let span = sentence.map_or(one.span, |sentence| sentence.span);
                passages.sentences.push(self.passage(one.article, &[span]));
            }
            passages
                .sentence_of
                .push(passages.sentences.len() as u32 - 1);
        }
        passages
    }
}

/// The sentences that a stretch of an article touches: where each begins, and as it was read.
fn sentences_in<'d>(
    doc: &'d Document,
    read: &'d [Arc<Encoded>],
    span: Span,
) -> impl Iterator<Item = (usize, &'d Encoded)> {
    let from = doc
        .sentences
        .partition_point(|sentence| sentence.span.end() <= span.start());
    let sentences = doc.sentences.iter().zip(read).skip(from);
    sentences
        .take_while(move |(sentence, _)| sentence.span.start() < span.end())
        .map(|(sentence, encoded)| (sentence.span.start(), &**encoded))
}

/// The pieces of a sentence that lie in a stretch, and the bytes of the text that each is.
fn inside(
    span: Span,
    start: usize,
    encoded: &Encoded,
) -> impl Iterator<Item = (usize, Range<usize>)> {
    encoded
        .pieces()
        .iter()
        .map(move |piece| start + piece.start as usize..start + piece.end as usize)
        .enumerate()
        .filter(move |(_, place)| place.start >= span.start() && place.end <= span.end())
}

/// What the encoders read of a story's statements.
#[derive(Debug, Default)]
pub(crate) struct Passages {
    /// A passage for each statement.
    pub(crate) statements: Vec<Passage>,
    /// One for each sentence that has statements.
    pub(crate) sentences: Vec<Passage>,
    /// For each statement its sentence, an index into `sentences`.
    pub(crate) sentence_of: Vec<u32>,
    /// The same by the multilingual encoder, where it was run.
    pub(crate) common: Option<Box<Common>>,
}

/// What the multilingual encoder read of a story's statements.
#[derive(Debug)]
pub(crate) struct Common {
    pub(crate) passages: Passages,
    /// For each statement whether the encoder that ships read it too.
    own: Vec<bool>,
}

impl Passages {
    /// Reads a story's statements; `reader` has what the encoder that ships read.
    pub(crate) fn of(
        docs: &[&Document],
        sentences: &Sentences,
        reader: &Reader<'_>,
        said: &[Said],
    ) -> Self {
        let common = sentences.common.as_ref().map(|read| {
            let has = |one: &Said| {
                let own = sentences.own.get(one.article as usize);
                own.is_some_and(|own| !own.is_empty())
            };
            Box::new(Common {
                passages: Reader::new(docs, read).of(said),
                own: said.iter().map(has).collect(),
            })
        });
        Self {
            common,
            ..reader.of(said)
        }
    }

    /// The passages of the space in which two statements are compared.
    pub(crate) fn space_of(&self, one: u32, other: u32) -> &Self {
        self.across(one, other).unwrap_or(self)
    }

    /// What the multilingual encoder read, where two statements are compared by it.
    pub(crate) fn across(&self, one: u32, other: u32) -> Option<&Self> {
        let common = self.common.as_ref()?;
        let own = |said: u32| common.own.get(said as usize) == Some(&true);
        (!own(one) || !own(other)).then_some(&common.passages)
    }
}

/// How much two passages say of each other, in all their words: the harmonic mean of both ways.
pub(crate) fn alike(a: &Passage, b: &Passage, room: &mut Vec<i32>) -> f32 {
    both_ways(a.said_in(b, room)[ALL])
}

/// The harmonic mean of how much each of two passages says of the other.
pub(crate) fn both_ways((a, b): (f32, f32)) -> f32 {
    2.0 * a * b / (a + b).max(f32::MIN_POSITIVE)
}

/// Pairs of passages that may be paired and mean much the same in whatever words, the lower first,
/// each once: every passage's nearest by the mean of its pieces, at most `most` of a cosine of `least`.
pub(crate) fn near_pairs(
    passages: &[Passage],
    most: usize,
    least: f32,
    may: impl Fn(usize, usize) -> bool,
) -> Vec<(u32, u32)> {
    let near = Means::of(passages).nearest(most, least, may);
    let mut pairs: Vec<(u32, u32)> = (0u32..)
        .zip(&near)
        .flat_map(|(a, near)| near.iter().map(move |&(b, _)| (a.min(b), a.max(b))))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

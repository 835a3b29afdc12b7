//! In: statements, and their sentences as the encoder read them. Out: for each statement the pieces of
//! its words as they stand in their sentence, each weighted by how rare it is in the story. Nothing
//! where the encoder was not run.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use encoder::{Encoded, Passage, VIEWS};
use model::{Document, Tag, TokenClass};

use crate::terms::Said;

/// Views: everything; content words outside names; among these, verbs.
pub(crate) const ALL: usize = 0;
pub(crate) const PLAIN: usize = 1;
pub(crate) const VERBS: usize = 2;
/// What other words count beside verbs: they can say what a verb says ("arrested", "the arrest").
const BESIDE_VERBS: f32 = 0.001;

/// The sentences of a story as the encoder read them: by article, by sentence.
pub type Sentences = Vec<Vec<Arc<Encoded>>>;

/// A passage for each statement; empty ones where its sentence was not read.
pub(crate) fn of(said: &[Said], docs: &[&Document], sentences: &Sentences) -> Vec<Passage> {
    let mut frequency: HashMap<u32, u32> = HashMap::new();
    let mut seen: HashSet<u32> = HashSet::new();
    let mut count = 0u32;
    for sentence in sentences.iter().flatten() {
        seen.clear();
        seen.extend(sentence.pieces().iter().map(|piece| piece.id));
        seen.iter()
            .for_each(|id| *frequency.entry(*id).or_insert(0) += 1);
        count += 1;
    }
    let weight = |id: u32| {
        let frequency = frequency.get(&id).copied().unwrap_or(1);
        (1.0 + count as f32 / frequency as f32).ln()
    };
    said.iter()
        .map(|one| {
            let mut passage = Passage::default();
            let article = one.article as usize;
            let found = sentences
                .get(article)
                .and_then(|of| of.get(one.sentence as usize));
            if let (Some(encoded), Some(doc)) = (found, docs.get(article)) {
                let start = doc.sentences[one.sentence as usize].span.start();
                let names = &doc.names[doc.names_in(one.span)];
                let tokens = &doc.tokens[doc.tokens_in(one.span)];
                let mut token = 0;
                for (at, piece) in encoded.pieces().iter().enumerate() {
                    let (from, to) = (start + piece.start as usize, start + piece.end as usize);
                    if from < one.span.start() || to > one.span.end() {
                        continue;
                    }
                    while tokens.get(token).is_some_and(|t| t.span.end() <= from) {
                        token += 1;
                    }
                    let plain = tokens.get(token).filter(|t| {
                        t.class != TokenClass::Mark
                            && !t.stop
                            && t.tag != Tag::Aux
                            && !names.iter().any(|name| name.full.contains(t.span))
                    });
                    let mut weights = [0.0; VIEWS];
                    weights[ALL] = weight(piece.id);
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
            passage
        })
        .collect()
}

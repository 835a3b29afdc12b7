//! Negations: one says that it is so, the other that it is not, each in its own voice. In: pairs
//! of statements alike in nearly all words. Out: disputes where a negation is what is left.

use model::{DisputeKind, Mention, Modality};

use super::phrase::{Phrase, is_one_of};
use super::{Found, FoundSide, Ground};
use crate::terms::Said;

/// Both statements must hold this much of the other's content.
const ALIKE: f32 = 0.7;

/// Words after which a negation holds for a stretch of time: "had not won since 1908" is true of one
/// that won in 1908.
const BOUNDS: [&str; 3] = ["since", "until", "before"];

/// Whether what is denied is denied for a stretch of time alone.
fn bounded(ground: &Ground<'_>, a: &Said, b: &Said) -> bool {
    let no = if a.negated { a } else { b };
    let doc = ground.docs[no.article as usize];
    doc.tokens[doc.tokens_in(no.span)]
        .iter()
        .any(|token| is_one_of(doc, token, &BOUNDS))
}

pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for pair in ground.pairs {
        let (a, b) = (
            &ground.terms.said[pair.a as usize],
            &ground.terms.said[pair.b as usize],
        );
        let comparable = a.article != b.article
            && a.negated != b.negated
            && ground.asserts(pair.a)
            && ground.asserts(pair.b)
            && a.modality == b.modality
            && a.modality == Modality::Fact;
        if !comparable || bounded(ground, a, b) || ground.one_utterance(pair.a, pair.b) {
            continue;
        }
        let phrase = |said: &Said| {
            let doc = ground.docs[said.article as usize];
            Phrase::of(doc, ground.terms, doc.tokens_in(said.span))
        };
        let (one, other) = (phrase(a), phrase(b));
        if one.held_by(&other) < ALIKE || other.held_by(&one) < ALIKE || one.stems.len() < 3 {
            continue;
        }
        let (yes, no) = if a.negated { (b, a) } else { (a, b) };
        let mention = |said: &Said| Mention {
            article: said.article,
            span: said.span,
        };
        let side = |said: &Said| FoundSide {
            mentions: vec![mention(said)],
            held_by: ground.holder_of(said).into_iter().collect(),
        };
        let known = found.iter_mut().find(|known: &&mut Found| {
            known.sides[0].mentions.contains(&mention(yes))
                || known.sides[1].mentions.contains(&mention(no))
        });
        if let Some(known) = known {
            known.sides[0].mentions.push(mention(yes));
            known.sides[1].mentions.push(mention(no));
            continue;
        }
        found.push(Found {
            kind: DisputeKind::Negation,
            question: vec![mention(yes)],
            sides: vec![side(yes), side(no)],
        });
    }
    found
}

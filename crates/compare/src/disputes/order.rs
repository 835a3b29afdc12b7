//! Orders: "A, then B" against "B, then A". In: sentences with words of sequence or cause. Out:
//! disputes where two articles put the same two things in opposite order, or where a stop that one
//! calls the last is followed by another elsewhere. Only words that state an order count; the order
//! in which an article tells things does not.

use std::ops::Range;

use model::{ArticleIx, DisputeKind, Document, Mention, Name, NameKind};

use super::phrase::Phrase;
use super::{Found, FoundSide, Ground};
use crate::lexicon::{is_one_of, lexicon};
use crate::terms::name_of;

/// Content words around a word of sequence that name the things it orders.
const REACH: usize = 5;

/// One statement of order.
struct Order {
    said: u32,
    earlier: Phrase,
    later: Phrase,
}

/// A place on somebody's way, and where on it.
struct Stop {
    said: u32,
    place: u64,
    /// Whether the place comes after the stop that the sentence speaks of.
    after: bool,
    /// Whether the sentence calls its own stop the last.
    last: bool,
    persons: Vec<u64>,
}

pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let mut found = stops(ground);
    found.extend(causes(ground));
    found
}

/// Opposite orders of cause.
fn causes(ground: &Ground<'_>) -> Vec<Found> {
    let mut orders: Vec<Order> = Vec::new();
    for said in 0..ground.terms.said.len() as u32 {
        let doc = ground.doc(said);
        let tokens = doc.tokens_in(ground.terms.said[said as usize].span);
        for at in tokens.clone() {
            if !is_one_of(doc, &doc.tokens[at], &lexicon(doc).causes) {
                continue;
            }
            let before = tokens.start.max(at.saturating_sub(REACH))..at;
            let after = at + 1..tokens.end.min(at + 1 + REACH);
            let (earlier, later) = (
                Phrase::of(doc, ground.terms, before),
                Phrase::of(doc, ground.terms, after),
            );
            if !earlier.stems.is_empty() && !later.stems.is_empty() {
                orders.push(Order {
                    said,
                    earlier,
                    later,
                });
            }
        }
    }
    let mut found = Vec::new();
    let mut used: Vec<u32> = Vec::new();
    for (i, one) in orders.iter().enumerate() {
        for other in &orders[i + 1..] {
            let (a, b) = (
                ground.terms.mention(one.said),
                ground.terms.mention(other.said),
            );
            if a.article == b.article || used.contains(&one.said) || used.contains(&other.said) {
                continue;
            }
            if opposite(one, other) {
                used.extend([one.said, other.said]);
                found.push(against(ground, vec![a, b], &[one.said], &[other.said]));
            }
        }
    }
    found
}

/// Whether what is earlier in one is later in the other, both ways, with nothing on both sides.
fn opposite(one: &Order, other: &Order) -> bool {
    let crossed = |x: &Phrase, y: &Phrase, not_x: &Phrase, not_y: &Phrase| {
        x.shared(y)
            .iter()
            .any(|s| !not_x.has(s.0) && !not_y.has(s.0))
    };
    crossed(&one.earlier, &other.later, &one.later, &other.earlier)
        && crossed(&one.later, &other.earlier, &one.earlier, &other.later)
}

/// Places that one article puts before a stop (or calls the stop the last) and another after it.
fn stops(ground: &Ground<'_>) -> Vec<Found> {
    let all: Vec<Stop> = (0..ground.terms.said.len() as u32)
        .flat_map(|said| stops_in(ground, said))
        .collect();
    let mut found: Vec<(u64, Vec<u32>, Vec<u32>)> = Vec::new();
    for before in all.iter().filter(|stop| !stop.after) {
        for after in all.iter().filter(|stop| stop.after) {
            let article = |stop: &Stop| ground.terms.said[stop.said as usize].article;
            let same_traveller = before.persons.iter().any(|p| after.persons.contains(p))
                || before.persons.is_empty() != after.persons.is_empty();
            let conflict = article(before) != article(after)
                && same_traveller
                && before.last
                && before.place == after.place;
            if !conflict {
                continue;
            }
            match found.iter_mut().find(|known| known.0 == before.place) {
                Some((_, one, other)) => {
                    one.push(before.said);
                    other.push(after.said);
                }
                None => found.push((before.place, vec![before.said], vec![after.said])),
            }
        }
    }
    found
        .into_iter()
        .map(|(_, one, other)| {
            let question = vec![ground.terms.mention(one[0]), ground.terms.mention(other[0])];
            against(ground, question, &one, &other)
        })
        .collect()
}

fn against(ground: &Ground<'_>, question: Vec<Mention>, one: &[u32], other: &[u32]) -> Found {
    let side = |said: &[u32]| FoundSide {
        mentions: said.iter().map(|&one| ground.terms.mention(one)).collect(),
        held_by: said.iter().filter_map(|&one| ground.holder(one)).collect(),
    };
    Found {
        kind: DisputeKind::Order,
        question,
        sides: vec![side(one), side(other)],
    }
}

/// The places that a statement puts before or after a stop of somebody's journey.
fn stops_in(ground: &Ground<'_>, said: u32) -> Vec<Stop> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let tokens = doc.tokens_in(one.span);
    let word = |at: usize, of: &[&str]| tokens.contains(&at) && is_one_of(doc, &doc.tokens[at], of);
    let words = lexicon(doc);
    let last = tokens
        .clone()
        .any(|at| word(at, &words.last) && word(at + 1, &words.stops));
    let mut stops = Vec::new();
    for at in tokens.clone() {
        let (after, from) =
            if word(at, &["after"]) && (at + 1..at + 4).any(|next| word(next, &words.visits)) {
                (false, at + 1)
            } else if (word(at, &["before"]) && word(at + 1, &words.moves)
                || word(at, &["then"]) && word(at + 1, &words.moves))
                && (at + 2..at + 5).any(|next| word(next, &["to", "for"]))
            {
                (true, at + 2)
            } else {
                continue;
            };
        let end = clause_end(doc, from..tokens.end, after);
        for place in places(ground, one.article, doc, from..end) {
            stops.push(Stop {
                said,
                place,
                after,
                last,
                persons: persons(ground, said),
            });
        }
    }
    stops
}

/// A list of places goes on over commas; a destination ends at the first mark.
fn clause_end(doc: &Document, tokens: Range<usize>, first_mark: bool) -> usize {
    tokens
        .clone()
        .find(|&at| {
            let word = doc.get(doc.tokens[at].span);
            word == "." || word == ";" || first_mark && word == ","
        })
        .unwrap_or(tokens.end)
}

fn places(
    ground: &Ground<'_>,
    article: ArticleIx,
    doc: &Document,
    tokens: Range<usize>,
) -> Vec<u64> {
    let ends = tokens
        .end
        .checked_sub(1)
        .filter(|&last| last >= tokens.start);
    let Some((first, last)) =
        ends.and_then(|last| Some((doc.tokens.get(tokens.start)?, doc.tokens.get(last)?)))
    else {
        return Vec::new();
    };
    doc.names[doc.names_in(first.span.hull(last.span))]
        .iter()
        .filter(|name| name.kind == NameKind::Place)
        .filter_map(|name| identity(ground, article, doc, name))
        .collect()
}

/// Persons named in a statement's sentence.
fn persons(ground: &Ground<'_>, said: u32) -> Vec<u64> {
    let said = &ground.terms.said[said as usize];
    let doc = ground.docs[said.article];
    let Some(sentence) = doc.sentences.get(said.sentence as usize) else {
        return Vec::new();
    };
    doc.names[doc.names_in(sentence.span)]
        .iter()
        .filter(|name| name.kind == NameKind::Person)
        .filter_map(|name| identity(ground, said.article, doc, name))
        .collect()
}

/// What tells that two names are one: the story's name, or the last word where that is unknown.
fn identity(ground: &Ground<'_>, article: ArticleIx, doc: &Document, name: &Name) -> Option<u64> {
    let known = name
        .entity
        .and_then(|entity| name_of(ground.story, article, entity));
    match known {
        Some(known) => Some(u64::from(known.number())),
        None => doc.tokens[doc.tokens_in(name.span)]
            .last()
            .map(|token| token.key),
    }
}

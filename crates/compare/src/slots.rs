//! One thing in the place of another: "raised by a night guard", "raised by a bus driver". In: two statements. Out:
//! whether they say the same of two things. Words that stand in one place are held to be one thing where the
//! encoder reads them as alike; without it, where they are no nouns.

use std::ops::Range;

use model::{Document, Name, NameKind, Span, Tag, Token, TokenClass};

use crate::passages::{Reader, alike};
use crate::terms::Said;

/// Part of either statement's words that both must have, and how many with content, for what differs to be one thing
/// in the place of another, and not another way of saying it.
const FRAME: f32 = 0.5;
const FRAME_CONTENT: usize = 2;
/// How much two stretches must say of each other to be one thing.
const ONE_THING: f32 = 0.45;
/// Tokens of a statement that are lined up at most.
const LONGEST: usize = 80;

/// Two things in one place of two statements.
pub(crate) struct Slot {
    /// The words of both.
    pub words: [Span; 2],
    /// The word right before both, but for an article.
    pub before: Option<Span>,
    /// Whether all that the statements do not have in common stands there or behind it.
    pub alone: bool,
}

/// The first place in which two statements that are else the same have different things.
pub(crate) fn find(
    docs: &[&Document],
    reader: Option<&Reader<'_>>,
    one: &Said,
    other: &Said,
) -> Option<Slot> {
    let (left, right) = (words(docs, one), words(docs, other));
    if left.len() > LONGEST || right.len() > LONGEST {
        return None;
    }
    let docs = [docs[one.article], docs[other.article]];
    let matched = lined_up(&left, &right);
    let content = matched.iter().filter(|pair| is_content(left[pair.0]));
    let share = matched.len() as f32 / left.len().max(right.len()).max(1) as f32;
    if share < FRAME || content.count() < FRAME_CONTENT {
        return None;
    }
    gaps(&matched, left.len(), right.len()).find_map(|(a, b)| {
        let before = (0..a.start).rev().find(|&at| left[at].tag != Tag::Det);
        let before = before.map(|at| left[at].span);
        // "Over Easter", "last week": whether these are one time nobody can tell.
        let times = [(docs[0], &left[a.clone()]), (docs[1], &right[b.clone()])];
        let [timed, other_timed] = times.map(|(doc, words)| {
            hull(words).is_some_and(|span| {
                let from = doc
                    .dates
                    .partition_point(|date| date.span.end() <= span.start());
                doc.dates
                    .get(from)
                    .is_some_and(|date| date.span.overlaps(span))
            })
        });
        let lead = [&left[..a.start], &right[..b.start]];
        let alone = own(lead[0], &right).is_empty() && own(lead[1], &left).is_empty();
        let (a, b) = (own(&left[a], &right), own(&right[b], &left));
        let (one_span, other_span) = (hull(&a)?, hull(&b)?);
        // Who is named here and described there may be one person.
        let persons = [(docs[0], one_span), (docs[1], other_span)]
            .map(|(doc, span)| names_at(doc, span).any(|name| name.kind == NameKind::Person));
        if persons[0] != persons[1] {
            return None;
        }
        let differ = timed != other_timed
            || match reader {
                Some(reader) => {
                    let passage = |said: &Said, span| reader.passage(said.article, &[span]);
                    let (x, y) = (passage(one, one_span), passage(other, other_span));
                    alike(&x, &y, &mut Vec::new()) < ONE_THING
                }
                None => {
                    let noun = |token: &&Token| matches!(token.tag, Tag::Noun | Tag::Propn);
                    a.iter().any(noun) && b.iter().any(noun)
                }
            };
        differ.then_some(Slot {
            words: [one_span, other_span],
            before,
            alone,
        })
    })
}

/// The names that touch a stretch.
fn names_at(doc: &Document, span: Span) -> impl Iterator<Item = &Name> {
    let from = doc
        .names
        .partition_point(|name| name.span.end() <= span.start());
    doc.names[from..]
        .iter()
        .take_while(move |name| name.span.start() < span.end())
}

fn words<'d>(docs: &[&'d Document], said: &Said) -> Vec<&'d Token> {
    let doc = docs[said.article];
    doc.tokens[doc.tokens_in(said.span)]
        .iter()
        .filter(|token| token.class != TokenClass::Mark)
        .collect()
}

fn is_content(token: &Token) -> bool {
    !token.stop && token.tag != Tag::Aux
}

/// The content words of a stretch that stand nowhere in the other statement.
fn own<'d>(stretch: &[&'d Token], other: &[&Token]) -> Vec<&'d Token> {
    stretch
        .iter()
        .copied()
        .filter(|token| is_content(token) && !other.iter().any(|o| o.stem == token.stem))
        .collect()
}

fn hull(tokens: &[&Token]) -> Option<Span> {
    tokens.iter().map(|token| token.span).reduce(Span::hull)
}

/// The longest common subsequence of stems, as pairs of places.
fn lined_up(a: &[&Token], b: &[&Token]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut table = vec![0u8; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i * width + j] = if a[i].stem == b[j].stem {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i].stem == b[j].stem {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The stretches of both that stand in one place: between two words that are lined up.
fn gaps(
    matched: &[(usize, usize)],
    left: usize,
    right: usize,
) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
    let ends = matched.iter().copied().chain([(left, right)]);
    let starts = std::iter::once((0, 0)).chain(matched.iter().map(|&(i, j)| (i + 1, j + 1)));
    starts
        .zip(ends)
        .map(|((i, j), (to_i, to_j))| (i..to_i, j..to_j))
        .filter(|(a, b)| !a.is_empty() && !b.is_empty())
}

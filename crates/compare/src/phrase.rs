//! In: some words of a statement. Out: the same as a reader would mark them: to a word that says something, on to
//! the edge of their clause where that is near, and never without the "not" before them.

use std::ops::Range;

use model::{Document, Span, TokenClass};

/// Words that the edge of a clause may be away.
const NEAR: usize = 3;
/// Marks that end a clause.
const EDGES: [char; 12] = ['.', ',', ';', ':', '–', '—', '(', ')', '[', ']', '!', '?'];

/// The tokens of a statement that `words` are when none is cut off from its phrase; `None` where they say nothing.
pub(crate) fn whole(doc: &Document, statement: Span, words: Span) -> Option<Range<usize>> {
    let all = doc.tokens_in(statement);
    let tokens = doc.tokens_in(words);
    let is_mark = |at: &usize| doc.tokens[*at].class == TokenClass::Mark;
    let first = tokens.clone().find(|at| !is_mark(at))?;
    let last = tokens
        .rev()
        .find(|at| !is_mark(at) && !doc.tokens[*at].stop)?;
    let ends = |at: &usize| is_mark(at) && doc.get(doc.tokens[*at].span).contains(EDGES);
    // From the words outwards, as far as their clause goes.
    let before: Vec<usize> = (all.start..first)
        .rev()
        .take_while(|at| !ends(at))
        .collect();
    let behind: Vec<usize> = (last + 1..all.end).take_while(|at| !ends(at)).collect();
    let edge = |clause: &[usize]| {
        let mut words = clause.iter().copied().filter(|at| !is_mark(at));
        let far = words.clone().count() > NEAR;
        words.next_back().filter(|_| !far)
    };
    let turns = doc.turns_in(statement);
    let denies = |at: &usize| turns.iter().any(|turn| turn.overlaps(doc.tokens[*at].span));
    let denied = before.iter().copied().rfind(denies);
    let start = edge(&before).or(denied).unwrap_or(first);
    let end = edge(&behind).unwrap_or(last);
    (start <= end).then_some(start..end + 1)
}

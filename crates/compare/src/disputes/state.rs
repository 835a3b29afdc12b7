//! States at an event: "the belt had stopped when the bolt sheared" against "the belt was still
//! running when the bolt sheared". In: statements that set a state of rest or of motion in time
//! against an event. Out: disputes of order where articles give opposite states for one event. Only
//! words that tie the two in time count, not the order in which an article tells them.

use std::ops::Range;

use crate::lexicon::{is_one_of, lexicon};
use model::{Document, Mention, Tag};

use super::phrase::Phrase;
use super::{Found, FoundSide, Ground};

/// Content words beside the word of time that name the event.
const REACH: usize = 6;

/// A state that a statement gives at an event.
struct State {
    said: u32,
    /// State and event in their words.
    mention: Mention,
    rest: bool,
    event: Phrase,
    verbs: Vec<u64>,
}

pub(super) fn find(ground: &Ground<'_>) -> Vec<Found> {
    let states: Vec<State> = (0..ground.terms.said.len() as u32)
        .filter_map(|said| state(ground, said))
        .collect();
    let article = |state: &State| ground.terms.said[state.said as usize].article;
    let mut sides: [Vec<&State>; 2] = [Vec::new(), Vec::new()];
    for rest in states.iter().filter(|state| state.rest) {
        for motion in states.iter().filter(|state| !state.rest) {
            if article(rest) != article(motion) && one_event(rest, motion) {
                sides[0].push(rest);
                sides[1].push(motion);
            }
        }
    }
    for side in &mut sides {
        side.sort_by_key(|state| state.said);
        side.dedup_by_key(|state| state.said);
    }
    let [Some(rest), Some(motion)] = [sides[0].first(), sides[1].first()] else {
        return Vec::new();
    };
    let side = |states: &[&State]| FoundSide {
        mentions: states.iter().map(|state| state.mention).collect(),
        held_by: states
            .iter()
            .filter_map(|state| ground.holder(state.said))
            .collect(),
    };
    vec![Found {
        kind: model::DisputeKind::Order,
        question: vec![rest.mention, motion.mention],
        sides: vec![side(&sides[0]), side(&sides[1])],
    }]
}

/// Whether two events are one: what happens and to what, or one of them where it is all there is.
fn one_event(a: &State, b: &State) -> bool {
    let shared = a.event.shared(&b.event).len();
    let verbs = a.verbs.iter().any(|verb| b.verbs.contains(verb));
    shared >= 2 || shared == 1 && (verbs || a.event.stems.len().min(b.event.stems.len()) <= 2)
}

/// Reads the state that a sentence sets against an event. The clauses of one sentence are read
/// together: the word of time is often where it was cut.
fn state(ground: &Ground<'_>, said: u32) -> Option<State> {
    let one = &ground.terms.said[said as usize];
    let doc = ground.doc(said);
    let sentence = doc.sentences.get(one.sentence as usize)?;
    let all = sentence.tokens.start as usize..(sentence.tokens.end as usize).min(doc.tokens.len());
    let own = doc.tokens_in(one.span);
    if !ground.asserts(said) || all.is_empty() {
        return None;
    }
    let time = all
        .clone()
        .find(|&at| is_one_of(doc, &doc.tokens[at], &lexicon(doc).when) && at > all.start)?;
    let left = clause(doc, time, all.start, true);
    let right = clause(doc, time, all.end, false);
    let word = doc.get(doc.tokens[time].span);
    // "B only after A": what comes after the word was first.
    let (earlier, later) =
        if word.eq_ignore_ascii_case("after") || word.eq_ignore_ascii_case("once") {
            (right, left)
        } else {
            (left, right)
        };
    let holds = |words: &[&str]| {
        earlier
            .clone()
            .any(|at| is_one_of(doc, &doc.tokens[at], words))
    };
    let words = lexicon(doc);
    let (rest, motion) = (holds(&words.at_rest), holds(&words.in_motion));
    // The statement that has the state carries it; what is shown is the state and the event.
    let carries = own.start < earlier.end && own.end > earlier.start;
    if rest == motion || !carries {
        return None;
    }
    let shown = doc.tokens.get(earlier.start.min(later.start))?.span;
    let last = earlier.end.max(later.end).checked_sub(1)?;
    let shown = shown.hull(doc.tokens.get(last)?.span);
    let negated = earlier
        .clone()
        .any(|at| crate::lexicon::is_negation(doc, &doc.tokens[at]));
    let verbs = later
        .clone()
        .filter(|&at| doc.tokens[at].tag == Tag::Verb)
        .map(|at| doc.tokens[at].stem)
        .collect();
    let event = Phrase::of(doc, ground.terms, later);
    let mention = Mention {
        article: one.article,
        span: shown,
    };
    (!negated && !event.stems.is_empty()).then_some(State {
        said,
        mention,
        rest,
        event,
        verbs,
    })
}

/// The words of a clause beside a word of time, up to a mark or [`REACH`] words with content.
fn clause(doc: &Document, time: usize, end: usize, back: bool) -> Range<usize> {
    let mark = |at: &usize| is_one_of(doc, &doc.tokens[*at], &[",", ";", ".", "“", "”", "\"", ":"]);
    let reach = REACH * 2;
    if back {
        let from = time.saturating_sub(reach).max(end);
        let from = (from..time).rev().find(mark).map_or(from, |at| at + 1);
        from..time
    } else {
        let to = end.min(time + 1 + reach);
        let to = (time + 1..to).find(mark).unwrap_or(to);
        time + 1..to
    }
}

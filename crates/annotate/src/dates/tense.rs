//! In: a sentence and a place in it. Out: whether the verb nearest to the place tells of what is
//! over or of what is to come; nothing where no verb says so.

use std::ops::Range;

use model::{Document, TokenClass};

use crate::language::{KeySet, words};
use crate::tokens::key;

/// Where a sentence's verb sets a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Over.
    Past,
    /// To come.
    Future,
}

/// Forms of verbs that tell a tense.
#[derive(Debug)]
pub(super) struct Tenses {
    past: KeySet,
    future: KeySet,
    plan: KeySet,
    ahead: KeySet,
    to: u64,
    be: u64,
    been: u64,
    had: u64,
    inside: u64,
}

/// Words looked at on each side of a date. A longer sentence has a verb within these.
const REACH: usize = 24;

/// Words within which `scheduled`, `until` reach the date behind them.
const AHEAD: usize = 8;

impl Tenses {
    /// Reads `sort: words` lines.
    pub(super) fn new(list: &str) -> Self {
        let sort = |name: &str| -> KeySet {
            list.lines()
                .filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                .flat_map(words)
                .map(key)
                .collect()
        };
        Self {
            past: sort("past"),
            future: sort("future"),
            plan: sort("plan"),
            ahead: sort("ahead"),
            to: key("to"),
            be: key("be"),
            been: key("been"),
            had: key("had"),
            inside: key("in"),
        }
    }

    /// The tense at token `at` of the sentence `tokens`: of the nearest verb before it, else of
    /// the first one behind it.
    pub(super) fn at(&self, doc: &Document, tokens: Range<usize>, at: usize) -> Option<Tense> {
        let first = tokens.start.max(at.saturating_sub(REACH));
        for index in (first..at).rev() {
            if self.ahead.contains(doc.tokens[index].key)
                && at - index <= AHEAD
                && !self.over(doc, first, index, at)
            {
                return Some(Tense::Future);
            }
            if let Some(tense) = self.of(doc, tokens.start, index) {
                return Some(tense);
            }
        }
        let end = tokens.end.min(at + REACH).min(doc.tokens.len());
        (at..end).find_map(|index| self.of(doc, tokens.start, index))
    }

    /// "had been planned in August": the planning itself, over before the rest.
    fn over(&self, doc: &Document, first: usize, index: usize, at: usize) -> bool {
        index >= first + 2
            && doc.tokens[index - 1].key == self.been
            && doc.tokens[index - 2].key == self.had
            && at == index + 2
            && doc.tokens[index + 1].key == self.inside
    }

    /// The tense that one word tells.
    fn of(&self, doc: &Document, start: usize, index: usize) -> Option<Tense> {
        let token = doc.tokens[index];
        if token.class != TokenClass::Word {
            return None;
        }
        let before = |back: usize| {
            index
                .checked_sub(back)
                .filter(|&i| i >= start)
                .map_or(0, |i| doc.tokens[i].key)
        };
        if self.future.contains(token.key) {
            return Some(Tense::Future);
        }
        // `plans to meet`, `due to be signed`.
        if token.key == self.to {
            return (1..=4)
                .any(|back| self.plan.contains(before(back)))
                .then_some(Tense::Future);
        }
        // `ordered flags to be flown`
        if token.key == self.be && before(1) == self.to {
            return Some(Tense::Future);
        }
        let text = doc.get(token.span);
        let ends = text.len() > 4 && text.ends_with("ed") && text.starts_with(char::is_lowercase);
        if !(ends || self.past.contains(token.key)) {
            return None;
        }
        // `will be held`, `to be held`, `will have ended`.
        if (1..=3).any(|back| self.future.contains(before(back))) {
            return Some(Tense::Future);
        }
        Some(Tense::Past)
    }
}

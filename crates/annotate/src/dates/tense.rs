//! In: a sentence and a place in it. Out: whether the verb nearest to the place tells of what is
//! over or of what is to come; nothing where no verb says so.

use std::ops::Range;

use model::{Document, Tag, TokenClass};

use crate::keys::key;
use crate::language::{KeySet, words};

/// Where a sentence's verb sets a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Over.
    Past,
    /// No verb but of the present.
    Present,
    /// To come.
    Future,
}

/// Forms of verbs that tell a tense. What each set holds is said in `data/en/tense.txt`.
#[derive(Debug)]
pub(super) struct Tenses {
    past: KeySet,
    future: KeySet,
    modal: KeySet,
    perceived: KeySet,
    plan: KeySet,
    owed: KeySet,
    ahead: KeySet,
    limit: KeySet,
    timetable: KeySet,
    moves: KeySet,
    present: KeySet,
    supports: KeySet,
    before: KeySet,
    compared: KeySet,
    not: KeySet,
    reports: KeySet,
    to: u64,
    be: u64,
    been: u64,
    had: u64,
    have: u64,
    could: u64,
    inside: u64,
    on: u64,
    of: u64,
    since: u64,
    until: u64,
    purpose: u64,
}

/// Words looked at on each side of a date. A longer sentence has a verb within these.
const REACH: usize = 24;

/// Words within which `scheduled`, `ahead of` reach the date behind them.
const AHEAD: usize = 8;

/// Words within which `by` and `until` do: `by the end of May`, `by early Monday`. Further away a
/// `by` names who did it.
const LIMIT: usize = 4;

/// Words within which `is meeting` and `polls open` set a time: with more between them they tell of
/// something else.
const DOING: usize = 4;

/// Words within which a modal reaches its verb: `will not have been held`.
const MODAL: usize = 4;

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
            modal: sort("modal"),
            perceived: sort("perceived"),
            plan: sort("plan"),
            owed: sort("owed"),
            ahead: sort("ahead"),
            limit: sort("limit"),
            timetable: sort("timetable"),
            moves: sort("moves"),
            present: sort("present"),
            supports: sort("supports"),
            before: sort("before"),
            compared: sort("compared"),
            not: sort("not"),
            reports: sort("reports"),
            to: key("to"),
            be: key("be"),
            been: key("been"),
            had: key("had"),
            have: key("have"),
            could: key("could"),
            inside: key("in"),
            on: key("on"),
            of: key("of"),
            since: key("since"),
            until: key("until"),
            purpose: key("for"),
        }
    }

    /// The tense at token `at` of the sentence `tokens`: of the nearest verb before it, else of
    /// the first one behind it. `day` says that a day is named there, and not a longer time.
    pub(super) fn at(
        &self,
        doc: &Document,
        tokens: Range<usize>,
        at: usize,
        day: bool,
    ) -> Option<Tense> {
        let first = tokens.start.max(at.saturating_sub(REACH));
        let text = Verbs {
            doc,
            start: tokens.start,
        };
        if day && let Some(tense) = self.beside(text, at) {
            return Some(tense);
        }
        let mut present = false;
        let mut read = |index| match self.of(text, index, at) {
            Some(Tense::Present) => {
                present = true;
                None
            }
            tense => tense,
        };
        for index in (first..at).rev() {
            if self.announces(text, first, index, at) {
                return Some(Tense::Future);
            }
            if let Some(tense) = read(index) {
                return Some(tense);
            }
        }
        let end = tokens.end.min(at + REACH).min(doc.tokens.len());
        let behind = (at..end).find_map(read);
        behind.or_else(|| present.then_some(Tense::Present))
    }

    /// Whether who gives news stands right before token `at`: `announced early Saturday`.
    pub(super) fn reported(&self, doc: &Document, start: usize, at: usize) -> bool {
        let text = Verbs { doc, start };
        let back = 1 + usize::from(text.key(at, 1) == self.on);
        self.reports.contains(text.key(at, back))
    }

    /// What the words right before a day tell: `is on Friday`, `called a strike for Friday`,
    /// `since Monday`.
    fn beside(&self, text: Verbs, at: usize) -> Option<Tense> {
        let next = text.key(at, 1);
        if next == self.since {
            return Some(Tense::Past);
        }
        if next == self.purpose && !text.owned(at) {
            return Some(Tense::Future);
        }
        let back = 1 + usize::from(next == self.on);
        let verb = text.key(at, back);
        // `The vote is on Friday`; `Mills are closed on Friday`.
        let is = self.present.contains(verb);
        let state =
            self.present.contains(text.key(at, back + 1)) && self.participle(text, at, back);
        (is || state).then_some(Tense::Future)
    }

    /// Whether the token `back` before `at` is a participle: a form of what is over.
    fn participle(&self, text: Verbs, at: usize, back: usize) -> bool {
        at.checked_sub(back)
            .is_some_and(|index| index >= text.start && self.is_past(text, index))
    }

    /// Whether a word makes what is named behind it a matter to come.
    fn announces(&self, text: Verbs, first: usize, index: usize, at: usize) -> bool {
        let word = text.doc.tokens[index].key;
        let away = at - index;
        let behind = text.doc.tokens.get(index + 1).map_or(0, |token| token.key);
        self.limit.contains(word) && away <= LIMIT && self.limits(text, index, at)
            || self.before.contains(word) && behind == self.of && away <= AHEAD
            || self.ahead.contains(word)
                && away <= AHEAD
                && !self.over(text.doc, first, index, at)
                // `fell more than expected on Monday`
                && !self.compared.contains(text.key(index, 1))
    }

    /// Whether nothing but small words stands between `by` and the time: `by Ada Marsh on Monday`
    /// names who did it.
    fn limits(&self, text: Verbs, index: usize, at: usize) -> bool {
        text.doc.tokens[index].key == self.until
            || text.doc.tokens[index + 1..at]
                .iter()
                .all(|token| text.doc.get(token.span).starts_with(char::is_lowercase))
    }

    /// "had been planned in August": the planning itself, over before the rest.
    fn over(&self, doc: &Document, first: usize, index: usize, at: usize) -> bool {
        index >= first + 2
            && doc.tokens[index - 1].key == self.been
            && doc.tokens[index - 2].key == self.had
            && at == index + 2
            && doc.tokens[index + 1].key == self.inside
    }

    /// The tense that one word tells of the time at token `at`.
    fn of(&self, text: Verbs, index: usize, at: usize) -> Option<Tense> {
        let token = text.doc.tokens[index];
        if token.class != TokenClass::Word {
            return None;
        }
        let before = |back: usize| text.key(index, back);
        if self.future.contains(token.key) {
            return Some(Tense::Future);
        }
        if self.modal.contains(token.key) {
            return self.of_modal(text, index);
        }
        if token.key == self.to {
            // `plans to meet`, `due to be signed`; `was to meet`, `has to appear`.
            let planned = (1..=4).any(|back| self.plan.contains(before(back)));
            return (planned || self.owed.contains(before(1))).then_some(Tense::Future);
        }
        // `ordered flags to be flown`
        if token.key == self.be && before(1) == self.to {
            return Some(Tense::Future);
        }
        let near = index < at && at - index <= 2;
        // `On Friday the board meets`; not `Friday's raid closes a bloody week`.
        let opened = index > at && text.key(at, 1) == self.on && !text.owned(at);
        let finite = || {
            let helped = (1..=MODAL).any(|back| {
                let word = before(back);
                self.supports.contains(word)
                    || self.modal.contains(word)
                    || self.future.contains(word)
            });
            self.verb(text, index, at) && before(1) != self.to && !helped
        };
        let timetable = self.timetable.contains(token.key);
        if timetable || self.moves.contains(token.key) {
            let doing = text.doc.get(token.span).ends_with("ing");
            // `is meeting the owners on Friday`
            let runs = if doing {
                index < at
                    && at - index <= DOING
                    && (1..=2).any(|back| self.present.contains(before(back)))
            } else {
                (opened || near || timetable && index < at) && finite()
            };
            if runs {
                return Some(Tense::Future);
            }
        }
        if self.present.contains(token.key) {
            return Some(Tense::Present);
        }
        // `to cut`, `to set`: no past.
        if !self.is_past(text, index) || before(1) == self.to {
            return None;
        }
        // `will be held`, `to be held`, `could have ended`.
        if let Some(tense) = (1..=MODAL).find_map(|back| {
            let word = before(back);
            match self.future.contains(word) {
                true => Some(Tense::Future),
                false if self.modal.contains(word) => self.of_modal(text, index - back),
                false => None,
            }
        }) {
            return Some(tense);
        }
        // `is shut`, `are expected`: a state, and no report of what was done.
        if self.present.contains(before(1)) && token.key != self.been {
            return Some(Tense::Present);
        }
        Some(Tense::Past)
    }

    /// Whether a form of the present is a verb. Behind a noun one in -s is, whatever the tagger says:
    /// `the council votes`; so is a bare one behind a plural and near the time: `polls open Sunday`.
    fn verb(&self, text: Verbs, index: usize, at: usize) -> bool {
        let word = |at: usize| text.doc.get(text.doc.tokens[at].span);
        let Some(before) = index.checked_sub(1).filter(|&at| at >= text.start) else {
            return false;
        };
        let noun = matches!(
            text.doc.tokens[before].tag,
            Tag::Noun | Tag::Propn | Tag::Adj
        );
        let singular = word(index).ends_with('s') && !text.owned(index);
        let plural = word(before).ends_with('s') && index < at && at - index <= DOING;
        text.doc.tokens[index].tag == Tag::Verb || noun && (singular || plural)
    }

    /// Whether a word is a form of a verb that tells of what is over.
    fn is_past(&self, text: Verbs, index: usize) -> bool {
        let token = text.doc.tokens[index];
        let word = text.doc.get(token.span);
        let ends = word.len() > 4
            && word.ends_with("ed")
            && word.starts_with(char::is_lowercase)
            && (!word.ends_with("eed") || word.ends_with("greed"));
        ends || self.past.contains(token.key)
    }

    /// The tense of a modal verb and the words behind it: `could return`, `could have returned`,
    /// `could not be reached`, `may` the month.
    fn of_modal(&self, text: Verbs, index: usize) -> Option<Tense> {
        let token = text.doc.tokens[index];
        if !text.doc.get(token.span).starts_with(char::is_lowercase) && index > text.start {
            return None;
        }
        let behind = |on: usize| text.doc.tokens.get(index + on).map_or(0, |token| token.key);
        let not = self.not.contains(behind(1));
        let verb = 1 + usize::from(not);
        let done = (verb..verb + 2).any(|on| behind(on) == self.have);
        let seen = (verb..=MODAL).any(|on| self.perceived.contains(behind(on)));
        let able = token.key == self.could && (not || seen);
        Some(if done || able {
            Tense::Past
        } else {
            Tense::Future
        })
    }
}

/// The words of a sentence.
#[derive(Clone, Copy)]
struct Verbs<'a> {
    doc: &'a Document,
    /// Its first token.
    start: usize,
}

impl Verbs<'_> {
    /// The key of the token so many before `index`; 0 before the sentence.
    fn key(&self, index: usize, back: usize) -> u64 {
        index
            .checked_sub(back)
            .filter(|&at| at >= self.start)
            .map_or(0, |at| self.doc.tokens[at].key)
    }

    /// Whether a genitive's ending stands behind token `at`.
    fn owned(&self, at: usize) -> bool {
        self.doc
            .tokens
            .get(at + 1)
            .is_some_and(|token| matches!(self.doc.get(token.span), "'s" | "’s" | "'" | "’"))
    }
}

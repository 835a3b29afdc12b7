//! What one statement is to another: whether both state one claim, whether they speak of one matter, in what they
//! are contrary, and how much of the one the other tells, which is not the same the other way round: who tells that
//! a rope broke does not tell that it was recovered, though whoever tells that it was recovered tells that it broke.
//!
//! In: scored pairs and what disputes set against each other. Out: one answer to all that ask: groups, verdicts,
//! disputes, tables of figures. Two statements that were never put beside each other are [`Relation::NONE`].

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use encoder::{MATCHES, Passage, greatest};
use model::{Document, Mention, Span, TokenClass};

use crate::contrary::{self, Contrary};
use crate::decided::Decisions;
use crate::passages::{ALL, PLAIN, Passages, Reader};
use crate::phrase;
use crate::shared::shared_terms;
use crate::slots::{self, Slot};
use crate::terms::{Said, Terms};

/// The chance of one matter from which what differs in two statements can be a dispute.
const ONE_MATTER: f32 = 0.35;
/// The chance of one claim from which who states the one is on the side of who states the other, and from which two
/// days are days of one thing.
const ONE_CLAIM: f32 = 0.6;
/// The chance of one claim from which one is listed as stating the other.
const FIRM: f32 = 0.7;
/// The chance of one matter below which an article lacks what a claim says: low, because "absent" is an accusation.
const NEAR: f32 = 0.12;

/// What one statement is to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Relation {
    /// The chance that both state one claim, 0 to 1; 0 where they are contrary in what parts claims.
    pub same: f32,
    /// The chance that both speak of one matter: the same, were it not for what they are contrary in.
    pub matter: f32,
    /// In what they cannot both be true, if they speak of one matter.
    pub contrary: Option<Contrary>,
}

impl Relation {
    /// That of two statements that have nothing to do with each other.
    pub(crate) const NONE: Self = Self {
        same: 0.0,
        matter: 0.0,
        contrary: None,
    };

    /// Whether they speak of one matter, surely enough for what differs to be a dispute.
    pub(crate) fn is_one_matter(&self) -> bool {
        self.matter >= ONE_MATTER
    }

    /// Whether they speak of one matter, perhaps.
    pub(crate) fn is_near(&self) -> bool {
        self.matter >= NEAR
    }

    /// Whether they state one claim even with what differs in them.
    pub(crate) fn is_likely(&self) -> bool {
        self.same >= ONE_MATTER
    }

    /// Whether they state one claim.
    pub(crate) fn is_one_claim(&self) -> bool {
        self.same >= ONE_CLAIM
    }

    /// Whether they state one claim so surely that who says the one is listed as stating the other.
    pub(crate) fn is_firm(&self) -> bool {
        self.same >= FIRM
    }
}

/// Two statements that may have to do with each other, `a` before `b` in `Terms.said`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// Index into `Terms.said`.
    pub a: u32,
    /// Index into `Terms.said`.
    pub b: u32,
    /// What they are to each other.
    pub relation: Relation,
}

/// What two statements are that people put together: nothing speaks against it.
const TOGETHER: Relation = Relation {
    same: 1.0,
    matter: 1.0,
    contrary: None,
};

/// Puts what people decided in the place of what was scored; pairs stay in order.
pub(crate) fn settle(decisions: &Decisions, pairs: &mut Vec<Pair>) {
    if decisions.is_empty() {
        return;
    }
    pairs.retain(|pair| decisions.on(pair.a, pair.b).is_none());
    pairs.extend(decisions.together().map(|(a, b)| Pair {
        a,
        b,
        relation: TOGETHER,
    }));
    pairs.sort_by_key(|pair| (pair.a, pair.b));
}

/// Part of a statement that another must tell: by the encoder of all its words, and of its content words outside
/// names; or by words alone, which tell less of each other.
pub(crate) struct Part {
    all: f32,
    plain: f32,
    by_words: f32,
}

/// To confirm it: a mayor who read out the names of the dead does not confirm what the mayor said of three
/// children.
pub(crate) const CONFIRMS: Part = Part {
    all: 0.55,
    plain: 0.5,
    by_words: 0.25,
};
/// To be listed as stating it.
pub(crate) const STATES: Part = Part {
    all: 0.5,
    plain: 0.45,
    by_words: 0.25,
};

impl Part {
    /// So much of it, as the user wants.
    pub(crate) fn of(part: f32) -> Self {
        Self {
            all: part,
            plain: part * CONFIRMS.plain / CONFIRMS.all,
            by_words: part,
        }
    }
}

/// What the statements of a story are to each other: by the encoder where it was run, else by words.
pub(crate) struct Relations<'a> {
    /// The articles.
    pub(crate) docs: &'a [&'a Document],
    /// The statements.
    pub(crate) terms: &'a Terms,
    passages: Option<&'a Passages>,
    reader: Option<&'a Reader<'a>>,
    room: RefCell<Vec<i32>>,
    pairs: Vec<Pair>,
    /// For each statement, where its pairs stand: by the other's place.
    of: Vec<Vec<u32>>,
    /// For statements that stand in disputes: in which, and on which side.
    sides: HashMap<u32, Vec<(u32, u32)>>,
    /// What people decided, which goes before everything else.
    decisions: Decisions,
}

impl<'a> Relations<'a> {
    pub(crate) fn new(
        docs: &'a [&'a Document],
        terms: &'a Terms,
        passages: Option<&'a Passages>,
        reader: Option<&'a Reader<'a>>,
        pairs: Vec<Pair>,
    ) -> Self {
        let mut of = vec![Vec::new(); terms.said.len()];
        // Pairs come by their first, so what stands before a statement comes before what does not.
        for (at, pair) in (0u32..).zip(&pairs) {
            of[pair.a as usize].push(at);
            of[pair.b as usize].push(at);
        }
        Self {
            docs,
            terms,
            passages,
            reader,
            room: RefCell::default(),
            pairs,
            of,
            sides: HashMap::new(),
            decisions: Decisions::default(),
        }
    }

    /// Takes in what people decided.
    pub(crate) fn hold_to(&mut self, decisions: Decisions) {
        self.decisions = decisions;
    }

    /// All pairs that have to do with each other, by `(a, b)`.
    pub(crate) fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// What has to do with a statement, in order of place.
    pub(crate) fn near(&self, said: u32) -> impl Iterator<Item = (u32, &Relation)> {
        let of = self.of.get(said as usize).map_or(&[][..], Vec::as_slice);
        of.iter().map(move |&at| {
            let pair = &self.pairs[at as usize];
            let other = if pair.a == said { pair.b } else { pair.a };
            (other, &pair.relation)
        })
    }

    /// What two statements are to each other.
    pub(crate) fn between(&self, one: u32, other: u32) -> &Relation {
        let place = (one.min(other), one.max(other));
        let found = self
            .pairs
            .binary_search_by_key(&place, |pair| (pair.a, pair.b));
        found.map_or(&Relation::NONE, |at| &self.pairs[at].relation)
    }

    /// Takes in which statements disputes set against each other: a statement, the dispute, the side.
    pub(crate) fn oppose(&mut self, sides: Vec<(u32, u32, u32)>) {
        for (said, dispute, side) in sides {
            self.sides.entry(said).or_default().push((dispute, side));
        }
    }

    fn opposed(&self, one: u32, other: u32) -> bool {
        let sides = |said: u32| self.sides.get(&said).map_or(&[][..], |sides| sides);
        let mut of_one = sides(one).iter();
        of_one.any(|(dispute, side)| {
            let mut of_other = sides(other).iter();
            of_other.any(|(same, its)| same == dispute && its != side)
        })
    }

    /// Whether two statements cannot be one: a dispute sets them against each other, what they pin down is contrary,
    /// or they say the same of two things.
    pub(crate) fn contrary(&self, one: u32, other: u32) -> bool {
        if let Some(together) = self.decisions.on(one, other) {
            return !together;
        }
        if self.opposed(one, other) {
            return true;
        }
        let against = self.terms.against(one, other);
        // Words alone match too roughly to tell what stands beside them.
        let beside = |of| of == contrary::Of::Denial && self.passages.is_some();
        let against = against.filter(|found| !(beside(found.of) && self.denies_beside(one, other)));
        against.is_some() || self.slot(one, other).is_some()
    }

    /// Whether a denial of one of two statements is of what it says beside the words that the other has too: who
    /// "would not make demands but look for common ground" says that he would look for common ground. What the first
    /// says must all be in these words, turned round as often in both.
    fn denies_beside(&self, one: u32, other: u32) -> bool {
        let turns = |said: u32, with: u32| {
            let one = &self.terms.said[said as usize];
            let doc = self.docs[one.article];
            let inside = doc.turns_in(self.carried(said, with)?).len();
            Some((inside, doc.turns_in(one.span).len() - inside))
        };
        match (turns(one, other), turns(other, one)) {
            // The words that deny are known of the one that is read as a denial.
            (Some((mine, 0)), Some((theirs, beside))) => {
                mine % 2 == theirs % 2 && mine + beside > 0
            }
            _ => false,
        }
    }

    /// Whether two statements are compared in a space in which like passages are found and not judged: one of
    /// them is in a language that the encoder that ships was not made for.
    pub(crate) fn across(&self, one: u32, other: u32) -> bool {
        self.passages
            .is_some_and(|read| read.across(one, other).is_some())
    }

    /// The first place in which two statements that are else the same have different things.
    pub(crate) fn slot(&self, one: u32, other: u32) -> Option<Slot> {
        let said = |said: u32| &self.terms.said[said as usize];
        let reader = self.reader.filter(|_| !self.across(one, other));
        slots::find(self.docs, reader, said(one), said(other))
    }

    /// Some words of an article as the encoder read them; `None` where it was not run.
    pub(crate) fn meant(&self, words: Mention) -> Option<Passage> {
        let reader = self.reader?;
        Some(reader.passage(words.article, &[words.span]))
    }

    /// How much of some words a statement says, in all and outside names.
    pub(crate) fn said_of(&self, words: &Passage, said: u32) -> Option<(f32, f32)> {
        let statement = self.statement(said)?;
        let told = words.said_in(statement, &mut self.room.borrow_mut());
        Some((told[ALL].0, told[PLAIN].0))
    }

    /// How much two passages say of each other, in all and outside names: the lesser way.
    pub(crate) fn alike(&self, one: &Passage, other: &Passage) -> (f32, f32) {
        let said = one.said_in(other, &mut self.room.borrow_mut());
        let lesser = |view: usize| said[view].0.min(said[view].1);
        (lesser(ALL), lesser(PLAIN))
    }

    /// The same of two statements, in the space in which they are compared; `None` where no encoder was run.
    pub(crate) fn alike_statements(&self, one: u32, other: u32) -> Option<(f32, f32)> {
        let space = self.passages?.space_of(one, other);
        let read = |said: u32| space.statements.get(said as usize);
        Some(self.alike(read(one)?, read(other)?))
    }

    /// A statement as the encoder read it; `None` where it was not run.
    fn statement(&self, said: u32) -> Option<&Passage> {
        self.passages?.statements.get(said as usize)
    }

    /// The story's sentences that have statements, as the encoder read them.
    pub(crate) fn sentences(&self) -> Option<&[Passage]> {
        self.passages.map(|read| &read.sentences[..])
    }

    /// The sentence of a statement, an index into [`Self::sentences`].
    pub(crate) fn sentence_of(&self, said: u32) -> Option<usize> {
        let place = self.passages?.sentence_of.get(said as usize)?;
        Some(*place as usize)
    }

    /// The pieces that some words of a statement are in its sentence.
    pub(crate) fn pieces(&self, said: &Said, words: Span) -> Option<Range<usize>> {
        self.reader?.pieces(said.article, said.sentence, words)
    }

    /// The words of a statement that match another best, whole words from the first to the last: what it says of the
    /// claim that both state. `None` where nothing matches, or what matches was only found.
    pub(crate) fn carried(&self, one: u32, other: u32) -> Option<Span> {
        let said = self.terms.said.get(one as usize)?;
        let doc = self.docs.get(said.article.at())?;
        let words = match self.passages {
            Some(_) if self.across(one, other) => None,
            Some(_) => {
                let (mine, theirs) = (self.statement(one)?, self.statement(other)?);
                let mut room = self.room.borrow_mut();
                let [pieces, _] = mine.meet(theirs, &mut room).stretch()?.pieces;
                self.reader?.words(said.article, said.span, pieces)
            }
            None => self.carried_by_words(one, other),
        }?;
        let words = phrase::whole(doc, said.span, words)?;
        let words = &doc.tokens[words];
        let (first, last) = (words.first()?.span, words.last()?.span);
        doc.article.text.span(first.start()..last.end()).ok()
    }

    /// The same where no encoder was run: by the words that both have.
    fn carried_by_words(&self, one: u32, other: u32) -> Option<Span> {
        let (said, with) = (
            &self.terms.said[one as usize],
            &self.terms.said[other as usize],
        );
        let doc = self.docs[said.article];
        let tokens = &doc.tokens[doc.tokens_in(said.span)];
        let gain = |at: usize| {
            let token = &tokens[at];
            let says = token.class != TokenClass::Mark && !token.stop;
            let matches = if with.sequence.contains(&token.stem) {
                1.0
            } else {
                0.0
            };
            f32::from(u8::from(says)) * self.terms.stem_weight(token.stem) * (matches - MATCHES)
        };
        let (run, _) = greatest(tokens.len(), gain)?;
        let (first, last) = (tokens.get(run.start)?, tokens.get(run.end - 1)?);
        let text = &doc.article.text;
        text.span(first.span.start()..last.span.end()).ok()
    }

    /// Whether who states `other` states so much of `one` as well.
    pub(crate) fn tells(&self, one: u32, other: u32, part: &Part) -> bool {
        if let Some(together) = self.decisions.on(one, other) {
            return together;
        }
        let across = self.across(one, other);
        let (one, other) = (one as usize, other as usize);
        match self.passages {
            // What is only found says nothing of the other.
            Some(_) if across => false,
            Some(read) => {
                let said = read.statements[one]
                    .said_in(&read.statements[other], &mut self.room.borrow_mut());
                said[ALL].0 >= part.all && said[PLAIN].0 >= part.plain
            }
            None => {
                let (a, b) = (&self.terms.said[one], &self.terms.said[other]);
                shared_terms(a, b).1 / a.mass.max(f32::MIN_POSITIVE) >= part.by_words
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decided_goes_before_what_was_scored() {
        let pair = |a, b, same| Pair {
            a,
            b,
            relation: Relation {
                same,
                ..Relation::NONE
            },
        };
        let mut pairs = vec![pair(0, 1, 0.9), pair(0, 2, 0.8)];
        let decisions = Decisions::of_pairs(&[((0, 1), false), ((1, 2), true)]);
        settle(&decisions, &mut pairs);
        let told: Vec<_> = pairs.iter().map(|p| (p.a, p.b, p.relation.same)).collect();
        assert_eq!(told, [(0, 2, 0.8), (1, 2, 1.0)]);
    }
}

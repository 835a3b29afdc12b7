//! In: two statements. Out: how much of the one the other tells, which is not the same the other way round:
//! who tells that a rope broke does not tell that it was recovered, though whoever tells that it was
//! recovered tells that it broke.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use encoder::Passage;
use model::{Document, Mention, Span};

use crate::digits;
use crate::pair::shared_terms;
use crate::passages::{ALL, PLAIN, Passages, Reader};
use crate::slots::{self, Slot};
use crate::terms::{Said, Terms};

/// Part of a statement that another must tell: by the encoder of all its words, and of its content words outside
/// names; or by words alone, which tell less of each other.
pub(crate) struct Part {
    all: f32,
    plain: f32,
    by_words: f32,
}

/// To confirm it. The comparison gold, whose readings are cut to the proposition, does not mind: claims of two
/// origins are called corroborated in .79 of cases at .4 to .55, and in .71 at .6; by words in .75 at 0 to
/// .25, and in .67 at .3. Of words outside names it does not mind up to .5 either (.71 at .55), where twenty stories of
/// giveme5w lose 23 of 177 corroborated claims: a mayor who read out the names of the dead does not confirm what
/// the mayor said of three children.
pub(crate) const CONFIRMS: Part = Part {
    all: 0.55,
    plain: 0.5,
    by_words: 0.25,
};
/// To be listed as stating it: of the passages listed .95 state it at 0, .96 at .5 and at .55; by words .95 at
/// 0 and .2, .97 at .25. Of words outside names .957 at .4, .963 at .45, .968 at .5, where passages go that do state
/// it in other words.
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

/// Tells how much of one statement another tells: by the encoder where it was run, else by words.
pub(crate) struct Told<'a> {
    /// The articles.
    pub(crate) docs: &'a [&'a Document],
    /// The statements.
    pub(crate) terms: &'a Terms,
    passages: Option<&'a Passages>,
    reader: Option<&'a Reader<'a>>,
    room: RefCell<Vec<i32>>,
    /// For statements that stand in disputes: in which, and on which side.
    sides: HashMap<u32, Vec<(u32, u32)>>,
}

impl<'a> Told<'a> {
    pub(crate) fn new(
        docs: &'a [&'a Document],
        terms: &'a Terms,
        passages: Option<&'a Passages>,
        reader: Option<&'a Reader<'a>>,
    ) -> Self {
        Self {
            docs,
            terms,
            passages,
            reader,
            room: RefCell::default(),
            sides: HashMap::new(),
        }
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
        if self.opposed(one, other) {
            return true;
        }
        self.terms.against(one, other).is_some() || self.slot(one, other).is_some()
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

    /// Whether who states `other` states so much of `one` as well.
    pub(crate) fn tells(&self, one: u32, other: u32, part: &Part) -> bool {
        let (one, other) = (one as usize, other as usize);
        match self.passages {
            // There the score alone tells: nothing else is known of both.
            Some(read) if read.across(one as u32, other as u32).is_some() => {
                digits::agree(self.docs, &self.terms.said[one], &self.terms.said[other])
            }
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

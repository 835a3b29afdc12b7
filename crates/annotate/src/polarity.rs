//! In: the tokens of a clause. Out: whether it says that its matter is not so, whether it only says
//! on what something hangs, whether it speaks of whether a thing is so, and how real its matter is.
//! A language's words for these stand in its `statements.txt`.
//!
//! What counts is the clause's own matter: the content of reported speech and not its report, the
//! main clause and not what tells of a person in it, or when and why. Two negations of one verb are
//! none ("did not deny"). A language without words for negation gets no answer.

mod scope;

use std::ops::{BitOr, BitOrAssign, Range};

use model::{Document, Form, Modality, Quotation, Span, Tag, Token, TokenClass};

use crate::language::{FOLDERS, folder_of, section_words};
use crate::nearby::quotes_near;
use crate::phrases::Phrases;
use scope::Scope;

/// A negation turns another round within so many tokens: "did not immediately rule out".
const TURNS_WITHIN: usize = 5;
/// "not without" stands together.
const BESIDE: usize = 1;
/// An auxiliary stands within so many tokens before its "not": "is, he said, not".
const AUXILIARY_WITHIN: usize = 4;
/// A verb of saying follows its negation within so many tokens: "would not immediately say when".
const SAYS_WITHIN: usize = 3;
/// A question follows the verb of saying within so many tokens: "did not tell reporters when".
const ASKS_WITHIN: usize = 3;
/// A negation turns a word so near behind it: "has not yet been opened".
const GOVERNS_WITHIN: usize = 4;
/// A denial's negation stands within so many tokens before it: "would neither confirm nor deny".
const DENIAL_WITHIN: usize = 6;

/// What a word or phrase does to a clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Marks(u32);

impl Marks {
    const NEGATION: Self = Self(1);
    const REVERSAL: Self = Self(1 << 1);
    const WITHOUT: Self = Self(1 << 2);
    const HOLLOW: Self = Self(1 << 3);
    const PARTICLE: Self = Self(1 << 4);
    const FUTURE: Self = Self(1 << 5);
    const POSSIBLE: Self = Self(1 << 6);
    const REPORTED: Self = Self(1 << 7);
    const ABILITY: Self = Self(1 << 8);
    const PERFECT: Self = Self(1 << 9);
    const CONDITION: Self = Self(1 << 10);
    const LEAD: Self = Self(1 << 11);
    const WHETHER: Self = Self(1 << 12);
    const SAYS: Self = Self(1 << 13);
    const QUESTION: Self = Self(1 << 14);
    const SUBORDINATOR: Self = Self(1 << 15);
    const RELATIVE: Self = Self(1 << 16);
    const THAT: Self = Self(1 << 17);
    const COORDINATOR: Self = Self(1 << 18);
    const FINITE: Self = Self(1 << 19);

    /// The sections of `statements.txt` that tell of these.
    const SECTIONS: [(&'static str, Self); 20] = [
        ("negation", Self::NEGATION),
        ("reversal", Self::REVERSAL),
        ("without", Self::WITHOUT),
        ("hollow", Self::HOLLOW),
        ("particle", Self::PARTICLE),
        ("future", Self::FUTURE),
        ("possible", Self::POSSIBLE),
        ("reported", Self::REPORTED),
        ("ability", Self::ABILITY),
        ("perfect", Self::PERFECT),
        ("condition", Self::CONDITION),
        ("lead", Self::LEAD),
        ("whether", Self::WHETHER),
        ("says", Self::SAYS),
        ("question", Self::QUESTION),
        ("subordinator", Self::SUBORDINATOR),
        ("relative", Self::RELATIVE),
        ("that", Self::THAT),
        ("coordinator", Self::COORDINATOR),
        ("finite", Self::FINITE),
    ];

    /// What turns a clause round.
    const TURNS: Self = Self(Self::NEGATION.0 | Self::REVERSAL.0 | Self::WITHOUT.0);

    /// Whether it does one of these.
    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Marks {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// What a clause does with its matter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// As `Statement.negated`.
    pub(crate) negated: Option<bool>,
    /// As `Statement.conditional`.
    pub(crate) conditional: bool,
    /// As `Statement.whether`.
    pub(crate) whether: bool,
    /// As `Statement.modality`.
    pub(crate) modality: Modality,
}

impl Reading {
    /// What is told of a clause in a language without words for it.
    const UNKNOWN: Self = Self {
        negated: None,
        conditional: false,
        whether: false,
        modality: Modality::Fact,
    };
}

/// The words of every language, in the order of [`FOLDERS`].
#[derive(Debug)]
pub(crate) struct Polarity {
    folders: Vec<Lexicon>,
}

/// One language's words.
#[derive(Debug)]
struct Lexicon {
    phrases: Phrases<Marks>,
    /// Endings that make a word in small letters a verb of what is to come.
    endings: Vec<&'static str>,
    /// Whether commas bound every clause, as in German.
    commas: bool,
    /// Whether sentences are cut into clauses; where not, a condition anywhere in one colours it.
    cut: bool,
    /// Whether there are words for negation.
    known: bool,
}

impl Polarity {
    /// Reads the word files, which are part of the program.
    pub(crate) fn new() -> Self {
        let lexicon = |list: &'static str| {
            let has = |name| section_words(list, name).next().is_some();
            let entries = Marks::SECTIONS.iter().flat_map(|&(name, marks)| {
                section_words(list, name).map(move |word| (word, marks))
            });
            Lexicon {
                phrases: Phrases::new(entries),
                endings: section_words(list, "future-endings").collect(),
                commas: section_words(list, "grammar").any(|word| word == "comma-clause"),
                cut: has("pronoun"),
                known: has("negation"),
            }
        };
        Self {
            folders: FOLDERS.iter().map(|f| lexicon(f.statements)).collect(),
        }
    }

    fn lexicon(&self, doc: &Document) -> Option<&Lexicon> {
        let folder = folder_of(doc.article.language.as_deref())?;
        Some(&self.folders[folder]).filter(|lexicon| lexicon.known)
    }

    /// Reads the clause of some tokens.
    pub(crate) fn read(&self, doc: &Document, clause: Range<usize>) -> Reading {
        match self.lexicon(doc) {
            Some(lexicon) if !clause.is_empty() => lexicon.read(doc, clause),
            _ => Reading::UNKNOWN,
        }
    }

    /// Adds the layer of the words that turn clauses round. Whether they turn the clause that they stand in or
    /// another is told by [`Self::read`].
    pub(crate) fn add(&self, doc: &mut Document) {
        let Some(lexicon) = self.lexicon(doc) else {
            return;
        };
        let mut turns = Vec::new();
        for sentence in &doc.sentences {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let mut covered = range.start;
            for at in range.clone() {
                let standing = lexicon.marks(&doc.tokens, at, range.end);
                if at < covered || !standing.all.has(Marks::TURNS | Marks::HOLLOW) {
                    continue;
                }
                covered = standing.end;
                if !standing.all.has(Marks::HOLLOW) {
                    let last = doc.tokens[standing.end - 1];
                    turns.push(doc.tokens[at].span.hull(last.span));
                }
            }
        }
        doc.turns = turns;
    }

    /// Where what begins with the token `at` and turns a clause round, or seems to, ends; `at` where
    /// nothing does.
    pub(crate) fn turned(&self, doc: &Document, at: usize, end: usize) -> usize {
        let Some(lexicon) = self.lexicon(doc) else {
            return at;
        };
        let standing = lexicon.marks(&doc.tokens, at, end);
        if standing.all.has(Marks::TURNS | Marks::HOLLOW) {
            standing.end
        } else {
            at
        }
    }

    /// Whether a word right before the token `at` turns it round: "not open".
    pub(crate) fn turns(&self, doc: &Document, at: usize) -> bool {
        self.lexicon(doc).is_some_and(|lexicon| {
            (at.saturating_sub(GOVERNS_WITHIN)..at)
                .rev()
                .map(|at| (doc.tokens[at].class, lexicon.word(&doc.tokens, at)))
                .take_while(|(class, marks)| {
                    *class != TokenClass::Mark && !marks.has(Marks::COORDINATOR)
                })
                .any(|(_, marks)| marks.has(Marks::NEGATION))
        })
    }

    /// Whether a negation stands before the denying verb `at`: "did not deny".
    pub(crate) fn negates(&self, doc: &Document, at: usize) -> bool {
        self.lexicon(doc)
            .is_some_and(|lexicon| lexicon.negated_before(doc, at))
    }
}

/// What stands at a token.
#[derive(Clone, Copy, Debug)]
struct Standing {
    /// What the word and the phrases that begin with it do together.
    all: Marks,
    /// One past the longest of them that turns a clause round, or seems to.
    end: usize,
}

impl Lexicon {
    fn marks(&self, tokens: &[Token], at: usize, end: usize) -> Standing {
        let mut standing = Standing {
            all: Marks::default(),
            end: at + 1,
        };
        for found in self.phrases.at(tokens, at, end) {
            standing.all |= found.value;
            if found.value.has(Marks::TURNS | Marks::HOLLOW) && !found.gapped {
                standing.end = standing.end.max(found.end);
            }
        }
        standing
    }

    /// What one word does by itself.
    fn word(&self, tokens: &[Token], at: usize) -> Marks {
        self.marks(tokens, at, at + 1).all
    }

    fn read(&self, doc: &Document, clause: Range<usize>) -> Reading {
        let (matter, frame) = self.matter(doc, clause.clone());
        let mut scope = Scope::new(doc, self, matter.clone());
        let mut count = Count::default();
        let (mut future, mut whether) = (false, false);
        let mut reported = frame.is_some();
        let mut covered = matter.start;
        for at in matter.clone() {
            // "did not come | until he was called" is cut before its "until".
            let standing = self.marks(&doc.tokens, at, clause.end + 1);
            let marks = standing.all;
            whether |= marks.has(Marks::WHETHER);
            if !scope.step(at, marks) {
                continue;
            }
            reported |= marks.has(Marks::THAT);
            if marks.has(Marks::COORDINATOR) {
                count.close();
            }
            if at < covered {
                continue;
            }
            if marks.has(Marks::HOLLOW) {
                covered = standing.end;
                continue;
            }
            if is_no_name(doc, at) {
                future |= self.is_to_come(doc, at, matter.end, marks, reported);
            }
            if marks.has(Marks::TURNS) {
                covered = standing.end;
                let (unit, counts) = if marks.has(Marks::REVERSAL) {
                    (Unit::Reversal, true)
                } else if marks.has(Marks::WITHOUT) {
                    (Unit::Without, self.lacks(doc, &matter, at))
                } else {
                    (Unit::Plain, self.negates(doc, &matter, at))
                };
                if counts {
                    count.add(at, unit);
                }
            }
        }
        let modality = if future {
            Modality::Future
        } else if clause
            .clone()
            .any(|at| self.is_possible(doc, at, clause.end))
        {
            Modality::Possible
        } else {
            Modality::Fact
        };
        let denied = frame.is_some_and(|cue| self.denies(doc, cue));
        Reading {
            negated: Some(count.negative() != denied),
            conditional: self.conditional(doc, clause),
            whether,
            modality,
        }
    }

    /// The tokens of a clause's own matter: of reported speech its content, where this is a clause of
    /// its own; and then the words that report it.
    fn matter(&self, doc: &Document, clause: Range<usize>) -> (Range<usize>, Option<Span>) {
        let tokens = &doc.tokens[clause.clone()];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return (clause, None);
        };
        let span = first.span.hull(last.span);
        let told = |quote: &Quotation| {
            let cue = quote.cue.filter(|cue| span.contains(*cue))?;
            let content = doc.tokens_in(quote.content().intersection(span)?);
            let inside = content.start.max(clause.start)..content.end.min(clause.end);
            let outside = !quote.content().contains(cue) || quote.form == Form::Direct;
            let worded = inside.clone().any(|at| {
                let marks = self.word(&doc.tokens, at);
                scope::is_finite(doc, at, marks)
            });
            (outside && worded).then_some((inside, cue))
        };
        quotes_near(doc, span)
            .filter_map(|(_, quote)| told(quote))
            .min_by_key(|(inside, _)| inside.start)
            .map_or((clause.clone(), None), |(inside, cue)| (inside, Some(cue)))
    }

    /// Whether the words that report something deny it.
    fn denies(&self, doc: &Document, cue: Span) -> bool {
        doc.tokens_in(cue).any(|at| {
            self.word(&doc.tokens, at).has(Marks::REVERSAL) && !self.negated_before(doc, at)
        })
    }

    /// Whether a negation stands before a verb, with no other verb joined in between but the one
    /// right before it: "would neither confirm nor deny".
    fn negated_before(&self, doc: &Document, verb: usize) -> bool {
        let word = |at| self.word(&doc.tokens, at);
        (verb.saturating_sub(DENIAL_WITHIN)..verb)
            .rev()
            .take_while(|&at| {
                let joins = word(at).has(Marks::COORDINATOR) && !word(at).has(Marks::NEGATION);
                doc.tokens[at].class != TokenClass::Mark && (!joins || at + 1 == verb)
            })
            .any(|at| word(at).has(Marks::NEGATION))
    }

    /// Whether a word makes the clause's matter one that is to come. What somebody said that it "would"
    /// do is to come, not uncertain.
    fn is_to_come(
        &self,
        doc: &Document,
        at: usize,
        end: usize,
        marks: Marks,
        reported: bool,
    ) -> bool {
        let tokens = &doc.tokens;
        marks.has(Marks::FUTURE)
            || self.ends_in_future(doc.get(tokens[at].span))
            || marks.has(Marks::REPORTED)
                && reported
                && !self.is_near(tokens, at, end, Marks::PERFECT)
    }

    /// Whether a word leaves open whether something in the clause is so; anywhere in it, since a
    /// passage of which a part is uncertain confirms nothing. What "could not" be done was not done.
    fn is_possible(&self, doc: &Document, at: usize, end: usize) -> bool {
        let tokens = &doc.tokens;
        let standing = self.marks(tokens, at, end).all;
        let failed = standing.has(Marks::ABILITY)
            && (standing.has(Marks::NEGATION) || self.is_near(tokens, at, end, Marks::NEGATION));
        standing.has(Marks::POSSIBLE)
            && !standing.has(Marks::HOLLOW)
            && is_no_name(doc, at)
            && !failed
    }

    /// Whether one of the next two words is of a kind.
    fn is_near(&self, tokens: &[Token], at: usize, end: usize, marks: Marks) -> bool {
        (at + 1..end.min(at + 3)).any(|at| self.word(tokens, at).has(marks))
    }

    /// Whether a word is a verb of what is to come by its ending: "reabrirá".
    fn ends_in_future(&self, word: &str) -> bool {
        // A stem before the ending has so many letters: "fermera", and not "ira".
        const STEM: usize = 3;
        word.starts_with(char::is_lowercase)
            && self
                .endings
                .iter()
                .any(|ending| word.len() >= ending.len() + STEM && word.ends_with(ending))
    }

    /// Whether a word that can negate negates the verb here.
    fn negates(&self, doc: &Document, matter: &Range<usize>, at: usize) -> bool {
        let tokens = &doc.tokens;
        let next = tokens.get(at + 1).filter(|_| at + 1 < matter.end);
        // "No 5", "not 14 but 17".
        if next.is_some_and(|next| next.class == TokenClass::Number) {
            return false;
        }
        // "did not say when", "sagte nicht, wann": that it was is not in doubt.
        let near =
            at.saturating_sub(SAYS_WITHIN).max(matter.start)..matter.end.min(at + 1 + SAYS_WITHIN);
        let says = near
            .rev()
            .find(|&at| self.word(tokens, at).has(Marks::SAYS));
        let asks = says.is_some_and(|says| {
            let says = says.max(at);
            (says + 1..matter.end.min(says + 1 + ASKS_WITHIN)).any(|at| {
                let marks = self.marks(tokens, at, matter.end).all;
                marks.has(Marks::QUESTION | Marks::WHETHER)
            })
        });
        if asks {
            return false;
        }
        let before = at
            .checked_sub(1)
            .filter(|&before| before >= matter.start)
            .map(|before| &tokens[before]);
        // "for no reason": how it was, not whether.
        if tokens[at].tag == Tag::Det && before.is_some_and(|before| before.tag == Tag::Adp) {
            return false;
        }
        let Some(before) = before.filter(|_| tokens[at].tag != Tag::Unknown) else {
            return true;
        };
        if !self.word(tokens, at).has(Marks::PARTICLE) {
            return true;
        }
        // "X, not Y", "X and not Y": of two things the one meant.
        let verbal = next.is_some_and(|next| matches!(next.tag, Tag::Verb | Tag::Aux | Tag::Part));
        let joined = before.tag == Tag::Cconj || self.word(tokens, at - 1).has(Marks::COORDINATOR);
        if before.class == TokenClass::Mark || joined {
            return verbal;
        }
        // Without an auxiliary a "not" negates what stands behind it: "towns not far from here".
        let auxiliary = tokens[matter.start..at]
            .iter()
            .rev()
            .take(AUXILIARY_WITHIN)
            .take_while(|token| token.class != TokenClass::Mark)
            .any(|token| token.tag == Tag::Aux);
        let named = matches!(before.tag, Tag::Noun | Tag::Propn | Tag::Num | Tag::Adv);
        auxiliary || !named || next.is_some_and(|next| next.tag == Tag::Part)
    }

    /// Whether "without" tells of the clause's own matter: "was without power", and not of how
    /// something was done: "left the room without paying".
    fn lacks(&self, doc: &Document, matter: &Range<usize>, at: usize) -> bool {
        let tag = |at: usize| doc.tokens[at].tag;
        let participle = at + 1 < matter.end
            && tag(at + 1) == Tag::Verb
            && doc.get(doc.tokens[at + 1].span).ends_with("ing");
        let verb =
            at > matter.start && matches!(tag(at - 1), Tag::Verb | Tag::Aux | Tag::Part | Tag::Adv);
        !participle && (verb || tag(at) == Tag::Unknown)
    }

    /// Whether a clause only says on what something hangs.
    fn conditional(&self, doc: &Document, clause: Range<usize>) -> bool {
        let mut opens = true;
        for at in clause.clone() {
            if doc.tokens[at].class == TokenClass::Mark {
                continue;
            }
            let found = self.phrases.at(&doc.tokens, at, clause.end);
            let (mut word, mut phrase, mut lead, mut hollow) = (false, false, false, false);
            for found in found {
                let long = found.end > at + 1;
                hollow |= found.value.has(Marks::HOLLOW);
                word |= found.value.has(Marks::CONDITION);
                phrase |= found.value.has(Marks::CONDITION) && long;
                lead |= found.value.has(Marks::LEAD);
            }
            if !hollow && (phrase || word && (opens || !self.cut && !self.asked(doc, at))) {
                return true;
            }
            opens &= lead;
        }
        false
    }

    /// Whether the word before asks or tells: "a demandé si" hangs on nothing.
    fn asked(&self, doc: &Document, at: usize) -> bool {
        (at.saturating_sub(SAYS_WITHIN)..at).any(|at| {
            self.word(&doc.tokens, at)
                .has(Marks::SAYS | Marks::QUESTION)
        })
    }
}

/// "May" is a month where the tagger says that it is a name.
fn is_no_name(doc: &Document, at: usize) -> bool {
    !matches!(doc.tokens[at].tag, Tag::Propn | Tag::Noun)
}

/// What turns a clause round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// "not", "nobody": any number of them in one clause is one negation.
    Plain,
    /// "refused to", "unlikely": one more turns it back.
    Reversal,
    /// "without": turned back only by a negation right before it.
    Without,
}

/// Counts the negations of a clause, verb by verb.
#[derive(Debug, Default)]
struct Count {
    open: Option<(usize, Unit)>,
    negative: bool,
}

impl Count {
    fn add(&mut self, at: usize, unit: Unit) {
        self.open = match self.open {
            None => Some((at, unit)),
            Some((since, open)) => {
                let apart = at - since;
                match (open, unit) {
                    (Unit::Plain, Unit::Plain) | (Unit::Without, _) => Some((since, open)),
                    (_, Unit::Without) if apart <= BESIDE => None,
                    (_, Unit::Without) => Some((since, open)),
                    _ if apart <= TURNS_WITHIN => None,
                    _ => {
                        self.negative = true;
                        Some((at, unit))
                    }
                }
            }
        };
    }

    /// Where another verb begins.
    fn close(&mut self) {
        self.negative |= self.open.take().is_some();
    }

    fn negative(mut self) -> bool {
        self.close();
        self.negative
    }
}

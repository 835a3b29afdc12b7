//! In: a clause, token by token. Out: of each token whether it belongs to the clause's own matter.
//! Set aside are clauses that tell of a person or thing in it ("who did not attend"), when and why
//! it was ("because nobody came"), what else went with it (", leaving no trace"), and brackets. A
//! clause that is nothing else ("because nobody came") is its own matter.

use std::ops::Range;

use model::{Document, Tag, TokenClass};

use super::{Lexicon, Marks};

/// A verb of saying stands within so many tokens before its "que".
const SAYS_BEFORE: usize = 6;
/// So many tokens between two commas can be a word put in: ", the judges in Harl held,".
const PARENTHESIS: usize = 8;
/// What follows in a clause is looked for within so many tokens; few clauses are longer, and no line
/// of conjunctions makes the walk more than linear.
const AHEAD: usize = 60;

/// Whether a token is a verb that can carry a clause: by its tag, or where nothing tags words by the
/// language's list.
pub(super) fn is_finite(doc: &Document, at: usize, marks: Marks) -> bool {
    let token = doc.tokens[at];
    // "to be", "has been", "being": never the first verb of a clause.
    let text = || doc.get(token.span);
    match token.tag {
        Tag::Aux => marks.has(Marks::FINITE) || !text().starts_with(['b', 'B']),
        Tag::Verb => {
            let infinitive = at > 0 && doc.tokens[at - 1].tag == Tag::Part;
            !infinitive && !text().ends_with("ing")
        }
        Tag::Unknown => marks.has(Marks::FINITE),
        _ => false,
    }
}

/// Where a walk through a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the clause's own matter.
    Own,
    /// In what goes with it, up to the next comma.
    Aside,
    /// In a clause about the word before it: where its verb has been, if it has, and whether the
    /// main clause still waits for its own.
    Relative { verb: Option<usize>, waits: bool },
}

/// A walk through a clause.
pub(super) struct Scope<'a> {
    doc: &'a Document,
    lexicon: &'a Lexicon,
    range: Range<usize>,
    place: Place,
    verb: bool,
    brackets: usize,
    /// What the last comma ended, and where: a few words between commas do not end it ("because the
    /// court, the judges held, had not been asked").
    ended: Option<(usize, Place)>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(doc: &'a Document, lexicon: &'a Lexicon, range: Range<usize>) -> Self {
        Self {
            doc,
            lexicon,
            range,
            place: Place::Own,
            verb: false,
            brackets: 0,
            ended: None,
        }
    }

    /// Goes on to a token; whether it belongs to the clause's own matter.
    pub(super) fn step(&mut self, at: usize, marks: Marks) -> bool {
        if self.doc.tokens[at].class == TokenClass::Mark {
            match self.mark(at) {
                Mark::Opens => self.brackets += 1,
                Mark::Closes => self.brackets = self.brackets.saturating_sub(1),
                Mark::Parts if self.brackets == 0 => self.part(at),
                Mark::Parts | Mark::Other => {}
            }
            return false;
        }
        if self.brackets > 0 {
            return false;
        }
        let finite = is_finite(self.doc, at, marks);
        if let Place::Relative { verb, waits } = self.place {
            self.place = match verb {
                None if finite => Place::Relative {
                    verb: Some(at),
                    waits,
                },
                Some(last) if finite || marks.has(Marks::NEGATION) => {
                    if waits && finite && !self.one_group(last, at) {
                        Place::Own
                    } else {
                        Place::Relative {
                            verb: Some(at),
                            waits,
                        }
                    }
                }
                _ => self.place,
            };
        } else if self.place == Place::Own {
            self.place = self.opened(at, marks);
        }
        let own = self.place == Place::Own;
        self.verb |= own && finite;
        own
    }

    /// Goes past a mark that parts clauses.
    fn part(&mut self, at: usize) {
        let ended = self.ended.take();
        if self.place != Place::Own {
            self.ended = Some((at, self.place));
            self.place = Place::Own;
        } else if let Some((since, place)) = ended
            && at - since <= PARENTHESIS
            && self.verb
            && self.holds(at + 1, |next| {
                is_finite(self.doc, next, self.lexicon.word(&self.doc.tokens, next))
            })
        {
            self.place = place;
        }
    }

    /// Whether two verbs make one: "had not been seen".
    fn one_group(&self, from: usize, to: usize) -> bool {
        (from + 1..to).all(|at| {
            let marks = self.lexicon.word(&self.doc.tokens, at);
            match self.doc.tokens[at].tag {
                Tag::Unknown => marks.has(Marks::FINITE | Marks::NEGATION),
                tag => matches!(tag, Tag::Aux | Tag::Verb | Tag::Part | Tag::Adv),
            }
        })
    }

    /// Where a token leads that stands in the clause's own matter.
    fn opened(&self, at: usize, marks: Marks) -> Place {
        let before = at
            .checked_sub(1)
            .filter(|&before| before >= self.range.start);
        let comma = before.is_some_and(|before| self.mark(before) == Mark::Parts);
        if self.lexicon.commas {
            // "…, und weil"
            let joined = before.is_some_and(|before| {
                self.lexicon
                    .word(&self.doc.tokens, before)
                    .has(Marks::COORDINATOR)
            });
            return if comma || joined || before.is_none() {
                self.between_commas(at, marks, comma, before.is_some())
            } else {
                Place::Own
            };
        }
        let tagged = self.doc.tokens[at].tag != Tag::Unknown;
        // "…, leaving nobody hurt"; "Having failed to agree, …"
        let participle = |at: usize| {
            let token = self.doc.tokens[at];
            token.tag == Tag::Verb && self.doc.get(token.span).ends_with("ing")
        };
        let aside =
            if participle(at) || marks.has(Marks::NEGATION) && self.holds(at + 1, participle) {
                comma || before.is_none() && self.comma_ahead(at)
            } else if marks.has(Marks::SUBORDINATOR) {
                match before {
                    None => self.comma_ahead(at),
                    Some(before) => {
                        let conjunction = self.doc.tokens[before].tag != Tag::Aux
                            && (self.holds(at + 1, participle) || self.verb_ahead(at + 1));
                        let that = self.lexicon.word(&self.doc.tokens, before).has(Marks::THAT);
                        !that && (comma || self.verb && conjunction || !tagged)
                    }
                }
            } else {
                false
            };
        if aside {
            return Place::Aside;
        }
        if let Some(before) = before
            && self.is_relative(at, before, comma, marks)
        {
            let direct = !tagged && self.holds(at + 1, |next| self.follows_at_once(next));
            return Place::Relative {
                verb: direct.then_some(at + 1),
                waits: !self.verb,
            };
        }
        Place::Own
    }

    /// Whether a condition holds of the token `at`, within the clause.
    fn holds(&self, at: usize, condition: impl Fn(usize) -> bool) -> bool {
        at < self.range.end && condition(at)
    }

    /// Where nothing tags words: whether this can be the verb of a clause about its subject.
    fn follows_at_once(&self, at: usize) -> bool {
        let marks = self.lexicon.word(&self.doc.tokens, at);
        !self.doc.tokens[at].stop || marks.has(Marks::FINITE | Marks::NEGATION)
    }

    fn is_relative(&self, at: usize, before: usize, comma: bool, marks: Marks) -> bool {
        let tokens = &self.doc.tokens;
        if tokens[at].tag == Tag::Unknown {
            let says = || {
                (before.saturating_sub(SAYS_BEFORE).max(self.range.start)..=before)
                    .any(|at| self.lexicon.word(tokens, at).has(Marks::SAYS))
            };
            let names = comma || !tokens[before].stop;
            return marks.has(Marks::RELATIVE) || marks.has(Marks::THAT) && names && !says();
        }
        let nominal = matches!(
            tokens[before].tag,
            Tag::Noun | Tag::Propn | Tag::Pron | Tag::Num | Tag::Adp
        );
        let that = marks.has(Marks::THAT) && tokens[at].tag == Tag::Pron;
        (marks.has(Marks::RELATIVE) || that) && (comma && !that || nominal)
    }

    /// Where commas bound every clause: what a clause is by its first word.
    fn between_commas(&self, at: usize, marks: Marks, comma: bool, later: bool) -> Place {
        let tokens = &self.doc.tokens;
        if marks.has(Marks::SUBORDINATOR | Marks::WHETHER) {
            return if later || self.comma_ahead(at) {
                Place::Aside
            } else {
                Place::Own
            };
        }
        // "…, in der niemand wohnt, …"
        let pronoun = marks.has(Marks::RELATIVE)
            || self.holds(at + 1, |next| {
                tokens[at].stop && self.lexicon.word(tokens, next).has(Marks::RELATIVE)
            });
        if !comma || !pronoun || marks.has(Marks::FINITE | Marks::NEGATION) {
            return Place::Own;
        }
        // The verb stands last there; second, it makes a main clause: "…, die Brücke sei gesperrt".
        let bound = (at..self.range.end)
            .find(|&at| {
                self.mark(at) == Mark::Parts
                    || self.lexicon.word(tokens, at).has(Marks::COORDINATOR)
            })
            .unwrap_or(self.range.end);
        let words = (at..bound).filter(|&at| tokens[at].class != TokenClass::Mark);
        let verb = words
            .clone()
            .position(|at| self.lexicon.word(tokens, at).has(Marks::FINITE));
        match verb {
            Some(verb) if verb + 1 < words.count() => Place::Own,
            _ => Place::Aside,
        }
    }

    fn comma_ahead(&self, at: usize) -> bool {
        (at + 1..self.range.end.saturating_sub(1))
            .take(AHEAD)
            .any(|at| self.mark(at) == Mark::Parts)
    }

    /// Whether a verb comes before the next mark.
    fn verb_ahead(&self, at: usize) -> bool {
        (at..self.range.end)
            .take(AHEAD)
            .take_while(|&at| self.doc.tokens[at].class != TokenClass::Mark)
            .any(|at| is_finite(self.doc, at, self.lexicon.word(&self.doc.tokens, at)))
    }

    fn mark(&self, at: usize) -> Mark {
        let token = self.doc.tokens[at];
        if token.class != TokenClass::Mark {
            return Mark::Other;
        }
        match self.doc.get(token.span) {
            "," | ";" | ":" | "-" | "--" | "–" | "—" => Mark::Parts,
            "(" | "[" => Mark::Opens,
            ")" | "]" => Mark::Closes,
            _ => Mark::Other,
        }
    }
}

/// What a mark does in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Parts,
    Opens,
    Closes,
    Other,
}

//! An article with what the stage `annotate` found in it, layer by layer. The article's text is
//! never touched: every layer points into it. Indices of one layer into another are `u32`
//! positions in that layer's list.

use std::ops::Range;

use crate::{Article, NonEmpty, Relative, Span, When};

/// An article and its layers.
#[derive(Clone, Debug)]
pub struct Document {
    /// The article, as `page` read it.
    pub article: Article,
    /// Sentences, in order; none crosses a block.
    pub sentences: Vec<Sentence>,
    /// Tokens, in order.
    pub tokens: Vec<Token>,
    /// Mentions of persons, organisations, places and other named things, in order; none overlap.
    pub names: Vec<Name>,
    /// Who is who within this article: groups of `names`.
    pub entities: Vec<Entity>,
    /// Dates, times, durations and sets, in order.
    pub dates: Vec<DateMention>,
    /// Numbers with what they count, in order.
    pub quantities: Vec<Quantity>,
    /// Quotations, by start.
    pub quotes: Vec<Quotation>,
    /// What the article states, clause by clause, by start.
    pub statements: Vec<Statement>,
    /// Words that turn a clause round (`not`, `denied`, `had yet to`), in order; empty in a language without words
    /// for it.
    pub turns: Vec<Span>,
    /// Words that are one end of a pair of opposites, in order.
    pub opposites: Vec<Opposite>,
    /// Words that a filter or a machine translation broke, in order.
    pub damage: Vec<Damage>,
}

impl Document {
    /// A document without any layer yet.
    pub fn new(article: Article) -> Self {
        Self {
            article,
            sentences: Vec::new(),
            tokens: Vec::new(),
            names: Vec::new(),
            entities: Vec::new(),
            dates: Vec::new(),
            quantities: Vec::new(),
            quotes: Vec::new(),
            statements: Vec::new(),
            turns: Vec::new(),
            opposites: Vec::new(),
            damage: Vec::new(),
        }
    }

    /// The words of a span.
    pub fn get(&self, span: Span) -> &str {
        self.article.text.get(span)
    }

    /// The tokens that lie wholly in a span, as a range of `tokens`.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let first = self
            .tokens
            .partition_point(|t| t.span.start() < span.start());
        let last = self.tokens.partition_point(|t| t.span.end() <= span.end());
        first..last.max(first)
    }

    /// The sentence that holds a byte, as an index into `sentences`.
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        let next = self.sentences.partition_point(|s| s.span.start() <= byte);
        let index = next.checked_sub(1)?;
        (byte < self.sentences[index].span.end()).then_some(index)
    }

    /// The names that lie wholly in a span, as a range of `names`.
    pub fn names_in(&self, span: Span) -> Range<usize> {
        let first = self
            .names
            .partition_point(|n| n.span.start() < span.start());
        let last = self.names.partition_point(|n| n.span.end() <= span.end());
        first..last.max(first)
    }

    /// The words that turn a clause round and lie wholly in a span.
    pub fn turns_in(&self, span: Span) -> &[Span] {
        let first = self.turns.partition_point(|t| t.start() < span.start());
        let last = self.turns.partition_point(|t| t.end() <= span.end());
        &self.turns[first..last.max(first)]
    }

    /// The words of pairs of opposites that lie wholly in a span.
    pub fn opposites_in(&self, span: Span) -> &[Opposite] {
        let first = self
            .opposites
            .partition_point(|o| o.span.start() < span.start());
        let last = self
            .opposites
            .partition_point(|o| o.span.end() <= span.end());
        &self.opposites[first..last.max(first)]
    }

    /// The dates that lie wholly in a span, as a range of `dates`.
    pub fn dates_in(&self, span: Span) -> Range<usize> {
        let first = self
            .dates
            .partition_point(|d| d.span.start() < span.start());
        let last = self.dates.partition_point(|d| d.span.end() <= span.end());
        first..last.max(first)
    }
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its words.
    pub span: Span,
    /// Its tokens, as a range of `Document.tokens`.
    pub tokens: Range<u32>,
    /// The block it stands in, an index into `Article.blocks`.
    pub block: u32,
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its letters.
    pub span: Span,
    /// Hash of the case-folded word (curly apostrophes straight); equal words have equal keys in
    /// every article and on every machine.
    pub key: u64,
    /// Hash of the word's stem.
    pub stem: u64,
    /// What it is made of.
    pub class: TokenClass,
    /// Its part of speech, where the language has a tagger.
    pub tag: Tag,
    /// Whether it is a function word that says nothing of the subject.
    pub stop: bool,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenClass {
    /// Letters (with apostrophes, hyphens or digits among them).
    Word,
    /// Digits, with their separators.
    Number,
    /// Anything else.
    Mark,
}

/// Part of speech, as in Universal Dependencies (`Unknown` where nothing tagged it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the standard's own")]
#[rustfmt::skip]
pub enum Tag {
    Adj, Adp, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Sym, Verb, X,
    Unknown,
}

/// A mention of a named thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name alone: `Qamar Javed Bajwa`.
    pub span: Span,
    /// The name with the roles and titles before it: `Army Staff Gen. Qamar Javed Bajwa`.
    pub full: Span,
    /// What it names.
    pub kind: NameKind,
    /// Roles and titles that the text gives the name here, one span each: `Gen.`, `Prime Minister`.
    pub roles: Vec<Span>,
    /// Who it is within the article, an index into `Document.entities`; `None` where it could be
    /// two.
    pub entity: Option<u32>,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation, office or group.
    Organisation,
    /// A place.
    Place,
    /// Any other named thing.
    Other,
}

/// One person, organisation, place or thing within an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: NameKind,
    /// Its mentions, as indices into `Document.names`, in order.
    pub names: NonEmpty<u32>,
    /// The mention that names it most fully, an index into `Document.names`.
    pub clearest: u32,
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Its words.
    pub span: Span,
    /// What it expresses.
    pub kind: DateKind,
    /// ISO 8601 / TIMEX3 value (`2017-12-04`, `2017-W49`, `P3D`), where the text lets one resolve
    /// it.
    pub value: Option<String>,
    /// The days it covers, where it resolves to days.
    pub when: Option<When>,
    /// How far it lies from the text's own date, where that is what it says ("Monday", "last
    /// year"): lets a text without a date be read against another's.
    pub relative: Option<Relative>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// What an expression of time expresses, as in TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// A day, month, year or other stretch of the calendar.
    Date,
    /// A time of day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// All of it: `at least 25 people`.
    pub span: Span,
    /// The number alone: `25`.
    pub number: Span,
    /// Its value; for a range, the lower end.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// How exact it claims to be.
    pub hedge: Hedge,
    /// What sort of number it is.
    pub kind: QuantityKind,
    /// The words for what it counts or measures: `people`, `pounds`.
    pub unit: Option<Span>,
}

/// How exact a number claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Hedge {
    Exact,
    About,
    AtLeast,
    AtMost,
}

/// What sort of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuantityKind {
    /// Things counted.
    Count,
    /// A place in an order: `third`.
    Ordinal,
    /// Money.
    Money,
    /// A share of a hundred.
    Percent,
    /// Anything measured: miles, kilos, degrees, a person's age.
    Measure,
}

/// What somebody is reported to have said or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Words all in quote marks, some, or none.
    pub form: Form,
    /// What was said, without the outer quote marks: one span, or several where the reporting
    /// clause or another voice stands in between; in order.
    pub parts: NonEmpty<Span>,
    /// The words that report it: `said`, `according to`.
    pub cue: Option<Span>,
    /// The words for who said it, as they stand: `he`, `a spokeswoman`, `Gen. Bajwa`.
    pub source: Option<Span>,
    /// Who that is, an index into `Document.entities`.
    pub speaker: Option<u32>,
    /// How the speaker was found.
    pub resolution: Resolution,
    /// How sure that is.
    pub confidence: Confidence,
    /// The rule that found it.
    pub rule: &'static str,
    /// Whom the speaker quotes within it, word for word: hearsay, which stands apart.
    pub nested: Vec<Quotation>,
}

impl Quotation {
    /// The content from its first byte to its last.
    pub fn content(&self) -> Span {
        self.parts
            .iter()
            .fold(*self.parts.first(), |a, b| a.hull(*b))
    }

    /// Content, cue and source together.
    pub fn span(&self) -> Span {
        [self.cue, self.source]
            .into_iter()
            .flatten()
            .fold(self.content(), Span::hull)
    }
}

/// How a quotation gives its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// All in quote marks.
    Direct,
    /// Some in quote marks.
    Mixed,
    /// None in quote marks.
    Indirect,
}

/// How a speaker was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// Not found.
    None,
    /// Named in the source.
    Named,
    /// A pronoun, resolved.
    Pronoun,
    /// A description ("the minister", "the statement"), resolved.
    Description,
    /// Nothing names a source here; carried over from the quotation before.
    Carried,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Could as well be otherwise.
    Unclear,
    /// Most likely so.
    Likely,
    /// The text says so.
    Certain,
}

/// What an article states in one clause or sentence: the unit that is lined up across articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The clause that carries it.
    pub span: Span,
    /// The sentence it stands in, an index into `Document.sentences`.
    pub sentence: u32,
    /// Whether the article (or its source) asserts, denies or questions it.
    pub stance: Stance,
    /// Whether it is said to have happened, to be coming, or to be possible.
    pub modality: Modality,
    /// Whether it says that its matter is not so; `None` where the language has no words for
    /// denial here: nothing may be concluded from such a statement's agreement with another.
    pub negated: Option<bool>,
    /// Whether it only says on what something hangs ("if both agree").
    pub conditional: bool,
    /// Whether it speaks of whether a thing is so.
    pub whether: bool,
    /// The quotation whose content this is or lies in, an index into `Document.quotes`; `None`
    /// where the article states it in its own voice.
    pub quote: Option<u32>,
}

/// Whether a statement is asserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Stance {
    Asserts,
    Denies,
    Questions,
}

/// How real a statement says its matter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Modality {
    /// It is so, or was.
    Fact,
    /// It will be, or is planned.
    Future,
    /// It may be, should be, or would be.
    Possible,
}

/// A word or phrase that is one end of a pair of opposites: `open` and `closed`, `guilty` and
/// `innocent`. Two passages of one matter that have its two ends cannot both be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opposite {
    /// Its words.
    pub span: Span,
    /// Which pair: a number of its language's list, the same in every article of the language.
    pub pair: u16,
    /// Which end of it.
    pub end: bool,
}

/// A word that a filter or a machine translation broke. The text stays as it is; this is a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The broken word.
    pub span: Span,
    /// What it most likely was, where that can be told.
    pub repair: Option<String>,
    /// What broke it.
    pub kind: DamageKind,
}

/// What broke a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DamageKind {
    /// A word filter put other letters in (`embbady`).
    Filter,
    /// Left over from another language by a machine translation (`EE. UU`).
    Translation,
    /// The text was decoded with the wrong charset (`â€™`).
    Charset,
}

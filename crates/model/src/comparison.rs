//! What a story's articles say together and apart. Every value carries the passages that it rests
//! on; indices point into the story's own lists.

use crate::{AtLeast, Confidence, Form, Mention, NonEmpty, Reason, Resolution, Span, Stance, When};

/// A story's articles, compared.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Each utterance with all its readings.
    pub quotes: Vec<Utterance>,
    /// Each proposition with all its readings.
    pub claims: Vec<Claim>,
    /// What the articles, or the voices in them, disagree on.
    pub disputes: Vec<Dispute>,
    /// What happened when, in order.
    pub timeline: Vec<Event>,
    /// Different words for one thing.
    pub wording: Vec<Wording>,
    /// Sentences taken whole from the articles, in reading order.
    pub brief: Vec<BriefSentence>,
}

/// One utterance, every reading of it in every article.
#[derive(Clone, Debug)]
pub struct Utterance {
    /// Who said it, an index into `Story.names`; `None` where the texts do not say or disagree.
    pub speaker: Option<u32>,
    /// The clearest words for who said it.
    pub speaker_text: Option<Mention>,
    /// Its readings, by article and place.
    pub readings: NonEmpty<QuoteReading>,
    /// Where the readings differ.
    pub differences: Vec<Difference>,
}

/// One article's reading of an utterance.
#[derive(Clone, Debug)]
pub struct QuoteReading {
    /// The content from its first letter to its last.
    pub mention: Mention,
    /// How it gives the words.
    pub form: Form,
    /// The content, part by part.
    pub parts: NonEmpty<Mention>,
    /// The words that report it.
    pub cue: Option<Mention>,
    /// The words for who said it.
    pub source: Option<Mention>,
    /// Who that is, an index into `Story.names`.
    pub speaker: Option<u32>,
    /// How the speaker was found.
    pub resolution: Resolution,
    /// How sure that is.
    pub confidence: Confidence,
    /// The rule that found it.
    pub rule: &'static str,
}

/// How two readings of one utterance differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In what.
    pub kind: DifferenceKind,
    /// The two readings, as indices into `Utterance.readings`.
    pub readings: [u32; 2],
    /// The differing words of each; `None` where one has nothing there.
    pub sides: [Option<Mention>; 2],
}

/// In what two readings differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// Other words.
    Wording,
    /// One is cut.
    Truncated,
    /// Another speaker.
    Speaker,
    /// One was translated and back, or damaged.
    Translation,
}

/// One proposition with every article's statement of it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The clearest reading, an index into `readings`.
    pub clearest: u32,
    /// Its readings, by article and place.
    pub readings: NonEmpty<ClaimReading>,
    /// How many outlets state it, or come near it.
    pub outlets: u32,
    /// How many independent origins it can have.
    pub origins: Origins,
    /// What that comes to.
    pub verdict: Verdict,
    /// Articles whose full text lacks it, as indices into `Story.articles`.
    pub absent_from: Vec<u32>,
}

/// One article's statement of a claim.
#[derive(Clone, Debug)]
pub struct ClaimReading {
    /// The clause or sentence.
    pub mention: Mention,
    /// Whether it asserts, denies or questions the claim.
    pub stance: Stance,
    /// Who is given as the source, as indices into `Story.names`.
    pub attributed_to: Vec<u32>,
    /// The words for the source, where there are any.
    pub source: Option<Mention>,
    /// The words of it that carry the claim: those in which it and the reading that stands for the claim match best,
    /// and of that one those in which another matches it. `None` where no other was set beside it.
    pub carried: Option<Span>,
    /// Whether it only comes near the claim: it matches the other readings loosely, may state a
    /// neighbouring proposition, and confirms nothing.
    pub near: bool,
}

/// A range of how many independent origins a claim can have, with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origins {
    /// At least so many: what the evidence forces apart (1 or more).
    pub low: u32,
    /// At most so many: what the evidence does not merge.
    pub high: u32,
    /// Why.
    pub because: Vec<Reason>,
}

/// What the outlets together make of a claim, with what it rests on: none can be said without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Two or more outlets, and no shared origin found for at least two of them.
    Corroborated {
        /// The clearest reading and one apart from it that states the same, as indices into `Claim.readings`.
        apart: [u32; 2],
    },
    /// Several outlets, one origin.
    SingleOrigin,
    /// One outlet alone.
    OnlyHere,
    /// Contradicted in the story.
    Disputed {
        /// The disputes that it is a side of, as indices into `Comparison.disputes`.
        disputes: NonEmpty<u32>,
    },
}

/// A matter on which the story's articles, or the voices in them, disagree.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// In what.
    pub kind: DisputeKind,
    /// Source words that say what it is about.
    pub question: NonEmpty<Mention>,
    /// The sides: two or more.
    pub sides: AtLeast<2, Side>,
}

/// In what a dispute lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisputeKind {
    /// Somebody denies it.
    Denial,
    /// Two numbers for one thing.
    Number,
    /// Two dates for one event.
    Date,
    /// Two places for one event.
    Place,
    /// Two orders of events.
    Order,
    /// One says that it is so, the other that it is not.
    Negation,
    /// One thing said or done by two.
    Attribution,
    /// Two descriptions of one thing.
    Description,
}

/// One side of a dispute.
#[derive(Clone, Debug)]
pub struct Side {
    /// Source words that stand for the side.
    pub label: Mention,
    /// Its claims, as indices into `Comparison.claims`.
    pub claims: Vec<u32>,
    /// The passages that hold it.
    pub mentions: NonEmpty<Mention>,
    /// Who holds it, as indices into `Story.names`; empty where the article does in its own voice.
    pub held_by: Vec<u32>,
}

/// What happened at one time.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub when: When,
    /// The passages that say so.
    pub mentions: NonEmpty<Mention>,
    /// The claims they carry, as indices into `Comparison.claims`.
    pub claims: Vec<u32>,
}

/// Different words for one thing.
#[derive(Clone, Debug)]
pub struct Wording {
    /// What the words are for.
    pub about: Subject,
    /// The choices: two or more.
    pub choices: AtLeast<2, Choice>,
}

/// What a [`Wording`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A name, an index into `Story.names`.
    Name(u32),
    /// The same place of one claim, an index into `Comparison.claims`.
    Claim(u32),
    /// The same place of one utterance, an index into `Comparison.quotes`.
    Quote(u32),
}

/// One choice of words, with who makes it.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Where it is used.
    pub mentions: NonEmpty<Mention>,
}

/// A sentence of the brief, taken whole from an article.
#[derive(Clone, Debug)]
pub struct BriefSentence {
    /// The sentence.
    pub mention: Mention,
    /// Other passages that say the same.
    pub also: Vec<Mention>,
    /// The claims it carries, as indices into `Comparison.claims`.
    pub claims: Vec<u32>,
}

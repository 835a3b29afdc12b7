//! What a story's articles say together and apart. Every value carries the passages that it rests
//! on; positions point into the story's own lists.

use std::fmt;

use crate::index::list;
use crate::{
    ArticleIx, AtLeast, Check, ClaimIx, Confidence, DisputeIx, Form, Mention, NameIx, NonEmpty,
    QuoteIx, QuoteReadingIx, ReadingIx, Reason, Resolution, Span, Stance, When,
};

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
    /// Claims that an article says it checked, by claim.
    pub checks: Vec<Check>,
}

/// One utterance, every reading of it in every article.
#[derive(Clone, Debug)]
pub struct Utterance {
    /// Who said it; `None` where the texts do not say or disagree.
    pub speaker: Option<NameIx>,
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
    /// Who that is.
    pub speaker: Option<NameIx>,
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
    /// The two readings.
    pub readings: [QuoteReadingIx; 2],
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
    /// The clearest reading.
    pub clearest: ReadingIx,
    /// Its readings, by article and place.
    pub readings: NonEmpty<ClaimReading>,
    /// How many outlets state it.
    pub outlets: u32,
    /// How many independent origins it can have.
    pub origins: Origins,
    /// What that comes to.
    pub verdict: Verdict,
    /// Articles whose full text lacks it.
    pub absent_from: Vec<ArticleIx>,
}

/// One article's statement of a claim.
#[derive(Clone, Debug)]
pub struct ClaimReading {
    /// The clause or sentence.
    pub mention: Mention,
    /// Whether it asserts, denies or questions the claim.
    pub stance: Stance,
    /// Who is given as the source.
    pub attributed_to: Vec<NameIx>,
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
        /// The clearest reading and one apart from it that states the same.
        apart: [ReadingIx; 2],
    },
    /// Several outlets, one origin.
    SingleOrigin,
    /// One outlet alone.
    OnlyHere,
    /// Contradicted in the story.
    Disputed {
        /// The disputes that it is a side of.
        disputes: NonEmpty<DisputeIx>,
    },
}

impl fmt::Display for Verdict {
    /// Its name: "corroborated", "single origin", "only here", "disputed".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Corroborated { .. } => "corroborated",
            Self::SingleOrigin => "single origin",
            Self::OnlyHere => "only here",
            Self::Disputed { .. } => "disputed",
        })
    }
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
    /// Its claims.
    pub claims: Vec<ClaimIx>,
    /// The passages that hold it.
    pub mentions: NonEmpty<Mention>,
    /// Who holds it; empty where the article does in its own voice.
    pub held_by: Vec<NameIx>,
}

/// What happened at one time.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub when: When,
    /// The passages that say so.
    pub mentions: NonEmpty<Mention>,
    /// The claims they carry.
    pub claims: Vec<ClaimIx>,
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
    /// A name.
    Name(NameIx),
    /// The same place of one claim.
    Claim(ClaimIx),
    /// The same place of one utterance.
    Quote(QuoteIx),
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
    /// The claims it carries.
    pub claims: Vec<ClaimIx>,
}

list!(QuoteIx, Utterance);
list!(QuoteReadingIx, QuoteReading);
list!(ClaimIx, Claim);
list!(ReadingIx, ClaimReading);
list!(DisputeIx, Dispute);

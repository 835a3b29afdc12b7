//! The nouns of Crossread, in the order in which a page becomes a comparison.
//!
//! Types and their invariants live here; no algorithm, no I/O, no serialisation. A [`Span`] cannot
//! be made that does not fit its [`Text`]; a claim, a quotation or a dispute cannot be made
//! without evidence ([`AtLeast`]). Positions are UTF-8 bytes; they become code points or UTF-16
//! only at the borders that need them.

mod about;
mod answer;
mod article;
mod at_least;
mod comparison;
mod document;
mod findings;
mod genre;
mod index;
mod review;
mod story;
mod text;
mod time;
pub mod view;

pub use about::{About, Field, Provenance};
pub use answer::{Answer, Contradiction};
pub use article::{
    Article, ArticleId, Block, BlockKind, Credit, Sha256, Sign, SignKind, SourceRun, Warning,
};
pub use at_least::{AtLeast, NonEmpty};
pub use comparison::{
    BriefSentence, Choice, Claim, ClaimReading, Comparison, Difference, DifferenceKind, Dispute,
    DisputeKind, Event, Origins, QuoteReading, Side, Subject, Utterance, Verdict, Wording,
};
pub use document::{
    Confidence, Damage, DamageKind, DateKind, DateMention, Document, Entity, Form, Hedge, Modality,
    Name, NameKind, Opposite, Quantity, QuantityKind, Quotation, Resolution, Sentence, Stance,
    Statement, Tag, Token, TokenClass,
};
pub use findings::{ComparedStory, Findings, Locator, SkipReason, Skipped};
pub use genre::Genre;
pub use index::{
    ArticleIx, ClaimIx, DisputeIx, DocumentIx, EntityIx, NameIx, QuoteIx, QuoteReadingIx,
    ReadingIx, ReviewIx,
};
pub use review::{Check, ClaimReview, Rating};
pub use story::{
    Across, Copy, CopyKind, Decided, Direction, Mention, Passage, Reason, ReasonKind, Rewrite,
    Story, StoryName,
};
pub use text::{Span, SpanError, Text};
pub use time::{Precision, Published, Relative, Toward, When};

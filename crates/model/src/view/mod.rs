//! Findings as a reader walks through them: from a story to its claims, from a claim to what each article says, from
//! there to the words and the place where they stand.
//!
//! In: [`Findings`]. Out: views of them: borrowed, `Copy`, as small as two or three references; whatever one gives is
//! looked up when it is asked for, and nothing is copied. Positions in the findings are followed here and nowhere
//! else; a method panics where somebody has put findings together by hand whose positions point at nothing. The types
//! stand here, what each of them gives in the files beside, so that these need nothing of each other.
//!
//! ```
//! # let findings = model::Findings::default();
//! for story in findings.stories() {
//!     for claim in story.claims() {
//!         println!("{}: {}", claim.verdict(), claim.text());
//!         for reading in claim.readings() {
//!             let outlet = reading.article().outlet().unwrap_or("an unknown outlet");
//!             println!("  {outlet}, {:?}: {}", reading.offsets(), reading.text());
//!         }
//!     }
//! }
//! ```

mod claim;
mod copy;
mod dispute;
mod passage;
mod quote;
mod story;
mod wording;

use crate::{ClaimIx, ComparedStory, DisputeIx, Document, Findings, NameIx, QuoteIx, Span};

impl Findings {
    /// Its stories, largest first.
    pub fn stories(&self) -> impl ExactSizeIterator<Item = Story<'_>> + Clone {
        let story = |story| Story::of(&self.documents, story);
        self.stories.iter().map(story)
    }

    /// Every article that was read, by time, then id.
    pub fn articles(&self) -> impl ExactSizeIterator<Item = Article<'_>> + Clone {
        self.documents.iter().map(Article::of)
    }
}

/// An article.
#[derive(Clone, Copy, Debug)]
pub struct Article<'f> {
    doc: &'f Document,
}

/// A stretch of an article's text: what every finding rests on.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'f> {
    article: Article<'f>,
    span: Span,
}

/// The articles about one event, compared.
#[derive(Clone, Copy, Debug)]
pub struct Story<'f> {
    documents: &'f [Document],
    of: &'f ComparedStory,
}

/// One person, organisation, place or thing across a story's articles.
#[derive(Clone, Copy, Debug)]
pub struct Name<'f> {
    story: Story<'f>,
    at: NameIx,
}

/// Two articles that share text that did not arise independently.
#[derive(Clone, Copy, Debug)]
pub struct Copy<'f> {
    story: Story<'f>,
    of: &'f crate::Copy,
}

/// An article that was made from another text, which is not at hand.
#[derive(Clone, Copy, Debug)]
pub struct Rewrite<'f> {
    story: Story<'f>,
    of: &'f crate::Rewrite,
}

/// What somebody said once, with every reading of it in every article.
#[derive(Clone, Copy, Debug)]
pub struct Quote<'f> {
    story: Story<'f>,
    at: QuoteIx,
}

/// One article's reading of an utterance: a [`Passage`] from the first letter of what was said to its last.
#[derive(Clone, Copy, Debug)]
pub struct QuoteReading<'f> {
    passage: Passage<'f>,
    story: Story<'f>,
    of: &'f crate::QuoteReading,
}

/// How two readings of one utterance differ.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'f> {
    quote: Quote<'f>,
    of: &'f crate::Difference,
}

/// One proposition with every article's statement of it.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'f> {
    story: Story<'f>,
    at: ClaimIx,
}

/// One article's statement of a claim: a [`Passage`].
#[derive(Clone, Copy, Debug)]
pub struct ClaimReading<'f> {
    passage: Passage<'f>,
    story: Story<'f>,
    of: &'f crate::ClaimReading,
}

/// A range of how many independent origins a claim can have. Copying can be shown, independence cannot.
#[derive(Clone, Copy, Debug)]
pub struct Origins<'f> {
    story: Story<'f>,
    of: &'f crate::Origins,
}

/// A reason that is given for a conclusion, with what it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Reason<'f> {
    story: Story<'f>,
    of: &'f crate::Reason,
}

/// A matter on which a story's articles, or the voices in them, disagree.
#[derive(Clone, Copy, Debug)]
pub struct Dispute<'f> {
    story: Story<'f>,
    at: DisputeIx,
}

/// One side of a dispute.
#[derive(Clone, Copy, Debug)]
pub struct Side<'f> {
    story: Story<'f>,
    of: &'f crate::Side,
}

/// What happened at one time.
#[derive(Clone, Copy, Debug)]
pub struct Event<'f> {
    story: Story<'f>,
    of: &'f crate::Event,
}

/// Different words for one thing.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'f> {
    story: Story<'f>,
    of: &'f crate::Wording,
}

/// What a [`Wording`] is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'f> {
    /// A name.
    Name(Name<'f>),
    /// The same place of one claim.
    Claim(Claim<'f>),
    /// The same place of one utterance.
    Quote(Quote<'f>),
}

/// One choice of words, with who makes it.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'f> {
    story: Story<'f>,
    of: &'f crate::Choice,
}

/// A sentence of a story's brief: a [`Passage`], with who else says all of it.
#[derive(Clone, Copy, Debug)]
pub struct BriefSentence<'f> {
    passage: Passage<'f>,
    story: Story<'f>,
    of: &'f crate::BriefSentence,
}

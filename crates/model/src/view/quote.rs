//! In: an utterance of a story. Out: who said it, how each article gives it, and where these differ.

use std::ops::Deref;

use super::{Difference, Name, Passage, Quote, QuoteReading};
use crate::{Confidence, DifferenceKind, Form, QuoteIx, QuoteReadingIx, Resolution};

impl<'f> Quote<'f> {
    fn of(self) -> &'f crate::Utterance {
        &self.story.of.comparison.quotes[self.at]
    }

    /// Its position among the story's quotations: in the report its id is `q`, and one more than this.
    pub fn at(self) -> QuoteIx {
        self.at
    }

    /// Who said it; `None` where the texts do not say or disagree.
    pub fn speaker(self) -> Option<Name<'f>> {
        self.of().speaker.map(|name| self.story.name(name))
    }

    /// The clearest words for who said it.
    pub fn source(self) -> Option<Passage<'f>> {
        let words = self.of().speaker_text;
        words.map(|mention| self.story.passage(mention))
    }

    /// Its readings, by article and place: one or more.
    pub fn readings(self) -> impl ExactSizeIterator<Item = QuoteReading<'f>> + Clone {
        QuoteReadingIx::of(self.of().readings.len()).map(move |at| self.reading(at))
    }

    fn reading(self, at: QuoteReadingIx) -> QuoteReading<'f> {
        let of = &self.of().readings[at];
        QuoteReading {
            passage: self.story.passage(of.mention),
            story: self.story,
            of,
        }
    }

    /// Where its readings differ.
    pub fn differences(self) -> impl ExactSizeIterator<Item = Difference<'f>> + Clone {
        let differences = self.of().differences.iter();
        differences.map(move |of| Difference { quote: self, of })
    }
}

impl<'f> QuoteReading<'f> {
    /// How it gives the words: all in quote marks, some, or none.
    pub fn form(self) -> Form {
        self.of.form
    }

    /// What was said, part by part, where other words stand in between.
    pub fn parts(self) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        self.story.passages(&self.of.parts)
    }

    /// The words that report it.
    pub fn cue(self) -> Option<Passage<'f>> {
        self.of.cue.map(|cue| self.story.passage(cue))
    }

    /// The words for who said it.
    pub fn source(self) -> Option<Passage<'f>> {
        self.of.source.map(|source| self.story.passage(source))
    }

    /// Who that is, where one knows.
    pub fn speaker(self) -> Option<Name<'f>> {
        self.of.speaker.map(|name| self.story.name(name))
    }

    /// How the speaker was found.
    pub fn resolution(self) -> Resolution {
        self.of.resolution
    }

    /// How sure that is.
    pub fn confidence(self) -> Confidence {
        self.of.confidence
    }

    /// The rule that found it.
    pub fn rule(self) -> &'static str {
        self.of.rule
    }
}

impl<'f> Deref for QuoteReading<'f> {
    type Target = Passage<'f>;

    fn deref(&self) -> &Passage<'f> {
        &self.passage
    }
}

impl<'f> Difference<'f> {
    /// In what.
    pub fn kind(self) -> DifferenceKind {
        self.of.kind
    }

    /// The two readings.
    pub fn readings(self) -> [QuoteReading<'f>; 2] {
        self.of.readings.map(|at| self.quote.reading(at))
    }

    /// The differing words of each; `None` where one has nothing there.
    pub fn sides(self) -> [Option<Passage<'f>>; 2] {
        let passage = |mention| self.quote.story.passage(mention);
        self.of.sides.map(|side| side.map(passage))
    }
}

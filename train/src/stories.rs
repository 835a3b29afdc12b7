//! In: a gold or invented story. Out: the same as the program reads it, with its sentences as the encoder does, so that
//! features can be set beside what the gold says.

use std::path::PathBuf;

use anyhow::Result;
use compare::Sentences;
use crossread::{Align, Engine, Options};
use eval::comparison::{Gold, Mode, Place, Reading};
use eval::lab::Lab;
use model::{Document, Mention, Story};

/// The stages as the fitters want them: all articles that are read are one story.
pub(crate) fn lab(data: PathBuf, align: Align) -> Result<Lab> {
    let engine = Engine::new(Options {
        align,
        one_story: true,
        ..Options::default()
    })?;
    Ok(Lab {
        data,
        engine,
        only: None,
    })
}

/// A gold story as the program reads it.
pub(crate) struct Read {
    pub(crate) gold: Gold,
    reading: Reading,
    /// By story, where they were read.
    sentences: Vec<Option<Sentences>>,
}

impl Read {
    /// Reads one.
    pub(crate) fn of(lab: &Lab, gold: Gold) -> Self {
        let reading = Reading::of(lab, &gold, Mode::Records);
        let stories = reading.findings.stories.iter();
        let sentences = stories
            .map(|one| lab.engine.sentences_of(&documents(&reading, &one.story)))
            .collect();
        Self {
            gold,
            reading,
            sentences,
        }
    }

    /// The stories that its articles are, with their documents and sentences.
    pub(crate) fn stories(
        &self,
    ) -> impl Iterator<Item = (&Story, Vec<&Document>, Option<&Sentences>)> {
        let stories = self.reading.findings.stories.iter();
        stories.zip(&self.sentences).map(|(one, sentences)| {
            let docs = documents(&self.reading, &one.story);
            (&one.story, docs, sentences.as_ref())
        })
    }

    /// Where a passage stands in the gold's text.
    pub(crate) fn place(&self, story: &Story, mention: &Mention) -> Option<Place> {
        self.reading.place(story, mention)
    }
}

fn documents<'r>(reading: &'r Reading, story: &Story) -> Vec<&'r Document> {
    story.documents(&reading.findings.documents)
}

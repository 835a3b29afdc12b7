//! In: different words of a story's articles for one thing. Out: the thing, and who chooses which.

use super::{Choice, Passage, Subject, Wording};

impl<'f> Wording<'f> {
    /// What the words are for.
    pub fn about(self) -> Subject<'f> {
        match self.of.about {
            crate::Subject::Name(at) => Subject::Name(self.story.name(at)),
            crate::Subject::Claim(at) => Subject::Claim(self.story.claim(at)),
            crate::Subject::Quote(at) => Subject::Quote(self.story.quote(at)),
        }
    }

    /// The choices: two or more.
    pub fn choices(self) -> impl ExactSizeIterator<Item = Choice<'f>> + Clone {
        let choices = self.of.choices.iter();
        choices.map(move |of| Choice {
            story: self.story,
            of,
        })
    }
}

impl<'f> Choice<'f> {
    /// The words, as the first who chooses them writes them.
    pub fn text(self) -> &'f str {
        self.story.passage(*self.of.mentions.first()).text()
    }

    /// Where they are used: one passage or more.
    pub fn passages(self) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        self.story.passages(&self.of.mentions)
    }
}

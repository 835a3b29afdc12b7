//! In: a claim of a story. Out: its words, what the outlets make of it, and what each article says.

use std::ops::Deref;

use super::{Article, Claim, ClaimReading, Dispute, Name, Origins, Passage, Reason, Story};
use crate::{ClaimIx, ClaimReview, ReadingIx, ReasonKind, Stance, Verdict};

impl<'f> Claim<'f> {
    fn of(self) -> &'f crate::Claim {
        &self.story.of.comparison.claims[self.at]
    }

    /// Its position among the story's claims: in the report its id is `c`, and one more than this.
    pub fn at(self) -> ClaimIx {
        self.at
    }

    /// The words of the reading that stands for it.
    pub fn text(self) -> &'f str {
        self.clearest().text()
    }

    /// The reading that stands for it.
    pub fn clearest(self) -> ClaimReading<'f> {
        self.reading(self.of().clearest)
    }

    /// Every article's statement of it, by article and place; and what only comes near it
    /// ([`ClaimReading::is_near`]).
    pub fn readings(self) -> impl ExactSizeIterator<Item = ClaimReading<'f>> + Clone {
        ReadingIx::of(self.of().readings.len()).map(move |at| self.reading(at))
    }

    fn reading(self, at: ReadingIx) -> ClaimReading<'f> {
        let of = &self.of().readings[at];
        ClaimReading {
            passage: self.story.passage(of.mention),
            story: self.story,
            of,
        }
    }

    /// How many outlets state it.
    pub fn outlets(self) -> usize {
        self.of().outlets as usize
    }

    /// How many independent origins it can have.
    pub fn origins(self) -> Origins<'f> {
        Origins {
            story: self.story,
            of: &self.of().origins,
        }
    }

    /// What that comes to.
    pub fn verdict(self) -> &'f Verdict {
        &self.of().verdict
    }

    /// The two readings that corroborate it: of origins that nothing ties, and surely the same. `None` where it is
    /// not corroborated.
    pub fn apart(self) -> Option<[ClaimReading<'f>; 2]> {
        match self.of().verdict {
            Verdict::Corroborated { apart } => Some(apart.map(|at| self.reading(at))),
            _ => None,
        }
    }

    /// The disputes that it is a side of; none where it is not disputed.
    pub fn disputes(self) -> impl ExactSizeIterator<Item = Dispute<'f>> + Clone {
        let disputes = match &self.of().verdict {
            Verdict::Disputed { disputes } => &disputes[..],
            _ => &[],
        };
        disputes.iter().map(move |&at| self.story.dispute(at))
    }

    /// What articles of the story say that they checked and that lines up with it, each with the article: their word,
    /// never a finding.
    pub fn checks(self) -> impl Iterator<Item = (Article<'f>, &'f ClaimReview)> + Clone {
        let all = self.story.of.comparison.checks.iter();
        let own = all.filter(move |check| check.claim == self.at);
        own.map(move |check| {
            let article = self.story.article(check.article);
            (article, &article.reviews()[check.review])
        })
    }

    /// The story's articles whose full text lacks it.
    pub fn absent_from(self) -> impl ExactSizeIterator<Item = Article<'f>> + Clone {
        self.story.articles_at(&self.of().absent_from)
    }
}

impl<'f> ClaimReading<'f> {
    /// Whether it asserts, denies or questions the claim.
    pub fn stance(self) -> Stance {
        self.of.stance
    }

    /// Who is given as the source; the first where several are. `None` where the article says it in its own voice, or
    /// where nobody knows whom its words for the source ([`Self::source`]) mean.
    pub fn speaker(self) -> Option<Name<'f>> {
        self.speakers().next()
    }

    /// All who are given as the source.
    pub fn speakers(self) -> impl ExactSizeIterator<Item = Name<'f>> + Clone {
        self.story.names_at(&self.of.attributed_to)
    }

    /// The words for the source, where there are any.
    pub fn source(self) -> Option<Passage<'f>> {
        self.of.source.map(|source| self.story.passage(source))
    }

    /// The words of it that carry the claim, where another reading was set beside it.
    pub fn carried(self) -> Option<Passage<'f>> {
        let carried = self.of.carried;
        carried.map(|span| self.passage.article().passage(span))
    }

    /// Whether it only comes near the claim, and confirms nothing.
    pub fn is_near(self) -> bool {
        self.of.near
    }
}

impl<'f> Deref for ClaimReading<'f> {
    type Target = Passage<'f>;

    fn deref(&self) -> &Passage<'f> {
        &self.passage
    }
}

impl<'f> Origins<'f> {
    /// At least so many: what the evidence forces apart (1 or more).
    pub fn low(self) -> usize {
        self.of.low as usize
    }

    /// At most so many: what the evidence does not merge.
    pub fn high(self) -> usize {
        self.of.high as usize
    }

    /// Why.
    pub fn because(self) -> impl ExactSizeIterator<Item = Reason<'f>> + Clone {
        Reason::all(self.story, &self.of.because)
    }
}

impl<'f> Reason<'f> {
    pub(super) fn all(
        story: Story<'f>,
        reasons: &'f [crate::Reason],
    ) -> impl ExactSizeIterator<Item = Self> + Clone {
        reasons.iter().map(move |of| Self { story, of })
    }

    /// What sort of reason.
    pub fn kind(self) -> ReasonKind {
        self.of.kind
    }

    /// The articles that it concerns.
    pub fn articles(self) -> impl ExactSizeIterator<Item = Article<'f>> + Clone {
        self.story.articles_at(&self.of.articles)
    }

    /// The words of a page that it rests on, to the letter, where there are any.
    pub fn words(self) -> Option<&'f str> {
        self.of.words.as_deref()
    }
}

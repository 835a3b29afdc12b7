//! In: a story of findings. Out: its articles, its names, and the lists of what they say together and apart.

use std::ops::Deref;

use super::{
    Article, BriefSentence, Claim, Copy, Dispute, Event, Name, Passage, Quote, Rewrite, Story,
    Wording,
};
use crate::{
    ArticleIx, ClaimIx, ComparedStory, DisputeIx, Document, Mention, NameIx, NameKind, QuoteIx,
    When,
};

impl<'f> Story<'f> {
    /// The view of a story; `documents` are all those of the findings that it belongs to.
    pub fn of(documents: &'f [Document], of: &'f ComparedStory) -> Self {
        Self { documents, of }
    }

    /// Its id, which is derived from its first article's.
    pub fn id(self) -> &'f str {
        &self.of.story.id
    }

    /// The id of the earlier story that it goes on from, where one is alike enough.
    pub fn earlier(self) -> Option<&'f str> {
        self.of.story.earlier.as_deref()
    }

    /// The headline of the article that tells best what all of them do; `None` where that has none.
    pub fn title(self) -> Option<&'f str> {
        self.article(self.of.story.title_from).title()
    }

    /// First and last day of publication, where known.
    pub fn days(self) -> Option<When> {
        self.of.story.days
    }

    /// The place where it happens, as its articles begin.
    pub fn place(self) -> Option<Name<'f>> {
        self.of.story.place.map(|name| self.name(name))
    }

    /// Its articles, by time, then id.
    pub fn articles(self) -> impl ExactSizeIterator<Item = Article<'f>> + Clone {
        let of = &self.of.story.articles;
        of.iter().map(move |&at| Article::of(&self.documents[at]))
    }

    /// One of its articles.
    pub fn article(self, at: ArticleIx) -> Article<'f> {
        Article::of(&self.documents[self.of.story.articles[at]])
    }

    /// Words and names that tell it from other stories, heaviest first.
    pub fn keywords(self) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        self.passages(&self.of.story.keywords)
    }

    /// Persons, organisations, places and others, across all its articles, most mentioned first.
    pub fn names(self) -> impl ExactSizeIterator<Item = Name<'f>> + Clone {
        NameIx::of(self.of.story.names.len()).map(move |at| self.name(at))
    }

    /// One of its names.
    pub fn name(self, at: NameIx) -> Name<'f> {
        Name { story: self, at }
    }

    /// Pairs of its articles that share text that did not arise independently.
    pub fn copies(self) -> impl ExactSizeIterator<Item = Copy<'f>> + Clone {
        let copies = self.of.story.copies.iter();
        copies.map(move |of| Copy { story: self, of })
    }

    /// Its articles that were made from something that is not among them.
    pub fn rewrites(self) -> impl ExactSizeIterator<Item = Rewrite<'f>> + Clone {
        let rewrites = self.of.story.rewrites.iter();
        rewrites.map(move |of| Rewrite { story: self, of })
    }

    /// What somebody said once, with every article's reading of it.
    pub fn quotes(self) -> impl ExactSizeIterator<Item = Quote<'f>> + Clone {
        QuoteIx::of(self.of.comparison.quotes.len()).map(move |at| self.quote(at))
    }

    /// One of its quotations.
    pub fn quote(self, at: QuoteIx) -> Quote<'f> {
        Quote { story: self, at }
    }

    /// What its articles state, best attested first.
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claim<'f>> + Clone {
        ClaimIx::of(self.of.comparison.claims.len()).map(move |at| self.claim(at))
    }

    /// One of its claims.
    pub fn claim(self, at: ClaimIx) -> Claim<'f> {
        Claim { story: self, at }
    }

    /// What its articles, or the voices in them, disagree on.
    pub fn disputes(self) -> impl ExactSizeIterator<Item = Dispute<'f>> + Clone {
        DisputeIx::of(self.of.comparison.disputes.len()).map(move |at| self.dispute(at))
    }

    /// One of its disputes.
    pub fn dispute(self, at: DisputeIx) -> Dispute<'f> {
        Dispute { story: self, at }
    }

    /// What happened when, in order.
    pub fn timeline(self) -> impl ExactSizeIterator<Item = Event<'f>> + Clone {
        let events = self.of.comparison.timeline.iter();
        events.map(move |of| Event { story: self, of })
    }

    /// Different words for one thing.
    pub fn wording(self) -> impl ExactSizeIterator<Item = Wording<'f>> + Clone {
        let wording = self.of.comparison.wording.iter();
        wording.map(move |of| Wording { story: self, of })
    }

    /// Sentences taken whole from the articles that together tell what most of them tell, in reading order.
    pub fn brief(self) -> impl ExactSizeIterator<Item = BriefSentence<'f>> + Clone {
        let brief = self.of.comparison.brief.iter();
        brief.map(move |of| BriefSentence {
            passage: self.passage(of.mention),
            story: self,
            of,
        })
    }

    /// Where a mention stands.
    pub fn passage(self, mention: Mention) -> Passage<'f> {
        self.article(mention.article).passage(mention.span)
    }

    pub(super) fn passages(
        self,
        mentions: &'f [Mention],
    ) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        mentions.iter().map(move |&mention| self.passage(mention))
    }

    pub(super) fn names_at(
        self,
        names: &'f [NameIx],
    ) -> impl ExactSizeIterator<Item = Name<'f>> + Clone {
        names.iter().map(move |&at| self.name(at))
    }

    pub(super) fn claims_at(
        self,
        claims: &'f [ClaimIx],
    ) -> impl ExactSizeIterator<Item = Claim<'f>> + Clone {
        claims.iter().map(move |&at| self.claim(at))
    }

    pub(super) fn articles_at(
        self,
        articles: &'f [ArticleIx],
    ) -> impl ExactSizeIterator<Item = Article<'f>> + Clone {
        articles.iter().map(move |&at| self.article(at))
    }
}

impl<'f> Name<'f> {
    /// Its position among the story's names: in the report its id is `n`, and one more than this.
    pub fn at(self) -> NameIx {
        self.at
    }

    /// The words that name it most clearly.
    pub fn text(self) -> &'f str {
        self.clearest().text()
    }

    /// Where these stand.
    pub fn clearest(self) -> Passage<'f> {
        self.story
            .passage(self.story.of.story.names[self.at].clearest)
    }

    /// What it names.
    pub fn kind(self) -> NameKind {
        self.story.of.story.names[self.at].kind
    }

    /// Every mention, in order of article and place.
    pub fn mentions(self) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        self.story
            .passages(&self.story.of.story.names[self.at].mentions)
    }

    /// One mention for each different role or title that the articles give it.
    pub fn roles(self) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        self.story
            .passages(&self.story.of.story.names[self.at].roles)
    }
}

impl<'f> Event<'f> {
    /// When.
    pub fn when(self) -> When {
        self.of.when
    }

    /// The passages that say so.
    pub fn passages(self) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        self.story.passages(&self.of.mentions)
    }

    /// The claims that these carry.
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claim<'f>> + Clone {
        self.story.claims_at(&self.of.claims)
    }
}

impl<'f> BriefSentence<'f> {
    /// Other passages that say the same.
    pub fn also(self) -> impl ExactSizeIterator<Item = Passage<'f>> + Clone {
        self.story.passages(&self.of.also)
    }

    /// The claims that it carries.
    pub fn claims(self) -> impl ExactSizeIterator<Item = Claim<'f>> + Clone {
        self.story.claims_at(&self.of.claims)
    }
}

impl<'f> Deref for BriefSentence<'f> {
    type Target = Passage<'f>;

    fn deref(&self) -> &Passage<'f> {
        &self.passage
    }
}

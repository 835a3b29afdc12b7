//! A story: the articles about one event, who among them copied whom, and who is who across them.

use crate::index::list;
use crate::{
    ArticleId, ArticleIx, Document, DocumentIx, EntityIx, NameIx, NameKind, NonEmpty, Span, When,
};

/// A passage of one of a story's articles: the unit of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The article.
    pub article: ArticleIx,
    /// The passage.
    pub span: Span,
}

/// The articles about one event.
#[derive(Clone, Debug)]
pub struct Story {
    /// Stable: derived from its first article.
    pub id: String,
    /// Id of the earlier story that this one goes on from, where one is alike enough: the arrest
    /// before the trial.
    pub earlier: Option<String>,
    /// The article whose headline serves as the story's.
    pub title_from: ArticleIx,
    /// Its articles, by time, then id.
    pub articles: NonEmpty<DocumentIx>,
    /// Ids of the same articles, in the same order.
    pub ids: NonEmpty<ArticleId>,
    /// First and last day of publication, where known.
    pub days: Option<When>,
    /// The place where it happens, as its articles begin.
    pub place: Option<NameIx>,
    /// Words and names that tell it from other stories, heaviest first.
    pub keywords: Vec<Mention>,
    /// Pairs of articles that share text that did not arise independently.
    pub copies: Vec<Copy>,
    /// Articles that show signs of having been made from something that is not among the story's
    /// articles, by article.
    pub rewrites: Vec<Rewrite>,
    /// Persons, organisations, places and other names, across all articles.
    pub names: Vec<StoryName>,
    /// For each article, for each of its `Document.entities`: the story's name for it; `None` where
    /// it could be two.
    pub name_of: Vec<Vec<Option<NameIx>>>,
    /// What people decided of it, which goes before what the program would.
    pub decided: Decided,
}

/// What people decided of a story's passages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Of two passages whether they state one thing; of two decisions on one pair the later one holds.
    pub pairs: Vec<([Mention; 2], bool)>,
}

impl Story {
    /// The documents of its articles, in their order, out of those of the findings that it belongs to: what an
    /// [`ArticleIx`] is a position in.
    pub fn documents<'d>(&self, all: &'d [Document]) -> Vec<&'d Document> {
        self.articles.iter().map(|&at| &all[at]).collect()
    }
}

impl Mention {
    /// Its words; `docs` are the documents of its story's articles.
    pub fn text<'d>(self, docs: &[&'d Document]) -> &'d str {
        docs[self.article].get(self.span)
    }
}

/// One person, organisation, place or thing across a story's articles.
#[derive(Clone, Debug)]
pub struct StoryName {
    /// What it is.
    pub kind: NameKind,
    /// The mention that names it most clearly.
    pub clearest: Mention,
    /// Every mention, in order of article and place.
    pub mentions: NonEmpty<Mention>,
    /// One mention for each different role or title that the articles give it.
    pub roles: Vec<Mention>,
}

/// Two articles that share text that did not arise independently.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The first article.
    pub a: ArticleIx,
    /// The second article.
    pub b: ArticleIx,
    /// What sort of sharing it is.
    pub kind: CopyKind,
    /// Which came from which.
    pub direction: Direction,
    /// Part of the first one's words that stand in the second: 0 to 1.
    pub share_a: f64,
    /// Part of the second one's words that stand in the first: 0 to 1.
    pub share_b: f64,
    /// Why the program says so.
    pub because: Vec<Reason>,
    /// The shared passages, longest first.
    pub passages: NonEmpty<Passage>,
}

/// Text that two articles of different stories share: a report lifted into another one.
#[derive(Clone, Debug)]
pub struct Across {
    /// The later article.
    pub article: DocumentIx,
    /// The earlier one.
    pub of: DocumentIx,
    /// What they share; the later one is its `a`, the earlier one its `b`.
    pub copy: Copy,
}

/// An article that was made from another text, which is not at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// The article.
    pub article: ArticleIx,
    /// What shows it.
    pub because: NonEmpty<Reason>,
}

/// What sort of sharing ties two articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CopyKind {
    /// Nearly the whole text.
    Copy,
    /// Edited, or mangled by a machine.
    Rewrite,
    /// One is a part of the other.
    Excerpt,
    /// Both quote one statement or one agency paragraph.
    SharedSource,
}

/// Which of two articles came from the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Direction {
    AFromB,
    BFromA,
    Unknown,
}

/// The same words in two articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// In the first.
    pub a: Mention,
    /// In the second.
    pub b: Mention,
}

/// A reason that the program gives for a conclusion, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// What sort of reason.
    pub kind: ReasonKind,
    /// The articles it concerns.
    pub articles: Vec<ArticleIx>,
    /// The words of a page that it rests on, to the letter (a credit line, an agency's name, a
    /// damaged word), where there are any.
    pub words: Option<String>,
}

/// What sort of reason it is; `report` puts it in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReasonKind {
    /// The page credits the other, or both credit one agency.
    Credit,
    /// One text was published before the other.
    Dates,
    /// The page says that it was taken from elsewhere ("Source link").
    SourceLink,
    /// Damaged words show a machine's hand.
    DamagedWords,
    /// One breaks off where the other goes on.
    Truncation,
    /// Long passages are the same.
    SharedPassages,
    /// What is shared is quoted speech or a statement.
    SharedStatement,
    /// The same speaker is the source in both.
    SameSpeaker,
    /// Both have it in the same words, more of them than two writers find by themselves.
    SameWords,
    /// Both only report it, and one does not name who said it: it may be the other's source.
    UnnamedSource,
    /// What would be other origins says the same in part only.
    LooseMatch,
    /// The program knows no words for denial in the language of some: one may deny what the other says.
    UnknownDenial,
    /// Like passages were found in languages in which nobody can tell whether they agree.
    AcrossLanguages,
    /// Opinion pieces: what they say confirms nothing.
    Opinion,
    /// Articles of one outlet.
    SameOutlet,
    /// Articles of outlets that belong to one house.
    SameOwner,
    /// Nothing shows a common origin; that is no proof of independence.
    NoSharedOriginFound,
}

list!(<'d> ArticleIx, &'d Document);
list!(ArticleIx, DocumentIx);
list!(ArticleIx, ArticleId);
list!(ArticleIx, Vec<Option<NameIx>>);
list!(EntityIx, Option<NameIx>);
list!(NameIx, StoryName);

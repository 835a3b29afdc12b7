//! Documents to stories: sketch · copies · group · repair · lineage · names across articles.
//!
//! In: annotated documents. Out: the stories they tell, with who copied whom and who is who. Two
//! questions are kept apart: whether two articles are about one event, and whether one text came
//! from the other.
//!
//! The way of an article: its sketch is drawn (`sketch`), its shingles are looked up among those of
//! earlier ones (`copies`), its words are weighed (`weights`), it joins the open story that it fits best
//! or opens one (`grouper`, scored by `group`, found by `index`). Now and then stories are mended
//! (`repair`) and linked to earlier ones (`chain`); silent ones close. For a reader a story is drawn up
//! with its copies (`lineage`, by `passages`), names (`names`) and face (`face`).
//!
//! Costs: an article of 500 words is sketched in some 50 microseconds, on any thread, and placed in
//! some 80, whatever came before, in order. A repair looks at the stories that have changed: some 150
//! microseconds an article. A million articles of one day take 2 GB.
//!
//! Results depend on the documents alone: they are put in order of time, then id, before anything
//! is decided, and ties are broken by that order.

mod background;
mod chain;
mod copies;
mod face;
mod forms;
mod furniture;
mod group;
mod grouper;
mod index;
mod lineage;
mod names;
mod passages;
mod repair;
mod shingles;
mod sketch;
mod state;
mod terms;
mod weights;

use std::collections::{BTreeMap, HashMap};

use model::{ArticleId, Copy, Decided, Document, DocumentIx, NonEmpty, Story};

use furniture::Furniture;
use group::Bags;

pub use background::encode as encode_background;
pub use chain::Link;
pub use copies::NearCopies;
pub use group::Settings;
pub use grouper::{Grouper, Placed};
pub use repair::Repair;
pub use sketch::{Sketch, sketch};
pub use state::StateError;
pub use terms::term;
pub use weights::Elsewhere;

/// Groups documents into stories, largest first. `sketches[i]` is that of `docs[i]`.
pub fn group(docs: &[Document], sketches: &[Sketch]) -> Vec<Story> {
    let grouping = Grouping::new(docs, sketches, &Settings::default());
    in_order(
        (0..grouping.len())
            .filter_map(|at| grouping.story(docs, at))
            .collect(),
    )
}

/// Which articles are about one event. What each story then says of copies and names depends on
/// its own articles alone, so that the stories may be drawn up side by side.
pub struct Grouping<'a> {
    sketches: &'a [Sketch],
    grouper: Grouper,
    /// Each story's number and articles, in order of time.
    members: Vec<(u32, Vec<DocumentIx>)>,
    /// For a story, by number, the earlier one that it goes on from.
    earlier: BTreeMap<u32, u32>,
    /// The documents in order of arrival.
    order: Vec<DocumentIx>,
    /// Pairs of documents that share text, the earlier one second.
    shares: Vec<(DocumentIx, DocumentIx)>,
    furniture: Furniture,
}

impl<'a> Grouping<'a> {
    /// Decides which articles belong together: the batch as a stream in order of time, then
    /// repaired. `sketches[i]` is that of `docs[i]`.
    pub fn new(docs: &[Document], sketches: &'a [Sketch], settings: &Settings) -> Self {
        Self::of(docs, sketches, settings, false)
    }

    /// All documents as one story, whatever they are about, for who has chosen them himself.
    pub fn whole(docs: &[Document], sketches: &'a [Sketch], settings: &Settings) -> Self {
        Self::of(docs, sketches, settings, true)
    }

    fn of(docs: &[Document], sketches: &'a [Sketch], settings: &Settings, whole: bool) -> Self {
        let mut order: Vec<DocumentIx> = DocumentIx::of(docs.len().min(sketches.len())).collect();
        order.sort_by_cached_key(|&at| {
            let article = &docs[at].article;
            (
                article.published.map_or(i64::MAX, |p| p.order()),
                article.id.clone(),
            )
        });
        let mut grouper = Grouper::new(settings.clone());
        let mut shares = Vec::new();
        for &at in &order {
            let placed = grouper.add(&sketches[at.at()]);
            let earlier = placed.shares.iter().map(|&of| (at, order[of as usize]));
            shares.extend(earlier);
        }
        grouper.repair();
        let mut of_story: BTreeMap<u32, Vec<DocumentIx>> = BTreeMap::new();
        for (article, &at) in (0..).zip(&order) {
            // One story takes the name that its first article's would have.
            if let Some(story) = grouper.story_of(if whole { 0 } else { article }) {
                of_story.entry(story).or_default().push(at);
            }
        }
        let links = grouper.links().into_iter();
        let earlier = links
            .filter(|_| !whole)
            .map(|link| (link.story, link.earlier))
            .collect();
        let members: Vec<(u32, Vec<DocumentIx>)> = of_story.into_iter().collect();
        let furniture = Furniture::new(grouper.postings(), sketches, &members);
        Self {
            sketches,
            grouper,
            members,
            earlier,
            order,
            shares,
            furniture,
        }
    }

    /// How many stories there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The articles of a story that share text with another of it, and so may be copies: only they
    /// need more than tokens for [`Grouping::story`] to tell.
    pub fn sharing(&self, docs: &[Document], at: usize) -> Vec<DocumentIx> {
        let Some((_, articles)) = self.members.get(at) else {
            return Vec::new();
        };
        let of: Vec<&Document> = articles.iter().map(|&at| &docs[at]).collect();
        let sharing = lineage::sharing(&of);
        sharing.into_iter().map(|at| articles[at.at()]).collect()
    }

    /// Pairs of documents in different stories that share text, the later one first: a report lifted
    /// into another story is a copy all the same. What one outlet says in several of its stories is
    /// its own furniture or background, and is none.
    pub fn across(&self, docs: &[Document]) -> Vec<(DocumentIx, DocumentIx)> {
        let mut story_of: HashMap<DocumentIx, u32> = HashMap::new();
        for (story, articles) in &self.members {
            story_of.extend(articles.iter().map(|&article| (article, *story)));
        }
        let outlet = |at: DocumentIx| docs[at].article.outlet.as_deref();
        let apart = |&&(one, other): &&(DocumentIx, DocumentIx)| {
            let own = outlet(one).is_some() && outlet(one) == outlet(other);
            story_of.get(&one) != story_of.get(&other) && !own
        };
        self.shares.iter().filter(apart).copied().collect()
    }

    /// What two documents of a pair share, the first as `a`; `None` where nothing that did not arise
    /// independently.
    pub fn pair(&self, one: &Document, other: &Document) -> Option<Copy> {
        lineage::copies(&[one, other], &self.furniture).pop()
    }

    /// A story of the same documents, with its copies and names; [`in_order`] puts the stories into
    /// their order.
    pub fn story(&self, docs: &[Document], at: usize) -> Option<Story> {
        let (story, articles) = self.members.get(at)?.clone();
        let of: Vec<&Document> = articles.iter().map(|&at| &docs[at]).collect();
        let sketches: Vec<&Sketch> = articles.iter().map(|at| &self.sketches[at.at()]).collect();
        let earlier = self.earlier.get(&story);
        let named = Named {
            id: self.id(docs, story)?,
            earlier: earlier.and_then(|&earlier| self.id(docs, earlier)),
            decided: Decided::default(),
        };
        let articles = NonEmpty::new(articles)?;
        draw(
            &self.grouper,
            &of,
            &sketches,
            &self.furniture,
            articles,
            named,
        )
    }

    /// The id of a story, by its number.
    fn id(&self, docs: &[Document], story: u32) -> Option<String> {
        let (founder, nth) = self.grouper.name_of(story)?;
        let founder = *self.order.get(founder as usize)?;
        Some(story_id(&docs[founder].article.id, nth))
    }
}

/// What a story is called, and the one that it goes on from.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// The id of the earlier story.
    pub earlier: Option<String>,
    /// What people decided of its passages.
    pub decided: Decided,
}

impl Grouper {
    /// One story of the stream: `docs` are its articles, in order of time, then id, and
    /// `Story.articles` counts them. `None` where there are none.
    pub fn draw(&self, docs: &[&Document], named: Named) -> Option<Story> {
        let sketches: Vec<Sketch> = docs.iter().map(|doc| sketch(doc)).collect();
        let furniture = Furniture::around(self.postings(), &sketches);
        let sketches: Vec<&Sketch> = sketches.iter().collect();
        let articles = NonEmpty::new(DocumentIx::of(docs.len()).collect())?;
        draw(self, docs, &sketches, &furniture, articles, named)
    }
}

/// A story with its copies, names and face.
fn draw(
    grouper: &Grouper,
    docs: &[&Document],
    sketches: &[&Sketch],
    furniture: &Furniture,
    articles: NonEmpty<DocumentIx>,
    named: Named,
) -> Option<Story> {
    let bags: Vec<Bags> = sketches
        .iter()
        .map(|&sketch| grouper.weigh(sketch))
        .collect();
    let sum = Bags::sum(bags.iter());
    let copies = lineage::copies(docs, furniture);
    let (names, name_of) = names::names(docs);
    Some(Story {
        id: named.id,
        earlier: named.earlier,
        title_from: face::title_from(docs, &bags, &sum),
        articles,
        ids: NonEmpty::new(docs.iter().map(|doc| doc.article.id.clone()).collect())?,
        days: face::days(docs),
        place: face::place(docs, &names),
        keywords: face::keywords(docs, &sum),
        rewrites: lineage::rewrites(docs, &copies),
        copies,
        names,
        name_of,
        decided: named.decided,
    })
}

/// The id of the story that is named after an article, the `nth` of that name. It stays when the
/// story is mended.
pub fn story_id(founder: &ArticleId, nth: u32) -> String {
    if nth == 0 {
        format!("s-{founder}")
    } else {
        format!("s-{founder}-{}", nth + 1)
    }
}

/// Stories in their order: largest first, then by their first day, then by id.
pub fn in_order(mut stories: Vec<Story>) -> Vec<Story> {
    stories.sort_by_cached_key(|story| {
        let first = story.days.map(|days| days.start);
        (
            std::cmp::Reverse(story.articles.len()),
            first.is_none(),
            first,
            story.id.clone(),
        )
    });
    stories
}

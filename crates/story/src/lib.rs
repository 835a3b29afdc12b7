//! Documents to stories: sketch · copies · group · repair · lineage · names across articles.
//!
//! In: annotated documents. Out: the stories they tell, with who copied whom and who is who. Two
//! questions are kept apart: whether two articles are about one event, and whether one text came
//! from the other.
//!
//! Results depend on the documents alone: they are put in order of time, then id, before anything
//! is decided, and ties are broken by that order.

mod background;
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
mod sketch;
mod state;
mod terms;
mod weights;

use std::collections::BTreeMap;

use model::{ArticleId, Document, NonEmpty, Story};

use furniture::Furniture;
use group::Bags;

pub use background::encode as encode_background;
pub use group::Settings;
pub use grouper::{Grouper, Placed};
pub use repair::Repair;
pub use sketch::{Sketch, sketch};
pub use state::StateError;
pub use terms::term;

/// Groups documents into stories, largest first. `sketches[i]` is that of `docs[i]`.
pub fn group(docs: &[Document], sketches: &[Sketch]) -> Vec<Story> {
    group_with(docs, sketches, &Settings::default())
}

/// [`group`] with other settings.
pub fn group_with(docs: &[Document], sketches: &[Sketch], settings: &Settings) -> Vec<Story> {
    let grouping = Grouping::new(docs, sketches, settings);
    in_order(
        (0..grouping.len())
            .filter_map(|at| grouping.story(at))
            .collect(),
    )
}

/// Which articles are about one event. What each story then says of copies and names depends on
/// its own articles alone, so that the stories may be drawn up side by side.
pub struct Grouping<'a> {
    docs: &'a [Document],
    sketches: &'a [Sketch],
    grouper: Grouper,
    /// Each story's number and articles, in order of time.
    members: Vec<(u32, Vec<u32>)>,
    /// The documents in order of arrival.
    order: Vec<u32>,
    furniture: Furniture,
}

impl<'a> Grouping<'a> {
    /// Decides which articles belong together: the batch as a stream in order of time, then
    /// repaired. `sketches[i]` is that of `docs[i]`.
    pub fn new(docs: &'a [Document], sketches: &'a [Sketch], settings: &Settings) -> Self {
        let mut order: Vec<u32> = (0..docs.len().min(sketches.len()) as u32).collect();
        order.sort_by_cached_key(|&at| {
            let article = &docs[at as usize].article;
            (
                article.published.map_or(i64::MAX, |p| p.order()),
                article.id.clone(),
            )
        });
        let mut grouper = Grouper::new(settings.clone());
        for &at in &order {
            grouper.add(&sketches[at as usize]);
        }
        grouper.repair();
        let mut of_story: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (article, &at) in (0..).zip(&order) {
            if let Some(story) = grouper.story_of(article) {
                of_story.entry(story).or_default().push(at);
            }
        }
        let members: Vec<(u32, Vec<u32>)> = of_story.into_iter().collect();
        let furniture = Furniture::new(grouper.postings(), sketches, &members);
        Self {
            docs,
            sketches,
            grouper,
            members,
            order,
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

    /// A story, with its copies and names; [`in_order`] puts the stories into their order.
    pub fn story(&self, at: usize) -> Option<Story> {
        let (story, articles) = self.members.get(at)?.clone();
        let of: Vec<&Document> = articles.iter().map(|&at| &self.docs[at as usize]).collect();
        let weigh = |&at: &u32| self.grouper.weigh(&self.sketches[at as usize]);
        let bags: Vec<Bags> = articles.iter().map(weigh).collect();
        let ids = NonEmpty::new(of.iter().map(|doc| doc.article.id.clone()).collect())?;
        let (founder, nth) = self.grouper.name_of(story)?;
        let founder = *self.order.get(founder as usize)?;
        let copies = lineage::copies(&of, &self.furniture);
        let (names, name_of) = names::names(&of);
        Some(Story {
            id: story_id(&self.docs[founder as usize].article.id, nth),
            title_from: face::title_from(&of, &bags),
            articles: NonEmpty::new(articles)?,
            ids,
            days: face::days(&of),
            rewrites: lineage::rewrites(&of, &copies),
            copies,
            names,
            name_of,
        })
    }
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

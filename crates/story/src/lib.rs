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
mod index;
mod lineage;
mod names;
mod passages;
mod repair;
mod sketch;
mod terms;

use model::{Document, NonEmpty, Story};

use furniture::Furniture;
use group::Bags;

pub use background::encode as encode_background;
pub use group::Settings;
pub use sketch::{Sketch, sketch};
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
    bags: Vec<Bags>,
    members: Vec<Vec<u32>>,
    furniture: Furniture,
}

impl<'a> Grouping<'a> {
    /// Decides which articles belong together. `sketches[i]` is that of `docs[i]`.
    pub fn new(docs: &'a [Document], sketches: &[Sketch], settings: &Settings) -> Self {
        let mut order: Vec<u32> = (0..docs.len().min(sketches.len()) as u32).collect();
        order.sort_by_cached_key(|&at| {
            let article = &docs[at as usize].article;
            (
                article.published.map_or(i64::MAX, |p| p.order()),
                article.id.clone(),
            )
        });
        let (leaders, repeated) = copies::leaders(sketches, &order);
        let bags = group::weigh(sketches, &leaders, settings);
        let open = group::stream(&bags, &leaders, &order, settings);
        let open = repair::repair(open, &bags, settings);
        let members = with_copies(&open, &leaders, &order);
        let furniture = Furniture::new(&repeated, sketches, &members);
        Self {
            docs,
            bags,
            members,
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
        let articles = self.members.get(at)?.clone();
        story(self.docs, &self.bags, articles, &self.furniture)
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

/// Each story's articles in order of time, near-copies with the article that they repeat.
fn with_copies(open: &[group::Open], leaders: &[u32], order: &[u32]) -> Vec<Vec<u32>> {
    let mut story_of = vec![None; leaders.len()];
    for (story, open) in open.iter().enumerate() {
        for &member in &open.members {
            story_of[member as usize] = Some(story);
        }
    }
    let mut members = vec![Vec::new(); open.len()];
    for &article in order {
        if let Some(story) = story_of[leaders[article as usize] as usize] {
            members[story].push(article);
        }
    }
    members
}

/// A story of articles given in order of time.
fn story(
    docs: &[Document],
    bags: &[Bags],
    articles: Vec<u32>,
    furniture: &Furniture,
) -> Option<Story> {
    let of: Vec<&Document> = articles.iter().map(|&at| &docs[at as usize]).collect();
    let bags: Vec<&Bags> = articles.iter().map(|&at| &bags[at as usize]).collect();
    let ids = NonEmpty::new(of.iter().map(|doc| doc.article.id.clone()).collect())?;
    let copies = lineage::copies(&of, furniture);
    let (names, name_of) = names::names(&of);
    Some(Story {
        id: format!("s-{}", ids.first()),
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

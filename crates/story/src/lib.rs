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
mod group;
mod repair;
mod sketch;
mod terms;

use model::{Document, NonEmpty, Story};

pub use background::encode as encode_background;
pub use group::Settings;
pub use sketch::{Sketch, sketch};

/// Groups documents into stories, largest first. `sketches[i]` is that of `docs[i]`.
pub fn group(docs: &[Document], sketches: &[Sketch]) -> Vec<Story> {
    group_with(docs, sketches, &Settings::default())
}

/// [`group`] with other settings.
pub fn group_with(docs: &[Document], sketches: &[Sketch], settings: &Settings) -> Vec<Story> {
    let mut order: Vec<u32> = (0..docs.len().min(sketches.len()) as u32).collect();
    order.sort_by_cached_key(|&at| {
        let article = &docs[at as usize].article;
        (article.published.map_or(i64::MAX, |p| p.order()), article.id.clone())
    });
    let leaders = copies::leaders(sketches, &order);
    let bags = group::weigh(sketches, &leaders, settings);
    let open = group::stream(sketches, &bags, &leaders, &order, settings);
    let open = repair::repair(open, sketches, &bags, settings);
    let mut story_of = vec![u32::MAX; sketches.len()];
    for (story, open) in open.iter().enumerate() {
        for &member in &open.members {
            story_of[member as usize] = story as u32;
        }
    }
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); open.len()];
    for &article in &order {
        let leader = leaders[article as usize];
        members[story_of[leader as usize] as usize].push(article);
    }
    let mut stories: Vec<Story> = members
        .into_iter()
        .filter_map(|articles| {
            let ids = articles.iter().map(|&a| docs[a as usize].article.id.clone()).collect();
            let ids = NonEmpty::new(ids)?;
            Some(Story {
                id: format!("s-{}", ids.first()),
                title_from: 0,
                name_of: articles
                    .iter()
                    .map(|&a| vec![None; docs[a as usize].entities.len()])
                    .collect(),
                articles: NonEmpty::new(articles)?,
                ids,
                days: None,
                copies: Vec::new(),
                names: Vec::new(),
            })
        })
        .collect();
    stories.sort_by_key(|story| std::cmp::Reverse(story.articles.len()));
    stories
}

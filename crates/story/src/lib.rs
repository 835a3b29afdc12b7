//! Documents to stories: sketch · copies · group · names across articles.
//!
//! In: annotated documents, by time, then id. Out: the stories they tell, with who copied whom and
//! who is who. Two questions are kept apart: whether two articles are about one event, and whether
//! one text came from the other.

use model::{Document, NonEmpty, Story};

/// What grouping keeps of a document: made once per document, on any thread.
pub struct Sketch {}

/// Draws the sketch of one document.
pub fn sketch(_doc: &Document) -> Sketch {
    Sketch {}
}

/// Groups documents into stories, largest first. `sketches[i]` is that of `docs[i]`.
pub fn group(docs: &[Document], _sketches: &[Sketch]) -> Vec<Story> {
    let Some(articles) = NonEmpty::new((0..docs.len() as u32).collect()) else {
        return Vec::new();
    };
    let Some(ids) = NonEmpty::new(docs.iter().map(|d| d.article.id.clone()).collect()) else {
        return Vec::new();
    };
    vec![Story {
        id: format!("s-{}", ids.first()),
        title_from: 0,
        articles,
        ids,
        days: None,
        copies: Vec::new(),
        names: Vec::new(),
        name_of: docs.iter().map(|d| vec![None; d.entities.len()]).collect(),
    }]
}

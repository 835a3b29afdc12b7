//! A story to its comparison: pair · align · judge · timeline · wording · brief.
//!
//! In: a story and its documents. Out: what is corroborated and by how many origins, what is
//! disputed, what only one outlet has, when each thing happened, and who is quoted how.

use model::{Comparison, Document, Story};

/// Compares a story's articles. `docs[i]` is the document of `story.articles[i]`.
pub fn compare(_story: &Story, _docs: &[&Document]) -> Comparison {
    Comparison::default()
}

//! In: articles sorted out. Out: which pairs of them are tied as copies, by their ids.

use std::collections::BTreeMap;

use crossread::Grouped;
use crossread::model::{ArticleId, ArticleIx, Copy, CopyKind, DocumentIx};

/// Two ids in order.
pub fn pair(a: &str, b: &str) -> (String, String) {
    let (a, b) = (a.to_owned(), b.to_owned());
    if a < b { (a, b) } else { (b, a) }
}

/// All pairs that are tied, within stories and across, by id, each with its kind and the larger of its
/// two shares.
pub fn ties(grouped: &Grouped) -> BTreeMap<(String, String), (CopyKind, f64)> {
    let mut ties = BTreeMap::new();
    let mut note = |a: &ArticleId, b: &ArticleId, copy: &Copy| {
        let share = copy.share_a.max(copy.share_b);
        ties.insert(pair(a.as_str(), b.as_str()), (copy.kind, share));
    };
    for story in &grouped.stories {
        for copy in &story.copies {
            let id = |at: ArticleIx| story.ids.get(at.at());
            if let (Some(a), Some(b)) = (id(copy.a), id(copy.b)) {
                note(a, b, copy);
            }
        }
    }
    for found in &grouped.across {
        let id = |at: DocumentIx| &grouped.documents[at].article.id;
        note(id(found.article), id(found.of), &found.copy);
    }
    ties
}

//! What readers decided and noted of a story, for its page. In: the marks of its articles. Out: each with its outlets.

use crossread::report::{self, site};
use store::Reader;

use crate::refusal::Refusal;
use crate::times;

/// The marks of a story's articles as its page lists them, the latest first.
pub fn decisions(store: &Reader, story: u32) -> Result<Vec<site::Decision>, Refusal> {
    let mut decisions = Vec::new();
    for mark in store.marks_of(story)?.into_iter().rev() {
        let mut about = Vec::new();
        for one in mark.about {
            let row = store.article(&one.article)?;
            let (outlet, title) = row.map(|row| (row.outlet, row.title)).unwrap_or_default();
            let text = match one.exact.is_empty() {
                true => title.unwrap_or_default(),
                false => one.exact,
            };
            about.push((outlet.unwrap_or(one.article), text));
        }
        decisions.push(site::Decision {
            id: mark.id,
            kind: report::word(&mark.kind),
            by: mark.by,
            at: times::instant(mark.at),
            key: mark.key,
            about,
            note: mark.note,
            undone: mark.undone.map(|(by, at)| (by, times::instant(at))),
        });
    }
    Ok(decisions)
}

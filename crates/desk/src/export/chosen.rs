//! Which stories are exported. In: ids, days, an outlet. Out: these stories, one at a time.

use crossread::report::{self, wire};
use store::Reader;

use super::{ExportError, damaged};

/// Which stories are exported: all, where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Only these, by id.
    pub stories: Vec<String>,
    /// Only with an article of this day or later, `2023-03-18`.
    pub since: Option<String>,
    /// Only with an article of this day or earlier.
    pub until: Option<String>,
    /// Only with an article of this outlet.
    pub outlet: Option<String>,
}

impl Chosen {
    /// Whether that is all.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Does something with the number and the report of each; `seen` is told after each.
    pub(super) fn each_story(
        &self,
        store: &Reader,
        seen: &dyn Fn(usize),
        mut each: impl FnMut(u32, wire::Story) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let mut ids = Vec::new();
        for id in &self.stories {
            // A story that has another id by now is found by the one that it had.
            let row = store
                .story(id)?
                .ok_or_else(|| ExportError::NoStory(id.clone()))?;
            ids.push(row.id);
        }
        for (n, id) in store.reported()? {
            let asked = ids.is_empty() || ids.contains(&id);
            if let Some(kept) = asked.then(|| store.report(n)).transpose()?.flatten() {
                let story = report::story(&kept.story).ok_or_else(|| damaged(store, &id))?;
                if self.has(&story) {
                    each(n, story)?;
                }
            }
            seen(1);
        }
        Ok(())
    }

    fn has(&self, story: &wire::Story) -> bool {
        let outlet = |wanted: &str| {
            story
                .outlets
                .iter()
                .any(|own| own.eq_ignore_ascii_case(wanted))
        };
        let since = |day: &str| story.last.as_deref().is_some_and(|last| last >= day);
        let until = |day: &str| story.first.as_deref().is_some_and(|first| first <= day);
        self.outlet.as_deref().is_none_or(outlet)
            && self.since.as_deref().is_none_or(since)
            && self.until.as_deref().is_none_or(until)
    }
}

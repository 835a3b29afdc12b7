//! What the watch beside the server does right now. In: news of it. Out: counts, and what is waited for.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use fetch::{Alert, News};

/// What the watch does right now.
#[derive(Debug, Default)]
pub struct Doing {
    /// Looks at feeds.
    pub looks: AtomicU64,
    /// New articles.
    pub came: AtomicU64,
    /// Changed ones.
    pub changed: AtomicU64,
    /// What failed.
    pub failed: AtomicU64,
    /// What is waited for, and until when.
    pub waits: Mutex<Option<(String, i64)>>,
    /// Why it could not go on, when it last could not.
    pub trouble: Mutex<Option<String>>,
}

impl Doing {
    /// Notes what goes on.
    pub fn note(&self, news: &News<'_>) {
        let add = |count: &AtomicU64, by: usize| {
            count.fetch_add(by as u64, Ordering::Relaxed);
        };
        let waits = match news {
            News::Waiting(address, until) => Some(((*address).to_owned(), *until)),
            _ => None,
        };
        *self.waits.lock().unwrap_or_else(PoisonError::into_inner) = waits;
        match news {
            News::Feed(..) => add(&self.looks, 1),
            News::Trouble(..) | News::Alert(Alert::Refused(..)) => add(&self.failed, 1),
            News::Added(added) => {
                add(&self.came, added.new.len());
                add(&self.changed, added.changed.len());
            }
            News::Alert(_) | News::Waiting(..) => {}
        }
    }
}

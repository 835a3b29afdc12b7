//! Saved searches. In: the store, and who posts. Out: of what came, what each search finds, told at once and
//! posted to the search's hook until the hook takes it. How far each has told is kept in the store:
//! what came while nobody could be told is told later.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::json;
use store::{ArticleRow, Reader, SavedSearch, Writer};
use url::Url;

use crate::client::{Client, ClientOptions};

/// Versions that are looked through at one time, and so articles of one message at most.
const TOGETHER: u32 = 1_000;
/// How long a hook may take: others wait meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);
/// A hook that fails is tried again after so many seconds, twice as many each time, up to the last.
const AGAIN: i64 = 30;
const LONGEST: i64 = 3_600;

/// What an alert tells.
#[derive(Debug)]
pub enum Alert<'a> {
    /// Articles came that a search finds.
    Came(&'a SavedSearch, &'a [ArticleRow]),
    /// A search's hook does not take what came: why. It is tried again later.
    Refused(&'a str, &'a str),
}

/// Tells of what came.
#[derive(Debug)]
pub struct Alerts {
    messenger: Client,
}

impl Alerts {
    /// With requests made in this manner; a hook is the user's own, and may be on this machine.
    pub fn new(options: &ClientOptions) -> Self {
        let messenger = Client::new(ClientOptions {
            allow_private: true,
            patience: options.patience.min(PATIENCE),
            ..options.clone()
        });
        Self { messenger }
    }

    /// Whether there is something to post now, at a time in seconds since 1970.
    ///
    /// # Errors
    /// Those of the store.
    pub fn are_due(store: &Reader, now: i64) -> Result<bool, store::Error> {
        let arrived = store.arrived()?;
        let due = |search: &SavedSearch| {
            search.hook.is_some() && search.posted < arrived && search.due <= now
        };
        Ok(store.searches()?.iter().any(due))
    }

    /// Tells people and hooks what there is to tell; `now` is in seconds since 1970.
    ///
    /// # Errors
    /// Those of the store.
    pub fn tell(
        &self,
        store: &Writer,
        now: i64,
        tell: &mut dyn FnMut(Alert<'_>),
    ) -> Result<(), store::Error> {
        let arrived = store.arrived()?;
        for mut search in store.searches()? {
            if search.told == arrived {
                continue;
            }
            while search.told < arrived {
                let to = next(search.told, arrived);
                let rows = store.arrivals(&search, search.told..to)?;
                if !rows.is_empty() {
                    tell(Alert::Came(&search, &rows));
                }
                search.told = to;
            }
            keep(store, &search)?;
        }
        self.post_all(store, now, tell)
    }

    /// Tells hooks alone. A program that dies here posts at most one message a search twice, and leaves none out.
    ///
    /// # Errors
    /// Those of the store.
    pub fn post_all(
        &self,
        store: &Writer,
        now: i64,
        tell: &mut dyn FnMut(Alert<'_>),
    ) -> Result<(), store::Error> {
        let arrived = store.arrived()?;
        let mut dead: HashSet<String> = HashSet::new();
        for mut search in store.searches()? {
            let Some(hook) = search.hook.clone() else {
                continue;
            };
            while search.posted < arrived && search.due <= now && !dead.contains(&hook) {
                let to = next(search.posted, arrived);
                let rows = store.arrivals(&search, search.posted..to)?;
                let taken = match rows.is_empty() {
                    true => Ok(()),
                    false => self.post(&hook, &search, &rows),
                };
                match taken {
                    Ok(()) => (search.posted, search.failures, search.due) = (to, 0, 0),
                    Err(why) => {
                        tell(Alert::Refused(&hook, &why));
                        dead.insert(hook.clone());
                        let wait = AGAIN.saturating_mul(1 << search.failures.min(16));
                        search.due = now.saturating_add(wait.min(LONGEST));
                        search.failures += 1;
                    }
                }
                keep(store, &search)?;
            }
        }
        Ok(())
    }

    fn post(&self, hook: &str, search: &SavedSearch, rows: &[ArticleRow]) -> Result<(), String> {
        let url = Url::parse(hook).map_err(|_| "it is no address".to_owned())?;
        let articles = rows.iter().map(|row| {
            json!({
                "id": row.id, "version": row.versions, "title": row.title, "outlet": row.outlet,
                "url": row.url, "published": row.published, "story": row.story,
            })
        });
        let body = json!({
            "search": search.name, "words": search.words, "outlet": search.outlet,
            "articles": articles.collect::<Vec<_>>(),
        });
        self.messenger.post(&url, &body.to_string())
    }
}

/// Where looking through what came stops for a message, from a version on.
fn next(from: u32, arrived: u32) -> u32 {
    arrived.min(from.saturating_add(TOGETHER))
}

fn keep(store: &Writer, search: &SavedSearch) -> Result<(), store::Error> {
    let batch = store.batch()?;
    batch.told(search)?;
    batch.commit()
}

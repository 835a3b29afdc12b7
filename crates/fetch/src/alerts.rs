//! Saved searches. In: the store, and who posts. Out: of what came, what each search finds, told when it is
//! there and posted to the search's hook until the hook takes it. How far each has told is kept in the store:
//! what came while nobody could be told is told later.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::json;
use store::{ArticleRow, SavedSearch, Writer};
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
    /// Articles came that a search finds; its hook has taken them, where it has one.
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

    /// Tells what there is to tell; `now` is in seconds since 1970. A program that dies here tells at most one
    /// message a search twice, and leaves none out.
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
        let mut dead: HashSet<String> = HashSet::new();
        for mut search in store.searches()? {
            while search.told < arrived && search.due <= now {
                let to = arrived.min(search.told.saturating_add(TOGETHER));
                let rows = store.arrivals(&search, search.told..to)?;
                let taken = match &search.hook {
                    Some(hook) if !rows.is_empty() => match dead.contains(hook) {
                        true => break,
                        false => self.post(hook, &search, &rows),
                    },
                    _ => Ok(()),
                };
                match taken {
                    Ok(()) => {
                        (search.told, search.failures, search.due) = (to, 0, 0);
                        if !rows.is_empty() {
                            tell(Alert::Came(&search, &rows));
                        }
                    }
                    Err(why) => {
                        let hook = search.hook.clone().unwrap_or_default();
                        tell(Alert::Refused(&hook, &why));
                        dead.insert(hook);
                        let wait = AGAIN.saturating_mul(1 << search.failures.min(16));
                        search.due = now.saturating_add(wait.min(LONGEST));
                        search.failures += 1;
                    }
                }
                let batch = store.batch()?;
                batch.told(&search)?;
                batch.commit()?;
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

//! Saved searches. In: the store, and who posts. Out: of what came, what each search finds, told at once and
//! posted to the search's hook until the hook takes it. How far each has told is kept in the store:
//! what came while nobody could be told is told later. Nobody waits for a hook: it is posted to beside, and what came of
//! it is noted the next time.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use store::{ArticleRow, Reader, SavedSearch, Writer};
use url::Url;

use crate::client::{Client, ClientOptions};
use crate::robots::host_of;

/// Versions that are looked through at one time, and so articles of one message at most.
const TOGETHER: u32 = 1_000;
/// How long a hook may take.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// A host whose hook fails is tried again after so many seconds, twice as many each time, up to the last.
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
    messenger: Arc<Client>,
    posting: Mutex<Posting>,
}

/// What is on its way to hooks. Each message has a thread of its own, one at a time a host: whoever adds articles never
/// waits for a hook, and no hook for another's host.
#[derive(Debug)]
struct Posting {
    /// Hosts that a message is on its way to.
    flying: HashSet<String>,
    /// Hosts that fail, and when they are tried again.
    resting: HashMap<String, Rest>,
    give: Sender<Posted>,
    given: Receiver<Posted>,
    /// What was waited for and is not noted yet.
    came: Vec<Posted>,
}

/// How often a host failed in a row, and when it is tried again, seconds since 1970.
#[derive(Clone, Copy, Debug, Default)]
struct Rest {
    failures: u32,
    due: i64,
}

/// What came of a message.
#[derive(Clone, Debug)]
struct Posted {
    search: SavedSearch,
    hook: String,
    host: String,
    /// The version up to which it tells.
    to: u32,
    taken: Result<(), String>,
}

impl Alerts {
    /// With requests made in this manner; a hook is the user's own, and may be on this machine.
    pub fn new(options: &ClientOptions) -> Self {
        let messenger = Client::new(ClientOptions {
            allow_private: true,
            patience: options.patience.min(PATIENCE),
            ..options.clone()
        });
        let (give, given) = mpsc::channel();
        Self {
            messenger: Arc::new(messenger),
            posting: Mutex::new(Posting {
                flying: HashSet::new(),
                resting: HashMap::new(),
                give,
                given,
                came: Vec::new(),
            }),
        }
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

    /// Tells hooks alone: notes what they took since, and sends what is due; waits for none. A program that dies posts at
    /// most one message a search twice, and leaves none out.
    ///
    /// # Errors
    /// Those of the store.
    pub fn post_all(
        &self,
        store: &Writer,
        now: i64,
        tell: &mut dyn FnMut(Alert<'_>),
    ) -> Result<(), store::Error> {
        let mut posting = self.posting.lock().unwrap_or_else(PoisonError::into_inner);
        let mut posted = std::mem::take(&mut posting.came);
        posted.extend(posting.given.try_iter());
        for posted in posted {
            posting.note(store, posted, now, tell)?;
        }
        self.send(&mut posting, store, now)
    }

    /// The same, until nothing is on its way and nothing is due, or the time is over: for a program that ends.
    ///
    /// # Errors
    /// Those of the store.
    pub fn finish(
        &self,
        store: &Writer,
        now: i64,
        patience: Duration,
        tell: &mut dyn FnMut(Alert<'_>),
    ) -> Result<(), store::Error> {
        let until = Instant::now() + patience;
        self.post_all(store, now, tell)?;
        while self.wait(until) {
            self.post_all(store, now, tell)?;
        }
        Ok(())
    }

    /// Waits until something came of a message that is on its way, which [`Self::post_all`] notes; the store is nobody's
    /// meanwhile. Not so where none is on its way, or the time is over.
    pub fn wait(&self, until: Instant) -> bool {
        let mut posting = self.posting.lock().unwrap_or_else(PoisonError::into_inner);
        if posting.flying.is_empty() {
            return false;
        }
        let left = until.saturating_duration_since(Instant::now());
        match posting.given.recv_timeout(left) {
            Ok(posted) => {
                posting.came.push(posted);
                true
            }
            Err(_) => false,
        }
    }

    /// Sends what is due to each host that none is on its way to.
    fn send(&self, posting: &mut Posting, store: &Writer, now: i64) -> Result<(), store::Error> {
        let arrived = store.arrived()?;
        for mut search in store.searches()? {
            let Some(hook) = search.hook.clone() else {
                continue;
            };
            let host = host_of_hook(&hook);
            let rests = posting
                .resting
                .get(&host)
                .is_some_and(|rest| rest.due > now);
            if search.due > now || rests || posting.flying.contains(&host) {
                continue;
            }
            while search.posted < arrived {
                let to = next(search.posted, arrived);
                let rows = store.arrivals(&search, search.posted..to)?;
                if rows.is_empty() {
                    (search.posted, search.failures, search.due) = (to, 0, 0);
                    keep(store, &search)?;
                    continue;
                }
                posting.flying.insert(host.clone());
                let message = body(&search, &rows);
                let taken = Ok(());
                let posted = Posted {
                    search,
                    hook,
                    host,
                    to,
                    taken,
                };
                self.post(posting, posted, message);
                break;
            }
        }
        Ok(())
    }

    /// Sends a message from a thread of its own.
    fn post(&self, posting: &Posting, posted: Posted, body: String) {
        let (messenger, give) = (Arc::clone(&self.messenger), posting.give.clone());
        let late = give.clone();
        let again = posted.clone();
        let send = move || {
            let taken = match Url::parse(&posted.hook) {
                Ok(url) => messenger.post(&url, &body),
                Err(_) => Err("it is no address".to_owned()),
            };
            let _ = give.send(Posted { taken, ..posted });
        };
        if let Err(error) = thread::Builder::new().spawn(send) {
            let taken = Err(format!("there is no thread for it ({error})"));
            let _ = late.send(Posted { taken, ..again });
        }
    }
}

impl Posting {
    /// Notes what came of a message.
    fn note(
        &mut self,
        store: &Writer,
        posted: Posted,
        now: i64,
        tell: &mut dyn FnMut(Alert<'_>),
    ) -> Result<(), store::Error> {
        let Posted {
            search: sent,
            hook,
            host,
            to,
            taken,
        } = posted;
        self.flying.remove(&host);
        let due = match &taken {
            Ok(()) => {
                self.resting.remove(&host);
                0
            }
            Err(why) => {
                tell(Alert::Refused(&hook, why));
                let rest = self.resting.entry(host.clone()).or_default();
                let known = rest.failures.max(sent.failures);
                let wait = AGAIN.saturating_mul(1 << known.min(16)).min(LONGEST);
                *rest = Rest {
                    failures: known + 1,
                    due: now.saturating_add(wait),
                };
                rest.due
            }
        };
        // As they are now: people may have been told of more, and the search may have been let go or kept anew.
        for mut search in store.searches()? {
            if search
                .hook
                .as_deref()
                .is_none_or(|other| host_of_hook(other) != host)
            {
                continue;
            }
            let own =
                (&search.name, search.made, search.posted) == (&sent.name, sent.made, sent.posted);
            match &taken {
                Ok(()) if own => (search.posted, search.failures) = (to, 0),
                Err(_) if own => search.failures += 1,
                // What waits at the same host waits as long.
                _ => {}
            }
            search.due = due;
            keep(store, &search)?;
        }
        Ok(())
    }
}

/// The host that a hook is at; what is no address stands for itself.
fn host_of_hook(hook: &str) -> String {
    Url::parse(hook).map_or_else(|_| hook.to_owned(), |url| host_of(&url))
}

/// A message: what a search finds, of what came.
fn body(search: &SavedSearch, rows: &[ArticleRow]) -> String {
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
    body.to_string()
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

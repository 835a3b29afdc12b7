//! What is told of what came. In: the store, and who posts. Out: what saved searches find, and what is new in stories that
//! are followed, told at once and posted to hooks until they take it. How far each was told is kept in the store:
//! what came while nobody could be told is told later. Nobody waits for a hook: it is posted to beside, and what came of
//! it is noted the next time.

mod recipient;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossread::report::news::News;
use desk::follow::{self, Noticed};
use store::{ArticleRow, NewsRow, Reader, SavedSearch, Writer};
use url::Url;

use crate::bulletin::Bulletin;
use crate::client::{Client, ClientOptions};
use crate::hooks::{self, Letter};
use crate::mail::Mailer;
use crate::robots::host_of;
use recipient::Recipient;

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
    /// Something is new in a story that is followed.
    News(&'a NewsRow, &'a News),
    /// A hook does not take what came: why. It is tried again later.
    Refused(&'a str, &'a str),
}

/// How people and hooks are told.
#[derive(Clone, Debug, Default)]
pub struct AlertOptions {
    /// How requests are made.
    pub client: ClientOptions,
    /// The desk's public address, without a slash at its end, for links in what is told.
    pub desk: Option<String>,
    /// Who sends mail; hooks that are people's mail wait where nobody does.
    pub mail: Option<Arc<Mailer>>,
}

/// Tells of what came.
#[derive(Debug)]
pub struct Alerts {
    messenger: Arc<Client>,
    desk: Option<String>,
    mail: Option<Arc<Mailer>>,
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
    /// Who is told by it, and up to where.
    of: Vec<(Recipient, i64)>,
    hook: String,
    host: String,
    taken: Result<(), String>,
}

/// What is sent.
enum Sent {
    Letter(Letter),
    Mail(Arc<Mailer>, String, Vec<Bulletin>),
}

impl Default for Alerts {
    fn default() -> Self {
        Self::new(&AlertOptions::default())
    }
}

impl Alerts {
    /// With requests made in this manner; a hook is the user's own, and may be on this machine.
    pub fn new(options: &AlertOptions) -> Self {
        let messenger = Client::new(ClientOptions {
            allow_private: true,
            patience: options.client.patience.min(PATIENCE),
            ..options.client.clone()
        });
        let (give, given) = mpsc::channel();
        Self {
            messenger: Arc::new(messenger),
            desk: options.desk.clone(),
            mail: options.mail.clone(),
            posting: Mutex::new(Posting {
                flying: HashSet::new(),
                resting: HashMap::new(),
                give,
                given,
                came: Vec::new(),
            }),
        }
    }

    /// Whether this hook can be told at all.
    fn reaches(&self, hook: &str) -> bool {
        hooks::mail_of(hook).is_none() || self.mail.is_some()
    }

    /// Whether there is something to post now, at a time in seconds since 1970.
    ///
    /// # Errors
    /// Those of the store.
    pub fn are_due(&self, store: &Reader, now: i64) -> Result<bool, store::Error> {
        if store.news_wait()? {
            return Ok(true);
        }
        let arrived = store.arrived()?;
        for one in Recipient::all(store)? {
            let reached = one.hook().is_some_and(|hook| self.reaches(hook));
            if reached && one.due() <= now && one.waits(store, arrived)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Keeps what is new in stories that are followed, as [`follow::notice`] found it, which needs no turn to write.
    ///
    /// # Errors
    /// Those of the store.
    pub fn keep_news(store: &Writer, noticed: &[Noticed], now: i64) -> Result<(), store::Error> {
        for one in noticed {
            let batch = store.batch()?;
            batch.noticed(&one.before, &one.now, &one.news, now)?;
            batch.commit()?;
        }
        Ok(())
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
                let rows = recipient::untold(store, &mut search, arrived)?;
                if !rows.is_empty() {
                    tell(Alert::Came(&search, &rows));
                }
            }
            recipient::keep_search(store, &search)?;
        }
        let untold = store.untold_news()?;
        for row in &untold {
            if let Ok(news) = serde_json::from_str::<News>(&row.news) {
                tell(Alert::News(row, &news));
            }
        }
        if let Some(last) = untold.last() {
            let batch = store.batch()?;
            batch.news_told(last.n)?;
            batch.commit()?;
        }
        self.post_all(store, now, tell)
    }

    /// Tells hooks alone: notes what they took since, and sends what is due; waits for none. A program that dies posts at
    /// most one message a hook twice, and leaves none out.
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

    /// Sends what is due to each host that none is on its way to; all that one person is told by mail at once.
    fn send(&self, posting: &mut Posting, store: &Writer, now: i64) -> Result<(), store::Error> {
        let arrived = store.arrived()?;
        let mut digests: BTreeMap<String, Vec<(Recipient, i64, Bulletin)>> = BTreeMap::new();
        for mut one in Recipient::all(store)? {
            let Some(hook) = one.hook().map(str::to_owned) else {
                continue;
            };
            let host = host_of_hook(&hook);
            let resting = posting.resting.get(&host);
            let rests = resting.is_some_and(|rest| rest.due > now);
            if one.due() > now || rests || posting.flying.contains(&host) || !self.reaches(&hook) {
                continue;
            }
            let Some(waiting) = one.waiting(store, arrived, self.desk.as_deref())? else {
                continue;
            };
            if hooks::mail_of(&hook).is_some() {
                let digest = digests.entry(hook).or_default();
                digest.push((one, waiting.to, waiting.told));
                continue;
            }
            let letter = hooks::letter(&hook, one.form(), one.secret(), &waiting.told);
            self.post(posting, vec![(one, waiting.to)], hook, Sent::Letter(letter));
        }
        for (hook, parts) in digests {
            let (Some(mailer), Some(address)) = (self.mail.clone(), hooks::mail_of(&hook)) else {
                continue;
            };
            let mut of = Vec::new();
            let mut told = Vec::new();
            for (one, to, bulletin) in parts {
                of.push((one, to));
                told.push(bulletin);
            }
            let mail = Sent::Mail(mailer, address.to_owned(), told);
            self.post(posting, of, hook, mail);
        }
        Ok(())
    }

    /// Sends a message from a thread of its own.
    fn post(&self, posting: &mut Posting, of: Vec<(Recipient, i64)>, hook: String, sent: Sent) {
        let host = host_of_hook(&hook);
        posting.flying.insert(host.clone());
        let (messenger, give) = (Arc::clone(&self.messenger), posting.give.clone());
        let late = give.clone();
        let taken = Ok(());
        let posted = Posted {
            of,
            hook,
            host,
            taken,
        };
        let again = posted.clone();
        let send = move || {
            let taken = match sent {
                Sent::Letter(letter) => match Url::parse(&letter.url) {
                    Ok(url) => messenger.post(&url, &letter.body, letter.signature.as_deref()),
                    Err(_) => Err("it is no address".to_owned()),
                },
                Sent::Mail(mailer, address, told) => mailer.send(&address, &told),
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
            of,
            hook,
            host,
            taken,
        } = posted;
        self.flying.remove(&host);
        let rests = match &taken {
            Ok(()) => {
                self.resting.remove(&host);
                None
            }
            Err(why) => {
                tell(Alert::Refused(&hook, why));
                let rest = self.resting.entry(host.clone()).or_default();
                let before = of.iter().map(|(one, _)| one.failures()).max();
                let known = rest.failures.max(before.unwrap_or(0));
                let wait = AGAIN.saturating_mul(1 << known.min(16)).min(LONGEST);
                *rest = Rest {
                    failures: known + 1,
                    due: now.saturating_add(wait),
                };
                Some(rest.due)
            }
        };
        // As they are now: people may have been told of more, and some may have been let go or kept anew.
        for mut one in Recipient::all(store)? {
            if one.hook().is_none_or(|other| host_of_hook(other) != host) {
                continue;
            }
            let own = of.iter().find(|(sent, _)| sent.is(&one));
            let (failures, due) = (one.failures(), one.due());
            match (rests, own) {
                (None, Some((_, to))) => {
                    one.fares(
                        Some(*to),
                        0,
                        match one.every() {
                            0 => 0,
                            every => now.saturating_add(every),
                        },
                    );
                }
                // What waits at the same host has its turn again, or waits as long; a digest has its own time.
                (None, None) if one.every() > 0 => continue,
                (None, None) => one.fares(None, failures, 0),
                (Some(due), Some(_)) => one.fares(None, failures + 1, due),
                (Some(rests), None) => one.fares(None, failures, rests.max(due)),
            }
            one.keep(store)?;
        }
        Ok(())
    }
}

/// The host that a hook is at; what has none, as mail, stands for itself.
fn host_of_hook(hook: &str) -> String {
    match Url::parse(hook) {
        Ok(url) if url.has_host() => host_of(&url),
        _ => hook.to_owned(),
    }
}

/// Looks what is new in stories that are followed, and keeps it: for who holds the store anyway.
///
/// # Errors
/// Those of the store.
pub fn notice(store: &Writer, now: i64) -> Result<(), store::Error> {
    Alerts::keep_news(store, &follow::notice(store)?, now)
}

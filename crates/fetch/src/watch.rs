//! The watch: what is due, who may be asked, and what came of it. In: sources, the desk, a clock and a flag
//! that says stop. Out: articles in the store, and news of what is going on. One thread decides and keeps;
//! others only fetch.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crossread::{Input, Silent};
use desk::{Added, Turns};
use store::{Batch, FeedRow, PageRow, Reader};
use url::Url;

use crate::alerts::{Alert, Alerts};
use crate::client::{Client, ClientOptions, Fetched, Outcome};
use crate::kinds::{self, Kind};
use crate::now;
use crate::robots::{Robots, host_of};

/// How a watch goes.
#[derive(Clone, Debug)]
pub struct WatchOptions {
    /// How requests are made.
    pub client: ClientOptions,
    /// Seconds between two looks at a feed.
    pub every: i64,
    /// The least time between two requests to one host.
    pub pause: Duration,
    /// Whether to end when every source was looked at once and every page fetched.
    pub once: bool,
    /// Requests at one time.
    pub threads: usize,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self {
            client: ClientOptions::default(),
            every: 600,
            pause: Duration::from_secs(2),
            once: false,
            threads: 8,
        }
    }
}

/// Why a watch ends before it is told to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A source is no address.
    #[error("{0} is no address of a feed or page: give http://… or https://…, or a file of OPML")]
    Source(String),
    /// The desk.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// The store.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What goes on.
#[derive(Debug)]
pub enum News<'a> {
    /// A feed or list was looked at: how many entries were new.
    Feed(&'a str, usize),
    /// An address cannot be had, for now or for good.
    Trouble(&'a str, &'a str),
    /// Pages were kept.
    Added(&'a Added),
    /// A saved search has something to tell.
    Alert(Alert<'a>),
    /// Nothing is due for so many seconds.
    Waiting(i64),
}

/// What a watch did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Looks at feeds and lists.
    pub feeds: u64,
    /// Feeds that were as before.
    pub unchanged: u64,
    /// Pages fetched.
    pub pages: u64,
    /// New articles.
    pub new: u64,
    /// Changed ones.
    pub changed: u64,
    /// Requests that failed, for now or for good.
    pub failed: u64,
    /// Bytes fetched.
    pub bytes: u64,
}

/// How often a page is asked for.
const TRIES: u32 = 3;
/// A failing feed is left alone for longer each time, up to so many seconds.
const LONGEST: i64 = 6 * 3_600;
/// Pages that are kept together, and how long the first of them waits for others.
const TOGETHER: usize = 64;
const GATHER: Duration = Duration::from_secs(2);
/// A host's pause at most, whatever its robots.txt asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Task {
    /// A source: a feed, a list, a page of its own.
    Source(String),
    /// A page that a feed named.
    Page(PageRow),
}

impl Task {
    fn address(&self) -> &str {
        match self {
            Self::Source(url) => url,
            Self::Page(page) => &page.url,
        }
    }
}

/// A task for a thread that fetches, and what came of it.
struct Ask {
    task: Task,
    url: Url,
    etag: Option<String>,
    modified: Option<String>,
}
struct Got {
    task: Task,
    host: String,
    outcome: Outcome,
    pause: Option<Duration>,
}

/// Watches until `stop` is set, or once.
///
/// # Errors
/// [`Error`]; what was told as added is kept.
pub fn watch(
    desk: &Turns,
    sources: &[String],
    options: &WatchOptions,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(News<'_>),
) -> Result<Tally, Error> {
    for source in sources {
        Url::parse(source).map_err(|_| Error::Source(source.clone()))?;
    }
    let store = Reader::open(desk.path())?;
    let (ask, asked) = mpsc::channel::<Ask>();
    let (give, given) = mpsc::channel::<Got>();
    let asked = Arc::new(Mutex::new(asked));
    let client = Client::new(options.client.clone());
    let robots = Robots::new(&options.client.agent);
    thread::scope(|scope| {
        for _ in 0..options.threads.max(1) {
            let (asked, give) = (Arc::clone(&asked), give.clone());
            let (client, robots) = (&client, &robots);
            scope.spawn(move || fetch(&asked, &give, client, robots));
        }
        let mut round = Round {
            desk,
            store,
            options,
            tell,
            tally: Tally::default(),
            sources: BTreeMap::new(),
            waiting: VecDeque::new(),
            hosts: HashMap::new(),
            asked_for: HashSet::new(),
            flying: 0,
            kept: Vec::new(),
            since: Instant::now(),
            alerts: Alerts::new(&options.client),
        };
        let done = round.run(sources, &ask, &given, stop);
        drop(ask);
        done.map(|()| round.tally)
    })
}

/// What a fetching thread does until there are no more tasks.
fn fetch(asked: &Mutex<Receiver<Ask>>, give: &Sender<Got>, client: &Client, robots: &Robots) {
    loop {
        let next = asked.lock().ok().and_then(|asked| asked.recv().ok());
        let Some(ask) = next else { return };
        let host = host_of(&ask.url);
        // A source was given by name; what it leads to asks first.
        let (allowed, pause) = match &ask.task {
            Task::Source(_) => (Ok(()), None),
            Task::Page(_) => robots.allow(client, &ask.url),
        };
        let outcome = match allowed {
            Ok(()) => client.get(&ask.url, ask.etag.as_deref(), ask.modified.as_deref()),
            Err(outcome) => outcome,
        };
        let got = Got {
            task: ask.task,
            host,
            outcome,
            pause,
        };
        if give.send(got).is_err() {
            return;
        }
    }
}

/// A host that is being asked, or was.
struct Host {
    busy: bool,
    free: Instant,
}

/// The state of a watch.
struct Round<'w> {
    desk: &'w Turns,
    store: Reader,
    options: &'w WatchOptions,
    tell: &'w mut dyn FnMut(News<'_>),
    tally: Tally,
    /// When each source is due.
    sources: BTreeMap<String, i64>,
    waiting: VecDeque<(Task, Instant)>,
    hosts: HashMap<String, Host>,
    /// Addresses that wait or are on their way.
    asked_for: HashSet<String>,
    flying: usize,
    /// Pages to be kept, with the rows that say so.
    kept: Vec<(Input, Option<PageRow>)>,
    since: Instant,
    alerts: Alerts,
}

impl Round<'_> {
    fn run(
        &mut self,
        sources: &[String],
        ask: &Sender<Ask>,
        given: &Receiver<Got>,
        stop: &AtomicBool,
    ) -> Result<(), Error> {
        for source in sources {
            let due = match self.store.feed(source)? {
                Some(feed) if !self.options.once => feed.next,
                _ => 0,
            };
            self.sources.insert(source.clone(), due);
        }
        for page in self.store.waiting_pages()? {
            self.wait(Task::Page(page));
        }
        while !stop.load(Ordering::Relaxed) {
            self.queue_due();
            self.dispatch(ask)?;
            let idle = self.flying == 0 && self.waiting.is_empty();
            if idle {
                self.keep()?;
                while !stop.load(Ordering::Relaxed) && self.desk.draw()? {}
                // A hook that failed is tried again when its time has come.
                self.alert()?;
                let due = self.sources.values().min().copied();
                if self.options.once && due.is_none_or(|due| due > now()) {
                    break;
                }
                if let Some(due) = due.filter(|&due| due > now()) {
                    (self.tell)(News::Waiting(due - now()));
                }
            }
            let patience = Duration::from_millis(if idle { 500 } else { 50 });
            match given.recv_timeout(patience) {
                Ok(got) => self.take(got)?,
                Err(RecvTimeoutError::Timeout) if !idle => {
                    self.desk.draw()?;
                }
                Err(_) => {}
            }
            if self.kept.len() >= TOGETHER || !self.kept.is_empty() && self.since.elapsed() > GATHER
            {
                self.keep()?;
            }
        }
        self.keep()?;
        Ok(())
    }

    fn wait(&mut self, task: Task) {
        if self.asked_for.insert(task.address().to_owned()) {
            self.waiting.push_back((task, Instant::now()));
        }
    }

    fn queue_due(&mut self) {
        let now = now();
        let due: Vec<String> = self
            .sources
            .iter()
            .filter(|(_, at)| **at <= now)
            .map(|(url, _)| url.clone())
            .collect();
        for url in due {
            self.sources.insert(url.clone(), now + self.options.every);
            self.wait(Task::Source(url));
        }
    }

    /// Gives the fetching threads what may be asked for now.
    fn dispatch(&mut self, ask: &Sender<Ask>) -> Result<(), Error> {
        let now = Instant::now();
        for _ in 0..self.waiting.len() {
            if self.flying >= self.options.threads.max(1) {
                break;
            }
            let Some((task, at)) = self.waiting.pop_front() else {
                break;
            };
            let Ok(url) = Url::parse(task.address()) else {
                continue;
            };
            let name = host_of(&url);
            let host = self.hosts.entry(name).or_insert(Host {
                busy: false,
                free: now,
            });
            if at > now || host.busy || host.free > now {
                self.waiting.push_back((task, at));
                continue;
            }
            host.busy = true;
            let known = match &task {
                Task::Source(url) => self.store.feed(url)?,
                Task::Page(_) => None,
            };
            let (etag, modified) = known
                .map(|feed| (feed.etag, feed.modified))
                .unwrap_or_default();
            self.flying += 1;
            let _ = ask.send(Ask {
                task,
                url,
                etag,
                modified,
            });
        }
        Ok(())
    }

    fn take(&mut self, got: Got) -> Result<(), Error> {
        self.flying -= 1;
        self.asked_for.remove(got.task.address());
        let pause = got.pause.unwrap_or_default().max(self.options.pause);
        let host = Host {
            busy: false,
            free: Instant::now() + pause.min(LONGEST_PAUSE),
        };
        self.hosts.insert(got.host, host);
        if let Outcome::Here(fetched) = &got.outcome {
            self.tally.bytes += fetched.bytes.len() as u64;
        }
        match got.task {
            Task::Source(url) => self.source(url, got.outcome),
            Task::Page(page) => self.page(page, got.outcome),
        }
    }

    fn source(&mut self, url: String, outcome: Outcome) -> Result<(), Error> {
        self.tally.feeds += 1;
        let mut feed = self.store.feed(&url)?.unwrap_or_default();
        feed.url = url.clone();
        feed.next = now() + self.options.every;
        let mut named: Vec<PageRow> = Vec::new();
        match outcome {
            Outcome::Here(fetched) => {
                let tags = (fetched.etag.clone(), fetched.modified.clone());
                match self.read(&url, *fetched)? {
                    Ok(found) => {
                        (feed.etag, feed.modified) = tags;
                        feed.failures = 0;
                        feed.told = format!("{} new", found.len());
                        (self.tell)(News::Feed(&url, found.len()));
                        named = found;
                    }
                    Err(why) => self.failing(&mut feed, &why, None),
                }
            }
            Outcome::Unchanged => {
                self.tally.unchanged += 1;
                feed.failures = 0;
                feed.told = "unchanged".to_owned();
                (self.tell)(News::Feed(&url, 0));
            }
            Outcome::Later(why, wait) => self.failing(&mut feed, &why, wait),
            Outcome::Never(why) => self.failing(&mut feed, &why, None),
        }
        self.sources.insert(url, feed.next);
        // The feed's new state and the pages that wait because of it are kept together.
        self.note(|batch| {
            named.iter().try_for_each(|page| batch.page(page))?;
            batch.feed(&feed)
        })?;
        for page in named {
            self.wait(Task::Page(page));
        }
        Ok(())
    }

    fn failing(&mut self, feed: &mut FeedRow, why: &str, wait: Option<i64>) {
        self.tally.failed += 1;
        feed.failures += 1;
        let longer = self
            .options
            .every
            .saturating_mul(1 << feed.failures.min(16));
        let longer = longer.min(LONGEST.max(self.options.every));
        feed.next = now() + wait.unwrap_or(0).clamp(0, 24 * 3_600).max(longer);
        feed.told = why.to_owned();
        (self.tell)(News::Trouble(&feed.url, why));
    }

    /// What a source turned out to be: entries that are new, lists to be watched too, or a page.
    fn read(&mut self, url: &str, fetched: Fetched) -> Result<Result<Vec<PageRow>, String>, Error> {
        match kinds::kind(&fetched.bytes, &fetched.url) {
            Kind::Broken(why) => Ok(Err(why)),
            Kind::Entries(entries) => {
                let mut named = Vec::new();
                for entry in entries {
                    let known = self.store.watched_page(entry.url.as_str())?;
                    if known.is_some_and(|known| known.stamp == entry.stamp) {
                        continue;
                    }
                    named.push(PageRow {
                        url: entry.url.to_string(),
                        stamp: entry.stamp,
                        ..PageRow::default()
                    });
                }
                Ok(Ok(named))
            }
            Kind::Lists(lists) => {
                for list in lists {
                    let list = list.to_string();
                    if list != url && !self.sources.contains_key(&list) {
                        self.sources.insert(list, 0);
                    }
                }
                Ok(Ok(Vec::new()))
            }
            Kind::Page => {
                self.tally.pages += 1;
                let input = Input {
                    path: fetched.url.to_string(),
                    bytes: fetched.bytes,
                    ..Input::default()
                };
                self.gather(input, None);
                Ok(Ok(Vec::new()))
            }
        }
    }

    fn page(&mut self, mut page: PageRow, outcome: Outcome) -> Result<(), Error> {
        let (why, wait, again) = match outcome {
            Outcome::Here(fetched) => {
                self.tally.pages += 1;
                page.at = Some(now());
                page.told = "fetched".to_owned();
                let input = Input {
                    path: fetched.url.to_string(),
                    bytes: fetched.bytes,
                    ..Input::default()
                };
                self.gather(input, Some(page));
                return Ok(());
            }
            Outcome::Unchanged => ("it answers that nothing changed".to_owned(), None, false),
            Outcome::Later(why, wait) => (why, wait, page.failures + 1 < TRIES),
            Outcome::Never(why) => (why, None, false),
        };
        self.tally.failed += 1;
        page.failures += 1;
        page.told = why;
        page.at = (!again).then(now);
        (self.tell)(News::Trouble(&page.url, &page.told));
        self.note(|batch| batch.page(&page))?;
        if again {
            let patience = self.options.pause * 2u32.pow(page.failures);
            let asked = Duration::from_secs(wait.unwrap_or(0).clamp(0, 3_600).unsigned_abs());
            self.asked_for.insert(page.url.clone());
            self.waiting
                .push_back((Task::Page(page), Instant::now() + patience.max(asked)));
        }
        Ok(())
    }

    fn gather(&mut self, input: Input, page: Option<PageRow>) {
        if self.kept.is_empty() {
            self.since = Instant::now();
        }
        self.kept.push((input, page));
    }

    /// Gives the desk what was gathered, then notes that it is there.
    fn keep(&mut self) -> Result<(), Error> {
        if self.kept.is_empty() {
            return Ok(());
        }
        let (inputs, pages): (Vec<Input>, Vec<Option<PageRow>>) = self.kept.drain(..).unzip();
        // What the feed says of a page that does not give its day.
        let told: HashMap<String, String> = inputs
            .iter()
            .zip(&pages)
            .filter_map(|(input, page)| Some((input.path.clone(), page.as_ref()?.stamp.clone())))
            .collect();
        let date = |path: &str| told.get(path).cloned();
        let coming = inputs.into_iter().map(Ok);
        let added = self.desk.take(|desk| {
            let added = desk.add_dated(coming, "watch", &now, &Silent, &date)?;
            let batch = desk.store().batch()?;
            pages
                .iter()
                .flatten()
                .try_for_each(|page| batch.page(page))?;
            batch.commit()?;
            Ok::<_, Error>(added)
        })?;
        self.tally.new += added.new.len() as u64;
        self.tally.changed += added.changed.len() as u64;
        (self.tell)(News::Added(&added));
        self.alert()
    }

    /// Tells of what came and a saved search finds.
    fn alert(&mut self) -> Result<(), Error> {
        let (alerts, tell) = (&self.alerts, &mut *self.tell);
        self.desk.take(|desk| {
            let tell = &mut |alert: Alert<'_>| tell(News::Alert(alert));
            Ok(alerts.tell(desk.store(), now(), tell)?)
        })
    }

    /// Notes what came of something, all of it or nothing.
    fn note(
        &self,
        write: impl FnOnce(&Batch<'_>) -> Result<(), store::Error>,
    ) -> Result<(), Error> {
        self.desk.take(|desk| {
            let batch = desk.store().batch()?;
            write(&batch)?;
            Ok(batch.commit()?)
        })
    }
}

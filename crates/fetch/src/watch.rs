//! The watch: what is due, who may be asked, and what came of it. In: sources, the desk, a clock and a flag
//! that says stop. Out: articles in the store, and news of what is going on. One thread decides and keeps;
//! others only fetch.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crossread::model::Article;
use crossread::{Input, Silent};
use desk::{Added, Turns};
use store::{Batch, FeedRow, PageRow, Reader};
use url::Url;

use crate::again::Again;
use crate::alerts::{self, Alert, Alerts};
use crate::client::{Client, ClientOptions, Fetched, Outcome};
use crate::entries::{Entry, Kind};
use crate::kinds;
use crate::queue::Queue;
use crate::robots::{Robots, host_of};
use crate::short::short;
use crate::sources::Sources;
use crate::worker::{self, Ask, Got};
use crate::{knowing, now};

/// How a watch goes.
#[derive(Clone, Debug)]
pub struct WatchOptions {
    /// How requests are made.
    pub client: ClientOptions,
    /// Seconds between two looks at a feed.
    pub every: i64,
    /// The least time between two requests to one host.
    pub pause: Duration,
    /// How often pages are looked at again though their feed names no change.
    pub again: Again,
    /// Whether to watch, too, what readers have watched by the store.
    pub asked_for: bool,
    /// Whether to end when every source was looked at once and every page fetched.
    pub once: bool,
    /// Requests at one time.
    pub threads: usize,
    /// Who tells of what came.
    pub alerts: Arc<Alerts>,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self {
            client: ClientOptions::default(),
            every: 600,
            pause: Duration::from_secs(2),
            again: Again::default(),
            asked_for: false,
            once: false,
            threads: 8,
            alerts: Arc::default(),
        }
    }
}

/// Why a watch ends before it is told to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A source is no address.
    #[error("{} is no address of a feed or page: give http://… or https://…, or a file of OPML", short(.0))]
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
    /// Nothing is due before this address is asked for, at this time in seconds since 1970.
    Waiting(&'a str, i64),
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
    /// Pages that were looked at again though their feed named no change.
    pub again: u64,
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
/// How long the watch sleeps at most before it looks whether it is to stop.
const NAP: Duration = Duration::from_millis(500);
/// How long a watch that is stopped waits for hooks.
const FAREWELL: Duration = Duration::from_secs(2);
/// Pages to be looked at again that are taken from the store together.
const DUE: u32 = 1_000;
/// Seconds up to which nobody is told that something waits.
const PAUSE: i64 = 5;
/// How often it is looked what readers ask for.
const ASKED: Duration = Duration::from_secs(2);
/// What is said of an address that answers without content.
const NOTHING: &str = "there is nothing at it (HTTP 204)";
/// Addresses that wait at most: what a feed names beyond is read when there are fewer.
const WAITING: usize = 500_000;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Task {
    /// A source: a feed, a list, a page of its own.
    Source(String),
    /// A page that a feed named.
    Page(Box<PageRow>),
}

impl Task {
    fn address(&self) -> &str {
        match self {
            Self::Source(url) => url,
            Self::Page(page) => &page.url,
        }
    }
}

/// What a source named.
enum Read {
    Pages(Vec<PageRow>),
    Lists,
}

/// A page that is to be fetched, as its feed names it; what is known of it stays.
fn named_by(entry: Entry, known: PageRow) -> PageRow {
    let (outlet, site) = match entry.publisher {
        Some(publisher) => (Some(publisher.name), publisher.host),
        None => (None, None),
    };
    PageRow {
        url: entry.url.to_string(),
        stamp: entry.stamp,
        published: entry.published,
        outlet,
        site,
        at: None,
        failures: 0,
        told: String::new(),
        ..known
    }
}

/// Whether something that was skipped is a page, or a record of it.
fn is_of(skipped: &str, path: &str) -> bool {
    let rest = skipped.strip_prefix(path);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
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
    let (ask, asked) = mpsc::channel::<Ask<Task>>();
    let (give, given) = mpsc::channel::<Got<Task>>();
    let asked = Arc::new(Mutex::new(asked));
    let client = Arc::new(Client::new(options.client.clone()));
    let robots = Arc::new(Robots::new(&options.client.agent));
    // Nobody waits for them: who stops the watch does not wait for a server that is silent, and what was asked of it is asked
    // again when the watch begins anew.
    for _ in 0..options.threads.max(1) {
        let (asked, give) = (Arc::clone(&asked), give.clone());
        let (client, robots) = (Arc::clone(&client), Arc::clone(&robots));
        thread::spawn(move || {
            worker::work(&asked, &give, &|ask| worker::fetch(&client, &robots, ask));
        });
    }
    let mut round = Round {
        desk,
        store,
        options,
        tell,
        tally: Tally::default(),
        sources: Sources::default(),
        waiting: Queue::new(),
        began: Instant::now(),
        looked: (i64::MIN, String::new()),
        said: None,
        drawing: false,
        asked_for: HashSet::new(),
        flying: 0,
        kept: Vec::new(),
        since: Instant::now(),
    };
    round.run(sources, &ask, &given, stop)?;
    Ok(round.tally)
}

/// The state of a watch.
struct Round<'w> {
    desk: &'w Turns,
    store: Reader,
    options: &'w WatchOptions,
    tell: &'w mut dyn FnMut(News<'_>),
    tally: Tally,
    sources: Sources,
    waiting: Queue<Task>,
    began: Instant,
    /// Up to which pages that are to be looked at again wait already.
    looked: (i64, String),
    /// What was last said to be waited for.
    said: Option<(i64, String)>,
    /// Whether more stories are to be drawn than were at the last turn.
    drawing: bool,
    /// Addresses that wait or are on their way.
    asked_for: HashSet<String>,
    flying: usize,
    /// Pages to be kept, with the rows that say so.
    kept: Vec<(Input, Option<PageRow>)>,
    since: Instant,
}

impl Round<'_> {
    fn run(
        &mut self,
        sources: &[String],
        ask: &Sender<Ask<Task>>,
        given: &Receiver<Got<Task>>,
        stop: &AtomicBool,
    ) -> Result<(), Error> {
        for source in sources {
            let due = match self.store.feed(source)? {
                Some(feed) if !self.options.once => feed.next,
                _ => 0,
            };
            self.sources.give(source, due);
        }
        for page in self.store.waiting_pages()? {
            self.wait(Task::Page(Box::new(page)), Instant::now());
        }
        let mut asked = None::<Instant>;
        while !stop.load(Ordering::Relaxed) {
            if self.options.asked_for && asked.is_none_or(|at| at.elapsed() > ASKED) {
                asked = Some(Instant::now());
                self.look_what_is_asked_for()?;
            }
            self.queue_due()?;
            self.dispatch(ask)?;
            let idle = self.flying == 0 && self.waiting.is_empty();
            if idle {
                self.keep()?;
                while !stop.load(Ordering::Relaxed) && self.desk.draw()? {}
                // A hook that failed is tried again when its time has come.
                self.alert()?;
                let due = self.sources.next().map(|(due, _)| due);
                if self.options.once && due.is_none_or(|due| due > now()) {
                    break;
                }
            }
            self.say_what_is_next()?;
            match given.recv_timeout(self.patience()) {
                Ok(got) => self.take(got)?,
                Err(RecvTimeoutError::Timeout) if !idle => {
                    self.drawing = self.desk.draw()?;
                }
                Err(_) => {}
            }
            if self.kept.len() >= TOGETHER || !self.kept.is_empty() && self.since.elapsed() > GATHER
            {
                self.keep()?;
            }
        }
        self.keep()?;
        // Who stops the watch does not wait for hooks.
        let patience = if stop.load(Ordering::Relaxed) {
            FAREWELL
        } else {
            alerts::PATIENCE
        };
        let until = Instant::now() + patience;
        while self.options.alerts.wait(until) {
            self.alert()?;
        }
        Ok(())
    }

    /// Takes in what readers have watched now.
    fn look_what_is_asked_for(&mut self) -> Result<(), Error> {
        let rows = self.store.sources()?.into_iter();
        let due: BTreeMap<String, i64> = rows
            .map(|row| (row.url, row.feed.map_or(0, |feed| feed.next)))
            .collect();
        let due_of = |url: &str| due.get(url).copied().unwrap_or(0);
        self.sources.ask_for(due.keys().cloned().collect(), due_of);
        Ok(())
    }

    /// How long there is nothing to do, if nothing comes.
    fn patience(&mut self) -> Duration {
        if self.drawing {
            return Duration::from_millis(1);
        }
        let mut until = Instant::now() + NAP;
        if self.flying < self.options.threads.max(1)
            && let Some((at, _)) = self.waiting.next()
        {
            until = until.min(at);
        }
        if !self.kept.is_empty() {
            until = until.min(self.since + GATHER);
        }
        let left = until.saturating_duration_since(Instant::now());
        left.max(Duration::from_millis(1))
    }

    /// Says what is waited for, once, where nothing is on its way.
    fn say_what_is_next(&mut self) -> Result<(), Error> {
        if self.flying > 0 {
            return Ok(());
        }
        let now = now();
        let waits = self.waiting.next().map(|(at, task)| {
            let left = at.saturating_duration_since(Instant::now()).as_secs();
            let at = now.saturating_add(i64::try_from(left).unwrap_or(i64::MAX));
            (at, task.address().to_owned())
        });
        let feed = self.sources.next().map(|(at, url)| (at, url.to_owned()));
        let page = match self.said {
            // It is asked of the store, so not at every turn.
            Some((at, _)) if at > now && waits.is_none() => return Ok(()),
            _ if self.options.again.is_never() => None,
            _ => self.store.page_due_next()?,
        };
        // The pause between two requests is no waiting.
        let soon = if waits.is_some() { now + PAUSE } else { now };
        let next = [waits, feed, page].into_iter().flatten().min();
        if let Some((at, address)) = next.filter(|(at, _)| *at > soon)
            && self.said.as_ref().is_none_or(|(_, said)| *said != address)
        {
            (self.tell)(News::Waiting(&address, at));
            self.said = Some((at, address));
        }
        Ok(())
    }

    fn wait(&mut self, task: Task, at: Instant) {
        let Ok(url) = Url::parse(task.address()) else {
            return;
        };
        if self.asked_for.insert(task.address().to_owned()) {
            self.waiting.push(&host_of(&url), at, task);
        }
    }

    fn queue_due(&mut self) -> Result<(), Error> {
        let now = now();
        for url in self.sources.due(now) {
            self.sources
                .set(&url, now.saturating_add(self.options.every));
            // A feed goes before the pages that wait at its host.
            self.wait(Task::Source(url), self.began);
        }
        if self.options.again.is_never() {
            return Ok(());
        }
        let behind = (self.looked.0, self.looked.1.as_str());
        for page in self.store.pages_due(behind, now, DUE)? {
            self.looked = (page.again.unwrap_or(now), page.url.clone());
            self.wait(Task::Page(Box::new(page)), Instant::now());
        }
        Ok(())
    }

    /// Gives the fetching threads what may be asked for now.
    fn dispatch(&mut self, ask: &Sender<Ask<Task>>) -> Result<(), Error> {
        while self.flying < self.options.threads.max(1) {
            let Some((host, task)) = self.waiting.pop(Instant::now()) else {
                break;
            };
            let Ok(url) = Url::parse(task.address()) else {
                self.waiting.done(&host, self.began);
                continue;
            };
            let (etag, modified) = match &task {
                Task::Source(url) => {
                    let known = self.store.feed(url)?.unwrap_or_default();
                    (known.etag, known.modified)
                }
                Task::Page(page) => (page.etag.clone(), page.modified.clone()),
            };
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

    fn take(&mut self, got: Got<Task>) -> Result<(), Error> {
        self.flying -= 1;
        self.said = None;
        self.asked_for.remove(got.task.address());
        let now = Instant::now();
        for (host, pause) in got.asked {
            let pause = pause.unwrap_or_default().max(self.options.pause);
            self.waiting.rest(&host, now + pause);
        }
        self.waiting.done(&got.host, now + self.options.pause);
        if let Outcome::Here(fetched) = &got.outcome {
            self.tally.bytes += fetched.bytes.len() as u64;
        }
        match got.task {
            Task::Source(url) => self.source(url, got.outcome),
            Task::Page(page) => self.page(*page, got.outcome),
        }
    }

    fn source(&mut self, url: String, outcome: Outcome) -> Result<(), Error> {
        self.tally.feeds += 1;
        let mut feed = self.store.feed(&url)?.unwrap_or_default();
        feed.url = url.clone();
        feed.next = now().saturating_add(self.options.every);
        let mut named: Vec<PageRow> = Vec::new();
        match outcome {
            Outcome::Here(fetched) => {
                let tags = (fetched.etag.clone(), fetched.modified.clone());
                match self.read(&url, *fetched)? {
                    Ok(Read::Pages(found)) => {
                        (feed.etag, feed.modified) = tags;
                        named = found;
                        let told = format!("{} new", named.len());
                        self.looked_at(&mut feed, &told, named.len());
                    }
                    Ok(Read::Lists) => {
                        // What a list names has to be named again when the watch begins anew.
                        (feed.etag, feed.modified) = (None, None);
                        self.looked_at(&mut feed, "a list", 0);
                    }
                    Err(why) => self.failing(&mut feed, &why, None),
                }
            }
            Outcome::Unchanged => {
                self.tally.unchanged += 1;
                self.looked_at(&mut feed, "unchanged", 0);
            }
            Outcome::Nothing => self.looked_at(&mut feed, NOTHING, 0),
            Outcome::Later(why, wait) => self.failing(&mut feed, &why, wait),
            Outcome::Never(why) => self.failing(&mut feed, &why, None),
        }
        self.sources.set(&url, feed.next);
        // The feed's new state and the pages that wait because of it are kept together.
        self.together(|batch| {
            named.iter().try_for_each(|page| batch.page(page))?;
            batch.feed(&feed)
        })?;
        for page in named {
            self.wait(Task::Page(Box::new(page)), Instant::now());
        }
        Ok(())
    }

    fn looked_at(&mut self, feed: &mut FeedRow, told: &str, new: usize) {
        feed.failures = 0;
        feed.told = told.to_owned();
        (self.tell)(News::Feed(&feed.url, new));
    }

    fn failing(&mut self, feed: &mut FeedRow, why: &str, wait: Option<i64>) {
        self.tally.failed += 1;
        feed.failures += 1;
        let longer = self
            .options
            .every
            .saturating_mul(1 << feed.failures.min(16));
        let longer = longer.min(LONGEST.max(self.options.every));
        let wait = wait.unwrap_or(0).clamp(0, 24 * 3_600).max(longer);
        feed.next = now().saturating_add(wait);
        feed.told = why.to_owned();
        (self.tell)(News::Trouble(&feed.url, why));
    }

    fn trouble(&mut self, address: &str, why: &str) {
        self.tally.failed += 1;
        (self.tell)(News::Trouble(address, why));
    }

    /// What a source turned out to be: entries that are new, lists to be watched too, or a page.
    fn read(&mut self, url: &str, fetched: Fetched) -> Result<Result<Read, String>, Error> {
        match kinds::kind(&fetched.bytes, &fetched.url) {
            Kind::Broken(why) => Ok(Err(why)),
            Kind::Entries(entries, lost) => {
                if self.waiting.len() + entries.len() > WAITING {
                    let why = format!("more than {WAITING} addresses wait: it is read later");
                    return Ok(Err(why));
                }
                if let Some(lost) = lost {
                    let why = format!(
                        "{} of its entries cannot be read: {}",
                        lost.entries, lost.why
                    );
                    self.trouble(url, &why);
                }
                let mut named = Vec::new();
                for entry in entries {
                    let known = self.store.watched_page(entry.url.as_str())?;
                    if known
                        .as_ref()
                        .is_none_or(|known| known.stamp != entry.stamp)
                    {
                        named.push(named_by(entry, known.unwrap_or_default()));
                    }
                }
                Ok(Ok(Read::Pages(named)))
            }
            Kind::Lists(lists) => {
                let lists = lists.iter().map(Url::to_string).collect();
                if let Err(why) = self.sources.find(url, lists) {
                    self.trouble(url, &why);
                }
                Ok(Ok(Read::Lists))
            }
            Kind::Page => {
                self.tally.pages += 1;
                let input = Input {
                    path: fetched.url.to_string(),
                    bytes: fetched.bytes,
                    ..Input::default()
                };
                self.gather(input, None);
                Ok(Ok(Read::Pages(Vec::new())))
            }
        }
    }

    fn page(&mut self, mut page: PageRow, outcome: Outcome) -> Result<(), Error> {
        // One that was fetched before is there, whatever is said of it now.
        let before = page.at.is_some();
        self.tally.again += u64::from(before);
        let now = now();
        let (why, wait) = match outcome {
            Outcome::Here(fetched) => {
                self.tally.pages += 1;
                page.at = Some(now);
                page.failures = 0;
                page.told = "fetched".to_owned();
                (page.etag, page.modified) = (fetched.etag, fetched.modified);
                let input = Input {
                    path: fetched.url.to_string(),
                    bytes: fetched.bytes,
                    ..Input::default()
                };
                self.gather(input, Some(page));
                return Ok(());
            }
            Outcome::Unchanged => {
                page.at = Some(now);
                page.failures = 0;
                page.told = "unchanged".to_owned();
                page.again = self
                    .options
                    .again
                    .next(knowing::born(None, &page, now), now);
                return self.note(&page);
            }
            Outcome::Nothing => (NOTHING.to_owned(), None),
            Outcome::Later(why, wait) => (why, Some(wait)),
            Outcome::Never(why) => (why, None),
        };
        self.trouble(&page.url, &why);
        page.told = why;
        page.failures += 1;
        if before {
            // The next look is another try; one that is gone for good is let go.
            let next = self
                .options
                .again
                .next(knowing::born(None, &page, now), now);
            page.again = next.filter(|_| wait.is_some());
            return self.note(&page);
        }
        let retry = wait.filter(|_| page.failures < TRIES);
        page.at = retry.is_none().then_some(now);
        self.note(&page)?;
        if let Some(wait) = retry {
            let patience = self.options.pause * 2u32.pow(page.failures);
            let asked = Duration::from_secs(wait.unwrap_or(0).clamp(0, 3_600).unsigned_abs());
            self.wait(
                Task::Page(Box::new(page)),
                Instant::now() + patience.max(asked),
            );
        }
        Ok(())
    }

    /// Notes what came of a page.
    fn note(&self, page: &PageRow) -> Result<(), Error> {
        self.together(|batch| batch.page(page))
    }

    /// Notes what came of something, all of it or nothing.
    fn together(
        &self,
        write: impl FnOnce(&Batch<'_>) -> Result<(), store::Error>,
    ) -> Result<(), Error> {
        self.desk.take(|desk| {
            let batch = desk.store().batch()?;
            write(&batch)?;
            Ok(batch.commit()?)
        })
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
        let (inputs, mut pages): (Vec<Input>, Vec<Option<PageRow>>) = self.kept.drain(..).unzip();
        let paths: Vec<String> = inputs.iter().map(|input| input.path.clone()).collect();
        let rows: HashMap<&str, &PageRow> = paths
            .iter()
            .zip(&pages)
            .filter_map(|(path, page)| Some((path.as_str(), page.as_ref()?)))
            .collect();
        // When each page that gave an article was published.
        let mut born: HashMap<String, i64> = HashMap::new();
        let mut know = |article: &mut Article| {
            let unknown = PageRow::default();
            let row = rows.get(article.path.as_str()).copied().unwrap_or(&unknown);
            knowing::add(article, row);
            born.insert(
                article.path.clone(),
                knowing::born(Some(article), row, now()),
            );
        };
        let coming = inputs.into_iter().map(Ok);
        let added = self
            .desk
            .take(|desk| desk.add_knowing(coming, "watch", &now, &Silent, &mut know))?;
        self.tally.new += added.new.len() as u64;
        self.tally.changed += added.changed.len() as u64;
        let mut barren: Vec<(String, String)> = Vec::new();
        for (path, page) in paths.iter().zip(&mut pages) {
            let born = born.get(path);
            let why = match born {
                Some(_) => None,
                None => added.skipped.iter().find(|skip| is_of(&skip.path, path)),
            };
            let why = why.map(|skip| format!("it gives no article: {}", skip.reason));
            if let Some(page) = page {
                page.born = born.copied().or(page.born);
                page.again = born.and_then(|born| self.options.again.next(*born, now()));
                if let Some(why) = &why {
                    page.told.clone_from(why);
                }
            }
            if let Some(why) = why {
                let address = page.as_ref().map_or(path, |page| &page.url);
                barren.push((address.clone(), why));
            }
        }
        let mut noted = pages.iter().flatten();
        self.together(|batch| noted.try_for_each(|page| batch.page(page)))?;
        for (address, why) in barren {
            self.trouble(&address, &why);
        }
        (self.tell)(News::Added(&added));
        self.alert()
    }

    /// Tells of what came and a saved search finds, and of what is new in stories that are followed.
    fn alert(&mut self) -> Result<(), Error> {
        let (alerts, tell) = (&self.options.alerts, &mut *self.tell);
        // Nobody waits while it is looked for.
        let noticed = desk::follow::notice(&self.store)?;
        self.desk.take(|desk| {
            Alerts::keep_news(desk.store(), &noticed, now())?;
            let tell = &mut |alert: Alert<'_>| tell(News::Alert(alert));
            Ok(alerts.tell(desk.store(), now(), tell)?)
        })
    }
}

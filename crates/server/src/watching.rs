//! The watch that runs beside the server, and the page on which readers have something watched. In: addresses. Out:
//! articles in the same store, by turns at the same desk; what came of each look.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, Redirect};
use axum::routing::get;
use crossread::report::site;
use fetch::{News, WatchOptions, now};
use serde::Deserialize;
use store::{FeedRow, Reader, SourceRow};

use crate::app::{App, Sent, sent};
use crate::refusal::Refusal;
use crate::times;
use crate::tokens::Right;
use crate::who::Peer;

/// What is watched beside the server.
#[derive(Clone, Debug)]
pub struct Watching {
    /// Addresses of feeds, lists, sitemaps and pages.
    pub sources: Vec<String>,
    /// How they are fetched.
    pub options: WatchOptions,
}

/// After a failure of the watch, such as a full disk, it begins anew when so long has passed.
const AGAIN: Duration = Duration::from_secs(30);
/// How often it is looked, meanwhile, whether the server ends.
const LOOK: Duration = Duration::from_millis(100);

/// The thread that watches.
pub struct Watch {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Watch {
    /// Ends it when what was fetched is kept.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.thread.join();
    }
}

/// Begins to watch, where that is asked for.
pub fn start(app: &Arc<App>) -> Option<Watch> {
    let Watching { sources, options } = app.options.watch.clone()?;
    let desk = app.desk.clone()?;
    let options = WatchOptions {
        asked_for: true,
        once: false,
        // One for all of the server: a message is sent once.
        alerts: Arc::clone(&app.options.alerts),
        ..options
    };
    let stop = Arc::new(AtomicBool::new(false));
    let (stopped, app) = (Arc::clone(&stop), Arc::clone(app));
    let thread = thread::spawn(move || {
        while !stopped.load(Ordering::Relaxed) {
            let tell = &mut |news: News<'_>| app.doing.note(&news);
            let ended = fetch::watch(&desk, &sources, &options, &stopped, tell);
            let trouble = ended.err().map(|error| error.to_string());
            let failed = trouble.is_some();
            *app.doing
                .trouble
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = trouble;
            let mut left = if failed { AGAIN } else { Duration::ZERO };
            while !left.is_zero() && !stopped.load(Ordering::Relaxed) {
                thread::sleep(LOOK);
                left = left.saturating_sub(LOOK);
            }
        }
    });
    Some(Watch { stop, thread })
}

/// Its addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/watch", get(list).post(change))
}

fn listed(url: &str, by: Option<&SourceRow>, feed: Option<&FeedRow>) -> site::Source {
    let time = |at: i64| (at > 0).then(|| times::instant(at));
    site::Source {
        url: url.to_owned(),
        by: by.map(|row| (row.by.clone(), times::instant(row.since))),
        told: feed.map(|feed| feed.told.clone()).unwrap_or_default(),
        failures: feed.map_or(0, |feed| feed.failures),
        next: feed.and_then(|feed| time(feed.next)),
    }
}

fn sources(store: &Reader, given: &[String]) -> Result<Vec<site::Source>, Refusal> {
    let mut listed = Vec::new();
    for url in given {
        listed.push(self::listed(url, None, store.feed(url)?.as_ref()));
    }
    for row in store.sources()? {
        if !given.contains(&row.url) {
            listed.push(self::listed(&row.url, Some(&row), row.feed.as_ref()));
        }
    }
    Ok(listed)
}

async fn list(State(app): State<Arc<App>>) -> Result<Html<String>, Refusal> {
    let given = app.options.watch.as_ref();
    let given = given.map(|watch| watch.sources.clone()).unwrap_or_default();
    let doing = &app.doing;
    let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
    let mut page = site::WatchPage {
        runs: app.options.watch.is_some(),
        changes: app.changes(),
        counts: [&doing.looks, &doing.came, &doing.changed, &doing.failed].map(count),
        waits: None,
        trouble: doing
            .trouble
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone(),
        sources: Vec::new(),
    };
    let waits = doing
        .waits
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    page.waits = waits.map(|(address, until)| (address, times::instant(until)));
    page.sources = app.read(move |store| sources(store, &given)).await?;
    Ok(Html(site::watch(&page)))
}

/// What the forms of the page send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Change {
    token: String,
    by: String,
    address: String,
    forget: String,
}

async fn change(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    change: Sent<Change>,
) -> Result<Redirect, Refusal> {
    let change = sent(change)?;
    let who = app.who_by(Some(&change.token), &headers, peer, Right::Add)?;
    if app.options.watch.is_none() {
        let why = "this server watches nothing; start it with --watch";
        return Err(Refusal::Forbidden(why));
    }
    let db = app.options.db.clone();
    app.read(move |_| {
        if !change.forget.is_empty() {
            return match store::unwatch(&db, &change.forget)? {
                true => Ok(()),
                false => Err(Refusal::NotFound("address that readers have watched")),
            };
        }
        let address = change.address.trim();
        if let Some(fault) = fetch::address_fault(address) {
            return Err(Refusal::Bad(fault));
        }
        Ok(store::watch(&db, address, &who.called(&change.by), now())?)
    })
    .await?;
    Ok(Redirect::to("/watch"))
}

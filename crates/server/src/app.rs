//! What all requests share: the store's readers, the thread that adds, the counts.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query};
use crossread::report::answer::Answer;
use desk::{Desk, Turns};
use store::Reader;
use tokio::sync::Semaphore;

use crate::clients::Clients;
use crate::doing::Doing;
use crate::feed::Feeds;
use crate::jobs::Jobs;
use crate::metrics::Metrics;
use crate::refusal::Refusal;
use crate::taking::Taking;
use crate::{Error, Options, times};

/// Shared by all requests.
pub struct App {
    pub options: Options,
    pub address: SocketAddr,
    pub metrics: Metrics,
    /// Requests in progress of those who come by a proxy.
    pub clients: Clients,
    /// What sentences are asked with.
    pub engine: crossread::Engine,
    /// Readers that nobody uses right now.
    readers: Mutex<Vec<Reader>>,
    /// How many more may be used: more than the cores keep busy only takes memory.
    free: Semaphore,
    /// Feeds that were made since the store last changed.
    pub feeds: Feeds,
    /// The desk, where something may be changed.
    pub desk: Option<Arc<Turns>>,
    /// Who adds articles, where that is allowed.
    pub taking: Option<Taking>,
    /// What readers sent, and how far it is.
    pub jobs: Jobs,
    /// What the watch beside does.
    pub doing: Doing,
    /// Who fetches the pages that readers ask for.
    pub client: Arc<fetch::Client>,
}

/// Why nobody may change the store.
pub const READS: &str = "this server only reads; start it with --token-file to change something";

/// Readers for each core, and at most: others wait their turn. Without a limit two hundred readers at
/// once took 3.5 GB and were served no sooner.
const A_CORE: usize = 2;
const MOST: usize = 32;

/// A day that an address gives, since 1970; none where it is left empty.
pub fn day(name: &str, given: Option<&str>) -> Result<Option<i64>, Refusal> {
    match given.map(str::trim).filter(|day| !day.is_empty()) {
        None => Ok(None),
        Some(day) => match times::days(day) {
            Some(days) => Ok(Some(days)),
            None => Err(Refusal::Bad(format!("{name} is a day like 2023-03-18"))),
        },
    }
}

/// What an address asks for behind its `?`.
pub type Asked<T> = Result<Query<T>, QueryRejection>;

/// The same, or why it makes no sense.
pub fn asked<T>(query: Asked<T>) -> Result<T, Refusal> {
    let Query(asked) = query.map_err(|e| Refusal::Bad(e.body_text()))?;
    Ok(asked)
}

/// What a form of a page sends.
pub type Sent<T> = Result<Form<T>, FormRejection>;

/// The same, or why it makes no sense.
pub fn sent<T>(form: Sent<T>) -> Result<T, Refusal> {
    let Form(sent) = form.map_err(|error| Refusal::Bad(error.body_text()))?;
    Ok(sent)
}

impl App {
    pub fn open(options: Options, address: SocketAddr) -> Result<Self, Error> {
        let writes = options.tokens.is_some() || options.watch.is_some();
        let desk = match writes {
            true => Some(Arc::new(Turns::new(
                crossread::Engine::new(options.engine.clone())?,
                &options.db,
                fetch::now,
            )?)),
            false => None,
        };
        let taking = desk.clone().filter(|_| options.tokens.is_some());
        let alerts = &options.alerts;
        let taking =
            taking.map(|desk| Taking::start(desk, Arc::clone(alerts), options.watch.is_none()));
        let first = Reader::open(&options.db)?;
        // A sentence is read by the encoder, however stories are compared: it is asked in other words than they use.
        let engine = crossread::Engine::new(crossread::Options {
            align: crossread::Align::Encoder,
            ..options.engine.clone()
        })?;
        // Pages that readers ask for are fetched as what is watched is.
        let watch = options.watch.as_ref();
        let fetching = watch
            .map(|watch| watch.options.client.clone())
            .unwrap_or_default();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            options,
            address,
            metrics: Metrics::default(),
            clients: Clients::default(),
            engine,
            readers: Mutex::new(vec![first]),
            free: Semaphore::new((cores * A_CORE).min(MOST)),
            feeds: Feeds::default(),
            desk,
            taking,
            jobs: Jobs::default(),
            doing: Doing::default(),
            client: Arc::new(fetch::Client::new(fetching)),
        })
    }

    /// Does something with a reader, on a thread that may wait.
    pub async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        read: impl FnOnce(&Reader) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let app = Arc::clone(self);
        let turn = self.free.acquire().await;
        let _turn = turn.map_err(|_| Refusal::Inside("the server is stopping".to_owned()))?;
        let done = tokio::task::spawn_blocking(move || {
            let kept = app.readers.lock().ok().and_then(|mut kept| kept.pop());
            let reader = match kept {
                Some(reader) => reader,
                None => Reader::open(&app.options.db)?,
            };
            let result = read(&reader);
            if let Ok(mut kept) = app.readers.lock() {
                kept.push(reader);
            }
            result
        });
        done.await
            .unwrap_or_else(|_| Err(Refusal::Inside("the page could not be made".to_owned())))
    }

    /// Does something with the desk, on a thread that may wait for its turn.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] where nothing may be changed.
    pub async fn turn<T: Send + 'static>(
        self: &Arc<Self>,
        turn: impl FnOnce(&mut Desk) -> Result<T, desk::Error> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.with_desk(|desk| desk.take(turn)).await
    }

    /// Draws some of the stories that wait to be; whether others wait.
    ///
    /// # Errors
    /// As [`Self::turn`].
    pub async fn draw(self: &Arc<Self>) -> Result<bool, Refusal> {
        self.with_desk(Turns::draw).await
    }

    async fn with_desk<T: Send + 'static>(
        self: &Arc<Self>,
        with: impl FnOnce(&Turns) -> Result<T, desk::Error> + Send + 'static,
    ) -> Result<T, Refusal> {
        let desk = self.desk.clone().ok_or(Refusal::Forbidden(READS))?;
        let done = tokio::task::spawn_blocking(move || with(&desk));
        let done = done.await;
        Ok(done.map_err(|_| Refusal::Inside("it could not be done".to_owned()))??)
    }

    /// What the store's articles say of a sentence.
    pub async fn ask(
        self: &Arc<Self>,
        says: String,
        language: Option<String>,
    ) -> Result<Answer, Refusal> {
        let app = Arc::clone(self);
        let ask = move |store: &Reader| {
            let answer = desk::ask(&app.engine, store, &says, language.as_deref());
            Ok(answer?)
        };
        self.read(ask).await
    }

    /// Ends the thread that adds, when it is done with what it has.
    pub fn close(&self) {
        if let Some(taking) = &self.taking {
            taking.close();
        }
    }
}

//! The reader's pages and the HTTP API of a store.
//!
//! In: a store and an address. Out: pages (`pages`), the same facts for programs (`api`, described by
//! `openapi`), feeds (`feeds`), health and metrics (`health`), the store for
//! assistants (`mcp`). It reads; articles are added only by who may (`who`, `tokens`), by one
//! thread that holds the store's only writer (`taking`). What it refuses (`guard`): other sites' names for
//! this machine, what pages of other sites send, requests without an end (`listen`), and with its content policy whatever
//! a page of news might carry.

mod adding;
mod answers;
mod api;
mod app;
mod citing;
mod clients;
mod decisions;
mod doing;
mod feed;
mod feeds;
mod finish;
mod followed;
mod guard;
mod health;
mod jobs;
mod listen;
mod marks;
mod mcp;
mod metrics;
mod openapi;
mod orders;
mod pages;
mod proxied;
mod reading;
mod refusal;
mod searches;
mod seeking;
mod taking;
mod times;
mod tokens;
mod watching;
mod who;

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware;
use tokio::net::TcpListener;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};

use app::App;

/// How the server works.
#[derive(Clone, Debug)]
pub struct Options {
    /// The store.
    pub db: PathBuf,
    /// Where it listens.
    pub listen: SocketAddr,
    /// Names that this machine may be called by, beside the address and `localhost`.
    pub hosts: Vec<String>,
    /// Who may change something, and what; nobody where there are none.
    pub tokens: Option<Tokens>,
    /// Whether only who has the right may read.
    pub closed: bool,
    /// Addresses of proxies: what they say of where a request comes from, and from whom, counts.
    pub trusted: Vec<IpNet>,
    /// Where the site lies on its host, as [`base`] reads it.
    pub base: String,
    /// What is watched meanwhile, if anything is.
    pub watch: Option<Watching>,
    /// Who tells of what came.
    pub alerts: Arc<fetch::Alerts>,
    /// What articles that are added are compared with.
    pub engine: crossread::Options,
}

impl Options {
    /// A store at an address, for this machine to read.
    #[must_use]
    pub fn new(db: PathBuf, listen: SocketAddr, engine: crossread::Options) -> Self {
        Self {
            db,
            listen,
            hosts: Vec::new(),
            tokens: None,
            closed: false,
            trusted: Vec::new(),
            base: String::new(),
            watch: None,
            alerts: Arc::default(),
            engine,
        }
    }
}

pub use finish::base;
pub use ipnet::IpNet;
pub use mcp::{converse, serve as assist};
pub use tokens::{Right, Rights, Tokens, TokensFault};
pub use watching::Watching;

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The desk, where articles may be added.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// The engine.
    #[error(transparent)]
    Engine(#[from] crossread::Error),
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address}: {source}; give another --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The connections.
    #[error("the server stopped: {0}")]
    Io(#[from] std::io::Error),
}

/// How long the thread that adds is waited for in the end.
const CLOSING: Duration = Duration::from_millis(1_500);

/// Serves until `stop` is done, then lets requests in progress end, for a few seconds. `ready` is told the address, which
/// has a port where port 0 was asked for.
///
/// # Errors
/// [`Error`], before anything is served but for [`Error::Io`].
pub fn serve(
    options: Options,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let address = options.listen;
        let listening = TcpListener::bind(address).await;
        let listener = listening.map_err(|source| Error::Listen { address, source })?;
        let address = listener.local_addr()?;
        let app = Arc::new(App::open(options, address)?);
        let watch = watching::start(&app);
        ready(address);
        let router = router(Arc::clone(&app));
        listen::serve(listener, &app, router, stop).await;
        // What is being added is given a moment; a store is whole after any stop.
        let closed = tokio::task::spawn_blocking(move || {
            if let Some(watch) = watch {
                watch.stop();
            }
            app.close();
        });
        let _ = tokio::time::timeout(CLOSING, closed).await;
        Ok(())
    });
    // Threads that still read, or add, are not waited for.
    runtime.shutdown_background();
    served
}

/// Bytes of an answer from which it is packed: a smaller one fits one packet of the network as it is.
const PACKED: u16 = 1_024;

fn router(app: Arc<App>) -> Router {
    Router::new()
        .merge(pages::routes())
        .merge(reading::routes())
        .merge(seeking::routes())
        .merge(api::routes())
        .merge(feeds::routes())
        .merge(citing::routes())
        .merge(searches::routes())
        .merge(followed::routes())
        .merge(marks::routes())
        .merge(adding::routes())
        .merge(watching::routes())
        .merge(health::routes())
        .merge(mcp::routes(&app))
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            guard::guard,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            finish::finish,
        ))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .compress_when(DefaultPredicate::new().and(SizeAbove::new(PACKED))),
        )
        .with_state(app)
}

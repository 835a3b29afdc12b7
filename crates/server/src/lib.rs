//! The reader's pages and the HTTP API of a store.
//!
//! In: a store and an address. Out: pages (`pages`), the same facts for programs (`api`, described by
//! `openapi`), feeds (`feeds`), health and metrics (`health`), the store for
//! assistants (`mcp`). It reads; articles are added only with a token, by one
//! thread that holds the store's only writer (`taking`). What it refuses (`guard`): other sites' names for
//! this machine, requests without an end, and with its content policy whatever a page of news might carry.

mod answers;
mod api;
mod app;
mod citing;
mod feeds;
mod guard;
mod health;
mod mcp;
mod metrics;
mod openapi;
mod pages;
mod refusal;
mod searches;
mod taking;
mod times;

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::middleware;
use tokio::net::TcpListener;

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
    /// Who has it may add articles; nobody where there is none.
    pub token: Option<String>,
    /// What articles that are added are compared with.
    pub engine: crossread::Options,
}

pub use mcp::{converse, serve as assist};

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

/// Serves until `stop` is done, then lets requests in progress end. `ready` is told the address, which
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
    runtime.block_on(async {
        let address = options.listen;
        let listening = TcpListener::bind(address).await;
        let listener = listening.map_err(|source| Error::Listen { address, source })?;
        let address = listener.local_addr()?;
        let app = Arc::new(App::open(options, address)?);
        ready(address);
        let router = router(Arc::clone(&app));
        axum::serve(listener, router)
            .with_graceful_shutdown(stop)
            .await?;
        app.close();
        Ok(())
    })
}

fn router(app: Arc<App>) -> Router {
    Router::new()
        .merge(pages::routes())
        .merge(api::routes())
        .merge(feeds::routes())
        .merge(citing::routes())
        .merge(searches::routes())
        .merge(health::routes())
        .merge(mcp::routes(&app))
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            guard::guard,
        ))
        .with_state(app)
}

//! `/healthz` and `/metrics`: whether the store can be read, and what the server and its store count.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::app::App;
use crate::refusal::Refusal;

/// The two addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
}

async fn health(State(app): State<Arc<App>>) -> Result<&'static str, Refusal> {
    app.read(|store| Ok(store.counts()?)).await?;
    Ok("ok\n")
}

async fn metrics(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Refusal> {
    let (counts, waiting) = app
        .read(|store| Ok((store.counts()?, store.stale_count()?)))
        .await?;
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    Ok((kind, app.metrics.write(counts, waiting)))
}

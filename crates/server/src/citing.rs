//! Citations of what is stored, `/cite/{style}/…`: files for programs that keep literature.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use crossread::report::cite::{Cited, Style, cite};
use crossread::report::wire;

use crate::app::App;
use crate::refusal::Refusal;
use crate::times;

/// Their addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/cite/{style}/stories/{id}", get(story))
        .route("/cite/{style}/articles/{id}", get(article))
}

async fn story(
    State(app): State<Arc<App>>,
    Path((style, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let style = Style::of_ending(&style).ok_or(Refusal::NotFound("style"))?;
    let articles = app
        .read(move |store| {
            let row = store.story(&id)?.ok_or(Refusal::NotFound("story"))?;
            Ok(desk::export::fetched(store, row.n)?)
        })
        .await?;
    Ok(cited(&articles, style))
}

async fn article(
    State(app): State<Arc<App>>,
    Path((style, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let style = Style::of_ending(&style).ok_or(Refusal::NotFound("style"))?;
    let article = app
        .read(move |store| {
            let version = store.newest(&id)?.ok_or(Refusal::NotFound("article"))?;
            let article = crossread::report::lines::article(&version.article);
            Ok((article, times::instant(version.fetched)))
        })
        .await?;
    Ok(cited(&[article], style))
}

fn cited(articles: &[(wire::Article, String)], style: Style) -> Response {
    let all = articles.iter().map(|(article, retrieved)| Cited {
        article,
        passage: None,
        retrieved: Some(retrieved),
    });
    let headers = [
        (header::CONTENT_TYPE, style.media_type()),
        (header::CONTENT_DISPOSITION, "attachment"),
    ];
    (headers, cite(all, style)).into_response()
}

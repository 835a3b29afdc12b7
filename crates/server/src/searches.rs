//! Searches that are kept: their page, and keeping and letting go by who has the token.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, Redirect};
use axum::routing::get;
use crossread::report::site;
use serde::Deserialize;
use store::{Query, SavedSearch};

use crate::app::{App, Sent, sent};
use crate::pages;
use crate::refusal::Refusal;
use crate::tokens::Right;
use crate::who::Peer;

/// Hits that are shown of each.
const SHOWN: u32 = 3;

/// Their address.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/searches", get(list).post(change))
}

async fn list(State(app): State<Arc<App>>) -> Result<Html<String>, Refusal> {
    let kept_here = app.changes();
    let page = app
        .read(move |store| {
            let mut kept = Vec::new();
            for search in store.searches()? {
                let query = Query {
                    words: search.words.clone(),
                    outlet: search.outlet.clone(),
                    ..Query::default()
                };
                kept.push(site::Kept {
                    hits: pages::found(store, &query, SHOWN)?.0,
                    name: search.name,
                    words: search.words,
                    outlet: search.outlet.unwrap_or_default(),
                    hooked: search.hook.is_some(),
                });
            }
            Ok(site::searches(&kept, kept_here))
        })
        .await?;
    Ok(Html(page))
}

/// What the forms of the pages send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Change {
    token: String,
    forget: String,
    name: String,
    words: String,
    outlet: String,
    hook: String,
}

async fn change(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    change: Sent<Change>,
) -> Result<Redirect, Refusal> {
    let change = sent(change)?;
    app.who_by(Some(&change.token), &headers, peer, Right::Add)?;
    match change.forget.is_empty() {
        true => {
            let (outlet, hook) = (Some(change.outlet), Some(change.hook));
            keep(&app, made(change.name, change.words, outlet, hook)?).await?;
        }
        false => forget(&app, change.forget).await?,
    }
    Ok(Redirect::to("/searches"))
}

/// A search as somebody wants it kept; refused where it cannot be.
pub fn made(
    name: String,
    words: String,
    outlet: Option<String>,
    hook: Option<String>,
) -> Result<SavedSearch, Refusal> {
    let given = |word: Option<String>| word.filter(|word| !word.trim().is_empty());
    let search = SavedSearch {
        name: name.trim().to_owned(),
        words,
        outlet: given(outlet),
        hook: given(hook),
        made: fetch::now(),
        ..SavedSearch::default()
    };
    let hook = search.hook.as_deref().and_then(fetch::address_fault);
    let hook = hook.map(|fault| format!("the hook: {fault}"));
    match search.fault().or(hook) {
        Some(fault) => Err(Refusal::Bad(fault)),
        None => Ok(search),
    }
}

/// Keeps one.
pub async fn keep(app: &Arc<App>, search: SavedSearch) -> Result<(), Refusal> {
    let db = app.options.db.clone();
    app.read(move |_| Ok(store::save(&db, &search)?)).await
}

/// Lets one go.
pub async fn forget(app: &Arc<App>, name: String) -> Result<(), Refusal> {
    let db = app.options.db.clone();
    app.read(move |_| match store::forget(&db, &name)? {
        true => Ok(()),
        false => Err(Refusal::NotFound("search")),
    })
    .await
}

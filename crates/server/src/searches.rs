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
    #[serde(rename = "as")]
    form: String,
    secret: String,
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
            let hook = Hook {
                hook: Some(change.hook),
                form: Some(change.form),
                secret: Some(change.secret),
                ..Hook::default()
            };
            keep(
                &app,
                made(change.name, change.words, Some(change.outlet), hook)?,
            )
            .await?;
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
    hook: Hook,
) -> Result<SavedSearch, Refusal> {
    let Hooked {
        hook,
        form,
        secret,
        every,
    } = hook.sound(false)?;
    let search = SavedSearch {
        name: name.trim().to_owned(),
        words,
        outlet: given(outlet),
        hook,
        form,
        secret,
        every,
        made: fetch::now(),
        ..SavedSearch::default()
    };
    match search.fault() {
        Some(fault) => Err(Refusal::Bad(fault)),
        None => Ok(search),
    }
}

fn given(word: Option<String>) -> Option<String> {
    word.filter(|word| !word.trim().is_empty())
}

/// Whom a search or a follower tells, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Hook {
    pub hook: Option<String>,
    #[serde(rename = "as")]
    pub form: Option<String>,
    pub secret: Option<String>,
    /// An address of mail, in place of a hook.
    pub mail: Option<String>,
    /// Seconds between two messages, at least.
    pub every: Option<u32>,
}

/// The same where it makes sense.
pub struct Hooked {
    pub hook: Option<String>,
    pub form: Option<String>,
    pub secret: Option<String>,
    pub every: i64,
}

impl Hook {
    /// What of it is kept. `makes`: a secret is made where none was sent, for who is told it.
    pub fn sound(self, makes: bool) -> Result<Hooked, Refusal> {
        let mail = given(self.mail).map(|address| fetch::of_mail(&address));
        let hook = given(self.hook);
        if hook.is_some() && mail.is_some() {
            let why = "give a hook or an address of mail, not both";
            return Err(Refusal::Bad(why.to_owned()));
        }
        let (hook, form) = (hook.or(mail), given(self.form));
        let fault = hook
            .as_deref()
            .and_then(|hook| fetch::hook_fault(hook, form.as_deref()));
        if let Some(fault) = fault {
            return Err(Refusal::Bad(fault));
        }
        let mut secret = given(self.secret);
        let signs = |hook: &String| fetch::is_signed(hook, form.as_deref());
        if makes && secret.is_none() && hook.as_ref().is_some_and(signs) {
            secret = Some(fetch::secret().map_err(Refusal::Inside)?);
        }
        Ok(Hooked {
            hook,
            form,
            secret,
            every: self.every.unwrap_or(0).into(),
        })
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

//! Stories that readers follow: their page, the forms, and the same for programs. In: a story, and who is told of what is
//! new in it. Out: the follower in the store; what was new last.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, Redirect};
use axum::routing::get;
use crossread::report::{news::News, site};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Follower, NewsRow, Reader};

use crate::app::{App, Sent, sent};
use crate::refusal::Refusal;
use crate::searches::{Hook, Hooked};
use crate::times;
use crate::tokens::Right;
use crate::who::Peer;

/// News that are shown of each story.
const SHOWN: u32 = 20;
const HOUR: u32 = 3_600;

/// Their address.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/followed", get(list).post(change))
}

/// A piece of news as it was kept.
pub fn news(row: &NewsRow) -> Option<News> {
    serde_json::from_str(&row.news).ok()
}

/// How a follower is told, in words.
fn told(follower: &Follower) -> Option<String> {
    let hook = follower.hook.as_deref()?;
    let form = follower.form.as_deref().and_then(fetch::Form::named);
    Some(match fetch::mail_of(hook) {
        Some(_) => "mail".to_owned(),
        None => form
            .unwrap_or_else(|| fetch::Form::of_address(hook))
            .name()
            .to_owned(),
    })
}

/// Those who follow each story, by its id.
fn by_story(store: &Reader) -> Result<BTreeMap<String, Vec<Follower>>, Refusal> {
    let mut stories: BTreeMap<String, Vec<Follower>> = BTreeMap::new();
    for follower in store.followers()? {
        let of = stories.entry(follower.story.clone()).or_default();
        of.push(follower);
    }
    Ok(stories)
}

async fn list(State(app): State<Arc<App>>) -> Result<Html<String>, Refusal> {
    let changes = app.changes();
    let page = app
        .read(move |store| {
            let mut stories = Vec::new();
            for (id, followers) in by_story(store)? {
                let title = store.story(&id)?.and_then(|row| row.title);
                let latest = store.latest_news(&id, SHOWN)?;
                let latest = latest
                    .iter()
                    .filter_map(|row| Some((times::instant(row.at), news(row)?)));
                let followers = followers.iter().map(|one| site::FollowerRow {
                    n: one.n,
                    by: one.by.clone(),
                    since: times::instant(one.since),
                    told: told(one),
                });
                stories.push(site::FollowedStory {
                    title: title.unwrap_or_else(|| id.clone()),
                    followers: followers.collect(),
                    news: latest.collect(),
                    id,
                });
            }
            Ok(site::followed(&stories, changes))
        })
        .await?;
    Ok(Html(page))
}

/// What the forms of the pages send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Change {
    token: String,
    by: String,
    forget: String,
    story: String,
    hook: String,
    #[serde(rename = "as")]
    form: String,
    secret: String,
    mail: String,
    hours: String,
}

async fn change(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    change: Sent<Change>,
) -> Result<Redirect, Refusal> {
    let change = sent(change)?;
    let who = app.who_by(Some(&change.token), &headers, peer, Right::Add)?;
    if !change.forget.is_empty() {
        forget(&app, number(&change.forget)?).await?;
        return Ok(Redirect::to("/followed"));
    }
    let hours = match change.hours.trim() {
        "" => 0,
        hours => hours
            .parse::<u32>()
            .map_err(|_| Refusal::Bad("hours are a number".to_owned()))?,
    };
    let hook = Hook {
        hook: Some(change.hook),
        form: Some(change.form),
        secret: Some(change.secret),
        mail: Some(change.mail),
        every: Some(hours.saturating_mul(HOUR)),
    };
    let by = who.called(&change.by);
    keep(&app, change.story, hook.sound(false)?, by).await?;
    Ok(Redirect::to("/followed"))
}

/// A follower's number as it was sent.
pub fn number(given: &str) -> Result<i64, Refusal> {
    given.parse().map_err(|_| Refusal::NotFound("follower"))
}

/// Begins to follow a story.
pub async fn keep(
    app: &Arc<App>,
    story: String,
    hook: Hooked,
    by: String,
) -> Result<Follower, Refusal> {
    let Hooked {
        hook,
        form,
        secret,
        every,
    } = hook;
    let db = app.options.db.clone();
    app.read(move |store| {
        let now = desk::follow::begin(store, &story)?.ok_or(Refusal::NotFound("story"))?;
        let mut follower = Follower {
            story: now.story.clone(),
            hook,
            form,
            secret,
            every,
            by,
            since: fetch::now(),
            ..Follower::default()
        };
        follower.n = store::follow(&db, &follower, now.drawn, now.told.as_deref())?;
        Ok(follower)
    })
    .await
}

/// Lets a follower go.
pub async fn forget(app: &Arc<App>, n: i64) -> Result<(), Refusal> {
    let db = app.options.db.clone();
    app.read(move |_| match store::unfollow(&db, n)? {
        true => Ok(()),
        false => Err(Refusal::NotFound("follower")),
    })
    .await
}

/// A follower as programs are told of it; where a hook leads is nobody's business but its owner's.
pub fn shown(follower: &Follower, base: &str) -> Value {
    let story = site::escape(&follower.story);
    json!({
        "id": follower.n.to_string(), "story": follower.story, "by": follower.by,
        "since": times::instant(follower.since), "as": told(follower), "every": follower.every,
        "feed": format!("{base}/feeds/stories/{story}.json"),
    })
}

/// A story to be followed.
#[derive(Debug, Deserialize)]
pub struct ToFollow {
    pub story: String,
    #[serde(default)]
    pub by: String,
    #[serde(flatten)]
    pub hook: Hook,
}

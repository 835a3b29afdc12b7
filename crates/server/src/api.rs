//! The same facts for programs, under `/api/v1`: JSON, the report's words.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, put};
use axum::{Json, Router};
use crossread::report;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{SavedSearch, StoryFilter};

use crate::answers::{self, Listed};
use crate::app::{App, Asked, asked, day};
use crate::pages::{self, Sought};
use crate::reading::{self, WhichVersion};
use crate::refusal::Refusal;
use crate::tokens::Right;
use crate::who::Peer;
use crate::{followed, marks, openapi, orders, searches, seeking, times};

/// Stories given at once, unless asked otherwise, and at most.
const STORIES: u32 = 50;
const MOST: u32 = 500;

/// A refusal as JSON.
pub struct Trouble(Refusal);

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let body = Json(json!({ "error": self.0.words() }));
        (self.0.status(), body).into_response()
    }
}

type Answer = Result<Json<Value>, Trouble>;

/// The API's addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v1/stories", get(stories))
        .route("/api/v1/stories/{id}", get(story))
        .route("/api/v1/articles/{id}", get(article))
        .route("/api/v1/names/{id}", get(name))
        .route("/api/v1/search", get(search))
        .route("/api/v1/ask", get(ask))
        .route("/api/v1/searches", get(searches))
        .route("/api/v1/searches/{name}", put(keep).delete(forget))
        .route("/api/v1/followed", get(followed).post(follow))
        .route("/api/v1/followed/{id}", delete(unfollow))
        .route("/api/v1/marks", get(marked).post(mark))
        .route("/api/v1/marks/{id}", delete(unmark))
        .route("/openapi.json", get(described))
        .route("/api/{*rest}", get(nothing))
        .method_not_allowed_fallback(not_so)
}

async fn not_so() -> Response {
    let body = Json(json!({ "error": "this address is asked in another way: see /openapi.json" }));
    (StatusCode::METHOD_NOT_ALLOWED, body).into_response()
}

async fn nothing() -> Trouble {
    Trouble(Refusal::NotFound("address"))
}

async fn described(State(app): State<Arc<App>>) -> Json<Value> {
    Json(openapi::document(&app.options.base))
}

/// What is asked about.
#[derive(Debug, Deserialize)]
struct Says {
    says: String,
    language: Option<String>,
}

async fn ask(State(app): State<Arc<App>>, says: Asked<Says>) -> Answer {
    let Says { says, language } = asked(says)?;
    let answer = app.ask(says, language).await?;
    Ok(Json(serde_json::to_value(answer).unwrap_or_default()))
}

/// Which stories.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Which {
    outlet: Option<String>,
    name: Option<String>,
    called: Option<String>,
    from: Option<String>,
    to: Option<String>,
    disputed: Option<bool>,
    articles: Option<u32>,
    sort: Option<String>,
    after: Option<String>,
    limit: Option<u32>,
}

async fn stories(State(app): State<Arc<App>>, which: Asked<Which>) -> Answer {
    let which = asked(which)?;
    let sort = which.sort.unwrap_or_default();
    let order = orders::named(&sort).ok_or_else(|| {
        let names = orders::NAMES.join(", ");
        Refusal::Bad(format!("sort is one of {names}"))
    })?;
    let filter = StoryFilter {
        order,
        from: day("from", which.from.as_deref())?,
        to: day("to", which.to.as_deref())?,
        outlet: which.outlet,
        name: which.name,
        called: which.called,
        articles: which.articles,
        disputed: which.disputed.unwrap_or(false),
        after: match which.after.as_deref() {
            None => None,
            Some(told) => Some(orders::after(order, told).ok_or_else(|| {
                Refusal::Bad("after is the next of another answer, of the same sort".to_owned())
            })?),
        },
    };
    let limit = which.limit.unwrap_or(STORIES);
    if !(1..=MOST).contains(&limit) {
        return Err(Refusal::Bad(format!("limit is from 1 to {MOST}")).into());
    }
    let rows = app
        .read(move |store| Ok(store.stories(&filter, limit)?))
        .await?;
    let next = rows.last().filter(|_| rows.len() == limit as usize);
    Ok(Json(json!({
        "stories": rows.iter().map(Listed::from).collect::<Vec<_>>(),
        "next": next.map(|last| orders::next(order, last)),
    })))
}

async fn story(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answer {
    let story = app
        .read(move |store| {
            let (row, mut story) = pages::compared(store, &id)?;
            story.later = store
                .later(&row.id)?
                .into_iter()
                .map(|(id, _)| id)
                .collect();
            Ok(serde_json::to_value(story).unwrap_or_default())
        })
        .await?;
    Ok(Json(story))
}

async fn article(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    which: Asked<WhichVersion>,
) -> Answer {
    let which = asked(which)?;
    let article = app
        .read(move |store| {
            let (_, versions, at) = reading::versions(store, &id, &which)?;
            let version = &versions[at];
            let row = store.article(&id)?.ok_or(Refusal::NotFound("article"))?;
            let article = report::lines::article(&version.article);
            let mut value = serde_json::to_value(article).unwrap_or_default();
            let layers = store.layers(version.seq)?;
            value["story"] = json!(row.story);
            value["version"] = json!(version.number);
            value["versions"] = versions
                .iter()
                .map(|v| json!({ "version": v.number, "fetched": times::instant(v.fetched), "sha256": v.article.sha256.to_string(), "source": v.source }))
                .collect();
            value["layers"] = serde_json::from_slice(&layers).unwrap_or_default();
            Ok(value)
        })
        .await?;
    Ok(Json(article))
}

async fn name(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answer {
    let name = app
        .read(move |store| answers::person(store, &id, answers::STORIES, answers::SAID))
        .await?;
    Ok(Json(serde_json::to_value(name).unwrap_or_default()))
}

async fn search(
    State(app): State<Arc<App>>,
    sought: Asked<Sought>,
    of: Asked<seeking::WhichOf>,
) -> Answer {
    let sought = asked(sought)?;
    let of = asked(of)?.read()?;
    let found = app
        .read(move |store| answers::within(store, &sought, of))
        .await?;
    Ok(Json(serde_json::to_value(found).unwrap_or_default()))
}

/// Of which story.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OfStory {
    story: Option<String>,
}

async fn marked(State(app): State<Arc<App>>, of: Asked<OfStory>) -> Answer {
    let of = asked(of)?;
    let marks = app
        .read(move |store| match of.story {
            None => Ok(store.marks()?),
            Some(id) => {
                let row = store.story(&id)?.ok_or(Refusal::NotFound("story"))?;
                Ok(store.marks_of(row.n)?)
            }
        })
        .await?;
    let marks = marks.iter().map(desk::export::annotation);
    Ok(Json(json!({ "marks": marks.collect::<Vec<_>>() })))
}

async fn mark(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Trouble> {
    let who = app.who(&headers, peer, Right::Mark)?;
    let given: marks::Wanted =
        serde_json::from_slice(&body).map_err(|error| Refusal::Bad(error.to_string()))?;
    let by = who.called(&given.by);
    let mark = marks::keep(&app, given, by).await?;
    Ok((StatusCode::CREATED, Json(desk::export::annotation(&mark))))
}

/// Who takes a mark back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct By {
    by: String,
}

async fn unmark(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    peer: Peer,
    headers: HeaderMap,
    by: Asked<By>,
) -> Result<StatusCode, Trouble> {
    let who = app.who(&headers, peer, Right::Mark)?;
    let by = who.called(&asked(by)?.by);
    marks::take_back(&app, id, by).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn followed(State(app): State<Arc<App>>) -> Answer {
    let followers = app.read(|store| Ok(store.followers()?)).await?;
    let base = &app.options.base;
    let shown = followers.iter().map(|one| followed::shown(one, base));
    Ok(Json(json!({ "followed": shown.collect::<Vec<_>>() })))
}

/// Begins to follow a story; what signs is told this once.
async fn follow(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Trouble> {
    let who = app.who(&headers, peer, Right::Add)?;
    let given: followed::ToFollow =
        serde_json::from_slice(&body).map_err(|error| Refusal::Bad(error.to_string()))?;
    let (by, hook) = (who.called(&given.by), given.hook.sound(true)?);
    let follower = followed::keep(&app, given.story, hook, by).await?;
    let mut answer = followed::shown(&follower, &app.options.base);
    answer["secret"] = json!(follower.secret);
    Ok((StatusCode::CREATED, Json(answer)))
}

async fn unfollow(
    State(app): State<Arc<App>>,
    Path(n): Path<String>,
    peer: Peer,
    headers: HeaderMap,
) -> Result<StatusCode, Trouble> {
    app.who(&headers, peer, Right::Add)?;
    followed::forget(&app, followed::number(&n)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn searches(State(app): State<Arc<App>>) -> Answer {
    let kept = app.read(|store| Ok(store.searches()?)).await?;
    let base = &app.options.base;
    // Where a hook leads is nobody's business but its owner's.
    let one = |search: &SavedSearch| {
        json!({
            "name": search.name, "words": search.words, "outlet": search.outlet,
            "hooked": search.hook.is_some(),
            "feed": format!("{base}/feeds/searches/{}.json", report::site::escape(&search.name)),
        })
    };
    Ok(Json(
        json!({ "searches": kept.iter().map(one).collect::<Vec<_>>() }),
    ))
}

/// A search to be kept.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToKeep {
    words: String,
    outlet: Option<String>,
    hook: Option<String>,
    #[serde(rename = "as")]
    form: Option<String>,
    secret: Option<String>,
    mail: Option<String>,
    every: Option<u32>,
}

async fn keep(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    peer: Peer,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Trouble> {
    app.who(&headers, peer, Right::Add)?;
    let given: ToKeep =
        serde_json::from_slice(&body).map_err(|error| Refusal::Bad(error.to_string()))?;
    let hook = searches::Hook {
        hook: given.hook,
        form: given.form,
        secret: given.secret,
        mail: given.mail,
        every: given.every,
    };
    let search = searches::made(name, given.words, given.outlet, hook)?;
    searches::keep(&app, search).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn forget(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    peer: Peer,
    headers: HeaderMap,
) -> Result<StatusCode, Trouble> {
    app.who(&headers, peer, Right::Add)?;
    searches::forget(&app, name).await?;
    Ok(StatusCode::NO_CONTENT)
}

//! The same facts for programs, under `/api/v1`: JSON, the report's words.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use crossread::report::{self, wire};
use crossread::{Input, Limits, Source};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{SavedSearch, StoryFilter};

use crate::answers::{self, Listed};
use crate::app::{App, Asked, READS, asked, day};
use crate::pages::{self, Sought, WhichVersion};
use crate::refusal::Refusal;
use crate::tokens::Right;
use crate::who::Peer;
use crate::{openapi, searches, times};

/// Bytes that may be posted at once.
const POSTED: usize = 64 << 20;
/// Pages that may be posted in one archive.
const MOST_POSTED: usize = 10_000;
/// Stories given at once, unless asked otherwise, and at most.
const STORIES: u32 = 50;
const MOST: u32 = 500;

/// A refusal as JSON.
struct Trouble(Refusal);

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
        .route(
            "/api/v1/articles",
            post(add).layer(DefaultBodyLimit::max(POSTED)),
        )
        .route("/api/v1/names/{id}", get(name))
        .route("/api/v1/search", get(search))
        .route("/api/v1/ask", get(ask))
        .route("/api/v1/searches", get(searches))
        .route("/api/v1/searches/{name}", put(keep).delete(forget))
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
    after: Option<String>,
    limit: Option<u32>,
}

async fn stories(State(app): State<Arc<App>>, which: Asked<Which>) -> Answer {
    let which = asked(which)?;
    let filter = StoryFilter {
        from: day("from", which.from.as_deref())?,
        to: day("to", which.to.as_deref())?,
        outlet: which.outlet,
        name: which.name,
        called: which.called,
        articles: which.articles,
        disputed: which.disputed.unwrap_or(false),
        after: match which.after.as_deref() {
            None => None,
            Some(after) => {
                let parsed = after.split_once('.');
                let parsed = parsed.and_then(|(day, n)| Some((day.parse().ok()?, n.parse().ok()?)));
                Some(parsed.ok_or_else(|| {
                    Refusal::Bad("after is the next of another answer".to_owned())
                })?)
            }
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
        "next": next.map(pages::after),
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
            let (_, versions, at) = pages::versions(store, &id, &which)?;
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

async fn search(State(app): State<Arc<App>>, sought: Asked<Sought>) -> Answer {
    let sought = asked(sought)?;
    let found = app
        .read(move |store| answers::found(store, &sought))
        .await?;
    Ok(Json(serde_json::to_value(found).unwrap_or_default()))
}

/// Where a posted page is from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Origin {
    url: Option<String>,
}

/// Whether news comes in such a body: text of any kind, documents, records, archives, or what nobody has named.
fn takes(kind: &str) -> bool {
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    const TAKEN: [&str; 23] = [
        "",
        // A mail, and a page that was saved as one.
        "message/rfc822",
        "multipart/related",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
        "application/rss+xml",
        "application/atom+xml",
        "application/xml",
        "application/feed+json",
        "application/gzip",
        "application/x-gzip",
        "application/zip",
        "application/wacz",
        "application/warc",
        "application/vnd.apache.parquet",
        "application/csv",
        "application/json",
        "application/jsonl",
        "application/octet-stream",
        "application/x-ndjson",
        // What curl says of anything.
        "application/x-www-form-urlencoded",
        "application/xhtml+xml",
    ];
    kind.starts_with("text/") || TAKEN.contains(&kind.as_str())
}

/// What is in a body: the page itself, or the pages of an archive, up to [`POSTED`] bytes together.
fn unpacked(path: &str, body: Bytes) -> Result<(Vec<Input>, Vec<wire::Skipped>), Refusal> {
    let most = POSTED as u64;
    let limits = Limits {
        file: most,
        held: most,
        ..Limits::default()
    };
    let (mut inputs, mut skipped, mut bytes) = (Vec::new(), Vec::new(), 0);
    for input in crossread::inputs(path, Source::from(body), limits) {
        match input {
            Ok(mut input) => {
                // What a posted archive calls its files says nothing: another one calls them so too.
                let named = input.path.strip_prefix(crossread::POSTED);
                if path == crossread::POSTED && named.is_some_and(|name| name.starts_with('/')) {
                    input.path = path.to_owned();
                }
                bytes += input.bytes.len();
                if bytes > POSTED || inputs.len() == MOST_POSTED {
                    let why = format!(
                        "the body unpacks to more than {} MiB or {MOST_POSTED} pages; post it in parts",
                        POSTED >> 20
                    );
                    return Err(Refusal::Bad(why));
                }
                inputs.push(input);
            }
            Err(skip) => skipped.push(wire::Skipped {
                path: skip.path,
                reason: skip.reason.to_string(),
            }),
        }
    }
    Ok((inputs, skipped))
}

async fn add(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    origin: Asked<Origin>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Value>), Trouble> {
    app.who(&headers, peer, Right::Add)?;
    let taking = app.taking.as_ref().ok_or(Refusal::Forbidden(READS))?;
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !takes(kind) {
        let what =
            format!("{kind} is none of HTML, mail, text, PDF, DOCX, ODT, records and archives");
        return Err(Refusal::Unsupported(what).into());
    }
    let body = body.map_err(|_| Refusal::TooLarge(POSTED))?;
    let records = ["json", "ndjson"].iter().any(|end| kind.contains(end));
    let opening = body.iter().find(|byte| !byte.is_ascii_whitespace());
    if records && !matches!(opening, Some(b'{' | b'[')) {
        return Err(
            Refusal::Bad("the body is no JSON object a line, nor an array".to_owned()).into(),
        );
    }
    let url = asked(origin)?.url.filter(|url| !url.trim().is_empty());
    if let Some(fault) = url.as_deref().and_then(fetch::address_fault) {
        return Err(Refusal::Bad(format!("url: {fault}")).into());
    }
    let path = url.unwrap_or_else(|| crossread::POSTED.to_owned());
    let unpacked = tokio::task::spawn_blocking(move || unpacked(&path, body)).await;
    let (inputs, skipped) =
        unpacked.map_err(|_| Refusal::Inside("the body could not be unpacked".to_owned()))??;
    let mut added = taking.take(inputs).await?;
    added.skipped.extend(skipped);
    let status = match added.new.is_empty() && added.changed.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    };
    Ok((
        status,
        Json(serde_json::to_value(added).unwrap_or_default()),
    ))
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
    let search = searches::made(name, given.words, given.outlet, given.hook)?;
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

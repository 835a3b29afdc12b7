//! Feeds of stories, of disputes, of what a search finds and of what somebody says. Of a report only what a
//! feed shows is read; a feed that was made is kept until the store changes, and one is made at a time, so that feeds
//! take one of the store's readers and leave the others to pages.

use std::collections::{HashMap, hash_map};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use crossread::report::site::{self, escape};
use crossread::report::{self, quoted, wire};
use serde::Deserialize;
use store::{Query, Reader, StoryFilter, StoryRow};

use crate::app::{App, Asked, asked};
use crate::feed::{Entry, Feed, write};
use crate::followed;
use crate::refusal::Refusal;
use crate::who::Peer;
use crate::{pages, times};

/// Entries of a feed.
const ENTRIES: u32 = 50;

/// The feeds' addresses.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/feeds/{file}", get(stories))
        .route("/feeds/names/{file}", get(name))
        .route("/feeds/searches/{file}", get(saved))
        .route("/feeds/stories/{file}", get(story))
}

impl App {
    /// A feed, made where the store changed.
    async fn feed(
        self: &Arc<Self>,
        address: &str,
        make: impl FnOnce(&Reader) -> Result<Feed, Refusal> + Send + 'static,
    ) -> Result<Arc<Feed>, Refusal> {
        let db = &self.options.db;
        self.feeds.get(db, address, self.read(make)).await
    }
}

/// What a feed of stories is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Narrowed {
    outlet: Option<String>,
    name: Option<String>,
    articles: Option<u32>,
    q: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

async fn stories(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    narrowed: Asked<Narrowed>,
) -> Result<Response, Refusal> {
    let narrowed = asked(narrowed)?;
    let (which, kind) = file.rsplit_once('.').ok_or(Refusal::NotFound("feed"))?;
    if !matches!(which, "stories" | "disputes" | "search") {
        return Err(Refusal::NotFound("feed"));
    }
    let (disputed, searched) = (which == "disputes", which == "search");
    // What a feed is narrowed to is a part of what it is.
    let mut title = format!("Crossread: {which}");
    if let Some(q) = narrowed.q.as_deref().filter(|_| searched) {
        title.push_str(&format!(" for “{q}”"));
    }
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let own = format!("/feeds/{file}{query}");
    let feed = app
        .feed(&own.clone(), move |store| {
            let entries = match searched {
                true => {
                    let sought = pages::Sought {
                        q: narrowed.q.unwrap_or_default(),
                        outlet: narrowed.outlet,
                        from: narrowed.from,
                        to: narrowed.to,
                        before: None,
                    };
                    found(store, &sought.query(store)?)?
                }
                false => {
                    let filter = StoryFilter {
                        outlet: narrowed.outlet,
                        name: narrowed.name,
                        articles: narrowed.articles,
                        disputed,
                        ..StoryFilter::default()
                    };
                    match disputed {
                        true => disputes(store, &filter)?,
                        false => listed(store, &filter)?,
                    }
                }
            };
            Ok(Feed {
                title,
                own,
                entries,
            })
        })
        .await?;
    write(&app.root(&headers, peer), kind, &feed)
}

/// What a feed shows of a story's report.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    outlets: Vec<String>,
    disputes: Vec<wire::Dispute>,
    brief: Vec<wire::BriefSentence>,
}

fn told(store: &Reader, row: &StoryRow) -> Result<Option<Told>, Refusal> {
    let Some(kept) = store.report(row.n)? else {
        return Ok(None);
    };
    let mut told: Told = serde_json::from_slice(&kept.story).map_err(|_| pages::damaged())?;
    // One that was kept before disputes had lasting keys, which are made of all that it says.
    if told.disputes.iter().any(|dispute| dispute.key.is_empty()) {
        let story = report::story(&kept.story).ok_or_else(pages::damaged)?;
        told.disputes = story.disputes;
    }
    Ok(Some(told))
}

fn listed(store: &Reader, filter: &StoryFilter) -> Result<Vec<Entry>, Refusal> {
    let rows = store.stories(filter, ENTRIES)?;
    let mut entries = Vec::new();
    for row in rows {
        let mut lines: Vec<String> = Vec::new();
        if let Some(story) = told(store, &row)? {
            lines.push(story.outlets.join(", "));
            for dispute in &story.disputes {
                let sides: Vec<String> = dispute
                    .sides
                    .iter()
                    .map(|s| quoted(&s.label).into_owned())
                    .collect();
                lines.push(sides.join(" ≠ "));
            }
            lines.extend(story.brief.iter().map(|sentence| sentence.text.clone()));
        }
        entries.push(Entry {
            title: row.title.unwrap_or_else(|| row.id.clone()),
            address: format!("/stories/{}", escape(&row.id)),
            again: true,
            updated: times::instant(row.changed),
            text: lines.join("\n"),
        });
    }
    Ok(entries)
}

/// An entry for each dispute, told once however its story grows.
fn disputes(store: &Reader, filter: &StoryFilter) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::new();
    for row in store.stories(filter, ENTRIES)? {
        let Some(story) = told(store, &row)? else {
            continue;
        };
        let mut outlets: HashMap<&str, String> = HashMap::new();
        for dispute in &story.disputes {
            let mut lines = vec![row.title.clone().unwrap_or_default()];
            for mention in dispute.sides.iter().flat_map(|side| &side.mentions) {
                let words = quoted(&mention.text);
                let outlet = match outlets.entry(&mention.article) {
                    hash_map::Entry::Occupied(known) => known.into_mut(),
                    hash_map::Entry::Vacant(new) => {
                        let article = store.article(new.key())?;
                        new.insert(article.and_then(|a| a.outlet).unwrap_or_default())
                    }
                };
                lines.push(format!("{words} — {outlet}"));
            }
            let sides = dispute
                .sides
                .iter()
                .map(|side| quoted(&side.label).into_owned());
            entries.push(Entry {
                title: sides.collect::<Vec<_>>().join(" ≠ "),
                address: format!("/stories/{}/{}", escape(&row.id), dispute.key),
                again: false,
                updated: times::instant(row.changed),
                text: lines.join("\n"),
            });
        }
    }
    Ok(entries)
}

async fn saved(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Refusal> {
    let (name, kind) = file.rsplit_once('.').ok_or(Refusal::NotFound("feed"))?;
    let name = name.to_owned();
    let own = format!("/feeds/searches/{}", escape(&file));
    let feed = app
        .feed(&own.clone(), move |store| {
            let search = store.saved(&name)?.ok_or(Refusal::NotFound("search"))?;
            let query = Query {
                words: search.words,
                outlet: search.outlet,
                ..Query::default()
            };
            Ok(Feed {
                title: format!("Crossread: {name}"),
                own,
                entries: found(store, &query)?,
            })
        })
        .await?;
    write(&app.root(&headers, peer), kind, &feed)
}

/// What is new in a story that is followed, an entry for each piece of news.
async fn story(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Refusal> {
    let (id, kind) = file.rsplit_once('.').ok_or(Refusal::NotFound("feed"))?;
    let id = id.to_owned();
    let own = format!("/feeds/stories/{}", escape(&file));
    let feed = app
        .feed(&own.clone(), move |store| {
            let row = store.story(&id)?.ok_or(Refusal::NotFound("story"))?;
            let followed = store.followed()?.into_iter();
            let kept: Vec<String> = followed.map(|one| one.story).collect();
            if !kept.contains(&row.id) && !kept.contains(&id) {
                return Err(Refusal::NotFound("feed: nobody follows this story"));
            }
            let latest = store.latest_news(&row.id, ENTRIES)?;
            let entry = |row_of: &store::NewsRow| {
                let news = followed::news(row_of)?;
                let passages = news.passages.iter();
                let lines = passages.map(|one| format!("{} — {}", one.words(), one.by()));
                Some(Entry {
                    title: news.label(),
                    address: news.address(&row.id),
                    // The same claim may gain, and lose, and gain.
                    again: true,
                    updated: times::instant(row_of.at),
                    text: lines.collect::<Vec<_>>().join("\n"),
                })
            };
            Ok(Feed {
                title: format!("Crossread: {}", row.title.as_deref().unwrap_or(&row.id)),
                own,
                entries: latest.iter().filter_map(entry).collect(),
            })
        })
        .await?;
    write(&app.root(&headers, peer), kind, &feed)
}

fn found(store: &Reader, query: &Query) -> Result<Vec<Entry>, Refusal> {
    let (hits, _) = pages::found(store, query, ENTRIES)?;
    let mut entries = Vec::new();
    for hit in hits {
        let added = store.article(&hit.id)?.map_or(0, |row| row.added);
        entries.push(Entry {
            title: hit.title,
            address: format!("/articles/{}", escape(&hit.id)),
            again: true,
            updated: times::instant(added),
            text: format!("{}\n{}", hit.outlet, hit.passage),
        });
    }
    Ok(entries)
}

async fn name(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Refusal> {
    let (id, kind) = file.rsplit_once('.').ok_or(Refusal::NotFound("feed"))?;
    let (id, own) = (id.to_owned(), format!("/feeds/names/{file}"));
    let feed = app
        .feed(&own.clone(), move |store| {
            let name = store.name(&id)?.ok_or(Refusal::NotFound("name"))?;
            let entry = |saying: site::Saying| Entry {
                title: saying.title.clone(),
                address: format!("/stories/{}/{}", escape(&saying.story), saying.key),
                again: false,
                updated: format!(
                    "{}T00:00:00Z",
                    saying.day.as_deref().unwrap_or("1970-01-01")
                ),
                text: saying
                    .readings
                    .iter()
                    .map(|said| {
                        let (cue, outlet) = (said.cue.as_deref().unwrap_or(""), &said.outlet);
                        match said.form.as_str() {
                            "direct" => format!("{cue} “{}” — {outlet}", said.text),
                            _ => format!("{cue} … {} — {outlet}", said.text),
                        }
                    })
                    .collect::<Vec<_>>()
                    .join("\n"),
            };
            let said = pages::sayings(store, name.n, ENTRIES)?;
            Ok(Feed {
                title: format!("Crossread: what {} says", name.name),
                own,
                entries: said.into_iter().map(entry).collect(),
            })
        })
        .await?;
    write(&app.root(&headers, peer), kind, &feed)
}

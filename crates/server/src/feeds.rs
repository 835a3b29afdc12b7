//! Feeds: Atom (RFC 4287) and JSON Feed 1.1 of stories, of disputes, and of what somebody says. Of a report only what a
//! feed shows is read; a feed that was made is kept until the store changes, and one is made at a time, so that feeds
//! take one of the store's readers and leave the others to pages.

use std::collections::{HashMap, hash_map};
use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use crossread::report::site::{self, escape};
use crossread::report::{self, quoted, wire};
use serde::Deserialize;
use serde_json::json;
use store::{Query, Reader, StoryFilter, StoryRow};

use crate::app::{App, Asked, asked};
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
}

/// Feeds that are kept, at most: programs ask for few, and again and again.
const KEPT: usize = 64;

/// The feeds that were made since the store last changed, by their addresses.
#[derive(Default)]
pub struct Feeds {
    made: tokio::sync::Mutex<Made>,
}

#[derive(Default)]
struct Made {
    /// Who tells whether the store changed, and the stamp when these were made.
    watcher: Option<(Reader, i64)>,
    feeds: HashMap<String, Arc<Feed>>,
}

impl App {
    /// A feed as it was made since the store last changed, else as it is made now.
    async fn feed(
        self: &Arc<Self>,
        address: &str,
        make: impl FnOnce(&Reader) -> Result<Feed, Refusal> + Send + 'static,
    ) -> Result<Arc<Feed>, Refusal> {
        // Held while one is made: who asks for the same then has it at once.
        let mut made = self.feeds.made.lock().await;
        let (watcher, stamp) = match made.watcher.take() {
            Some((watcher, stamp)) => (watcher, Some(stamp)),
            None => (Reader::open(&self.options.db)?, None),
        };
        // Before it is made: what changes meanwhile is another store's feed.
        let now = watcher.stamp()?;
        made.watcher = Some((watcher, now));
        if stamp != Some(now) || made.feeds.len() >= KEPT {
            made.feeds.clear();
        }
        if let Some(feed) = made.feeds.get(address) {
            return Ok(Arc::clone(feed));
        }
        let feed = Arc::new(self.read(make).await?);
        made.feeds.insert(address.to_owned(), Arc::clone(&feed));
        Ok(feed)
    }
}

struct Feed {
    title: String,
    /// Its address, from the root.
    own: String,
    entries: Vec<Entry>,
}

struct Entry {
    title: String,
    address: String,
    /// Whether it is news again when it is updated.
    again: bool,
    updated: String,
    /// Words of articles, and facts.
    text: String,
}

impl Entry {
    /// What a reader's program knows it by.
    fn id(&self) -> String {
        match self.again {
            true => format!("{}#{}", self.address, self.updated),
            false => self.address.clone(),
        }
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

/// Writes a feed. `root`: the site's address, without a slash at its end.
fn write(root: &str, kind: &str, feed: &Feed) -> Result<Response, Refusal> {
    match kind {
        "atom" => {
            let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
            Ok((kind, atom(root, feed)).into_response())
        }
        "json" => {
            let item = |entry: &Entry| {
                json!({
                    "id": format!("{root}{}", entry.id()),
                    "url": format!("{root}{}", entry.address),
                    "title": entry.title,
                    "content_text": entry.text,
                    "date_modified": entry.updated,
                })
            };
            let value = json!({
                "version": "https://jsonfeed.org/version/1.1",
                "title": feed.title,
                "home_page_url": format!("{root}/"),
                "feed_url": format!("{root}{}", feed.own),
                "items": feed.entries.iter().map(item).collect::<Vec<_>>(),
            });
            Ok((
                [(header::CONTENT_TYPE, "application/feed+json")],
                Json(value).into_response().into_body(),
            )
                .into_response())
        }
        _ => Err(Refusal::NotFound("feed")),
    }
}

fn atom(root: &str, feed: &Feed) -> String {
    let updated = feed
        .entries
        .iter()
        .map(|entry| entry.updated.as_str())
        .max();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{}</title>\n<id>{root}{own}</id>\n<link rel=\"self\" href=\"{root}{own}\"/>\n<link href=\"{root}/\"/>\n<updated>{}</updated>\n<author><name>Crossread</name></author>\n",
        xml(&feed.title),
        updated.unwrap_or("1970-01-01T00:00:00Z"),
        own = xml(&feed.own),
    );
    for entry in &feed.entries {
        let address = format!("{root}{}", xml(&entry.address));
        out.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{root}{}</id>\n<link href=\"{address}\"/>\n<updated>{updated}</updated>\n<content type=\"text\">{}</content>\n</entry>\n",
            xml(&entry.title),
            xml(&entry.id()),
            xml(&entry.text),
            updated = entry.updated,
        ));
    }
    out + "</feed>\n"
}

/// Text in XML: what XML 1.0 does not allow is left out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

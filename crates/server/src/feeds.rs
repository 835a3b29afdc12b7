//! Feeds: Atom (RFC 4287) and JSON Feed 1.1 of stories, of disputes, and of what somebody says.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use crossread::report::quoted;
use crossread::report::site::{self, escape};
use serde::Deserialize;
use serde_json::json;
use store::{Query, Reader, StoryFilter};

use crate::app::{App, Asked, asked};
use crate::refusal::Refusal;
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
        .read(move |store| {
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
    write(&headers, kind, &feed)
}

fn listed(store: &Reader, filter: &StoryFilter) -> Result<Vec<Entry>, Refusal> {
    let rows = store.stories(filter, ENTRIES)?;
    let mut entries = Vec::new();
    for row in rows {
        let report = pages::report_of(store, &row)?;
        let story = report.as_ref().and_then(|report| report.stories.first());
        let mut lines: Vec<String> = Vec::new();
        if let Some(story) = story {
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
        let report = pages::report_of(store, &row)?;
        let story = report.as_ref().and_then(|report| report.stories.first());
        for dispute in story.iter().flat_map(|story| &story.disputes) {
            let outlet = |id: &str| {
                let article = report.iter().flat_map(|r| &r.articles).find(|a| a.id == id);
                article.and_then(|a| a.outlet.clone()).unwrap_or_default()
            };
            let mut lines = vec![row.title.clone().unwrap_or_default()];
            for mention in dispute.sides.iter().flat_map(|side| &side.mentions) {
                let words = quoted(&mention.text);
                lines.push(format!("{words} — {}", outlet(&mention.article)));
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
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Refusal> {
    let (name, kind) = file.rsplit_once('.').ok_or(Refusal::NotFound("feed"))?;
    let name = name.to_owned();
    let own = format!("/feeds/searches/{}", escape(&file));
    let feed = app
        .read(move |store| {
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
    write(&headers, kind, &feed)
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
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, Refusal> {
    let (id, kind) = file.rsplit_once('.').ok_or(Refusal::NotFound("feed"))?;
    let (id, own) = (id.to_owned(), format!("/feeds/names/{file}"));
    let feed = app
        .read(move |store| {
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
    write(&headers, kind, &feed)
}

fn write(headers: &HeaderMap, kind: &str, feed: &Feed) -> Result<Response, Refusal> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let root = format!("http://{}", host.unwrap_or("localhost"));
    match kind {
        "atom" => {
            let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
            Ok((kind, atom(&root, feed)).into_response())
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
                "home_page_url": root,
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

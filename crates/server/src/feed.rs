//! A feed as data. In: what its makers (`feeds`) tell. Out: the same kept until the store changes, and as Atom (RFC 4287) or
//! JSON Feed 1.1.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use crossread::report::site::escape;
use serde_json::json;
use store::Reader;
use tokio::sync::Mutex;

use crate::refusal::Refusal;

/// Feeds that are kept, at most: programs ask for few, and again and again.
const KEPT: usize = 64;

/// The feeds that were made since the store last changed, by their addresses.
#[derive(Default)]
pub struct Feeds(Mutex<Made>);

#[derive(Default)]
struct Made {
    /// Who tells whether the store changed, and the stamp when these were made.
    watcher: Option<(Reader, i64)>,
    feeds: HashMap<String, Arc<Feed>>,
}

impl Feeds {
    /// A feed as it was made since the store at `db` last changed, else as it is made now, one at a time: who asks for the
    /// same meanwhile then has it at once.
    pub async fn get(
        &self,
        db: &Path,
        address: &str,
        make: impl Future<Output = Result<Feed, Refusal>>,
    ) -> Result<Arc<Feed>, Refusal> {
        let mut made = self.0.lock().await;
        let (watcher, stamp) = match made.watcher.take() {
            Some((watcher, stamp)) => (watcher, Some(stamp)),
            None => (Reader::open(db)?, None),
        };
        // Before it is made: what changes meanwhile belongs to the next.
        let now = watcher.stamp()?;
        made.watcher = Some((watcher, now));
        if stamp != Some(now) || made.feeds.len() >= KEPT {
            made.feeds.clear();
        }
        if let Some(feed) = made.feeds.get(address) {
            return Ok(Arc::clone(feed));
        }
        let feed = Arc::new(make.await?);
        made.feeds.insert(address.to_owned(), Arc::clone(&feed));
        Ok(feed)
    }
}

/// A feed.
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// Its address, from the root.
    pub own: String,
    pub entries: Vec<Entry>,
}

/// One of its entries.
pub struct Entry {
    pub title: String,
    pub address: String,
    /// Whether it is news again when it is updated.
    pub again: bool,
    pub updated: String,
    /// Words of articles, and facts.
    pub text: String,
}

impl Entry {
    /// What a reader's program knows it by, whatever name it asked the host by.
    fn id(&self) -> String {
        match self.again {
            true => urn(&format!("{}/{}", self.address, self.updated)),
            false => urn(&self.address),
        }
    }
}

/// The name of what stands at an address from the root (RFC 8141): the same on every host.
fn urn(address: &str) -> String {
    let parts = address.split(['/', '#']).filter(|part| !part.is_empty());
    let parts = parts.map(|part| {
        // Escaped parts stay as they are.
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~%".contains(c);
        let kept = |c: char| match plain(c) {
            true => c.to_string(),
            false => escape(&c.to_string()),
        };
        part.chars().map(kept).collect::<String>()
    });
    format!("urn:crossread:{}", parts.collect::<Vec<_>>().join(":"))
}

/// Writes a feed. `root`: the site's address, without a slash at its end.
pub fn write(root: &str, kind: &str, feed: &Feed) -> Result<Response, Refusal> {
    match kind {
        "atom" => {
            let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
            Ok((kind, atom(root, feed)).into_response())
        }
        "json" => {
            let item = |entry: &Entry| {
                json!({
                    "id": entry.id(),
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
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{}</title>\n<id>{id}</id>\n<link rel=\"self\" href=\"{root}{own}\"/>\n<link href=\"{root}/\"/>\n<updated>{}</updated>\n<author><name>Crossread</name></author>\n",
        xml(&feed.title),
        updated.unwrap_or("1970-01-01T00:00:00Z"),
        id = urn(&feed.own),
        own = xml(&feed.own),
    );
    for entry in &feed.entries {
        let address = format!("{root}{}", xml(&entry.address));
        out.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<link href=\"{address}\"/>\n<updated>{updated}</updated>\n<content type=\"text\">{}</content>\n</entry>\n",
            xml(&entry.title),
            entry.id(),
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

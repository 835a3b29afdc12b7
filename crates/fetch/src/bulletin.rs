//! What one message tells. In: what a search finds of what came, or what is new in a story. Out: the same, whichever way it
//! is sent: labelled passages with links, and an object for programs.

use crossread::report::news::{Kind, News, Passage};
use crossread::report::site::escape;
use serde_json::{Value, json};
use store::{ArticleRow, Follower, NewsRow, SavedSearch};

/// What is told of one search or one story.
#[derive(Clone, Debug)]
pub struct Bulletin {
    /// What it is told of, in fixed words.
    pub of: &'static str,
    /// The search's name, or the story's headline.
    pub name: String,
    /// Where that is shown: on the desk's public address where that is known.
    pub link: Option<String>,
    /// What is new.
    pub items: Vec<Item>,
    /// The same for programs.
    pub value: Value,
}

/// A piece of news with where it is shown.
#[derive(Clone, Debug)]
pub struct Item {
    /// What is new.
    pub news: News,
    /// Where it is shown on the desk, where that has a public address.
    pub link: Option<String>,
}

/// An address of the desk, from its root; only that where its public address is not known.
fn link(desk: Option<&str>, path: &str) -> String {
    format!("{}{path}", desk.unwrap_or_default())
}

fn public(desk: Option<&str>, path: &str) -> Option<String> {
    desk.map(|_| link(desk, path))
}

/// What a search finds of what came.
pub fn of_search(search: &SavedSearch, rows: &[ArticleRow], desk: Option<&str>) -> Bulletin {
    let path = format!("/search?q={}", escape(&search.words));
    let articles = rows.iter().map(|row| {
        let path = format!("/articles/{}", escape(&row.id));
        json!({
            "id": row.id, "version": row.versions, "title": row.title, "outlet": row.outlet,
            "url": row.url, "published": row.published, "story": row.story,
            "links": { "desk": link(desk, &path), "page": row.url },
        })
    });
    let value = json!({
        "search": search.name, "words": search.words, "outlet": search.outlet,
        "links": { "desk": link(desk, &path) },
        "articles": articles.collect::<Vec<_>>(),
    });
    let items = rows.iter().map(|row| {
        let day = row.published.as_deref().and_then(|at| at.get(..10));
        let news = News {
            kind: Kind::Found,
            key: row.id.clone(),
            stands: None,
            passages: vec![Passage {
                text: row.title.clone().unwrap_or_else(|| row.id.clone()),
                outlet: row.outlet.clone().unwrap_or_default(),
                day: day.map(str::to_owned),
                article: row.id.clone(),
                url: row.url.clone(),
                ..Passage::default()
            }],
            more: 0,
        };
        let link = public(desk, &news.address(""));
        Item { news, link }
    });
    Bulletin {
        of: "Saved search",
        name: search.name.clone(),
        link: public(desk, &path),
        items: items.collect(),
        value,
    }
}

/// What is new in a story that is followed; `title` is the story's headline.
pub fn of_story(
    follower: &Follower,
    title: &str,
    rows: &[NewsRow],
    desk: Option<&str>,
) -> Bulletin {
    let path = format!("/stories/{}", escape(&follower.story));
    let read = |row: &NewsRow| serde_json::from_str::<News>(&row.news).ok();
    let items = rows.iter().filter_map(read).map(|news| {
        let link = public(desk, &news.address(&follower.story));
        Item { news, link }
    });
    let told = rows.iter().filter_map(|row| Some((row, read(row)?)));
    let told = told.map(|(row, news)| {
        let passages = news.passages.iter().map(|passage| {
            let path = format!("/articles/{}", escape(&passage.article));
            let mut value = serde_json::to_value(passage).unwrap_or_default();
            value["links"] = json!({ "desk": link(desk, &path), "page": passage.url });
            value
        });
        let stands = news.stands.as_ref();
        json!({
            "n": row.n, "at": row.at, "kind": news.kind, "label": news.kind.label(), "key": news.key,
            "before": stands.and_then(|(before, _)| *before), "now": stands.map(|(_, now)| *now),
            "passages": passages.collect::<Vec<_>>(), "left_out": news.more,
            "links": { "desk": link(desk, &news.address(&follower.story)) },
        })
    });
    let value = json!({
        "story": follower.story, "title": title,
        "links": { "desk": link(desk, &path) },
        "news": told.collect::<Vec<_>>(),
    });
    Bulletin {
        of: "Story",
        name: title.to_owned(),
        link: public(desk, &path),
        items: items.collect(),
        value,
    }
}

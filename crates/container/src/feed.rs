//! Feeds that carry their pieces in full: RSS, Atom, JSON Feed. In: a feed. Out: a record an entry. Refuses an entry that
//! has no more than a line of its piece: what a feed only names is to be fetched.

use model::SkipReason;
use serde_json::{Map, Value};

use crate::record::Pieces;
use crate::{Level, Step, skipped};

/// Letters from which a summary is the piece itself.
const WHOLE: usize = 600;

/// The entries of a feed.
pub(crate) fn entries(path: &str, bytes: Vec<u8>) -> Level {
    let feed = match feed_rs::parser::parse(&bytes[..]) {
        Ok(feed) => feed,
        Err(error) => {
            let why = format!("a feed that cannot be read ({error})");
            let step = Step::Skip(skipped(path, SkipReason::Unreadable(why)));
            return Box::new(std::iter::once(step));
        }
    };
    let outlet = feed.title.map(|title| title.content);
    let (mut pieces, mut steps) = (Pieces::new(path.to_owned()), Vec::new());
    let mut named = 0usize;
    for entry in feed.entries {
        match record(entry, outlet.as_deref(), feed.language.as_deref()) {
            Some(record) => steps.extend(pieces.add(record)),
            None => named += 1,
        }
    }
    steps.extend(pieces.piece());
    if named > 0 {
        let what = format!("{named} entries that only name a page: give it to `crossread watch`");
        steps.push(Step::Skip(skipped(path, SkipReason::Besides(what))));
    }
    Box::new(steps.into_iter())
}

fn record(
    entry: feed_rs::model::Entry,
    outlet: Option<&str>,
    language: Option<&str>,
) -> Option<Map<String, Value>> {
    let summary = entry.summary.map(|summary| summary.content);
    let content = entry.content.and_then(|content| content.body);
    let html = content.or(summary.filter(|summary| summary.len() >= WHOLE))?;
    let link = entry.links.iter().find(|link| {
        let rel = link.rel.as_deref();
        rel.is_none_or(|rel| rel == "alternate")
    });
    let text = |words: Option<&str>| words.map(|words| Value::String(words.to_owned()));
    let authors: Vec<Value> = entry
        .authors
        .iter()
        .filter_map(|author| author.name.clone())
        .map(Value::String)
        .collect();
    let fields = [
        ("url", text(link.map(|link| link.href.as_str()))),
        (
            "title",
            text(entry.title.as_ref().map(|title| title.content.as_str())),
        ),
        ("outlet", text(outlet)),
        (
            "published",
            entry
                .published
                .or(entry.updated)
                .map(|at| Value::String(at.to_rfc3339())),
        ),
        (
            "authors",
            (!authors.is_empty()).then_some(Value::Array(authors)),
        ),
        ("language", text(entry.language.as_deref().or(language))),
        ("html", Some(Value::String(html))),
    ];
    let filled = fields.into_iter();
    Some(
        filled
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect(),
    )
}

//! Feeds that carry their pieces in full: RSS, Atom, JSON Feed. In: a feed. Out: a record an entry. Refuses an entry that
//! has no more than a line of its piece: what a feed only names is to be fetched.

use model::SkipReason;
use serde_json::{Map, Value};

use crate::record::Pieces;
use crate::{Level, Step, skipped};

/// Letters from which a summary is the piece itself.
const WHOLE: usize = 600;

/// Bytes before the first entry of a feed whose entries can be read one by one.
const HEAD: usize = 256 << 10;

/// The entries of a feed.
pub(crate) fn entries(path: &str, bytes: &[u8]) -> Level {
    let (mut pieces, mut steps) = (Pieces::new(path.to_owned()), Vec::new());
    let (mut named, mut broken) = (0usize, 0usize);
    let whole = feed_rs::parser::parse(bytes);
    let (feeds, damage) = match whole {
        Ok(feed) => (vec![feed], None),
        Err(error) => {
            let text = String::from_utf8_lossy(bytes);
            let (feeds, lost) = apart(&text);
            broken = lost;
            (feeds, Some(error.to_string()))
        }
    };
    let read = feeds.iter().any(|feed| !feed.entries.is_empty());
    for feed in feeds {
        let outlet = feed.title.map(|title| title.content);
        for entry in feed.entries {
            match record(entry, outlet.as_deref(), feed.language.as_deref()) {
                Some(record) => steps.extend(pieces.add(record)),
                None => named += 1,
            }
        }
    }
    steps.extend(pieces.piece());
    if named > 0 {
        let what = format!("{named} entries that only name a page: give it to `crossread watch`");
        steps.push(Step::Skip(skipped(path, SkipReason::Besides(what))));
    }
    if let Some(error) = damage {
        let why = match read {
            true => format!("a damaged feed, {broken} of whose entries are lost ({error})"),
            false => format!("a damaged feed: fetch it again ({error})"),
        };
        steps.push(Step::Skip(skipped(path, SkipReason::Unreadable(why))));
    }
    Box::new(steps.into_iter())
}

/// The entries of a damaged feed one by one, each as a feed of its own under the head of the whole; and how many of them
/// cannot be read.
fn apart(text: &str) -> (Vec<feed_rs::model::Feed>, usize) {
    const NAMES: [(&str, &str); 2] = [("<item", "</item>"), ("<entry", "</entry>")];
    let found = NAMES
        .iter()
        .filter_map(|(start, end)| Some((opens(text, start)?, *start, *end)))
        .min();
    let Some((first, start, end)) = found.filter(|found| found.0 <= HEAD) else {
        return (Vec::new(), 0);
    };
    let head = &text[..first];
    let close = match (start, head.contains("<rdf:RDF"), head.contains("<channel")) {
        ("<entry", ..) => "</feed>",
        (_, true, _) => "</rdf:RDF>",
        (_, _, true) => "</channel></rss>",
        _ => "</rss>",
    };
    let (mut feeds, mut lost) = (Vec::new(), 0);
    let mut rest = &text[first..];
    while let Some(at) = opens(rest, start) {
        rest = &rest[at..];
        // One that breaks off ends where the next begins.
        let next = opens(&rest[start.len()..], start).map(|next| next + start.len());
        let own = &rest[..next.unwrap_or(rest.len())];
        rest = &rest[own.len()..];
        let entry = own.find(end).map(|at| &own[..at + end.len()]);
        let feed = entry.and_then(|entry| {
            feed_rs::parser::parse([head, entry, close].concat().as_bytes()).ok()
        });
        match feed {
            Some(feed) => feeds.push(feed),
            None => lost += 1,
        }
    }
    (feeds, lost)
}

/// Where an element begins, and not one whose name is longer.
fn opens(text: &str, start: &str) -> Option<usize> {
    let mut found = text.match_indices(start).map(|(at, _)| at);
    found.find(|at| {
        let next = text[at + start.len()..].chars().next();
        next.is_some_and(|next| next == '>' || next.is_whitespace())
    })
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

//! What is watched, as it was given. In: addresses, files of OPML, options. Out: addresses, and how they are fetched.

use std::time::Duration;

use anyhow::Context;
use fetch::{Again, ClientOptions, Kind, Url, WatchOptions, short};

use crate::{args, inputs};

/// How it is fetched.
pub fn options(args: &args::Fetching) -> WatchOptions {
    let mut client = ClientOptions {
        patience: Duration::from_secs(args.timeout.max(1)),
        most: args.most.max(1) << 20,
        allow_private: args.allow_private,
        ..ClientOptions::default()
    };
    if let Some(agent) = &args.agent {
        client.agent.clone_from(agent);
    }
    WatchOptions {
        client,
        every: i64::try_from(args.every.max(1)).unwrap_or(i64::MAX),
        pause: Duration::from_secs(args.pause),
        again: match args.again {
            args::Again::Never => Again::never(),
            args::Again::Young => Again::young(),
        },
        ..WatchOptions::default()
    }
}

/// The addresses of feeds, lists and pages as they were given.
pub fn given(feeds: &[String]) -> anyhow::Result<Vec<String>> {
    let mut sources = Vec::new();
    for feed in feeds {
        sources.extend(source(feed)?);
    }
    Ok(sources)
}

/// The addresses that a source gives: itself, or those in a file of OPML.
fn source(feed: &str) -> anyhow::Result<Vec<String>> {
    if feed.starts_with("http://") || feed.starts_with("https://") {
        return Ok(vec![feed.to_owned()]);
    }
    let name = inputs::printable(&short(feed));
    let bytes = std::fs::read(feed).with_context(|| {
        format!("cannot read {name}: give http://…, https://…, or a file of OPML")
    })?;
    let nowhere = Url::parse("http://localhost/").context("an address")?;
    match fetch::kind(&bytes, &nowhere) {
        Kind::Lists(lists) => Ok(lists.iter().map(Url::to_string).collect()),
        _ => anyhow::bail!("{name} names no feed: it is no OPML"),
    }
}

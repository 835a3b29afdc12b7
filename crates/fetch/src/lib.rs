//! Feeds and pages, fetched politely, and never from where they must not be.
//!
//! In: addresses of feeds, lists of feeds, sitemaps and pages. Out: pages, on their way into the desk, as
//! they appear, for as long as it is let run ([`watch()`]). What is fetched is told by its content (`kinds`).
//! Each host is asked by one at a time, with a pause between, as its robots.txt allows; what was there is
//! asked for conditionally; what fails is left alone for longer each time (`client`, `watch`). Addresses of
//! this machine and its network are refused, whatever name or redirect leads there (`guard`). What waits is
//! kept in the store, so that a watch goes on where it was stopped. What saved searches find of what came is
//! told, and posted to their hooks (`alerts`).

mod alerts;
mod client;
mod guard;
mod kinds;
mod once;
mod robots;
mod watch;

use std::time::{SystemTime, UNIX_EPOCH};

pub use alerts::{Alert, Alerts};
pub use client::{Client, ClientOptions, Fetched, Outcome, address_fault};
pub use guard::is_public;
pub use kinds::{Entry, Kind, kind};
pub use once::is_address;
pub use url::Url;
pub use watch::{Error, News, Tally, WatchOptions, watch};

/// The time, seconds since 1970.
pub fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

//! Feeds and pages, fetched politely, and never from where they must not be.
//!
//! In: addresses of feeds, lists of feeds, sitemaps and pages. Out: pages, on their way into the desk, as
//! they appear, for as long as it is let run ([`watch()`]). What is fetched is told by its content (`kinds`,
//! `xml_feed`, `json_feed`), and what a feed says of a page is added to what the page says (`knowing`, `dates`).
//! Each host is asked by one at a time, with a pause between (`queue`), as its robots.txt allows, for whatever
//! request: for a feed that the user named, for what lists name (`sources`), and for each address that one redirects
//! to (`worker`, `robots`). What was there is asked for conditionally, and young pages are asked for again though
//! their feed is as it was (`again`); what fails is left alone for longer each time (`client`, `watch`). Addresses of
//! this machine and its network are refused, whatever name or redirect leads there (`guard`). What waits is
//! kept in the store, so that a watch goes on where it was stopped. What saved searches find of what came, and what
//! is new in stories that are followed (`bulletin`), is told and posted to hooks (`alerts`), in the form that each takes
//! (`hooks`), or mailed (`mail`).

mod again;
mod alerts;
mod bulletin;
mod client;
mod dates;
mod entries;
mod guard;
mod hooks;
mod json_feed;
mod kinds;
mod knowing;
mod mail;
mod once;
mod queue;
mod robots;
mod short;
mod sources;
mod watch;
mod worker;
mod xml_feed;

use std::time::{SystemTime, UNIX_EPOCH};

pub use again::{Again, Pace};
pub use alerts::{Alert, AlertOptions, Alerts, PATIENCE, notice};
pub use client::{Client, ClientOptions, Fetched, Outcome, SIGNATURE, address_fault};
pub use entries::{Entry, Kind, Lost, Publisher};
pub use guard::is_public;
pub use hooks::{Form, hook_fault, is_signed, mail_of, of_mail, secret, sign};
pub use kinds::kind;
pub use mail::{MailOptions, Mailer, Secret};
pub use once::is_address;
pub use short::{short, short_to};
pub use url::Url;
pub use watch::{Error, News, Tally, WatchOptions, watch};

/// The time, seconds since 1970.
pub fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

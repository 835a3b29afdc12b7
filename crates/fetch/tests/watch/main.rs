//! Watches, against a server of the tests' own.

mod again;
mod alerts;
mod faults;
mod feeds;
mod following;
mod polite;
mod server;

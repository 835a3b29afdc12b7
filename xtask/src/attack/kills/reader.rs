//! Who reads all the time while another writes and is killed. In: a store. Out: how often it was read, and every error
//! and half state that was seen.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::attack::chance::Chance;
use crate::attack::deed::Deed;
use crate::http;
use crate::serving::{Server, on, told};

/// What was read.
#[derive(Default)]
pub struct Read {
    /// How often something was.
    pub reads: u64,
    /// What was wrong.
    pub troubles: Vec<String>,
}

/// A reader at work.
pub struct Reading {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Read>,
    db: PathBuf,
}

impl Reading {
    /// Reads by a server of its own and by commands; where there is no store yet, by commands alone.
    pub fn start(db: &Path, deed: Deed) -> Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, own) = (Arc::clone(&stop), db.to_owned());
        let server = if deed.makes() {
            None
        } else {
            Some(Server::start(db, &[])?)
        };
        let thread = std::thread::spawn(move || {
            let mut read = Read::default();
            let mut chance = Chance::new(11);
            while !stopped.load(Ordering::Relaxed) {
                let page = server
                    .as_ref()
                    .map_or(Ok(0), |server| by_server(server, deed, &mut chance));
                let command = by_command(&own, deed);
                for done in [page, command] {
                    match done {
                        Ok(reads) => read.reads += reads,
                        Err(error) => read.troubles.push(format!("a reader: {error:#}")),
                    }
                }
                std::thread::sleep(Duration::from_millis(3));
            }
            read
        });
        Ok(Self {
            stop,
            thread,
            db: db.to_owned(),
        })
    }

    /// Stops it; what is gone by then is looked for once more.
    pub fn stop(self, gone: &[(String, String)]) -> Read {
        self.stop.store(true, Ordering::Relaxed);
        let mut read = self.thread.join().unwrap_or_default();
        for (_, mark) in gone {
            match shown(&self.db, mark) {
                Ok(false) => read.reads += 1,
                Ok(true) => read
                    .troubles
                    .push(format!("{mark} was removed and is found")),
                Err(error) => read.troubles.push(format!("{error:#}")),
            }
        }
        read
    }
}

/// Whether a word is found in a store.
fn shown(db: &Path, mark: &str) -> Result<bool> {
    let (_, found, _) = told(&mut on(db, &["search", mark, "--format", "json"]))?;
    Ok(found.contains("\"id\""))
}

/// The list of stories, one of them with its articles, a search, the front page.
fn by_server(server: &Server, deed: Deed, chance: &mut Chance) -> Result<u64> {
    let listed = http::get(server.address, "/api/v1/stories?limit=100")?.json();
    let stories = listed["stories"].as_array().cloned().unwrap_or_default();
    ensure!(!stories.is_empty(), "no story is listed");
    let id = chance.of(&stories)["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let mut reads = 3;
    // What is removed between two looks is no longer there; a story that came has no report yet, and says so.
    let there = |path: &str| -> Result<Option<serde_json::Value>> {
        let answer = http::ask(server.address, "GET", path, "", b"")?;
        if answer.status == 404 && (deed == Deed::Remove || answer.text().contains(" yet")) {
            return Ok(None);
        }
        ensure!(
            answer.status == 200,
            "{path}: HTTP {} {}",
            answer.status,
            answer.text()
        );
        Ok(Some(answer.json()))
    };
    if let Some(story) = there(&format!("/api/v1/stories/{id}"))? {
        let articles = story["articles"].as_array().cloned().unwrap_or_default();
        ensure!(!articles.is_empty(), "{id} has no article");
        for article in articles.iter().take(3) {
            let article = article["id"]
                .as_str()
                .or(article.as_str())
                .unwrap_or_default();
            reads += u64::from(there(&format!("/api/v1/articles/{article}"))?.is_some());
        }
        there(&format!("/stories/{id}"))?;
    }
    http::get(server.address, "/search?q=reporters")?;
    http::get(server.address, "/")?;
    Ok(reads)
}

/// The commands that read.
fn by_command(db: &Path, deed: Deed) -> Result<u64> {
    let there = db.exists();
    for words in [
        &["check", "--quiet"][..],
        &["search", "reporters", "--format", "json"],
    ] {
        let (code, out, why) = told(&mut on(db, words))?;
        let none = deed.makes() && !there;
        ensure!(
            none || code == Some(0) || words[0] == "search" && why.trim().is_empty(),
            "{}: {code:?} {out}{why}",
            words[0]
        );
    }
    Ok(2)
}

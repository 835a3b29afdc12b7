//! The stores that are attacked. In: the samples and some invented news. Out: a store to begin with, what is to
//! be done to it, and how it is when that was done undisturbed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::news::{self, Article};
use super::{World, feed};
use crate::cargo;
use crate::http;
use crate::serving::{Server, forget, on, told};

/// Articles that a store begins with beside the samples, and those that come: of these the first are known, in another
/// version.
const FIRST: u64 = 36;
const MORE: u64 = 24;
const CHANGED: u64 = 3;
/// Articles that are posted, pages of the feed, and marks that are made.
const POSTS: u64 = 8;
const PAGES: u64 = 9;
const MARKS: usize = 8;
/// The letter of what is there, of what is posted, of what the feed has.
const KEPT: char = 's';
const POSTED: char = 'p';
const FED: char = 'w';

/// Everything that is needed.
pub struct Stage {
    /// Where it lies.
    pub folder: PathBuf,
    pub tokens: String,
    pub bearer: String,
    pub base: PathBuf,
    pub other: PathBuf,
    pub export: PathBuf,
    pub more: PathBuf,
    /// The address of a feed with some pages.
    pub feed: String,
    /// What is posted.
    pub posts: Vec<Article>,
    /// What is decided, as the API takes it, with the note by which it is found again.
    pub marks: Vec<(String, String)>,
    /// Ids of articles that are removed, and words by which these are found.
    pub removed: Vec<(String, String)>,
    /// Words of what is there from the beginning.
    pub before: Vec<String>,
}

/// Runs a command that must end well; gives what it says.
pub fn done(command: &mut std::process::Command) -> Result<String> {
    let (code, out, why) = told(command)?;
    ensure!(code == Some(0), "{command:?}: {code:?} {out}{why}");
    Ok(out)
}

/// How a store is: its stories in Markdown, its notes, its searches, how many of everything.
pub fn report(db: &Path) -> Result<String> {
    let mut all = done(&mut on(db, &["export", "--quiet", "--format", "markdown"]))?;
    let marks = done(&mut on(db, &["export", "--quiet", "--format", "marks"]))?;
    let mut notes: Vec<&str> = marks
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.starts_with("note") && word.ends_with('q'))
        .collect();
    notes.sort_unstable();
    notes.dedup();
    all.push_str(&notes.join(" "));
    all.push_str(&done(&mut on(db, &["searches", "--format", "json"]))?);
    all.push_str(&done(&mut on(db, &["check", "--quiet"]))?);
    Ok(all)
}

impl Stage {
    /// Makes it all.
    pub fn set(world: &World) -> Result<Self> {
        let folder = world.folder.join("kills");
        std::fs::create_dir_all(&folder)?;
        let records = |name: &str, articles: Vec<Article>| -> Result<PathBuf> {
            let lines: Vec<String> = articles.iter().map(|a| a.record("kept.example")).collect();
            let file = folder.join(name);
            std::fs::write(&file, lines.join("\n"))?;
            Ok(file)
        };
        let first: Vec<Article> = (0..FIRST).map(|n| news::article(KEPT, n, 0)).collect();
        let before: Vec<String> = first.iter().map(|article| article.mark.clone()).collect();
        let first = records("first.jsonl", first)?;
        let newer = (FIRST - CHANGED..FIRST).map(|n| news::article(KEPT, n, 1));
        let more = newer.chain((FIRST..FIRST + MORE).map(|n| news::article(KEPT, n, 0)));
        let more = records("more.jsonl", more.collect())?;
        let (base, other) = (folder.join("base.db"), folder.join("other.db"));
        forget(&base);
        forget(&other);
        let samples = cargo::root().join("samples");
        done(on(&base, &["add", "--quiet"]).arg(samples).arg(&first))?;
        done(&mut on(&base, &["search", "reporters", "--save", "first"]))?;
        done(on(&other, &["add", "--quiet"]).arg(&more))?;
        let export = folder.join("base.jsonl");
        done(on(&base, &["export", "--quiet"]).arg("-o").arg(&export))?;
        let mut removed = Vec::new();
        for mark in &before[..4] {
            let found = done(&mut on(&base, &["search", mark, "--format", "json"]))?;
            let found: serde_json::Value =
                serde_json::from_str(found.lines().next().unwrap_or_default())?;
            let id = found["id"].as_str().context("a search names no id")?;
            removed.push((id.to_owned(), mark.clone()));
        }
        let mut stage = Self {
            tokens: world.tokens().to_owned(),
            bearer: super::bearer(),
            marks: Vec::new(),
            posts: (0..POSTS).map(|n| news::article(POSTED, n, 0)).collect(),
            feed: feed::start(FED, PAGES)?,
            folder,
            base,
            other,
            export,
            more,
            removed,
            before,
        };
        stage.marks = stage.to_decide()?;
        Ok(stage)
    }

    /// What readers may decide of what is there.
    fn to_decide(&self) -> Result<Vec<(String, String)>> {
        let server = Server::start(&self.base, &[])?;
        let listed = http::get(server.address, "/api/v1/stories?limit=100")?.json();
        let mut marks = Vec::new();
        for story in listed["stories"].as_array().into_iter().flatten() {
            let id = story["id"].as_str().unwrap_or_default();
            let story = http::get(server.address, &format!("/api/v1/stories/{id}"))?.json();
            for claim in story["claims"].as_array().into_iter().flatten().take(2) {
                let note = format!("note{}q", marks.len());
                let wanted = serde_json::json!({
                    "kind": if marks.len() % 2 == 0 { "note" } else { "checked" },
                    "story": id, "key": claim["key"], "note": note, "by": "Ada",
                });
                marks.push((wanted.to_string(), note));
            }
        }
        ensure!(marks.len() >= MARKS, "the store has too few claims");
        marks.truncate(MARKS);
        Ok(marks)
    }
}

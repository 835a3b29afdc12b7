//! What is done to a store. In: the stage, a store. Out: the command that does it, or the requests to a server; the store as
//! it is before, and when it was done.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::stage::{Stage, done, report};
use crate::http;
use crate::serving::{Server, forget, on, program, told};

/// A command that writes to a store, or something that is asked of a server that may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Add,
    Later,
    Recompare,
    Remove,
    Compact,
    Save,
    Import,
    Merge,
    Watch,
    Post,
    Mark,
}

/// All of them.
pub const DEEDS: [Deed; 11] = [
    Deed::Add,
    Deed::Later,
    Deed::Recompare,
    Deed::Remove,
    Deed::Compact,
    Deed::Save,
    Deed::Import,
    Deed::Merge,
    Deed::Watch,
    Deed::Post,
    Deed::Mark,
];

impl Deed {
    /// What it is, in a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Later => "add --later",
            Self::Recompare => "recompare",
            Self::Remove => "remove",
            Self::Compact => "compact",
            Self::Save => "search --save",
            Self::Import => "import",
            Self::Merge => "merge",
            Self::Watch => "watch",
            Self::Post => "serve, articles posted to it",
            Self::Mark => "serve, marks posted to it",
        }
    }

    /// Whether it makes the store.
    pub fn makes(self) -> bool {
        matches!(self, Self::Import | Self::Merge)
    }

    /// Whether it is a command that ends by itself.
    pub fn is_command(self) -> bool {
        !matches!(self, Self::Post | Self::Mark)
    }

    /// The command.
    pub fn command(self, stage: &Stage, db: &Path) -> Option<Command> {
        let mut command = match self {
            Self::Add => on(db, &["add", "--quiet", "--format", "json"]),
            Self::Later => on(db, &["add", "--quiet", "--later", "--format", "json"]),
            Self::Recompare => on(db, &["recompare", "--quiet"]),
            Self::Remove => on(db, &["remove"]),
            Self::Compact => on(db, &["compact"]),
            Self::Save => on(
                db,
                &["search", "million", "--save", "second", "--format", "json"],
            ),
            Self::Import => on(db, &["import", "--quiet"]),
            Self::Merge => {
                let mut merge = program();
                merge.args(["merge", "--quiet", "--into"]).arg(db);
                merge
            }
            Self::Watch => {
                let mut watch = on(
                    db,
                    &["watch", "--once", "--format", "json", "--align", "words"],
                );
                watch.args(["--allow-private", "--pause", "0s"]);
                watch
            }
            Self::Post | Self::Mark => return None,
        };
        match self {
            Self::Add | Self::Later => command.arg(&stage.more),
            Self::Remove => command.args(stage.removed.iter().map(|(id, _)| id)),
            Self::Import => command.arg(&stage.export),
            Self::Merge => command.arg(&stage.base).arg(&stage.other),
            Self::Watch => command.arg(&stage.feed),
            _ => &mut command,
        };
        Some(command)
    }

    /// A server that may change the store.
    pub fn serve(self, stage: &Stage, db: &Path) -> Result<Server> {
        let words = ["--token-file", &stage.tokens, "--align", "words"];
        Server::start(db, &words)
    }

    /// Asks a server for all that is to be done, one after the other; tells what it acknowledged.
    pub fn talk(
        self,
        stage: &Stage,
        address: SocketAddr,
        acknowledged: &mut dyn FnMut(String),
    ) -> Result<()> {
        let bearer = &stage.bearer;
        let mut ask = |path: &str, body: &[u8], what: &str| -> Result<()> {
            let answer = http::ask(address, "POST", path, bearer, body)?;
            ensure!(
                answer.done(),
                "{path}: HTTP {} {}",
                answer.status,
                answer.text()
            );
            acknowledged(what.to_owned());
            Ok(())
        };
        if self == Self::Mark {
            for (wanted, note) in &stage.marks {
                ask("/api/v1/marks", wanted.as_bytes(), note)?;
            }
            return Ok(());
        }
        for article in &stage.posts {
            let path = format!("/api/v1/articles?url=https://post.example{}", article.path);
            ask(&path, article.html().as_bytes(), &article.mark)?;
        }
        Ok(())
    }

    /// Puts a store there as it is before.
    pub fn begin(self, stage: &Stage, db: &Path) -> Result<()> {
        forget(db);
        if !self.makes() {
            std::fs::copy(&stage.base, db)?;
        }
        if self == Self::Compact {
            let ids = stage.removed.iter().map(|(id, _)| id);
            done(on(db, &["remove"]).args(ids))?;
        }
        Ok(())
    }

    /// How a store is when nobody disturbs it.
    pub fn whole(self, stage: &Stage) -> Result<String> {
        let db = stage.folder.join("whole.db");
        self.begin(stage, &db)?;
        let whole = self.finish(stage, &db)?;
        forget(&db);
        Ok(whole)
    }

    /// Lets it run to its end, whatever was done of it already; gives how the store is then.
    pub fn finish(self, stage: &Stage, db: &Path) -> Result<String> {
        match self.command(stage, db) {
            Some(mut command) => {
                let (code, out, why) = told(&mut command)?;
                // Who removes again what is gone already is told so.
                let gone = self == Self::Remove && why.contains("there is no article");
                ensure!(code == Some(0) || gone, "{}: {out}{why}", self.name());
            }
            None => {
                let server = self.serve(stage, db)?;
                self.talk(stage, server.address, &mut |_| {})?;
                server.stop(Duration::from_secs(60))?;
                // A server leaves stories to be drawn by the next.
                done(&mut on(db, &["recompare", "--quiet"]))?;
            }
        }
        report(db)
    }

    /// Words of what is there from the beginning and stays.
    pub fn stays(self, stage: &Stage) -> Vec<&String> {
        let goes = |word: &&String| {
            matches!(self, Self::Remove | Self::Compact)
                && stage.removed.iter().any(|(_, gone)| gone == *word)
        };
        let stays = stage.before.iter().filter(|word| !goes(word));
        stays.filter(|_| !self.makes()).collect()
    }
}

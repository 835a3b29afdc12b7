//! A kill. In: a deed, and when to strike. Out: what had been acknowledged by then.

use std::path::Path;
use std::process::Stdio;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail, ensure};

use crate::attack::deed::Deed;
use crate::attack::site::held;
use crate::attack::stage::Stage;
use crate::serving::rest;

/// When to strike: so long after the start, or after the first thing that is written.
pub struct Strike {
    pub wait: Duration,
    pub writing: bool,
}

/// What came of it.
#[derive(Default)]
pub struct Struck {
    /// Whether it was at work when it was killed.
    pub at_work: bool,
    /// Whether it had written something.
    pub wrote: bool,
    /// Words that must be found in the store; with `-` before it, one that must not.
    pub acknowledged: Vec<String>,
    /// Whether it said that all is done.
    pub told_all: bool,
}

/// How often it is looked whether something was written.
const LOOK: Duration = Duration::from_micros(300);
/// How long it may take until something is written.
const LONGEST: Duration = Duration::from_secs(20);

/// Does it, and kills it at the moment that was chosen.
pub fn strike(deed: Deed, stage: &Stage, db: &Path, strike: &Strike) -> Result<Struck> {
    let before = written(db);
    let Some(mut command) = deed.command(stage, db) else {
        return server(deed, stage, db, strike);
    };
    // A file takes what it says, so that it is there when the process is not.
    let said = stage.folder.join("said");
    let out = std::fs::File::create(&said)?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start the program")?;
    let began = Instant::now();
    if strike.writing {
        while written(db) == before && began.elapsed() < LONGEST && child.try_wait()?.is_none() {
            std::thread::sleep(LOOK);
        }
    }
    let until = Instant::now() + strike.wait;
    while Instant::now() < until && child.try_wait()?.is_none() {
        std::thread::sleep(LOOK.min(until.saturating_duration_since(Instant::now())));
    }
    let at_work = child.try_wait()?.is_none();
    let wrote = written(db) != before;
    let _ = child.kill();
    let status = child.wait()?;
    let why = rest(child.stderr.take());
    ensure!(!why.contains("panicked"), "{why}");
    if !at_work && !status.success() && !why.contains("there is no article") {
        bail!("{} ended with {status}: {why}", deed.name());
    }
    let said = std::fs::read_to_string(&said)?;
    Ok(Struck {
        at_work,
        wrote,
        acknowledged: acknowledged(deed, stage, &said, &why),
        told_all: told_all(deed, &said) || !at_work,
    })
}

/// What a command acknowledged by what it said.
fn acknowledged(deed: Deed, stage: &Stage, said: &str, why: &str) -> Vec<String> {
    // Of a line that breaks off nobody knows what it would have said.
    let whole = said
        .get(..said.rfind('\n').unwrap_or(0))
        .unwrap_or_default();
    let mut words = Vec::new();
    match deed {
        Deed::Add | Deed::Later | Deed::Watch => {
            for line in whole.lines() {
                let told: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
                let told = if deed == Deed::Watch {
                    &told["added"]
                } else {
                    &told
                };
                for list in ["new", "changed"] {
                    let ids = told[list].as_array().into_iter().flatten();
                    words.extend(ids.filter_map(|id| id.as_str().map(str::to_owned)));
                }
            }
        }
        Deed::Remove if said.contains("removed") => {
            words.extend(stage.removed.iter().map(|(_, mark)| format!("-{mark}")));
        }
        Deed::Save if why.contains("kept as second") => {
            words.push("\"second\"".to_owned());
        }
        _ => {}
    }
    words
}

/// Whether it said that all is done.
fn told_all(deed: Deed, said: &str) -> bool {
    match deed {
        Deed::Watch => said.contains("\"done\""),
        // What it finds is told when the search is kept.
        Deed::Save => false,
        _ => said.ends_with('\n'),
    }
}

/// The same where a server does it that is asked to.
fn server(deed: Deed, stage: &Stage, db: &Path, strike: &Strike) -> Result<Struck> {
    let before = written(db);
    let mut server = deed.serve(stage, db)?;
    let address = server.address;
    let acknowledged = Mutex::new(Vec::new());
    let (at_work, failed) = std::thread::scope(|scope| {
        let acknowledged = &acknowledged;
        let talk = scope
            .spawn(move || deed.talk(stage, address, &mut |word| held(acknowledged).push(word)));
        let began = Instant::now();
        if strike.writing {
            while written(db) == before && began.elapsed() < LONGEST && !talk.is_finished() {
                std::thread::sleep(LOOK);
            }
        }
        let until = Instant::now() + strike.wait;
        while Instant::now() < until && !talk.is_finished() {
            std::thread::sleep(LOOK);
        }
        let at_work = !talk.is_finished();
        let refused = !at_work && server.ended();
        server.kill();
        let talked = talk.join();
        (
            at_work,
            refused || !at_work && !matches!(talked, Ok(Ok(()))),
        )
    });
    ensure!(!failed, "a request failed though nobody killed the server");
    Ok(Struck {
        at_work,
        wrote: written(db) != before,
        acknowledged: held(&acknowledged).clone(),
        told_all: !at_work,
    })
}

/// Sizes and times of what a store consists of: others when something was written.
fn written(db: &Path) -> [Option<(u64, SystemTime)>; 2] {
    ["", "-wal"].map(|end| {
        let mut file = db.as_os_str().to_owned();
        file.push(end);
        let about = std::fs::metadata(file).ok()?;
        Some((about.len(), about.modified().ok()?))
    })
}

//! A client of the Model Context Protocol that says anything. In: its lines. Out: nothing; it is answered or left alone.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use crossread::{Align, Engine, Input, Options, Silent};
use desk::Desk;
use tempfile::TempDir;

/// How long a conversation may last.
const LONGEST: Duration = Duration::from_secs(10);

fn options() -> Options {
    Options {
        threads: Some(1),
        align: Align::Words,
        ..Options::default()
    }
}

/// A store of two articles.
fn filled() -> Option<(TempDir, PathBuf)> {
    let folder = tempfile::tempdir().ok()?;
    let path = folder.path().join("a.db");
    let mut desk = Desk::open(Engine::new(options()).ok()?, &path, 1_000).ok()?;
    let pages = [
        "The ferry to Skarn stopped on Monday",
        "A ferry to Skarn stood still on Monday",
    ]
    .map(|said| {
        Ok(Input {
            path: format!("{}.txt", said.len()),
            bytes: format!("Ferry stops\n\n{said}, Ida Brandt said in Vessim.\n").into_bytes(),
            ..Input::default()
        })
    });
    desk.add(pages, "fuzz", &|| 1_000, &Silent).ok()?;
    desk.redraw(u64::MAX, &Silent).ok()?;
    Some((folder, path))
}

/// What a client says, to its end.
pub fn mcp(data: &[u8]) {
    static STORE: LazyLock<Option<(TempDir, PathBuf)>> = LazyLock::new(filled);
    let Some((_, db)) = STORE.as_ref() else {
        return;
    };
    let options = server::Options::new(db.clone(), ([127, 0, 0, 1], 0).into(), options());
    let said = Cursor::new(data.to_vec());
    let longest = async { tokio::time::sleep(LONGEST).await };
    let _ = server::converse(options, said, tokio::io::sink(), longest);
}

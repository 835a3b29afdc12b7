//! What was kept and comes back: a report, a store's export. In: any bytes. Out: nothing.

use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crossread::{Engine, Options, Silent};
use data_encoding::BASE64;
use desk::Desk;
use report::{TextOptions, wire};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::{Reader, Writer};

/// A report, or a story of one, as it was written.
pub fn report(data: &[u8]) {
    let report: wire::Report = match serde_json::from_slice(data) {
        Ok(report) => report,
        Err(_) => match report::story(data) {
            Some(story) => wire::Report {
                schema: "crossread.report/1".to_owned(),
                offsets: "code-point".to_owned(),
                articles: Vec::new(),
                skipped: Vec::new(),
                stories: vec![story],
            },
            None => return,
        },
    };
    let html = report::html(&report);
    assert!(!html.contains("<script>alert"));
    report::markdown(&report);
    let options = TextOptions {
        width: 80,
        colour: false,
    };
    report::text(&report, options);
    let again = serde_json::from_str::<wire::Report>(&report::json(&report));
    assert!(again.is_ok_and(|again| report::json(&again) == report::json(&report)));
}

/// An export: taken or refused, never half; what is taken holds, opens and is drawn.
pub fn store(data: &[u8]) {
    static ENGINE: LazyLock<Mutex<Option<Arc<Engine>>>> = LazyLock::new(|| {
        let options = Options {
            threads: Some(1),
            align: crossread::Align::Words,
            ..Options::default()
        };
        Mutex::new(Engine::new(options).ok().map(Arc::new))
    });
    // In memory, where there is such a place: a store that lasts waits for the disk.
    let memory = Path::new("/dev/shm");
    let folder = match memory.is_dir() {
        true => tempfile::tempdir_in(memory),
        false => tempfile::tempdir(),
    };
    let Ok(folder) = folder else { return };
    let path = folder.path().join("a.db");
    let lines = mended(data);
    let imported = Writer::import(&path, &mut Cursor::new(lines), &|_| {});
    assert_eq!(imported.is_ok(), path.exists(), "all or nothing");
    let engine = ENGINE.lock().unwrap_or_else(PoisonError::into_inner);
    if imported.is_err() {
        return;
    }
    let faults = Reader::open(&path).and_then(|store| store.check(&|_| {}));
    assert!(faults.is_ok_and(|(_, faults)| faults.is_empty()));
    if let Some(own) = engine.clone()
        && let Ok(mut desk) = Desk::open(own, &path, 1_000)
    {
        let _ = desk.redraw(u64::MAX, &Silent);
    }
}

/// Lines whose hashes are put right, so that more than a hash is tried.
fn mended(data: &[u8]) -> Vec<u8> {
    let mut lines = Vec::new();
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        let Ok(mut value) = serde_json::from_slice::<Value>(line) else {
            lines.extend_from_slice(line);
            continue;
        };
        let original = value.pointer("/crossread/original").and_then(Value::as_str);
        let hash = original.and_then(|original| BASE64.decode(original.as_bytes()).ok());
        if let (Some(bytes), Some(told)) = (hash, value.pointer_mut("/crossread/sha256")) {
            let hash = Sha256::digest(bytes);
            *told = Value::from(
                hash.iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect::<String>(),
            );
        }
        lines.extend_from_slice(value.to_string().as_bytes());
        lines.push(b'\n');
    }
    lines
}

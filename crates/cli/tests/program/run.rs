//! In: arguments and standard input. Out: what the program wrote and how it ended.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// The program, with the repository's root as its working folder.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossread"));
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    // Whatever models the user has added, these tests have none.
    command.env("CROSSREAD_MODELS", "no-such-folder");
    command
}

/// Runs it to its end; a panic fails the test, whatever else it asks.
pub fn run(command: &mut Command, stdin: &[u8]) -> Ended {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The program may end without reading what it is given.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let ended = Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    assert!(
        ended.code.is_some_and(|code| code <= 2),
        "ended by a signal: {ended:?}"
    );
    ended
}

/// `crossread read PATH --format json`, parsed.
pub fn report(path: &Path) -> (Ended, Value) {
    let ended = run(
        program().arg("read").arg(path).args(["--format", "json"]),
        b"",
    );
    let report = serde_json::from_str(&ended.stdout).expect("the report is JSON");
    (ended, report)
}

/// The reason that a report gives for skipping a path that ends so.
pub fn reason<'a>(report: &'a Value, end: &str) -> &'a str {
    let skipped = report["skipped"].as_array().expect("a list");
    skipped
        .iter()
        .find(|skip| {
            skip["path"]
                .as_str()
                .is_some_and(|path| path.ends_with(end))
        })
        .and_then(|skip| skip["reason"].as_str())
        .unwrap_or_else(|| panic!("{end} is not among the skipped: {skipped:?}"))
}

/// The article of a report whose path ends so.
pub fn article<'a>(report: &'a Value, end: &str) -> &'a Value {
    let articles = report["articles"].as_array().expect("a list");
    articles
        .iter()
        .find(|article| {
            article["path"]
                .as_str()
                .is_some_and(|path| path.ends_with(end))
        })
        .unwrap_or_else(|| panic!("{end} was not read: {:?}", report["skipped"]))
}

//! Places that cannot be written, and stores where nothing can: what was to be written is not lost without a word, and
//! what can be read is read.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::run::{Ended, program, run};

const PAGE: &str = "Ferry to Skarn stops\n\nThe ferry to Skarn stopped on Monday after its engine had failed twice, the \
                    harbour master, Ida Brandt, said in Vessim.\n";

/// A folder with a page, a store of it and the store's export.
fn filled() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let (page, db) = (folder.path().join("page.txt"), folder.path().join("a.db"));
    fs::write(&page, PAGE).expect("written");
    let added = run(with_db(&["add"], &db).arg(&page), b"");
    assert_eq!(added.code, Some(0), "{added:?}");
    let out = folder.path().join("a.jsonl");
    let exported = run(with_db(&["export", "-o"], &db).arg(out), b"");
    assert_eq!(exported.code, Some(0), "{exported:?}");
    (folder, db)
}

/// A command on a store: its words, then the store; what comes after is its last word's.
fn with_db(words: &[&str], db: &Path) -> Command {
    let mut command = program();
    command
        .args(&words[..1])
        .arg("--db")
        .arg(db)
        .args(&words[1..]);
    command
}

/// Runs a command with standard output where it is said.
fn run_to(command: &mut Command, to: Stdio) -> Ended {
    let output = command
        .stdin(Stdio::null())
        .stdout(to)
        .stderr(Stdio::piped())
        .output()
        .expect("the program ends");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!stderr.contains("panicked"), "{stderr}");
    Ended {
        code: output.status.code(),
        stdout: String::new(),
        stderr,
    }
}

/// Every command that writes to standard output.
fn commands(folder: &Path, db: &Path) -> Vec<Command> {
    let page = folder.join("page.txt");
    let mut commands = Vec::new();
    for words in [
        &["read"][..],
        &["read", "--format", "html"],
        &["extract"],
        &["annotate"],
        &["group"],
    ] {
        let mut command = program();
        command.args(words).arg(&page);
        commands.push(command);
    }
    for words in [
        &["--help"][..],
        &["read", "--help"],
        &["--version"],
        &["config"],
        &["man"],
        &["models"],
        &["completions", "bash"],
    ] {
        let mut command = program();
        command.args(words);
        commands.push(command);
    }
    for words in [
        &["search", "ferry"][..],
        &["check"],
        &["check", "--deep"],
        &["compact"],
        &["recompare"],
        &["export"],
        &["export", "--format", "csv"],
        &["export", "--format", "warc"],
        &["export", "--format", "markdown"],
        &["export", "--format", "annotations"],
        &["export", "--format", "bibtex"],
        &["ask", "The ferry stopped."],
        &["remove", "nothing"],
    ] {
        commands.push(with_db(words, db));
    }
    let mut add = with_db(&["add"], db);
    add.arg(&page);
    let mut import = with_db(&["import"], &folder.join("b.db"));
    import.arg(folder.join("a.jsonl"));
    let mut merge = program();
    merge
        .arg("merge")
        .arg(db)
        .arg("--into")
        .arg(folder.join("c.db"));
    let mut watch = with_db(
        &["watch", "--once", "--format", "json", "http://127.0.0.1:9/"],
        db,
    );
    watch.arg("--allow-private");
    commands.extend([add, import, merge, watch]);
    commands
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_told_by_every_command() {
    let (folder, db) = filled();
    for mut command in commands(folder.path(), &db) {
        let full = File::options()
            .write(true)
            .open("/dev/full")
            .expect("a device");
        let ended = run_to(&mut command, full.into());
        assert_eq!(ended.code, Some(1), "{command:?}: {ended:?}");
        assert!(
            ended.stderr.contains("cannot write") || ended.stderr.contains("cannot read or write"),
            "{command:?}: {ended:?}"
        );
    }
    // An assistant's client that cannot be answered.
    let asked = folder.path().join("asked.jsonl");
    let hello = r#"{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}}"#;
    fs::write(&asked, format!("{hello}\n")).expect("written");
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("a device");
    let mut mcp = with_db(&["mcp"], &db);
    let mcp = mcp
        .stdin(File::open(asked).expect("opened"))
        .stdout(full)
        .stderr(Stdio::piped());
    let ended = mcp.output().expect("ended");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(1), "{told}");
    assert!(told.contains("No space left"), "{told}");
    // A pipe whose reader has gone.
    let mut command = program();
    command.arg("read").arg(folder.path().join("page.txt"));
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let ended = run_to(&mut command, writer.into());
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.stderr.contains("cannot write all of the output"),
        "{ended:?}"
    );
    // What is to be said where it cannot be said stops nothing.
    let full = File::options()
        .write(true)
        .open("/dev/full")
        .expect("a device");
    let mut command = with_db(&["searches"], &db);
    let status = command.stderr(full).stdout(Stdio::null()).status();
    assert_eq!(status.expect("ended").code(), Some(0));
}

#[test]
fn a_pipe_that_is_named_as_a_file_is_written_to_and_stays_one() {
    let (folder, _) = filled();
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("started");
    assert!(made.success());
    let from = pipe.clone();
    let (told, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || told.send(fs::read_to_string(from)));
    let ended = run(
        program()
            .arg("read")
            .arg(folder.path().join("page.txt"))
            .arg("-o")
            .arg(&pipe),
        b"",
    );
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(fs::metadata(&pipe).expect("there").file_type().is_fifo());
    let heard = heard.recv_timeout(Duration::from_secs(10)).expect("heard");
    assert!(heard.expect("read").contains("Skarn"));
}

#[test]
fn a_store_is_not_written_over_by_its_own_export() {
    let (folder, db) = filled();
    let link = folder.path().join("link.db");
    symlink(&db, &link).expect("a link");
    let round = folder.path().join("sub/../a.db");
    fs::create_dir(folder.path().join("sub")).expect("a folder");
    let log = folder.path().join("a.db-wal");
    for (from, to) in [
        (&db, &db),
        (&db, &round),
        (&db, &link),
        (&link, &link),
        (&link, &db),
        (&db, &log),
    ] {
        let ended = run(with_db(&["export", "-o"], from).arg(to), b"");
        assert_eq!(ended.code, Some(1), "{to:?}: {ended:?}");
        assert!(
            ended.stderr.contains("belongs to the store itself"),
            "{ended:?}"
        );
        let ended = run(
            with_db(&["add", "-o"], from)
                .arg(to)
                .arg(folder.path().join("page.txt")),
            b"",
        );
        assert_eq!(ended.code, Some(1), "{to:?}: {ended:?}");
    }
    let checked = run(&mut with_db(&["check"], &db), b"");
    assert!(checked.stdout.starts_with("1 article, "), "{checked:?}");
}

/// Runs a command as somebody who may not write to a folder of the one who runs this test.
fn as_another(folder: &Path, words: &[&str]) -> Ended {
    let mut command = program();
    // Who may write everywhere becomes somebody else, for whom the program lies where it can be reached.
    let probe = folder.join("probe");
    if File::create(&probe).is_ok() {
        fs::remove_file(&probe).expect("removed");
        command = Command::new(folder.join("crossread"));
        command
            .uid(65_534)
            .gid(65_534)
            .env("HOME", folder)
            .env("CROSSREAD_MODELS", "no-such-folder");
    }
    run(command.current_dir(folder).args(words), b"")
}

#[test]
fn a_store_in_a_place_that_cannot_be_written_is_read() {
    let (folder, db) = filled();
    let place = folder.path();
    fs::copy(env!("CARGO_BIN_EXE_crossread"), place.join("crossread")).expect("copied");
    fs::write(place.join("newer.txt"), PAGE.replace("Skarn", "Vessim")).expect("written");
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/compat/store-1.db");
    fs::copy(old, place.join("old.db")).expect("copied");
    fs::set_permissions(place.join("old.db"), Permissions::from_mode(0o444)).expect("set");
    fs::set_permissions(&db, Permissions::from_mode(0o444)).expect("set");
    fs::set_permissions(place, Permissions::from_mode(0o555)).expect("set");
    let good = |words: &[&str], shown: &str| {
        let ended = as_another(place, words);
        assert_eq!(ended.code, Some(0), "{words:?}: {ended:?}");
        assert!(ended.stdout.contains(shown), "{words:?}: {ended:?}");
    };
    good(&["search", "ferry", "--db", "a.db"], "Skarn");
    good(&["export", "--db", "a.db"], "Ferry to Skarn");
    good(&["export", "--db", "a.db", "--format", "markdown"], "Skarn");
    good(&["check", "--deep", "--db", "a.db"], "every passage holds");
    good(
        &["ask", "The ferry to Skarn stopped.", "--db", "a.db"],
        "Skarn",
    );
    for words in [
        &["add", "newer.txt", "--db", "a.db"][..],
        &["remove", "x", "--db", "a.db"],
        &["recompare", "--db", "a.db"],
        &["compact", "--db", "a.db"],
        &["search", "ferry", "--save", "ferries", "--db", "a.db"],
        &["search", "ferry", "--db", "old.db"],
    ] {
        let ended = as_another(place, words);
        assert_eq!(ended.code, Some(1), "{words:?}: {ended:?}");
        assert!(
            ended.stderr.contains("where this user may not write"),
            "{words:?}: {ended:?}"
        );
        assert!(ended.stderr.contains("copy it"), "{words:?}: {ended:?}");
    }
    // Changes in a log that a program left which was stopped cannot be read without writing; they are not passed over.
    fs::set_permissions(place, Permissions::from_mode(0o755)).expect("set");
    fs::write(place.join("a.db-wal"), "a log").expect("written");
    fs::set_permissions(place, Permissions::from_mode(0o555)).expect("set");
    let ended = as_another(place, &["search", "ferry", "--db", "a.db"]);
    fs::set_permissions(place, Permissions::from_mode(0o755)).expect("set");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("copy both"), "{ended:?}");
}

#[test]
fn an_import_that_was_killed_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    let mut records = String::new();
    for at in 0..300 {
        let (event, outlet) = (at / 3, at % 3);
        records.push_str(&format!(
            r#"{{"url": "https://o{outlet}.example/{event}", "outlet": "O{outlet}", "published": "2023-03-{:02}", "title": "The thing{event} of Orl{event} fell", "text": "The thing{event} of Orl{event} fell on Monday, Ada Lorne said.\nIt was {event} years old, and outlet {outlet} asked why.\n"}}"#,
            1 + event % 28
        ));
        records.push('\n');
    }
    fs::write(place("a.jsonl"), records).expect("written");
    let added = run(
        with_db(&["add", "--later"], &place("a.db")).arg(place("a.jsonl")),
        b"",
    );
    assert_eq!(added.code, Some(0), "{added:?}");
    run(
        with_db(&["export", "-o"], &place("a.db")).arg(place("out.jsonl")),
        b"",
    );
    let import = || {
        let mut import = with_db(&["import"], &place("b.db"));
        import.arg(place("out.jsonl"));
        import
    };
    let mut killed = import().stdout(Stdio::null()).spawn().expect("started");
    while !place("b.db").exists() && killed.try_wait().expect("asked").is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
    killed.kill().expect("killed");
    killed.wait().expect("ended");
    let ended = run(&mut import(), b"");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(
        ended.stdout.starts_with("300 articles, 300 versions, "),
        "{ended:?}"
    );
    assert!(
        !ended.stdout.contains(" 0 stories"),
        "what was left is drawn: {ended:?}"
    );
    let left = run(
        &mut with_db(&["export", "--format", "markdown"], &place("b.db")),
        b"",
    );
    assert!(!left.stderr.contains("not compared"), "{}", left.stderr);
    let checked = run(&mut with_db(&["check"], &place("b.db")), b"");
    assert_eq!(checked.code, Some(0), "{checked:?}");
}

//! Stores as the program keeps them: what was added is there whatever stopped the program.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::run::{program, run};

/// Records of events that share no words: what groups with what does not matter here.
fn records(count: usize) -> String {
    let mut lines = String::new();
    for at in 0..count {
        let (event, outlet) = (at / 3, at % 3);
        let thing = format!("thing{}", event * 31 % 997);
        let _ = writeln!(
            lines,
            r#"{{"url": "https://o{outlet}.example/{event}", "outlet": "O{outlet}", "published": "2023-03-{:02}", "title": "The {thing} of Orl{event} fell", "text": "The {thing} of Orl{event} fell on Monday, Ada Lorne said.\nIt was {event} years old, and outlet {outlet} asked why.\n"}}"#,
            1 + event % 28
        );
    }
    lines
}

/// Milliseconds by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn add(file: &Path, db: &Path) -> std::process::Command {
    let mut add = program();
    add.args(["add", "--format", "json"])
        .arg(file)
        .arg("--db")
        .arg(db);
    add
}

fn count(db: &Path) -> usize {
    let mut check = program();
    let told = run(check.args(["check", "--db"]).arg(db), b"").stdout;
    let last = told.lines().last().unwrap_or_default();
    assert!(
        last.contains("every hash and every passage holds"),
        "{told}"
    );
    last.split(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .expect("a count")
}

#[test]
fn a_hundred_kills_lose_nothing() {
    const KILLS: u64 = 100;
    let folder = tempfile::tempdir().expect("a folder");
    let (file, db) = (
        folder.path().join("news.jsonl"),
        folder.path().join("news.db"),
    );
    let all = records(6_000);
    let mut chance = Chance(7);
    let (mut kept, mut killed) = (0, 0);
    for round in 0..KILLS {
        // More pages each time, so that there is always something to be killed at.
        let lines = all.split_inclusive('\n').take(60 * (round as usize + 1));
        std::fs::write(&file, lines.collect::<String>()).expect("written");
        let mut adding = add(&file, &db)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_millis(20 + chance.below(400)));
        let running = adding.try_wait().expect("asked").is_none();
        killed += u64::from(running);
        let _ = adding.kill();
        adding.wait().expect("ended");
        if round % 10 == 9 && db.exists() {
            let now = count(&db);
            assert!(now >= kept, "{now} articles after {kept}");
            kept = now;
        }
    }
    assert!(
        killed > KILLS / 3,
        "{killed} of {KILLS} were killed at work"
    );
    std::fs::write(&file, &all).expect("written");
    let told = run(&mut add(&file, &db), b"").stdout;
    let added: serde_json::Value = serde_json::from_str(&told).expect("an object");
    let len = |key: &str| added[key].as_array().map_or(0, Vec::len);
    assert_eq!(len("new") + len("known"), 6_000);
    assert_eq!(count(&db), 6_000);
}

#[test]
fn a_kill_while_the_store_is_made_leaves_a_store_or_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("news.jsonl");
    std::fs::write(&file, records(3)).expect("written");
    let mut none = 0;
    for step in 0..60 {
        let db = folder.path().join(format!("{step}.db"));
        let mut adding = add(&file, &db)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_micros(700 * step));
        let _ = adding.kill();
        adding.wait().expect("ended");
        if db.exists() {
            count(&db);
        } else {
            none += 1;
        }
        run(&mut add(&file, &db), b"");
        assert_eq!(count(&db), 3);
    }
    assert!(none > 0, "none was killed early");
}

/// A server of one feed with this many pages, for as long as the test runs.
fn feed(pages: usize) -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for mut connection in listener.incoming().flatten() {
            let mut head = [0; 2_048];
            let read = connection.read(&mut head).unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
            let (status, body) = match path.as_str() {
                "/feed" => {
                    let items: String = (0..pages)
                        .map(|at| format!("<item><link>/{at}</link></item>"))
                        .collect();
                    (
                        "200 OK",
                        format!(
                            "<rss version=\"2.0\"><channel><title>N</title><link>/</link><description>n</description>{items}</channel></rss>"
                        ),
                    )
                }
                "/robots.txt" => ("404 Not Found", String::new()),
                page => (
                    "200 OK",
                    format!(
                        "<html><head><title>The mill of Orl{0} fell</title></head><body><article><p>The mill of Orl{0} fell on Monday night, the mayor of the town said in a statement.</p><p>Nobody was near mill number {0} when it fell, Ada Lorne told reporters there.</p></article></body></html>",
                        &page[1..]
                    ),
                ),
            };
            let _ = write!(
                connection,
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    address
}

#[test]
fn a_watch_that_is_killed_goes_on() {
    const PAGES: usize = 80;
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let source = format!("http://{}/feed", feed(PAGES));
    let watch = || {
        let mut watch = program();
        watch.args([
            "watch",
            &source,
            "--once",
            "--allow-private",
            "--pause",
            "0s",
        ]);
        watch.args(["--format", "json", "--db"]).arg(&db);
        watch
    };
    let (mut chance, mut kept) = (Chance(3), 0);
    for _ in 0..12 {
        let mut watching = watch()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_millis(60 + chance.below(500)));
        let _ = watching.kill();
        watching.wait().expect("ended");
        if db.exists() {
            let now = count(&db);
            assert!(now >= kept, "{now} articles after {kept}");
            kept = now;
        }
    }
    let told = run(&mut watch(), b"").stdout;
    assert!(
        told.lines()
            .last()
            .is_some_and(|line| line.contains("done")),
        "{told}"
    );
    assert_eq!(count(&db), PAGES);
}

#[test]
fn the_samples_are_added_found_and_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let told = run(&mut add(&samples, &db), b"").stdout;
    let added: serde_json::Value = serde_json::from_str(&told).expect("an object");
    assert!(added["new"].as_array().is_some_and(|new| new.len() > 10));
    assert_eq!(added["skipped"].as_array().map(Vec::len), Some(1));
    let search = |words: &str| {
        let mut search = program();
        search
            .args(["search", words, "--format", "json", "--db"])
            .arg(&db);
        let told = run(&mut search, b"").stdout;
        let lines = told
            .lines()
            .map(|line| serde_json::from_str(line).expect("an object"));
        lines.collect::<Vec<serde_json::Value>>()
    };
    let found = search("\"mount ordin\" rope*");
    assert!(!found.is_empty());
    let id = found[0]["id"].as_str().expect("an id");
    let before = found.len();
    let mut remove = program();
    let told = run(remove.args(["remove", id, "--db"]).arg(&db), b"").stdout;
    assert_eq!(told, "1 removed\n");
    assert_eq!(search("\"mount ordin\" rope*").len(), before - 1);
    let mut compact = program();
    assert!(
        run(compact.args(["compact", "--db"]).arg(&db), b"")
            .stdout
            .contains("MiB now")
    );
    count(&db);
    let columns = folder.path().join("claims.parquet");
    let mut export = program();
    export.args(["export", "--format", "parquet", "--table", "claims", "-o"]);
    run(export.arg(&columns).arg("--db").arg(&db), b"");
    let bytes = std::fs::read(&columns).expect("a table");
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1") && bytes.len() > 1_000);
    let mut gone = program();
    let gone = gone
        .args(["check", "--db", "nowhere.db"])
        .output()
        .expect("ran");
    assert_eq!(gone.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&gone.stderr).contains("crossread add"));
}

#[test]
fn a_flag_goes_before_the_environment_before_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings.toml");
    std::fs::write(&file, "db = \"file.db\"\n[watch]\nevery = \"20m\"\n").expect("written");
    let shown = |variable: Option<&str>| {
        let mut config = program();
        config.arg("config").env("CROSSREAD_CONFIG", &file);
        if let Some(value) = variable {
            config.env("CROSSREAD_DB", value);
        }
        run(&mut config, b"").stdout
    };
    let plain = shown(None);
    assert!(
        plain.contains("db = \"file.db\"  # ") && plain.contains("settings.toml"),
        "{plain}"
    );
    assert!(plain.contains("watch.every = \"20m\""), "{plain}");
    assert!(
        plain.contains("watch.pause = \"2s\"  # the program"),
        "{plain}"
    );
    assert!(shown(Some("env.db")).contains("db = \"env.db\"  # the environment: CROSSREAD_DB"));
    // What is printed is a file of settings itself.
    std::fs::write(&file, &plain).expect("written");
    assert_eq!(shown(None).lines().count(), plain.lines().count());
    let check = |arguments: &[&str]| {
        let mut check = program();
        check
            .arg("check")
            .args(arguments)
            .env("CROSSREAD_CONFIG", &file);
        run(&mut check, b"").stderr
    };
    assert!(check(&[]).contains("file.db"));
    assert!(check(&["--db", "flag.db"]).contains("flag.db"));
    std::fs::write(&file, "[watch]\nevry = \"20m\"\n").expect("written");
    assert!(check(&[]).contains("there is no setting watch.evry"));
}

#[test]
fn the_man_page_and_the_completions_are_there() {
    let told = run(program().arg("man"), b"").stdout;
    assert!(told.contains(".TH crossread ") && told.contains("watch"));
    // The package has another name.
    let version = run(program().arg("--version"), b"").stdout;
    assert!(version.starts_with("crossread "), "{version}");
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            run(program().args(["completions", shell]), b"")
                .stdout
                .contains("crossread")
        );
    }
}

#[test]
fn a_search_is_kept_and_tells_of_what_comes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, db) = (
        folder.path().join("news.jsonl"),
        folder.path().join("news.db"),
    );
    std::fs::write(&file, records(6)).expect("written");
    run(&mut add(&file, &db), b"");
    let search = |more: &[&str]| {
        let mut search = program();
        search.arg("search").args(more).arg("--db").arg(&db);
        run(&mut search, b"")
    };
    let searches = |more: &[&str]| {
        let mut searches = program();
        searches.arg("searches").args(more).arg("--db").arg(&db);
        run(&mut searches, b"")
    };
    assert_eq!(search(&["thing0", "--save", "things"]).code, Some(0));
    assert!(
        search(&["fell", "--save", "a/b"])
            .stderr
            .contains("called by")
    );
    assert!(search(&["fell", "--hook", "http://x/"]).code == Some(2));
    let kept = searches(&[]);
    assert_eq!(kept.stdout, "things: thing0\n");
    // What the shell keeps together stands side by side.
    search(&["fell on", "Monday", "--save", "falls"]);
    assert!(searches(&[]).stdout.contains("falls: \"fell on\" Monday\n"));
    searches(&["--forget", "falls"]);
    // What was there is no news, what comes is.
    std::fs::write(
        &file,
        records(6) + &records(6).replace("example/", "example/again/"),
    )
    .expect("written");
    let added = run(&mut add(&file, &db), b"");
    assert_eq!(
        added.stderr.matches("things: ").count(),
        3,
        "{}",
        added.stderr
    );
    let again = run(&mut add(&file, &db), b"");
    assert!(!again.stderr.contains("things: "), "{}", again.stderr);
    assert_eq!(searches(&["--forget", "things"]).code, Some(0));
    assert_eq!(searches(&["--forget", "things"]).code, Some(1));
}

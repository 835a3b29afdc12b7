//! Stories that are followed, by the command line.

use std::path::Path;

use serde_json::Value;

use crate::run::{Ended, program, run};

fn add(folder: &Path, db: &Path, outlet: &str, more: &str) -> Ended {
    let file = folder.join(format!("{outlet}.jsonl"));
    let record = serde_json::json!({
        "url": format!("https://{outlet}.example/bridge"), "outlet": outlet, "title": "The bridge at Orl fell",
        "published": "2023-03-18",
        "text": format!("The bridge at Orl fell into the river on Monday night, the mayor, Ada Lorne, said. Nobody was hurt when the bridge at Orl fell, the police said.\n{more}\n"),
    });
    std::fs::write(&file, record.to_string()).expect("written");
    run(
        program()
            .arg("add")
            .arg(&file)
            .arg("--db")
            .arg(db)
            .arg("-q"),
        b"",
    )
}

fn with(db: &Path, words: &[&str]) -> Ended {
    run(program().args(words).arg("--db").arg(db), b"")
}

#[test]
fn a_story_is_followed_told_of_and_let_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("news.db");
    add(folder.path(), &db, "Bote", "");
    let none = with(&db, &["follow", "s-none"]);
    assert!(
        none.code == Some(1) && none.stderr.contains("there is no story s-none"),
        "{none:?}"
    );
    let listed = with(&db, &["export", "--format", "csv", "--table", "stories"]).stdout;
    let at = listed.find("s-").expect("a story");
    let story: String = listed[at..]
        .chars()
        .take_while(|c| *c != ',' && *c != '"')
        .collect();
    // Its address on a desk does as well.
    let address = format!("https://desk.example/stories/{story}");
    let ended = with(&db, &["follow", &address]);
    assert!(
        ended.code == Some(0) && ended.stderr.contains("followed: The bridge at Orl fell"),
        "{ended:?}"
    );
    // A hook of JSON is signed by a secret that is said once.
    let ended = with(
        &db,
        &[
            "follow",
            &story,
            "--hook",
            "http://127.0.0.1:9/x",
            "--every",
            "1h",
        ],
    );
    let secret = ended
        .stderr
        .split("the secret is ")
        .nth(1)
        .expect("a secret");
    let secret = secret.lines().next().expect("a line");
    assert_eq!(secret.len(), 64);
    let slack = "https://hooks.slack.com/services/T0/B0/x";
    let ended = with(&db, &["follow", &story, "--hook", slack]);
    assert!(!ended.stderr.contains("secret"), "{ended:?}");
    let bad = with(&db, &["follow", &story, "--mail", "nobody"]);
    assert!(
        bad.code == Some(1) && bad.stderr.contains("anna@news.example"),
        "{bad:?}"
    );
    let kept: Vec<Value> = with(&db, &["followed", "--format", "json"])
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(kept.len(), 3);
    assert!(kept[0]["hook"].is_null());
    assert_eq!(
        (kept[1]["secret"].as_str(), kept[1]["every"].as_i64()),
        (Some(secret), Some(3_600))
    );
    let unfollow = with(&db, &["unfollow", &story, "--hook", slack]);
    assert_eq!(unfollow.code, Some(0), "{unfollow:?}");
    let told = add(
        folder.path(),
        &db,
        "Tide",
        "\"It will be built anew,\" Viktor Maurer said.",
    );
    assert!(
        told.stderr.contains(&format!("{story}: New article")),
        "{told:?}"
    );
    assert!(
        told.stderr.contains("Viktor Maurer, Tide, 2023-03-18"),
        "{told:?}"
    );
    // The hook does not take it: it waits.
    let listed = with(&db, &["followed"]).stdout;
    assert!(
        listed.contains("to be told") && listed.contains("failed 1 time"),
        "{listed}"
    );
    assert_eq!(with(&db, &["unfollow", &story]).code, Some(0));
    assert_eq!(with(&db, &["unfollow", &story]).code, Some(1));
    assert_eq!(with(&db, &["followed"]).stdout, "");
}

#[test]
fn settings_of_mail_are_told_and_a_password_is_not() {
    let shown = run(
        program()
            .arg("config")
            .env("CROSSREAD_MAIL_SERVER", "smtps://mail.example")
            .env("CROSSREAD_MAIL_PASSWORD", "a word that nobody sees"),
        b"",
    );
    assert!(
        shown
            .stdout
            .contains("mail.server = \"smtps://mail.example\""),
        "{}",
        shown.stdout
    );
    assert!(
        shown.stdout.contains("mail.password-file"),
        "{}",
        shown.stdout
    );
    assert!(!shown.stdout.contains("nobody sees"), "{}", shown.stdout);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.txt");
    std::fs::write(&file, "A bridge fell.\n").expect("written");
    let mut add = program();
    let add = add
        .arg("add")
        .arg(&file)
        .arg("--db")
        .arg(folder.path().join("a.db"));
    let ended = run(
        add.env("CROSSREAD_MAIL_SERVER", "smtps://mail.example"),
        b"",
    );
    assert!(ended.stderr.contains("mail.from"), "{ended:?}");
    let kept = run(
        program().args(["search", "bridge", "--hook", "http://a.example/"]),
        b"",
    );
    assert!(
        kept.code == Some(2) && kept.stderr.contains("--save NAME"),
        "{kept:?}"
    );
    let help = run(program().args(["--help"]), b"").stdout;
    assert!(help.contains("follow"), "{help}");
}

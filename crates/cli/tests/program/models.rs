//! Models that the user adds: listed, added whole or not at all, used, removed; nothing is fetched.

#[path = "../../../../tests/dictionary.rs"]
mod dictionary;

use std::fs;
use std::path::Path;

use crate::run::{Ended, program, run};

fn models(folder: &Path, words: &[&str]) -> Ended {
    let mut models = program();
    models.arg("models").args(words);
    run(models.arg("--models").arg(folder), b"")
}

#[test]
fn a_model_is_added_used_and_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let added = folder.path().join("models");
    let file = folder.path().join("any-name.bin");
    fs::write(
        &file,
        dictionary::model("multilingual", &[&["ferry", "Fähre"]]),
    )
    .expect("a file");
    let file = file.display().to_string();
    let listed = models(&added, &[]);
    assert_eq!(listed.code, Some(0), "{}", listed.stderr);
    assert!(listed.stdout.contains("english") && listed.stdout.contains("Apache-2.0"));
    assert_eq!(listed.stdout.lines().count(), 1);

    let ended = models(&added, &["add", "multilingual", &file]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let listed = models(&added, &[]);
    assert!(listed.stdout.contains("multilingual") && listed.stdout.contains("version 2"));
    assert_eq!(listed.stdout.lines().count(), 2, "{}", listed.stdout);
    let left: Vec<_> = fs::read_dir(&added).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{left:?}");

    // Whoever asks why is told by what the story was read.
    let pages = ["en", "de"].map(|language| {
        let text = match language {
            "en" => {
                "The old ferry struck a stone pier in Lindau, police said.\nThe old ferry sank."
            }
            _ => "Die alte Fähre rammte einen Anleger in Lindau, wie die Polizei mitteilte.",
        };
        serde_json::json!({"id": language, "outlet": language, "language": language, "text": text})
            .to_string()
    });
    let copy = pages[0]
        .replace("\"en\"", "\"uk\"")
        .replace("\"language\":\"uk\"", "\"language\":\"en\"");
    let pages = [&pages[0], &copy, &pages[1]].map(String::as_str).join("\n");
    let mut read = program();
    read.args(["read", "-", "--one-story", "--explain", "c1", "--models"]);
    let ended = run(read.arg(&added), pages.as_bytes());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let flat = ended
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        flat.contains("read by english-") && flat.contains(" and multilingual-"),
        "{flat}"
    );

    assert_eq!(models(&added, &["remove", "multilingual"]).code, Some(0));
    let again = models(&added, &["remove", "multilingual"]);
    assert_eq!(again.code, Some(1));
    assert!(again.stderr.contains("no model multilingual was added"));
}

#[test]
fn what_is_no_whole_model_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let added = folder.path().join("models");
    let file = folder.path().join("file.bin");
    let refused = |bytes: &[u8], name: &str, why: &str| {
        fs::write(&file, bytes).expect("a file");
        let ended = models(&added, &["add", name, &file.display().to_string()]);
        assert_eq!(ended.code, Some(1));
        assert!(ended.stderr.contains(why), "{}", ended.stderr);
        assert!(!added.exists());
    };
    let whole = dictionary::model("multilingual", &[&["ferry"]]);
    refused(
        b"no model at all",
        "multilingual",
        "not an encoder's model file",
    );
    refused(&whole[..whole.len() - 1], "multilingual", "damaged");
    refused(&whole, "../multilingual", "no use for a model");
    refused(
        &dictionary::model("other", &[]),
        "multilingual",
        "this is the model other",
    );
    let missing = models(&added, &["add", "multilingual", "nowhere.bin"]);
    assert!(
        missing.stderr.contains("cannot read nowhere.bin"),
        "{}",
        missing.stderr
    );

    // A file that was damaged where it lies is told, not passed over.
    fs::create_dir(&added).expect("a folder");
    fs::write(added.join("multilingual.bin"), b"CREN").expect("a file");
    let mut read = program();
    let ended = run(read.args(["read", "samples", "--models"]).arg(&added), b"");
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("damaged") && ended.stderr.contains("add the model anew"));
}

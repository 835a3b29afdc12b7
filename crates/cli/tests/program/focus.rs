//! One claim, one person, and why the program says so.

use crate::run::{program, run};

fn read(options: &[&str]) -> crate::run::Ended {
    let mut command = program();
    command.arg("read").arg("samples");
    command.args(options);
    run(&mut command, b"")
}

#[test]
fn a_claim_of_a_story_is_explained_step_by_step() {
    let report: serde_json::Value =
        serde_json::from_str(&read(&["--format", "json"]).stdout).expect("JSON");
    let stories = report["stories"].as_array().expect("stories");
    let story = stories
        .iter()
        .find(|story| {
            story["articles"]
                .as_array()
                .is_some_and(|ids| ids.len() > 2)
        })
        .expect("a story of three articles");
    let id = format!("{}/c1", story["id"].as_str().expect("an id"));
    for align in ["encoder", "words"] {
        let told = read(&["--explain", &id, "--align", align, "--width", "100"]);
        assert_eq!(told.code, Some(0), "{}", told.stderr);
        for step in [
            "The passages that state it",
            "Why they are one claim",
            "The verdict",
        ] {
            assert!(told.stdout.contains(step), "{}", told.stdout);
        }
        let scored = told.stdout.contains("in the mean; from");
        assert!(scored, "{}", told.stdout);
        let by_meaning = ["said in each other", "plain words said", "best stretch"];
        assert_eq!(
            by_meaning.iter().any(|part| told.stdout.contains(part)),
            align == "encoder",
            "{}",
            told.stdout
        );
    }
    let narrow = read(&["--focus", &id, "--format", "json"]);
    let narrow: serde_json::Value = serde_json::from_str(&narrow.stdout).expect("JSON");
    assert_eq!(
        narrow["stories"][0]["claims"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn what_is_not_in_the_report_is_wrong_usage() {
    for options in [["--focus", "nobody of that name"], ["--explain", "c99999"]] {
        let ended = read(&options);
        assert_eq!(ended.code, Some(2));
        assert!(ended.stdout.is_empty());
        assert!(
            ended.stderr.contains("nothing in the report is called"),
            "{}",
            ended.stderr
        );
    }
}

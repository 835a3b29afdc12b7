//! One page never costs the others: pages that are made to cost time or memory are read in part or skipped with the
//! reason, within bounds, and the page beside them is read as if they were not there.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::run::{article, program, run};

const GOOD: &str = "<title>Ferry to Skarn stops</title><article><h1>Ferry to Skarn stops</h1><p>The ferry to Skarn \
                    stopped on Monday after its engine had failed twice, the harbour master, Ida Brandt, said in \
                    Vessim.</p><p>Nobody was hurt, she said, and a second ship would come on Thursday.</p></article>";

/// What a page may take in these tests, which are not optimised and run beside others: a second or two, and far more
/// where the machine is busy. What was mended took minutes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Memory that the program may ask for, in KiB: its code and models, its threads' stacks and a few hundred MiB.
const MEMORY: u32 = 1_000_000;

/// Pages and what each is made of: what is repeated, and how often.
fn pages() -> Vec<(&'static str, String)> {
    let html = |piece: &str, times: usize| format!("{GOOD}{}<p>The end.</p>", piece.repeat(times));
    let text =
        |piece: &str, bytes: usize| format!("Ferry stops\n\n{}", piece.repeat(bytes / piece.len()));
    let many = |piece: &dyn Fn(usize) -> String, count: usize| {
        let pieces: String = (0..count).map(piece).collect();
        format!("Ferry stops\n\n{pieces}")
    };
    let attributes: String = (0..1_000_000).map(|at| format!(" a{at}=x")).collect();
    let tags: String = (0..1_000).map(|at| format!(" a{at}=x")).collect();
    vec![
        ("formats.html", html("<b><i><font color=red><p>x", 60_000)),
        ("links.html", html("<a href=x><div>", 100_000)),
        ("comments.html", html("<!--", 100_000)),
        ("svg.html", html("<svg><g>", 100_000)),
        ("template.html", html("<template>", 100_000)),
        ("foreign.html", html("<svg><foreignObject>", 100_000)),
        ("tables.html", html("<table><tr><td>", 100_000)),
        ("declarations.html", html("<?x <![CDATA[", 300_000)),
        ("attributes.html", format!("{GOOD}<div{attributes}><p>x")),
        ("tags.html", html(&format!("<div{tags}>"), 2_000)),
        ("quotes.html", html("<a href=\"", 300_000)),
        ("words.txt", text("word and word ", 5_000_000)),
        ("letters.txt", text("a", 5_000_000)),
        (
            "sentences.txt",
            text("The ferry to Skarn stopped on Monday. ", 5_000_000),
        ),
        ("stops.txt", text(". ", 5_000_000)),
        ("brackets.txt", text("(", 5_000_000)),
        ("figures.txt", text("1,000 ", 5_000_000)),
        ("opened.txt", text("“he said, ", 5_000_000)),
        (
            "names.txt",
            many(
                &|at| format!("President Ida{at} Brandt{at} said that "),
                130_000,
            ),
        ),
        (
            "said.txt",
            many(
                &|at| {
                    format!(
                        "The ferry {at} stopped {} times, Ida Brandt said. ",
                        at * 7 % 9_973
                    )
                },
                90_000,
            ),
        ),
    ]
}

/// The program with no more memory than this.
fn bounded(words: &[&str]) -> Command {
    let own = program();
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg(format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""));
    shell.arg(own.get_program()).args(words);
    shell.env("CROSSREAD_MODELS", "no-such-folder");
    shell
}

#[test]
fn a_page_that_is_made_to_cost_costs_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("good.html"), GOOD).expect("written");
    for (name, page) in pages() {
        fs::write(folder.path().join(name), page).expect("written");
        let began = Instant::now();
        let mut read = bounded(&[
            "read",
            "--threads",
            "1",
            "--align",
            "words",
            "--format",
            "json",
            "good.html",
            name,
        ]);
        let ended = run(read.current_dir(folder.path()), b"");
        let took = began.elapsed();
        assert_eq!(ended.code, Some(0), "{name}: {}", ended.stderr);
        let report: Value = serde_json::from_str(&ended.stdout).expect("the report is JSON");
        let good = article(&report, "good.html")["text"]
            .as_str()
            .expect("a text");
        assert!(good.contains("a second ship would come"), "{name}: {good}");
        let read = report["articles"].as_array().expect("a list").len();
        let skipped = report["skipped"].as_array().expect("a list").len();
        assert_eq!(read + skipped, 2, "{name} is read or named");
        assert!(took < PATIENCE, "{name} took {took:?}");
        fs::remove_file(folder.path().join(name)).expect("removed");
    }
}

#[test]
fn a_text_that_is_too_long_is_read_as_far_as_it_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "The ferry to Skarn stopped on Monday, Ida Brandt said. ".repeat(40_000);
    let record = serde_json::json!({ "id": "long", "text": long }).to_string();
    fs::write(folder.path().join("long.jsonl"), record).expect("written");
    fs::write(folder.path().join("long.txt"), &long).expect("written");
    let extracted = run(program().arg("extract").arg(folder.path()), b"");
    for line in extracted.stdout.lines() {
        let article: Value = serde_json::from_str(line).expect("JSON");
        let text = article["text"].as_str().expect("a text").trim_end();
        assert!(
            (1_000_000..=1 << 20).contains(&text.len()),
            "{}",
            text.len()
        );
        // Not in the midst of a word.
        let last = text.rsplit(' ').next().expect("a word");
        assert!(long.contains(&format!(" {last} ")), "{last}");
        let warnings = article["warnings"].to_string();
        assert!(warnings.contains("text over 1 MiB"), "{warnings}");
    }
    assert_eq!(extracted.stdout.lines().count(), 2, "{}", extracted.stderr);
    // Offsets stay those of the record's own text.
    let annotated = run(
        program()
            .arg("annotate")
            .arg(folder.path().join("long.jsonl")),
        b"",
    );
    let line: Value = serde_json::from_str(&annotated.stdout).expect("JSON");
    let end = line["sentences"]
        .as_array()
        .and_then(|all| all.last()?.get(1)?.as_u64());
    assert!(
        end.is_some_and(|end| (1_000_000..=1 << 20).contains(&end)),
        "{end:?}"
    );
}

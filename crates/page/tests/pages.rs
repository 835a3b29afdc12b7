//! Pages against `tests/suite/page`: what is expected, `--- page`, then the page to the letter.

use std::fs;
use std::path::Path;

use model::{Article, SignKind, Skipped};

#[test]
fn pages_are_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/page");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the suite")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let (mut cases, mut failures) = (0, Vec::new());
    for path in paths
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end != "md"))
    {
        let case = fs::read_to_string(path).expect("a case in UTF-8");
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        cases += 1;
        failures.extend(check(&name, &case));
    }
    assert!(cases >= 15, "only {cases} cases found");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What a case expects and the page does not give.
fn check(name: &str, case: &str) -> Vec<String> {
    let (expected, page) = case.split_once("--- page\n").expect("a line `--- page`");
    let read = page::read(name, page.as_bytes(), &page::Options::default());
    assert_eq!(read.len(), 1, "{name}: one page, one answer");
    let mut failures = Vec::new();
    let mut lines = expected.lines();
    while let Some(line) = lines.next() {
        let (key, wanted) = line.split_once(':').expect("`key: value`");
        let mut wanted = wanted.trim().to_owned();
        if key == "text" {
            wanted = lines.by_ref().collect::<Vec<_>>().join("\n") + "\n";
        }
        let found = field(&read[0], key);
        let right = match key {
            // Each of the words stands in some warning.
            "warnings" => wanted.split(", ").all(|word| found.contains(word)),
            _ => found == wanted,
        };
        if !right {
            failures.push(format!(
                "{name}: {key}\n  expected {wanted:?}\n  found    {found:?}"
            ));
        }
    }
    failures
}

fn field(read: &Result<Article, Skipped>, key: &str) -> String {
    let none = || "none".to_owned();
    let article = match read {
        Ok(article) => article,
        Err(skipped) if key == "skip" => {
            return skipped
                .reason
                .to_string()
                .trim_end_matches(" in it")
                .to_owned();
        }
        Err(skipped) => return format!("skipped: {}", skipped.reason),
    };
    let list = |items: Vec<String>| {
        if items.is_empty() {
            none()
        } else {
            items.join("; ")
        }
    };
    match key {
        "title" => article.title.clone().unwrap_or_else(none),
        "outlet" => article.outlet.clone().unwrap_or_else(none),
        "url" => article.url.clone().unwrap_or_else(none),
        "language" => article.language.clone().unwrap_or_else(none),
        "authors" => list(article.authors.clone()),
        "credits" => list(
            article
                .credits
                .iter()
                .map(|credit| credit.name.clone())
                .collect(),
        ),
        "signs" => list(
            article
                .signs
                .iter()
                .map(|sign| match sign.kind {
                    SignKind::SourceLink => "source-link".to_owned(),
                    SignKind::AgencyByline => "agency-byline".to_owned(),
                    SignKind::Truncated => "truncated".to_owned(),
                    SignKind::Corrected => "corrected".to_owned(),
                })
                .collect(),
        ),
        "warnings" => list(article.warnings.iter().map(ToString::to_string).collect()),
        "published" => article.published.map_or_else(none, |published| {
            let time = published
                .time
                .map_or(String::new(), |time| match published.offset {
                    Some(offset) => format!("T{time}{offset}"),
                    None => format!("T{:02}:{:02}", time.hour(), time.minute()),
                });
            format!("{}{time}", published.date)
        }),
        "text" => article.text.as_str().to_owned(),
        "blocks" => list(
            article
                .blocks
                .iter()
                .map(|block| format!("{:?}", block.kind))
                .collect(),
        ),
        "captions" => list(article.about.captions.clone()),
        "reviews" => list(
            article
                .about
                .reviews
                .iter()
                .map(|review| {
                    let rating = review.rating.name.as_ref().or(review.rating.value.as_ref());
                    let (by, rating) = (review.by.join(", "), rating.cloned().unwrap_or_default());
                    format!("{} ({by}: {rating}, {})", review.claim, review.found)
                })
                .collect(),
        ),
        _ => format!("no such key: {key}"),
    }
}

/// Whatever a page is, its text, blocks and runs fit each other.
#[test]
fn blocks_and_runs_fit_the_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/page");
    for entry in fs::read_dir(folder).expect("the suite") {
        let path = entry.expect("an entry").path();
        // What a mail says stands in it encoded.
        if path
            .extension()
            .is_some_and(|end| end == "eml" || end == "mht")
        {
            continue;
        }
        let case = fs::read_to_string(path).expect("a case");
        let Some((_, page)) = case.split_once("--- page\n") else {
            continue;
        };
        for article in page::read("x", page.as_bytes(), &page::Options::default())
            .into_iter()
            .flatten()
        {
            let text = article.text.as_str();
            let blocks: Vec<&str> = article
                .blocks
                .iter()
                .map(|block| article.text.get(block.span))
                .collect();
            assert_eq!(blocks, text.lines().collect::<Vec<_>>());
            let covered: u32 = article.source.iter().map(|run| run.len).sum();
            assert!(
                covered as usize * 10 >= text.len() * 8,
                "{covered} of {}",
                text.len()
            );
            for run in &article.source {
                let (at, from, len) = (run.text as usize, run.source as usize, run.len as usize);
                assert_eq!(&text[at..at + len], &page[from..from + len]);
            }
        }
    }
}

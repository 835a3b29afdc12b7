//! Pages of one outlet, read together: what recurs in several of its articles is left out, whatever the order of the
//! pages and the number of threads; what an article says stays.

use engine::model::{Article, Warning};
use engine::{Engine, Input, Options, PageOptions, Silent};

const PLACES: [&str; 5] = ["Selen", "Orl", "Dunmoor", "Quell", "Tarn"];
const APPEAL: &str =
    "Our reporters walk the quays so that you know what the harbour masters would rather hide.";
const BOX: &str = "Ada Lorne has two dogs, a boat without an engine and opinions on marmalade.";
const WAR: &str =
    "The war for the canal began in May 1911, when soldiers took the lock at Selen by night.";

/// What stands in the article of one place alone.
fn own(place: &str, nth: usize) -> [String; 4] {
    [
        format!(
            "The lock at {place} was closed on Monday after a barge had hit its gate, the office said."
        ),
        format!(
            "Soldiers stood at the bridge of {place}, number {nth} of the canal, until the night was over."
        ),
        format!(
            "A man of {place} who had seen the barge said that nobody had been at the wheel at {nth} o'clock."
        ),
        format!(
            "The mayor of {place} wants the canal to be open again by the {nth}th of May, she told reporters."
        ),
    ]
}

/// A page with a menu before the article and an appeal and a box behind it.
fn page(place: &str, nth: usize) -> String {
    let [one, two, three, four] = own(place, nth);
    let menu = [
        "Front page",
        "Harbours",
        "Rivers",
        "Weather on the water",
        "Letters",
        "Ships for sale",
    ];
    let foot = [APPEAL, BOX, "The Quay", "Tide tables", "Crew wanted"];
    let mut lines: Vec<&str> = menu.to_vec();
    let title = format!("Barge hits lock at {place}");
    lines.extend([title.as_str(), &one, &two, WAR, &three, &four]);
    lines.extend(foot);
    lines.join("\n")
}

fn html(place: &str, nth: usize) -> String {
    let [one, two, three, four] = own(place, nth);
    let paragraphs =
        [&one, &two, WAR, &three, &four, APPEAL, BOX].map(|text| format!("<p>{text}</p>"));
    format!(
        "<html><head><title>Barge hits lock at {place}</title>\
         <link rel='canonical' href='https://www.quay.example/{place}'></head>\
         <body><article><h1>Barge hits lock at {place}</h1>{}</article></body></html>",
        paragraphs.concat()
    )
}

fn input(path: String, text: String) -> Input {
    Input {
        path,
        bytes: text.into_bytes(),
        ..Input::default()
    }
}

fn texts() -> Vec<Input> {
    let pages = PLACES.iter().zip(1..);
    pages
        .map(|(place, nth)| input(format!("quay/{place}.txt"), page(place, nth)))
        .collect()
}

fn htmls() -> Vec<Input> {
    let pages = PLACES.iter().zip(1..);
    pages
        .map(|(place, nth)| input(format!("{place}.html"), html(place, nth)))
        .collect()
}

fn read(inputs: Vec<Input>, threads: usize) -> Vec<Article> {
    let engine = Engine::new(Options {
        threads: Some(threads),
        page: PageOptions::default(),
        ..Options::default()
    });
    let engine = engine.expect("an engine");
    let (articles, skipped) = engine.articles(inputs.into_iter().map(Ok), &Silent);
    assert!(skipped.is_empty());
    articles
}

fn words(articles: &[Article]) -> Vec<(String, Option<String>, String)> {
    let told = articles
        .iter()
        .map(|a| (a.path.clone(), a.title.clone(), a.text.as_str().to_owned()));
    told.collect()
}

#[test]
fn what_recurs_is_left_out_and_what_an_article_says_stays() {
    for articles in [read(texts(), 1), read(htmls(), 1)] {
        assert_eq!(articles.len(), PLACES.len());
        for (place, nth) in PLACES.iter().zip(1..) {
            let article = articles
                .iter()
                .find(|article| article.path.contains(place))
                .expect("its article");
            let text = article.text.as_str();
            for line in own(place, nth).iter().map(String::as_str).chain([WAR]) {
                assert!(text.contains(line), "{}: {line}", article.path);
            }
            for line in [APPEAL, BOX, "Tide tables", "Letters"] {
                assert!(!text.contains(line), "{}: {line}", article.path);
            }
            let title = format!("Barge hits lock at {place}");
            assert_eq!(article.title.as_deref(), Some(title.as_str()));
            let told =
                |warning: &Warning| matches!(warning, Warning::Recurring { count } if *count >= 2);
            assert!(article.warnings.iter().any(told), "{:?}", article.warnings);
            for run in &article.source {
                assert!((run.text + run.len) as usize <= text.len());
            }
        }
    }
}

#[test]
fn a_page_alone_keeps_what_only_others_could_tell_of() {
    let alone = read(vec![input("selen.html".to_owned(), html("Selen", 1))], 1);
    assert!(alone[0].text.as_str().contains(BOX));
}

#[test]
fn neither_order_nor_threads_show() {
    for inputs in [texts(), htmls()] {
        let first = words(&read(inputs.clone(), 1));
        for turn in 1..PLACES.len() {
            let mut other = inputs.clone();
            other.rotate_left(turn);
            other.swap(0, 2);
            assert_eq!(words(&read(other, turn)), first);
        }
    }
}

#[test]
fn two_versions_of_an_article_teach_nothing() {
    let first = html("Selen", 1);
    let second = first
        .replace("nobody had been", "a boy had been")
        .replace("/Selen", "/Selen-2");
    let inputs = vec![
        input("a.html".to_owned(), first),
        input("b.html".to_owned(), second),
    ];
    for article in read(inputs, 2) {
        assert!(article.text.as_str().contains(BOX));
        assert!(
            article
                .text
                .as_str()
                .contains("Soldiers stood at the bridge")
        );
        assert!(
            !article
                .warnings
                .iter()
                .any(|warning| matches!(warning, Warning::Recurring { .. }))
        );
    }
}

#[test]
fn records_are_of_the_outlet_that_they_name() {
    let record = |(place, nth): (&&str, usize), outlet: &str| {
        let text = [own(place, nth).join("\n"), BOX.to_owned()].join("\n");
        serde_json::json!({"outlet": outlet, "title": format!("Lock at {place}"), "text": text})
            .to_string()
    };
    let of = |outlets: [&str; 5]| {
        let records: Vec<String> = PLACES
            .iter()
            .zip(1..)
            .zip(outlets)
            .map(|(page, outlet)| record(page, outlet))
            .collect();
        let articles = read(vec![input("all.jsonl".to_owned(), records.join("\n"))], 2);
        articles
            .iter()
            .filter(|article| article.text.as_str().contains(BOX))
            .count()
    };
    assert_eq!(of(["The Quay"; 5]), 0);
    // A line that one outlet took from another is no furniture of either.
    assert_eq!(of(["A", "B", "C", "D", "E"]), 5);
}

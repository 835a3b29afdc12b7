//! Pages whose markup costs parsers far more than its length: each is read, in part with a warning, in
//! bounded time.

use std::time::{Duration, Instant};

use model::{Article, SkipReason, Warning};
use page::Options;

/// What one page may take in a test build on a busy machine: a quadratic step takes minutes.
const PATIENCE: Duration = Duration::from_secs(20);
/// The stack that the engine gives its threads.
const STACK: usize = 16 << 20;
/// Beginnings of something without an end.
const MANY: usize = 60_000;

const PARAGRAPH: &str = "<p>The harbour of Selen was shut on Monday because the storm had not moved, the office \
     said, and the ferry was not expected to leave before the evening of the next day.</p>\n";

fn read(name: &str, page: String) -> Result<Article, SkipReason> {
    let start = Instant::now();
    let reading = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || page::read("page.html", page.as_bytes(), &Options::default()));
    let mut read = reading.expect("a thread").join().expect("no panic");
    assert!(start.elapsed() < PATIENCE, "{name}: {:?}", start.elapsed());
    assert_eq!(read.len(), 1, "{name}");
    read.remove(0).map_err(|skipped| skipped.reason)
}

fn limited(article: &Article) -> bool {
    let limit = |warning: &Warning| matches!(warning, Warning::Limit { .. });
    article.warnings.iter().any(limit)
}

/// A page with a text, and behind it what is given.
fn with(behind: &str) -> String {
    let text = PARAGRAPH.repeat(5);
    format!("<html><body><h1>Harbour shut</h1><article>{text}</article>{behind}")
}

#[test]
fn beginnings_without_an_end() {
    for beginning in [
        "<!--",
        "<!-",
        "<?",
        "<a b=\"",
        "<svg>",
        "<template>",
        "<math><td>",
        "<object",
        "<iframe ",
        "</",
        "<script",
        "<![CDATA[",
        "&#",
    ] {
        let read = read(beginning, with(&beginning.repeat(MANY)));
        let article = read.unwrap_or_else(|reason| panic!("{beginning}: {reason:?}"));
        let text = article.text.as_str();
        assert!(text.starts_with("The harbour of Selen"), "{beginning}");
    }
}

#[test]
fn formats_that_are_never_closed() {
    // Each paragraph opens all of them anew.
    let opens: String = (0..20_000)
        .map(|n| format!("<font id=f{n}><b id=b{n}>"))
        .collect();
    let article = read("formats", with(&(opens + &"<p>x".repeat(MANY)))).expect("an article");
    assert!(limited(&article));
    assert!(article.text.as_str().starts_with("The harbour of Selen"));
    let opens: String = (0..30).map(|n| format!("<a id=a{n}><i id=i{n}>")).collect();
    let crossed = format!("{opens}<p></b></a>").repeat(1_000);
    assert!(read("crossed", with(&crossed)).is_ok());
}

#[test]
fn tags_of_thousands_of_attributes() {
    let attributes: String = (0..3_000).map(|n| format!(" a{n}")).collect();
    let tags = format!("<i{attributes}></i>").repeat(200);
    assert!(read("attributes", with(&tags)).is_ok());
}

#[test]
fn lines_that_never_end() {
    // A title, a paragraph, a line of links, a table, each as long as a page may be.
    let words = "word ".repeat(400_000);
    assert!(read("words", with(&words)).is_ok());
    assert!(read("paragraph", format!("<html><body><p>{words}")).is_ok());
    let title = format!(
        "<title>{words}</title>{}",
        with(&"<h2>A heading of the page</h2>".repeat(20_000))
    );
    assert!(read("title", title).is_ok());
    let links = "<a href=/x>Read more: the ferry</a> ".repeat(50_000);
    assert!(read("links", with(&format!("<p>{links}"))).is_ok());
    let rows = "<tr><td>1<td>2<td>3".repeat(MANY / 2);
    assert!(read("table", with(&format!("<table>{rows}"))).is_ok());
    let tables = "<table><tr><td>".repeat(20_000);
    assert!(read("tables", with(&tables)).is_ok());
}

#[test]
fn boxes_beyond_counting() {
    let articles =
        "<article><h2><a href=/x>A headline of the day</a></h2><p>Short text.</p></article>";
    let read = |name, page: &str| read(name, with(page));
    let few = read("articles", &articles.repeat(20_000)).expect("an article");
    assert!(limited(&few) || few.text.as_str().contains("The harbour of Selen"));
    let chunks = format!("<div class=x>{PARAGRAPH}{PARAGRAPH}</div>").repeat(10_000);
    assert!(read("chunks", &chunks).is_ok());
    let names: String = (0..30_000)
        .map(|n| format!("<div class='c{n} teaser-{n}' id=i{n}></div>"))
        .collect();
    assert!(read("names", &names).is_ok());
}

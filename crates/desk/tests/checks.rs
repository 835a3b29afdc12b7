//! What a page says that it checked survives the store, an export and an import, and is found in the page's bytes again.

mod by_words;

use std::fs::File;
use std::io::{BufReader, BufWriter};

use crossread::model::ClaimReview;
use crossread::{Input, Silent};
use desk::{Desk, check_deep};
use store::{Reader, Writer};

const PAGE: &str = r#"<html><head><title>Was the pier of Orl sold? - Harbour Check</title>
<script type="application/ld+json">{"@type": "ClaimReview", "claimReviewed": "The council of Orl sold its pier", "url": "https://check.example/pier",
"author": {"name": "Harbour Check"}, "datePublished": "2026-03-05", "itemReviewed": {"@type": "Claim", "author": {"name": "Tom Reyk"}, "appearance": "https://posts.example/1"},
"reviewRating": {"ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"}}</script></head>
<body><article><h1>Was the pier of Orl sold?</h1><p>A post that many passed on says that the council of Orl has sold the pier to a company.</p>
<p>The minutes show that the council voted on Saturday to let the pier for ten years, and that nothing was sold.</p></article></body></html>"#;

fn reviews(store: &Reader) -> Vec<ClaimReview> {
    let versions = store.readable(0, u32::MAX).expect("read");
    assert_eq!(versions.len(), 1);
    versions[0].article.about.reviews.clone()
}

#[test]
fn checks_of_a_page_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let (db, lines) = (folder.path().join("a.db"), folder.path().join("a.jsonl"));
    let mut desk = Desk::open(by_words::engine(), &db, 1_000).expect("a store");
    let input = Input {
        path: "pier.html".to_owned(),
        bytes: PAGE.as_bytes().to_vec(),
        ..Input::default()
    };
    desk.add([Ok(input)], "test", &|| 1_000, &Silent)
        .expect("added");
    drop(desk);
    let store = Reader::open(&db).expect("opened");
    let kept = reviews(&store);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].claim, "The council of Orl sold its pier");
    assert_eq!(kept[0].rating.name.as_deref(), Some("False"));
    let deep = check_deep(&by_words::engine(), &store, &|_| {}).expect("checked");
    assert_eq!((deep.read, deep.otherwise), (1, 0));
    assert!(deep.faults.is_empty(), "{:?}", deep.faults);
    let mut out = BufWriter::new(File::create(&lines).expect("a file"));
    store.export(&mut out, &|_| {}).expect("exported");
    drop(out);
    let again = folder.path().join("b.db");
    let mut file = BufReader::new(File::open(&lines).expect("the file"));
    Writer::import(&again, &mut file, &|_| {}).expect("imported");
    assert_eq!(reviews(&Reader::open(&again).expect("opened")), kept);
}

//! Stores that older versions of the program wrote, one of each version, opened by this one. What they hold
//! is `tests/compat/README.md`'s.

use std::path::{Path, PathBuf};

use crossread::{Engine, Input, Options, Silent};
use desk::Desk;

fn stores() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/compat");
    let entries = std::fs::read_dir(folder).expect("the stores");
    let paths = entries.map(|entry| entry.expect("a store").path());
    let mut stores: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|end| end == "db"))
        .collect();
    stores.sort();
    stores
}

#[test]
fn every_older_store_opens_and_goes_on() {
    let stores = stores();
    assert_eq!(stores.len(), store::VERSION as usize, "one of each version");
    for path in stores {
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("store.db");
        std::fs::copy(&path, &copy).expect("copied");
        let options = Options {
            threads: Some(1),
            align: crossread::Align::Words,
            ..Options::default()
        };
        let engine = Engine::new(options).expect("an engine");
        let mut desk = Desk::open(engine, &copy, 2_000).expect("opened");
        assert_eq!(
            desk.store().counts().expect("counts"),
            [3, 4, 2],
            "{path:?}"
        );
        let (passages, faults) = desk.store().check(&|_| {}).expect("checked");
        assert!(passages > 30 && faults.is_empty(), "{path:?}: {faults:?}");
        // Names of older stores are found by their words; searches came with the second version.
        let named = desk.store().names_called("lorne", 9).expect("names");
        assert!(
            named.iter().any(|name| name.name == "Ada Lorne"),
            "{path:?}"
        );
        let searches = desk.store().searches().expect("searches");
        let first = path.ends_with("store-1.db");
        assert_eq!(searches.is_empty(), first, "{path:?}");
        let known = desk.store().by_id("one").expect("read").expect("there");
        assert_eq!(known.versions, 2);
        let record = r#"{"id": "three", "outlet": "Bote", "title": "Bridge at Orl fell on Saturday", "published": "2023-03-19", "text": "The bridge at Orl that fell into the river on Saturday was inspected last year, the mayor, Ada Lorne, said.\n"}"#;
        let input = Input {
            path: "more.jsonl".to_owned(),
            bytes: record.as_bytes().to_vec(),
            ..Input::default()
        };
        let added = desk
            .add([Ok(input)], "test", &|| 2_000, &Silent)
            .expect("added");
        assert_eq!(added.new, ["three"]);
        desk.redraw(u64::MAX, &Silent).expect("drawn");
        let story = |id: &str| {
            desk.store()
                .article(id)
                .expect("read")
                .expect("there")
                .story
        };
        assert_eq!(story("three"), story("one"), "{path:?}");
    }
}

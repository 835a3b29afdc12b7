//! What the desk learns of outlets: pages that come one by one are read as those that come together, after a stop
//! too; what another way of reading has learnt is learnt anew; and an old page that comes again is no new version.

mod by_words;

use std::path::Path;

use crossread::{Input, Shelf, Silent};
use desk::{Added, Desk};

const BOX: &str = "Ada Lorne has two dogs, a boat without an engine and opinions on marmalade.";
const OUTLET: &str = "quay.example";

fn desk(path: &Path) -> Desk {
    Desk::open(by_words::engine(), path, 1000).expect("a store")
}

fn page(place: &str, advert: &str) -> Input {
    let text = format!(
        "<html><head><title>Barge hits lock at {place}</title>\
         <link rel='canonical' href='https://www.{OUTLET}/{place}'></head><body><!-- {advert} --><article>\
         <h1>Barge hits lock at {place}</h1>\
         <p>The lock at {place} was closed on Monday after a barge had hit its gate, the office said.</p>\
         <p>A man of {place} who had seen the barge of {place} said that nobody had been at the wheel.</p>\
         <p>The mayor of {place} wants the canal at {place} to be open again by May, she told reporters.</p>\
         <p>{BOX}</p></article></body></html>"
    );
    Input {
        path: format!("https://www.{OUTLET}/{place}"),
        bytes: text.into_bytes(),
        ..Input::default()
    }
}

fn add(desk: &mut Desk, place: &str, advert: &str) -> Added {
    let inputs = [Ok(page(place, advert))];
    desk.add(inputs, "test", &|| 1000, &Silent).expect("added")
}

/// Whether the newest version of an article has the box.
fn has_box(desk: &Desk, added: &Added) -> bool {
    let newest = desk
        .store()
        .newest(&added.new[0])
        .expect("read")
        .expect("there");
    newest.article.text.as_str().contains(BOX)
}

#[test]
fn what_one_page_could_not_tell_later_pages_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.db");
    let mut desk = self::desk(&path);
    let first = add(&mut desk, "Selen", "soap");
    assert!(has_box(&desk, &first));
    for place in ["Orl", "Dunmoor"] {
        let added = add(&mut desk, place, "soap");
        assert!(!has_box(&desk, &added), "{place}");
    }
    // A page stays as it was read when it came; that more is known now makes no new version of it.
    let again = add(&mut desk, "Selen", "tea");
    assert_eq!((again.known.len(), again.changed.len()), (1, 0));
    assert!(has_box(&desk, &first));

    drop(desk);
    let mut desk = self::desk(&path);
    let added = add(&mut desk, "Quell", "soap");
    assert!(!has_box(&desk, &added));
}

#[test]
fn what_another_reading_has_learnt_is_learnt_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = self::desk(&folder.path().join("store.db"));
    for place in ["Selen", "Orl"] {
        add(&mut desk, place, "soap");
    }
    let mut bytes = desk.store().shelf(OUTLET).expect("read").expect("a shelf");
    assert!(!Shelf::from_bytes(&bytes).is_empty());
    // The first number is that of the reading.
    bytes[0] += 1;
    let batch = desk.store().batch().expect("a batch");
    batch.set_shelf(OUTLET, &bytes).expect("set");
    batch.commit().expect("kept");
    let added = add(&mut desk, "Dunmoor", "soap");
    assert!(has_box(&desk, &added));
    let added = add(&mut desk, "Quell", "soap");
    assert!(!has_box(&desk, &added));
}

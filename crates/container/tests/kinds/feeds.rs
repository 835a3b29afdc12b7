//! Feeds that carry their pieces in full.

use crate::made::{read, spoilt};

/// A feed of so many entries.
fn feed(count: usize) -> String {
    let entry = |at| {
        format!(
            "<item><title>Lock {at}</title><link>https://f.example/{at}</link><description><![CDATA[<p>{}</p>]]></description></item>",
            "The lock reopened on Monday after repairs. ".repeat(20)
        )
    };
    let entries: String = (0..count).map(entry).collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Courier</title>{entries}</channel></rss>"
    )
}

#[test]
fn an_entry_is_a_record() {
    let read = read("f.xml", feed(1_000).into_bytes());
    let records = read.records();
    assert_eq!(records.len(), 1_000);
    assert_eq!(
        (&records[7]["title"], &records[7]["outlet"]),
        (&"Lock 7".into(), &"Courier".into())
    );
    assert_eq!(records[7]["url"], "https://f.example/7");
}

#[test]
fn entries_that_only_name_a_page_are_counted() {
    let short = "<rss version='2.0'><channel><title>C</title><item><title>A</title><description>Short.</description></item></channel></rss>";
    let read = read("f.xml", short.as_bytes().to_vec());
    assert!(
        read.pages.is_empty() && read.says("crossread watch"),
        "{read:?}"
    );
}

#[test]
fn of_a_damaged_feed_the_whole_entries_are_read() {
    let whole = feed(10);
    let cut = whole[..whole.find("Lock 6").expect("an entry")].to_owned();
    let torn = whole.replacen("<title>Lock 3</title>", "<title>Lock 3</b>", 1);
    for (spoilt, count) in [(cut, 6), (torn, 9)] {
        let read = read("f.xml", spoilt.into_bytes());
        assert_eq!(read.records().len(), count, "{:?}", read.skipped);
        assert!(
            read.says("1 of whose entries are lost"),
            "{:?}",
            read.skipped
        );
    }
    let items =
        "<rdf:RDF><channel><items><rdf:li/></items></channel><item><title>A</b></item></rdf:RDF>";
    assert!(read("f.xml", items.as_bytes().to_vec()).says("damaged feed"));
}

#[test]
fn spoilt_feeds_never_break_the_reader() {
    for bytes in spoilt(feed(3).as_bytes(), 1_000) {
        let read = read("f.xml", bytes);
        assert!(!read.pages.is_empty() || !read.skipped.is_empty());
    }
}

//! Web archives.

use container::Limits;

use crate::made::{Read, gzip, page, read, read_within, spoilt, zip};

/// A record of a page that was answered with, and says that it is so long.
fn record(number: usize, length: Option<&str>) -> Vec<u8> {
    let answer = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec(),
        page(number),
    ]
    .concat();
    let length = length.map_or(answer.len().to_string(), str::to_owned);
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n\
         Content-Type: application/http\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.into_bytes(), answer, b"\r\n\r\n".to_vec()].concat()
}

/// Which pages were read whole.
fn numbers(read: &Read) -> Vec<usize> {
    let whole = |number: &usize| read.pages.iter().any(|given| given.bytes == page(*number));
    (1..10).filter(whole).collect()
}

#[test]
fn a_wrong_length_costs_no_other_page() {
    for (length, wanted) in [
        ("5000", vec![1, 2, 3, 4]),
        ("300", vec![1, 2, 3, 4]),
        ("99999999999", vec![1, 3, 4]),
        ("99999999999999999999999999", vec![1, 3, 4]),
        ("-5", vec![1, 3, 4]),
        ("0", vec![1, 3, 4]),
        ("90", vec![1, 3, 4]),
        ("many", vec![1, 3, 4]),
    ] {
        let parts = [
            record(1, None),
            record(2, Some(length)),
            record(3, None),
            record(4, None),
        ];
        for (name, archive) in [
            ("x.warc", parts.concat()),
            (
                "x.warc.gz",
                parts.iter().flat_map(|part| gzip(part)).collect(),
            ),
        ] {
            let read = read(name, archive);
            assert_eq!(numbers(&read), wanted, "{name} {length} {:?}", read.skipped);
            assert!(!read.skipped.is_empty(), "{name} {length}");
            let last = read.pages.last().expect("a page");
            assert_eq!(last.path, format!("{name}:4"), "{length}");
        }
    }
}

#[test]
fn a_head_without_end_costs_no_other_page() {
    for long in [
        format!("X: {}\r\n", "a".repeat(1 << 20)),
        "A: b\r\n".repeat(50_000),
    ] {
        let head = format!("WARC/1.1\r\nWARC-Type: response\r\n{long}\r\n");
        let read = read(
            "x.warc",
            [record(1, None), head.into_bytes(), record(3, None)].concat(),
        );
        assert_eq!(numbers(&read), [1, 3]);
        assert!(
            read.says("64 KB") && read.skipped[0].0 == "x.warc:2",
            "{read:?}"
        );
    }
}

#[test]
fn a_damaged_packed_record_costs_no_other() {
    let mut damaged = gzip(&record(2, None));
    damaged[30] ^= 0xff;
    damaged[60] ^= 0x55;
    let read = read(
        "x.warc.gz",
        [gzip(&record(1, None)), damaged, gzip(&record(3, None))].concat(),
    );
    assert_eq!(numbers(&read), [1, 3], "{:?}", read.skipped);
    assert!(read.says("damaged gzip"));
}

#[test]
fn a_record_over_the_limit_is_passed_over() {
    let limits = Limits {
        page: 1 << 10,
        ..Limits::default()
    };
    let large = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/2\r\nContent-Length: 200000\r\n\r\n{}\r\n\r\n",
        "x".repeat(200_000)
    );
    let read = read_within(
        "x.warc",
        [record(1, None), large.into_bytes(), record(3, None)].concat(),
        limits,
    );
    assert_eq!(numbers(&read), [1, 3]);
    assert!(read.says("1 too large"), "{read:?}");
}

#[test]
fn a_wacz_gives_the_pages_of_its_archives_alone() {
    let files = [
        (
            "archive/data.warc.gz",
            [gzip(&record(1, None)), gzip(&record(2, None))].concat(),
        ),
        ("datapackage.json", b"{}".to_vec()),
        ("pages/pages.jsonl", b"{}".to_vec()),
    ];
    let read = read("site.wacz", zip(&files));
    assert_eq!(
        read.paths(),
        [
            "site.wacz/archive/data.warc.gz:1",
            "site.wacz/archive/data.warc.gz:2"
        ]
    );
    assert_eq!(
        read.pages[1].from.url.as_deref(),
        Some("https://a.example/2")
    );
}

#[test]
fn spoilt_archives_never_break_the_reader() {
    let parts = [record(1, None), record(2, None), record(3, None)];
    let packed: Vec<u8> = parts.iter().flat_map(|part| gzip(part)).collect();
    for bytes in spoilt(&parts.concat(), 2_000).chain(spoilt(&packed, 2_000)) {
        let read = read("x.warc.gz", bytes);
        assert!(!read.pages.is_empty() || !read.skipped.is_empty());
    }
}

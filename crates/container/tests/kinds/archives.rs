//! ZIP archives, gzip, and both inside each other.

use container::Limits;

use crate::made::{gzip, page, read, read_within, spoilt, zip};

#[test]
fn pages_of_an_archive_are_called_by_their_names() {
    let files = [
        ("saved/a.html", page(1)),
        ("saved/a.png", b"\x89PNG".to_vec()),
        ("../../etc/passwd.html", page(2)),
        ("b.html.gz", gzip(&page(3))),
        ("c.zip", zip(&[("d.html", page(4))])),
    ];
    let read = read("x.zip", zip(&files));
    assert_eq!(
        read.paths(),
        [
            "x.zip/saved/a.html",
            "x.zip/../../etc/passwd.html",
            "x.zip/b.html.gz",
            "x.zip/c.zip/d.html"
        ]
    );
    for (number, given) in read.pages.iter().enumerate() {
        assert_eq!(given.bytes, page(number + 1));
    }
    assert!(
        read.says("1 pictures") && read.skipped.len() == 1,
        "{read:?}"
    );
}

#[test]
fn what_is_no_container_comes_as_it_is() {
    for plain in [
        page(1),
        b"Words of a text.".to_vec(),
        b"%PDF-1.7 x".to_vec(),
        Vec::new(),
    ] {
        let read = read("a", plain.clone());
        assert_eq!((read.pages.len(), &read.pages[0].bytes), (1, &plain));
    }
}

#[test]
fn ten_thousand_small_files_are_read_and_no_more_than_the_limit() {
    let files: Vec<_> = (0..10_000)
        .map(|at| (format!("{at}.html"), page(at)))
        .collect();
    let archive = zip(&files);
    assert_eq!(read("x.zip", archive.clone()).pages.len(), 10_000);
    let limits = Limits {
        members: 101,
        ..Limits::default()
    };
    let few = read_within("x.zip", archive, limits);
    // The archive itself is read where it lies, and is none of them.
    assert!(
        few.pages.len() == 101 && few.says("101 files are read"),
        "{:?}",
        few.skipped
    );
}

#[test]
fn encrypted_files_are_named_and_the_others_read() {
    let mut archive = zip(&[("secret.html", page(1)), ("open.html", page(2))]);
    let list = archive
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .expect("a list");
    archive[6] |= 1;
    archive[list + 8] |= 1;
    let read = read("x.zip", archive);
    assert_eq!(read.paths(), ["x.zip/open.html"]);
    assert!(read.says("encrypted") && read.skipped[0].0 == "x.zip/secret.html");
}

#[test]
fn files_of_one_name_are_counted() {
    let mut archive = zip(&[("a.html", page(1)), ("b.html", page(2))]);
    for at in 0..archive.len() - 6 {
        if &archive[at..at + 6] == b"b.html" {
            archive[at] = b'a';
        }
    }
    let read = read("x.zip", archive);
    assert_eq!(read.pages.len(), 1);
    assert!(
        read.says("1 files that have the name of another"),
        "{read:?}"
    );
}

#[test]
fn files_that_lie_one_over_the_other_are_a_bomb() {
    let archive = zip(&[("k.txt", vec![b'a'; 100_000])]);
    let list = archive
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .expect("a list");
    let end = archive
        .windows(4)
        .position(|four| four == b"PK\x05\x06")
        .expect("an end");
    let (count, mut bomb) = (500u16, archive[..list].to_vec());
    for at in 0..count {
        let mut entry = archive[list..end].to_vec();
        let name = format!("{at:05}");
        entry[46..51].copy_from_slice(name.as_bytes());
        bomb.extend(entry);
    }
    let length = (bomb.len() - list) as u32;
    bomb.extend(&archive[end..end + 8]);
    bomb.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bomb.extend(length.to_le_bytes());
    bomb.extend(&archive[end + 16..]);
    let read = read("x.zip", bomb);
    assert!(
        read.says("one over the other") && read.pages.len() < 400,
        "{}",
        read.pages.len()
    );
}

#[test]
fn what_swells_is_refused_and_what_is_beside_it_read() {
    let bomb = gzip(&vec![b' '; 40 << 20]);
    let read = read(
        "x.zip",
        zip(&[
            ("bomb.gz", bomb),
            ("a.html", page(1)),
            ("c.txt", vec![b' '; 40 << 20]),
        ]),
    );
    assert_eq!(read.paths(), ["x.zip/a.html"]);
    assert_eq!(
        read.skipped
            .iter()
            .filter(|(_, why)| why.contains("swells"))
            .count(),
        2
    );
}

#[test]
fn archives_within_archives_end_somewhere() {
    let mut inner = zip(&[("a.html", page(1))]);
    for _ in 0..20 {
        inner = zip(&[("beside.html", page(2)), ("n.zip", inner)]);
    }
    let deep = read("x.zip", inner);
    assert!(deep.pages.len() > 2 && deep.says("too deep"), "{deep:?}");
    let mut wide = zip(&[("a.html", page(1))]);
    for _ in 0..3 {
        let copies: Vec<_> = (0..16)
            .map(|at| (format!("{at}.zip"), wide.clone()))
            .collect();
        wide = zip(&copies);
    }
    let limits = Limits {
        archives: 100,
        ..Limits::default()
    };
    let read = read_within("x.zip", wide, limits);
    assert!(
        read.says("more than 100") && read.pages.len() <= 100,
        "{}",
        read.pages.len()
    );
}

#[test]
fn a_damaged_member_costs_no_other() {
    let (first, mut second, third) = (gzip(&page(1)), gzip(&page(2)), gzip(&page(3)));
    let middle = second.len() / 2;
    second[12] ^= 0xff;
    second[middle] ^= 0x55;
    let whole = read("a.gz", [first.clone(), third.clone()].concat());
    assert_eq!(whole.pages[0].bytes, [page(1), page(3)].concat());
    assert!(read("a.gz", [first, second, third].concat()).says("damaged gzip"));
    let cut = gzip(&page(1));
    assert!(read("a.gz", cut[..cut.len() - 12].to_vec()).says("breaks off"));
}

#[test]
fn spoilt_archives_never_break_the_reader() {
    let files = [
        ("a.html", page(1)),
        ("b.html.gz", gzip(&page(2))),
        ("c.zip", zip(&[("d.html", page(3))])),
    ];
    let archive = zip(&files);
    for bytes in spoilt(&archive, 2_000).chain(spoilt(&gzip(&archive), 1_000)) {
        let read = read("x.zip", bytes);
        assert!(!read.pages.is_empty() || !read.skipped.is_empty());
    }
}

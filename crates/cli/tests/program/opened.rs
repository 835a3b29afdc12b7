//! Archives, tables, feeds and documents, from the command line into a store.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::run::{Ended, program, run};

/// What the port of a town said: a piece of its own for each town.
fn words(town: &str) -> String {
    format!(
        "The harbour office of {town} reopened the old lock on Monday after two years of repairs, it said in a statement. \
         Ships had waited outside {town} since Friday, and the first of them passed at noon, said the harbour master."
    )
}

fn page(town: &str) -> Vec<u8> {
    format!("<html><head><title>{town} lock reopens</title></head><body><article><h1>{town} lock reopens</h1><p>{}</p></article></body></html>", words(town))
        .into_bytes()
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(plain).unwrap();
    packed.finish().unwrap()
}

fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // The first file of an ODT says in plain bytes what it is.
        let method = match *name {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn warc(towns: &[&str]) -> Vec<u8> {
    let record = |town: &&str| {
        let answer = [
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec(),
            page(town),
        ]
        .concat();
        let head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://{town}.example/lock\r\n\
             Content-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        gzip(&[head.into_bytes(), answer, b"\r\n\r\n".to_vec()].concat())
    };
    towns.iter().flat_map(record).collect()
}

/// One file of each kind; and how many articles they hold together.
fn kinds(dir: &Path) -> usize {
    let docx = format!(
        "<w:document><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>",
        words("Docxham")
    );
    let odt = format!(
        "<office:text><text:p>{}</text:p></office:text>",
        words("Odtham")
    );
    let feed = format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Courier</title><item><title>Feedham lock reopens</title>\
         <link>https://feedham.example/lock</link><content:encoded><![CDATA[<p>{}</p>]]></content:encoded></item></channel></rss>",
        words("Feedham")
    );
    let line = |separator: &str, town: &str| {
        let cells = [
            format!("https://{town}.example/lock"),
            format!("{town} lock"),
            format!("\"{}\"", words(town)),
        ];
        format!(
            "{}\n{}\n",
            ["url", "title", "text"].join(separator),
            cells.join(separator)
        )
    };
    let files: [(&str, Vec<u8>); 9] = [
        ("one.html.gz", gzip(&page("Gzipham"))),
        (
            "pages.zip",
            zip(&[
                ("a.html", page("Ziptown")),
                ("b/c.html.gz", gzip(&page("Zipford"))),
                ("p.png", b"\x89PNG".to_vec()),
            ]),
        ),
        ("crawl.warc.gz", warc(&["Warcham", "Warctown"])),
        (
            "site.wacz",
            zip(&[
                ("datapackage.json", b"{}".to_vec()),
                ("archive/a.warc.gz", warc(&["Waczham"])),
            ]),
        ),
        ("t.csv", line(",", "Commaham").into_bytes()),
        (
            "t.tsv",
            line("\t", "Tabham")
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .fold(b"\xff\xfe".to_vec(), |mut all, byte| {
                    all.push(byte);
                    all
                }),
        ),
        ("feed.xml", feed.into_bytes()),
        (
            "a.docx",
            zip(&[
                ("[Content_Types].xml", b"<Types/>".to_vec()),
                ("word/document.xml", docx.into_bytes()),
            ]),
        ),
        (
            "a.odt",
            zip(&[
                (
                    "mimetype",
                    b"application/vnd.oasis.opendocument.text".to_vec(),
                ),
                ("content.xml", odt.into_bytes()),
            ]),
        ),
    ];
    for (name, bytes) in files {
        fs::write(dir.join(name), bytes).unwrap();
    }
    11
}

fn add(dir: &Path, db: &Path) -> Ended {
    run(
        program().args(["add", "-q"]).arg(dir).arg("--db").arg(db),
        b"",
    )
}

#[test]
fn every_kind_is_extracted_and_kept_once() {
    let place = tempfile::tempdir().unwrap();
    let (dir, db) = (place.path().join("given"), place.path().join("x.db"));
    fs::create_dir(&dir).unwrap();
    let count = kinds(&dir);
    let ended = run(program().args(["extract", "-q"]).arg(&dir), b"");
    assert_eq!(
        (ended.code, ended.stdout.lines().count()),
        (Some(0), count),
        "{}",
        ended.stderr
    );
    for town in [
        "Gzipham", "Ziptown", "Zipford", "Warctown", "Waczham", "Commaham", "Tabham", "Feedham",
        "Docxham", "Odtham",
    ] {
        assert!(ended.stdout.contains(town), "{town}: {}", ended.stderr);
    }
    for path in [
        "one.html.gz\"",
        "pages.zip/b/c.html.gz\"",
        "crawl.warc.gz:2\"",
        "t.csv:1\"",
        "https://Warcham.example/lock",
    ] {
        assert!(
            ended.stdout.to_lowercase().contains(&path.to_lowercase()),
            "{path}"
        );
    }
    assert!(
        ended
            .stderr
            .contains("pages.zip: beside its pages: 1 pictures"),
        "{}",
        ended.stderr
    );
    let first = add(&dir, &db);
    assert!(
        format!("{}{}", first.stdout, first.stderr)
            .contains(&format!("{count} new, 0 changed, 0 known")),
        "{first:?}"
    );
    let second = add(&dir, &db);
    assert!(
        format!("{}{}", second.stdout, second.stderr)
            .contains(&format!("0 new, 0 changed, {count} known")),
        "{second:?}"
    );
    let check = run(program().args(["check", "--db"]).arg(&db), b"");
    assert_eq!(check.code, Some(0), "{check:?}");
}

#[test]
fn records_are_numbered_on_beyond_the_first_piece() {
    let place = tempfile::tempdir().unwrap();
    let table = place.path().join("long.csv");
    // Seventeen rows of one megabyte that are no articles, and then one that is, in the second piece.
    let row = format!("https://a.example/x,,,\"{}\"\n", "x".repeat(1 << 20));
    let last = format!(
        "https://a.example/last,Lock reopens,\"{}\",\n",
        words("Quillmouth")
    );
    fs::write(
        &table,
        format!("url,title,text,note\n{}{last}", row.repeat(17)),
    )
    .unwrap();
    let ended = run(program().args(["extract", "-q"]).arg(&table), b"");
    assert_eq!(ended.stdout.lines().count(), 1, "{}", ended.stderr);
    assert!(
        ended.stdout.contains("long.csv:18\""),
        "{}",
        &ended.stdout[..300]
    );
}

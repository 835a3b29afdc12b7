//! What kind of container something is, by its first bytes; its name is no more than a hint, for tables alone.

use crate::utf16;

/// Bytes that are looked at.
pub(crate) const HEAD: usize = 4 << 10;

/// A container, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Packed by gzip, whatever is in it.
    Gzip,
    /// Web archive records (ISO 28500).
    Warc,
    /// A ZIP archive, WACZ among them.
    Zip,
    /// A table in columns.
    Parquet,
    /// A table in lines, and what separates its columns.
    Table(u8),
    /// RSS, Atom or JSON Feed.
    Feed,
    /// None: a page, a text, a mail, records.
    Other,
}

/// ZIP archives that are one document: their first file says so.
const DOCUMENTS: [&[u8]; 3] = [
    b"[Content_Types].xml",
    b"application/epub+zip",
    b"application/vnd.oasis",
];

/// The root elements of feeds.
const FEEDS: [&str; 3] = ["<rss", "<feed", "<rdf:rdf"];

/// Names of columns, of which a table of articles has one.
const COLUMNS: [&str; 9] = [
    "text", "html", "body", "content", "title", "headline", "url", "link", "article",
];

/// Tells what it is.
pub(crate) fn kind(path: &str, head: &[u8]) -> Kind {
    if let Some(encoding) = utf16::marked(head) {
        let text = encoding.decode_with_bom_removal(head).0;
        return text_kind(path, &text);
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let begins = |magic: &[u8]| start.starts_with(magic);
    if begins(b"\x1f\x8b") {
        return Kind::Gzip;
    }
    if begins(b"WARC/") {
        return Kind::Warc;
    }
    if begins(b"PAR1") {
        return Kind::Parquet;
    }
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        let holds = |name: &&[u8]| start.windows(name.len()).any(|window| window == *name);
        let document = DOCUMENTS.iter().any(holds);
        return if document { Kind::Other } else { Kind::Zip };
    }
    text_kind(path, &String::from_utf8_lossy(start))
}

/// What kind of container a text is.
fn text_kind(path: &str, text: &str) -> Kind {
    let lower = text.trim_start().to_ascii_lowercase();
    let xml = lower.starts_with('<') && !lower.contains("<html");
    if xml && FEEDS.iter().any(|root| lower.contains(root))
        || lower.starts_with('{') && lower.contains("jsonfeed.org/version")
    {
        return Kind::Feed;
    }
    table(path, text).map_or(Kind::Other, Kind::Table)
}

/// What separates a table's columns. A table is named so, or its first line has columns of an article.
fn table(path: &str, text: &str) -> Option<u8> {
    let name = path.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let named = [".csv", ".tsv", ".tab"]
        .iter()
        .any(|end| name.ends_with(end));
    let header = text.lines().next()?;
    let separator = [b'\t', b';', b','].into_iter().max_by_key(|separator| {
        let count = header.bytes().filter(|byte| byte == separator).count();
        // Of as many the first: a title may have a comma.
        (count, std::cmp::Reverse(*separator == b','))
    })?;
    let columns: Vec<String> = header
        .split(char::from(separator))
        .map(|column| column.trim().trim_matches('"').to_ascii_lowercase())
        .collect();
    let of_articles = columns
        .iter()
        .filter(|column| COLUMNS.contains(&column.as_str()))
        .count();
    let plain = |column: &String| !column.is_empty() && column.split_whitespace().count() <= 3;
    let is_header = columns.len() > 1 && columns.iter().all(plain);
    (is_header && (named || of_articles > 1)).then_some(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell_the_kind() {
        let cases: [(&str, &[u8], Kind); 13] = [
            ("a", b"\x1f\x8b\x08", Kind::Gzip),
            ("a", b"WARC/1.0\r\n", Kind::Warc),
            ("a", b"PK\x03\x04 a.html", Kind::Zip),
            ("a", b"PK\x03\x04 [Content_Types].xml", Kind::Other),
            ("a", b"PAR1", Kind::Parquet),
            ("a", b"<?xml version='1.0'?><rss version='2.0'>", Kind::Feed),
            ("a", b"<html><body>&lt;rss</body>", Kind::Other),
            (
                "a",
                b"url,title,text\nhttps://a.example,A,B",
                Kind::Table(b','),
            ),
            ("a.csv", b"id;datum\n1;2", Kind::Table(b';')),
            ("a", b"title\ttext\nA\tB", Kind::Table(b'\t')),
            (
                "a.txt",
                b"Text, title and url, he said, were lost.\n",
                Kind::Other,
            ),
            ("a", b"The mayor spoke.\n", Kind::Other),
            (
                "a",
                b"{\"version\": \"https://jsonfeed.org/version/1.1\"",
                Kind::Feed,
            ),
        ];
        for (path, head, wanted) in cases {
            assert_eq!(
                kind(path, head),
                wanted,
                "{}",
                String::from_utf8_lossy(head)
            );
        }
    }
}

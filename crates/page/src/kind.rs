//! In: bytes and, as a hint only, the name they were found under. Out: what kind of file they
//! are, or why they are not read. Refuses binary data and the kinds that are known and not read.

use model::SkipReason;

use crate::decode;

/// What a file's content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A web page.
    Html,
    /// Plain text.
    Text,
    /// A JSON object a line.
    Jsonl,
}

/// Files that are known by their first bytes. What ends in no reader yet stands here by name, so
/// that its reader has one place to be entered.
const MAGIC: [(&[u8], &str); 26] = [
    (b"\x1f\x8b", "a gzip file (decompress it first)"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"%PDF-", "a PDF"),
    (b"WARC/", "a WARC file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a rar archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x89PNG", ""),
    (b"\xff\xd8\xff", ""),
    (b"GIF8", ""),
    (b"RIFF", ""),
    (b"\x7fELF", ""),
    (b"MZ\x90", ""),
    (b"\xca\xfe\xba\xbe", ""),
    (b"OggS", ""),
    (b"ID3", ""),
    (b"\0\0\x01\0", ""),
    (b"II*\0", ""),
    (b"MM\0*", ""),
    (b"wOF", ""),
];

/// XML vocabularies, by root element.
const XML_ROOTS: [(&str, &str); 7] = [
    ("rss", "an RSS feed"),
    ("feed", "an Atom feed"),
    ("rdf:rdf", "an RSS feed"),
    ("opml", "an OPML list"),
    ("urlset", "a sitemap"),
    ("sitemapindex", "a sitemap"),
    ("svg", "an SVG image"),
];

/// Elements that make a file without a doctype HTML.
const HTML_TAGS: [&str; 16] = [
    "<p", "<div", "<article", "<body", "<head", "<html", "<h1", "<span", "<a", "<meta", "<table",
    "<section", "<title", "<ul", "<br", "<script",
];

/// One in so many of the first bytes may be a control character.
const CONTROL_SHARE: usize = 50;

/// Bytes looked at.
const WINDOW: usize = 16 << 10;

/// Lines of a file that are tried as records before it is said to be no JSONL.
const TRIED_LINES: usize = 20;

/// Tells binary from text, by the raw bytes.
pub(crate) fn refuse(bytes: &[u8]) -> Option<SkipReason> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if start.trim_ascii().is_empty() {
        return Some(SkipReason::Empty);
    }
    for (magic, what) in MAGIC {
        if start.starts_with(magic) {
            return Some(match what {
                "" => SkipReason::Binary,
                what => SkipReason::Unsupported(what.to_owned()),
            });
        }
    }
    if encoding_rs::Encoding::for_bom(bytes).is_some()
        || decode::utf16_without_mark(bytes).is_some()
    {
        return None;
    }
    // A stray zero byte happens in old pages; a file full of control characters is no text.
    let window = &bytes[..bytes.len().min(WINDOW)];
    let strange = window
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
        .count();
    let zeros = bytes.iter().filter(|&&byte| byte == 0).count();
    (strange * CONTROL_SHARE > window.len() || zeros * 1000 > bytes.len())
        .then_some(SkipReason::Binary)
}

/// Tells the kinds of text apart.
pub(crate) fn of(path: &str, text: &str) -> Result<Kind, SkipReason> {
    let start = text.trim_start();
    match start.as_bytes().first() {
        Some(b'{') => json(path, start),
        Some(b'[') if start[1..].trim_start().starts_with('{') => Err(SkipReason::BadRecord(
            "a JSON array; write each of its objects on a line of its own".to_owned(),
        )),
        Some(b'<') => markup(start),
        _ if named_jsonl(path) => Ok(Kind::Jsonl),
        _ if tags(window(start)) >= 3 => Ok(Kind::Html),
        _ => Ok(Kind::Text),
    }
}

fn json(path: &str, start: &str) -> Result<Kind, SkipReason> {
    let object =
        |line: &str| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok() && is_object(line);
    let mut lines = start
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .peekable();
    if lines.clone().take(TRIED_LINES).any(object) {
        if lines
            .peek()
            .is_some_and(|line| line.contains("jsonfeed.org/version"))
        {
            return Err(SkipReason::Unsupported("a JSON Feed".to_owned()));
        }
        return Ok(Kind::Jsonl);
    }
    let mut several = lines.clone();
    if several
        .next()
        .is_some_and(|line| line == "{" || line.starts_with("{\""))
        && several.next().is_some_and(|line| !line.starts_with('{'))
        && serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok()
    {
        return Err(SkipReason::BadRecord(
            "one JSON object over several lines; write each object on one line".to_owned(),
        ));
    }
    let quoted = start[1..].trim_start().starts_with('"');
    if quoted || named_jsonl(path) {
        Ok(Kind::Jsonl)
    } else {
        Ok(Kind::Text)
    }
}

fn is_object(line: &str) -> bool {
    line.starts_with('{')
}

fn named_jsonl(path: &str) -> bool {
    let name = path.to_ascii_lowercase();
    [".jsonl", ".ndjson", ".jsonlines"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn markup(start: &str) -> Result<Kind, SkipReason> {
    let window = window(start);
    if let Some(what) = xml_root(window) {
        return Err(SkipReason::Unsupported(what.to_owned()));
    }
    let lower = window.to_ascii_lowercase();
    let declared = lower.starts_with("<!doctype html") || lower.contains("<html");
    if declared || tags(window) >= 1 {
        return Ok(Kind::Html);
    }
    if lower.starts_with("<?xml") {
        return Err(SkipReason::Unsupported(
            "XML of an unknown vocabulary".to_owned(),
        ));
    }
    Ok(Kind::Text)
}

fn window(text: &str) -> &str {
    &text[..text.floor_char_boundary(WINDOW)]
}

/// The known vocabulary of the first element, behind declarations and comments.
fn xml_root(mut rest: &str) -> Option<&'static str> {
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let end = match rest.as_bytes().first()? {
            b'?' => rest.find("?>")? + 2,
            b'!' if rest.starts_with("!--") => rest.find("-->")? + 3,
            b'!' => rest.find('>')? + 1,
            _ => break,
        };
        rest = &rest[end..];
    }
    let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    let name = rest[..end].to_ascii_lowercase();
    XML_ROOTS
        .iter()
        .find(|(root, _)| *root == name)
        .map(|(_, what)| *what)
}

/// HTML tags in a text, counted up to a few.
fn tags(window: &str) -> usize {
    let lower = window.to_ascii_lowercase();
    let bytes = lower.as_bytes();
    let mut count = 0;
    for (at, _) in lower.match_indices('<') {
        let rest = &lower[at..];
        if HTML_TAGS.iter().any(|tag| {
            rest.starts_with(tag)
                && bytes
                    .get(at + tag.len())
                    .is_some_and(|b| b" >/\t\n\r".contains(b))
        }) {
            count += 1;
            if count == 3 {
                break;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_kind() {
        let cases = [
            ("a", "<!DOCTYPE html><html><p>x", Ok(Kind::Html)),
            ("a.txt", "<div><p>One</p></div>", Ok(Kind::Html)),
            (
                "a.html",
                "A plain line.\n\nAnother < third.",
                Ok(Kind::Text),
            ),
            (
                "a.txt",
                "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}",
                Ok(Kind::Jsonl),
            ),
            ("a", "{not json\n{\"text\": \"Two.\"}", Ok(Kind::Jsonl)),
            ("a.jsonl", "not json", Ok(Kind::Jsonl)),
            ("a", "{curly braces open a story}", Ok(Kind::Text)),
        ];
        for (path, text, kind) in cases {
            assert_eq!(of(path, text), kind, "{text}");
        }
        for text in [
            "<?xml version='1.0'?><rss version='2.0'></rss>",
            "<?xml version='1.0'?><!-- x --><feed xmlns='x'>",
            "<opml version='2.0'>",
        ] {
            assert!(
                matches!(of("a", text), Err(SkipReason::Unsupported(_))),
                "{text}"
            );
        }
        assert!(matches!(
            of("a", "{\n\"text\": \"x\"\n}"),
            Err(SkipReason::BadRecord(_))
        ));
        assert!(matches!(
            of("a", "[\n{\"text\": \"x\"}]"),
            Err(SkipReason::BadRecord(_))
        ));
    }

    #[test]
    fn binary_data_is_refused() {
        assert_eq!(refuse(b" \n\t"), Some(SkipReason::Empty));
        assert_eq!(refuse(b"\x89PNG\r\n\x1a\n"), Some(SkipReason::Binary));
        assert_eq!(
            refuse(&[0, 1, 2, 3, 0, 0, 5, 9, 0, 0, 0, 7]),
            Some(SkipReason::Binary)
        );
        assert!(matches!(
            refuse(b"%PDF-1.7"),
            Some(SkipReason::Unsupported(_))
        ));
        assert_eq!(refuse(b"words"), None);
        assert_eq!(refuse("\u{feff}words".as_bytes()), None);
    }
}

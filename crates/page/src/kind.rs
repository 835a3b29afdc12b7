//! In: bytes and, as a hint only, the name they were found under. Out: what kind of file they
//! are, or why they are not read. Refuses binary data, the kinds that are known and not read, and
//! text that is no prose.

use std::borrow::Cow;

use model::SkipReason;

use crate::decode::{self, Decoded};
use crate::{lines, mail, not_prose};

/// What a file's content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A web page.
    Html,
    /// Plain text.
    Text,
    /// A JSON object a line.
    Jsonl,
    /// JSON whose objects stand in an array or over several lines.
    Json,
    /// An e-mail, or a web page saved as one (MHTML).
    Mail,
    /// A PDF.
    Pdf,
    /// A text document of an office: DOCX, ODT.
    Office,
}

/// Tells what bytes are, and decodes what is text. A mail is not decoded: each of its parts has a
/// charset of its own.
pub(crate) fn tell<'b>(path: &str, bytes: &'b [u8]) -> Result<(Kind, Decoded<'b>), SkipReason> {
    if mail::is_mail(bytes) {
        return Ok((Kind::Mail, Decoded::nothing()));
    }
    if let Some(document) = document(bytes) {
        return Ok((document, Decoded::nothing()));
    }
    if let Some(reason) = refuse(bytes) {
        return Err(reason);
    }
    let decoded = decode::decode(bytes);
    if decoded.text.chars().all(lines::blank) {
        return Err(SkipReason::Empty);
    }
    Ok((of(path, &decoded.text)?, decoded))
}

/// Files that are known by their first bytes, with what to do about them. What ends in no reader
/// yet stands here by name, so that its reader has one place to be entered.
const MAGIC: [(&[u8], &str); 25] = [
    (
        b"\x1f\x8b",
        "a gzip file inside another file (unpack it first)",
    ),
    (
        b"WARC/",
        "a WARC file inside another file (unpack it first)",
    ),
    (b"BZh", "a bzip2 file (decompress it first)"),
    (b"\xfd7zXZ\0", "an xz file (decompress it first)"),
    (b"\x28\xb5\x2f\xfd", "a zstd file (decompress it first)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive (unpack it first)"),
    (b"Rar!\x1a", "a rar archive (unpack it first)"),
    (
        b"\xd0\xcf\x11\xe0",
        "an office document (save it as text or HTML)",
    ),
    (b"{\\rtf", "an RTF document (save it as text or HTML)"),
    (
        b"PAR1",
        "a Parquet file inside another file (unpack it first)",
    ),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"bplist00", "a property list"),
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

/// What a zip archive is that holds one text document, by names that stand in its first bytes.
const DOCUMENTS: [&[u8]; 2] = [b"[Content_Types].xml", b"application/vnd.oasis"];
const BOOK: (&[u8], &str) = (
    b"application/epub+zip",
    "an e-book (save it as text or HTML)",
);
const ZIP: (&[u8], &str) = (b"PK\x03\x04", "a zip archive (unpack it first)");

/// XML vocabularies, by root element.
const XML_ROOTS: [(&str, &str); 6] = [
    ("rss", "an RSS feed"),
    ("feed", "an Atom feed"),
    ("rdf:rdf", "an RSS feed"),
    ("opml", "an OPML list"),
    ("urlset", "a sitemap"),
    ("sitemapindex", "a sitemap"),
];

/// XML that never holds an article, by root element.
const XML_OTHER: [(&str, &str); 2] = [("svg", "an SVG image"), ("plist", "a property list")];

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

/// Tells documents that have a reader of their own.
fn document(bytes: &[u8]) -> Option<Kind> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if start.starts_with(b"%PDF-") {
        return Some(Kind::Pdf);
    }
    let office = start.starts_with(ZIP.0) && DOCUMENTS.iter().any(|name| holds(start, name));
    office.then_some(Kind::Office)
}

/// Whether the first bytes have a name in them.
fn holds(start: &[u8], name: &[u8]) -> bool {
    let head = &start[..start.len().min(WINDOW)];
    head.windows(name.len()).any(|window| window == name)
}

/// Tells binary from text, by the raw bytes.
fn refuse(bytes: &[u8]) -> Option<SkipReason> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if start.trim_ascii().is_empty() {
        return Some(SkipReason::Empty);
    }
    if start.starts_with(ZIP.0) {
        let what = match holds(start, BOOK.0) {
            true => BOOK.1,
            false => ZIP.1,
        };
        return Some(SkipReason::Unsupported(what.to_owned()));
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
fn of(path: &str, text: &str) -> Result<Kind, SkipReason> {
    let start = text.trim_start();
    match start.as_bytes().first() {
        Some(b'{') => return json(path, start),
        Some(b'[') if is_array(start) => return Ok(Kind::Json),
        Some(b'<') => return markup(start),
        _ if named_jsonl(path) => return Ok(Kind::Jsonl),
        _ => {}
    }
    let window = window(start);
    let html = tags(window) >= 3;
    // A script that writes markup is no page.
    let words = if html {
        without_tags(window)
    } else {
        window.into()
    };
    match not_prose::what(&words) {
        Some(what) => Err(SkipReason::NoPage(what.to_owned())),
        None if html => Ok(Kind::Html),
        None => Ok(Kind::Text),
    }
}

/// Whether a text that opens with a bracket is a JSON array: of objects, or else whole.
fn is_array(start: &str) -> bool {
    let inside = start[1..].trim_start();
    inside.starts_with('{') || serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok()
}

fn json(path: &str, start: &str) -> Result<Kind, SkipReason> {
    if window(start).contains("jsonfeed.org/version") {
        return Err(SkipReason::Unsupported("a JSON Feed".to_owned()));
    }
    let object =
        |line: &str| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok() && is_object(line);
    let lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines.take(TRIED_LINES).any(object) {
        return Ok(Kind::Jsonl);
    }
    let quoted = start[1..].trim_start().starts_with('"');
    let first = start.lines().next().unwrap_or_default().trim_end();
    if quoted && !first.ends_with('}') && start.trim_end().len() > first.len() {
        return Ok(Kind::Json);
    }
    if quoted || named_jsonl(path) {
        return Ok(Kind::Jsonl);
    }
    match not_prose::what(window(start)) {
        Some(what) => Err(SkipReason::NoPage(what.to_owned())),
        None => Ok(Kind::Text),
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
    if let Some(root) = xml_root(window) {
        let of = |known: &'static [(&str, &str)]| known.iter().find(|(name, _)| *name == root);
        if let Some((_, what)) = of(&XML_ROOTS) {
            return Err(SkipReason::Unsupported((*what).to_owned()));
        }
        if let Some((_, what)) = of(&XML_OTHER) {
            let what = match window.contains("<key>URL</key>") {
                true => not_prose::ADDRESS,
                false => what,
            };
            return Err(SkipReason::NoPage(what.to_owned()));
        }
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
    match not_prose::what(window) {
        Some(what) => Err(SkipReason::NoPage(what.to_owned())),
        None => Ok(Kind::Text),
    }
}

/// A text without what stands between angle brackets.
fn without_tags(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn window(text: &str) -> &str {
    &text[..text.floor_char_boundary(WINDOW)]
}

/// The name of the first element, in lower case, behind declarations and comments.
fn xml_root(mut rest: &str) -> Option<String> {
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
    Some(rest[..end].to_ascii_lowercase())
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
        for text in [
            "{\n\"text\": \"x\"\n}",
            "{\"text\":\n\"x\"}",
            "[\n{\"text\": \"x\"}]",
            "[1, 2]",
        ] {
            assert_eq!(of("a", text), Ok(Kind::Json), "{text}");
        }
        assert_eq!(of("a", "[The mayor spoke on Monday.]"), Ok(Kind::Text));
        for text in [
            "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>",
            "<?xml version='1.0'?><plist version='1.0'><dict><key>URL</key></dict></plist>",
            "document.write('<div><p>x</p><p>y</p></div>');\nvar a = 1;",
        ] {
            assert!(
                matches!(of("a", text), Err(SkipReason::NoPage(_))),
                "{text}"
            );
        }
    }

    #[test]
    fn binary_data_is_refused() {
        assert_eq!(refuse(b" \n\t"), Some(SkipReason::Empty));
        assert_eq!(refuse(b"\x89PNG\r\n\x1a\n"), Some(SkipReason::Binary));
        assert_eq!(
            refuse(&[0, 1, 2, 3, 0, 0, 5, 9, 0, 0, 0, 7]),
            Some(SkipReason::Binary)
        );
        assert_eq!(document(b"%PDF-1.7"), Some(Kind::Pdf));
        assert_eq!(refuse(b"words"), None);
        assert_eq!(refuse("\u{feff}words".as_bytes()), None);
    }
}

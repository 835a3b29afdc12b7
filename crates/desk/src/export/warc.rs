//! The original pages as a WARC 1.1 file (ISO 28500:2017), a gzip member a record, so that any tool for web
//! archives reads them: bytes unaltered, with their hash and the time they were fetched.

use std::io::{self, Write};

use data_encoding::BASE32;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use store::{Reader, Version};

use super::ExportError;

/// Versions that are read together.
const TOGETHER: u32 = 256;

/// Writes every version's bytes.
///
/// # Errors
/// Those of the store and of `out`.
pub fn warc(store: &Reader, out: &mut dyn Write, seen: &dyn Fn(usize)) -> Result<(), ExportError> {
    let last = store.batches()?.last().map_or(0, |batch| batch.2);
    let date = Timestamp::from_second(last).unwrap_or_default().to_string();
    let about = "software: Crossread\r\nformat: WARC File Format 1.1\r\n";
    record(
        out,
        &[
            ("WARC-Type", "warcinfo"),
            ("WARC-Date", date.as_str()),
            ("WARC-Record-ID", "<urn:crossread:export>"),
            ("Content-Type", "application/warc-fields"),
        ],
        about.as_bytes(),
    )?;
    let len = store.stream()?.len;
    for first in (0..len).step_by(TOGETHER as usize) {
        for version in store.versions_between(first, first.saturating_add(TOGETHER - 1))? {
            let bytes = store.original(version.seq)?;
            write(out, &version, &bytes)?;
            seen(1);
        }
    }
    Ok(())
}

fn write(out: &mut dyn Write, version: &Version, bytes: &[u8]) -> io::Result<()> {
    let article = &version.article;
    let id = format!(
        "<urn:crossread:{}:{}>",
        field(article.id.as_str()),
        version.number
    );
    let address = match &article.url {
        Some(url) => url.clone(),
        None => format!("file://{}", article.path),
    };
    let date = Timestamp::from_second(version.fetched)
        .unwrap_or_default()
        .to_string();
    let digest = format!("sha256:{}", BASE32.encode(&article.sha256.0));
    let kind = match bytes.iter().find(|b| !b.is_ascii_whitespace()) {
        Some(b'<') => "text/html",
        Some(b'{') => "application/json",
        _ => "text/plain",
    };
    let headers = [
        ("WARC-Type", "resource"),
        ("WARC-Record-ID", id.as_str()),
        ("WARC-Date", date.as_str()),
        ("WARC-Target-URI", &field(&address)),
        ("WARC-Payload-Digest", digest.as_str()),
        ("WARC-Block-Digest", digest.as_str()),
        ("Content-Type", kind),
    ];
    record(out, &headers, bytes)
}

/// Words of a page in a header: one line, no blank.
fn field(words: &str) -> String {
    let plain = |c: char| {
        if c.is_control() || c.is_whitespace() {
            '_'
        } else {
            c
        }
    };
    words.chars().map(plain).collect()
}

fn record(out: &mut dyn Write, headers: &[(&str, &str)], bytes: &[u8]) -> io::Result<()> {
    let mut member = GzEncoder::new(out, Compression::default());
    member.write_all(b"WARC/1.1\r\n")?;
    for (name, value) in headers {
        write!(member, "{name}: {value}\r\n")?;
    }
    write!(member, "Content-Length: {}\r\n\r\n", bytes.len())?;
    member.write_all(bytes)?;
    member.write_all(b"\r\n\r\n")?;
    member.finish()?;
    Ok(())
}

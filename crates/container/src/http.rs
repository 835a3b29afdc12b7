//! An answer of HTTP/1 as an archive keeps it. In: its bytes. Out: its status, its type, and its body as the reader of
//! the page had it. Refuses what has no head.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::Limits;
use crate::limited::{Counted, Limited};

/// An answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// `200`.
    pub status: u16,
    /// `text/html`, in small letters, without its parameters.
    pub kind: String,
    /// The body, unpacked.
    pub body: Vec<u8>,
}

/// Reads an answer; `None` where there is no head.
pub(crate) fn answer(bytes: &[u8], limits: Limits) -> io::Result<Option<Answer>> {
    let Some((head, body)) = split_head(bytes) else {
        return Ok(None);
    };
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    let Some(status) = status else {
        return Ok(None);
    };
    let (mut kind, mut chunked, mut encodings) = (String::new(), false, Vec::new());
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => {
                kind = value
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
            }
            "transfer-encoding" => chunked = value.contains("chunked"),
            "content-encoding" => {
                encodings.extend(value.split(',').map(|one| one.trim().to_owned()));
            }
            _ => {}
        }
    }
    // Some archives keep the head of a chunked answer beside a body that is not.
    let whole = chunked.then(|| unchunked(body)).flatten();
    let mut body = whole.unwrap_or_else(|| body.to_vec());
    for encoding in encodings.iter().rev() {
        body = unpacked(encoding, body, limits)?;
    }
    Ok(Some(Answer { status, kind, body }))
}

/// The head and what comes behind its blank line.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if !bytes.starts_with(b"HTTP/") {
        return None;
    }
    for blank in [&b"\r\n\r\n"[..], b"\n\n"] {
        if let Some(at) = bytes
            .windows(blank.len())
            .position(|window| window == blank)
        {
            return Some((&bytes[..at], &bytes[at + blank.len()..]));
        }
    }
    None
}

/// A body out of its chunks; `None` where it is not in chunks.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(whole);
        }
        // One that breaks off is read as far as it goes.
        let chunk = &rest[..size.min(rest.len())];
        whole.extend_from_slice(chunk);
        rest = rest.get(size + 2..).unwrap_or_default();
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

/// A body without one of its encodings. What says that it is packed and is not is given as it is.
fn unpacked(encoding: &str, body: Vec<u8>, limits: Limits) -> io::Result<Vec<u8>> {
    let (packed, count) = Counted::new(&body[..]);
    let reader: Box<dyn Read + '_> = match encoding {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => Box::new(MultiGzDecoder::new(packed)),
        "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) => {
            Box::new(ZlibDecoder::new(packed))
        }
        "deflate" => Box::new(DeflateDecoder::new(packed)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(packed, 4_096)),
        "zstd" => {
            let why = "a body packed by zstd";
            return Err(io::Error::new(io::ErrorKind::Unsupported, why));
        }
        _ => return Ok(body),
    };
    let mut plain = Vec::new();
    let limited = Limited::new(reader, count, limits);
    let read = limited.take(limits.page + 1).read_to_end(&mut plain);
    match read {
        // What breaks off is read as far as it goes.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(plain),
        Err(error) => Err(error),
        Ok(_) => Ok(plain),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(plain: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(plain).expect("memory");
        packed.finish().expect("memory")
    }

    #[test]
    fn bodies_are_unpacked_as_they_were_sent() {
        let packed = gzip(b"<p>The lock reopened.</p>");
        let mut sent = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        sent.extend(format!("{:x}\r\n", packed.len()).bytes());
        sent.extend(&packed);
        sent.extend(b"\r\n0\r\n\r\n");
        let read = answer(&sent, Limits::default())
            .expect("reads")
            .expect("an answer");
        assert_eq!((read.status, read.kind.as_str()), (200, "text/html"));
        assert_eq!(read.body, b"<p>The lock reopened.</p>");
        // Already unpacked, the head as it was.
        let kept =
            b"HTTP/1.1 404 Not Found\nContent-Encoding: gzip\nTransfer-Encoding: chunked\n\nGone";
        let read = answer(kept, Limits::default())
            .expect("reads")
            .expect("an answer");
        assert_eq!((read.status, &read.body[..]), (404, &b"Gone"[..]));
        assert_eq!(answer(b"<html>", Limits::default()).expect("reads"), None);
    }

    #[test]
    fn a_body_that_swells_is_refused() {
        let packed = gzip(&vec![b' '; 40 << 20]);
        let mut sent = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        sent.extend(packed);
        assert!(answer(&sent, Limits::default()).is_err());
    }
}

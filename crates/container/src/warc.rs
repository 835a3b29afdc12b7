//! Records of a web archive (WARC/1.0 and 1.1, ISO 28500). In: a stream, unpacked. Out: the pages that were answered
//! with, a record at a time, and at the end what else was there, counted. What is broken is named, and the next
//! record is looked for.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use model::{Locator, SkipReason};

use crate::{Input, Limits, Step, http, skipped};

/// Bytes of a record's head.
const HEAD: u64 = 64 << 10;
/// Bytes of the head of an answer that come with its body.
const ANSWER_HEAD: u64 = 64 << 10;

/// Kinds of content that can be an article.
const PAGES: [&str; 6] = [
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "message/rfc822",
    "multipart/related",
];

/// Where a record begins.
const RECORD: &[u8] = b"WARC/1.";
/// What is said of records that end before or behind where they say.
const WRONG_LENGTH: &str = "records that say a wrong length";

/// A stream into which something that was read can be put back.
struct Stream {
    back: Cursor<Vec<u8>>,
    rest: BufReader<Box<dyn Read + Send>>,
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.back.get_ref().len() as u64 > self.back.position();
        match left {
            true => self.back.fill_buf(),
            false => self.rest.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        let left = self.back.get_ref().len() as u64 > self.back.position();
        match left {
            true => self.back.consume(count),
            false => self.rest.consume(count),
        }
    }
}

impl Stream {
    /// Puts back what was read last.
    fn put_back(&mut self, mut bytes: Vec<u8>) {
        let from = self.back.position() as usize;
        bytes.extend_from_slice(self.back.get_ref().get(from..).unwrap_or_default());
        self.back = Cursor::new(bytes);
    }

    /// Whether a record can end here: at a blank line, at the next one, at the end.
    fn at_end(&mut self) -> bool {
        self.fill_buf().is_ok_and(|next| {
            next.is_empty()
                || next.starts_with(b"\r")
                || next.starts_with(b"\n")
                || next.starts_with(RECORD)
        })
    }

    /// Passes over a block that is not held, up to the next record at most. Gives whether it is as long as it says.
    fn pass(&mut self, mut length: u64) -> io::Result<bool> {
        let mut line = Vec::new();
        let mut blank = false;
        while length > 0 {
            line.clear();
            let read = self
                .by_ref()
                .take(length.min(HEAD))
                .read_until(b'\n', &mut line)?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if blank && line.starts_with(RECORD) {
                self.put_back(line);
                return Ok(false);
            }
            blank = line.trim_ascii().is_empty();
            length -= read as u64;
        }
        Ok(true)
    }
}

/// The records of an archive.
pub(crate) struct Records {
    path: String,
    reader: Stream,
    limits: Limits,
    number: u64,
    /// What was no page, by what it was.
    besides: BTreeMap<&'static str, u64>,
    done: bool,
}

/// The head of a record.
#[derive(Default)]
struct Head {
    kind: String,
    target: Option<String>,
    content: String,
    length: u64,
}

impl Records {
    pub(crate) fn new(path: String, reader: Box<dyn Read + Send>, limits: Limits) -> Self {
        Self {
            path,
            reader: Stream {
                back: Cursor::default(),
                rest: BufReader::with_capacity(256 << 10, reader),
            },
            limits,
            number: 0,
            besides: BTreeMap::new(),
            done: false,
        }
    }

    /// The next record's head; `None` at the end.
    fn head(&mut self) -> io::Result<Option<Head>> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if self
                .reader
                .by_ref()
                .take(HEAD)
                .read_until(b'\n', &mut line)?
                == 0
            {
                return Ok(None);
            }
            // Between records stand blank lines; what else stands there is left of one that was cut.
            if line.starts_with(b"WARC/") {
                self.number += 1;
                break;
            }
        }
        let mut head = Head::default();
        let mut left = HEAD;
        loop {
            line.clear();
            let read = self
                .reader
                .by_ref()
                .take(left)
                .read_until(b'\n', &mut line)?;
            left = left.saturating_sub(read as u64);
            let text = String::from_utf8_lossy(&line);
            let text = text.trim();
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if left == 0 {
                let why = format!("a record whose head has more than {} KB", HEAD >> 10);
                return Err(io::Error::other(why));
            }
            if text.is_empty() {
                return Ok(Some(head));
            }
            let Some((name, value)) = text.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => {
                    // Some writers put it in angle brackets.
                    let address = value.trim_matches(['<', '>']);
                    head.target = Some(address.to_owned());
                }
                "content-type" => {
                    let kind = value.split(';').next().unwrap_or_default();
                    head.content = kind.trim().to_ascii_lowercase();
                }
                "content-length" => {
                    head.length = value
                        .parse()
                        .map_err(|_| io::Error::other("a record whose length is no number"))?;
                }
                _ => {}
            }
        }
    }

    /// A record's block. One that runs into the next record ends before it, whatever it says.
    fn block(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut block = Vec::new();
        self.reader.by_ref().take(length).read_to_end(&mut block)?;
        let whole = block.len() as u64 == length;
        if whole && self.reader.at_end() {
            return Ok(block);
        }
        let next = block
            .windows(RECORD.len() + 1)
            .position(|window| window[0] == b'\n' && &window[1..] == RECORD);
        if let Some(end) = next {
            let rest = block.split_off(end + 1);
            self.reader.put_back(rest);
            block.truncate(block.trim_ascii_end().len());
        } else if !whole {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        *self.besides.entry(WRONG_LENGTH).or_default() += 1;
        Ok(block)
    }

    /// A record's page; or what else it is, to be counted.
    fn page(&mut self, head: &Head) -> io::Result<Result<Vec<u8>, &'static str>> {
        let is_page = match head.kind.as_str() {
            // Of an answer only its own head says what it is.
            "response" => head
                .target
                .as_deref()
                .is_some_and(|url| url.starts_with("http")),
            "resource" | "conversion" => PAGES.contains(&head.content.as_str()),
            _ => false,
        };
        let over = head.length > self.limits.page + ANSWER_HEAD;
        let block = match over {
            true => {
                if !self.reader.pass(head.length)? {
                    return Ok(Err(WRONG_LENGTH));
                }
                Vec::new()
            }
            false => self.block(head.length)?,
        };
        if over || !is_page {
            return Ok(Err(match head.kind.as_str() {
                _ if is_page => "too large",
                "revisit" => "seen before and not changed",
                "resource" | "conversion" => "pictures, scripts and the like",
                "response" => "answers of other protocols",
                _ => "requests and notes of the archive",
            }));
        }
        if head.kind != "response" {
            return Ok(Ok(block));
        }
        let answer = match http::answer(&block, self.limits) {
            Ok(answer) => answer,
            Err(_) => return Ok(Err("packed so that they cannot be read")),
        };
        let Some(answer) = answer else {
            return Ok(Err("answers without a head"));
        };
        Ok(match answer.status {
            200 | 203 | 206 if PAGES.contains(&answer.kind.as_str()) || answer.kind.is_empty() => {
                Ok(answer.body)
            }
            200 | 203 | 206 => Err("pictures, scripts and the like"),
            300..400 => Err("redirects"),
            _ => Err("errors of the server"),
        })
    }
}

impl Iterator for Records {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        while !self.done {
            let read = self.head().and_then(|head| {
                let Some(head) = head else { return Ok(None) };
                Ok(Some((self.page(&head)?, head.target)))
            });
            match read {
                Ok(Some((Ok(bytes), url))) => {
                    return Some(Step::Page(Input {
                        path: format!("{}:{}", self.path, self.number),
                        bytes,
                        from: Locator {
                            url,
                            ..Locator::default()
                        },
                    }));
                }
                Ok(Some((Err(what), _))) => *self.besides.entry(what).or_default() += 1,
                Ok(None) => self.done = true,
                Err(error) => {
                    // A record that is wrong is one, and so is a packed one that is damaged; a stream that fails fails again.
                    let one = [io::ErrorKind::Other, io::ErrorKind::InvalidData];
                    self.done = !one.contains(&error.kind());
                    let place = format!("{}:{}", self.path, self.number);
                    return Some(Step::Skip(skipped(&place, SkipReason::from(&error))));
                }
            }
        }
        let besides = std::mem::take(&mut self.besides);
        if besides.is_empty() {
            return None;
        }
        let counted: Vec<String> = besides
            .iter()
            .map(|(what, count)| format!("{count} {what}"))
            .collect();
        let reason = SkipReason::Besides(counted.join(", "));
        Some(Step::Skip(skipped(&self.path, reason)))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Limits, Source, inputs};

    fn record(kind: &str, url: &str, block: &str) -> String {
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-10-07T10:00:00Z\r\n\
             Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    #[test]
    fn pages_come_a_record_at_a_time_and_the_rest_is_counted() {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The lock reopened.</p>";
        let picture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{89}PNG";
        let moved = "HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n";
        let archive = [
            record("warcinfo", "", "software: x"),
            record("response", "https://a.example/lock", page),
            record("response", "<https://a.example/p.png>", picture),
            record("response", "https://a.example/old", moved),
            record("revisit", "https://a.example/lock", ""),
            "rubbish\r\n".to_owned(),
            record("response", "https://b.example/lock", page),
        ]
        .concat();
        let read: Vec<_> = inputs(
            "x.warc",
            Source::from(archive.clone().into_bytes()),
            Limits::default(),
        )
        .collect();
        let pages: Vec<_> = read.iter().flatten().collect();
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[0].path, "x.warc:2");
        assert_eq!(pages[0].from.url.as_deref(), Some("https://a.example/lock"));
        assert_eq!(pages[0].bytes, b"<p>The lock reopened.</p>");
        let rest = read
            .last()
            .expect("a line")
            .as_ref()
            .expect_err("what is no page");
        let told = rest.reason.to_string();
        assert!(
            told.contains("1 redirects") && told.contains("1 seen before"),
            "{told}"
        );
        // One that breaks off gives what is whole.
        let cut = archive.into_bytes()[..700].to_vec();
        let read: Vec<_> = inputs("x.warc", Source::from(cut), Limits::default()).collect();
        assert_eq!(read.iter().flatten().count(), 1);
        assert!(read.iter().flat_map(|one| one.as_ref().err()).count() >= 1);
    }
}

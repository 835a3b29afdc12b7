//! Containers for the tests, and what is in them.

use std::io::{Cursor, Write};

use container::{Input, Limits, Source, inputs};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A page that is told from others by its number.
pub fn page(number: usize) -> Vec<u8> {
    format!(
        "<html><h1>Lock {number}</h1><p>Lock {number} of Quillmouth reopened on Monday.</p></html>"
    )
    .into_bytes()
}

/// Packed by gzip.
pub fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(plain).expect("memory");
    packed.finish().expect("memory")
}

/// A ZIP archive of files.
pub fn zip<N: AsRef<str>>(files: &[(N, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive
            .start_file(name.as_ref(), SimpleFileOptions::default())
            .expect("memory");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// What a container gave.
#[derive(Debug)]
pub struct Read {
    pub pages: Vec<Input>,
    /// Paths and reasons of what was not read.
    pub skipped: Vec<(String, String)>,
}

impl Read {
    /// The pages' paths.
    pub fn paths(&self) -> Vec<&str> {
        self.pages.iter().map(|page| page.path.as_str()).collect()
    }

    /// Whether something was skipped with such words.
    pub fn says(&self, words: &str) -> bool {
        self.skipped.iter().any(|(_, why)| why.contains(words))
    }

    /// The records of all pieces.
    pub fn records(&self) -> Vec<serde_json::Value> {
        let lines = self
            .pages
            .iter()
            .flat_map(|page| page.bytes.split(|byte| *byte == b'\n'));
        lines
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).expect("JSON"))
            .collect()
    }
}

/// Reads a container.
pub fn read(path: &str, bytes: Vec<u8>) -> Read {
    read_within(path, bytes, Limits::default())
}

/// Reads a container within limits.
pub fn read_within(path: &str, bytes: Vec<u8>, limits: Limits) -> Read {
    let (mut pages, mut skipped) = (Vec::new(), Vec::new());
    for member in inputs(path, Source::from(bytes), limits) {
        match member {
            Ok(page) => pages.push(page),
            Err(skip) => skipped.push((skip.path, skip.reason.to_string())),
        }
    }
    Read { pages, skipped }
}

/// Bytes spoilt in many ways, the same ones each time.
pub fn spoilt(good: &[u8], times: usize) -> impl Iterator<Item = Vec<u8>> + '_ {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    (0..times).map(move |turn| {
        let mut bytes = good.to_vec();
        match turn % 4 {
            0 => bytes.truncate(next(good.len())),
            1 => {
                for _ in 0..8 {
                    bytes[next(good.len())] = [0, 1, 0x7f, 0x80, 0xff][next(5)];
                }
            }
            2 => {
                let at = next(good.len());
                bytes[at] ^= 1 << next(8);
            }
            _ => {
                let at = next(good.len());
                bytes.drain(at..(at + 24).min(good.len()));
            }
        }
        bytes
    })
}

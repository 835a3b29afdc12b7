//! ZIP archives, WACZ among them (Web Archive Collection Zipped 1.1: web archives in `archive/`). In: a source. Out:
//! the files inside, each as a stream that may be a container itself. Refuses what is encrypted or packed in an odd
//! way, counts pictures and the like, and never writes anything: a name that climbs is a name.

use std::io::{self, Read};

use flate2::read::DeflateDecoder;
use model::SkipReason;
use zip::{CompressionMethod, ZipArchive};

use crate::limited::{Counted, Limited};
use crate::{Level, Limits, Source, Step, skipped, unreadable};

/// Ends of names of what holds no article.
const NO_PAGES: [&str; 26] = [
    "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "avif", "css", "js", "mjs", "map",
    "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "webm", "cdx", "cdxj", "idx", "ds_store",
    "xsl",
];

/// What is said of a damaged archive.
const DAMAGED: &str = "a damaged zip archive: fetch or pack it again";
/// Bytes from a list's end in which its record of the end stands, with the longest comment.
const END: u64 = (64 << 10) + 22;

/// Opens an archive.
pub(crate) fn open(path: &str, source: Source, limits: Limits) -> io::Result<Level> {
    let archive = ZipArchive::new(source.seekable()?)
        .map_err(|error| io::Error::other(format!("{DAMAGED} ({error})")))?;
    let length = source.length()?;
    let names: Vec<_> = archive.file_names().flatten().collect();
    let web = names.iter().any(|name| name == "datapackage.json")
        && names.iter().any(|name| name.starts_with("archive/"));
    let path = path.to_owned();
    let last = archive.len();
    let mut alike = listed(&source, length)?
        .filter(|listed| *listed > last)
        .map(|listed| {
            let why = format!(
                "{} files that have the name of another in it; of those of one name the last is read",
                listed - last
            );
            Step::Skip(skipped(&path, SkipReason::Besides(why)))
        });
    let mut files = Files {
        unread: length,
        archive,
        source,
        limits,
        path: path.clone(),
        web,
        besides: 0,
    };
    let mut at = 0;
    Ok(Box::new(std::iter::from_fn(move || {
        while at < last {
            at += 1;
            if let Some(step) = files.step(at - 1) {
                return Some(step);
            }
        }
        let besides = std::mem::take(&mut files.besides);
        if besides > 0 {
            let counted = format!("{besides} pictures, scripts and the like");
            return Some(Step::Skip(skipped(&path, SkipReason::Besides(counted))));
        }
        alike.take()
    })))
}

struct Files {
    archive: ZipArchive<Box<dyn crate::source::ReadSeek>>,
    source: Source,
    limits: Limits,
    path: String,
    /// Whether it is a WACZ: beside its archives it has lists of its own.
    web: bool,
    besides: usize,
    /// Bytes of the archive that no file has been read from yet.
    unread: u64,
}

/// Files in an archive as its record of the end counts them, those of one name apart; `None` where they are too many for
/// it to say.
fn listed(source: &Source, length: u64) -> io::Result<Option<usize>> {
    let mut end = Vec::new();
    source
        .at(length.saturating_sub(END))?
        .take(END)
        .read_to_end(&mut end)?;
    let at = end.windows(4).rposition(|window| window == b"PK\x05\x06");
    let count = at.and_then(|at| {
        Some(u16::from_le_bytes(
            end.get(at + 10..at + 12)?.try_into().ok()?,
        ))
    });
    Ok(count.filter(|count| *count < u16::MAX).map(usize::from))
}

impl Files {
    fn step(&mut self, at: usize) -> Option<Step> {
        let file = match self.archive.by_index_raw(at) {
            Ok(file) => file,
            Err(error) => {
                let why = unreadable(&format!("{DAMAGED} ({error})"));
                return Some(Step::Skip(skipped(&self.path, why)));
            }
        };
        if file.is_dir() {
            return None;
        }
        let name = match file.name() {
            Ok(name) => name.into_owned(),
            Err(_) => format!("file {}", at + 1),
        };
        let last = name.rsplit('/').next().unwrap_or_default();
        let end = last
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let of_the_archive = self.web && !name.starts_with("archive/");
        if NO_PAGES.contains(&end.as_str())
            || name.starts_with("__MACOSX/")
            || last.starts_with('.')
            || of_the_archive
        {
            self.besides += 1;
            return None;
        }
        let path = format!("{}/{name}", self.path);
        if file.encrypted() {
            return Some(Step::Skip(skipped(
                &path,
                unreadable("it is encrypted: unpack it first"),
            )));
        }
        let (method, packed) = (file.compression(), file.compressed_size());
        let Some(start) = file.data_start() else {
            return Some(Step::Skip(skipped(&path, unreadable(DAMAGED))));
        };
        drop(file);
        // Files of which many are one stretch of the archive unpack to more than any of them.
        match self.unread.checked_sub(packed) {
            Some(left) => self.unread = left,
            None => {
                let why = "its files lie one over the other, a bomb or a damaged archive";
                return Some(Step::Skip(skipped(&path, unreadable(why))));
            }
        }
        let raw = match self.source.at(start) {
            Ok(reader) => reader.take(packed),
            Err(error) => return Some(Step::Skip(skipped(&path, SkipReason::from(&error)))),
        };
        Some(match method {
            CompressionMethod::Stored => Step::Inside(path, Box::new(raw)),
            CompressionMethod::Deflated => {
                let (raw, count) = Counted::new(raw);
                let plain = Limited::new(DeflateDecoder::new(raw), count, self.limits);
                Step::Inside(path, Box::new(plain))
            }
            other => {
                let why = format!("packed by {other}, which is not read; unpack it first");
                Step::Skip(skipped(&path, unreadable(&why)))
            }
        })
    }
}

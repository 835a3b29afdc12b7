//! ZIP archives, WACZ among them (Web Archive Collection Zipped 1.1: web archives in `archive/`). In: a source. Out:
//! the files inside, each as a stream that may be a container itself. Refuses what is encrypted or packed in an odd
//! way, counts pictures and the like, and never writes anything: a name that climbs is a name.

use std::io::{self, Read};

use flate2::read::DeflateDecoder;
use model::SkipReason;
use zip::{CompressionMethod, ZipArchive};

use crate::limited::{Counted, Limited};
use crate::{Level, Limits, Source, Step, failed, skipped, unreadable};

/// Ends of names of what holds no article.
const NO_PAGES: [&str; 26] = [
    "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "avif", "css", "js", "mjs", "map",
    "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "webm", "cdx", "cdxj", "idx", "ds_store",
    "xsl",
];

/// Opens an archive.
pub(crate) fn open(path: &str, source: Source, limits: Limits) -> io::Result<Level> {
    let archive = ZipArchive::new(source.seekable()?)
        .map_err(|error| io::Error::other(format!("a damaged zip archive ({error})")))?;
    let names: Vec<_> = archive.file_names().flatten().collect();
    let web = names.iter().any(|name| name == "datapackage.json")
        && names.iter().any(|name| name.starts_with("archive/"));
    let path = path.to_owned();
    let count = archive.len();
    let mut files = Files {
        archive,
        source,
        limits,
        path: path.clone(),
        web,
        besides: 0,
    };
    let mut over = (count > limits.members).then(|| {
        let why = format!("of its {count} files only {} are read", limits.members);
        Step::Skip(skipped(&path, unreadable(&why)))
    });
    let mut at = 0;
    let last = count.min(limits.members);
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
        over.take()
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
}

impl Files {
    fn step(&mut self, at: usize) -> Option<Step> {
        let file = match self.archive.by_index_raw(at) {
            Ok(file) => file,
            Err(error) => {
                let why = unreadable(&format!("a damaged zip archive ({error})"));
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
            return Some(Step::Skip(skipped(&path, unreadable("it is encrypted"))));
        }
        let (method, packed) = (file.compression(), file.compressed_size());
        let Some(start) = file.data_start() else {
            return Some(Step::Skip(skipped(
                &path,
                unreadable("a damaged zip archive"),
            )));
        };
        drop(file);
        let raw = match self.source.at(start) {
            Ok(reader) => reader.take(packed),
            Err(error) => return Some(Step::Skip(skipped(&path, failed(&error)))),
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

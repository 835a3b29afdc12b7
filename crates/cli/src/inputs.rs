//! In: paths and addresses as the user gave them. Out: each file's bytes, or the reason why they cannot be had.
//! Refuses nothing: a path that fails is named and the next one is read.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use crossread::model::{SkipReason, Skipped};
use crossread::{Input, Limits, Source};
use fetch::{Client, ClientOptions};

/// Bytes of one file that are read at most. Pages and records have a lower limit of their own.
const FILE_LIMIT: u64 = 4 << 30;

/// Bytes of a file that are read at once.
const BUFFER: usize = 128 << 10;

/// Folders within folders that are followed at most (a link may lead back up).
const DEPTH_LIMIT: usize = 64;

/// What the folder of a saved page's pictures, scripts and frames is called after the page's name, by browsers
/// in several languages.
const BESIDE: [&str; 12] = [
    "_files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_file",
    "-bestanden",
    "_bestanden",
    "-filer",
    "_filer",
    "_pliki",
    "_soubory",
];
/// What the page itself is called.
const PAGES: [&str; 4] = ["html", "htm", "xhtml", "shtml"];

/// Every file under the paths, read when its turn comes; an address is fetched. Names that begin with a dot are left out
/// of folders, as everywhere on Unix; a folder that belongs to a saved page is named and not read, unless it
/// is given alone.
pub fn walk(
    paths: &[PathBuf],
    allow_private: bool,
) -> impl Iterator<Item = Result<Input, Skipped>> + use<> {
    let mut queue: VecDeque<(PathBuf, usize)> = paths.iter().map(|p| (p.clone(), 0)).collect();
    let given = paths.to_vec();
    let mut opened: Option<Box<dyn Iterator<Item = Result<Input, Skipped>>>> = None;
    let mut client = None;
    std::iter::from_fn(move || {
        loop {
            if let Some(input) = opened.as_mut().and_then(Iterator::next) {
                return Some(input);
            }
            let (path, depth) = queue.pop_front()?;
            // An address is asked for; a file of that name would have to be called ./http:/….
            if depth == 0
                && let Some(address) = path.to_str().filter(|name| fetch::is_address(name))
            {
                let client = client.get_or_insert_with(|| {
                    Client::new(ClientOptions {
                        allow_private,
                        ..ClientOptions::default()
                    })
                });
                match client.page(address) {
                    Ok(page) => {
                        let source = Source::from(page.bytes);
                        opened = Some(Box::new(crossread::inputs(&page.path, source, limits())));
                        continue;
                    }
                    Err(skip) => return Some(Err(skip)),
                }
            }
            let is_read = |page: &PathBuf| depth > 0 || given.contains(page);
            if let Some(page) = page_beside(&path).filter(is_read) {
                return Some(Err(Skipped {
                    path: name(&path),
                    reason: SkipReason::Belongs {
                        to: name(&page),
                        files: files(&path, 0),
                    },
                }));
            }
            match open(&path, depth) {
                Ok(Found::Source(source)) => {
                    opened = Some(Box::new(crossread::inputs(&name(&path), source, limits())));
                }
                Ok(Found::Folder(inside)) => {
                    for entry in inside.into_iter().rev() {
                        queue.push_front((entry, depth + 1));
                    }
                }
                Err(reason) => {
                    return Some(Err(Skipped {
                        path: name(&path),
                        reason,
                    }));
                }
            }
        }
    })
}

/// How much a file may cost.
fn limits() -> Limits {
    Limits {
        file: FILE_LIMIT,
        ..Limits::default()
    }
}

/// The saved page that a folder belongs to, where it lies beside it.
fn page_beside(folder: &Path) -> Option<PathBuf> {
    let own = folder.file_name()?.to_str()?;
    let stem = BESIDE.iter().find_map(|end| own.strip_suffix(end))?;
    let pages = PAGES
        .iter()
        .map(|end| folder.with_file_name(format!("{stem}.{end}")));
    pages
        .into_iter()
        .find(|page| page.is_file())
        .filter(|_| folder.is_dir())
}

/// Files in a folder and the folders in it.
fn files(folder: &Path, depth: usize) -> usize {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let count = |entry: fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() && depth < DEPTH_LIMIT => files(&entry.path(), depth + 1),
        _ => 1,
    };
    entries.flatten().map(count).sum()
}

enum Found {
    Source(Source),
    Folder(Vec<PathBuf>),
}

fn open(path: &Path, depth: usize) -> Result<Found, SkipReason> {
    if path.as_os_str() == "-" && depth == 0 {
        return bytes(io::stdin().lock()).map(|bytes| Found::Source(bytes.into()));
    }
    let about = fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        if depth >= DEPTH_LIMIT {
            return Err(SkipReason::Unreadable(
                "too many folders within folders".to_owned(),
            ));
        }
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                inside.push(entry.path());
            }
        }
        inside.sort();
        return Ok(Found::Folder(inside));
    }
    // A pipe given by name is read; one met in a folder might never end.
    if !about.is_file() && depth > 0 {
        return Err(SkipReason::Unreadable(
            "neither a file nor a folder".to_owned(),
        ));
    }
    if about.is_file() {
        // Opened now, so that what cannot be is named as any file is.
        File::open(path).map_err(unreadable)?;
        let path = path.to_owned();
        return Ok(Found::Source(Source::opened(move || {
            let file = BufReader::with_capacity(BUFFER, File::open(&path)?);
            Ok(Box::new(file))
        })));
    }
    bytes(File::open(path).map_err(unreadable)?).map(|bytes| Found::Source(bytes.into()))
}

fn bytes(source: impl Read) -> Result<Vec<u8>, SkipReason> {
    let mut bytes = Vec::new();
    source
        .take(FILE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(SkipReason::TooLarge { limit: FILE_LIMIT });
    }
    Ok(bytes)
}

fn unreadable(error: io::Error) -> SkipReason {
    SkipReason::from(&error)
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A file's name or a message without control characters: names may come from anywhere.
pub fn printable(words: &str) -> String {
    words
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

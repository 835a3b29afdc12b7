//! Files that hold many pages to the pages in them: gzip, ZIP and WACZ, WARC, tables (CSV, TSV, Parquet), feeds.
//!
//! In: a file, or bytes, and the name they were found under. Out: an iterator over what is inside, one page or one
//! piece of records at a time, so that an archive of any size takes the memory of its largest page. Whatever is no
//! container comes out as it went in. Refuses what swells beyond reason, what is encrypted and what is nested too
//! deep, by name, and goes on with the next.
//!
//! Nothing is unpacked to disk: a member's name is a label and never a path.

#[cfg(feature = "parquet")]
mod columns;
mod feed;
#[cfg(feature = "parquet")]
mod guard;
mod gunzip;
mod http;
mod limited;
mod record;
mod source;
mod table;
mod tell;
mod utf16;
mod warc;
mod zipped;

use std::io::{self, Read};

use model::{Locator, SkipReason, Skipped};

use limited::{Counted, Limited};
pub use source::{ReadSeek, Source};
use tell::Kind;

/// How much a container may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a file that is no container.
    pub file: u64,
    /// Bytes of a file in a container that has to be held whole: records, an archive.
    pub held: u64,
    /// Bytes of one page in an archive.
    pub page: u64,
    /// Containers within containers, a packed one counted twice.
    pub depth: usize,
    /// Files in a file, those of archives within archives together.
    pub members: usize,
    /// ZIP archives and tables in columns within others, together: each has to be held whole.
    pub archives: usize,
    /// Bytes of one row of a table.
    pub row: u64,
    /// How many times its packed size something may have unpacked, once it is larger than [`Limits::ratio_from`].
    pub ratio: u64,
    /// Bytes up to which a ratio tells nothing: a page of blanks packs well.
    pub ratio_from: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 4 << 30,
            held: 1 << 30,
            page: 64 << 20,
            depth: 8,
            members: 1_000_000,
            archives: 1_000,
            row: 16 << 20,
            ratio: 200,
            ratio_from: 32 << 20,
        }
    }
}

/// A page, or a file of records or a piece of one, in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// Where the bytes are from, as the user named it; in a container with the name or number inside: `news.zip/a.html`,
    /// `crawl.warc.gz:12`.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What a container says of them, where they were in one.
    pub from: Locator,
}

/// What comes out of a container next.
enum Step {
    /// Something to be read.
    Page(Input),
    /// Something that is not read.
    Skip(Skipped),
    /// A file that may be a container itself.
    Inside(String, Box<dyn Read + Send>),
    /// A container that was opened.
    Open(Level),
}

type Level = Box<dyn Iterator<Item = Step> + Send>;

/// Everything inside a source, from first to last.
pub struct Inputs {
    levels: Vec<Level>,
    limits: Limits,
    /// Files met so far.
    met: usize,
    /// Archives within archives opened so far.
    archives: usize,
}

/// Opens a source; `path` names it. What is no container is its one input. Whatever cannot be had is given as its
/// [`Skipped`].
pub fn inputs(path: &str, source: Source, limits: Limits) -> Inputs {
    let mut members = Inputs {
        levels: Vec::new(),
        limits,
        met: 0,
        archives: 0,
    };
    let first = members.source(path, source);
    members.levels.push(Box::new(std::iter::once(first)));
    members
}

impl Iterator for Inputs {
    type Item = Result<Input, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(step) = self.levels.last_mut()?.next() else {
                self.levels.pop();
                continue;
            };
            if matches!(step, Step::Inside(..)) {
                self.met += 1;
            }
            let opened = match step {
                Step::Inside(path, _) if self.met > self.limits.members => {
                    self.levels.clear();
                    let why = format!(
                        "of all that is in it {} files are read, up to this one; unpack it and give the rest",
                        self.limits.members
                    );
                    Err(skipped(&path, unreadable(&why)))
                }
                Step::Page(member) => return Some(Ok(member)),
                Step::Skip(skipped) => return Some(Err(skipped)),
                Step::Open(level) => {
                    self.levels.push(level);
                    continue;
                }
                Step::Inside(path, reader) if self.levels.len() > self.limits.depth => {
                    drop(reader);
                    Err(skipped(
                        &path,
                        unreadable("archives within archives, too deep: unpack it first"),
                    ))
                }
                Step::Inside(path, reader) => self.stream(path, reader),
            };
            match opened {
                Ok(Some(member)) => return Some(Ok(member)),
                Ok(None) => {}
                Err(skipped) => return Some(Err(skipped)),
            }
        }
    }
}

impl Inputs {
    /// The first step of a source: a level of its own where it can be read in any order, else a stream.
    fn source(&self, path: &str, source: Source) -> Step {
        let opened = source.head().and_then(|head| {
            Ok(match tell::kind(path, &head) {
                Kind::Zip => Step::Open(zipped::open(path, source, self.limits)?),
                #[cfg(feature = "parquet")]
                Kind::Parquet => Step::Open(columns::open(path, &source, self.limits)?),
                #[cfg(not(feature = "parquet"))]
                Kind::Parquet => {
                    let what =
                        "Parquet, which this program was built without (its feature `parquet`),";
                    Step::Skip(skipped(path, SkipReason::Unsupported(what.to_owned())))
                }
                _ => Step::Inside(path.to_owned(), source.open()?),
            })
        });
        opened.unwrap_or_else(|error| Step::Skip(skipped(path, SkipReason::from(&error))))
    }

    /// Opens a stream: a level where it is a container, else its bytes.
    fn stream(
        &mut self,
        path: String,
        mut reader: Box<dyn Read + Send>,
    ) -> Result<Option<Input>, Skipped> {
        let fail = |error: io::Error| skipped(&path, SkipReason::from(&error));
        let mut head = Vec::new();
        let looked = reader.by_ref().take(tell::HEAD as u64);
        let broken = { looked }.read_to_end(&mut head).err();
        // What stands before the damage is read.
        let broken = match broken {
            Some(error) if head.is_empty() => return Err(fail(error)),
            broken => Fails(broken),
        };
        let kind = tell::kind(&path, &head);
        let utf16 = utf16::marked(&head);
        let whole = io::Cursor::new(head).chain(broken).chain(reader);
        let whole: Box<dyn Read + Send> = match (kind, utf16) {
            (Kind::Table(_) | Kind::Feed, Some(encoding)) => {
                Box::new(utf16::Utf8::new(whole, encoding))
            }
            _ => Box::new(whole),
        };
        match kind {
            Kind::Gzip => {
                let (packed, count) = Counted::new(whole);
                let plain = Limited::new(gunzip::Gunzip::new(packed), count, self.limits);
                let step = Step::Inside(path, Box::new(plain));
                self.levels.push(Box::new(std::iter::once(step)));
            }
            Kind::Warc => self
                .levels
                .push(Box::new(warc::Records::new(path, whole, self.limits))),
            Kind::Table(separator) => self.levels.push(Box::new(table::Rows::new(
                path,
                whole,
                separator,
                self.limits,
            ))),
            Kind::Feed => {
                let bytes =
                    held(whole, self.limits.page).map_err(|reason| skipped(&path, reason))?;
                self.levels.push(feed::entries(&path, &bytes));
            }
            Kind::Zip | Kind::Parquet => {
                self.archives += 1;
                if self.archives > self.limits.archives {
                    let why = format!(
                        "archives within archives, more than {}: unpack it first",
                        self.limits.archives
                    );
                    // What else is there is the same again.
                    self.levels.clear();
                    return Err(skipped(&path, unreadable(&why)));
                }
                let bytes =
                    held(whole, self.limits.held).map_err(|reason| skipped(&path, reason))?;
                let step = self.source(&path, Source::from(bytes));
                self.levels.push(Box::new(std::iter::once(step)));
            }
            Kind::Other => {
                let limit = match self.levels.len() {
                    // The file itself.
                    0 | 1 => self.limits.file,
                    _ => self.limits.held,
                };
                let bytes = held(whole, limit).map_err(|reason| skipped(&path, reason))?;
                return Ok(Some(Input {
                    path,
                    bytes,
                    from: Locator::default(),
                }));
            }
        }
        Ok(None)
    }
}

/// Fails once, where a stream broke off, and is then at its end.
struct Fails(Option<io::Error>);

impl Read for Fails {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// All bytes of a stream, up to a limit.
fn held(reader: impl Read, limit: u64) -> Result<Vec<u8>, SkipReason> {
    let mut bytes = Vec::new();
    let read = reader.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|error| SkipReason::from(&error))?;
    if bytes.len() as u64 > limit {
        return Err(SkipReason::TooLarge { limit });
    }
    Ok(bytes)
}

fn skipped(path: &str, reason: SkipReason) -> Skipped {
    Skipped {
        path: path.to_owned(),
        reason,
    }
}

fn unreadable(why: &str) -> SkipReason {
    SkipReason::Unreadable(why.to_owned())
}

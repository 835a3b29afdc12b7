//! In: what the stages give. Out: the same on standard output, or in a file that appears only when
//! it is complete. Refuses a place that cannot be written, before anything is lost.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// What is said where standard output takes no more: its reader has gone, or its disk is full.
pub const CANNOT: &str = "cannot write all of the output";

/// Columns where no terminal tells.
const DEFAULT_WIDTH: usize = 80;

/// Columns beyond which lines tire the eye, however wide the terminal is.
const WIDEST: usize = 100;

/// Where output goes.
pub enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A device or a pipe that was named as if it were a file: it is written to, and nothing is put in its place.
    Device(BufWriter<File>),
    /// A file, written beside its place and moved there at the end.
    File {
        /// The open file.
        writer: BufWriter<File>,
        /// Where it is written.
        part: PathBuf,
        /// Where it belongs.
        place: PathBuf,
    },
}

impl Output {
    /// The same beside a store that is read meanwhile, which is no place for it.
    pub fn beside(place: Option<&Path>, store: &Path) -> anyhow::Result<Self> {
        if let Some(place) = place.filter(|place| is_of(place, store)) {
            anyhow::bail!(
                "{} belongs to the store itself; give another -o",
                place.display()
            );
        }
        Self::new(place)
    }

    /// Opens the place.
    pub fn new(place: Option<&Path>) -> anyhow::Result<Self> {
        let Some(place) = place else {
            return Ok(Self::Standard(BufWriter::new(io::stdout())));
        };
        let cannot = || format!("cannot write {}", place.display());
        if fs::metadata(place).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
            let device = File::options().write(true).open(place);
            return Ok(Self::Device(BufWriter::new(device.with_context(cannot)?)));
        }
        let mut part = place.as_os_str().to_owned();
        part.push(format!(".{}.part", std::process::id()));
        let part = PathBuf::from(part);
        let file = File::create(&part).with_context(cannot)?;
        Ok(Self::File {
            writer: BufWriter::new(file),
            part,
            place: place.to_owned(),
        })
    }

    /// Adds to it.
    pub fn write(&mut self, words: &str) -> anyhow::Result<()> {
        match self {
            Self::Standard(writer) => writer.write_all(words.as_bytes()).context(CANNOT),
            Self::Device(writer) => writer.write_all(words.as_bytes()).context(CANNOT),
            Self::File { writer, part, .. } => writer
                .write_all(words.as_bytes())
                .with_context(|| written(part)),
        }
    }

    /// Writes all there is to be written.
    pub fn print(mut self, words: &str) -> anyhow::Result<()> {
        self.write(words)?;
        self.finish()
    }

    /// Makes sure that all is written, and where it belongs.
    pub fn finish(mut self) -> anyhow::Result<()> {
        match &mut self {
            Self::Standard(writer) => writer.flush().context(CANNOT),
            Self::Device(writer) => writer.flush().context(CANNOT),
            Self::File {
                writer,
                part,
                place,
            } => {
                writer.flush().with_context(|| written(part))?;
                writer.get_ref().sync_all().with_context(|| written(part))?;
                fs::rename(&*part, &*place)
                    .with_context(|| format!("cannot write {}", place.display()))
            }
        }
    }

    /// Columns for the text report.
    pub fn width(&self, asked: Option<usize>) -> usize {
        asked.unwrap_or_else(|| match (self, terminal_size::terminal_size()) {
            (Self::Standard(_), Some((columns, _))) if io::stdout().is_terminal() => {
                usize::from(columns.0).clamp(20, WIDEST)
            }
            _ => DEFAULT_WIDTH,
        })
    }

    /// Whether it is a terminal that shows colour.
    pub fn takes_colour(&self) -> bool {
        let choice = anstream::AutoStream::choice(&io::stdout());
        matches!(self, Self::Standard(_)) && choice != anstream::ColorChoice::Never
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(writer) => writer.write(bytes),
            Self::Device(writer) => writer.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(writer) => writer.flush(),
            Self::Device(writer) => writer.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // What was not moved to its place is incomplete.
        if let Self::File { part, .. } = self {
            let _ = fs::remove_file(part);
        }
    }
}

/// Whether a place is that of a store, or of a file that belongs to it.
fn is_of(place: &Path, store: &Path) -> bool {
    let places = [whole(place), beside(place)];
    let stores = [whole(store), beside(store)];
    let own = ["", "-wal", "-shm", ".lock"];
    let own = own.iter().flat_map(|end| {
        stores.iter().flatten().map(move |store| {
            let mut name = store.clone().into_os_string();
            name.push(end);
            PathBuf::from(name)
        })
    });
    let own: Vec<PathBuf> = own.collect();
    places.iter().flatten().any(|place| own.contains(place))
}

/// What a path leads to.
fn whole(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// The place itself, a link or not, in the folder that it lies in.
fn beside(path: &Path) -> Option<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

fn written(part: &Path) -> String {
    format!("cannot write {}: is the disk full?", part.display())
}

/// Writes a line to standard output.
pub fn line(words: &str) -> anyhow::Result<()> {
    Output::new(None)?.print(&format!("{words}\n"))
}

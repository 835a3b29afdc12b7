//! Everything that one reading of many pages gives: what the reports are made of.

use std::{fmt, io};

use crate::{Comparison, Document, Story};

/// What was read, what was not, and what it comes to.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Every article read, by time, then id.
    pub documents: Vec<Document>,
    /// Every input that gave no article, by path.
    pub skipped: Vec<Skipped>,
    /// The stories, largest first, then by time and id.
    pub stories: Vec<ComparedStory>,
}

/// A story and its comparison.
#[derive(Clone, Debug)]
pub struct ComparedStory {
    /// The articles about one event.
    pub story: Story,
    /// What they say together and apart.
    pub comparison: Comparison,
}

/// What a container says of the bytes of a page in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locator {
    /// The address that the page was answered under: the page's own word goes before it.
    pub url: Option<String>,
    /// Records of the same file that came before, where a file of records is read in pieces.
    pub records_before: u64,
}

/// An input that gave no article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Where it is, as the user named it.
    pub path: String,
    /// Why.
    pub reason: SkipReason,
}

/// Why an input gave no article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SkipReason {
    /// Nothing in it.
    Empty,
    /// Not text of any kind that is read here.
    Binary,
    /// Larger than the limit, in bytes.
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// A page that could not be read for an article.
    NoArticle,
    /// What holds no article: a style sheet, a table, a list of links, an error page. It says which.
    NoPage(String),
    /// A folder of what belongs to a saved page: its pictures, scripts and frames.
    Belongs {
        /// The page.
        to: String,
        /// Files in the folder.
        files: usize,
    },
    /// What an archive holds beside its pages, counted.
    Besides(String),
    /// A record that is not JSON, or lacks what a record needs.
    BadRecord(String),
    /// The same article is there under another path.
    Duplicate {
        /// The path that was read.
        of: String,
    },
    /// The file system refused it.
    Unreadable(String),
    /// A kind of file that is known and not read yet.
    Unsupported(String),
}

impl From<&io::Error> for SkipReason {
    /// Why something could not be read, in words for people.
    fn from(error: &io::Error) -> Self {
        Self::Unreadable(match error.kind() {
            io::ErrorKind::NotFound => "no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "no permission".to_owned(),
            io::ErrorKind::UnexpectedEof => "it breaks off".to_owned(),
            _ => error.to_string(),
        })
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty"),
            Self::Binary => f.write_str("not text, nor any other kind that is read"),
            Self::TooLarge { limit } => {
                write!(f, "larger than the limit of {} MB", limit / 1_000_000)
            }
            Self::NoArticle => f.write_str("no article in it"),
            Self::NoPage(what) => write!(f, "no article in it: {what}"),
            Self::Belongs { to, files: 1 } => {
                write!(f, "1 file that belongs to the saved page {to}")
            }
            Self::Belongs { to, files } => {
                write!(f, "{files} files that belong to the saved page {to}")
            }
            Self::Besides(what) => write!(f, "beside its pages: {what}"),
            Self::BadRecord(why) => write!(f, "not a record: {why}"),
            Self::Duplicate { of } => {
                write!(
                    f,
                    "the same article as {of}, and no other address or outlet"
                )
            }
            Self::Unreadable(why) => write!(f, "cannot be read: {why}"),
            Self::Unsupported(what) => write!(f, "{what} is not read yet"),
        }
    }
}

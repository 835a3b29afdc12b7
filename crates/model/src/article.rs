//! One page as a reader would want it: its text without furniture, what the page says of itself,
//! and the way back to the bytes it came from.

use std::fmt;
use std::sync::Arc;

use crate::{About, Genre, Published, Span, Text};

/// Names an article for good: given by its record, or derived from its content.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(Arc<str>);

impl ArticleId {
    /// Wraps an id.
    pub fn new(id: &str) -> Self {
        Self(Arc::from(id))
    }

    /// The id's letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// The SHA-256 of an article's original bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// One page, read.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its name for good.
    pub id: ArticleId,
    /// Where its bytes were found, as the user named it (`FILE`, or `FILE:LINE` for a record, in an
    /// array `FILE:NUMBER`).
    pub path: String,
    /// Its address, where the page or record gives it.
    pub url: Option<String>,
    /// Hash of the original bytes.
    pub sha256: Sha256,
    /// Who published it, where the page says so.
    pub outlet: Option<String>,
    /// The house that the outlet belongs to, where the user says so.
    pub owner: Option<String>,
    /// The headline, as the page has it.
    pub title: Option<String>,
    /// Who wrote it, names only.
    pub authors: Vec<String>,
    /// When it was published, where the page says so.
    pub published: Option<Published>,
    /// What else the page says of itself, and where each thing was found.
    pub about: About,
    /// ISO 639-1 code (639-3 where there is none), where the text is long enough to tell.
    pub language: Option<String>,
    /// The article's words: no title, no page furniture; each paragraph ends in `\n`.
    pub text: Text,
    /// The paragraphs of `text`, in order, without the newlines that end them.
    pub blocks: Vec<Block>,
    /// Agencies and outlets that the page itself names as its sources.
    pub credits: Vec<Credit>,
    /// What the page shows of how it came about.
    pub signs: Vec<Sign>,
    /// What a reader should know about this reading of the page.
    pub warnings: Vec<Warning>,
    /// Where the stretches of `text` stand in the original (decoded to UTF-8), in text order.
    pub source: Vec<SourceRun>,
}

impl Article {
    /// The main part of its language's code: `en` of `en-GB`; `None` where nobody knows it.
    pub fn main_language(&self) -> Option<&str> {
        self.language.as_deref()?.split(['-', '_']).next()
    }

    /// An article of which nothing is left: it keeps its place among others.
    pub fn nothing() -> Self {
        Self {
            id: ArticleId::new(""),
            path: String::new(),
            url: None,
            sha256: Sha256([0; 32]),
            outlet: None,
            owner: None,
            title: None,
            authors: Vec::new(),
            published: None,
            about: About::default(),
            language: None,
            text: Text::new(""),
            blocks: Vec::new(),
            credits: Vec::new(),
            signs: Vec::new(),
            warnings: Vec::new(),
            source: Vec::new(),
        }
    }

    /// What sort of piece it is, where its page shows that it is no plain report: the first of
    /// [`Genre::ALL`] that it is.
    pub fn genre(&self) -> Option<Genre> {
        Genre::ALL.into_iter().find(|genre| self.is(*genre))
    }

    /// Whether its page shows that it is a piece of this sort.
    pub fn is(&self, genre: Genre) -> bool {
        let of =
            |warning: &Warning| matches!(warning, Warning::Genre { genre: of, .. } if *of == genre);
        self.warnings.iter().any(of)
    }
}

/// A paragraph-like part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its words.
    pub span: Span,
    /// What it is on the page.
    pub kind: BlockKind,
}

/// What a block is on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading inside the article.
    Heading,
    /// An item of a list.
    ListItem,
    /// A block quotation.
    Quote,
    /// What the desk says of the article itself: that an earlier version was wrong.
    Note,
    /// What stands between headline and text and sums it up.
    Standfirst,
    /// A post of a network, embedded: others' words.
    Post,
    /// The row of a table, its cells parted by blanks.
    Table,
    /// The first paragraph of an entry of a live blog, with the time of day that the page puts on it.
    Entry(jiff::civil::Time),
}

/// A source that the page itself credits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Credit {
    /// The agency or outlet, as written: `AP`, `Dawn`.
    pub name: String,
    /// The line of the page that says so, to the letter.
    pub line: String,
}

/// Something on the page that tells how it came about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sign {
    /// What it tells.
    pub kind: SignKind,
    /// The words of the page, to the letter.
    pub line: String,
}

/// What a [`Sign`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignKind {
    /// "Source link", "via …", "originally appeared": taken from another page.
    SourceLink,
    /// An agency stands in the byline or dateline.
    AgencyByline,
    /// "Read more" breaks the text off, or the page says that it continues elsewhere.
    Truncated,
    /// The page says that an earlier version of it was wrong.
    Corrected,
}

/// Something a reader should know about how a page was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Warning {
    /// The text breaks off.
    Truncated,
    /// More than one language.
    MixedLanguages,
    /// Bytes that the charset does not allow were replaced.
    BadBytes {
        /// The charset they were read as.
        charset: String,
    },
    /// Words that a filter or a machine translation broke.
    DamagedWords {
        /// How many.
        count: usize,
    },
    /// A part of the page was left out because a limit was reached.
    Limit {
        /// Which.
        what: String,
    },
    /// Structured data on the page could not be parsed.
    BrokenMetadata {
        /// Which.
        what: String,
    },
    /// The text is short for an article.
    Short,
    /// What is known about a record stands under other names.
    OtherNames {
        /// What to write so that it is read.
        flags: String,
    },
    /// It is no plain report of one event.
    Genre {
        /// What it is.
        genre: Genre,
        /// The words by which that is known: the name of a section, a label, "I".
        says: String,
    },
    /// Lines were left out because other articles of the outlet have them too.
    Recurring {
        /// How many lines.
        count: usize,
    },
    /// Letters stand as two or three others: the page was saved in a charset that it is not in.
    Mojibake {
        /// How many letters.
        count: usize,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the text breaks off"),
            Self::MixedLanguages => f.write_str("more than one language"),
            Self::BadBytes { charset } => {
                write!(f, "bytes that are not {charset} were replaced")
            }
            Self::DamagedWords { count: 1 } => f.write_str("1 damaged word"),
            Self::DamagedWords { count } => write!(f, "{count} damaged words"),
            Self::Limit { what } => write!(f, "a limit was reached: {what}"),
            Self::BrokenMetadata { what } => write!(f, "{what} on the page is broken"),
            Self::Short => f.write_str("very short"),
            Self::OtherNames { flags } => {
                write!(
                    f,
                    "some of its fields have other names and are not read: {flags} reads them"
                )
            }
            Self::Genre { genre, says } => match genre {
                Genre::Opinion => write!(f, "an opinion piece, by “{says}”: it confirms nothing"),
                Genre::LiveBlog => write!(f, "a live blog, by “{says}”"),
                Genre::RoundUp => write!(
                    f,
                    "several events on one page, by “{says}”: it is in none of their stories"
                ),
                Genre::Gallery => write!(f, "a gallery of pictures, by “{says}”"),
                Genre::Correction => write!(
                    f,
                    "a correction, by “{says}”: what it says was wrong is no claim of it"
                ),
            },
            Self::Recurring { count: 1 } => {
                f.write_str("1 line left out that other pages of its outlet have too")
            }
            Self::Recurring { count } => write!(
                f,
                "{count} lines left out that other pages of its outlet have too"
            ),
            Self::Mojibake { count } => {
                write!(f, "{count} letters are broken (saved in the wrong charset)")
            }
        }
    }
}

/// A stretch of an article's text that stands in the original byte for byte (after decoding to
/// UTF-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceRun {
    /// First byte in `Article.text`.
    pub text: u32,
    /// First byte in the decoded original.
    pub source: u32,
    /// Bytes in both.
    pub len: u32,
}

//! How an engine works: what a user may choose, each with what holds where he does not.

use compare::Thresholds;

use crate::aliases::Aliases;
#[cfg(feature = "encoder")]
use crate::models::Multilingual;
use crate::owners::Owners;

/// What claims of different articles are lined up by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words, names, numbers and days, and what a sentence encoder makes of the words in their sentence:
    /// some 400 sentences a second on two cores.
    #[cfg(feature = "encoder")]
    #[default]
    Encoder,
    /// Words, names, numbers and days alone: at any scale.
    #[cfg_attr(not(feature = "encoder"), default)]
    Words,
}

impl Align {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(feature = "encoder")]
            Self::Encoder => "encoder",
            Self::Words => "words",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [
            #[cfg(feature = "encoder")]
            Self::Encoder,
            Self::Words,
        ];
        all.into_iter().find(|align| align.name() == name)
    }
}

/// How an engine works.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Threads; all cores where not given. No result depends on it.
    pub threads: Option<usize>,
    /// How pages are read.
    pub page: page::Options,
    /// Which outlets belong together.
    pub owners: Owners,
    /// Which names are one.
    pub aliases: Aliases,
    /// What claims are lined up by.
    pub align: Align,
    /// An encoder for more languages than the one that ships was made for.
    #[cfg(feature = "encoder")]
    pub multilingual: Option<Multilingual>,
    /// What the user wants stricter or laxer.
    pub thresholds: Thresholds,
    /// When a story takes no more.
    pub silence: Silence,
    /// Whether all that is read is one story: the user has chosen the pages.
    pub one_story: bool,
}

/// When a story of a stream takes no more: one event's reports come within weeks, and stories that nothing can
/// join cost no memory. Counted by days of publication as articles come, so that an archive may be added in any
/// order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// Days without an article.
    pub days: i32,
    /// Articles in open stories up to which none is closed, however long it has been silent, so that what comes
    /// late still finds its story, as it would in one batch: of giveme5w one by one .954 (B-cubed F1) instead of
    /// .924, at 2 KB an article.
    pub open: u32,
}

impl Default for Silence {
    fn default() -> Self {
        Self {
            days: 90,
            open: 20_000,
        }
    }
}

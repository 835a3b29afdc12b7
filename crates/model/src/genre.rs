//! What sort of piece an article is, where it is no plain report of one event.

use std::fmt;

/// A sort of piece, named as IPTC's genres and schema.org's types name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Genre {
    /// Somebody's opinion: what it says confirms nothing.
    Opinion,
    /// Entries with their times, written while an event goes on.
    LiveBlog,
    /// Several events on one page: it belongs to none of their stories, and ties no two of them.
    RoundUp,
    /// Pictures with their captions.
    Gallery,
    /// Says what an earlier article got wrong.
    Correction,
}

impl Genre {
    /// All of them, in a fixed order.
    pub const ALL: [Self; 5] = [
        Self::Opinion,
        Self::LiveBlog,
        Self::RoundUp,
        Self::Gallery,
        Self::Correction,
    ];

    /// Its name, in lower case: "live blog".
    pub fn name(self) -> &'static str {
        match self {
            Self::Opinion => "opinion",
            Self::LiveBlog => "live blog",
            Self::RoundUp => "round-up",
            Self::Gallery => "gallery",
            Self::Correction => "correction",
        }
    }
}

impl fmt::Display for Genre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

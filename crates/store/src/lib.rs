//! One SQLite file: articles with every version of their bytes, what was read from them, the stories they
//! are in, and the words by which they are found.
//!
//! In: what the engine made of pages. Out: the same again, however the program or the machine stopped:
//! what a [`Batch`] committed is there, what it did not is not. Threads, stages and clocks are the
//! caller's; a writer is one at a time ([`Writer`]), readers are many ([`Reader`]).
//!
//! The file is a write-ahead log's: its `-wal` and `-shm` belong to it, and `.lock` beside it says who
//! writes. Its version is SQLite's `user_version`; a step a version leads from any older one to the
//! present (`open`).

mod articles;
mod check;
mod error;
mod followed;
mod import;
mod marks;
mod merge;
mod names;
mod open;
mod pack;
pub mod record;
mod rows;
mod search;
mod searches;
mod settings;
mod shelves;
mod stamp;
mod stories;
mod stream;
mod transfer;
mod watched;
mod write;

pub use articles::{ArticleRow, Known, Version};
pub use check::Fault;
pub use error::Error;
pub use followed::{Followed, Follower, NewsRow, follow, unfollow};
pub use marks::{Mark, MarkKind, Marked};
pub use merge::Came;
pub use names::{Copied, NameAcross};
pub use open::{Reader, VERSION, Writer};
pub use pack::{pack, unpack};
pub use search::{Query, Words, snippet};
pub use searches::{SavedSearch, forget, save};
pub use stories::{Drawn, Event, NameRow, Report, StoryFilter, StoryOrder, StoryRow};
pub use stream::{Reached, Stream};
pub use transfer::TransferError;
pub use watched::{FeedRow, PageRow, SourceRow, unwatch, watch};
pub use write::{Batch, NewVersion};

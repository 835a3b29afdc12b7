//! Reads many news pages and shows what is corroborated, disputed and copied: the stages composed, and the boundary of
//! the library. Whatever another program needs stands here; the crates behind it may change.
//!
//! In: names and bytes of pages. Out: [`Findings`], the same for any number of threads and any order of inputs. They are
//! walked through by their views ([`view`]): from a story to its claims, from a claim to what each article says, from
//! there to the words and the place where they stand. Nothing here touches clock, network or disk: [`inputs`] is told
//! how a file is opened.
//!
//! Positions are UTF-8 bytes ([`model::Span`]); [`view::Passage::offsets`] gives code points.
//!
//! Features: `encoder` (claims are lined up by what sentences mean; 29 MB), `report` (JSON, text, Markdown, HTML), both
//! on by default; `parquet` (tables in Parquet are read, and a report's tables written so).
//!
//! ```
//! use crossread::{Engine, Input, Options, Silent};
//!
//! let engine = Engine::new(Options::default())?;
//! let page = b"Bridge reopens\n\nThe Orla bridge reopened on Monday, the mayor said.\n";
//! let input = Input { path: "bridge.txt".into(), bytes: page.to_vec(), ..Input::default() };
//! let findings = engine.read([Ok(input)], &Silent);
//! let story = findings.stories().next().expect("one page is a story");
//! let claim = story.claims().next().expect("it states something");
//! assert!(claim.text().starts_with("The Orla bridge reopened on Monday"));
//! assert_eq!(claim.clearest().article().path(), "bridge.txt");
//! # Ok::<(), crossread::Error>(())
//! ```

mod aliases;
mod asking;
mod checks;
mod engine;
mod error;
#[cfg(feature = "report")]
mod explain;
mod lists;
#[cfg(feature = "encoder")]
mod models;
mod options;
mod owners;
mod progress;
#[cfg_attr(not(feature = "encoder"), path = "no_sentences.rs")]
mod sentences;

pub use aliases::Aliases;
pub use asking::{AskError, Asked, nearest};
pub use compare::{Sentences, Thresholds};
pub use container::{Input, Inputs, Limits, ReadSeek, Source, inputs};
#[cfg(feature = "encoder")]
pub use encoder::{About as Model, Encoder, ModelError};
pub use engine::{Drafted, Engine, Grouped, Page, order};
pub use error::Error;
pub use lists::ListError;
pub use model::{self, Findings, view};
#[cfg(feature = "encoder")]
pub use models::Multilingual;
pub use options::{Align, Options, Silence};
pub use owners::Owners;
pub use page::{
    Draft, Fields, Options as PageOptions, POSTED, Recurring, Renamed, Shelf, Shelves, id_beside,
    is_derived, left_out, not_said, page_of, read_date, read_text,
};
pub use progress::{Progress, Silent, Stage};
#[cfg(feature = "report")]
pub use report;
pub use story::{
    Elsewhere, Grouper, Named, NearCopies, Placed, Repair, Settings, Sketch, StateError, story_id,
};

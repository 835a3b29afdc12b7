//! The stages composed: the public library.
//!
//! In: names and bytes of pages. Out: [`Findings`], the same for any number of threads and any
//! order of inputs. Nothing here touches clock, network or disk: [`inputs`] is told how a file is opened.
//!
//! ```
//! use engine::{Engine, Input, Options, Silent};
//!
//! let engine = Engine::new(Options::default())?;
//! let page = b"Bridge reopens\n\nThe Orla bridge reopened on Monday, the mayor said.\n";
//! let input = Input { path: "bridge.txt".into(), bytes: page.to_vec(), ..Input::default() };
//! let findings = engine.read([Ok(input)], &Silent);
//! assert_eq!(findings.documents.len(), 1);
//! # Ok::<(), engine::Error>(())
//! ```

mod aliases;
mod engine;
mod lists;
mod models;
mod owners;
mod progress;
mod sentences;

pub use aliases::Aliases;
pub use compare::Thresholds;
pub use container::{Input, Limits, Source, inputs};
pub use encoder::{About as Model, Encoder, ModelError};
pub use engine::{Align, Drafted, Engine, Error, Grouped, Options, Page, Silence, order};
pub use lists::ListError;
pub use model;
pub use model::Findings;
pub use models::Multilingual;
pub use owners::Owners;
pub use page::{
    Fields, Options as PageOptions, POSTED, Renamed, Shelf, Shelves, id_beside, is_derived,
    left_out, page_of,
};
pub use progress::{Progress, Silent, Stage};
pub use report;
pub use story::{
    Elsewhere, Grouper, Named, NearCopies, Placed, Repair, Settings, Sketch, StateError, story_id,
};

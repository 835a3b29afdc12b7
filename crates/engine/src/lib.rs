//! The stages composed: the public library.
//!
//! In: names and bytes of pages. Out: [`Findings`], the same for any number of threads and any
//! order of inputs. Nothing here touches disk, clock or network.

mod engine;

pub use engine::{Engine, Error, Input, Options};
pub use model;
pub use model::Findings;
pub use report;

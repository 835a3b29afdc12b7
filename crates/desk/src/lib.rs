//! Engine and store together: what `add`, `watch` and `serve` share.
//!
//! In: pages, as they come, and the time. Out: a store in which each page stands once, however often it
//! came or changed, its article is in a story, and every story has its report. Nothing here touches a
//! clock or the network; the disk is touched by the store alone.
//!
//! The way of a page: told apart from what is known (`arrival`), read by the engine, placed in the stream
//! of stories, and kept with the story that it joined, all of a batch or nothing ([`Desk::add`]). Stories
//! that changed are drawn anew afterwards ([`Desk::redraw`]). The stream's memory lies in the store as a
//! state now and then, and the batches since (`memory`): what was kept is the truth, and where the memory
//! cannot be had again as it was, the stories are grouped anew. Several threads take turns at one desk, and
//! several programs at one store ([`Turns`]). What is new in stories that readers follow is found in `follow`.

mod arrival;
mod ask;
mod decide;
mod deep;
mod desk;
mod draw;
mod error;
pub mod export;
pub mod follow;
mod memory;
mod merge;
mod turns;

pub use arrival::Added;
pub use ask::{ask, ask_of};
pub use deep::{Deep, check_deep};
pub use desk::{ALIGN, Desk, ENCODERS};
pub use error::Error;
pub use turns::Turns;

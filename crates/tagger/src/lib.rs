//! A small sequence tagger. In: the words of a sentence, each hashed once ([`Word`]), and a model
//! file. Out: a label for each word. Greedy, left to right, no allocation for a word.
//!
//! The model is an averaged perceptron over hashed features (Collins 2002; hashing after Weinberger
//! et al. 2009), trained by [`train()`] and kept in a versioned, checked file ([`Model`]); a
//! damaged or older file is refused with a `ModelError`. The same `features` serve
//! training and tagging, so the two cannot drift apart.

mod codec;
mod feature;
mod model;
mod train;
mod word;

pub use feature::Task;
pub use model::{Model, ModelError, VERSION};
pub use train::{Example, Settings, train};
pub use word::Word;

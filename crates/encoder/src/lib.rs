//! A small sentence encoder. In: sentences, and a model file. Out: a vector for each piece of a word,
//! as it stands in its sentence, and how much of one passage another says ([`Passage::said_in`]).
//!
//! The network is BERT's (Devlin et al. 2019) in the size of MiniLM (Wang et al. 2020), of any number of
//! layers. One model ships and is for English; another may be given, of any languages. The passages
//! are matched piece by piece as in BERTScore (Zhang et al. 2020). Products are of integers: weights of
//! 10 bits, activations of 12 bits with a scale for each row, sums that cannot overflow. What is left
//! of floating point is sums in a fixed order, products, quotients and square roots, which IEEE 754
//! fixes to the bit; `exp` and `gelu` are our own. So a sentence has the same vectors on every machine,
//! in any company, on any thread.

mod about;
mod error;
mod file;
mod kernel;
mod math;
mod network;
mod passage;
mod piece;
mod rows;
mod unigram;
mod vocabulary;
mod wordpiece;

pub use about::About;
pub use error::ModelError;
pub use file::{Beside, Draft, Layer, Matrix, Norm, about, write};
pub use network::Encoder;
pub use passage::{Encoded, MATCHES, Means, Meeting, Passage, Stretch, VIEWS, greatest};
pub use piece::Piece;
pub use rows::{Blocks, Published};

/// Newest version of the file and of the arithmetic behind it.
pub const VERSION: u8 = 2;
/// Length of a vector.
pub const WIDTH: usize = 384;
/// Parts of a vector that attend apart.
pub(crate) const HEADS: usize = 12;
/// Values between the two halves of a layer.
pub const INNER: usize = 1536;
/// Most pieces that are read at once, with the marks of begin and end; a longer sentence is read in
/// parts. Positions beyond are not in the model file.
pub const POSITIONS: usize = 256;

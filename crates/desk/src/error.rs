//! Why pages cannot be taken in.

/// Why pages cannot be taken in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A batch could not be kept, and the stream in memory is ahead of it.
    #[error("the last batch could not be kept; open the store again")]
    Ahead,
}

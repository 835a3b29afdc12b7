//! Why pages cannot be taken in.

/// Why pages cannot be taken in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The store.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Stores are merged into one of their own.
    #[error(
        "{path} holds articles already; a merge makes a store of its own, give another --into (a merge that was stopped goes on with the same stores)",
        path = .0.display()
    )]
    Occupied(std::path::PathBuf),
    /// Nothing can be asked.
    #[error(transparent)]
    Asked(#[from] crossread::AskError),
    /// A batch could not be kept, and the stream in memory is ahead of it.
    #[error("the last batch could not be kept; open the store again")]
    Ahead,
}

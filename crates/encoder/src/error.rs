//! In: what is wrong with a model file. Out: words for it, and what to do next.

use crate::VERSION;

/// Why a model file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// It does not begin as an encoder's file does.
    #[error("not an encoder's model file; build one with `cargo xtask encoder`")]
    NotAModel,
    /// Another version of the program made it.
    #[error(
        "the encoder's file has version {found}, this program reads up to {VERSION}; build it anew with \
         `cargo xtask encoder`"
    )]
    Version {
        /// As the file says.
        found: u8,
    },
    /// Its bytes are not those that were written.
    #[error("the encoder's file is damaged (its checksum does not match); restore or rebuild it")]
    Damaged,
    /// Its checksum is right, its inside is not.
    #[error("the encoder's file is malformed: {0}; rebuild it with `cargo xtask encoder`")]
    Malformed(&'static str),
}

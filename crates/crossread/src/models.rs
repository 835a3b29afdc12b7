//! An encoder that the user added. In: the bytes of its file. Out: what it is, and the encoder, unpacked when it is
//! first needed. Refuses bytes that are no whole model file.

use std::fmt;
use std::sync::{Arc, OnceLock};

use encoder::{About, Encoder, ModelError};

/// An encoder for more languages than the one that ships was made for.
#[derive(Clone)]
pub struct Multilingual(Arc<Inner>);

struct Inner {
    about: About,
    bytes: Vec<u8>,
    encoder: OnceLock<Option<Encoder>>,
}

impl Multilingual {
    /// Takes a model file.
    ///
    /// # Errors
    /// The file is none, is damaged, or is of another version.
    pub fn new(bytes: Vec<u8>) -> Result<Self, ModelError> {
        let about = encoder::about(&bytes)?;
        Ok(Self(Arc::new(Inner {
            about,
            bytes,
            encoder: OnceLock::new(),
        })))
    }

    /// What it is.
    pub fn about(&self) -> &About {
        &self.0.about
    }

    /// The encoder; none where the file is whole and its inside makes no sense.
    pub fn encoder(&self) -> Option<&Encoder> {
        let unpack = || Encoder::from_bytes(&self.0.bytes).ok();
        self.0.encoder.get_or_init(unpack).as_ref()
    }
}

impl fmt::Debug for Multilingual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Multilingual").field(&self.0.about).finish()
    }
}

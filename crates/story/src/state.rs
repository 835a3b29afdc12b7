//! The state of a stream as bytes, so that it goes on where it stopped; and sketches, so that they can be drawn on
//! another machine than the one that groups them.
//!
//! In: a [`Grouper`] or a [`Sketch`]. Out: a header (`CRSG` or `CRSK`, version, length and checksum of what follows)
//! and the value in `postcard`'s format; and back. Refuses bytes of another version, cut off or damaged.

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use crate::grouper::Grouper;
use crate::sketch::Sketch;

const MAGIC: &[u8; 4] = b"CRSG";

/// Before a sketch.
const OF_SKETCH: &[u8; 4] = b"CRSK";

/// Rises when the state or what it is made with changes.
const VERSION: u32 = 3;

const HEADER: usize = 4 + 4 + 8 + 8;

/// What an article adds to a state while its story is open, about.
const BYTES_AN_ARTICLE: usize = 1_800;

/// What a sketch takes, about.
const BYTES_A_SKETCH: usize = 1_600;

/// Why a saved state cannot be gone on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StateError {
    /// The bytes are no state of a stream.
    #[error("this is no saved state of stories")]
    NoState,
    /// It was saved by another version of the program.
    #[error(
        "the stories were saved by version {found} of the state, this program reads {reads}; group \
         the articles again"
    )]
    Version {
        /// The version that it was saved with.
        found: u32,
        /// The version that this program reads.
        reads: u32,
    },
    /// It is cut off or damaged.
    #[error("the saved state of stories is damaged; group the articles again")]
    Damaged,
}

/// A value as bytes behind a header; `room` is about how many bytes it takes.
fn save(value: &impl Serialize, magic: &[u8; 4], room: usize) -> Result<Vec<u8>, StateError> {
    // Room for all of it at once: a state of hundreds of megabytes that grows by doubling is copied
    // and cleared many times.
    let mut bytes = Vec::with_capacity(HEADER + room);
    bytes.resize(HEADER, 0);
    let mut bytes = postcard::to_extend(value, bytes).map_err(|_| StateError::Damaged)?;
    let (len, sum) = ((bytes.len() - HEADER) as u64, xxh3_64(&bytes[HEADER..]));
    bytes[..4].copy_from_slice(magic);
    bytes[4..8].copy_from_slice(&VERSION.to_le_bytes());
    bytes[8..16].copy_from_slice(&len.to_le_bytes());
    bytes[16..HEADER].copy_from_slice(&sum.to_le_bytes());
    Ok(bytes)
}

/// The value that bytes were saved from.
fn restore<T: DeserializeOwned>(bytes: &[u8], magic: &[u8; 4]) -> Result<T, StateError> {
    if !bytes.starts_with(magic) || bytes.len() < HEADER {
        return Err(StateError::NoState);
    }
    let number = |at: usize| {
        let eight = bytes
            .get(at..at + 8)
            .and_then(|eight| eight.try_into().ok());
        u64::from_le_bytes(eight.unwrap_or_default())
    };
    let found = number(4) as u32;
    if found != VERSION {
        return Err(StateError::Version {
            found,
            reads: VERSION,
        });
    }
    let body = &bytes[HEADER..];
    if number(8) != body.len() as u64 || number(16) != xxh3_64(body) {
        return Err(StateError::Damaged);
    }
    postcard::from_bytes(body).map_err(|_| StateError::Damaged)
}

impl Grouper {
    /// The state as bytes: what [`Grouper::restore`] makes of them goes on exactly as this one does.
    ///
    /// # Errors
    /// [`StateError::Damaged`] where it cannot be written down, which only a lack of memory does.
    pub fn save(&self) -> Result<Vec<u8>, StateError> {
        save(self, MAGIC, self.len() * BYTES_AN_ARTICLE)
    }

    /// The stream that bytes were saved from.
    ///
    /// # Errors
    /// [`StateError`] where the bytes are no state, another version's, cut off or damaged.
    pub fn restore(bytes: &[u8]) -> Result<Self, StateError> {
        restore(bytes, MAGIC)
    }
}

impl Sketch {
    /// The sketch as bytes, for another machine.
    ///
    /// # Errors
    /// As [`Grouper::save`].
    pub fn save(&self) -> Result<Vec<u8>, StateError> {
        save(self, OF_SKETCH, BYTES_A_SKETCH)
    }

    /// The sketch that bytes were saved from.
    ///
    /// # Errors
    /// As [`Grouper::restore`].
    pub fn restore(bytes: &[u8]) -> Result<Self, StateError> {
        restore(bytes, OF_SKETCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::Settings;
    use crate::terms::gather;

    /// Articles of a few events, by number.
    fn article(number: u32) -> Sketch {
        let event = number % 7;
        let words = (event * 100..event * 100 + 30).chain([10_000 + number]);
        Sketch::of_words(gather(words.map(|term| (term, 1.0)).collect()))
    }

    #[test]
    fn a_restored_stream_goes_on_as_the_saved_one() {
        let mut stream = Grouper::new(Settings::default());
        for number in 0..60 {
            stream.add(&article(number));
        }
        stream.repair();
        stream.add(&article(60));
        let mut again = Grouper::restore(&stream.save().expect("bytes")).expect("a stream");
        for number in 61..120 {
            assert_eq!(stream.add(&article(number)), again.add(&article(number)));
        }
        assert_eq!(stream.repair(), again.repair());
        assert_eq!(stream.close(0, 0), again.close(0, 0));
        let story = |stream: &Grouper| (0..120).map(|n| stream.story_of(n)).collect::<Vec<_>>();
        assert_eq!(story(&stream), story(&again));
    }

    #[test]
    fn what_is_no_state_is_refused() {
        let bytes = Grouper::new(Settings::default()).save().expect("bytes");
        assert_eq!(Grouper::restore(b"{}").err(), Some(StateError::NoState));
        let mut other = bytes.clone();
        other[4] = 9;
        assert!(matches!(
            Grouper::restore(&other),
            Err(StateError::Version { found: 9, .. })
        ));
        let mut damaged = bytes.clone();
        *damaged.last_mut().expect("a byte") ^= 1;
        assert_eq!(Grouper::restore(&damaged).err(), Some(StateError::Damaged));
        assert_eq!(
            Grouper::restore(&bytes[..bytes.len() - 1]).err(),
            Some(StateError::Damaged)
        );
    }
}

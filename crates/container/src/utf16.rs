//! UTF-16 to UTF-8. In: a stream with a byte-order mark, as spreadsheets save "Unicode text". Out: the same in UTF-8.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};

/// Bytes read at once.
const BUFFER: usize = 32 << 10;

/// The encoding that a byte-order mark tells, where it is not UTF-8.
pub(crate) fn marked(head: &[u8]) -> Option<&'static Encoding> {
    let (encoding, _) = Encoding::for_bom(head)?;
    (encoding != UTF_8).then_some(encoding)
}

/// A stream in UTF-8.
pub(crate) struct Utf8<R> {
    inner: R,
    decoder: Decoder,
    given: Vec<u8>,
    at: usize,
    done: bool,
}

impl<R: Read> Utf8<R> {
    pub(crate) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            given: Vec::new(),
            at: 0,
            done: false,
        }
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.given.len() && !self.done {
            let mut packed = vec![0; BUFFER];
            let read = self.inner.read(&mut packed)?;
            self.done = read == 0;
            let most = self.decoder.max_utf8_buffer_length(read).unwrap_or(BUFFER);
            self.given.resize(most, 0);
            let (_, _, written, _) =
                self.decoder
                    .decode_to_utf8(&packed[..read], &mut self.given, self.done);
            self.given.truncate(written);
            self.at = 0;
        }
        let rest = &self.given[self.at..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

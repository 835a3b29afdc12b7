//! What gzip packed (RFC 1952), a member behind the other. In: packed bytes. Out: what they unpack to. A damaged member is
//! an error once, of the kind [`io::ErrorKind::InvalidData`]; whoever reads on gets the next member.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

/// How a member begins: its mark, and the one way of packing there is.
const MEMBER: &[u8] = b"\x1f\x8b\x08";
/// Bytes read at once.
const BUFFER: usize = 64 << 10;

/// The members of a file.
pub(crate) struct Gunzip<R> {
    at: At<R>,
}

enum At<R> {
    Between(BufReader<R>),
    Inside(Box<GzDecoder<BufReader<R>>>),
    End,
}

impl<R: Read> Gunzip<R> {
    pub(crate) fn new(packed: R) -> Self {
        Self {
            at: At::Between(BufReader::with_capacity(BUFFER, packed)),
        }
    }
}

impl<R: Read> Read for Gunzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.at, At::End) {
                At::End => return Ok(0),
                At::Between(mut packed) => {
                    if next_member(&mut packed)? {
                        self.at = At::Inside(Box::new(GzDecoder::new(packed)));
                    }
                }
                At::Inside(mut member) => match member.read(buffer) {
                    Ok(0) => self.at = At::Between(member.into_inner()),
                    Ok(read) => {
                        self.at = At::Inside(member);
                        return Ok(read);
                    }
                    Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                        self.at = At::Between(member.into_inner());
                        let why = "a damaged gzip file: fetch or pack it again";
                        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
                    }
                    Err(error) => return Err(error),
                },
            }
        }
    }
}

/// Goes to where the next member begins: what stands between members is padding, or what is left of a damaged one. One whose
/// mark lies across two buffers is passed over, where it does not follow at once.
fn next_member(packed: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = packed.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        let length = bytes.len();
        let short = length < MEMBER.len() && MEMBER.starts_with(bytes);
        let found = bytes
            .windows(MEMBER.len())
            .position(|window| window == MEMBER);
        if short || found == Some(0) {
            return Ok(true);
        }
        packed.consume(found.unwrap_or(length));
    }
}

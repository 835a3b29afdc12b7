//! Whether a PDF can be parsed without harm: its parser goes down one call a level of brackets, and holds what its streams
//! unpack to. In: the file's bytes. Out: nothing, or what is wrong. Of streams it unpacks those of FlateDecode, also within
//! ASCII85 and within each other; what is encrypted it cannot see.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::ZlibDecoder;

/// Brackets within brackets: real files have fewer than twenty.
const DEEPEST: usize = 4_000;
/// Bytes that one stream may unpack to, where it is no picture: the text of 20,000 pages.
const STREAM: u64 = 64 << 20;
/// Bytes that all streams may unpack to.
const TOGETHER: u64 = 1 << 30;
/// Packed streams within packed streams that are followed.
const WITHIN: usize = 3;
/// Bytes before a stream in which its description stands.
const HEAD: usize = 512;

/// Looks for harm.
pub(super) fn harm(bytes: &[u8]) -> Result<(), &'static str> {
    let (mut at, mut level, mut together) = (0, Level::default(), 0);
    while let Some(stream) = find(&bytes[at..], b"stream") {
        let begin = at + stream + b"stream".len();
        level.goes(&bytes[at..begin])?;
        let length = find(&bytes[begin..], b"endstream").unwrap_or(bytes.len() - begin);
        let body = &bytes[begin..begin + length];
        let head = &bytes[begin.saturating_sub(HEAD)..begin];
        together += unpacked(body, find(head, b"/Image").is_some())?;
        if together > TOGETHER {
            return Err("a PDF that swells when it is unpacked: save its text");
        }
        at = (begin + length + b"endstream".len()).min(bytes.len());
    }
    level.goes(&bytes[at..])
}

/// How deep the brackets of a text are.
#[derive(Default)]
struct Level {
    depth: usize,
    last: u8,
}

impl Level {
    fn goes(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        for &byte in bytes {
            match byte {
                b'[' => self.depth += 1,
                b'<' if self.last == b'<' => self.depth += 1,
                b']' => self.depth = self.depth.saturating_sub(1),
                b'>' if self.last == b'>' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            // Of three signs two are one bracket.
            let pair = byte == self.last && matches!(byte, b'<' | b'>');
            self.last = if pair { 0 } else { byte };
            if self.depth > DEEPEST {
                return Err("a PDF whose parts nest too deep: save its text");
            }
        }
        Ok(())
    }
}

/// Looks for harm in a stream; gives the bytes that it unpacks to.
fn unpacked(body: &[u8], picture: bool) -> Result<u64, &'static str> {
    let body = body.trim_ascii_start();
    let plain = body.trim_ascii_end().strip_suffix(b"~>").map(ascii85);
    let mut reader: Box<dyn BufRead + '_> = match plain {
        Some(bytes) => Box::new(std::io::Cursor::new(bytes)),
        None => Box::new(body),
    };
    for _ in 0..WITHIN {
        // What breaks off or is damaged is read as far as it goes, by the parser too.
        match reader.fill_buf() {
            Ok([0x08 | 0x18 | 0x28 | 0x38 | 0x48 | 0x58 | 0x68 | 0x78, _, ..]) => {
                reader = Box::new(BufReader::new(ZlibDecoder::new(reader)));
            }
            _ => break,
        }
    }
    let (mut level, mut total, mut buffer) = (Level::default(), 0, [0; 16 << 10]);
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        total += read as u64;
        match total > STREAM {
            true if picture => break,
            true => return Err("a PDF that swells when it is unpacked: save its text"),
            false => level.goes(&buffer[..read])?,
        }
    }
    Ok(total)
}

/// Bytes out of ASCII85 (ISO 32000-1, 7.4.3); what is no sign of it is passed over.
fn ascii85(signs: &[u8]) -> Vec<u8> {
    let (mut bytes, mut group, mut count) = (Vec::new(), 0u32, 0usize);
    for &sign in signs {
        match sign {
            b'z' if count == 0 => bytes.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(sign - b'!'));
                count += 1;
                if count == 5 {
                    bytes.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        bytes.extend(&group.to_be_bytes()[..count - 1]);
    }
    bytes
}

/// Where a word stands.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == word[0]) {
        if bytes[from + at..].starts_with(word) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(plain: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(plain).expect("memory");
        packed.finish().expect("memory")
    }

    fn stream(body: &[u8]) -> Vec<u8> {
        [b"%PDF-1.4\n4 0 obj\n<<>>stream\n", body, b"\nendstream"].concat()
    }

    #[test]
    fn brackets_are_counted_wherever_they_stand() {
        let deep = b"[".repeat(100_000);
        let twice = packed(&packed(&deep));
        for harmful in [
            deep.clone(),
            b"<<".repeat(9_000),
            stream(&deep),
            stream(&packed(&deep)),
            stream(&twice),
        ] {
            assert!(harm(&harmful).is_err_and(|why| why.contains("nest")));
        }
        for fine in [
            b"[]".repeat(100_000),
            stream(&packed(b"[[<<>>]] [(a) -20 (b)] TJ")),
        ] {
            assert_eq!(harm(&fine), Ok(()));
        }
    }

    #[test]
    fn streams_that_swell_are_refused_but_for_pictures() {
        let blank = packed(&vec![b' '; 65 << 20]);
        assert!(harm(&stream(&blank)).is_err_and(|why| why.contains("swells")));
        let picture = [b"<</Subtype/Image>>stream\n", &blank[..], b"\nendstream"].concat();
        assert_eq!(harm(&picture), Ok(()));
    }

    #[test]
    fn ascii85_is_read() {
        assert_eq!(ascii85(b"87cURD]i,\"Ebo80"), b"Hello World!");
    }
}

//! In: bytes. Out: the same as UTF-8, with the charset they were read as and whether anything had
//! to be replaced. Refuses nothing: whether the bytes are text at all is [`crate::kind`]'s question.
//!
//! Order of trust: byte order mark, UTF-16 by its zero bytes, valid UTF-8, what the page declares,
//! a guess from the bytes. Valid UTF-8 comes before the declaration because pages are re-saved in
//! UTF-8 far more often than their `<meta>` is changed, and other charsets hardly ever pass for it.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Where a declaration is looked for; browsers look at 1,024 bytes, pages put it later.
const DECLARATION_WINDOW: usize = 4096;

/// Bytes that the guess looks at; the end of a page adds nothing to it.
const GUESS_WINDOW: usize = 256 << 10;

/// Broken UTF-8 is still read as UTF-8 where there are this many good multi-byte characters for
/// each bad sequence.
const GOOD_PER_BAD: usize = 3;

/// Decoded bytes.
pub(crate) struct Decoded<'a> {
    /// As UTF-8, without a byte order mark.
    pub text: Cow<'a, str>,
    /// The charset they were read as.
    pub charset: &'static str,
    /// Whether bytes were replaced by U+FFFD.
    pub bad: bool,
}

impl Decoded<'_> {
    /// Of no bytes.
    pub fn nothing() -> Self {
        Self {
            text: Cow::Borrowed(""),
            charset: UTF_8.name(),
            bad: false,
        }
    }
}

/// Decodes bytes of any charset.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[skip..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes);
    }
    let declared = declared(&bytes[..bytes.len().min(DECLARATION_WINDOW)]);
    if let Ok(text) = std::str::from_utf8(bytes) {
        // ISO-2022-JP is plain ASCII to the eye of UTF-8.
        if declared == Some(ISO_2022_JP) && bytes.contains(&0x1b) {
            return with(ISO_2022_JP, bytes);
        }
        return Decoded {
            text: Cow::Borrowed(text),
            charset: UTF_8.name(),
            bad: false,
        };
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8) {
        let decoded = with(encoding, bytes);
        if !decoded.bad {
            return decoded;
        }
    }
    let guess = with(guess(bytes), bytes);
    match declared {
        // A guess that breaks as much is no better than the page's own word.
        Some(encoding) if guess.bad => with(encoding, bytes),
        _ => guess,
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text,
        charset: encoding.name(),
        bad,
    }
}

/// UTF-16 is recognised by the zero bytes of its ASCII characters: nearly all on one side.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = &bytes[..bytes.len().min(1024) & !1];
    if window.len() < 8 {
        return None;
    }
    let (mut even, mut odd) = (0, 0);
    for pair in window.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = window.len() / 2;
    if odd * 3 > pairs && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 3 > pairs && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= GOOD_PER_BAD * bad
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESS_WINDOW)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The charset that `<meta charset>`, `http-equiv` or an XML declaration names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    for key in [&b"charset"[..], b"encoding"] {
        let mut from = 0;
        while let Some(found) = find(&head[from..], key) {
            from += found + key.len();
            let rest = head[from..].trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else {
                continue;
            };
            let rest = rest.trim_ascii_start();
            let rest = rest
                .strip_prefix(b"\"")
                .or(rest.strip_prefix(b"'"))
                .unwrap_or(rest);
            let end = rest
                .iter()
                .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))
                .unwrap_or(rest.len());
            match Encoding::for_label(&rest[..end]) {
                // A page that one could read so far is not UTF-16, whatever it says.
                Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => {
                    return Some(UTF_8);
                }
                Some(encoding) => return Some(encoding),
                None => {}
            }
        }
    }
    None
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_found() {
        let cases: [(&[u8], &str, &str); 6] = [
            (b"\xef\xbb\xbfcaf\xc3\xa9", "café", "UTF-8"),
            (b"\xff\xfec\0a\0f\0\xe9\0", "café", "UTF-16LE"),
            (
                b"<meta charset=utf-8><p>caf\xe9 na\xefve d\xe9j\xe0 vu",
                "é",
                "windows-1252",
            ),
            (
                b"<meta charset='windows-1251'><p>\xcf\xf0\xe8\xe2\xe5\xf2",
                "Привет",
                "windows-1251",
            ),
            (
                b"<?xml version='1.0' encoding='iso-8859-2'?><p>\xb3\xf3d\xbc",
                "łódź",
                "ISO-8859-2",
            ),
            (b"<meta charset=latin1><p>caf\xc3\xa9", "café", "UTF-8"),
        ];
        for (bytes, holds, charset) in cases {
            let decoded = decode(bytes);
            assert!(decoded.text.contains(holds), "{:?}", decoded.text);
            assert_eq!((decoded.charset, decoded.bad), (charset, false));
        }
    }

    #[test]
    fn a_broken_sequence_is_replaced_and_told() {
        let decoded = decode("naïve café déjà vu".as_bytes().split_last().unwrap().1);
        assert!(!decoded.bad);
        let mut bytes = "naïve café déjà vu ".as_bytes().to_vec();
        bytes.push(0xe2);
        assert!(decode(&bytes).bad);
    }

    #[test]
    fn utf16_needs_no_mark() {
        let bytes: Vec<u8> = "Plain words here"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decode(&bytes).text, "Plain words here");
    }
}

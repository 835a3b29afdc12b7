//! In: a word's letters, what outside lists say of it. Out: a [`Word`]: the hashes from which all
//! its features are made, for itself and for its neighbours. Each word is read once.

/// Longest prefix or suffix, in characters, that has a hash of its own.
pub(crate) const AFFIX: usize = 4;

/// Most bytes of a word that count; longer ones are cut. No name or word of a language is longer.
const LONGEST: usize = 48;

/// A word, hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Lower case, digits as one digit.
    pub(crate) lower: u64,
    /// As written.
    pub(crate) exact: u64,
    /// The sort of its characters, runs shortened: `Xx`, `XX`, `X.X.`, `dd-x`.
    pub(crate) shape: u64,
    /// First one to four characters, lower case.
    pub(crate) prefix: [u64; AFFIX],
    /// Last one to four characters, lower case.
    pub(crate) suffix: [u64; AFFIX],
    /// How it is written, coarsely.
    pub(crate) case: Case,
    /// What outside lists say of it, one bit each.
    pub hints: u32,
    /// A label from an earlier tagger, such as its part of speech.
    pub tag: u8,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Only small letters (or letters without case).
    Lower,
    /// A capital, then small letters.
    Capital,
    /// More than one letter, all capitals.
    Upper,
    /// Capitals inside.
    Mixed,
    /// Digits among it.
    Digits,
    /// No letter and no digit.
    Mark,
}

impl Word {
    /// Hashes a word. Never fails; an empty word is a mark.
    pub fn new(text: &str, hints: u32) -> Self {
        let mut lower = [0u8; LONGEST];
        let (mut len, mut starts, mut count) = (0, [0usize; AFFIX + 1], 0);
        let mut ends = [0usize; AFFIX + 1];
        let mut shape = Fnv::new();
        let (mut last, mut exact) = (0u8, Fnv::new());
        let (mut capitals, mut smalls, mut digits, mut first_capital) = (0, 0, 0, false);
        for c in text.chars() {
            let class = match c {
                _ if c.is_ascii_digit() => b'd',
                _ if c.is_uppercase() => b'X',
                _ if c.is_alphabetic() => b'x',
                '’' | '‘' => b'\'',
                _ if c.is_ascii() => c as u8,
                _ => b'?',
            };
            match class {
                b'd' => digits += 1,
                b'X' => capitals += 1,
                b'x' => smalls += 1,
                _ => {}
            }
            first_capital |= count == 0 && class == b'X';
            if class != last {
                shape.add(class);
            }
            last = class;
            // One small letter for each: rare two-letter lower cases keep their first.
            let small = match class {
                b'd' => '0',
                b'X' => c.to_lowercase().next().unwrap_or(c),
                b'\'' => '\'',
                _ => c,
            };
            let mut bytes = [0u8; 4];
            let bytes = small.encode_utf8(&mut bytes).as_bytes();
            let Some(place) = lower.get_mut(len..len + bytes.len()) else {
                break;
            };
            place.copy_from_slice(bytes);
            exact.add(class);
            for &byte in bytes {
                exact.add(byte);
            }
            if count <= AFFIX {
                starts[count] = len;
            }
            ends.rotate_right(1);
            ends[0] = len;
            len += bytes.len();
            count += 1;
        }
        let letters = &lower[..len];
        let mut prefix = [0; AFFIX];
        let mut suffix = [0; AFFIX];
        for size in 1..=AFFIX.min(count) {
            let end = if size < count { starts[size] } else { len };
            prefix[size - 1] = hash(&letters[..end]) | 1;
            suffix[size - 1] = hash(&letters[ends[size - 1]..]) | 1;
        }
        let case = match (capitals, smalls, digits) {
            (0, 0, 0) => Case::Mark,
            (_, _, 1..) => Case::Digits,
            (0, _, _) => Case::Lower,
            (1, _, _) if first_capital => Case::Capital,
            (2.., 0, _) => Case::Upper,
            _ => Case::Mixed,
        };
        Self {
            lower: hash(letters),
            exact: exact.0,
            shape: shape.0,
            prefix,
            suffix,
            case,
            hints,
            tag: 0,
        }
    }
}

/// FNV-1a, with the final mixing that hashing by multiplication needs.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

/// A stable hash of a few bytes.
fn hash(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_meet_where_they_should() {
        let (a, b) = (Word::new("Harbour", 0), Word::new("harbour", 0));
        assert_eq!((a.lower, a.suffix), (b.lower, b.suffix));
        assert_ne!((a.exact, a.shape), (b.exact, b.shape));
        assert_eq!(Word::new("1987", 0).lower, Word::new("2024", 0).lower);
        assert_eq!(Word::new("it’s", 0), Word::new("it's", 0));
        assert_eq!(a.prefix[2], Word::new("Harp", 0).prefix[2]);
        assert_eq!(a.suffix[1], Word::new("our", 0).suffix[1]);
    }

    #[test]
    fn case_is_told() {
        for (text, case) in [
            ("Ada", Case::Capital),
            ("A", Case::Capital),
            ("UN", Case::Upper),
            ("U.N.", Case::Upper),
            ("McAdam", Case::Mixed),
            ("G20", Case::Digits),
            ("…", Case::Mark),
            ("", Case::Mark),
        ] {
            assert_eq!(Word::new(text, 0).case, case, "{text}");
        }
    }

    #[test]
    fn long_and_strange_words_do_no_harm() {
        for text in [
            "é".repeat(100),
            "\u{0}".into(),
            "İİİİ".into(),
            "毛泽东".into(),
        ] {
            let _ = Word::new(&text, 0);
        }
    }
}

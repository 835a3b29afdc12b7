//! In: a text. Out: words in which UTF-8 was read as windows-1252 (`donâ€™t`, `cafÃ©`), with the
//! word as it was, and words with a replacement character, without one. Refuses letters that are
//! right as they stand: the word must decode as UTF-8 as a whole.

use model::{Damage, DamageKind, Text};

/// The characters of windows-1252 for the bytes 80 to 9F; the five unused ones are themselves.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Bytes of the longest word that is looked at as a whole.
const LONGEST: usize = 400;

/// Damaged words of a text, in order.
pub(super) fn find(text: &Text) -> Vec<Damage> {
    let mut found = Vec::new();
    let words = text.as_str();
    if words.is_ascii() {
        return found;
    }
    for word in words.split([' ', '\n', '\t', '\r']) {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
        let repair = match () {
            () if word.is_ascii() || word.len() > LONGEST => continue,
            () if word.contains('\u{fffd}') => {
                // Bytes that were never text are no damaged word.
                let lost = word.chars().filter(|&c| c == '\u{fffd}').count();
                if word.chars().filter(|c| c.is_alphabetic()).count() <= lost {
                    continue;
                }
                None
            }
            () if !word.contains(['â', 'Ã', 'Â', 'Å', 'Ä', 'Ð', 'Ñ', 'Ø', 'Ù', 'ï']) => {
                continue;
            }
            () => match decoded(word) {
                Some(repair) => Some(repair),
                None => continue,
            },
        };
        if let Some(span) = text.span_of(word) {
            found.push(Damage {
                span,
                repair,
                kind: DamageKind::Charset,
            });
        }
    }
    found
}

/// The word that was read as windows-1252 where it was UTF-8.
fn decoded(word: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(word.len());
    for c in word.chars() {
        bytes.push(match u32::from(c) {
            code @ (0..=0x7f | 0xa0..=0xff) => code as u8,
            _ => 0x80 + HIGH.iter().position(|&high| high == c)? as u8,
        });
    }
    let repair = String::from_utf8(bytes).ok()?;
    (!repair.is_ascii() && repair.chars().all(|c| !c.is_control())).then_some(repair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_read_with_the_wrong_charset_come_back() {
        assert_eq!(decoded("donâ€™t").as_deref(), Some("don’t"));
        assert_eq!(decoded("cafÃ©").as_deref(), Some("café"));
        for right in ["NÃO", "Ångström", "señor", "Ñandú", "naïve", "crème", "SÃO"] {
            assert_eq!(decoded(right), None, "{right}");
        }
    }
}

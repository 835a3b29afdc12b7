//! In: a word as it is written. Out: its key, the same for all its letter cases and for every apostrophe and hyphen
//! that it is written with. Refuses nothing.

use xxhash_rust::xxh3::xxh3_64;

/// The key of a word, as in [`model::Token::key`].
pub fn key(word: &str) -> u64 {
    let mut folded = Vec::new();
    fold(word, &mut folded);
    xxh3_64(&folded)
}

/// Writes the case-folded form of a word: lower case, apostrophes and hyphens straight, invisible
/// hyphens left out.
pub(crate) fn fold(word: &str, folded: &mut Vec<u8>) {
    folded.clear();
    if word.is_ascii() {
        folded.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
        return;
    }
    let mut buffer = [0; 4];
    for c in word.chars() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            _ if is_apostrophe(c) => folded.push(b'\''),
            '“' | '”' | '„' => folded.push(b'"'),
            '\u{2010}' | '\u{2011}' => folded.push(b'-'),
            _ => {
                for low in c.to_lowercase() {
                    folded.extend_from_slice(low.encode_utf8(&mut buffer).as_bytes());
                }
            }
        }
    }
}

/// Whether a character is written for an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{ff07}'
    )
}

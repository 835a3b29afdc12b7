//! In: an article's text. Out: how many of its letters stand as two or three others, because UTF-8 was
//! once read as windows-1252 and saved: "MÃ¤nner". Refuses to mend them: the text is never edited.

use encoding_rs::WINDOWS_1252;

/// Letters in a text that are no chance: `É»` at the end of a quotation is one.
const FEWEST: usize = 3;

/// How many letters of a text are broken so; 0 if so few that they may stand as they should.
pub(crate) fn count(text: &str) -> usize {
    let mut count = 0;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| !c.is_ascii()) {
        rest = &rest[at..];
        let step = broken(rest).inspect(|_| count += 1);
        let first = rest.chars().next().map_or(1, char::len_utf8);
        rest = &rest[step.unwrap_or(first)..];
    }
    if count >= FEWEST { count } else { 0 }
}

/// Bytes of the broken letter that a text opens with.
fn broken(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, lead) = chars.next()?;
    let (more, start) = match lead as u32 {
        lead @ 0xc2..=0xdf => (1, lead & 0x1f),
        lead @ 0xe0..=0xef => (2, lead & 0x0f),
        _ => return None,
    };
    let mut code = start;
    for _ in 0..more {
        let (at, c) = chars.next()?;
        if c.is_ascii() {
            return None;
        }
        let (bytes, _, bad) = WINDOWS_1252.encode(&text[at..at + c.len_utf8()]);
        let byte = u32::from(*bytes.first()?);
        if bad || !(0x80..=0xbf).contains(&byte) {
            return None;
        }
        code = code << 6 | byte & 0x3f;
    }
    // Letters of Latin, Greek and Cyrillic, quotes and dashes: what texts are full of.
    matches!(code, 0xa0..=0x17f | 0x386..=0x3ce | 0x400..=0x45f | 0x2010..=0x203a | 0x20ac)
        .then(|| chars.next().map_or(text.len(), |(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_letters_are_counted() {
        let broken = "Ãœber die SchlieÃŸung, so der KÃ¤mmerer â€“ â€žWirâ€œ.";
        assert_eq!(count(broken), 6);
        assert_eq!(count("« LE CAFÉ» et l’été à Épinal, NÃO, Ã"), 0);
        assert_eq!(count("Über die Schließung der Öfen"), 0);
    }
}

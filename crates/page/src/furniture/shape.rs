//! In: a line of a page. Out: its shape: how many words, whether it ends as a sentence does,
//! whether it is running text; and the form in which phrases are looked up.

/// Words of a line that is running text if it ends as a sentence.
pub(crate) const BODY_WORDS: usize = 8;
/// Words of a line that is running text however it ends.
const LONG_WORDS: usize = 40;
/// Bytes of a line that is looked up wherever it stands.
const SHORT_LINE: usize = 250;
/// Bytes of a line that is looked up among phrases: furniture is shorter.
const LOOKED_UP: usize = 900;

/// What one can see of a line without reading it.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Lower case, straight quotes, single blanks, no bullets and arrows at the ends; empty for
    /// lines too long to be furniture.
    pub norm: String,
    /// Words; for scripts without blanks, half its characters.
    pub words: usize,
    /// Whether it ends as a sentence does.
    pub ends: bool,
    /// Whether it is running text.
    pub body: bool,
    /// Whether it opens with a bullet or a number.
    pub bullet: bool,
}

/// The shape of a trimmed line; `edge`: whether it stands near an end of its page.
pub(crate) fn of(line: &str, edge: bool) -> Shape {
    let words = words(line);
    let ends = ends_sentence(line);
    let body = ends && words >= BODY_WORDS || words >= LONG_WORDS;
    // A long line in the middle of a page that ends as a sentence does is never furniture.
    let looked_up = line.len() <= SHORT_LINE
        || line.len() <= LOOKED_UP && (edge || !ends || line.ends_with([')', ']']));
    let norm = if looked_up { norm(line) } else { String::new() };
    Shape {
        norm,
        words,
        ends,
        body,
        bullet: bullet(line),
    }
}

/// Words of a text; for scripts without blanks, half its characters.
pub(crate) fn words(line: &str) -> usize {
    let bytes = line.as_bytes();
    let (mut blanks, mut unspaced, mut blank) = (0, 0, true);
    for (at, &byte) in bytes.iter().enumerate() {
        let white = byte.is_ascii_whitespace();
        blanks += usize::from(blank && !white);
        blank = white;
        // First bytes of characters of Thai, Lao, Burmese, Khmer, Japanese and Chinese.
        unspaced += usize::from(match byte {
            0xe3..=0xe9 => true,
            0xe0 => matches!(bytes.get(at + 1), Some(0xb8..=0xbb)),
            0xe1 => matches!(bytes.get(at + 1), Some(0x80..=0x81 | 0x9e..=0x9f)),
            _ => false,
        });
    }
    blanks.max(unspaced / 2)
}

/// Whether a line ends with a full stop or its like, closing quotes and brackets aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\''
                    | '”'
                    | '’'
                    | '»'
                    | '“'
                    | '«'
                    | '„'
                    | ')'
                    | ']'
                    | '」'
                    | '』'
                    | '\u{200b}'
                    | '\u{200e}'
                    | '\u{200f}'
            )
    });
    let closed = end.len() < line.trim_end().len();
    match end.chars().next_back() {
        Some(
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '։' | '።' | '།' | '॥',
        ) => true,
        // `… he said," she added:` opens a quotation or a list.
        Some(':' | '：' | ';') => true,
        Some(',') => closed,
        _ => false,
    }
}

/// Whether a line opens with a bullet or a number.
pub(crate) fn bullet(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some(
            '•' | '·' | '*' | '-' | '–' | '—' | '▪' | '■' | '►' | '‣' | '○' | '●' | '✓' | '→' | '»',
        ) => chars.next().is_some_and(char::is_whitespace),
        Some(c) if c.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(". ") || rest.starts_with(") ")
        }
        _ => false,
    }
}

/// The form in which phrases are looked up.
pub(crate) fn norm(line: &str) -> String {
    let mut norm = String::with_capacity(line.len());
    let mut blank = true;
    // Guillemets at the ends are arrows more often than quotes, and quotes do not matter here.
    for c in line.trim_matches(['»', '«', '›', '‹', ' ']).chars() {
        let c = match c {
            '’' | '‘' | '`' | '´' | 'ʼ' => '\'',
            '“' | '”' | '„' | '«' | '»' | '″' => '"',
            '–' | '—' | '―' => '-',
            '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{200e}' | '\u{200f}' => continue,
            c if c.is_whitespace() => {
                if !blank {
                    norm.push(' ');
                    blank = true;
                }
                continue;
            }
            c => c,
        };
        blank = false;
        if c.is_ascii() {
            norm.push(c.to_ascii_lowercase());
        } else {
            norm.extend(c.to_lowercase());
        }
    }
    let edge = |c: char| {
        matches!(
            c,
            ' ' | '•'
                | '·'
                | '-'
                | '|'
                | '>'
                | '›'
                | '»'
                | '→'
                | '←'
                | '►'
                | '▶'
                | '▪'
                | '■'
                | '↓'
                | '↑'
                | '+'
                | '#'
                | '_'
                | '='
                | '~'
        )
    };
    let trimmed = norm.trim_matches(edge).trim_end_matches([':', ' ']);
    if trimmed.len() == norm.len() {
        norm
    } else {
        trimmed.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert!(of("The harbour was closed on Monday after the storm.", false).body);
        assert!(
            of(
                "“The harbour was closed on Monday after the storm,” she said.”",
                false
            )
            .body
        );
        assert!(!of("Harbour closed after storm", false).body);
        assert!(
            of(
                "台風の影響で港は月曜日に閉鎖されたと当局が発表した。",
                false
            )
            .body
        );
        assert!(
            of("• Item of a list", false).bullet
                && of("2. Item", false).bullet
                && !of("2.5 tons", false).bullet
        );
        assert_eq!(norm("  » Read  More… : "), "read more…");
    }
}

//! In: a line of a page. Out: its shape: how many words, whether it ends as a sentence does,
//! whether it is running text; and the form in which phrases are looked up.

/// Words of a line that is running text if it ends as a sentence.
const BODY_WORDS: usize = 8;
/// Words of a line that is running text however it ends.
const LONG_WORDS: usize = 40;
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

/// The shape of a trimmed line.
pub(crate) fn of(line: &str) -> Shape {
    let words = words(line);
    let ends = ends_sentence(line);
    let bullet = bullet(line);
    let body = ends && words >= BODY_WORDS || words >= LONG_WORDS;
    Shape {
        norm: if line.len() <= LOOKED_UP {
            norm(line)
        } else {
            String::new()
        },
        words,
        ends,
        body,
        bullet,
    }
}

/// Words of a text; for scripts without blanks, half its characters.
pub(crate) fn words(line: &str) -> usize {
    let blanks = line.split_ascii_whitespace().count();
    if line.is_ascii() {
        return blanks;
    }
    let unspaced = line
        .chars()
        .filter(|c| matches!(*c as u32, 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff))
        .count();
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

fn bullet(line: &str) -> bool {
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
        assert!(of("The harbour was closed on Monday after the storm.").body);
        assert!(of("“The harbour was closed on Monday after the storm,” she said.”").body);
        assert!(!of("Harbour closed after storm").body);
        assert!(of("台風の影響で港は月曜日に閉鎖されたと当局が発表した。").body);
        assert!(of("• Item of a list").bullet && of("2. Item").bullet && !of("2.5 tons").bullet);
        assert_eq!(norm("  » Read  More… : "), "read more…");
    }
}

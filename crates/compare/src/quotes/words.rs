//! In: parts of a quotation. Out: its words without marks, and the longest run that two of them share. Refuses nothing.

use model::{Document, Span, TokenClass};

/// A word of a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Key of the word.
    pub key: u64,
    /// Key of its stem.
    pub stem: u64,
    /// Whether it is a function word.
    pub stop: bool,
    /// Where it stands.
    pub span: Span,
    /// Whether it stands in quote marks.
    pub quoted: bool,
}

/// The words of a quotation's parts, without marks.
pub(super) fn words(doc: &Document, parts: &[Span]) -> Vec<Word> {
    let mut out = Vec::new();
    for &part in parts {
        let mut quoted = false;
        let range = doc.tokens_in(part);
        let tokens = &doc.tokens[range];
        // A part without marks inside is quoted or not as a whole: the caller knows by the form.
        for token in tokens {
            if token.class == TokenClass::Mark {
                match doc.get(token.span) {
                    "“" | "«" | "„" => quoted = true,
                    "”" | "»" => quoted = false,
                    "\"" | "''" => quoted = !quoted,
                    _ => {}
                }
                continue;
            }
            out.push(Word {
                key: token.key,
                stem: token.stem,
                stop: token.stop,
                span: token.span,
                quoted,
            });
        }
    }
    out
}

/// Words of each unit that are compared word by word: bounds the work on endless quotations.
pub(super) const LONGEST: usize = 300;

/// The longest run of equal words, with the content words in it.
pub(super) fn longest_run(a: &[Word], b: &[Word]) -> (usize, usize) {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut before = vec![0u16; b.len() + 1];
    let (mut best, mut end) = (0u16, 0);
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let old = before[j + 1];
            before[j + 1] = if x.key == y.key { diagonal + 1 } else { 0 };
            if before[j + 1] > best {
                (best, end) = (before[j + 1], i + 1);
            }
            diagonal = old;
        }
    }
    let run = &a[end - best as usize..end];
    (run.len(), run.iter().filter(|word| !word.stop).count())
}

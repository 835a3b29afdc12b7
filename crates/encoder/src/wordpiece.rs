//! WordPiece: a text to pieces of words. In: a text and a vocabulary. Out: each piece's number and its
//! bytes. As BERT's uncased tokenizer does it: small letters, accents off, marks and Chinese signs by
//! themselves, then the longest piece of the vocabulary from the left (Schuster and Nakajima 2012).

use std::collections::HashMap;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::piece::Piece;

/// Words of more letters are unknown, as in the original.
const LONGEST_WORD: usize = 100;

/// The pieces that a model knows.
#[derive(Clone, Debug)]
pub(crate) struct WordPieces {
    /// Pieces at the beginning of a word.
    first: HashMap<Box<str>, u32>,
    /// Pieces inside a word, without their marks.
    inner: HashMap<Box<str>, u32>,
    pub(crate) unknown: u32,
    pub(crate) begin: u32,
    pub(crate) end: u32,
}

impl WordPieces {
    /// Reads a list of pieces, one a line, in the order of their numbers. None where it lacks one of
    /// the marks `[UNK]`, `[CLS]` and `[SEP]`.
    pub(crate) fn read(list: &str) -> Option<Self> {
        let (mut first, mut inner) = (HashMap::new(), HashMap::new());
        for (id, piece) in (0u32..).zip(list.lines()) {
            match piece.strip_prefix("##") {
                Some(piece) => inner.insert(piece.into(), id),
                None => first.insert(piece.into(), id),
            };
        }
        let mark = |name: &str| first.get(name).copied();
        let (unknown, begin, end) = (mark("[UNK]")?, mark("[CLS]")?, mark("[SEP]")?);
        Some(Self {
            first,
            inner,
            unknown,
            begin,
            end,
        })
    }

    /// Cuts a text into pieces, in order, none empty. A word that is not in the vocabulary is one
    /// piece, `[UNK]`.
    pub(crate) fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(text.len() / 4 + 2);
        let mut word = Word::default();
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if c.is_whitespace() {
                self.cut(&mut word, &mut pieces);
            } else if is_mark(c) || is_chinese(c) {
                self.cut(&mut word, &mut pieces);
                word.push(c, at, end);
                self.cut(&mut word, &mut pieces);
            } else if !is_invisible(c) {
                word.push(c, at, end);
            }
        }
        self.cut(&mut word, &mut pieces);
        pieces
    }

    /// Cuts a word into pieces and empties it.
    fn cut(&self, word: &mut Word, pieces: &mut Vec<Piece>) {
        let before = pieces.len();
        let mut from = 0;
        while from < word.chars.len() {
            let known = if from == 0 { &self.first } else { &self.inner };
            let start = word.chars[from].at;
            let longest = word.ends(from).rev().find_map(|to| {
                let piece = &word.text[start as usize..word.end(to)];
                known.get(piece).map(|id| (to, *id))
            });
            let Some((to, id)) = longest.filter(|_| word.chars.len() <= LONGEST_WORD) else {
                pieces.truncate(before);
                pieces.push(Piece {
                    id: self.unknown,
                    start: word.chars[0].start,
                    end: word.chars[word.chars.len() - 1].end,
                });
                break;
            };
            pieces.push(Piece {
                id,
                start: word.chars[from].start,
                end: word.chars[to - 1].end,
            });
            from = to;
        }
        word.clear();
    }
}

/// A word in the letters of the vocabulary, each with where it is from.
#[derive(Default)]
struct Word {
    text: String,
    chars: Vec<Letter>,
}

struct Letter {
    /// Its first byte in `Word.text`.
    at: u32,
    /// Its bytes in the text that was given.
    start: u32,
    end: u32,
}

impl Word {
    fn push(&mut self, c: char, start: usize, end: usize) {
        for small in c.to_lowercase() {
            decompose_canonical(small, |part| {
                if !is_combining_mark(part) {
                    self.chars.push(Letter {
                        at: self.text.len() as u32,
                        start: start as u32,
                        end: end as u32,
                    });
                    self.text.push(part);
                }
            });
        }
    }

    fn ends(&self, from: usize) -> std::ops::RangeInclusive<usize> {
        // No piece of the vocabulary is longer.
        const LONGEST_PIECE: usize = 24;
        from + 1..=self.chars.len().min(from + LONGEST_PIECE)
    }

    /// The byte of `text` behind the first `to` letters.
    fn end(&self, to: usize) -> usize {
        let next = self.chars.get(to).map(|letter| letter.at as usize);
        next.unwrap_or(self.text.len())
    }

    fn clear(&mut self) {
        self.text.clear();
        self.chars.clear();
    }
}

/// Signs that are words by themselves: what ASCII has beside letters and digits, and punctuation.
fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1f}')
}

/// Signs of Chinese and its kin, which write no spaces.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2fa1f}')
}

/// Signs that nobody sees.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nmayor\n'\ns\nre\n##open\n##ed\n.\ncafe\n市\n";

    fn cut(text: &str) -> Vec<(u32, &str)> {
        let list = WordPieces::read(LIST).expect("has its marks");
        let pieces = list.pieces(text);
        pieces
            .iter()
            .map(|p| (p.id, &text[p.start as usize..p.end as usize]))
            .collect()
    }

    #[test]
    fn words_fall_into_the_longest_pieces() {
        assert_eq!(
            cut("Mayor's  reopened."),
            [
                (4, "Mayor"),
                (5, "'"),
                (6, "s"),
                (7, "re"),
                (8, "open"),
                (9, "ed"),
                (10, ".")
            ]
        );
    }

    #[test]
    fn accents_and_invisible_signs_do_not_count() {
        assert_eq!(cut("Café"), [(11, "Café")]);
        assert_eq!(cut("Cafe\u{301}"), [(11, "Cafe")]);
        assert_eq!(cut("ma\u{ad}yor"), [(4, "ma\u{ad}yor")]);
    }

    #[test]
    fn what_is_not_known_is_one_piece() {
        assert_eq!(
            cut("mayoral 市市"),
            [(1, "mayoral"), (12, "市"), (12, "市")]
        );
        assert_eq!(cut(&"re".repeat(80)).len(), 1);
        assert!(cut(" \u{301}\u{200b}").is_empty());
    }

    #[test]
    fn a_list_without_its_marks_is_refused() {
        assert!(WordPieces::read("a\nb\n").is_none());
    }
}

//! Unigram pieces: a text to pieces of words. In: a text, a vocabulary with a score for each piece. Out: the
//! cut whose scores have the greatest sum (Viterbi 1967), each piece's number and its bytes. As
//! SentencePiece does it for XLM-R (Kudo 2018, Conneau et al. 2020): compatible forms made one (NFKC), every
//! blank a "▁" that belongs to what follows. What was normalised is traced back to the bytes that were given.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::piece::Piece;
use crate::wordpiece::is_invisible;

/// A blank, as the vocabulary has it.
const BLANK: char = '\u{2581}';
/// A letter that no piece has costs so much more than the rarest piece, as in the original.
const UNKNOWN: f32 = 10.0;
/// Marks of the model, which no text has.
const MARKS: [&str; 5] = ["<s>", "</s>", "<unk>", "<pad>", "<mask>"];

/// The pieces that a model knows, each with the logarithm of how likely it is.
#[derive(Clone, Debug)]
pub(crate) struct Unigram {
    pieces: HashMap<Box<str>, (u32, f32)>,
    /// Letters in the longest piece.
    longest: usize,
    unknown: u32,
    unknown_score: f32,
    pub(crate) begin: u32,
    pub(crate) end: u32,
}

/// A letter as the vocabulary has it, and where it is from.
#[derive(Clone, Copy)]
struct Letter {
    letter: char,
    start: u32,
    end: u32,
}

/// The best cut up to a place.
#[derive(Clone, Copy)]
struct Best {
    score: f32,
    from: usize,
    id: u32,
}

impl Unigram {
    /// Reads a list of pieces, one a line, in the order of their numbers, and their scores. None where it
    /// lacks one of the marks `<s>`, `</s>` and `<unk>`, or a score.
    pub(crate) fn read(list: &str, scores: &[f32]) -> Option<Self> {
        let mark = |name: &str| list.lines().position(|piece| piece == name);
        let number = |name: &str| mark(name).map(|at| at as u32);
        let (begin, end, unknown) = (number("<s>")?, number("</s>")?, number("<unk>")?);
        if list.lines().count() != scores.len() {
            return None;
        }
        let known = (0u32..).zip(list.lines()).zip(scores);
        let pieces: HashMap<Box<str>, (u32, f32)> = known
            .filter(|((_, piece), _)| !MARKS.contains(piece))
            .map(|((id, piece), score)| (piece.into(), (id, *score)))
            .collect();
        let longest = pieces.keys().map(|piece| piece.chars().count()).max();
        let rarest = scores.iter().copied().fold(0.0, f32::min);
        Some(Self {
            longest: longest.unwrap_or_default(),
            pieces,
            unknown,
            unknown_score: rarest - UNKNOWN,
            begin,
            end,
        })
    }

    /// Cuts a text into pieces, in order; a blank that is a piece by itself is empty, since it belongs to no
    /// letter. A letter that no piece has is one piece, `<unk>`.
    pub(crate) fn pieces(&self, text: &str) -> Vec<Piece> {
        let letters = normalised(text);
        let mut joined = String::with_capacity(text.len() + 8);
        let mut ends = Vec::with_capacity(letters.len() + 1);
        for letter in &letters {
            ends.push(joined.len());
            joined.push(letter.letter);
        }
        ends.push(joined.len());
        let nothing = Best {
            score: f32::NEG_INFINITY,
            from: 0,
            id: self.unknown,
        };
        let mut best = vec![nothing; letters.len() + 1];
        best[0].score = 0.0;
        for from in 0..letters.len() {
            let before = best[from].score;
            let mut offer = |to: usize, id: u32, score: f32| {
                let score = before + score;
                if score > best[to].score {
                    best[to] = Best { score, from, id };
                }
            };
            for to in from + 1..=letters.len().min(from + self.longest) {
                if let Some(&(id, score)) = self.pieces.get(&joined[ends[from]..ends[to]]) {
                    offer(to, id, score);
                }
            }
            offer(from + 1, self.unknown, self.unknown_score);
        }
        let mut pieces = Vec::new();
        let mut to = letters.len();
        while to > 0 {
            let Best { from, id, .. } = best[to];
            pieces.push(Piece {
                id,
                start: letters[from].start,
                end: letters[to - 1].end,
            });
            to = from;
        }
        pieces.reverse();
        pieces
    }
}

/// The letters of a text as the vocabulary has them: a blank before each word, none behind the last.
fn normalised(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len() + 1);
    let mut blank = true;
    let mut push = |letter: char, start: u32, end: u32| {
        if letter.is_whitespace() {
            blank = true;
            return;
        }
        if std::mem::take(&mut blank) {
            // It takes no byte of the text, so that a piece begins where its first letter does.
            letters.push(Letter {
                letter: BLANK,
                start,
                end: start,
            });
        }
        letters.push(Letter { letter, start, end });
    };
    let mut at = text.char_indices().peekable();
    while let Some((start, first)) = at.next() {
        let mut end = start + first.len_utf8();
        let (start, simple) = (start as u32, first.is_ascii() && !first.is_ascii_control());
        while let Some(&(next, mark)) = at.peek() {
            if !is_combining_mark(mark) {
                break;
            }
            end = next + mark.len_utf8();
            at.next();
        }
        let whole = &text[start as usize..end];
        if first.is_whitespace() || first == BLANK || is_blank(first) {
            push(' ', start, end as u32);
        } else if simple && whole.len() == 1 {
            push(first, start, end as u32);
        } else if !is_invisible(first) {
            whole.nfkc().for_each(|c| push(c, start, end as u32));
        }
    }
    letters
}

/// Signs that nobody sees and that part words all the same, in the original.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An invented vocabulary, each piece with its score.
    const LIST: [(&str, f32); 13] = [
        ("<s>", 0.0),
        ("<pad>", 0.0),
        ("</s>", 0.0),
        ("<unk>", 0.0),
        ("\u{2581}", -3.0),
        ("\u{2581}Bürger", -9.0),
        ("meister", -9.0),
        ("\u{2581}der", -5.0),
        ("d", -7.0),
        ("er", -6.0),
        (".", -4.0),
        ("fi", -8.0),
        ("1", -6.5),
    ];

    fn unigram() -> Unigram {
        let list: String = LIST.iter().map(|(piece, _)| format!("{piece}\n")).collect();
        let scores: Vec<f32> = LIST.iter().map(|(_, score)| *score).collect();
        Unigram::read(&list, &scores).expect("has its marks")
    }

    fn cut(text: &str) -> Vec<(&'static str, &str)> {
        let pieces = unigram().pieces(text).into_iter();
        pieces
            .map(|p| {
                let known = LIST[p.id as usize].0;
                (known, &text[p.start as usize..p.end as usize])
            })
            .collect()
    }

    #[test]
    fn the_likeliest_cut_is_taken() {
        // "▁der" (-5) beats "▁", "d", "er" (-16).
        assert_eq!(
            cut("der  Bürgermeister."),
            [
                ("\u{2581}der", "der"),
                ("\u{2581}Bürger", "Bürger"),
                ("meister", "meister"),
                (".", ".")
            ]
        );
        assert_eq!(
            cut(" der ."),
            [("\u{2581}der", "der"), ("\u{2581}", ""), (".", ".")]
        );
    }

    #[test]
    fn forms_of_one_letter_are_one_and_keep_their_bytes() {
        assert_eq!(cut("Bu\u{308}rger"), [("\u{2581}Bürger", "Bu\u{308}rger")]);
        assert_eq!(cut("Bür\u{ad}ger"), [("\u{2581}Bürger", "Bür\u{ad}ger")]);
        assert_eq!(cut("\u{fb01}"), [("\u{2581}", ""), ("fi", "\u{fb01}")]);
        assert_eq!(cut("\u{ff11}"), [("\u{2581}", ""), ("1", "\u{ff11}")]);
        assert_eq!(
            cut("der\u{a0}\u{200b}der\u{2581}"),
            [("\u{2581}der", "der"); 2]
        );
    }

    #[test]
    fn what_is_not_known_and_what_is_no_text() {
        assert_eq!(
            cut("ж<s>"),
            [
                ("\u{2581}", ""),
                ("<unk>", "ж"),
                ("<unk>", "<"),
                ("<unk>", "s"),
                ("<unk>", ">")
            ]
        );
        assert!(cut("").is_empty() && cut(" \n\u{ad}").is_empty());
    }

    #[test]
    fn a_list_without_its_marks_or_scores_is_refused() {
        assert!(Unigram::read("a\nb\n", &[0.0, 0.0]).is_none());
        assert!(Unigram::read("<s>\n</s>\n<unk>\n", &[0.0, 0.0]).is_none());
    }
}

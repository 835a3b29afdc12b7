//! In: gold attributions and found ones of one text. Out: which found one answers which gold one,
//! and spans made comparable: quote marks, white space and a comma at the ends do not count.

use std::cmp::Reverse;
use std::ops::Range;

use crossread::model::Form;

/// An attribution, in bytes of its text.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// How it gives its words.
    pub form: Form,
    /// What was said, in parts.
    pub content: Vec<Range<usize>>,
    /// The reporting words, from first to last.
    pub cue: Option<Range<usize>>,
    /// The words for who said it, from first to last.
    pub source: Option<Range<usize>>,
}

/// The smallest range that holds all.
pub fn hull(ranges: &[Range<usize>]) -> Option<Range<usize>> {
    let start = ranges.iter().map(|range| range.start).min()?;
    let end = ranges.iter().map(|range| range.end).max()?;
    Some(start..end)
}

/// Whether two ranges share a byte.
pub fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The ranges, cut at line ends (a quotation over two paragraphs is one part in one set and two in
/// another) and without what does not count at their ends; neighbours that only such characters
/// part are one.
pub fn pieces(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let outer = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\u{201c}'
                    | '\u{201d}'
                    | '\u{201e}'
                    | '\u{2018}'
                    | '\u{2019}'
                    | '\''
                    | '\u{ab}'
                    | '\u{bb}'
                    | '`'
                    | ','
            )
    };
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let mut start = range.start;
        for line in text[range.clone()].split_inclusive('\n') {
            let inner = line.trim_matches(outer);
            if !inner.is_empty() {
                let from = start + line.len() - line.trim_start_matches(outer).len();
                pieces.push(from..from + inner.len());
            }
            start += line.len();
        }
    }
    pieces.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for piece in pieces {
        match joined.last_mut() {
            Some(last)
                if piece.start <= last.end
                    || (text[last.end..piece.start].chars().all(outer)
                        && !text[last.end..piece.start].contains('\n')) =>
            {
                last.end = last.end.max(piece.end);
            }
            _ => joined.push(piece),
        }
    }
    joined
}

/// Bytes that two contents share.
fn shared(a: &Attribution, b: &Attribution) -> usize {
    let mut sum = 0;
    for x in &a.content {
        for y in &b.content {
            sum += x.end.min(y.end).saturating_sub(x.start.max(y.start));
        }
    }
    sum
}

/// For each gold attribution the found one that answers it: one to one, the largest shared content
/// first.
pub fn align(gold: &[Attribution], found: &[Attribution]) -> Vec<Option<usize>> {
    let mut candidates = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        for (f, other) in found.iter().enumerate() {
            let bytes = shared(one, other);
            if bytes > 0 {
                let size = |a: &Attribution| a.content.iter().map(Range::len).sum::<usize>();
                // Of nested ones, the one of the same size.
                let apart = size(one).abs_diff(size(other));
                candidates.push((bytes, Reverse(apart), Reverse(g), Reverse(f)));
            }
        }
    }
    candidates.sort_by(|a, b| b.cmp(a));
    let mut partner = vec![None; gold.len()];
    let mut taken = vec![false; found.len()];
    for (_, _, Reverse(g), Reverse(f)) in candidates {
        if partner[g].is_none() && !taken[f] {
            partner[g] = Some(f);
            taken[f] = true;
        }
    }
    partner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(content: Range<usize>) -> Attribution {
        Attribution {
            form: Form::Direct,
            content: vec![content],
            cue: None,
            source: None,
        }
    }

    #[test]
    fn pieces_lose_marks_and_break_at_lines() {
        let text = "\u{201c}A b,\u{201d}\n\u{201c}c d.\u{201d}";
        let all = std::iter::once(0..text.len()).collect::<Vec<_>>();
        let words: Vec<&str> = pieces(text, &all).into_iter().map(|r| &text[r]).collect();
        assert_eq!(words, ["A b", "c d."]);
    }

    #[test]
    fn parts_that_only_marks_divide_are_one() {
        let text = "\"a b\" \"c d\"";
        assert_eq!(pieces(text, &[0..5, 6..11]), vec![1..10]);
    }

    #[test]
    fn each_answers_one() {
        let gold = [one(0..10), one(20..30)];
        assert_eq!(align(&gold, &[one(0..30)]), [Some(0), None]);
        assert_eq!(align(&gold, &[one(25..40), one(2..4)]), [Some(1), Some(0)]);
    }
}

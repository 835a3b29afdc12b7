//! In: a string. Out: a [`Text`] that never changes and the [`Span`]s that fit it. Refuses spans
//! that are empty, reach past the end, or cut a character in two.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A text that never changes; cheap to clone. At most 4 GiB, so that a [`Span`] fits 8 bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<str>);

/// A half-open, non-empty range of UTF-8 bytes of one [`Text`], on character boundaries. It is
/// made only by a text, which checks it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

/// Why a range is no span of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpanError {
    /// The range holds nothing.
    Empty(Range<usize>),
    /// The range ends behind the text, which has `len` bytes.
    OutOfBounds {
        /// The range asked for.
        range: Range<usize>,
        /// Bytes in the text.
        len: usize,
    },
    /// An end of the range lies inside a character.
    InsideCharacter(Range<usize>),
}

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(r) => write!(f, "the range {r:?} is empty"),
            Self::OutOfBounds { range, len } => {
                write!(f, "the range {range:?} does not fit a text of {len} bytes")
            }
            Self::InsideCharacter(r) => write!(f, "the range {r:?} cuts a character in two"),
        }
    }
}

impl std::error::Error for SpanError {}

impl Text {
    /// Wraps a string. What lies behind the first 4 GiB is cut, on a character boundary.
    pub fn new(text: &str) -> Self {
        Self(Arc::from(
            &text[..text.floor_char_boundary(u32::MAX as usize)],
        ))
    }

    /// The whole string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Bytes in the text.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The span of a range of bytes.
    pub fn span(&self, range: Range<usize>) -> Result<Span, SpanError> {
        if range.start >= range.end {
            return Err(SpanError::Empty(range));
        }
        if range.end > self.len() {
            return Err(SpanError::OutOfBounds {
                range,
                len: self.len(),
            });
        }
        if !self.0.is_char_boundary(range.start) || !self.0.is_char_boundary(range.end) {
            return Err(SpanError::InsideCharacter(range));
        }
        Ok(Span {
            start: range.start as u32,
            end: range.end as u32,
        })
    }

    /// The span of a range without the white space at its ends; `None` where nothing is left or
    /// the range does not fit.
    pub fn trimmed(&self, range: Range<usize>) -> Option<Span> {
        let slice = self.0.get(range.clone())?;
        let start = range.start + (slice.len() - slice.trim_start().len());
        self.span(start..start + slice.trim().len()).ok()
    }

    /// The span of a slice borrowed from this very text; `None` for any other string.
    pub fn span_of(&self, slice: &str) -> Option<Span> {
        let start = (slice.as_ptr() as usize).checked_sub(self.0.as_ptr() as usize)?;
        self.span(start..start.checked_add(slice.len())?).ok()
    }

    /// The words of a span. A span of another text that does not fit this one gives "".
    pub fn get(&self, span: Span) -> &str {
        let words = self.0.get(span.range());
        debug_assert!(words.is_some(), "{span:?} is a span of another text");
        words.unwrap_or_default()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Span {
    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Bytes covered: one or more.
    #[allow(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether the other lies wholly in this one.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether they share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Bytes that both cover.
    pub fn overlap(self, other: Span) -> usize {
        self.intersection(other).map_or(0, Span::len)
    }

    /// What both cover.
    pub fn intersection(self, other: Span) -> Option<Span> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Span { start, end })
    }

    /// The smallest span that covers both (of the same text).
    pub fn hull(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_fits_its_text_or_is_not_made() {
        let text = Text::new("aé z");
        assert_eq!(text.span(0..3).map(|s| text.get(s)), Ok("aé"));
        assert_eq!(text.span(2..2), Err(SpanError::Empty(2..2)));
        assert_eq!(text.span(0..2), Err(SpanError::InsideCharacter(0..2)));
        assert_eq!(
            text.span(4..9),
            Err(SpanError::OutOfBounds {
                range: 4..9,
                len: 5
            })
        );
        assert!(text.span(usize::MAX - 1..usize::MAX).is_err());
    }

    #[test]
    fn slices_find_their_way_back() {
        let text = Text::new("one two  ");
        let word = text.as_str().split(' ').nth(1).unwrap();
        assert_eq!(text.span_of(word).map(Span::range), Some(4..7));
        assert_eq!(text.trimmed(3..9).map(Span::range), Some(4..7));
        assert_eq!(text.trimmed(7..9), None);
    }

    #[test]
    fn spans_meet_and_join() {
        let text = Text::new("0123456789");
        let (a, b) = (text.span(1..5).unwrap(), text.span(4..8).unwrap());
        assert_eq!((a.overlap(b), a.hull(b).range()), (1, 1..8));
        assert!(a.overlaps(b) && !a.contains(b) && a.hull(b).contains(a));
    }
}

//! In: the passages that a story's page points at. Out: a number for each, in order of first use,
//! and for each article the passages to be marked in its text.

use std::collections::HashMap;

use crate::wire::Mention;

/// Why a passage is marked; a passage can be marked for several reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Why {
    /// It states a claim.
    Claim = 1,
    /// It is quoted speech.
    Quote = 2,
    /// It is one side of a dispute.
    Dispute = 4,
    /// It is shared with another article.
    Copy = 8,
    /// It says when.
    Time = 16,
    /// It names somebody or something.
    Name = 32,
    /// What it is shared with has other words here.
    Differs = 64,
}

/// A marked passage.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Its number.
    pub number: usize,
    /// Why it is marked: bits of [`Why`].
    pub why: u8,
}

/// A story's marked passages.
#[derive(Default)]
pub struct Marks<'r> {
    numbers: HashMap<(&'r str, u32, u32), usize>,
    marks: Vec<(&'r str, Mark)>,
}

impl<'r> Marks<'r> {
    /// The number of a passage, and whether this is its first use.
    pub fn number(&mut self, mention: &'r Mention, why: Why) -> (usize, bool) {
        let key = (mention.article.as_str(), mention.start, mention.end);
        let next = self.marks.len() + 1;
        let number = *self.numbers.entry(key).or_insert(next);
        let first = number == next;
        if first {
            let mark = Mark {
                start: mention.start,
                end: mention.end,
                number,
                why: 0,
            };
            self.marks.push((key.0, mark));
        }
        self.marks[number - 1].1.why |= why as u8;
        (number, first)
    }

    /// The marked passages of each article, by start, longest first.
    pub fn by_article(self) -> HashMap<&'r str, Vec<Mark>> {
        let mut articles: HashMap<&str, Vec<Mark>> = HashMap::new();
        for (article, mark) in self.marks {
            articles.entry(article).or_default().push(mark);
        }
        for marks in articles.values_mut() {
            marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.number));
        }
        articles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_has_one_number_however_often_it_is_used() {
        let at = |start, end| Mention {
            article: "a".into(),
            start,
            end,
            text: "x".into(),
        };
        let (first, second) = (at(0, 9), at(0, 5));
        let mut marks = Marks::default();
        assert_eq!(marks.number(&second, Why::Claim), (1, true));
        assert_eq!(marks.number(&first, Why::Quote), (2, true));
        assert_eq!(marks.number(&second, Why::Name), (1, false));
        let articles = marks.by_article();
        let order: Vec<_> = articles["a"]
            .iter()
            .map(|mark| (mark.number, mark.why))
            .collect();
        assert_eq!(order, [(2, 2), (1, 33)]);
    }
}

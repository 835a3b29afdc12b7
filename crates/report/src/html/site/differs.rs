//! Two passages that came from one. In: both, with their words. Out: the words of each that the other does not have
//! at that place, as passages of their own. Capitals and marks at a word's edges do not count.

use crate::wire::Mention;

/// Words of a passage that are compared; of longer ones nothing is marked.
const MOST: usize = 1_200;

struct Word<'t> {
    /// First and one past the last code point, counted from the passage's start.
    at: (u32, u32),
    folded: String,
    text: &'t str,
}

fn words(passage: &Mention) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut begun, mut point) = (None, 0u32);
    let ends = passage
        .text
        .char_indices()
        .chain([(passage.text.len(), ' ')]);
    for (byte, c) in ends {
        match (c.is_whitespace(), begun) {
            (false, None) => begun = Some((byte, point)),
            (true, Some((from, first))) => {
                let text = &passage.text[from..byte];
                let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
                words.push(Word {
                    at: (first, point),
                    folded: bare.to_lowercase(),
                    text,
                });
                begun = None;
            }
            _ => {}
        }
        point += 1;
    }
    words
}

/// The words in which two passages differ: those of the first, those of the second.
pub(super) fn between(a: &Mention, b: &Mention) -> (Vec<Mention>, Vec<Mention>) {
    let (one, other) = (words(a), words(b));
    if one.len().max(other.len()) > MOST {
        return Default::default();
    }
    // The longest common sequence, from the end.
    let width = other.len() + 1;
    let mut longest = vec![0u16; (one.len() + 1) * width];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            longest[i * width + j] = match one[i].folded == other[j].folded {
                true => longest[(i + 1) * width + j + 1] + 1,
                false => longest[(i + 1) * width + j].max(longest[i * width + j + 1]),
            };
        }
    }
    let (mut own, mut theirs) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < one.len() || j < other.len() {
        let both = i < one.len() && j < other.len();
        if both && one[i].folded == other[j].folded {
            (i, j) = (i + 1, j + 1);
        } else if j == other.len()
            || i < one.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1]
        {
            own.push(&one[i]);
            i += 1;
        } else {
            theirs.push(&other[j]);
            j += 1;
        }
    }
    (passages(a, &own), passages(b, &theirs))
}

/// Words that stand side by side as one passage.
fn passages(of: &Mention, words: &[&Word<'_>]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for word in words {
        let (start, end) = (of.start + word.at.0, of.start + word.at.1);
        match found.last_mut() {
            Some(last) if last.end + 1 == start => {
                last.end = end;
                last.text.push(' ');
                last.text.push_str(word.text);
            }
            _ => found.push(Mention {
                article: of.article.clone(),
                start,
                end,
                text: word.text.to_owned(),
            }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_one_has_alone_are_its_own() {
        let passage = |article: &str, start: u32, text: &str| Mention {
            article: article.to_owned(),
            start,
            end: start + text.chars().count() as u32,
            text: text.to_owned(),
        };
        let a = passage("a", 10, "“The très long bridge,” fell on Monday, she said.");
        let b = passage("b", 5, "The bridge fell late on Monday night, she said");
        let (own, theirs) = between(&a, &b);
        let words = |list: &[Mention]| -> Vec<(u32, String)> {
            list.iter().map(|m| (m.start, m.text.clone())).collect()
        };
        assert_eq!(words(&own), [(15, "très long".to_owned())]);
        assert_eq!(
            words(&theirs),
            [(21, "late".to_owned()), (36, "night,".to_owned())]
        );
        assert_eq!(between(&a, &a), (Vec::new(), Vec::new()));
    }
}

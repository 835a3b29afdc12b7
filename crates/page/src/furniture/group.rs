//! In: the lines of a page with the small boxes that hold them. Out: the boxes that are furniture as a
//! whole, by their lines that are known for it; and the lines about a writer at the text's end.
//! Refuses to judge a box by a line in its midst.

use model::{SignKind, Warning};

use super::rules::{self, Family};
use super::shape::BODY_WORDS;
use super::{Fate, Sifting};
use crate::says::Said;

/// Lines at a text's end in which its writer is spoken of.
const BIO_LINES: usize = 6;
/// Words behind a writer's name in which it is said what he is.
const BIO_HEAD: usize = 12;

/// What is said of writers at the end of their texts.
const POSTS: [&str; 22] = [
    "reporter",
    "correspondent",
    "journalist",
    "editor",
    "columnist",
    "writer",
    "author",
    "producer",
    "contributor",
    "freelance",
    "freelancer",
    "blogger",
    "anchor",
    "intern",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
    "journaliste",
    "periodista",
    "giornalista",
    "jornalista",
];
/// What writers are said to do there.
const DOES: [&str; 5] = ["covers", "writes", "reports", "covered", "joined"];

impl Sifting<'_> {
    /// Drops the boxes of which the first line, or half of all, is known as furniture.
    pub(super) fn boxes(&self, fates: &mut [Fate], said: &mut Said) {
        let group = |at: usize| self.lines[at].place.group;
        let mut at = 0;
        while at < self.lines.len() {
            let end = (at + 1..self.lines.len())
                .find(|end| group(*end).is_none() || group(*end) != group(at))
                .unwrap_or(self.lines.len());
            if group(at).is_some() && end - at > 1 {
                let known: Vec<Option<Family>> = (at..end).map(|at| self.sells(at)).collect();
                let count = known.iter().flatten().count();
                let gone = (at..end).filter(|at| fates[*at] == Fate::Drop).count();
                let first = known[0].is_some() && fates[at] == Fate::Drop;
                let text = |other: usize| self.shapes[other].body && fates[other] != Fate::Drop;
                let alone = !(0..at).chain(end..self.lines.len()).any(text);
                if alone {
                    // What is left of the page is no furniture, whatever it opens with.
                } else if first || count > 0 && count.max(gone) * 2 >= end - at {
                    if known.contains(&Some(Family::Truncated)) {
                        said.sign(SignKind::Truncated, &self.lines[at].text);
                        said.warn(Warning::Truncated);
                    }
                    fates[at..end].fill(Fate::Drop);
                }
            }
            at = end;
        }
        self.bios(fates, said);
    }

    /// The family of a line whose box goes with it.
    fn sells(&self, at: usize) -> Option<Family> {
        let (family, how) = rules::family(&self.shapes[at].norm)?;
        let spreads = matches!(
            family,
            Family::Subscribe | Family::Teasers | Family::Truncated | Family::Form
        );
        (spreads && self.applies(at, family, how)).then_some(family)
    }

    /// `Ada Lindqvist is a reporter who covers the harbour.` below her text.
    fn bios(&self, fates: &mut [Fate], said: &Said) {
        let kept: Vec<usize> = (0..fates.len())
            .filter(|at| fates[*at] != Fate::Drop)
            .collect();
        // What stands first is the text, however it begins.
        for &at in kept.iter().skip(1).rev().take(BIO_LINES) {
            let line = self.lines[at].text.as_ref();
            let named = said
                .authors
                .iter()
                .find_map(|author| line.strip_prefix(author.as_str()));
            if self.shapes[at].words >= BODY_WORDS && named.is_some_and(tells_post) {
                fates[at] = Fate::Drop;
            }
        }
    }
}

/// Whether words behind a name say that its bearer writes news.
fn tells_post(behind: &str) -> bool {
    let mut words = behind
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(BIO_HEAD);
    let Some(first) = words.next() else {
        return false;
    };
    match first {
        "is" | "was" | "ist" | "est" | "es" | "è" | "é" => {
            words.any(|word| POSTS.contains(&word.to_lowercase().as_str()))
        }
        verb => DOES.contains(&verb),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_are_told() {
        assert!(tells_post(" is a reporter who covers the harbour."));
        assert!(tells_post(" covers the harbour."));
        assert!(!tells_post(" said on Monday that the reporter left."));
        assert!(!tells_post(" is a fisherman."));
    }
}

//! In: the lines of a page, and which of them the outlet's other pages say too. Out: those that are no part of the
//! article. Refuses to take away a paragraph that stands among the article's own, or that speaks of what they speak
//! of: "The war began in February" recurs in good reports of one war.

use std::collections::HashSet;

use super::extent::telling;
use super::{Recurs, rules, shape};

/// Share of a sentence's telling words that the article's own paragraphs have too, from which it is the article's.
/// Of sentences that recur in two articles of fundus none is text; those with more than this share are captions.
const TOPICAL: (usize, usize) = (2, 5);
/// Letters of a word by which its forms are one.
const STEM: usize = 5;

/// Which lines go, of those that are `kept` so far.
pub(crate) fn gone(lines: &[&str], recurs: &[Option<Recurs>], kept: &[bool]) -> Vec<bool> {
    let body: Vec<bool> = lines
        .iter()
        .map(|line| shape::of(line, false).body)
        .collect();
    let how = |at: usize| recurs.get(at).copied().flatten();
    let own = |at: &usize| kept[*at] && body[*at] && how(*at).is_none();
    let (Some(first), Some(last)) = ((0..lines.len()).find(own), (0..lines.len()).rfind(own))
    else {
        // Nothing is the page's own: nobody knows what it is about.
        return vec![false; lines.len()];
    };
    let told: HashSet<String> = (first..=last)
        .filter(own)
        .flat_map(|at| matters(lines[at]))
        .collect();
    let goes = |at: usize| {
        let Some(how) = how(at).filter(|_| kept[at]) else {
            return false;
        };
        let inside = (first..last).contains(&at);
        let known =
            rules::family(&shape::norm(lines[at])).is_some() || rules::service_words(lines[at]) > 0;
        let sure = known || !body[at];
        sure && how == Recurs::Most || !inside && (known || !is_topical(lines[at], &told))
    };
    (0..lines.len()).map(goes).collect()
}

fn is_topical(line: &str, told: &HashSet<String>) -> bool {
    let words = matters(line);
    let shared = words.iter().filter(|word| told.contains(*word)).count();
    shared * TOPICAL.1 >= words.len() * TOPICAL.0
}

/// What a line speaks of: the beginnings of its words, so that "barge" is told by "barges".
fn matters(line: &str) -> Vec<String> {
    let words = telling(line).into_iter();
    let words = words.filter(|word| !word.starts_with(char::is_numeric));
    words
        .map(|word| word.chars().take(STEM).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_recurs_goes_where_it_is_no_part_of_the_article() {
        const SOME: Option<Recurs> = Some(Recurs::Some);
        let lines = [
            "The lock at Selen was closed on Monday after a barge had hit its gate.",
            "The barge had come down the Orla canal with gravel for the new lock.",
            "Background",
            "The canal was opened in May 1911 and has been closed to barges five times since.",
            "Engineers will look at the gate on Friday, the canal office said in a statement.",
            "The lock at Selen has been hit by barges before, in 1970 and again in 1998.",
            "Ada Lorne writes about rivers for the Morning Post and lives with two dogs.",
            "Follow the Post",
        ];
        let own = None;
        let recurs = [own, own, SOME, SOME, own, SOME, SOME, SOME];
        let gone = gone(&lines, &recurs, &[true; 8]);
        assert_eq!(gone, [false, false, false, false, false, false, true, true]);
    }
}

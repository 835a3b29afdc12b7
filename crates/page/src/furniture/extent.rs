//! In: the lines of a page that was saved as text whole, menus and footer included. Out: which of them are the
//! article. Refuses to cut a text that has no furniture around it.
//!
//! What stands together as sentences is the article: each line has a gain or a cost, and the run of lines with the
//! greatest sum is taken (maximum subsequence segmentation: Pasternack and Roth, "Extracting article text from the
//! web", WWW 2009). The figures below were chosen by the plain text of `cargo xtask eval extraction`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::rules::{self, Family};
use super::shape;
use super::{Fate, Sifting, caption};

/// Words for which a line of running text counts at most, and those that any line must have before it counts: the
/// sentences of teasers are short.
const MOST_WORDS: f32 = 60.0;
const FREE_WORDS: f32 = 4.0;
/// The share of its gain that a sentence keeps which no other stands beside.
const ALONE: f32 = 0.8;
/// Costs: of words without a sentence, and of those behind the fourth in a row; of a known line of furniture; of one
/// that opens other articles or comments; of a label, and of a line that the page says again and again.
const BARE: f32 = -10.0;
const BARE_RUN: usize = 4;
const BARE_FURTHER: f32 = -2.0;
const KNOWN: f32 = -8.0;
const OPENER: f32 = -20.0;
const LABEL: f32 = -3.0;
const AGAIN: f32 = -2.0;

/// Times that a line stands on a page that is no text, however long it is; fewer where it has words enough.
const TIMES: usize = 3;
const AGAIN_WORDS: usize = 4;
/// Words of a line in which one word about the site is enough, and how many a longer one holds.
const SERVICE_LINE: usize = 40;
const SERVICE_WORDS: usize = 2;

/// Lines around an article by which a page is known to be whole: words without a sentence before it, as few as an
/// entry of a menu has; or any lines, some of them known as furniture.
const BEFORE: usize = 10;
const ENTRY_WORDS: usize = 6;
const AROUND: usize = 12;
const KNOWN_AROUND: usize = 2;
/// Lines behind which a paragraph is looked for that belongs to the text.
const REACH: usize = 12;
/// Telling words of such a paragraph at least: half of them are the text's.
const SPEAKING: usize = 4;
/// Lines before the text that may say its title, writer and day.
const HEAD: usize = 25;
/// Words of a heading inside the text at most.
const HEADING_WORDS: usize = 14;
/// Words of a headline; what stands between the steps of a trail that leads to the page; telling words beside which
/// one of a few counts as little as one of many.
const HEADLINE: std::ops::RangeInclusive<usize> = 3..=18;
const TRAILS: [&str; 5] = ["©", "|", " / ", " > ", " › "];
const FEW: usize = 2;
/// Letters of a word that tells what a text is about.
const TELLING: usize = 4;

/// Where the article stands on a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// The lines before it that may say whose and of when it is.
    pub head: Range<usize>,
    /// Its own.
    pub text: Range<usize>,
}

impl Sifting<'_> {
    /// Drops what stands around the article of a whole page; what is not known as furniture stays in `head`.
    pub(super) fn extent(&self, fates: &mut [Fate]) -> Option<Extent> {
        let known = self.known(fates);
        let again = self.again();
        let gains = self.gains(&known, &again);
        let text = self.reached(greatest(&gains), &gains);
        let around = || (0..text.start).chain(text.end..self.lines.len());
        let bare = |at: &usize| !self.shapes[*at].ends && self.shapes[*at].words <= ENTRY_WORDS;
        let whole = (0..text.start).filter(bare).count() >= BEFORE
            || around().count() >= AROUND
                && around().filter(|at| known[*at].is_some()).count() >= KNOWN_AROUND;
        if text.is_empty() || !whole {
            return None;
        }
        let head = text.start.saturating_sub(HEAD)..text.start;
        for at in around().filter(|at| !head.contains(at)) {
            fates[at] = Fate::Drop;
        }
        for at in head.start..text.end {
            if again[at] && (known[at].is_some() || text.contains(&at)) {
                fates[at] = Fate::Drop;
            }
        }
        self.between(text.clone(), fates);
        Some(Extent { head, text })
    }

    /// The same run with the paragraphs beyond what parts them from it, an advertisement or a list of other articles,
    /// where they speak of what it speaks of.
    fn reached(&self, text: Range<usize>, gains: &[f32]) -> Range<usize> {
        let paragraphs = text.clone().filter(|at| gains[*at] > 0.0);
        let told: HashSet<String> = paragraphs
            .flat_map(|at| telling(&self.lines[at].text))
            .collect();
        let speaks = |at: usize| {
            let words = telling(&self.lines[at].text);
            let shared = words.iter().filter(|word| told.contains(*word)).count();
            words.len() >= SPEAKING && shared * 2 >= words.len()
        };
        let next = |ahead: &mut dyn Iterator<Item = usize>| {
            let other = |at: &usize| gains[*at] > 0.0 || gains[*at] <= OPENER;
            ahead
                .take(REACH)
                .find(other)
                .filter(|at| gains[*at] > 0.0 && speaks(*at))
        };
        let Range { mut start, mut end } = text;
        while let Some(at) = next(&mut (end..gains.len())) {
            end = at + 1;
        }
        while let Some(at) = next(&mut (0..start).rev()) {
            start = at;
        }
        start..end
    }

    /// The title of a whole page: of the headlines before the text the one of which most stands in the text too.
    pub(super) fn headline(&self, extent: &Extent, fates: &[Fate]) -> Option<String> {
        let text = &self.lines[extent.text.clone()];
        let told: HashSet<String> = text.iter().flat_map(|line| telling(&line.text)).collect();
        let told_of = |at: usize| -> usize {
            let (line, shape) = (self.lines[at].text.as_ref(), &self.shapes[at]);
            if fates[at] == Fate::Drop
                || !HEADLINE.contains(&shape.words)
                || line.ends_with('.')
                || TRAILS.iter().any(|mark| line.contains(mark))
                || caption::is(line, &shape.norm, shape.words)
            {
                return 0;
            }
            let words = telling(line);
            let shared = words.iter().filter(|word| told.contains(*word)).count();
            1_000 * shared / (words.len() + FEW)
        };
        // Of two that say as much the first: the second is the standfirst.
        let best = extent
            .head
            .clone()
            .max_by_key(|at| (told_of(*at), usize::MAX - at))?;
        (told_of(best) > 0).then(|| self.lines[best].text.to_string())
    }

    /// The family of each line that is known as furniture.
    fn known(&self, fates: &[Fate]) -> Vec<Option<Family>> {
        // What goes by its shape alone, such as a headline in brackets, parts a text as little as a label does.
        let shaped = |at: usize| (fates[at] == Fate::Drop).then_some(Family::Label);
        let named = |at: usize| {
            let (family, how) = rules::family(&self.shapes[at].norm)?;
            (self.applies(at, family, how) || family == Family::Comments && !self.shapes[at].body)
                .then_some(family)
        };
        let known = |at: usize| named(at).or_else(|| shaped(at));
        (0..self.lines.len()).map(known).collect()
    }

    /// Which lines the page says again and again: "Advertisement", "Content of another site".
    fn again(&self) -> Vec<bool> {
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        for line in self.lines {
            counts.entry(&line.text).or_default().0 += 1;
        }
        let again = |at: usize| {
            let Some((all, seen)) = counts.get_mut(self.lines[at].text.as_ref()) else {
                return false;
            };
            *seen += 1;
            *all >= TIMES || *seen > 1 && self.shapes[at].words >= AGAIN_WORDS
        };
        (0..self.lines.len()).map(again).collect()
    }

    /// What each line adds to the article that it is in, or takes from it.
    fn gains(&self, known: &[Option<Family>], again: &[bool]) -> Vec<f32> {
        let recurs = |at: usize| self.recurs.get(at).is_some_and(|how| how.is_some());
        let text =
            |at: usize| self.shapes[at].body && known[at].is_none() && !again[at] && !recurs(at);
        let passed = |at: &usize| again[*at] || known[*at] == Some(Family::Label);
        let beside = |at: usize| {
            let before = (0..at).rev().find(|at| !passed(at));
            let behind = (at + 1..self.lines.len()).find(|at| !passed(at));
            [before, behind].into_iter().flatten().any(text)
        };
        let (mut gains, mut bare) = (Vec::with_capacity(self.lines.len()), 0);
        for (at, (line, shape)) in self.lines.iter().zip(self.shapes).enumerate() {
            let opens = matches!(known[at], Some(Family::Teasers | Family::Comments));
            let mut gain = match known[at] {
                _ if again[at] => {
                    gains.push(AGAIN);
                    continue;
                }
                _ if opens => OPENER,
                Some(Family::Label) => LABEL,
                Some(_) => KNOWN,
                // What other pages say too is no reason to read on, and may yet be the article's.
                None if recurs(at) => {
                    if shape.body {
                        0.0
                    } else {
                        KNOWN
                    }
                }
                None if shape.body && is_service(&line.text, shape.words) => KNOWN,
                None if shape.body => {
                    let gain = (shape.words as f32).min(MOST_WORDS) - FREE_WORDS;
                    if beside(at) { gain } else { gain * ALONE }
                }
                None if shape.ends => 0.0,
                None => BARE,
            };
            bare = if gain < 0.0 { bare + 1 } else { 0 };
            if bare > BARE_RUN && !opens {
                gain = BARE_FURTHER;
            }
            gains.push(gain);
        }
        gains
    }

    /// Of the words without a sentence inside the text those stay that are headings: alone between paragraphs, and
    /// short. Captions, buttons and boxes stand in rows.
    fn between(&self, text: Range<usize>, fates: &mut [Fate]) {
        let mut at = text.start;
        while at < text.end {
            let end = (at..text.end)
                .find(|at| self.shapes[*at].body)
                .unwrap_or(text.end);
            let stay: Vec<usize> = (at..end).filter(|at| fates[*at] != Fate::Drop).collect();
            let heading = |at: usize| {
                let line = &self.lines[at].text;
                let shape = &self.shapes[at];
                shape.words <= HEADING_WORDS
                    && !line.contains(['©', '|'])
                    && !caption::is(line, &shape.norm, shape.words)
            };
            if stay.len() > 1 || stay.iter().any(|at| !heading(*at)) {
                for at in stay {
                    fates[at] = Fate::Drop;
                }
            }
            at = end + 1;
        }
    }
}

/// Whether a line speaks of the site and its services: cookies, newsletters, accounts.
fn is_service(line: &str, words: usize) -> bool {
    rules::service_words(line)
        >= if words < SERVICE_LINE {
            1
        } else {
            SERVICE_WORDS
        }
}

/// The run with the greatest sum; of several the first.
fn greatest(gains: &[f32]) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0.0);
    let (mut start, mut sum) = (0, 0.0);
    for (at, gain) in gains.iter().enumerate() {
        if sum <= 0.0 {
            (start, sum) = (at, 0.0);
        }
        sum += gain;
        if sum > best_sum {
            (best, best_sum) = (start..at + 1, sum);
        }
    }
    best
}

/// The words of a line that tell what it is about, in lower case; for scripts without blanks, pairs of letters.
pub(crate) fn telling(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        if shape::words(word) > 1
            || letters
                .first()
                .is_some_and(|c| ('\u{3000}'..='\u{9fff}').contains(c))
        {
            words.extend(
                letters
                    .windows(2)
                    .map(|pair| pair.iter().collect::<String>()),
            );
        } else if letters.len() >= TELLING {
            words.push(letters.into_iter().collect());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_run_bridges_what_costs_less_than_it_gains() {
        assert_eq!(greatest(&[-1.0, 5.0, -2.0, 4.0, -9.0, 6.0]), 1..4);
        assert_eq!(greatest(&[-1.0, -2.0]), 0..0);
    }

    #[test]
    fn words_that_tell_are_long_ones() {
        assert_eq!(telling("The lock at Selen"), ["lock", "selen"]);
        assert_eq!(telling("港は閉鎖"), ["港は", "は閉", "閉鎖"]);
    }
}

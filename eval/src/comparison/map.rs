//! In: an article as `page` gave it and the text that the gold points into. Out: for each stretch
//! of the article where it stands in that text. The article's own runs are taken where they hold
//! word by word; otherwise its lines, then its words, are looked up in order.

use std::ops::Range;

use crossread::model::Article;

/// How far ahead a single word is looked for, in bytes: a paragraph, so that a damaged line does
/// not throw its words over the page.
const REACH: usize = 600;

/// Equal stretches of an article's text and of the gold's.
pub struct Map {
    /// First byte in the article, first byte in the gold text, bytes; in order of the article.
    runs: Vec<(usize, usize, usize)>,
}

impl Map {
    /// Maps an article to the text that it was made from.
    pub fn new(article: &Article, gold: &str) -> Self {
        let text = article.text.as_str();
        let own: Vec<(usize, usize, usize)> = article
            .source
            .iter()
            .map(|run| (run.text as usize, run.source as usize, run.len as usize))
            .collect();
        let covered: usize = own.iter().map(|run| run.2).sum();
        let holds = own.iter().all(|&(at, source, len)| {
            text.get(at..at + len)
                .is_some_and(|words| gold.get(source..source + len) == Some(words))
        });
        // Runs into other bytes (a JSON line) or that leave most of the text out are of no use.
        if holds && 10 * covered >= 8 * text.trim().len() {
            return Self { runs: own };
        }
        Self {
            runs: by_words(text, gold),
        }
    }

    /// The gold's bytes for a range of the article's; `None` where nothing of it stands there.
    pub fn to_gold(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self
            .runs
            .partition_point(|run| run.0 + run.2 <= range.start);
        let mut hull: Option<Range<usize>> = None;
        for &(at, source, len) in &self.runs[first..] {
            if at >= range.end {
                break;
            }
            let from = range.start.max(at) - at + source;
            let to = range.end.min(at + len) - at + source;
            hull = Some(match hull {
                None => from..to,
                // A stretch that was looked up far away is not part of this passage.
                Some(hull) if from.abs_diff(hull.end) > REACH => hull,
                Some(hull) => hull.start.min(from)..hull.end.max(to),
            });
        }
        hull
    }

    /// Which bytes of the gold text the article has.
    pub fn kept(&self, gold: &str) -> Vec<bool> {
        let mut kept = vec![false; gold.len()];
        for &(_, source, len) in &self.runs {
            kept[source..source + len].fill(true);
        }
        kept
    }
}

fn by_words(text: &str, gold: &str) -> Vec<(usize, usize, usize)> {
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    let (mut cursor, mut line_at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let at = line_at + (line.len() - line.trim_start().len());
        line_at += line.len();
        if words.is_empty() {
            continue;
        }
        if let Some(found) = gold[cursor..].find(words) {
            runs.push((at, cursor + found, words.len()));
            cursor += found + words.len();
        } else if let Some(found) = gold.find(words) {
            runs.push((at, found, words.len()));
        } else {
            let mut from = at;
            for word in words.split_whitespace() {
                let start = from + text[from..].find(word).unwrap_or(0);
                from = start + word.len();
                let end = gold.floor_char_boundary((cursor + REACH).min(gold.len()));
                if let Some(found) = gold[cursor..end].find(word) {
                    runs.push((start, cursor + found, word.len()));
                    cursor += found + word.len();
                }
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{Given, article};
    use crossread::model::SourceRun;

    const GOLD: &str = "Menu\nThe bridge opened. Share\nTen came.\n";

    fn words(map: &Map, text: &str, of: &str) -> Option<&'static str> {
        let at = text.find(of).unwrap();
        map.to_gold(at..at + of.len()).map(|range| &GOLD[range])
    }

    #[test]
    fn lines_then_words_find_their_way() {
        let text = "The bridge opened.\nTen came.\n";
        let article = article(Given {
            text: text.to_owned(),
            ..Given::default()
        });
        let map = Map::new(&article, GOLD);
        assert_eq!(words(&map, text, "bridge"), Some("bridge"));
        assert_eq!(words(&map, text, "Ten came"), Some("Ten came"));
        let kept = map.kept(GOLD);
        assert!(!kept[0] && kept[GOLD.find("Ten").unwrap()]);
    }

    #[test]
    fn own_runs_are_taken_where_they_hold() {
        let text = "Ten came.\n";
        let mut article = article(Given {
            text: text.to_owned(),
            ..Given::default()
        });
        let at = GOLD.find("Ten").unwrap() as u32;
        article.source = vec![SourceRun {
            text: 0,
            source: at,
            len: 9,
        }];
        assert_eq!(words(&Map::new(&article, GOLD), text, "came"), Some("came"));
        article.source[0].source = 0;
        assert_eq!(words(&Map::new(&article, GOLD), text, "came"), Some("came"));
    }
}

//! Words to articles. In: what a reader typed. Out: the articles that have all its words, newest first, and
//! the passage of each where they stand. Every word of a query is a word: nothing in it is an operator but
//! `"two words"` and `word*`.

use std::collections::BTreeSet;
use std::ops::Range;

use rusqlite::{params_from_iter, types::Value};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::articles::{self, ArticleRow};
use crate::{Error, Reader};

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The words.
    pub words: String,
    /// Only of this outlet.
    pub outlet: Option<String>,
    /// Published on this day or later, since 1970.
    pub from: Option<i64>,
    /// Published on this day or earlier.
    pub to: Option<i64>,
    /// Only articles that came before this number.
    pub before: Option<i64>,
}

impl Reader {
    /// Articles that have every word, the last that came first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn search(&self, query: &Query, limit: u32) -> Result<Vec<ArticleRow>, Error> {
        let Some(words) = expression(&query.words) else {
            return Ok(Vec::new());
        };
        // The words drive: rows come from the index in falling order and stop at the limit.
        let mut conditions = vec!["words MATCH ?"];
        let mut values = vec![Value::from(words)];
        if let Some(before) = query.before {
            conditions.push("words.rowid < ?");
            values.push(Value::from(before));
        }
        if let Some(outlet) = &query.outlet {
            conditions.push("a.outlet = ?");
            values.push(Value::from(outlet.clone()));
        }
        if let Some(from) = query.from {
            conditions.push("a.day >= ?");
            values.push(Value::from(from));
        }
        if let Some(to) = query.to {
            conditions.push("a.day <= ?");
            values.push(Value::from(to));
        }
        values.push(Value::from(limit));
        let sql = format!(
            "SELECT {} FROM words CROSS JOIN article a ON a.n = words.rowid \
             LEFT JOIN story s ON s.n = a.story WHERE {} ORDER BY words.rowid DESC LIMIT ?",
            articles::ROW,
            conditions.join(" AND ")
        );
        self.all(&sql, params_from_iter(values.iter()), articles::row)
    }
}

/// Articles that have a word at most for it to be looked for beside others; of more only the newest are looked at.
const COMMON: u32 = 20_000;
/// Words that are looked for at once at most.
const MOST_WORDS: usize = 8;
/// Letters of a word that are left off its end, where others may be its forms, and of what is left at least.
const ENDING: usize = 3;
const STEM: usize = 4;

impl Reader {
    /// Articles that have most of some words, rare ones before all, forms of a word being one: those that are worth
    /// reading closely, the best first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn nearest(&self, words: &[&str], limit: u32) -> Result<Vec<ArticleRow>, Error> {
        let mut terms: Vec<(u32, String)> = Vec::new();
        for word in words
            .iter()
            .flat_map(|word| tokens(word).map(|range| fold(&word[range])))
        {
            let letters = word.chars().count();
            let kept = letters.saturating_sub(ENDING).max(STEM);
            let number = word.chars().any(|c| c.is_ascii_digit());
            let term = match word.char_indices().nth(kept) {
                Some((at, _)) if !number => format!("\"{}\"*", &word[..at]),
                _ => format!("\"{word}\""),
            };
            if terms.iter().all(|(_, known)| *known != term) {
                let sql =
                    "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2)";
                let count: Vec<u32> = self.all(sql, (&term, COMMON), |row| row.get(0))?;
                terms.push((count.first().copied().unwrap_or(0), term));
            }
        }
        terms.retain(|(count, _)| *count > 0);
        terms.sort();
        let Some((rarest, _)) = terms.first() else {
            return Ok(Vec::new());
        };
        let (joined, order, of) = match *rarest < COMMON {
            true => (" OR ", "rank", MOST_WORDS),
            false => (" AND ", "words.rowid DESC", ENDING),
        };
        let mut room = COMMON;
        let chosen = terms.iter().take(of).take_while(|(count, _)| {
            let fits = joined == " AND " || *count <= room;
            room = room.saturating_sub(*count);
            fits
        });
        let chosen: Vec<&str> = chosen.map(|(_, term)| term.as_str()).collect();
        let sql = format!(
            "SELECT {} FROM words CROSS JOIN article a ON a.n = words.rowid \
             LEFT JOIN story s ON s.n = a.story WHERE words MATCH ?1 ORDER BY {order} LIMIT ?2",
            articles::ROW
        );
        self.all(&sql, (chosen.join(joined), limit), articles::row)
    }

    /// How many articles there are, and the first and last day on which one was published, since 1970.
    ///
    /// # Errors
    /// Those of the database.
    pub fn extent(&self) -> Result<(u64, Option<(i64, i64)>), Error> {
        let sql = "SELECT (SELECT count(*) FROM article), (SELECT min(day) FROM article), (SELECT max(day) FROM article)";
        let row = self.all(sql, (), |row| {
            let (first, last): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
            Ok((row.get::<_, i64>(0)? as u64, first.zip(last)))
        })?;
        Ok(row.into_iter().next().unwrap_or_default())
    }
}

/// The words of a query, to look for in a text at hand as the index looks for them in articles.
#[derive(Clone, Debug)]
pub struct Words(Vec<Part>);

impl Words {
    /// Reads a query.
    pub fn of(query: &str) -> Self {
        Self(parts(query))
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text has all of them, those in quote marks side by side.
    pub fn all_in(&self, text: &str) -> bool {
        let words: Vec<String> = tokens(text).map(|range| fold(&text[range])).collect();
        self.0
            .iter()
            .all(|part| part.starts(&words).next().is_some())
    }

    /// Where they stand in a text, in bytes, in order.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let ranges: Vec<Range<usize>> = tokens(text).collect();
        let words: Vec<String> = ranges
            .iter()
            .map(|range| fold(&text[range.clone()]))
            .collect();
        let of = |part: &Part| -> Vec<usize> {
            let starts = part.starts(&words);
            starts.flat_map(|at| at..at + part.words.len()).collect()
        };
        let places: BTreeSet<usize> = self.0.iter().flat_map(of).collect();
        let range = |at: usize| ranges.get(at).cloned();
        places.into_iter().filter_map(range).collect()
    }
}

/// A part of a query: words that stand side by side, the last perhaps only begun.
#[derive(Clone, Debug)]
struct Part {
    words: Vec<String>,
    begun: bool,
}

impl Part {
    /// The places in a text's words where this begins.
    fn starts<'t>(&'t self, text: &'t [String]) -> impl Iterator<Item = usize> + 't {
        let last = self.words.len().saturating_sub(1);
        let is = move |(at, (word, own)): (usize, (&String, &String))| {
            word == own || self.begun && at == last && word.starts_with(own.as_str())
        };
        let here = move |window: &[String]| window.iter().zip(&self.words).enumerate().all(is);
        let windows = text.windows(self.words.len().max(1)).enumerate();
        windows.filter_map(move |(at, window)| here(window).then_some(at))
    }
}

fn parts(query: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (at, piece) in query.split('"').enumerate() {
        let quoted = at % 2 == 1;
        let pieces: Vec<&str> = match quoted {
            true => vec![piece],
            false => piece.split_whitespace().collect(),
        };
        for piece in pieces {
            let words: Vec<String> = tokens(piece).map(|range| fold(&piece[range])).collect();
            if !words.is_empty() {
                parts.push(Part {
                    words,
                    begun: piece.ends_with('*'),
                });
            }
        }
    }
    parts
}

/// The query in the index's own terms, every word quoted.
pub(crate) fn expression(query: &str) -> Option<String> {
    let parts = parts(query);
    let part = |part: &Part| {
        let star = if part.begun { "*" } else { "" };
        format!("\"{}\"{star}", part.words.join(" "))
    };
    (!parts.is_empty()).then(|| parts.iter().map(part).collect::<Vec<_>>().join(" "))
}

/// The words of a text as the index cuts them: letters and digits.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
        let from = at + text[at..].find(word)?;
        let to = text[from..]
            .find(|c: char| !word(c))
            .map_or(text.len(), |len| from + len);
        at = to;
        Some(from..to)
    })
}

fn fold(word: &str) -> String {
    let plain = word.nfd().filter(|c| !is_combining_mark(*c));
    plain.flat_map(char::to_lowercase).collect()
}

/// The passage of a text where most of the words looked for stand close together, so many bytes about them
/// at most, and where in it they stand, in bytes of the passage.
pub fn snippet<'t>(text: &'t str, query: &str, most: usize) -> (&'t str, Vec<Range<usize>>) {
    let parts = parts(query);
    let wanted = |word: &str| {
        parts.iter().position(|part| {
            let last = part.words.len() - 1;
            part.words.iter().enumerate().any(|(at, own)| {
                word == own || part.begun && at == last && word.starts_with(own.as_str())
            })
        })
    };
    let hits: Vec<(Range<usize>, usize)> = tokens(text)
        .filter_map(|range| {
            let which = wanted(&fold(&text[range.clone()]))?;
            Some((range, which))
        })
        .collect();
    // The window that holds the most different parts; of equals the first.
    let mut best = (0, 0..0);
    for (at, (first, _)) in hits.iter().enumerate() {
        let inside = hits[at..]
            .iter()
            .take_while(|(range, _)| range.end - first.start <= most);
        let mut different: Vec<usize> = inside.clone().map(|(_, which)| *which).collect();
        let to = at + different.len();
        different.sort_unstable();
        different.dedup();
        if different.len() > best.0 {
            best = (different.len(), at..to);
        }
    }
    let hits = &hits[best.1];
    let (from, to) = match (hits.first(), hits.last()) {
        (Some(first), Some(last)) => (first.0.start, last.0.end),
        _ => (0, 0),
    };
    let room = most.saturating_sub(to - from) / 2;
    let from = line_start(text, from, room);
    let end = text.floor_char_boundary((to + room).min(text.len()));
    let line = text[to..end].find('\n').map_or(end, |len| to + len);
    // Not in the middle of a word.
    let end = match text[line..].chars().next() {
        Some(c) if c.is_alphanumeric() => text[..line]
            .rfind(char::is_whitespace)
            .filter(|&at| at >= to)
            .unwrap_or(line),
        _ => line,
    };
    let marks = hits
        .iter()
        .map(|(range, _)| range.start - from..range.end - from)
        .filter(|range| range.end <= end - from)
        .collect();
    (&text[from..end], marks)
}

/// Where a passage about a place begins: at the start of its line, or of a word not too far before.
fn line_start(text: &str, at: usize, room: usize) -> usize {
    let back = text.floor_char_boundary(at.saturating_sub(room));
    if let Some(line) = text[back..at].rfind('\n') {
        return back + line + 1;
    }
    if back == 0 {
        return 0;
    }
    let word = text[back..at].find(char::is_whitespace);
    word.map_or(at, |len| {
        let start = back + len;
        start + text[start..at].len() - text[start..at].trim_start().len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_a_query_is_a_word() {
        assert_eq!(
            expression("Ordin AND (cable* OR \"mount ordin\" NEAR:-x").as_deref(),
            Some("\"ordin\" \"and\" \"cable\"* \"or\" \"mount ordin\" \"near x\"")
        );
        assert_eq!(expression(" \"\" * - "), None);
    }

    #[test]
    fn words_are_found_in_a_text_as_in_the_index() {
        let text = "The cable car on Mount Ördin fell; a second cable held.";
        let has = |query: &str| Words::of(query).all_in(text);
        assert!(has("ordin CABLE") && has("\"cable car\" fel*") && has("\"mount ör*\""));
        assert!(!has("\"car cable\"") && !has("ord") && !has("cable rope") && !has("fell*x"));
        let places = Words::of("\"a second\" cable").places(text);
        let words: Vec<&str> = places.into_iter().map(|place| &text[place]).collect();
        assert_eq!(words, ["cable", "a", "second", "cable"]);
        assert!(Words::of(" \"\" - ").is_empty());
    }

    #[test]
    fn a_snippet_shows_the_words_together() {
        let text = "Ordin is a mountain.\nIt is far from here, and nobody goes there in winter at all. \
                    The cable car on Mount Ördin fell on Saturday.\n";
        let (passage, marks) = snippet(text, "cable ordin", 60);
        assert!(passage.contains("cable car on Mount Ördin"), "{passage}");
        let words: Vec<&str> = marks.into_iter().map(|m| &passage[m]).collect();
        assert_eq!(words, ["cable", "Ördin"]);
        let (passage, marks) = snippet(text, "nowhere", 30);
        assert!(passage.starts_with("Ordin") && marks.is_empty());
        assert_eq!(snippet("", "x", 30), ("", Vec::new()));
    }
}

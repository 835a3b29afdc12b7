//! In: two stretches of words. Out: whether they are the same words, written in two ways: contracted or not,
//! in one word or two, with stops between capitals, a number in letters, as one country or another spells
//! them. What they mean is not asked. The spellings are in `data/en/spellings.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Letters of a word, at least, of which an ending may be written in two ways: "colour", not "four".
const LONG: usize = 6;

struct Spellings {
    clitics: Vec<(&'static str, Vec<&'static str>)>,
    words: HashMap<&'static str, &'static str>,
    endings: Vec<(&'static str, &'static str)>,
}

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| {
    let mut found = Spellings {
        clitics: Vec::new(),
        words: HashMap::new(),
        endings: Vec::new(),
    };
    let mut section = "";
    for line in include_str!("../data/en/spellings.txt").lines() {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some(name), None) => section = name,
            (Some(one), Some(other)) => match section {
                "[clitics]" => {
                    let stands_for = std::iter::once(other).chain(words).collect();
                    found.clitics.push((one, stands_for));
                }
                "[words]" => {
                    found.words.insert(one, other);
                }
                "[endings]" => found.endings.push((one, other)),
                // A remark before the first section.
                _ => {}
            },
            (None, _) => {}
        }
    }
    // The longest ending that fits is the one meant.
    found
        .endings
        .sort_by_key(|(one, _)| std::cmp::Reverse(one.len()));
    found
});

/// Whether two stretches are the same words in two spellings.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (spelled(a), spelled(b));
    a.iter().any(|one| !one.is_empty() && b.contains(one))
}

/// A stretch in the letters and digits of one spelling, without what stands between words; several where a
/// contraction can stand for several words.
fn spelled(words: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let words = words.to_lowercase().replace(['’', '‘', '`'], "'");
    for word in words.split(|c: char| c.is_whitespace() || "-–—/".contains(c)) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
        let clitic = SPELLINGS
            .clitics
            .iter()
            .find(|(end, _)| !SPELLINGS.words.contains_key(word) && word.ends_with(end));
        let (stem, stands_for) = match clitic {
            Some((end, stands_for)) => (&word[..word.len() - end.len()], &stands_for[..]),
            None => (word, &[""][..]),
        };
        let stem = folded(stem);
        let longer = |before: &String| {
            let more = |end: &&str| format!("{before}{stem}{end}");
            stands_for.iter().map(more).collect::<Vec<_>>()
        };
        out = out.iter().flat_map(longer).take(MOST).collect();
    }
    out
}

/// Readings of a stretch that are tried: three contractions of three words each have more.
const MOST: usize = 16;

/// A word in one spelling.
fn folded(word: &str) -> String {
    if let Some(other) = SPELLINGS.words.get(word) {
        return (*other).to_owned();
    }
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let ending = SPELLINGS
        .endings
        .iter()
        .find(|(one, _)| letters.len() >= LONG && letters.ends_with(one));
    match ending {
        Some((one, other)) => format!("{}{other}", &letters[..letters.len() - one.len()]),
        None => letters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_thing_are_alike_and_others_are_not() {
        for (a, b) in [
            ("'m", "am"),
            ("’s", "is"),
            ("it's", "it is"),
            ("He’s", "he has"),
            ("n't", "not"),
            ("can’t", "can not"),
            ("won't", "will not"),
            ("percent", "per cent"),
            ("US", "U.S."),
            ("long-term", "long term"),
            ("fourteen", "14"),
            ("10,000", "10000"),
            ("recognised", "recognized"),
            ("neighbours", "neighbors"),
            ("the Defence", "the Defense"),
            ("travelling", "traveling"),
            ("we'd", "we had"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("we're", "were"),
            ("four", "for"),
            ("us", "is"),
            ("has", "is"),
            ("will", "would"),
            ("can", "can't"),
            ("14", "41"),
            ("the", "our"),
            ("—", "–"),
        ] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }
}

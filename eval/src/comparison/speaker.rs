//! In: who a quotation's speaker is by the gold's words, and by the program. Out: whether they are
//! the same person or body.

use std::collections::BTreeSet;

use super::gold::Name;

/// Words that name nobody: a source made of them alone is no speaker.
const NOBODY: [&str; 44] = [
    "he",
    "she",
    "it",
    "they",
    "his",
    "her",
    "their",
    "him",
    "them",
    "who",
    "we",
    "i",
    "you",
    "the",
    "a",
    "an",
    "of",
    "in",
    "for",
    "to",
    "by",
    "and",
    "on",
    "at",
    "with",
    "s",
    "said",
    "says",
    "say",
    "told",
    "added",
    "was",
    "is",
    "has",
    "had",
    "that",
    "this",
    "one",
    "also",
    "as",
    "from",
    "who",
    "which",
    "statement",
];

/// A text as it is compared: small letters, straight apostrophes, single spaces, no marks around
/// words.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let c = match c {
            '\u{2019}' | '\u{2018}' => '\'',
            c => c,
        };
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn words(text: &str) -> BTreeSet<String> {
    plain(text)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn telling(text: &str) -> BTreeSet<String> {
    words(text)
        .into_iter()
        .filter(|word| !NOBODY.contains(&word.as_str()))
        .collect()
}

/// Whether `words` stand in a row in `text` (both plain).
fn stands_in(words: &str, text: &str) -> bool {
    !words.is_empty() && format!(" {text} ").contains(&format!(" {words} "))
}

/// Whether the program's speaker is the gold's. `surfaces` are all the ways in which the story
/// writes the name that the program gives (plain); where it gives none, the words of the source
/// themselves must name the speaker: half of those that tell anything.
pub fn right(
    gold: &str,
    gold_words: &str,
    names: &[Name],
    surfaces: &[String],
    source: &str,
) -> bool {
    let speaker = plain(gold);
    let told: BTreeSet<String> = telling(gold).union(&telling(gold_words)).cloned().collect();
    if surfaces.is_empty() {
        let source = telling(source);
        let shared = source.intersection(&told).count();
        return shared > 0 && 2 * shared >= source.len();
    }
    let meant: BTreeSet<String> = names
        .iter()
        .filter(|name| {
            std::iter::once(&name.name)
                .chain(&name.variants)
                .any(|form| stands_in(&plain(form), &speaker))
        })
        .flat_map(|name| name.variants.iter().chain([&name.name]))
        .map(|form| plain(form))
        .collect();
    surfaces.iter().any(|surface| {
        let telling = telling(surface);
        meant.contains(surface) || (!telling.is_empty() && telling.is_subset(&told))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str, variants: &[&str]) -> Name {
        Name {
            name: name.to_owned(),
            kind: "person".to_owned(),
            variants: variants.iter().map(|v| (*v).to_owned()).collect(),
            doubtful: false,
        }
    }

    #[test]
    fn a_variant_of_the_name_is_the_speaker() {
        let names = [
            name("Ada Lorne", &["Ada Lorne", "Lorne", "Adah Lorn"]),
            name("Brill", &["Brill"]),
        ];
        let by = |surfaces: &[&str], source: &str| {
            let surfaces: Vec<String> = surfaces.iter().map(|s| (*s).to_owned()).collect();
            right("Ada Lorne, the engineer", "she", &names, &surfaces, source)
        };
        assert!(by(&["adah lorn"], "she"));
        assert!(by(&["lorne"], ""));
        assert!(!by(&["brill"], "Ada Lorne"));
        assert!(by(&[], "engineer Lorne"));
        assert!(!by(&[], "she") && !by(&[], ""));
    }

    #[test]
    fn plain_text_has_neither_marks_nor_case() {
        assert_eq!(plain(" U.S.\u{2019}s  Tarn-Post. "), "u s s tarn post");
    }
}

//! In: the JSON-LD of a page. Out: the text that it says its article has, and which of the page's blocks
//! are words of it. Refuses to be the text where the page has one: it comes without paragraphs,
//! cut short, or with what was added later.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use super::{json_ld, source};

/// Words in a row by which a block is known in a text.
const RUN: usize = 4;
/// Tenths of a block's runs that are in the text if the block is.
const FOUND: usize = 7;
/// Levels of nesting that are looked at.
const DEPTH: usize = 12;

/// The texts that a page's records give as its article's.
#[derive(Default)]
pub(crate) struct Stated {
    /// The longest of them.
    pub text: String,
    /// How many words it has.
    pub words: usize,
    runs: HashSet<u64>,
}

impl Stated {
    /// Reads the scripts of a page.
    pub fn read(scripts: &[Cow<'_, str>]) -> Self {
        let mut longest = String::new();
        for script in scripts.iter().filter(|script| script.contains("articleBody")) {
            for value in &json_ld::values(script) {
                collect(value, &mut longest, 0);
            }
        }
        let text = if longest.contains('<') {
            source::plain(&longest)
        } else {
            longest
        };
        Self {
            words: words(&text).count(),
            runs: runs(&text).collect(),
            text,
        }
    }

    /// Whether a block's words stand in the text.
    pub fn has(&self, block: &str) -> bool {
        let (mut all, mut found) = (0, 0);
        for run in runs(block) {
            all += 1;
            found += usize::from(self.runs.contains(&run));
        }
        all > 0 && found * 10 >= all * FOUND
    }
}

fn collect(value: &Value, longest: &mut String, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, longest, depth + 1)),
        Value::Object(object) => {
            if let Some(Value::String(body)) = object.get("articleBody")
                && body.len() > longest.len()
            {
                longest.clone_from(body);
            }
            object.values().for_each(|value| collect(value, longest, depth + 1));
        }
        _ => {}
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Hashes of the runs of words in a text.
fn runs(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<&str> = words(text).collect();
    let len = RUN.min(words.len().max(1));
    let hash = |run: &[&str]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(len).map(hash).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_known_in_the_stated_text() {
        let script = Cow::Borrowed(
            r#"{"@graph": [{"@type": "NewsArticle", "articleBody": "The ferry sank off Selen on Monday. Nobody was hurt, the harbour office said."}]}"#,
        );
        let stated = Stated::read(&[script]);
        assert_eq!(stated.words, 14);
        assert!(stated.has("Nobody was hurt, the harbour office said."));
        assert!(!stated.has("Read more about the ferries of Selen and its harbour."));
    }
}

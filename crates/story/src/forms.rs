//! When two forms name one organisation, place or thing.
//!
//! In: a form as written. Out: keys that are equal for forms of one thing. It goes by letters, by
//! acronyms and by a short list of names that share no letters (`data/places.txt`); a longer name
//! that holds a shorter one is another thing (a company and its group, a province and its town).

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words that an acronym leaves out.
const SMALL: [&str; 10] = ["of", "the", "and", "for", "in", "on", "de", "du", "la", "&"];

/// Shortest acronym that stands for a name: two letters are states, initials and words.
const ACRONYM: usize = 2;

static ALIASES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut aliases = HashMap::new();
    for line in include_str!("../data/places.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
    {
        let mut forms = line.split('|').map(key);
        if let Some(first) = forms.next() {
            aliases.extend(forms.map(|form| (form, first.clone())));
        }
    }
    aliases
});

/// Letters and digits in lower case, words parted by one space; full stops leave no gap (`U.S.`),
/// a genitive and a leading article are left out.
pub(crate) fn key(form: &str) -> String {
    let mut plain = String::with_capacity(form.len());
    let form = form
        .strip_suffix("'s")
        .or_else(|| form.strip_suffix("\u{2019}s"))
        .unwrap_or(form);
    for c in form.chars() {
        if c.is_alphanumeric() {
            plain.extend(c.to_lowercase());
        } else if !matches!(c, '.' | '\'' | '\u{2019}') && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    let plain = plain.trim();
    plain.strip_prefix("the ").unwrap_or(plain).to_owned()
}

/// The key of an organisation, place or other thing.
pub(crate) fn thing(form: &str) -> String {
    let key = key(form);
    ALIASES.get(&key).cloned().unwrap_or(key)
}

/// The acronym that a name of two words or more would have.
pub(crate) fn acronym_of(form: &str) -> Option<String> {
    let words: Vec<&str> = form
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|word| !SMALL.contains(&word.to_lowercase().as_str()))
        .collect();
    let initials: String = words
        .iter()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .flat_map(char::to_lowercase)
        .collect();
    (words.len() > 1 && initials.chars().count() >= ACRONYM).then_some(initials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_thing_meet() {
        for (a, b) in [
            ("U.S.", "United States"),
            ("the US", "America"),
            ("The Harbour Board", "Harbour Board\u{2019}s"),
            ("UAE", "United Arab Emirates"),
        ] {
            assert_eq!(thing(a), thing(b), "{a} / {b}");
        }
        assert_ne!(thing("Norhaven"), thing("Norhaven County"));
        assert_eq!(
            acronym_of("Bureau of Tidal Research").as_deref(),
            Some("btr")
        );
        assert_eq!(acronym_of("Norhaven"), None);
    }
}

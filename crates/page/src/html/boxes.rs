//! In: the names that a page gives an element (class and id). Out: what kind of box they speak of,
//! from `data/boxes.txt`. Refuses to judge by a part of a word.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// What an element's names say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    /// Nothing.
    #[default]
    Plain,
    /// It holds the article's text.
    Body,
    /// It is a picture's caption or credit.
    Caption,
    /// It is a post of a network.
    Post,
    /// It stands beside the article.
    Aside,
    /// It holds the words of readers.
    Comments,
    /// Nobody sees it, or it belongs to no article.
    Gone,
}

struct Table {
    names: AhoCorasick,
    of: Vec<Named>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (mut names, mut of, mut family) = (Vec::new(), Vec::new(), Named::Gone);
    for line in include_str!("../../data/boxes.txt").lines() {
        match line {
            "" => {}
            "[gone]" => family = Named::Gone,
            "[aside]" => family = Named::Aside,
            "[comments]" => family = Named::Comments,
            "[post]" => family = Named::Post,
            "[caption]" => family = Named::Caption,
            "[body]" => family = Named::Body,
            _ if line.starts_with('#') => {}
            name => {
                names.push(format!("-{name}-"));
                of.push(family);
            }
        }
    }
    Table {
        names: AhoCorasick::new(names).expect("a short list of words"),
        of,
    }
});

/// What the class and the id of an element say.
pub(crate) fn of(class: &str, id: &str) -> Named {
    if class.is_empty() && id.is_empty() {
        return Named::Plain;
    }
    let words = words(class, id);
    let table = &*TABLE;
    table
        .names
        .find_overlapping_iter(&words)
        .filter(|found| !told_of(&words[..=found.start()]))
        .filter_map(|found| table.of.get(found.pattern().as_usize()).copied())
        .max()
        .unwrap_or(Named::Plain)
}

/// Whether the word before a name makes it one of something that the element holds, or does not:
/// `has-sidebar`, `no-ads`.
fn told_of(before: &str) -> bool {
    let word = before.trim_end_matches('-').rsplit('-').next();
    !before.ends_with("--")
        && matches!(
            word,
            Some(
                "has"
                    | "with"
                    | "without"
                    | "no"
                    | "not"
                    | "hide"
                    | "show"
                    | "hasnt"
                    | "before"
                    | "after"
            )
        )
}

/// `-box-read-more-`: the words of names, in lower case, between hyphens.
fn words(class: &str, id: &str) -> String {
    let mut words = String::with_capacity(class.len() + id.len() + 4);
    words.push('-');
    let mut small = false;
    for c in class.chars().chain([' ']).chain(id.chars()) {
        if !c.is_ascii_alphanumeric() {
            if !words.ends_with('-') {
                words.push('-');
            }
            // Two names are no one name.
            if c.is_whitespace() {
                words.push('-');
            }
            small = false;
            continue;
        }
        if c.is_ascii_uppercase() && small {
            words.push('-');
        }
        small = c.is_ascii_lowercase();
        words.push(c.to_ascii_lowercase());
    }
    words.push('-');
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_words() {
        assert_eq!(of("text sr-only", ""), Named::Gone);
        assert_eq!(of("boxReadMore", ""), Named::Aside);
        assert_eq!(of("", "cookieConsent-2"), Named::Gone);
        assert_eq!(of("story adapted readings", "tagged"), Named::Plain);
        assert_eq!(of("StoryBody", ""), Named::Body);
        assert_eq!(of("wp-caption-text", ""), Named::Caption);
        assert_eq!(of("read more", ""), Named::Plain);
        assert_eq!(of("page has-sidebar no-ads", ""), Named::Plain);
    }
}

//! In: a line in its looked-up form. Out: the family of furniture that it is known for, from
//! `data/furniture.txt`. Refuses nothing: whether the line goes is [`super`]'s decision, by the
//! line's shape and place.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// A family of furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Buttons, menu words, marks of advertisements.
    Label,
    /// Opens the comments: what follows is not the article.
    Comments,
    /// Words of a comment form.
    Form,
    /// Newsletters, social networks, calls to share.
    Subscribe,
    /// Points to other articles; alone on its line it opens a list of them.
    Teasers,
    /// Copyright, cookies, legal notices.
    Legal,
    /// Says that the text was taken from elsewhere.
    Source,
    /// Says that the text goes on elsewhere.
    Truncated,
    /// Names sources or staff.
    Credit,
}

/// How a line was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// The whole line is the phrase.
    Whole,
    /// It begins with it.
    Start,
    /// It holds it.
    Within,
    /// It ends with it.
    End,
}

struct Table {
    whole: HashMap<&'static str, Family>,
    /// Phrases by their first word.
    starts: HashMap<&'static str, Vec<(&'static str, Family)>>,
    ends: Vec<(&'static str, Family)>,
    within: AhoCorasick,
    within_family: Vec<Family>,
    /// Words about the site.
    service: AhoCorasick,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut whole = HashMap::new();
    let mut starts: HashMap<&str, Vec<(&str, Family)>> = HashMap::new();
    let (mut ends, mut within, mut within_family) = (Vec::new(), Vec::new(), Vec::new());
    let mut service = Vec::new();
    let mut family = Family::Label;
    for line in include_str!("../../data/furniture.txt").lines() {
        if let Some(name) = line.strip_prefix('[') {
            family = match name.trim_end_matches(']') {
                "comments" => Family::Comments,
                "form" => Family::Form,
                "subscribe" => Family::Subscribe,
                "teasers" => Family::Teasers,
                "legal" => Family::Legal,
                "source" => Family::Source,
                "truncated" => Family::Truncated,
                "credit" => Family::Credit,
                _ => Family::Label,
            };
            continue;
        }
        let Some((mark, phrase)) = line.split_once(' ') else {
            continue;
        };
        match mark {
            "=" => {
                whole.entry(phrase).or_insert(family);
            }
            "^" => starts
                .entry(first_word(phrase))
                .or_default()
                .push((phrase, family)),
            "$" => ends.push((phrase, family)),
            "+" => service.push(phrase),
            "~" => {
                within.push(phrase);
                within_family.push(family);
            }
            _ => {}
        }
    }
    for phrases in starts.values_mut() {
        phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    let machine = |patterns: Vec<&str>| {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(patterns)
            .unwrap_or_else(|_| AhoCorasick::new([""; 0]).expect("no pattern always builds"))
    };
    Table {
        whole,
        starts,
        ends,
        within: machine(within),
        within_family,
        service: machine(service),
    }
});

/// How many words about the site and its services a line holds: cookies, newsletters, accounts.
pub(crate) fn service_words(line: &str) -> usize {
    TABLE.service.find_iter(&line.to_lowercase()).count()
}

fn first_word(text: &str) -> &str {
    text.split([' ', ':', ',', '|', '-', '\''])
        .next()
        .unwrap_or(text)
}

/// The family of a line, and how it is known.
pub(crate) fn family(norm: &str) -> Option<(Family, Match)> {
    if norm.is_empty() {
        return None;
    }
    let table = &*TABLE;
    if norm.len() <= 80 {
        let bare = norm.trim_end_matches(['.', '…', '!', ' ', ':', '*']);
        let found = table.whole.get(norm).or_else(|| table.whole.get(bare));
        if let Some(family) = found {
            return Some((*family, Match::Whole));
        }
    }
    let start = norm.trim_start_matches(['(', '[', '"', '*', ' ', '-']);
    if let Some(phrases) = table.starts.get(first_word(start)) {
        for (phrase, family) in phrases {
            let Some(rest) = start.strip_prefix(phrase) else {
                continue;
            };
            let open = phrase.ends_with(|c: char| !c.is_alphabetic());
            if open || !rest.starts_with(char::is_alphanumeric) {
                return Some((*family, Match::Start));
            }
        }
    }
    let end = norm.trim_end_matches(['.', ')', ' ', ']']);
    for (phrase, family) in &table.ends {
        if end.ends_with(phrase.trim_end_matches(')')) {
            return Some((*family, Match::End));
        }
    }
    let found = table.within.find(norm)?;
    let family = table.within_family.get(found.pattern().as_usize())?;
    Some((*family, Match::Within))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_known_by_their_phrase() {
        let cases = [
            ("leave a reply", Some((Family::Comments, Match::Whole))),
            ("advertisement", Some((Family::Label, Match::Whole))),
            (
                "read more: a ferry is late",
                Some((Family::Teasers, Match::Start)),
            ),
            (
                "required fields are marked *",
                Some((Family::Form, Match::Start)),
            ),
            (
                "copyright 2019 the harbour post. all rights reserved",
                Some((Family::Legal, Match::Start)),
            ),
            ("sourced from local farms, the food is cheap", None),
            ("the reader of the news", None),
        ];
        for (line, expected) in cases {
            assert_eq!(family(line), expected, "{line}");
        }
    }

    #[test]
    fn phrases_are_written_as_lines_are_looked_up() {
        for line in include_str!("../../data/furniture.txt").lines() {
            if let Some((mark, phrase)) = line.split_once(' ')
                && ["=", "~"].contains(&mark)
            {
                let norm = super::super::shape::norm(phrase);
                let bare = norm.trim_end_matches(['.', '…', '!', ' ', ':', '*']);
                let written = phrase.trim_end_matches(['.', '…', '!', ' ', ':', '*']);
                assert!(bare == written || norm == phrase, "{line}: {norm}");
            }
        }
    }
}

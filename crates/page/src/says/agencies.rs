//! In: a name. Out: whether it is a news agency's or an outlet's rather than a person's. Refuses to
//! guess: a name of two or three capitalised words that nothing marks as an outlet is a person's.

use std::collections::HashSet;
use std::sync::LazyLock;

static AGENCIES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/agencies.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Words that only names of media and offices hold, in lower case.
const MEDIA_WORDS: [&str; 64] = [
    "news",
    "newsroom",
    "times",
    "post",
    "herald",
    "press",
    "agency",
    "agencies",
    "agence",
    "agencia",
    "agenzia",
    "agentur",
    "tv",
    "radio",
    "television",
    "daily",
    "tribune",
    "journal",
    "gazette",
    "media",
    "today",
    "guardian",
    "telegraph",
    "observer",
    "chronicle",
    "broadcasting",
    "network",
    "magazine",
    "weekly",
    "online",
    "wire",
    "service",
    "services",
    "desk",
    "staff",
    "bureau",
    "editorial",
    "redaktion",
    "redaction",
    "rédaction",
    "redacción",
    "redação",
    "redazione",
    "redactie",
    "zeitung",
    "presse",
    "nachrichten",
    "noticias",
    "notícias",
    "haber",
    "gazetesi",
    "ajansı",
    "correspondent",
    "reporter",
    "reporters",
    "editor",
    "editors",
    "contributors",
    "agenturen",
    "agences",
    "team",
    "report",
    "webdesk",
    "web",
];

/// Whether a name is a news agency's.
pub(crate) fn is_agency(name: &str) -> bool {
    AGENCIES.contains(name.trim())
}

/// Whether a name is an agency's or some other outlet's, not a person's.
pub(crate) fn is_outlet(name: &str) -> bool {
    let name = name.trim();
    if name.is_empty() {
        return false;
    }
    if is_agency(name) || name.contains(".com") || name.starts_with("The ") {
        return true;
    }
    let acronym = name.len() >= 2
        && name
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || "/-&".contains(c));
    acronym || has_media_word(name)
}

/// The outlet that an item of a credit names: `Reuters`, `Associated Press` of "Associated Press
/// writer Ada Lindqvist".
pub(crate) fn outlet_of(item: &str) -> Option<&str> {
    let roles = [
        " writer",
        " reporter",
        " journalist",
        " correspondent",
        " staff",
        " photographer",
    ];
    let end = roles
        .iter()
        .filter_map(|role| item.find(role))
        .min()
        .unwrap_or(item.len());
    let name = item.get(..end)?.trim();
    is_outlet(name).then_some(name)
}

/// Whether a word of the name says that it is a newsroom's, an outlet's or a role.
pub(crate) fn has_media_word(name: &str) -> bool {
    name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ','))
        .any(|word| MEDIA_WORDS.contains(&word.to_lowercase().as_str()))
}

/// The agencies among the `/`- or comma-separated names of a short text, as written.
pub(crate) fn agencies_in(text: &str) -> Vec<&str> {
    let text = text.trim();
    if is_agency(text) {
        return vec![text];
    }
    text.split(['/', ',', ';', '|', '+'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" with "))
        .flat_map(|part| part.split(" et "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" y "))
        .map(str::trim)
        .filter(|part| is_agency(part))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_and_people() {
        for outlet in [
            "AP",
            "Reuters",
            "The Harbour Post",
            "VOA",
            "Geo News",
            "RFE/RL",
            "BBC",
        ] {
            assert!(is_outlet(outlet), "{outlet}");
        }
        for person in ["Ada Lindqvist", "Jo Ann Marsh", "Omar el-Tayib"] {
            assert!(!is_outlet(person), "{person}");
        }
        assert_eq!(agencies_in("Ada Lindqvist, AP"), ["AP"]);
        assert_eq!(agencies_in("Reuters/AFP"), ["Reuters", "AFP"]);
    }
}

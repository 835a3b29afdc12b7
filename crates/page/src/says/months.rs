//! The month names of the world's news languages and the words around dates, from `data/`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One meaning of a written month.
type Meaning = (&'static str, i8);

static MONTHS: LazyLock<HashMap<&'static str, Vec<Meaning>>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Vec<Meaning>> = HashMap::new();
    for line in include_str!("../../data/months.txt").lines() {
        let Some((language, months)) = line.split_once(' ') else {
            continue;
        };
        if language == "#" {
            continue;
        }
        for (month, forms) in (1..).zip(months.split(';')) {
            for form in forms.split(',') {
                table
                    .entry(form.trim())
                    .or_default()
                    .push((language, month));
            }
        }
    }
    table
});

/// What a word does on a date line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateWord {
    /// "Published".
    Published,
    /// "Updated".
    Changed,
    /// "At", a time zone.
    Filler,
    /// A day of the week: Monday is 1.
    Weekday(i8),
}

static WORDS: LazyLock<HashMap<&'static str, DateWord>> = LazyLock::new(|| {
    include_str!("../../data/date_words.txt")
        .lines()
        .filter_map(|line| {
            let (mark, word) = line.split_once(' ')?;
            let role = match mark {
                "+" => DateWord::Published,
                "-" => DateWord::Changed,
                "." => DateWord::Filler,
                _ => DateWord::Weekday(mark.parse().ok()?),
            };
            Some((word, role))
        })
        .collect()
});

/// Whether a lower-case word names a month or a day of the week.
pub(crate) fn is_time(word: &str) -> bool {
    MONTHS.contains_key(word) || matches!(WORDS.get(word), Some(DateWord::Weekday(_)))
}

/// The month, 1 to 12, that a lower-case word names. A word that names two months in two
/// languages needs the language.
pub(crate) fn month(word: &str, language: Option<&str>) -> Option<i8> {
    let meanings = MONTHS.get(word)?;
    if let Some((_, month)) = meanings.iter().find(|(of, _)| Some(*of) == language) {
        return Some(*month);
    }
    let (_, first) = *meanings.first()?;
    meanings
        .iter()
        .all(|(_, month)| *month == first)
        .then_some(first)
}

/// Whether a lower-case word names a month in some language.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.contains_key(word)
}

/// What a lower-case word, or a few words, do on a date line.
pub(crate) fn date_word(words: &str) -> Option<DateWord> {
    WORDS.get(words).copied()
}

/// The day of the week, Monday as 1, that a lower-case word names.
pub(crate) fn weekday(word: &str) -> Option<i8> {
    match date_word(word) {
        Some(DateWord::Weekday(day)) => Some(day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_twelve_months() {
        for line in include_str!("../../data/months.txt").lines() {
            if !line.starts_with('#') {
                assert_eq!(line.split(';').count(), 12, "{line}");
            }
        }
    }

    #[test]
    fn two_languages_may_differ() {
        assert_eq!(month("aralık", None), Some(12));
        assert_eq!(month("листопада", None), Some(11));
        assert_eq!(month("listopada", Some("pl")), Some(11));
        assert_eq!(month("listopada", Some("hr")), Some(10));
        assert_eq!(month("listopada", None), None);
    }
}

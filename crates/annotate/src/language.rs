//! In: a language's code. Out: its words that the steps ask for by key: stop words, abbreviations,
//! reporting verbs, and its stemmer. A language is a folder under `data/`; one without a folder
//! gets tokens, sentences and stems, and no claim about its words.

use rust_stemmers::Algorithm;

use crate::keys::key;

/// A set of word keys, fit for one look-up a token: open addressing, at most half full.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeySet {
    slots: Vec<u64>,
}

impl KeySet {
    /// The keys of all words of a list; `#` opens a comment line.
    pub(crate) fn of_list(list: &str) -> Self {
        words(list).map(key).collect()
    }

    /// Whether nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.slots.iter().all(|slot| *slot == 0)
    }

    /// Whether the key is in it.
    pub(crate) fn contains(&self, key: u64) -> bool {
        if self.slots.is_empty() {
            return false;
        }
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.slots[at] {
                0 => return false,
                found if found == key => return true,
                _ => at = (at + 1) & mask,
            }
        }
    }
}

impl FromIterator<u64> for KeySet {
    fn from_iter<I: IntoIterator<Item = u64>>(keys: I) -> Self {
        let keys: Vec<u64> = keys.into_iter().collect();
        let size = (keys.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![0; size];
        for key in keys {
            let mut at = key as usize & (size - 1);
            while slots[at] != 0 && slots[at] != key {
                at = (at + 1) & (size - 1);
            }
            slots[at] = key;
        }
        Self { slots }
    }
}

/// Word keys with a meaning each, built like [`KeySet`]. Of two entries for a key the first holds.
#[derive(Clone, Debug)]
pub(crate) struct KeyMap<V> {
    slots: Vec<(u64, Option<V>)>,
}

impl<V: Copy> KeyMap<V> {
    /// Of entries in order.
    pub(crate) fn new(entries: Vec<(u64, V)>) -> Self {
        let size = (entries.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, None); size];
        for (key, value) in entries {
            let mut at = key as usize & (size - 1);
            while slots[at].1.is_some() && slots[at].0 != key {
                at = (at + 1) & (size - 1);
            }
            if slots[at].1.is_none() {
                slots[at] = (key, Some(value));
            }
        }
        Self { slots }
    }

    /// The meaning of a key.
    pub(crate) fn get(&self, key: u64) -> Option<V> {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.slots[at] {
                (_, None) => return None,
                (found, value) if found == key => return value,
                _ => at = (at + 1) & mask,
            }
        }
    }
}

/// What a word with a full stop is, which decides whether the stop can end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Stands before a name (`Gen.`): never ends a sentence.
    Title,
    /// Stands before a figure (`No.`): ends a sentence unless a figure follows.
    Number,
    /// A month or weekday (`Dec.`).
    Date,
    /// `a.m.`, `p.m.`
    Clock,
    /// Stands after a name or at a sentence's end (`Inc.`, `U.S.`).
    Suffix,
}

/// What the folder of a language holds.
pub(crate) struct Folder {
    pub(crate) code: &'static str,
    stop: &'static str,
    abbreviations: &'static str,
    reporting: &'static str,
    pub(crate) cues: &'static str,
    pub(crate) closed_class: &'static str,
    pub(crate) statements: &'static str,
    pub(crate) opposites: &'static str,
}

/// The folder of a language, which becomes part of the program.
macro_rules! folder {
    ($code:literal) => {
        Folder {
            code: $code,
            stop: include_str!(concat!("../data/", $code, "/stop.txt")),
            abbreviations: include_str!(concat!("../data/", $code, "/abbreviations.txt")),
            reporting: include_str!(concat!("../data/", $code, "/reporting.txt")),
            cues: include_str!(concat!("../data/", $code, "/cues.txt")),
            closed_class: include_str!(concat!("../data/", $code, "/closed-class.txt")),
            statements: include_str!(concat!("../data/", $code, "/statements.txt")),
            opposites: include_str!(concat!("../data/", $code, "/opposites.txt")),
        }
    };
}

/// Every language with a folder. The first reads what is too short to tell.
pub(crate) const FOLDERS: [Folder; 4] =
    [folder!("en"), folder!("de"), folder!("fr"), folder!("es")];

/// Where a language's folder stands in [`FOLDERS`]; `None` where it has none.
pub(crate) fn folder_of(code: Option<&str>) -> Option<usize> {
    let Some(code) = code else {
        return Some(0);
    };
    FOLDERS
        .iter()
        .position(|folder| folder.code == main_part(code))
}

/// `en` of `en-GB`.
fn main_part(code: &str) -> &str {
    code.split(['-', '_']).next().unwrap_or(code)
}

/// One language's words.
#[derive(Debug)]
pub(crate) struct Language {
    /// The stemmer, where the language has one.
    pub(crate) stemmer: Option<Algorithm>,
    /// Function words.
    pub(crate) stop: KeySet,
    /// Verbs that go on with a sentence after a quoted question.
    pub(crate) reporting: KeySet,
    /// Whether contractions are split as in English (`did` + `n't`).
    pub(crate) english: bool,
    /// Words that lose their vowel before another and stay words of their own (`l'` + `eau`).
    pub(crate) elided: KeySet,
    /// Abbreviations by kind, keyed with their letter case.
    abbreviations: [(Abbreviation, KeySet); 5],
}

impl Language {
    fn new(stemmer: Option<Algorithm>, folder: Option<&Folder>) -> Self {
        let [stop, abbreviations, reporting] = folder.map_or_else(Default::default, |folder| {
            [folder.stop, folder.abbreviations, folder.reporting]
        });
        let kinds = [
            (Abbreviation::Title, "title"),
            (Abbreviation::Number, "number"),
            (Abbreviation::Date, "date"),
            (Abbreviation::Clock, "clock"),
            (Abbreviation::Suffix, "suffix"),
        ];
        Self {
            stemmer,
            stop: KeySet::of_list(stop),
            reporting: KeySet::of_list(reporting),
            english: folder.is_some_and(|folder| folder.code == "en"),
            elided: section_words(abbreviations, "elided").map(key).collect(),
            abbreviations: kinds.map(|(kind, name)| {
                (
                    kind,
                    section_words(abbreviations, name).map(exact).collect(),
                )
            }),
        }
    }

    /// What a word is when a full stop stands right behind it; `None` where it is no abbreviation.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        let key = exact(word);
        self.abbreviations
            .iter()
            .find(|(_, set)| set.contains(key))
            .map(|&(kind, _)| kind)
    }
}

/// The stemmers, by code.
const STEMMERS: [(&str, Algorithm); 19] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("nl", Algorithm::Dutch),
    ("en", Algorithm::English),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("el", Algorithm::Greek),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("no", Algorithm::Norwegian),
    ("nb", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("es", Algorithm::Spanish),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

/// All languages with a data folder or a stemmer, and one without any data for the rest.
#[derive(Debug)]
pub(crate) struct Languages {
    folders: Vec<Language>,
    /// Languages with a stemmer and nothing else, by code.
    stemmed: Vec<(&'static str, Language)>,
    neutral: Language,
}

impl Languages {
    /// Reads the data folders, which are part of the program.
    pub(crate) fn new() -> Self {
        let stemmer = |code: &str| {
            let found = STEMMERS.iter().find(|(known, _)| *known == code);
            found.map(|&(_, algorithm)| algorithm)
        };
        Self {
            folders: FOLDERS
                .iter()
                .map(|folder| Language::new(stemmer(folder.code), Some(folder)))
                .collect(),
            stemmed: STEMMERS
                .map(|(code, algorithm)| (code, Language::new(Some(algorithm), None)))
                .into(),
            neutral: Language::new(None, None),
        }
    }

    /// The language of a code. A text too short to tell is read as English; a language without
    /// data gets none.
    pub(crate) fn get(&self, code: Option<&str>) -> &Language {
        if let Some(folder) = folder_of(code) {
            return &self.folders[folder];
        }
        let code = code.map_or("", main_part);
        self.stemmed
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(&self.neutral, |(_, language)| language)
    }
}

/// The words of a list, one or more a line; `#` opens a comment line.
pub(crate) fn words(list: &str) -> impl Iterator<Item = &str> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

/// The words of one `[section]` of a list.
pub(crate) fn section_words<'a>(list: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let mut inside = false;
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .filter(move |line| {
            let opened = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'));
            if let Some(opened) = opened {
                inside = opened == name;
            }
            inside && opened.is_none()
        })
        .flat_map(str::split_whitespace)
}

/// The key of a word with its letter case.
fn exact(word: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(word.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_its_folder() {
        let all = Languages::new();
        let english = all.get(Some("en-GB"));
        assert!(english.stop.contains(key("The")) && !english.stop.contains(key("bridge")));
        assert_eq!(english.abbreviation("Gen"), Some(Abbreviation::Title));
        assert_eq!(english.abbreviation("no"), None);
        assert!(all.get(Some("de")).stop.contains(key("über")));
        assert!(!all.get(Some("xx")).stop.contains(key("the")));
        assert!(all.get(Some("fr")).stemmer.is_some());
    }

    #[test]
    fn an_empty_set_holds_nothing() {
        assert!(!KeySet::default().contains(7));
        assert!(!KeySet::of_list("# only a comment").contains(key("only")));
    }
}

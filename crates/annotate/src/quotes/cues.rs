//! In: the data files of a language (`data/LANGUAGE/cues.txt`, `closed-class.txt`). Out: for the
//! key of a word, how it reports speech and what it is in a sentence. Refuses nothing: a line that
//! cannot be read is a fault of the data, found by the test below.
//!
//! Adding a verb is a change of `cues.txt` with a case in `tests/suite/quotes`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::key;

/// Keys are hashes already.
#[derive(Default)]
pub struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

type Keyed<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// A set of the ways in which a word can report, or be part of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways(u32);

#[allow(missing_docs, reason = "data/en/cues.txt says what each section means")]
impl Ways {
    pub const SPEECH: Self = Self(1);
    pub const TELL: Self = Self(2);
    pub const ASK: Self = Self(4);
    pub const MANNER: Self = Self(8);
    pub const LABEL: Self = Self(16);
    pub const URGE: Self = Self(32);
    pub const VOW: Self = Self(64);
    pub const DENY: Self = Self(128);
    pub const READ: Self = Self(256);
    pub const DOCUMENT: Self = Self(512);
    pub const ADJUNCT: Self = Self(1024);
    pub const ROLE: Self = Self(2048);
    pub const THINK: Self = Self(4096);
    pub const WANT: Self = Self(8192);
    pub const CHARGE: Self = Self(16384);
    pub const BEHIND: Self = Self(32768);
    pub const SPAN: Self = Self(1 << 16);
    pub const SEEN: Self = Self(1 << 17);
    pub const BODY: Self = Self(1 << 18);
    pub const ASIDE: Self = Self(1 << 19);
    pub const BID: Self = Self(1 << 20);
    /// Verbs that ask somebody to do something.
    pub const REQUEST: Self = Self(32 | 1 << 20);
    /// Verbs that may report a clause without quote marks.
    pub const CLAUSE: Self = Self(1 | 2 | 4 | 64 | 128);
    /// Verbs that may stand next to a quote.
    pub const QUOTE: Self = Self(1 | 2 | 4 | 8 | 64 | 128);
    /// Verbs that may stand before their subject: behind `told` stands whom one tells.
    pub const INVERTS: Self = Self(1 | 4 | 8 | 64 | 128);
    /// Any verb.
    pub const VERB: Self = Self(511 | 4096 | 8192 | 1 << 20);

    /// Whether it has one of the ways.
    pub fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    fn add(&mut self, of: Self) {
        self.0 |= of.0;
    }
}

impl std::ops::BitOr for Ways {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A form of a cue verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbForm {
    /// `say`
    Base,
    /// `says`
    Present,
    /// `said`
    Past,
    /// `saying`
    Participle,
}

/// What the lexicon knows of a word on its own.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// How it reports.
    pub ways: Ways,
    /// Its form.
    pub form: VerbForm,
}

/// The class of a word, where the word alone decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "data/en/closed-class.txt shows the words of each"
)]
pub enum Closed {
    Personal,
    Object,
    Determiner,
    Relative,
    Owner,
    Genitive,
    That,
    Question,
    Be,
    Modal,
    Auxiliary,
    Negation,
    Origin,
    Preposition,
    Subordinator,
    Likewise,
    Conjunction,
    Contrast,
    ObjectDeterminer,
    Adverb,
    Time,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Its class, if closed.
    pub closed: Option<Closed>,
    /// How it reports without a particle.
    pub cue: Option<Cue>,
    /// Whether it reports with a particle (see [`Lexicon::with_particle`]).
    pub particle: bool,
    /// Whether it is a noun for a document, the place of an interview, a role.
    pub noun: Ways,
    /// Whether a pronoun opens a phrase as well: `one`, `another`.
    pub determines: bool,
    /// Whether it begins a source phrase (see [`Lexicon::source_phrase`]).
    pub source: bool,
}

/// The words of a language that matter for quotations.
pub struct Lexicon {
    words: Keyed<Word>,
    particles: Keyed<Cue>,
    phrases: Vec<Vec<u64>>,
    /// Whether a comma opens the reported clause and the verb stands second, before the subject
    /// where something else comes first, as in German.
    pub comma_clause: bool,
}

impl Lexicon {
    /// Reads the data files of a language.
    pub fn new(cues: &str, closed: &str) -> Self {
        let mut lexicon = Self {
            words: Keyed::default(),
            particles: Keyed::default(),
            phrases: Vec::new(),
            comma_clause: false,
        };
        sections(closed, |section, line| {
            if section == "grammar" {
                lexicon.comma_clause |= line == "comma-clause";
            }
            if let Some(class) = class_of(section) {
                for word in line.split_whitespace() {
                    let word = lexicon.words.entry(key(word)).or_default();
                    let first = *word.closed.get_or_insert(class);
                    word.determines |= (first, class) == (Closed::Personal, Closed::Determiner);
                }
            }
        });
        sections(cues, |section, line| lexicon.add_cues(section, line));
        lexicon
    }

    fn add_cues(&mut self, section: &str, line: &str) {
        if matches!(section, "source" | "behind") {
            let phrase: Vec<u64> = line.split_whitespace().map(key).collect();
            if let Some(&first) = phrase.first() {
                let word = self.words.entry(first).or_default();
                word.source = true;
                if section == "behind" {
                    word.noun.add(Ways::BEHIND);
                }
                self.phrases.push(phrase);
            }
            return;
        }
        let Some(way) = way_of(section) else { return };
        if !Ways::VERB.any(way) {
            for word in line.split_whitespace() {
                self.words.entry(key(word)).or_default().noun.add(way);
            }
            return;
        }
        let all = match self.comma_clause {
            true => given_forms(line),
            false => forms(line),
        };
        for (word, form) in all {
            let (verb, particle) = match word.split_once('+') {
                Some((verb, particle)) => (key(verb), Some(key(particle))),
                None => (key(&word), None),
            };
            let entry = self.words.entry(verb).or_default();
            let cue = match particle {
                Some(particle) => {
                    entry.particle = true;
                    let fresh = Cue {
                        ways: Ways::default(),
                        form,
                    };
                    self.particles.entry(pair(verb, particle)).or_insert(fresh)
                }
                None => entry.cue.get_or_insert(Cue {
                    ways: Ways::default(),
                    form,
                }),
            };
            cue.ways.add(way);
        }
    }

    /// Whether no word is known: quote marks are all that can be read.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What is known of a word.
    pub fn word(&self, key: u64) -> Word {
        self.words.get(&key).copied().unwrap_or_default()
    }

    /// How a verb reports with the word behind it as its particle.
    pub fn with_particle(&self, verb: u64, particle: u64) -> Option<Cue> {
        self.particles.get(&pair(verb, particle)).copied()
    }

    /// How many of the words, from the first, are a phrase that names a source.
    pub fn source_phrase(&self, keys: impl Iterator<Item = u64> + Clone) -> Option<usize> {
        let matches =
            |phrase: &&Vec<u64>| keys.clone().take(phrase.len()).eq(phrase.iter().copied());
        self.phrases.iter().find(matches).map(Vec::len)
    }
}

fn pair(verb: u64, particle: u64) -> u64 {
    verb.rotate_left(1) ^ particle
}

fn sections(data: &str, mut each: impl FnMut(&str, &str)) {
    let mut section = "";
    for line in data.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
        } else if !line.is_empty() && !line.starts_with('#') {
            each(section, line);
        }
    }
}

fn way_of(section: &str) -> Option<Ways> {
    Some(match section {
        "speech" => Ways::SPEECH,
        "tell" => Ways::TELL,
        "ask" => Ways::ASK,
        "manner" => Ways::MANNER,
        "label" => Ways::LABEL,
        "urge" => Ways::URGE,
        "vow" => Ways::VOW,
        "deny" => Ways::DENY,
        "read" => Ways::READ,
        "document" => Ways::DOCUMENT,
        "adjunct" => Ways::ADJUNCT,
        "role" => Ways::ROLE,
        "think" => Ways::THINK,
        "want" => Ways::WANT,
        "charge" => Ways::CHARGE,
        "span" => Ways::SPAN,
        "seen" => Ways::SEEN,
        "body" => Ways::BODY,
        "aside" => Ways::ASIDE,
        "bid" => Ways::BID,
        _ => return None,
    })
}

fn class_of(section: &str) -> Option<Closed> {
    Some(match section {
        "personal" => Closed::Personal,
        "object" => Closed::Object,
        "determiner" => Closed::Determiner,
        "relative" => Closed::Relative,
        "owner" => Closed::Owner,
        "genitive" => Closed::Genitive,
        "that" => Closed::That,
        "question" => Closed::Question,
        "be" => Closed::Be,
        "modal" => Closed::Modal,
        "auxiliary" => Closed::Auxiliary,
        "negation" => Closed::Negation,
        "origin" => Closed::Origin,
        "preposition" => Closed::Preposition,
        "subordinator" => Closed::Subordinator,
        "likewise" => Closed::Likewise,
        "conjunction" => Closed::Conjunction,
        "contrast" => Closed::Contrast,
        "object-determiner" => Closed::ObjectDeterminer,
        "adverb" => Closed::Adverb,
        "time" => Closed::Time,
        _ => return None,
    })
}

/// The forms of a verb whose line gives them all: participles of the past are marked.
fn given_forms(line: &str) -> Vec<(String, VerbForm)> {
    let form = |word: &str| match word.strip_prefix('*') {
        Some(word) => (word.to_owned(), VerbForm::Participle),
        None => (word.to_owned(), VerbForm::Past),
    };
    line.split_whitespace().map(form).collect()
}

/// The forms of an English verb: those on the line, and regular ones for endings that the line
/// does not give.
fn forms(line: &str) -> Vec<(String, VerbForm)> {
    let mut given = line.split_whitespace().map(str::to_owned);
    let Some(base) = given.next() else {
        return Vec::new();
    };
    let (stem, tail) = match base.split_once('+') {
        Some((verb, particle)) => (verb.to_owned(), format!("+{particle}")),
        None => (base.clone(), String::new()),
    };
    let rest: Vec<String> = given.collect();
    let verb = |word: &str| word.split('+').next().unwrap_or_default().to_owned();
    let mut out = vec![(base.clone(), VerbForm::Base)];
    let vowel_before_y = ["ay", "ey", "oy", "uy"]
        .iter()
        .any(|end| stem.ends_with(end));
    if !rest.iter().any(|word| verb(word).ends_with('s')) {
        let present = if ["s", "sh", "ch", "x", "o"]
            .iter()
            .any(|end| stem.ends_with(end))
        {
            format!("{stem}es")
        } else if stem.ends_with('y') && !vowel_before_y {
            format!("{}ies", &stem[..stem.len() - 1])
        } else {
            format!("{stem}s")
        };
        out.push((present + &tail, VerbForm::Present));
    }
    if !rest.iter().any(|word| verb(word).ends_with("ing")) {
        let short = stem.strip_suffix('e').filter(|_| !stem.ends_with("ee"));
        out.push((
            format!("{}ing{tail}", short.unwrap_or(&stem)),
            VerbForm::Participle,
        ));
    }
    if !rest
        .iter()
        .any(|word| !verb(word).ends_with('s') && !verb(word).ends_with("ing"))
    {
        let past = if stem.ends_with('e') {
            format!("{stem}d")
        } else if stem.ends_with('y') && !vowel_before_y {
            format!("{}ied", &stem[..stem.len() - 1])
        } else {
            format!("{stem}ed")
        };
        out.push((past + &tail, VerbForm::Past));
    }
    for word in rest {
        let form = match verb(&word) {
            w if w.ends_with("ing") => VerbForm::Participle,
            w if w.ends_with('s') => VerbForm::Present,
            _ => VerbForm::Past,
        };
        out.push((word, form));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::FOLDERS;

    #[test]
    fn verbs_have_their_forms() {
        let made: Vec<String> = forms("deny denied")
            .into_iter()
            .map(|(word, _)| word)
            .collect();
        assert_eq!(made, ["deny", "denies", "denying", "denied"]);
        let made: Vec<String> = forms("point+out")
            .into_iter()
            .map(|(word, _)| word)
            .collect();
        assert_eq!(
            made,
            ["point+out", "points+out", "pointing+out", "pointed+out"]
        );
    }

    #[test]
    fn a_word_keeps_every_way() {
        let lexicon = Lexicon::new(
            "[speech]\nwarn\n[urge]\nwarn\n[source]\naccording to",
            "[that]\nthat",
        );
        let cue = lexicon.word(key("Warned")).cue.expect("a cue");
        assert!(
            cue.ways.any(Ways::SPEECH) && cue.ways.any(Ways::URGE) && !cue.ways.any(Ways::TELL)
        );
        assert_eq!(cue.form, VerbForm::Past);
        let keys = ["according", "to", "Lund"].map(key);
        assert_eq!(lexicon.source_phrase(keys.iter().copied()), Some(2));
    }

    #[test]
    fn every_section_of_the_data_is_known() {
        let data = FOLDERS
            .iter()
            .flat_map(|folder| [(folder.cues, true), (folder.closed_class, false)]);
        for (data, known) in data {
            sections(data, |section, line| {
                let fits = if known {
                    way_of(section).is_some() || matches!(section, "source" | "behind")
                } else {
                    class_of(section).is_some() || section == "grammar"
                };
                assert!(fits, "[{section}] {line}");
            });
        }
    }
}

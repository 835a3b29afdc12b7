//! In: a language. Out: the word lists that statements are compared by. A language is a file under `data/`; one
//! without a file, and a list that a file lacks, is empty: what asks it finds nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{Document, Token};

/// The files, by the language's code. A text too short to tell its language is read as English.
const FILES: [(&str, &str); 4] = [
    ("en", include_str!("../data/en.txt")),
    ("de", include_str!("../data/de.txt")),
    ("fr", include_str!("../data/fr.txt")),
    ("es", include_str!("../data/es.txt")),
];

static LEXICONS: LazyLock<[Lexicon; 4]> =
    LazyLock::new(|| FILES.map(|(_, file)| Lexicon::read(file)));
static NONE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(""));

/// The words of an article's language.
pub(crate) fn lexicon(doc: &Document) -> &'static Lexicon {
    let main = doc.article.main_language().unwrap_or("en");
    let place = FILES.iter().position(|(known, _)| *known == main);
    place.map_or(&NONE, |at| &LEXICONS[at])
}

/// Words, in small letters.
pub(crate) type Words = Vec<&'static str>;

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// One language's words; each list is the section of its name.
        #[derive(Debug, Default)]
        pub(crate) struct Lexicon {
            $($(#[$doc])* pub $name: Words,)*
            /// Words for units, with the number of the unit that each stands for: 1 and up.
            units: HashMap<&'static str, u64>,
        }

        impl Lexicon {
            fn fill(mut sections: HashMap<&'static str, Words>) -> Self {
                let filled = Self {
                    $($name: sections.remove(stringify!($name)).unwrap_or_default(),)*
                    units: HashMap::new(),
                };
                debug_assert!(sections.is_empty(), "nobody asks for {:?}", sections.keys());
                filled
            }

            #[cfg(test)]
            fn lists(&self) -> Vec<(&'static str, &Words)> {
                vec![$((stringify!($name), &self.$name),)*]
            }
        }
    };
}

lists! {
    /// Words that negate.
    negations,
    /// Ends of words that negate.
    contracted,
    /// Words that make a length of time a rough one.
    hedges,
    /// Words that only bound when a thing was: "since January", "before Friday".
    bounds,
    /// Beginnings of a stretch of time that ends with the text's own day.
    past,
    /// Ends of expressions that count from another event.
    from_another,
    /// Whole expressions that do.
    next_days,
    /// Words before a role that make it a mention of its holder ("the", "its").
    determiners,
    /// Words that join a clause to the one before.
    joining,
    /// Words that hang a clause on another.
    hanging,
    /// Words that make a number one of what is left: it need not be the other's.
    rest,
    /// Words that make a figure a toll of deaths.
    dead,
    /// Words that make it one of the hurt.
    hurt,
    /// Words beside a figure that make it a part or an addition.
    parts,
    /// Whom a toll counts, where it says so: anybody. Boats that were hit are no toll.
    people,
    /// Verbs before a toll that is told by a figure alone: "rose to 14".
    stands_at,
    /// The days of a week, Monday first.
    weekdays,
    /// Words that name a day by the text's own alone.
    deictic,
    /// Words that set an event off against a day instead of putting it there, and words for which the day is a
    /// mere label ("the Monday meeting").
    against,
    /// Verbs of what brought a thing about.
    causes,
    /// What a journey is made of.
    stops,
    /// What a journey goes by: "after stops in Rome".
    visits,
    /// Which of them comes at the end.
    last,
    /// Verbs of going on to somewhere.
    moves,
    /// A thing that does not move.
    at_rest,
    /// A thing that does.
    in_motion,
    /// Words that put one thing at the time of another.
    when,
    /// Words after which a denial holds for a stretch of time: "had not won since 1908" is true of one that won
    /// in 1908.
    until,
    /// Superlatives and the like: one thing alone can be it.
    only_one,
    /// Prepositions of a place that one thing can be at.
    whereto,
    /// Words of a speaker for himself.
    own_voice,
    /// Who or what speaks for somebody else.
    for_another,
    /// Verbs that deny, or do where a thing said is their object.
    denies,
    /// Words that stand for what was said before: what is denied is in the clause before.
    anaphors,
    /// Those of them that only say whose report it is.
    media,
    /// Verbs and nouns that put a charge forward; the charge begins after them.
    charges,
    /// Verbs that say that a thing is gone: their object is not asserted to be there.
    removal,
    /// Of what somebody had no warning or did not know, he says that it is so: "no warning that the hall was
    /// charged".
    known,
    /// Words that put a clause under a condition.
    supposed,
    /// Forms of "to be": they make a passive, and say that a thing is there.
    be,
    /// Forms of "to have" before a participle.
    have,
    /// Words for what might be.
    may_be,
    /// Words for what is not so.
    untrue,
    /// Words with which a charge is told to make nothing of it.
    scorn,
    /// Words that put a thing somewhere, or say whose it is.
    placed,
    /// Nouns of which there can be none without a thing being denied: "no reports of damage" leaves open whether
    /// there was any, and "no other drivers" speaks of the rest.
    not_of_a_thing,
    /// Words behind which a second thing is said of the same matter.
    turns,
    /// Words that open a clause of its own behind what is denied.
    subordinators,
    /// Marks of a picture's credit or caption.
    credits,
    /// Words that a sentence cannot begin with where it stands alone.
    pronouns,
    /// Words at the head of a sentence that need what was said before.
    points_back,
}

impl Lexicon {
    fn read(file: &'static str) -> Self {
        let mut sections: HashMap<&str, Words> = HashMap::new();
        let (mut section, mut units, mut unit) = ("", HashMap::new(), 0);
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                section = name;
            } else if section == UNITS {
                unit += 1;
                units.extend(line.split_whitespace().map(|word| (word, unit)));
            } else {
                let words = line.split_whitespace().map(phrase);
                sections.entry(section).or_default().extend(words);
            }
        }
        sections.retain(|_, words| !words.is_empty());
        let filled = Self::fill(sections);
        Self { units, ..filled }
    }

    /// Whether a word negates.
    fn negates(&self, word: &str) -> bool {
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        has_word(&self.negations, bare) || self.contracted.iter().any(|end| word.ends_with(end))
    }

    /// The number of the unit that a word stands for: no word's key is so small.
    pub(crate) fn unit(&self, word: &str) -> Option<u64> {
        self.units.get(word.to_lowercase().as_str()).copied()
    }
}

/// A word of a list: `_` joins those of a phrase. (Read once, and kept as long as the program runs.)
fn phrase(word: &'static str) -> &'static str {
    match word.contains('_') {
        true => word.replace('_', " ").leak(),
        false => word,
    }
}

/// The list of units: its lines are groups of words for one.
const UNITS: &str = "units";

/// Whether a token is one of these words, whatever its letter case.
pub(crate) fn is_one_of(doc: &Document, token: &Token, words: &[&str]) -> bool {
    has_word(words, doc.get(token.span))
}

/// Whether a word is one of a list, whatever its letter case.
pub(crate) fn has_word(words: &[&str], word: &str) -> bool {
    words.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// Whether a token negates.
pub(crate) fn is_negation(doc: &Document, token: &Token) -> bool {
    lexicon(doc).negates(doc.get(token.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_has_every_list_and_each_file_is_asked_for() {
        for (name, words) in LEXICONS[0].lists() {
            assert!(!words.is_empty(), "{name}");
        }
        assert!(LEXICONS.iter().all(|lexicon| !lexicon.negations.is_empty()));
        assert_eq!(LEXICONS[0].unit("Kilometres"), LEXICONS[0].unit("km"));
    }

    #[test]
    fn negations_are_told() {
        let [english, german, ..] = &*LEXICONS;
        assert!(
            ["No", "didn’t", "n't"]
                .iter()
                .all(|word| english.negates(word))
        );
        assert!(!english.negates("note") && !english.negates("nothing"));
        assert!(german.negates("nicht") && !german.negates("not"));
    }
}

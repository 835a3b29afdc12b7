//! In: a person's name as written, without titles. Out: its parts, and a verdict on two names.
//! Refuses to call two names the same where they only could be.

use crate::fold::{fold, letters, same_folded};
use crate::nickname::short_form;

/// Words that belong to the surname behind them.
const PARTICLES: [&str; 30] = [
    "abu", "al", "el", "ul", "ur", "bin", "ibn", "bint", "ben", "da", "das", "de", "del", "della",
    "der", "den", "di", "do", "dos", "du", "la", "le", "van", "von", "zu", "ter", "ten", "y", "af",
    "av",
];

/// Marks of a generation, and degrees, behind a name.
const GENERATIONS: [&str; 8] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"];

/// Most words of a name that are looked at.
const MOST_WORDS: usize = 12;

/// A person's name, cut into parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    /// The words without particles, marks and generation, in order.
    words: Vec<Part>,
    /// `jr`, `ii` …, where given.
    generation: Option<String>,
}

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    /// Lower case, as written.
    plain: String,
    /// Folded.
    folded: String,
    /// A single letter, with or without a full stop.
    initial: bool,
}

/// Whether two names can be one person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Two forms of one full name: whoever has the one has the other.
    Same,
    /// One can be a shorter form of the other (a surname, initials); others could have it too.
    Compatible,
    /// Two people's.
    Different,
}

impl PersonName {
    /// Cuts a name into its parts. Marks between the words are dropped; hyphenated words stay one.
    pub fn parse(name: &str) -> Self {
        let (mut words, mut generation) = (Vec::new(), None);
        let pieces = name.split(|c: char| c.is_whitespace() || c == ',' || c == '"');
        let pieces = pieces.flat_map(initials).flat_map(compound);
        for piece in pieces.take(MOST_WORDS) {
            let plain: String = piece
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            if plain.is_empty() {
                continue;
            }
            if !words.is_empty() && GENERATIONS.contains(&plain.as_str()) {
                generation = Some(plain);
                continue;
            }
            // "al-Assad" and "Assad" are one surname; "bin Salman" keeps its second word.
            let piece = piece
                .split_once(['-', '’', '\''])
                .filter(|(first, rest)| {
                    PARTICLES.contains(&first.to_lowercase().as_str()) && rest.chars().count() > 2
                })
                .map_or(piece, |(_, rest)| rest);
            if PARTICLES.contains(&plain.as_str()) {
                continue;
            }
            let plain: String = piece
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            let initial = plain.chars().count() == 1;
            words.push(Part {
                folded: fold(&plain),
                plain,
                initial,
            });
        }
        Self { words, generation }
    }

    /// How many words it has, without particles and generation.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The folded last word: a key under which forms of a name can be looked up.
    pub fn surname(&self) -> Option<&str> {
        self.words.last().map(|word| word.folded.as_str())
    }

    /// The folded words, in order: each is a key under which a shorter form may be found.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.folded.as_str())
    }

    /// The first word as written, in lower case, where there is more than one and it is no
    /// initial.
    pub fn given(&self) -> Option<&str> {
        let first = self.words.first()?;
        (self.words.len() > 1 && !first.initial).then_some(first.plain.as_str())
    }

    /// Whether two names can be one person's. Symmetric.
    pub fn compare(&self, other: &Self) -> Verdict {
        let (short, long) = if self.len() <= other.len() {
            (self, other)
        } else {
            (other, self)
        };
        if short.is_empty() {
            return Verdict::Different;
        }
        if let (Some(a), Some(b)) = (&self.generation, &other.generation)
            && a != b
        {
            return Verdict::Different;
        }
        // "Pak Min-ho", "Pak Min Ho".
        if short.len() != long.len() && short.run() == long.run() {
            return Verdict::Same;
        }
        if let [only] = short.words.as_slice() {
            return match long.words.as_slice() {
                [word] if only.same(word) => Verdict::Same,
                [_] => Verdict::Different,
                words if words.iter().any(|word| !word.initial && only.same(word)) => {
                    Verdict::Compatible
                }
                _ => Verdict::Different,
            };
        }
        short.compare_full(long)
    }

    /// Two names of two words or more, the shorter one first.
    fn compare_full(&self, long: &Self) -> Verdict {
        let ([first, .., last], [long_first, .., long_last]) =
            (self.words.as_slice(), long.words.as_slice())
        else {
            return Verdict::Different;
        };
        if last.same(long_last) {
            return match first.given(long_first) {
                Given::Same => self.middles(long),
                Given::Could => self.middles(long).max(Verdict::Compatible),
                // "Khaqan Abbasi" beside "Shahid Khaqan Abbasi".
                Given::Not if self.within(long) => Verdict::Same,
                Given::Not => Verdict::Different,
            };
        }
        // "Khurram Dastgir" beside "Khurram Dastgir Khan".
        if self.within(long) {
            Verdict::Same
        } else {
            Verdict::Different
        }
    }

    /// Whether the middle names allow one person, given that first and last do.
    fn middles(&self, long: &Self) -> Verdict {
        let inner = |name: &Self| name.words[1..name.words.len() - 1].to_vec();
        let (a, b) = (inner(self), inner(long));
        let clash = a.len() == b.len()
            && a.iter()
                .zip(&b)
                .any(|(x, y)| matches!(x.given(y), Given::Not))
            || !a.is_empty()
                && a.len() < b.len()
                && a.iter()
                    .all(|x| b.iter().all(|y| matches!(x.given(y), Given::Not)))
            || !a.is_empty() && a.len() < b.len() && a.iter().chain(&b).all(|part| part.initial);
        if clash {
            Verdict::Different
        } else {
            Verdict::Same
        }
    }

    /// The words in one, as they are where hyphens and spaces between them do not count.
    fn run(&self) -> String {
        self.words.iter().map(|word| letters(&word.plain)).collect()
    }

    /// Whether all words stand in the other name side by side, none of them an initial.
    fn within(&self, long: &Self) -> bool {
        long.words.windows(self.len()).any(|window| {
            window
                .iter()
                .zip(&self.words)
                .all(|(a, b)| !a.initial && !b.initial && a.same(b))
        })
    }
}

/// What two given names say.
enum Given {
    Same,
    Could,
    Not,
}

impl Part {
    fn same(&self, other: &Self) -> bool {
        if self.initial || other.initial {
            self.plain == other.plain
        } else {
            same_folded(&self.folded, &other.folded)
        }
    }

    fn given(&self, other: &Self) -> Given {
        if self.initial || other.initial {
            return match self.plain.chars().next() == other.plain.chars().next() {
                true if self.initial && other.initial => Given::Same,
                true => Given::Could,
                false => Given::Not,
            };
        }
        // "Tamaz" and "Tamas": one name's two spellings, where the surname is the same.
        let hissed = || {
            let soft = |word: &str| word.replace('z', "s");
            self.plain.len() > 3 && same_folded(&soft(&self.folded), &soft(&other.folded))
        };
        let same = self.same(other) || short_form(&self.plain, &other.plain) || hissed();
        if same { Given::Same } else { Given::Not }
    }
}

/// First parts of compound names that are written apart as often as with a hyphen.
const SERVANT: [&str; 4] = ["abd", "abdel", "abdul", "abdal"];

/// "Abdel-Karim" is two words, as "Abdel Karim" is.
fn compound(piece: &str) -> impl Iterator<Item = &str> {
    let (first, second) = match piece.split_once('-') {
        Some((first, rest)) if SERVANT.iter().any(|s| first.eq_ignore_ascii_case(s)) => {
            (first, Some(rest))
        }
        _ => (piece, None),
    };
    std::iter::once(first).chain(second)
}

/// "H.W." is two words; any other piece is one.
fn initials(piece: &str) -> impl Iterator<Item = &str> {
    let dotted = piece.len() > 2
        && piece
            .split_terminator('.')
            .all(|part| part.chars().count() == 1)
        && piece.contains('.');
    let (many, one) = if dotted {
        (Some(piece.split_terminator('.')), None)
    } else {
        (None, Some(piece))
    };
    many.into_iter().flatten().chain(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(a: &str, b: &str) -> Verdict {
        let (a, b) = (PersonName::parse(a), PersonName::parse(b));
        assert_eq!(a.compare(&b), b.compare(&a), "not symmetric: {a:?} {b:?}");
        a.compare(&b)
    }

    #[test]
    fn one_person() {
        for (a, b) in [
            ("Jim Mattis", "James Mattis"),
            ("Shahid Khaqan Abbasi", "Shahid Abbasi"),
            ("Khakan Abbasi", "Shahid Khaqan Abbasi"),
            ("Khurram Dastgir Khan", "Khurram Dastgir"),
            ("Khurram Dastagir Khan", "Khurram Dastgir Khan"),
            ("Joseph F. Dunford Jr.", "Joseph Dunford"),
            ("Bashar al-Assad", "Bashar Assad"),
            ("Bashar al Assad", "Bashar al-Assad"),
            ("BASHAR ASSAD", "Bashar Assad"),
            ("George W. Bush", "George Bush"),
            ("Mullah", "Mullah"),
            ("Pak Min-ho", "Pak Min Ho"),
            ("Pak Min-Ho", "PAK MIN HO"),
            ("Pak Minho", "Pak Min-ho"),
            ("Pák Min‑ho", "Pak Min Ho"),
            ("Jean-Luc Marsh", "Jean Luc Marsh"),
            ("Min-ho", "Min Ho"),
            ("Tamaz Orbelyan", "Tamas Orbelian"),
            ("Luiz Marsh", "Luis Marsh"),
            ("Abdel-Karim Marsh", "Abdel Karim Marsh"),
        ] {
            assert_eq!(verdict(a, b), Verdict::Same, "{a} / {b}");
        }
    }

    #[test]
    fn perhaps_one_person() {
        for (a, b) in [
            ("Clinton", "Bill Clinton"),
            ("J. Mattis", "James Mattis"),
            ("Kim", "Kim Jong Un"),
            ("Assad", "Bashar al-Assad"),
        ] {
            assert_eq!(verdict(a, b), Verdict::Compatible, "{a} / {b}");
        }
    }

    #[test]
    fn two_people() {
        for (a, b) in [
            ("Bill Clinton", "Hillary Clinton"),
            ("George W. Bush", "George H.W. Bush"),
            ("Ada Marsh Jr.", "Ada Marsh Sr."),
            ("Ada", "Bob"),
            ("Anna Marsh", "Anne Marsh"),
            ("Pak Min-ho", "Pak Min-jun"),
            ("Jean-Luc Marsh", "Jean-Marie Marsh"),
            ("Pak Min Ho", "Pak Yo Ho"),
            ("Daniel Marsh", "Daniela Marsh"),
            ("", "Ada"),
            ("J. Mattis", "K. Mattis"),
            ("Ada Marsh", "Ada Marlow"),
        ] {
            assert_eq!(verdict(a, b), Verdict::Different, "{a} / {b}");
        }
    }
}

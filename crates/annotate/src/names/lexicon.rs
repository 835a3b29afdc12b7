//! In: the word lists of a language's folder. Out: for a word's key, what the lists say of it, as
//! bits that the taggers read as hints and the rules as facts. Refuses nothing; a word in no list
//! has no bits.

use crate::keys::key;

/// A country, or its short name.
pub(crate) const COUNTRY: u32 = 1 << 0;
/// A region, continent, province or state.
pub(crate) const REGION: u32 = 1 << 1;
/// A city of 50,000 people or more.
pub(crate) const CITY: u32 = 1 << 2;
/// A city of half a million or more, or a capital.
pub(crate) const LARGE_CITY: u32 = 1 << 3;
/// Goes on with a place's name of several words.
pub(crate) const INSIDE: u32 = 1 << 4;
/// An adjective or noun for a people, religion or party.
pub(crate) const DEMONYM: u32 = 1 << 5;
/// Mr, Dr, Sheikh.
pub(crate) const HONORIFIC: u32 = 1 << 6;
/// Gen., Lt., Inspector.
pub(crate) const RANK: u32 = 1 << 7;
/// President, minister, spokesman.
pub(crate) const ROLE: u32 = 1 << 8;
/// May stand inside a role before its head: deputy, prime, foreign.
pub(crate) const BEFORE_ROLE: u32 = 1 << 9;
/// Father, widow, colleague.
pub(crate) const KIN: u32 = 1 << 10;
/// Ministry, university, party.
pub(crate) const ORG_HEAD: u32 = 1 << 11;
/// Inc., Ltd., FC.
pub(crate) const ORG_SUFFIX: u32 = 1 << 12;
/// River, street, province.
pub(crate) const PLACE_HEAD: u32 = 1 << 13;
/// A month or a weekday.
pub(crate) const CALENDAR: u32 = 1 << 14;
/// A given name.
pub(crate) const GIVEN: u32 = 1 << 15;
/// Written small elsewhere in the document.
pub(crate) const SMALL_ELSEWHERE: u32 = 1 << 16;
/// Written with a capital inside a sentence elsewhere in the document.
pub(crate) const CAPITAL_ELSEWHERE: u32 = 1 << 17;
/// In a line that is all capitals or in title case.
pub(crate) const HEADLINE: u32 = 1 << 18;
/// al, bin, van, de.
pub(crate) const PARTICLE: u32 = 1 << 19;
/// First word of its sentence.
pub(crate) const FIRST: u32 = 1 << 20;
/// A function word.
pub(crate) const STOP: u32 = 1 << 21;

/// An organisation that news of the whole world names.
pub(crate) const KNOWN: u32 = 1 << 22;
/// A word that stands small beside a body's name: "the Vellmar group".
pub(crate) const BODY: u32 = 1 << 23;

/// A body's head that is a name when alone: Parliament.
pub(crate) const ALONE: u32 = 1 << 24;

/// Stands behind a given name or a title somewhere in the document.
pub(crate) const INTRODUCED: u32 = 1 << 25;
/// Stands before a body's head or suffix with a capital somewhere in the document.
pub(crate) const BODIED: u32 = 1 << 26;
/// Stands behind "in" somewhere in the document, no capital behind it.
pub(crate) const WITHIN: u32 = 1 << 27;
/// Is the last of two or three capitals in a row somewhere in the document.
pub(crate) const RUN_END: u32 = 1 << 28;
/// Is the first of two or three capitals in a row somewhere in the document.
pub(crate) const RUN_START: u32 = 1 << 29;

/// Written small in any English text: "Frequencies" names nothing because a sentence begins with it.
pub(crate) const COMMON: u32 = 1 << 30;
/// Part of persons' names somewhere in the world, given or family.
pub(crate) const PERSONAL: u32 = 1 << 31;

/// Any sort of place from the lists.
pub(crate) const PLACE: u32 = COUNTRY | REGION | CITY | LARGE_CITY;
/// Any sort of title from the lists.
pub(crate) const TITLE: u32 = HONORIFIC | RANK | ROLE;

/// Goes on to a longer phrase; never given out, so that it can share a bit with a word's.
const PREFIX: u32 = 1 << 30;

/// Most words of a place's name.
const LONGEST: usize = 6;

/// Word lists, by key.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: KeyMap,
    /// The long lists, asked for words with a capital alone: most words spare the way to memory.
    capitals: KeyMap,
    phrases: KeyMap,
}

impl Lexicon {
    /// Reads the lists, which are part of the program.
    pub(crate) fn new() -> Self {
        let (mut words, mut phrases) = (Vec::new(), Vec::new());
        let titles = include_str!("../../data/en/names/titles.txt");
        let organisations = include_str!("../../data/en/names/organisations.txt");
        for (list, section, bits) in [
            (titles, "honorific", HONORIFIC),
            (titles, "rank", RANK),
            (titles, "role", ROLE),
            (titles, "before", BEFORE_ROLE),
            (titles, "kin", KIN),
            (organisations, "head", ORG_HEAD),
            (organisations, "suffix", ORG_SUFFIX),
            (organisations, "alone", ALONE),
            (organisations, "place", PLACE_HEAD),
        ] {
            for word in section_words(list, section) {
                words.push((key(word), bits));
                words.push((key(&format!("{word}.")), bits));
                if matches!(bits, ROLE | ORG_HEAD | KIN) {
                    words.push((key(&plural(word)), bits));
                }
            }
        }
        for word in listed(include_str!("../../data/en/names/demonyms.txt")) {
            words.push((key(word), DEMONYM));
            words.push((key(&plural(word)), DEMONYM));
        }
        for word in listed(include_str!("../../data/en/names/calendar.txt")) {
            words.push((key(word), CALENDAR));
            words.push((key(&format!("{word}.")), CALENDAR));
        }
        for word in listed(include_str!("../../data/en/names/given.txt")) {
            words.push((key(word), GIVEN));
        }
        for word in listed(include_str!("../../data/en/stop.txt")) {
            words.push((key(word), STOP));
        }
        for word in
            "network group militia movement militants rebels fighters insurgents cartel gang"
                .split(' ')
        {
            words.push((key(word), BODY));
        }
        for word in
            "al el ul bin ibn bint abu van von der den de del della di da dos du la le ter bin-"
                .split(' ')
        {
            words.push((key(word), PARTICLE));
        }
        let regions = include_str!("../../data/en/names/regions.txt")
            .lines()
            .map(|l| ('k', l));
        let known = include_str!("../../data/en/names/known.txt").lines();
        let regions = regions.chain(known.map(|l| ('o', l)));
        let places = include_str!("../../data/places.txt").lines();
        let places = places.filter_map(|line| Some((line.chars().next()?, line.get(2..)?)));
        for (sort, name) in regions
            .chain(places)
            .filter(|(_, name)| !name.starts_with('#'))
        {
            let bits = match sort {
                'k' => COUNTRY,
                'r' => REGION,
                'c' => CITY,
                'C' => CITY | LARGE_CITY,
                'o' => KNOWN,
                _ => continue,
            };
            let mut chain = 0;
            let mut parts = name.split_whitespace().peekable();
            while let Some(part) = parts.next() {
                chain = link(chain, key(part));
                phrases.push((chain, if parts.peek().is_some() { PREFIX } else { bits }));
            }
        }
        let persons = listed(include_str!("../../data/en/names/persons.txt"));
        let common = listed(include_str!("../../data/en/names/small.txt"));
        let capitals = persons
            .map(|word| (key(word), PERSONAL))
            .chain(common.map(|word| (key(word), COMMON)))
            .collect();
        Self {
            words: KeyMap::new(words),
            capitals: KeyMap::new(capitals),
            phrases: KeyMap::new(phrases),
        }
    }

    /// What the lists say of a word.
    pub(crate) fn word(&self, key: u64) -> u32 {
        self.words.get(key)
    }

    /// What the lists say of a word with a capital.
    pub(crate) fn capital(&self, key: u64) -> u32 {
        self.words.get(key) | self.capitals.get(key)
    }

    /// The longest place name at the front of these keys: how many words, and what sort.
    pub(crate) fn place(&self, keys: impl Iterator<Item = u64>) -> Option<(usize, u32)> {
        let (mut chain, mut found) = (0, None);
        for (at, key) in keys.take(LONGEST).enumerate() {
            chain = link(chain, key);
            let bits = self.phrases.get(chain);
            if bits & !PREFIX != 0 {
                found = Some((at + 1, bits & !PREFIX));
            }
            if bits & PREFIX == 0 {
                break;
            }
        }
        found
    }
}

/// The chain of a phrase, one word on.
fn link(chain: u64, key: u64) -> u64 {
    (chain.rotate_left(29) ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn plural(word: &str) -> String {
    match word.strip_suffix("man") {
        Some(stem) if stem != "ro" && stem != "ger" && stem.len() > 2 => format!("{stem}men"),
        _ => match word.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
            _ => format!("{word}s"),
        },
    }
}

/// The words of a list; `#` opens a comment line.
pub(crate) fn listed(list: &str) -> impl Iterator<Item = &str> {
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

/// The words of one `[section]` of a list.
pub(crate) fn section_words<'a>(list: &'a str, section: &str) -> impl Iterator<Item = &'a str> {
    let head = format!("[{section}]");
    let lines = list.lines().skip_while(move |line| *line != head).skip(1);
    lines
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

/// Bits by key: open addressing, at most half full.
#[derive(Debug)]
struct KeyMap {
    slots: Vec<(u64, u32)>,
}

impl KeyMap {
    /// Bits of a key that comes twice are joined.
    fn new(entries: Vec<(u64, u32)>) -> Self {
        let size = (entries.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, 0); size];
        for (key, bits) in entries {
            let mut at = key as usize & (size - 1);
            while slots[at].1 != 0 && slots[at].0 != key {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (key, slots[at].1 | bits);
        }
        Self { slots }
    }

    fn get(&self, key: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            match self.slots[at] {
                (_, 0) => return 0,
                (found, bits) if found == key => return bits,
                _ => at = (at + 1) & mask,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_places_are_found() {
        let lexicon = Lexicon::new();
        let place = |name: &str| lexicon.place(name.split(' ').map(key));
        assert_eq!(
            place("Pakistan said").map(|(n, bits)| (n, bits & COUNTRY)),
            Some((1, COUNTRY))
        );
        assert_eq!(place("Middle East and").map(|(n, _)| n), Some(2));
        assert!(place("New York City").is_some_and(|(n, _)| n >= 2));
        assert_eq!(place("Middle class"), None);
        assert!(lexicon.word(key("Gen.")) & RANK != 0);
        assert!(lexicon.word(key("spokesmen")) & ROLE != 0);
        assert!(lexicon.word(key("Pakistanis")) & DEMONYM != 0);
        assert_eq!(lexicon.word(key("walked")), 0);
    }
}

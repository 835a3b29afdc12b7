//! In: the forms of organisations', places' or other names in a document. Out: each form's group:
//! equal but for case, stops and a legal suffix; an acronym with what it stands for; names that are
//! known to mean one thing; a first part that only one longer name has.

use std::collections::HashMap;

use model::NameKind;

use super::Form;
use crate::names::ON;

/// Endings of companies' names that news leave out.
const SUFFIXES: [&str; 14] = [
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "plc",
    "ag",
    "sa",
    "nv",
    "gmbh",
    "incorporated",
];

/// Small words that an acronym leaves out.
const SMALL: [&str; 10] = [
    "of", "the", "and", "for", "on", "in", "to", "de", "des", "a",
];

/// Most names with one first word among which a shorter one is looked up.
const MOST: usize = 50;

/// Shortest and longest acronym.
const ACRONYM: std::ops::RangeInclusive<usize> = 2..=8;

/// Groups the forms. `tied` are pairs of forms that the text itself ties, by an acronym in
/// brackets.
pub(crate) fn group(kind: NameKind, tied: &[(u32, u32)], forms: &mut [Form]) {
    let plain: Vec<String> = forms.iter().map(|form| plain(form.text, kind)).collect();
    let mut joined = Joined((0..forms.len()).collect());
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, name) in plain.iter().enumerate() {
        match first.get(name.as_str()) {
            Some(&other) => joined.join(index, other),
            None => {
                first.insert(name, index);
            }
        }
    }
    for &(full, short) in tied {
        joined.join(full as usize, short as usize);
    }
    for line in aliases() {
        let mut known: Option<usize> = None;
        for alias in line.split(" = ") {
            let exact = forms.iter().position(|form| form.text == alias);
            let Some(index) = exact else { continue };
            match known {
                Some(other) => joined.join(index, other),
                None => known = Some(index),
            }
        }
    }
    if kind == NameKind::Organisation {
        acronyms(forms, &mut joined);
        beginnings(&plain, |_| true, &mut joined);
    }
    if kind == NameKind::Place {
        beginnings(&plain, on_waters, &mut joined);
    }
    for (index, form) in forms.iter_mut().enumerate() {
        form.group = Some(joined.root(index) as u32);
    }
}

/// Lines of the list of names that mean one thing.
fn aliases() -> impl Iterator<Item = &'static str> {
    include_str!("../../data/en/names/aliases.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
}

/// An acronym goes to the one form whose initials it is.
fn acronyms(forms: &[Form], joined: &mut Joined) {
    let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, form) in forms.iter().enumerate() {
        let initials: String = form
            .text
            .split([' ', '-'])
            .filter(|word| !SMALL.contains(word))
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        if initials.chars().count() > 1 {
            by_initials.entry(initials).or_default().push(index);
        }
    }
    for (index, form) in forms.iter().enumerate() {
        let letters: String = form.text.chars().filter(|c| *c != '.').collect();
        let acronym = ACRONYM.contains(&letters.chars().count())
            && letters.chars().all(|c| c.is_ascii_uppercase());
        if !acronym {
            continue;
        }
        let Some(full) = by_initials.get(&letters) else {
            continue;
        };
        let mut roots: Vec<usize> = full.iter().map(|&other| joined.root(other)).collect();
        roots.sort_unstable();
        roots.dedup();
        if let [one] = roots.as_slice() {
            joined.join(index, *one);
        }
    }
}

/// "Brill am See", which an article goes on to call "Brill"; of most places the longer name is
/// another place ("Vellmar" and "Vellmar County").
fn on_waters(name: &str) -> bool {
    name.split(' ')
        .nth(1)
        .is_some_and(|word| ON.contains(&word))
}

/// "Vellmar Airlines" and "Vellmar": a name's beginning goes to the one longer name that has it.
/// Only longer names that `may` allows count.
fn beginnings(plain: &[String], may: impl Fn(&str) -> bool, joined: &mut Joined) {
    let mut by_first: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, name) in plain.iter().enumerate() {
        if let Some((first, _)) = name.split_once(' ') {
            by_first.entry(first).or_default().push(index);
        }
    }
    for (index, name) in plain.iter().enumerate() {
        if name.chars().count() < 4 {
            continue;
        }
        let first = name.split(' ').next().unwrap_or(name);
        let Some(longer) = by_first.get(first).filter(|longer| longer.len() <= MOST) else {
            continue;
        };
        let (mut roots, mut firms) = (Vec::new(), Vec::new());
        for &other in longer {
            let Some(rest) = plain[other].strip_prefix(name.as_str()) else {
                continue;
            };
            if rest.starts_with(' ') && may(&plain[other]) {
                roots.push(joined.root(other));
                // "Brill" is short for "Brill & Tarn" before it is for what it was merged into.
                if rest.starts_with(" &") {
                    firms.push(joined.root(other));
                }
            }
        }
        if !firms.is_empty() {
            roots = firms;
        }
        roots.sort_unstable();
        roots.dedup();
        if let [one] = roots.as_slice() {
            joined.join(index, *one);
        }
    }
}

/// Lower case, without stops, a leading article, and an organisation's legal suffix.
fn plain(text: &str, kind: NameKind) -> String {
    let mut words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c == '-' || c == ',')
        .map(|word| {
            word.chars()
                .filter(|c| c.is_alphanumeric() || *c == '&')
                .flat_map(char::to_lowercase)
                .collect()
        })
        .filter(|word: &String| !word.is_empty())
        .collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    while kind == NameKind::Organisation
        && words.len() > 1
        && words
            .last()
            .is_some_and(|last| SUFFIXES.contains(&last.as_str()))
    {
        words.pop();
    }
    words.join(" ")
}

/// Groups as trees; the root is the earliest form.
struct Joined(Vec<usize>);

impl Joined {
    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

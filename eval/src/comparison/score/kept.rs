//! Names, and the text itself: what is kept together, and what is kept at all.

use std::collections::{BTreeMap, BTreeSet};

use crossread::model::NameKind;
use nameform::{PersonName, Verdict};

use super::super::found::Found;
use super::super::gold::{Gold, Name};
use super::super::speaker;
use super::{Notes, Sums};

/// The name in a variant of the guide, which writes out titles, kinship and articles with it
/// ("President Ada Lorne", "her father Brill", "the Tarn Group"): these are no part of a name here.
/// `None` for a description that names nobody ("the former president", "the garrison city").
fn bare(variant: &str, name: &Name) -> Option<String> {
    let words: Vec<&str> = variant.split_whitespace().collect();
    let article = |word: &&str| ["the", "a", "an"].contains(&word.to_lowercase().as_str());
    let words = match words.as_slice() {
        [first, rest @ ..] if article(first) && !rest.is_empty() => rest,
        all => all,
    };
    let capital = |word: &str| word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
    if name.kind != "person" {
        let first = words.iter().position(|word| capital(word))?;
        return Some(speaker::plain(&words[first..].join(" ")));
    }
    let whole = PersonName::parse(&name.name);
    let last = words.last()?;
    // Words in front that are no part of the person's name, by themselves or before the surname
    // ("Jim" where the guide has "James").
    let part = |word: &&str| {
        [(*word).to_owned(), format!("{word} {last}")]
            .iter()
            .any(|name| PersonName::parse(name).compare(&whole) != Verdict::Different)
    };
    match words.iter().position(part) {
        Some(first) => Some(speaker::plain(&words[first..].join(" "))),
        // A word alone, such as a nickname or a handle, is taken as it is.
        None => (variant.split_whitespace().count() == 1 && capital(last))
            .then(|| speaker::plain(variant)),
    }
}

impl Sums {
    pub(super) fn names(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
        // A form that two names share cannot be scored by its letters.
        let mut owner: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, name) in gold.names.iter().enumerate() {
            for form in &name.variants {
                owner
                    .entry(speaker::plain(form))
                    .and_modify(|one| *one = one.filter(|one| *one == at))
                    .or_insert(Some(at));
            }
        }
        // Of found names that share a form, the one that has it most often.
        let holder = |form: &str| {
            let counts = found
                .names
                .iter()
                .enumerate()
                .filter_map(|(at, (_, forms))| {
                    let count = forms.iter().find(|(one, _)| one == form)?.1;
                    Some((count, std::cmp::Reverse(at)))
                });
            counts.max().map(|(_, at)| at.0)
        };
        for (at, name) in gold
            .names
            .iter()
            .enumerate()
            .filter(|(_, name)| !name.doubtful)
        {
            // Each form with all that the guide's variants write around it.
            let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            let own = |form: &String| owner.get(form) == Some(&Some(at));
            for variant in name.variants.iter() {
                let written = speaker::plain(variant);
                let Some(bare) = bare(variant, name).filter(|bare| own(bare) || own(&written))
                else {
                    continue;
                };
                let ways = forms.entry(bare.clone()).or_default();
                ways.extend([written, bare].into_iter().filter(own));
            }
            let holders: Vec<BTreeSet<usize>> = forms
                .values()
                .map(|ways| ways.iter().filter_map(|way| holder(way)).collect())
                .collect();
            self.forms_of_names[0] += forms.len();
            self.forms_of_names[1] += holders.iter().filter(|held| !held.is_empty()).count();
            for &one in holders.iter().flatten() {
                self.clusters
                    .push((self.names[0] + at, self.names[1] + one));
            }
            let missing: Vec<&str> = forms
                .keys()
                .zip(&holders)
                .filter(|(_, held)| held.is_empty())
                .map(|(form, _)| form.as_str())
                .collect();
            let distinct: BTreeSet<usize> = holders.iter().flatten().copied().collect();
            if name.kind == "person" && forms.len() > 1 {
                self.persons[0] += 1;
                self.persons[1] += usize::from(missing.is_empty() && distinct.len() == 1);
            }
            let show = |at: usize| {
                let forms: Vec<&str> = found.names[at].1.iter().map(|(f, _)| f.as_str()).collect();
                format!("{{{}}}", forms.join(", "))
            };
            if let Some(&one) = distinct.first() {
                self.kinds[0] += 1;
                let kind = match found.names[one].0 {
                    NameKind::Person => "person",
                    NameKind::Organisation => "organisation",
                    NameKind::Place => "place",
                    NameKind::Other => "other",
                };
                self.kinds[1] += usize::from(kind == name.kind);
                if kind != name.kind {
                    note.add(
                        "kind",
                        format!("{} is a {}", name.name, name.kind),
                        kind.to_owned(),
                        show(one),
                        0.5,
                    );
                }
            }
            if !missing.is_empty() || distinct.len() > 1 {
                let ours: Vec<String> = distinct.iter().map(|&at| show(at)).collect();
                let around = format!("not found: {}", missing.join(", "));
                note.add(
                    "name",
                    name.variants.join(", "),
                    ours.join(" and "),
                    around,
                    0.4 + 0.2 * distinct.len() as f64,
                );
            }
        }
        self.names = [gold.names.len(), found.names.len()];
    }

    pub(super) fn text(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
        for (index, page) in gold.pages.iter().enumerate() {
            // 0: article, 1: furniture, 2: neither for sure, or the title, or white space.
            let mut what = vec![0_u8; page.text.len()];
            let mut at = 0;
            for line in page.text.split_inclusive('\n') {
                if page
                    .title
                    .as_deref()
                    .is_some_and(|title| title.trim() == line.trim())
                {
                    what[at..at + line.len()].fill(2);
                }
                at += line.len();
            }
            for (place, sure) in gold
                .furniture
                .iter()
                .filter(|(place, _)| place.article == index)
            {
                what[place.range()].fill(if *sure { 1 } else { 2 });
            }
            for (at, byte) in page.text.bytes().enumerate() {
                if byte.is_ascii_whitespace() {
                    what[at] = 2;
                }
            }
            let kept = found.kept.get(index).and_then(|kept| kept.as_ref());
            let is_kept = |at: usize| kept.is_some_and(|kept| kept[at]);
            for (at, what) in what.iter().enumerate() {
                match what {
                    0 => {
                        self.text[0] += 1;
                        self.text[1] += usize::from(!is_kept(at));
                    }
                    1 => {
                        self.furniture[0] += 1;
                        self.furniture[1] += usize::from(is_kept(at));
                    }
                    _ => {}
                }
            }
            let mut at = 0;
            for line in page.text.split_inclusive('\n') {
                let count = |kind: u8, kept: bool| {
                    (at..at + line.len())
                        .filter(|&i| what[i] == kind && is_kept(i) == kept)
                        .count()
                };
                let (lost, left) = (count(0, false), count(1, true));
                let id = format!("[{}]", gold.ids[index]);
                if 2 * lost > line.trim().len() && lost > 8 {
                    note.add(
                        "text",
                        format!("kept {id}"),
                        "lost".to_owned(),
                        line.trim().to_owned(),
                        0.2,
                    );
                }
                if 2 * left > line.trim().len() && left > 3 {
                    note.add(
                        "text",
                        format!("furniture {id}"),
                        "kept".to_owned(),
                        line.trim().to_owned(),
                        0.2,
                    );
                }
                at += line.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_descriptions_are_no_part_of_a_form() {
        let name = |name: &str, kind: &str| Name {
            name: name.to_owned(),
            kind: kind.to_owned(),
            variants: Vec::new(),
            doubtful: false,
        };
        let person = name("Jonas Brill", "person");
        let place = name("Tarn", "place");
        for (variant, of, form) in [
            (
                "Harbour Minister Gen. Jonas Brill",
                &person,
                Some("jonas brill"),
            ),
            ("Gen Brill", &person, Some("brill")),
            ("her father Jonas", &person, Some("jonas")),
            ("the harbour minister", &person, None),
            ("The Captain", &person, None),
            ("Captain Fish", &person, None),
            ("Joe", &person, Some("joe")),
            ("occupied Tarn", &place, Some("tarn")),
            ("the old town", &place, None),
            ("The Tarn", &place, Some("tarn")),
        ] {
            assert_eq!(bare(variant, of).as_deref(), form, "{variant}");
        }
    }
}

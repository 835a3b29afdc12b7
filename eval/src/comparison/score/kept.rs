//! Names, and the text itself: what is kept together, and what is kept at all.

use std::collections::{BTreeMap, BTreeSet};

use engine::model::NameKind;

use super::super::found::Found;
use super::super::gold::Gold;
use super::super::speaker;
use super::{Notes, Sums};

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
            let forms: BTreeSet<String> = name
                .variants
                .iter()
                .map(|form| speaker::plain(form))
                .filter(|form| owner.get(form) == Some(&Some(at)))
                .collect();
            let holders: Vec<Option<usize>> = forms.iter().map(|form| holder(form)).collect();
            self.forms_of_names[0] += forms.len();
            self.forms_of_names[1] += holders.iter().flatten().count();
            for &one in holders.iter().flatten() {
                self.clusters
                    .push((self.names[0] + at, self.names[1] + one));
            }
            let missing: Vec<&str> = forms
                .iter()
                .zip(&holders)
                .filter(|(_, one)| one.is_none())
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

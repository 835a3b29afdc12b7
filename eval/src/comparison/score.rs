//! In: a gold story and what was found in it. Out: the counts behind the figures, and the cases.

use std::collections::{BTreeMap, BTreeSet};

use engine::model::NameKind;

use super::found::Found;
use super::gold::{Gold, Place};
use super::{KIND, speaker};
use crate::figures::{Better, Case, Scores, context};
use crate::measure::{Tally, b_cubed, harmonic, share};

/// Counts over one story or all.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// Pairs of readings of one claim.
    pub claims: Tally,
    /// Look-alikes: all, wrongly aligned.
    look_alikes: [usize; 2],
    /// Readings of quotations, and of each form found of all.
    quotes: Tally,
    forms: BTreeMap<String, [usize; 2]>,
    /// Readings found: all, speaker right; speaker given and wrong.
    speakers: [usize; 3],
    /// Pairs of readings of one utterance.
    utterances: Tally,
    /// Firm disputes: all, found; found ones of ours: all, false.
    disputes: [usize; 2],
    disputes_found: [usize; 2],
    copies: Tally,
    /// Copies found that are there: all, of the right kind.
    copy_kinds: [usize; 2],
    timeline: Tally,
    /// Gold events touched by a dated passage: all, found with another date.
    dates: [usize; 2],
    /// Forms of names: all, found.
    forms_of_names: [usize; 2],
    /// Each form found: gold name, found name (both numbered over all stories).
    clusters: Vec<(usize, usize)>,
    /// Persons with two forms or more: all, kept as one.
    persons: [usize; 2],
    /// Names found by a form: all, of the right kind.
    kinds: [usize; 2],
    /// Bytes of furniture: all, left; bytes of article: all, lost.
    furniture: [usize; 2],
    text: [usize; 2],
    /// Articles, and those in the largest story.
    articles: [usize; 2],
    names: [usize; 2],
}

/// Counts one story.
pub fn story(gold: &Gold, found: &Found, set: &str, cases: &mut Vec<Case>) -> Sums {
    let mut sums = Sums::default();
    let mut note = Notes { gold, set, cases };
    sums.claims(gold, found, &mut note);
    sums.quotes(gold, found, &mut note);
    sums.disputes(gold, found, &mut note);
    sums.copies(gold, found, &mut note);
    sums.timeline(gold, found, &mut note);
    sums.names(gold, found, &mut note);
    sums.text(gold, found, &mut note);
    let together = found.together(gold.ids.len()) * gold.ids.len() as f64;
    sums.articles = [gold.ids.len(), together.round() as usize];
    sums
}

/// Writes cases of one story.
struct Notes<'a> {
    gold: &'a Gold,
    set: &'a str,
    cases: &'a mut Vec<Case>,
}

impl Notes<'_> {
    fn words(&self, place: &Place) -> String {
        let text = &self.gold.pages[place.article].text;
        let words = text.get(place.range()).unwrap_or_default();
        format!(
            "[{}] {}",
            self.gold.ids[place.article],
            words.replace('\n', " \u{b6} ")
        )
    }

    fn around(&self, place: &Place) -> String {
        context(&self.gold.pages[place.article].text, place.range(), 60)
    }

    fn add(&mut self, what: &str, expected: String, found: String, around: String, weight: f64) {
        self.cases.push(Case {
            set: self.set.to_owned(),
            place: format!("{} {what}", self.gold.story),
            expected,
            found,
            context: around,
            weight,
        });
    }
}

/// Pairs of passages of different articles, the lower first, each once.
fn pairs(groups: &[Vec<Place>]) -> BTreeSet<(Place, Place)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        for (at, a) in group.iter().enumerate() {
            for b in &group[at + 1..] {
                if a.article != b.article {
                    pairs.insert((a.min(b).clone(), a.max(b).clone()));
                }
            }
        }
    }
    pairs
}

fn same_pair(a: &(Place, Place), b: &(Place, Place)) -> bool {
    (a.0.matches(&b.0) && a.1.matches(&b.1)) || (a.0.matches(&b.1) && a.1.matches(&b.0))
}

/// Counts pairs: what matches a sure gold pair is right, what matches only a doubtful one is left
/// out, everything else is wrong.
fn tally_pairs(
    sure: &BTreeSet<(Place, Place)>,
    doubtful: &BTreeSet<(Place, Place)>,
    found: &BTreeSet<(Place, Place)>,
) -> (Tally, Vec<(Place, Place)>, Vec<(Place, Place)>) {
    let mut tally = Tally {
        gold: sure.len(),
        ..Tally::default()
    };
    let (mut wrong, mut missed) = (Vec::new(), Vec::new());
    for pair in found {
        if sure.iter().any(|gold| same_pair(gold, pair)) {
            tally.right += 1;
            tally.found += 1;
        } else if !doubtful.iter().any(|gold| same_pair(gold, pair)) {
            tally.found += 1;
            wrong.push(pair.clone());
        }
    }
    for gold in sure {
        if found.iter().any(|pair| same_pair(gold, pair)) {
            tally.hit += 1;
        } else {
            missed.push(gold.clone());
        }
    }
    (tally, wrong, missed)
}

impl Sums {
    fn claims(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
        let of = |doubtful: bool| -> Vec<Vec<Place>> {
            let some = gold
                .claims
                .iter()
                .filter(|claim| claim.doubtful == doubtful);
            some.map(|claim| claim.readings.clone()).collect()
        };
        let (sure, doubtful) = (pairs(&of(false)), pairs(&of(true)));
        let (tally, wrong, missed) = tally_pairs(&sure, &doubtful, &pairs(&found.claims));
        self.claims = tally;
        for (a, b) in &wrong {
            let words = format!("{}  \u{2016}  {}", note.words(a), note.words(b));
            note.add("claim", String::new(), words, note.around(a), 0.9);
        }
        for (a, b) in &missed {
            let id = gold
                .claims
                .iter()
                .find(|claim| claim.readings.contains(a) && claim.readings.contains(b))
                .map(|claim| claim.id.as_str())
                .unwrap_or_default();
            let words = format!("{}  \u{2016}  {}", note.words(a), note.words(b));
            note.add(
                &format!("claim {id}"),
                words,
                String::new(),
                note.around(a),
                0.8,
            );
        }
        for one in &gold.look_alikes {
            let pair = (one.a.clone(), one.b.clone());
            let aligned = pairs(&found.claims)
                .iter()
                .any(|found| same_pair(&pair, found));
            self.look_alikes[0] += 1;
            self.look_alikes[1] += usize::from(aligned);
            if aligned {
                let words = format!("{}  \u{2016}  {}", note.words(&one.a), note.words(&one.b));
                note.add(
                    "look-alikes",
                    format!("apart: {}", one.why),
                    words,
                    String::new(),
                    1.0,
                );
            }
        }
    }

    fn quotes(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
        let readings: Vec<_> = found.quotes.iter().flatten().collect();
        for (quote, _) in &gold.quotes {
            for reading in quote.readings.iter().filter(|reading| !reading.doubtful) {
                let hits: Vec<_> = readings
                    .iter()
                    .filter(|one| one.place.matches(&reading.place))
                    .collect();
                let form = self.forms.entry(reading.form.clone()).or_default();
                form[0] += 1;
                self.quotes.gold += 1;
                if hits.is_empty() {
                    let what = format!("{} quotation", reading.form);
                    let around = note.around(&reading.place);
                    note.add(
                        &what,
                        note.words(&reading.place),
                        String::new(),
                        around,
                        0.7,
                    );
                    continue;
                }
                form[1] += 1;
                self.quotes.hit += 1;
                self.speakers[0] += 1;
                let right = hits.iter().any(|one| {
                    let (who, words) = (&quote.speaker, &reading.speaker_text);
                    speaker::right(who, words, &gold.names, &one.speaker, &one.source)
                });
                let named: Vec<String> = hits.iter().flat_map(|one| one.speaker.clone()).collect();
                self.speakers[1] += usize::from(right);
                self.speakers[2] += usize::from(!right && !named.is_empty());
                if !right {
                    let given = format!("{} ({})", named.join(", "), hits[0].source);
                    let expected = format!("{} ({})", quote.speaker, reading.speaker_text);
                    let around = note.around(&reading.place);
                    note.add("speaker", expected, given, around, 0.85);
                }
            }
        }
        for one in &readings {
            let mut all = gold.quotes.iter().flat_map(|(quote, _)| &quote.readings);
            self.quotes.found += 1;
            if all.any(|reading| reading.place.matches(&one.place)) {
                self.quotes.right += 1;
            } else {
                let around = note.around(&one.place);
                note.add(
                    "quotation",
                    String::new(),
                    note.words(&one.place),
                    around,
                    0.5,
                );
            }
        }
        let groups = |doubtful: bool| -> Vec<Vec<Place>> {
            let some = gold.quotes.iter().filter(|(_, out)| *out == doubtful);
            some.map(|(q, _)| q.readings.iter().map(|r| r.place.clone()).collect())
                .collect()
        };
        let ours: Vec<Vec<Place>> = found
            .quotes
            .iter()
            .map(|readings| {
                readings
                    .iter()
                    .map(|reading| reading.place.clone())
                    .collect()
            })
            .collect();
        let (tally, wrong, missed) =
            tally_pairs(&pairs(&groups(false)), &pairs(&groups(true)), &pairs(&ours));
        self.utterances = tally;
        for (list, is_wrong) in [(&wrong, true), (&missed, false)] {
            for (a, b) in list {
                let words = format!("{}  \u{2016}  {}", note.words(a), note.words(b));
                let (e, f) = if is_wrong {
                    (String::new(), words)
                } else {
                    (words, String::new())
                };
                note.add("readings of one quotation", e, f, note.around(a), 0.6);
            }
        }
    }

    fn disputes(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
        let touched = |side: &[Place], mentions: &[&Place]| {
            side.iter()
                .any(|place| mentions.iter().any(|mention| mention.touches(place)))
        };
        let mut is_there = vec![false; found.disputes.len()];
        for dispute in &gold.disputes {
            let mut seen = false;
            for (at, (_, sides)) in found.disputes.iter().enumerate() {
                let mentions: Vec<&Place> = sides.iter().flatten().collect();
                let sides = dispute
                    .sides
                    .iter()
                    .filter(|side| touched(side, &mentions))
                    .count();
                is_there[at] |= sides > 0;
                seen |= sides >= 2;
            }
            if dispute.firm {
                self.disputes[0] += 1;
                self.disputes[1] += usize::from(seen);
                if !seen {
                    let firsts: Vec<String> = dispute
                        .sides
                        .iter()
                        .filter_map(|side| side.first())
                        .map(|place| note.words(place))
                        .collect();
                    let what = format!("dispute ({})", dispute.kind);
                    let expected = dispute.question.clone();
                    note.add(
                        &what,
                        expected,
                        String::new(),
                        firsts.join("  \u{2016}  "),
                        0.95,
                    );
                }
            }
        }
        self.disputes_found[0] += found.disputes.len();
        for ((kind, sides), there) in found.disputes.iter().zip(&is_there) {
            if !there {
                self.disputes_found[1] += 1;
                let words: Vec<String> = sides
                    .iter()
                    .filter_map(|side| side.first())
                    .map(|place| note.words(place))
                    .collect();
                let words = words.join("  \u{2016}  ");
                note.add(
                    &format!("dispute ({kind})"),
                    String::new(),
                    words,
                    String::new(),
                    0.95,
                );
            }
        }
    }

    fn copies(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
        let ids = |(a, b): (usize, usize)| format!("{} and {}", gold.ids[a], gold.ids[b]);
        for one in gold.copies.iter().filter(|one| !one.doubtful) {
            self.copies.gold += 1;
            let ours = found.copies.iter().find(|(pair, _)| *pair == one.pair);
            if let Some((_, kind)) = ours {
                self.copies.hit += 1;
                self.copy_kinds[0] += 1;
                self.copy_kinds[1] += usize::from(*kind == one.kind);
            }
            if ours.is_none_or(|(_, kind)| *kind != one.kind) {
                let kind = ours.map(|(_, kind)| (*kind).to_owned()).unwrap_or_default();
                note.add("copy", one.kind.clone(), kind, ids(one.pair), 0.8);
            }
        }
        for (pair, kind) in &found.copies {
            match gold.copies.iter().find(|one| one.pair == *pair) {
                Some(one) if one.doubtful => {}
                Some(_) => {
                    self.copies.right += 1;
                    self.copies.found += 1;
                }
                None => {
                    self.copies.found += 1;
                    note.add("copy", String::new(), (*kind).to_owned(), ids(*pair), 0.9);
                }
            }
        }
    }

    fn timeline(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
        // Our time is right where it says at least what the gold says: 2017-12-04 for 2017-12.
        let agree = |ours: &str, theirs: &str| ours.starts_with(theirs);
        for event in gold.timeline.iter().filter(|event| !event.doubtful) {
            let times: Vec<&str> = found
                .timeline
                .iter()
                .filter(|(_, places)| places.iter().any(|place| place.matches(&event.place)))
                .map(|(when, _)| when.as_str())
                .collect();
            let right = times.iter().any(|ours| agree(ours, &event.when));
            self.timeline.gold += 1;
            self.timeline.hit += usize::from(right);
            self.dates[0] += usize::from(!times.is_empty());
            self.dates[1] += usize::from(!times.is_empty() && !right);
            if !right {
                let expected = format!("{} {}", event.when, note.words(&event.place));
                note.add(
                    "time",
                    expected,
                    times.join(", "),
                    note.around(&event.place),
                    0.7,
                );
            }
        }
        for (when, places) in &found.timeline {
            for place in places {
                let theirs: Vec<_> = gold
                    .timeline
                    .iter()
                    .filter(|event| event.place.matches(place))
                    .collect();
                let right = theirs.iter().any(|event| agree(when, &event.when));
                if right || theirs.iter().all(|event| !event.doubtful) || theirs.is_empty() {
                    self.timeline.found += 1;
                    self.timeline.right += usize::from(right);
                }
                if theirs.is_empty() {
                    let words = format!("{when} {}", note.words(place));
                    note.add("time", String::new(), words, note.around(place), 0.3);
                }
            }
        }
    }

    fn names(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
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

    fn text(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
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

    /// Adds another story's counts.
    pub fn add(&mut self, other: &Sums) {
        self.claims.add(other.claims);
        self.quotes.add(other.quotes);
        self.utterances.add(other.utterances);
        self.copies.add(other.copies);
        self.timeline.add(other.timeline);
        self.speakers
            .iter_mut()
            .zip(other.speakers)
            .for_each(|(a, b)| *a += b);
        let twos = [
            (&mut self.look_alikes, other.look_alikes),
            (&mut self.disputes, other.disputes),
            (&mut self.disputes_found, other.disputes_found),
            (&mut self.copy_kinds, other.copy_kinds),
            (&mut self.dates, other.dates),
            (&mut self.forms_of_names, other.forms_of_names),
            (&mut self.persons, other.persons),
            (&mut self.kinds, other.kinds),
            (&mut self.furniture, other.furniture),
            (&mut self.text, other.text),
            (&mut self.articles, other.articles),
        ];
        for (a, b) in twos {
            a[0] += b[0];
            a[1] += b[1];
        }
        for (form, counts) in &other.forms {
            let mine = self.forms.entry(form.clone()).or_default();
            mine[0] += counts[0];
            mine[1] += counts[1];
        }
        let base = self.names;
        self.clusters.extend(
            other
                .clusters
                .iter()
                .map(|(g, f)| (base[0] + g, base[1] + f)),
        );
        self.names = [base[0] + other.names[0], base[1] + other.names[1]];
    }

    /// The figures.
    pub fn figures(&self, set: &str, scores: &mut Scores) {
        let of = |[all, some]: [usize; 2]| share(some, all);
        let both = |p: f64, r: f64| [p, r, harmonic(p, r)];
        let told = Better::Neither;
        scores.add_prf(KIND, set, "claims, all pairs,", self.claims.prf());
        scores.add(KIND, set, "look-alikes aligned", of(self.look_alikes), told);
        scores.add_prf(KIND, set, "quote readings", self.quotes.prf());
        for (form, counts) in &self.forms {
            scores.add(
                KIND,
                set,
                format!("{form} readings found"),
                of(*counts),
                Better::More,
            );
        }
        let [all, right, wrong] = self.speakers;
        scores.add(
            KIND,
            set,
            "speaker right, of found",
            share(right, all),
            told,
        );
        scores.add(
            KIND,
            set,
            "speaker named and wrong",
            share(wrong, all),
            told,
        );
        let right = share(right, self.quotes.gold);
        scores.add(
            KIND,
            set,
            "reading found and speaker right",
            right,
            Better::More,
        );
        scores.add_prf(KIND, set, "readings of one quote", self.utterances.prf());
        let true_ones = match self.disputes_found {
            [0, _] => 0.0,
            [_, _] => 1.0 - of(self.disputes_found),
        };
        scores.add_prf(KIND, set, "disputes", both(true_ones, of(self.disputes)));
        scores.add(
            KIND,
            set,
            "disputes given",
            self.disputes_found[0] as f64,
            told,
        );
        scores.add_prf(KIND, set, "copies", self.copies.prf());
        scores.add(
            KIND,
            set,
            "copies of the right kind",
            of(self.copy_kinds),
            told,
        );
        scores.add_prf(KIND, set, "timeline", self.timeline.prf());
        scores.add(KIND, set, "timeline wrong date", of(self.dates), told);
        scores.add(
            KIND,
            set,
            "name forms found",
            of(self.forms_of_names),
            Better::More,
        );
        scores.add_prf(KIND, set, "names merged (B-cubed)", b_cubed(&self.clusters));
        scores.add(
            KIND,
            set,
            "persons kept as one",
            of(self.persons),
            Better::More,
        );
        scores.add(KIND, set, "names of the right kind", of(self.kinds), told);
        scores.add(KIND, set, "furniture left", of(self.furniture), told);
        let (kept, left) = (self.text[0] - self.text[1], self.furniture[1]);
        let clean = both(share(kept, kept + left), 1.0 - of(self.text));
        scores.add_prf(KIND, set, "article text", clean);
        scores.add(
            KIND,
            set,
            "articles in one story",
            of(self.articles),
            Better::More,
        );
    }
}

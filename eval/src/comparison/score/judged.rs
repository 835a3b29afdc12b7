//! Disputes, copies and the timeline.

use super::super::found::Found;
use super::super::gold::{Gold, Place};
use super::{Notes, Sums};

impl Sums {
    pub(super) fn disputes(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
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

    pub(super) fn copies(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
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

    pub(super) fn timeline(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
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
                // What only a doubtful event has is left out.
                if right || theirs.iter().all(|event| !event.doubtful) {
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
}

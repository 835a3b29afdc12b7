//! Claims and quotations: what is lined up, who said it.

use std::collections::BTreeSet;

use super::super::found::Found;
use super::super::gold::{Gold, Place};
use super::super::speaker;
use super::likeness::Sentences;
use super::pairs::{Pair, pairs, same_pair, tally_pairs};
use super::{Notes, Sums};

/// Sentences whose words have a lower cosine say a thing in other words.
const FEW_WORDS: f64 = 0.25;

impl Sums {
    pub(super) fn claims(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
        let of = |doubtful: bool| -> Vec<Vec<Place>> {
            let some = gold
                .claims
                .iter()
                .filter(|claim| claim.doubtful == doubtful);
            some.map(|claim| claim.readings.clone()).collect()
        };
        let (sure, doubtful) = (pairs(&of(false)), pairs(&of(true)));
        let ours = pairs(&found.claims);
        let (tally, wrong, missed) = tally_pairs(&sure, &doubtful, &ours);
        self.claims = tally;
        let copied = |pair: &Pair| {
            let articles = (pair.0.article, pair.1.article);
            gold.copies.iter().any(|copy| copy.pair == articles)
        };
        let apart = |pairs: &BTreeSet<Pair>| -> BTreeSet<Pair> {
            pairs.iter().filter(|pair| !copied(pair)).cloned().collect()
        };
        self.apart = tally_pairs(&apart(&sure), &apart(&doubtful), &apart(&ours)).0;
        self.firm = tally_pairs(&sure, &doubtful, &pairs(&found.firm_claims)).0;
        let texts: Vec<&str> = gold.pages.iter().map(|page| page.text.as_str()).collect();
        let sentences = Sentences::of(&found.sentences, &texts);
        self.by_cosine = sentences.lined_up(&sure, &doubtful);
        for pair in sure.iter().filter(|pair| sentences.alike(pair) < FEW_WORDS) {
            self.paraphrases[0] += 1;
            self.paraphrases[1] += usize::from(!missed.contains(pair));
        }
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
            let aligned = ours.iter().any(|one| same_pair(&pair, one));
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

    pub(super) fn quotes(&mut self, gold: &Gold, found: &Found, note: &mut Notes) {
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
}

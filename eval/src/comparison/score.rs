//! In: a gold story and what was found in it. Out: the counts behind the figures, and the cases.

mod judged;
mod kept;
mod likeness;
mod origins;
mod pairs;
mod said;

use std::collections::BTreeMap;

use super::KIND;
use super::found::Found;
use super::gold::{Gold, Place};
use crate::figures::{Better, Case, Scores, context};
use crate::measure::{Tally, b_cubed, harmonic, share};

/// Counts over one story or all.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// Pairs of readings of one claim.
    pub claims: Tally,
    /// The same without pairs of articles of which one has the other's text.
    pub apart: Tally,
    /// The same of readings that do not only come near their claim.
    firm: Tally,
    /// Pairs of readings whose sentences share few words: all, found.
    paraphrases: [usize; 2],
    /// What sentences lined up by their words come to, at each threshold.
    pub by_cosine: [Tally; likeness::STEPS],
    /// Look-alikes: all, wrongly aligned.
    look_alikes: [usize; 2],
    /// Claims whose origins the gold counts: all, with the count in the range given.
    origins: [usize; 2],
    /// Claims of one origin: all, called corroborated; of two or more: the same.
    one_origin: [usize; 2],
    more_origins: [usize; 2],
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
    sums.origins(gold, found, &mut note);
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

impl Sums {
    /// Adds another story's counts.
    pub fn add(&mut self, other: &Sums) {
        self.claims.add(other.claims);
        self.apart.add(other.apart);
        self.firm.add(other.firm);
        self.quotes.add(other.quotes);
        self.utterances.add(other.utterances);
        self.copies.add(other.copies);
        self.timeline.add(other.timeline);
        self.speakers
            .iter_mut()
            .zip(other.speakers)
            .for_each(|(a, b)| *a += b);
        let twos = [
            (&mut self.paraphrases, other.paraphrases),
            (&mut self.look_alikes, other.look_alikes),
            (&mut self.origins, other.origins),
            (&mut self.one_origin, other.one_origin),
            (&mut self.more_origins, other.more_origins),
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

    /// The figures of claims alone.
    pub fn claim_figures(&self, set: &str, scores: &mut Scores) {
        let of = |[all, some]: [usize; 2]| share(some, all);
        let told = Better::Neither;
        scores.add_prf(KIND, set, "claims, copies apart,", self.apart.prf());
        scores.add(
            KIND,
            set,
            "claims, pairs of firm readings right",
            share(self.firm.right, self.firm.found),
            Better::More,
        );
        scores.add(
            KIND,
            set,
            "paraphrases found",
            of(self.paraphrases),
            Better::More,
        );
        scores.add(KIND, set, "look-alikes aligned", of(self.look_alikes), told);
        scores.add(
            KIND,
            set,
            "origins in the range given",
            of(self.origins),
            Better::More,
        );
        let right = 1.0 - of(self.one_origin);
        scores.add(
            KIND,
            set,
            "one origin, not called corroborated",
            right,
            Better::More,
        );
        let right = of(self.more_origins);
        scores.add(
            KIND,
            set,
            "two origins, called corroborated",
            right,
            Better::More,
        );
    }

    /// The figures of disputes alone.
    pub fn dispute_figures(&self, set: &str, scores: &mut Scores) {
        let of = |[all, some]: [usize; 2]| share(some, all);
        let true_ones = match self.disputes_found {
            [0, _] => 0.0,
            [_, _] => 1.0 - of(self.disputes_found),
        };
        let found = of(self.disputes);
        scores.add_prf(
            KIND,
            set,
            "disputes",
            [true_ones, found, harmonic(true_ones, found)],
        );
        scores.add(
            KIND,
            set,
            "disputes given",
            self.disputes_found[0] as f64,
            Better::Neither,
        );
    }

    /// The figures.
    pub fn figures(&self, set: &str, scores: &mut Scores) {
        let of = |[all, some]: [usize; 2]| share(some, all);
        let both = |p: f64, r: f64| [p, r, harmonic(p, r)];
        let told = Better::Neither;
        scores.add_prf(KIND, set, "claims, all pairs,", self.claims.prf());
        self.claim_figures(set, scores);
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
        self.dispute_figures(set, scores);
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

#[cfg(test)]
mod tests {
    use super::super::found::QuoteReading;
    use super::super::gold::tests::SMALL;
    use super::super::read;
    use super::*;

    fn gold() -> Gold {
        read("small", SMALL).unwrap()
    }

    fn place(gold: &Gold, article: usize, words: &str) -> Place {
        let start = gold.pages[article].text.find(words).unwrap();
        Place {
            article,
            start,
            end: start + words.len(),
        }
    }

    fn score(found: &Found) -> Sums {
        story(&gold(), found, "s", &mut Vec::new())
    }

    #[test]
    fn claims_are_pairs_and_doubtful_ones_are_left_out() {
        let gold = gold();
        let found = Found {
            claims: vec![
                // Half of the clause is enough; the doubtful pair counts neither way; the
                // look-alikes are wrong.
                vec![
                    place(&gold, 0, "The bridge opened"),
                    place(&gold, 1, "was opened Monday"),
                ],
                vec![
                    place(&gold, 0, "Ten people came"),
                    place(&gold, 1, "Twelve people came"),
                ],
                vec![
                    place(&gold, 0, "The bridge opened"),
                    place(&gold, 1, "Shops opened"),
                ],
            ],
            ..Found::default()
        };
        let sums = score(&found);
        assert_eq!((sums.claims.right, sums.claims.found), (1, 2));
        assert_eq!((sums.claims.hit, sums.claims.gold), (1, 1));
        assert_eq!(sums.look_alikes, [1, 1]);
    }

    #[test]
    fn a_reading_and_its_speaker_are_counted_apart() {
        let gold = gold();
        let reading = |article, speaker: &str| QuoteReading {
            place: place(&gold, article, "It is safe"),
            speaker: vec![speaker.to_owned()],
            source: String::new(),
        };
        let found = Found {
            quotes: vec![vec![reading(0, "ada lorne"), reading(1, "brill")]],
            ..Found::default()
        };
        let sums = score(&found);
        assert_eq!((sums.quotes.hit, sums.quotes.gold), (2, 2));
        assert_eq!(sums.speakers, [2, 1, 1]);
        assert_eq!(sums.utterances.hit, 1);
    }

    #[test]
    fn a_dispute_needs_two_sides_and_a_false_one_touches_none() {
        let gold = gold();
        let side = |article, words: &str| vec![place(&gold, article, words)];
        let dispute = |a, b| ("number".to_owned(), vec![a, b]);
        let both = dispute(side(0, "Ten people came"), side(1, "Twelve people came"));
        let one = dispute(side(0, "Ten people came"), side(1, "Shops opened"));
        let none = dispute(side(0, "The bridge opened"), side(1, "Shops opened"));
        let count = |disputes| {
            let sums = score(&Found {
                disputes,
                ..Found::default()
            });
            (sums.disputes, sums.disputes_found)
        };
        assert_eq!(count(vec![both]), ([1, 1], [1, 0]));
        assert_eq!(count(vec![one]), ([1, 0], [1, 0]));
        assert_eq!(count(vec![none]), ([1, 0], [1, 1]));
    }

    #[test]
    fn times_agree_at_the_precision_of_the_gold() {
        let gold = gold();
        let count = |when: &str| {
            let timeline = vec![(when.to_owned(), vec![place(&gold, 0, "opened on Monday")])];
            let sums = score(&Found {
                timeline,
                ..Found::default()
            });
            (sums.timeline.hit, sums.timeline.right, sums.dates)
        };
        assert_eq!(count("2020-05-04"), (1, 1, [1, 0]));
        assert_eq!(count("2020-05-11"), (0, 0, [1, 1]));
        assert_eq!(count("2020"), (0, 0, [1, 1]));
    }

    #[test]
    fn forms_of_one_name_belong_together_and_text_is_kept() {
        use crossread::model::NameKind::{Organisation, Person};
        let gold = gold();
        let form = |text: &str| vec![(text.to_owned(), 1)];
        let split = vec![
            (Person, form("ada lorne")),
            (Person, form("lorne")),
            (Organisation, form("brill")),
        ];
        let mut kept = vec![true; gold.pages[0].text.len()];
        kept[..4].fill(false);
        let found = Found {
            names: split,
            kept: vec![Some(kept), None],
            story_of: vec![0],
            copies: vec![((0, 1), "copy")],
            ..Found::default()
        };
        let sums = score(&found);
        assert_eq!(
            (sums.forms_of_names, sums.persons, sums.kinds),
            ([3, 3], [1, 0], [2, 1])
        );
        assert_eq!(sums.furniture, [4, 0]);
        assert!(sums.text[1] > 0 && sums.text[1] < sums.text[0]);
        assert_eq!(
            (sums.articles, sums.copies.hit, sums.copy_kinds),
            ([2, 1], 1, [1, 0])
        );
    }
}

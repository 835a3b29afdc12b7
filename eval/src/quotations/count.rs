//! In: a document's quotations and the gold's. Out: the counts behind the figures, and the cases.

use std::ops::Range;

use crossread::model::{Document, Form};

use super::align::{Attribution, align, hull, pieces, touch};
use super::{FORMS, KIND, found};
use crate::figures::{Better, Case, Scores, context};
use crate::measure::{Tally, exact};

/// Whether a cue is one of the commonest verbs of speech: the rest of PolNeAR's indirect speech is
/// views, wishes, support and their nouns, much of which is no report of words.
fn speaks(cue: &str) -> bool {
    const PLAIN: [&str; 24] = [
        "say",
        "says",
        "said",
        "saying",
        "tell",
        "tells",
        "told",
        "telling",
        "add",
        "adds",
        "added",
        "adding",
        "claim",
        "claims",
        "claimed",
        "claiming",
        "warn",
        "warns",
        "warned",
        "warning",
        "argued",
        "announced",
        "explained",
        "according",
    ];
    cue.split_whitespace()
        .any(|word| PLAIN.contains(&word.to_lowercase().as_str()))
}

/// Everything that is counted over a set.
#[derive(Default)]
pub(super) struct Sums {
    /// Spans of direct speech, exactly.
    pub(super) direct: Tally,
    /// Gold direct and mixed quotations with a source: how many, source exact, source touched.
    pub(super) speakers: [[usize; 3]; 2],
    /// Of the direct ones: how many sources are given at all, and how many of those touch none.
    pub(super) given: [usize; 2],
    /// Source, cue: exact, overlap.
    pub(super) source: [Tally; 2],
    cue: [Tally; 2],
    /// Content: exact, overlap.
    pub(super) content: [Tally; 2],
    /// Content of indirect speech that a plain verb of speech reports: exact, overlap.
    plain: [Tally; 2],
    /// Content by form: exact, overlap.
    by_form: [[Tally; 2]; 3],
}

impl Sums {
    pub(super) fn count(
        &mut self,
        set: &str,
        doc: &Document,
        gold: &[Attribution],
        cases: &mut Vec<Case>,
    ) {
        let text = doc.article.text.as_str();
        let found = found(doc);
        let place = doc.article.id.as_str();
        let direct = |list: &[Attribution]| -> Vec<(usize, usize)> {
            let direct = list.iter().filter(|one| one.form == Form::Direct);
            direct
                .flat_map(|one| pieces(text, &one.content))
                .map(|r| (r.start, r.end))
                .collect()
        };
        let (gold_spans, found_spans) = (direct(gold), direct(&found));
        self.direct.add(exact(&gold_spans, &found_spans));
        for (spans, others, missed) in [
            (&gold_spans, &found_spans, true),
            (&found_spans, &gold_spans, false),
        ] {
            for &(start, end) in spans.iter().filter(|span| !others.contains(span)) {
                let near = others.iter().find(|o| o.0 < end && start < o.1);
                let this = text[start..end].to_owned();
                let near = near.map(|o| text[o.0..o.1].to_owned()).unwrap_or_default();
                let (expected, found) = if missed { (this, near) } else { (near, this) };
                cases.push(Case {
                    set: set.to_owned(),
                    place: format!("{place} direct span"),
                    expected,
                    found,
                    context: context(text, start..end, 80),
                    weight: 1.0,
                });
            }
        }
        let partner = align(gold, &found);
        for (one, with) in gold.iter().zip(&partner) {
            self.speaker(set, place, text, one, with.map(|at| &found[at]), cases);
        }
        let pairs: Vec<(&Attribution, &Attribution)> = gold
            .iter()
            .zip(&partner)
            .filter_map(|(one, with)| with.map(|at| (one, &found[at])))
            .collect();
        self.parts(text, gold, &found, &pairs);
        self.indirect_cases(set, place, text, gold, &found, &partner, cases);
    }

    /// Whether the words for the speaker of a quoted utterance were found.
    fn speaker(
        &mut self,
        set: &str,
        place: &str,
        text: &str,
        gold: &Attribution,
        found: Option<&Attribution>,
        cases: &mut Vec<Case>,
    ) {
        let row = match gold.form {
            Form::Direct => 0,
            Form::Mixed => 1,
            Form::Indirect => return,
        };
        let Some(source) = &gold.source else { return };
        let said = found.and_then(|one| one.source.clone());
        let same = said.as_ref().is_some_and(|s| *s == *source);
        let near = said.as_ref().is_some_and(|s| touch(s, source));
        let counts = &mut self.speakers[row];
        counts[0] += 1;
        counts[1] += usize::from(same);
        counts[2] += usize::from(near);
        if row == 0 && said.is_some() {
            self.given[0] += 1;
            self.given[1] += usize::from(!near);
        }
        if !near {
            let all = hull(&[gold.content.clone(), vec![source.clone()]].concat());
            cases.push(Case {
                set: set.to_owned(),
                place: format!("{place} speaker of {} speech", FORMS[row].0),
                expected: text[source.clone()].to_owned(),
                found: said.map(|s| text[s].to_owned()).unwrap_or_default(),
                context: context(text, all.unwrap_or_default(), 60),
                weight: if found.is_some() { 0.9 } else { 0.5 },
            });
        }
    }

    /// Source, cue and content over attributions of all forms.
    fn parts(
        &mut self,
        text: &str,
        gold: &[Attribution],
        found: &[Attribution],
        pairs: &[(&Attribution, &Attribution)],
    ) {
        type Part = fn(&Attribution) -> Option<Range<usize>>;
        let parts: [(Part, &mut [Tally; 2]); 2] = [
            (|one| one.source.clone(), &mut self.source),
            (|one| one.cue.clone(), &mut self.cue),
        ];
        for (part, tallies) in parts {
            let both = pairs.iter().filter_map(|(g, f)| Some((part(g)?, part(f)?)));
            let (mut same, mut near) = (0, 0);
            for (g, f) in both {
                same += usize::from(g == f);
                near += usize::from(touch(&g, &f));
            }
            for (tally, right) in tallies.iter_mut().zip([same, near]) {
                tally.add(Tally {
                    right,
                    hit: right,
                    found: found.iter().filter(|one| part(one).is_some()).count(),
                    gold: gold.iter().filter(|one| part(one).is_some()).count(),
                });
            }
        }
        let same =
            |g: &Attribution, f: &Attribution| pieces(text, &g.content) == pieces(text, &f.content);
        let tally = |exactly: bool, form: Option<Form>| {
            let of = |one: &Attribution| form.is_none_or(|form| one.form == form);
            let good: Vec<&(&Attribution, &Attribution)> = pairs
                .iter()
                .filter(|(g, f)| !exactly || same(g, f))
                .collect();
            Tally {
                right: good.iter().filter(|(_, f)| of(f)).count(),
                found: found.iter().filter(|one| of(one)).count(),
                hit: good.iter().filter(|(g, _)| of(g)).count(),
                gold: gold.iter().filter(|one| of(one)).count(),
            }
        };
        for (at, exactly) in [true, false].into_iter().enumerate() {
            self.content[at].add(tally(exactly, None));
            let plain = |one: &Attribution| {
                one.form == Form::Indirect && one.cue.clone().is_some_and(|cue| speaks(&text[cue]))
            };
            let good = || pairs.iter().filter(|(g, f)| !exactly || same(g, f));
            self.plain[at].add(Tally {
                right: good().filter(|(_, f)| plain(f)).count(),
                found: found.iter().filter(|one| plain(one)).count(),
                hit: good().filter(|(g, _)| plain(g)).count(),
                gold: gold.iter().filter(|one| plain(one)).count(),
            });
            for (row, (_, form)) in FORMS.iter().enumerate() {
                self.by_form[row][at].add(tally(exactly, Some(*form)));
            }
        }
    }

    /// What was reported without quote marks and missed, and what was found and is not there.
    #[allow(clippy::too_many_arguments, reason = "a report of everything at hand")]
    fn indirect_cases(
        &self,
        set: &str,
        place: &str,
        text: &str,
        gold: &[Attribution],
        found: &[Attribution],
        partner: &[Option<usize>],
        cases: &mut Vec<Case>,
    ) {
        let mut case = |one: &Attribution, missed: bool| {
            let words = text[hull(&one.content).unwrap_or_default()].to_owned();
            let (expected, found) = if missed {
                (words, String::new())
            } else {
                (String::new(), words)
            };
            let all: Vec<Range<usize>> = one
                .content
                .iter()
                .chain(&one.cue)
                .chain(&one.source)
                .cloned()
                .collect();
            cases.push(Case {
                set: set.to_owned(),
                place: format!("{place} {:?} attribution", one.form),
                expected,
                found,
                context: context(text, hull(&all).unwrap_or_default(), 60),
                weight: if missed { 0.3 } else { 0.4 },
            });
        };
        for (one, with) in gold.iter().zip(partner) {
            if with.is_none() && one.form != Form::Direct {
                case(one, true);
            }
        }
        for (at, one) in found.iter().enumerate() {
            if !partner.contains(&Some(at)) {
                case(one, false);
            }
        }
    }

    /// How well the speakers of direct and mixed speech are found; a form that a set does not have
    /// gives no figure.
    pub(super) fn speaker_figures(&self, set: &str, scores: &mut Scores) {
        for (row, form) in ["direct", "mixed"].iter().enumerate() {
            let [all, same, near] = self.speakers[row];
            if all == 0 {
                continue;
            }
            let share = |part| crate::measure::share(part, all);
            scores.add(
                KIND,
                set,
                format!("{form} speaker exact"),
                share(same),
                Better::More,
            );
            scores.add(
                KIND,
                set,
                format!("{form} speaker overlap"),
                share(near),
                Better::More,
            );
        }
        let wrong = crate::measure::share(self.given[1], self.given[0]);
        scores.add(
            KIND,
            set,
            "direct speaker given and wrong",
            wrong,
            Better::Neither,
        );
    }

    pub(super) fn figures(&self, set: &str, scores: &mut Scores) {
        scores.add_prf(KIND, set, "direct span", self.direct.prf());
        self.speaker_figures(set, scores);
        for (name, [same, near]) in [
            ("source", &self.source),
            ("cue", &self.cue),
            ("content", &self.content),
        ] {
            scores.add_prf(KIND, set, &format!("{name} exact"), same.prf());
            scores.add_prf(KIND, set, &format!("{name} overlap"), near.prf());
        }
        let [same, near] = &self.plain;
        scores.add_prf(KIND, set, "plain indirect content exact", same.prf());
        scores.add_prf(KIND, set, "plain indirect content overlap", near.prf());
        for (row, (form, _)) in FORMS.iter().enumerate() {
            let [same, near] = &self.by_form[row];
            scores.add_prf(KIND, set, &format!("{form} content exact"), same.prf());
            scores.add_prf(KIND, set, &format!("{form} content overlap"), near.prf());
        }
    }
}

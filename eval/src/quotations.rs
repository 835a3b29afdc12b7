//! In: articles with their attributions by hand (source, cue, content; PolNeAR and the German
//! Wikinews set). Out: how well quotations and their speakers are found, exactly and roughly.
//! Measured on `annotate` alone: the articles are given as clean text.

mod align;

use std::ops::Range;

use anyhow::Result;
use engine::model::{Document, Form};
use serde::Deserialize;

use crate::documents::{Given, article};
use crate::figures::{Better, Case, Scores, context};
use crate::lab::{Lab, bytes_of_code_points};
use crate::measure::{Tally, exact};
use align::{Attribution, align, hull, pieces, touch};

const KIND: &str = "quotations";

/// A record of a set; offsets are code points.
#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    attributions: Vec<GoldAttribution>,
}

#[derive(Deserialize)]
struct GoldAttribution {
    #[serde(rename = "type")]
    form: String,
    #[serde(default)]
    source: Vec<[usize; 2]>,
    #[serde(default)]
    cue: Vec<[usize; 2]>,
    #[serde(default)]
    content: Vec<[usize; 2]>,
    #[serde(default)]
    nested: bool,
}

/// The forms, as the sets and the table call them.
const FORMS: [(&str, Form); 3] = [
    ("direct", Form::Direct),
    ("mixed", Form::Mixed),
    ("indirect", Form::Indirect),
];

/// Scores every set.
pub fn score(lab: &Lab) -> Result<Scores> {
    let mut scores = Scores::default();
    for (set, path, language) in [
        ("polnear-dev", "quotations/polnear-dev.jsonl.gz", "en"),
        ("polnear-train", "quotations/polnear-train.jsonl.gz", "en"),
        ("german-dev", "quotations/german-dev.jsonl.gz", "de"),
    ] {
        if lab.wants(set) {
            let records: Vec<Record> = lab.records(path)?;
            scores.extend(score_set(lab, set, records, language));
        }
    }
    Ok(scores)
}

fn score_set(lab: &Lab, set: &str, records: Vec<Record>, language: &str) -> Scores {
    let (mut texts, mut golds) = (Vec::new(), Vec::new());
    for record in records {
        golds.push(gold(&record, language == "de"));
        texts.push(article(Given {
            id: record.id,
            language: language.to_owned(),
            text: record.text,
            ..Given::default()
        }));
    }
    let docs = lab.annotate(texts);
    let mut sums = Sums::default();
    let mut cases = Vec::new();
    for (doc, gold) in docs.iter().zip(&golds) {
        sums.count(set, doc, gold, &mut cases);
    }
    let mut scores = Scores::default();
    if language == "en" {
        sums.figures(set, &mut scores);
    } else {
        scores.add_prf(KIND, set, "content exact", sums.content[0].prf());
        scores.add_prf(KIND, set, "content overlap", sums.content[1].prf());
    }
    scores.cases = cases;
    scores
}

/// The gold attributions of a record, in bytes. The German set's free indirect speech has no
/// reporting words at all and is left out, as is what is nested in another quotation.
fn gold(record: &Record, german: bool) -> Vec<Attribution> {
    let byte = bytes_of_code_points(&record.text);
    let to_bytes = |spans: &[[usize; 2]]| -> Vec<Range<usize>> {
        spans
            .iter()
            .filter_map(|[start, end]| Some(*byte.get(*start)?..*byte.get(*end)?))
            .filter(|range| !range.is_empty())
            .collect()
    };
    record
        .attributions
        .iter()
        .filter(|one| !(german && one.nested))
        .filter_map(|one| {
            let form = match one.form.as_str() {
                "direct" => Form::Direct,
                "mixed" => Form::Mixed,
                "freeindirect" | "indirectfreeindirect" if german => return None,
                "nocontent" => return None,
                _ => Form::Indirect,
            };
            let content = to_bytes(&one.content);
            (!content.is_empty()).then(|| Attribution {
                form,
                content,
                cue: hull(&to_bytes(&one.cue)),
                source: hull(&to_bytes(&one.source)),
            })
        })
        .collect()
}

fn found(doc: &Document) -> Vec<Attribution> {
    doc.quotes
        .iter()
        .map(|quote| Attribution {
            form: quote.form,
            content: quote.parts.iter().map(|part| part.range()).collect(),
            cue: quote.cue.map(|span| span.range()),
            source: quote.source.map(|span| span.range()),
        })
        .collect()
}

/// Everything that is counted over a set.
#[derive(Default)]
struct Sums {
    /// Spans of direct speech, exactly.
    direct: Tally,
    /// Gold direct and mixed quotations with a source: how many, source exact, source touched.
    speakers: [[usize; 3]; 2],
    /// Of the direct ones: how many sources are given at all, and how many of those touch none.
    given: [usize; 2],
    /// Source, cue: exact, overlap.
    source: [Tally; 2],
    cue: [Tally; 2],
    /// Content: exact, overlap.
    content: [Tally; 2],
    /// Content by form: exact, overlap.
    by_form: [[Tally; 2]; 3],
}

impl Sums {
    fn count(&mut self, set: &str, doc: &Document, gold: &[Attribution], cases: &mut Vec<Case>) {
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

    fn figures(&self, set: &str, scores: &mut Scores) {
        scores.add_prf(KIND, set, "direct span", self.direct.prf());
        for (row, form) in ["direct", "mixed"].iter().enumerate() {
            let [all, same, near] = self.speakers[row];
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
        for (name, [same, near]) in [
            ("source", &self.source),
            ("cue", &self.cue),
            ("content", &self.content),
        ] {
            scores.add_prf(KIND, set, &format!("{name} exact"), same.prf());
            scores.add_prf(KIND, set, &format!("{name} overlap"), near.prf());
        }
        for (row, (form, _)) in FORMS.iter().enumerate() {
            let [same, near] = &self.by_form[row];
            scores.add_prf(KIND, set, &format!("{form} content exact"), same.prf());
            scores.add_prf(KIND, set, &format!("{form} content overlap"), near.prf());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::model::{Confidence, NonEmpty, Quotation, Resolution};

    const TEXT: &str =
        "\u{201c}The bridge is safe,\u{201d} said Ada Lorne. She said it would open.";

    fn gold_of(json: &str) -> Vec<Attribution> {
        let attributions = serde_json::from_str(json).unwrap();
        gold(
            &Record {
                id: "a".to_owned(),
                text: TEXT.to_owned(),
                attributions,
            },
            false,
        )
    }

    fn document(quotes: &[(Form, Range<usize>, Option<Range<usize>>)]) -> Document {
        let mut doc = Document::new(article(Given {
            id: "a".to_owned(),
            text: TEXT.to_owned(),
            ..Given::default()
        }));
        let text = doc.article.text.clone();
        doc.quotes = quotes
            .iter()
            .map(|(form, content, source)| Quotation {
                form: *form,
                parts: NonEmpty::one(text.span(content.clone()).unwrap()),
                cue: None,
                source: source.clone().map(|range| text.span(range).unwrap()),
                speaker: None,
                resolution: Resolution::Named,
                confidence: Confidence::Certain,
                rule: "test",
            })
            .collect();
        doc
    }

    /// Code points 0..21 are the quotation with its marks, 27..36 its speaker.
    const GOLD: &str = r#"[
        {"type": "direct", "source": [[27, 36]], "cue": [[22, 26]], "content": [[0, 21]]},
        {"type": "indirect", "source": [[38, 41]], "cue": [[42, 46]], "content": [[47, 60]]}
    ]"#;

    #[test]
    fn marks_around_a_quotation_do_not_matter_and_offsets_are_bytes() {
        let at = TEXT.find("The bridge").unwrap();
        let lorne = TEXT.find("Ada").unwrap();
        let doc = document(&[(Form::Direct, at..at + 19, Some(lorne..lorne + 9))]);
        let mut sums = Sums::default();
        sums.count("s", &doc, &gold_of(GOLD), &mut Vec::new());
        assert_eq!(sums.direct.prf(), [1.0, 1.0, 1.0]);
        assert_eq!(sums.speakers[0], [1, 1, 1]);
        assert_eq!(
            sums.content[0],
            Tally {
                right: 1,
                found: 1,
                hit: 1,
                gold: 2
            }
        );
        assert_eq!(
            sums.source[0],
            Tally {
                right: 1,
                found: 1,
                hit: 1,
                gold: 2
            }
        );
    }

    #[test]
    fn half_a_speaker_overlaps_and_a_wrong_one_is_counted() {
        let at = TEXT.find("The bridge").unwrap();
        let lorne = TEXT.find("Lorne").unwrap();
        for (source, expected, wrong) in [
            (lorne..lorne + 5, [1, 0, 1], [1, 0]),
            (at..at + 10, [1, 0, 0], [1, 1]),
        ] {
            let doc = document(&[(Form::Direct, at..at + 19, Some(source))]);
            let mut sums = Sums::default();
            let mut cases = Vec::new();
            sums.count("s", &doc, &gold_of(GOLD), &mut cases);
            assert_eq!((sums.speakers[0], sums.given), (expected, wrong));
            assert!(!cases.is_empty());
        }
    }
}

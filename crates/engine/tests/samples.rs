//! The whole flow over `samples`, held to what a good reader finds there
//! (`tests/suite/samples/expected.json`, by file and exact words). What must hold is asserted one
//! by one; what is still partly found has a floor that only rises.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use engine::{Engine, Input, Options, Silent};
use model::{
    ComparedStory, Comparison, CopyKind, DisputeKind, Document, Findings, Mention, Quotation,
    SkipReason, Span, Story,
};
use serde_json::Value;

/// What the program found in the samples, and what it should have.
struct Held {
    findings: Findings,
    expected: Value,
}

/// How many of the expected things were found, and which were not.
#[derive(Default)]
struct Tally {
    hits: usize,
    missed: Vec<String>,
}

impl Tally {
    fn count(&mut self, hit: bool, what: impl Fn() -> String) {
        if hit {
            self.hits += 1;
        } else {
            self.missed.push(what());
        }
    }

    /// Fails below the floor, naming what is missing.
    fn at_least(&self, floor: usize, kind: &str) {
        let of = self.hits + self.missed.len();
        println!("{kind}: {} of {of}", self.hits);
        assert!(
            self.hits >= floor,
            "{kind}: {} of {of} found, the floor is {floor}; missed:\n  {}",
            self.hits,
            self.missed.join("\n  ")
        );
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read() -> Held {
    let mut inputs = Vec::new();
    for entry in std::fs::read_dir(root().join("samples")).expect("the folder of samples") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        inputs.push(Ok(Input {
            path: name,
            bytes: std::fs::read(&path).expect("a page"),
            ..Input::default()
        }));
    }
    let expected = std::fs::read(root().join("tests/suite/samples/expected.json"));
    let engine = Engine::new(Options::default()).expect("an engine");
    Held {
        findings: engine.read(inputs, &Silent),
        expected: serde_json::from_slice(&expected.expect("what is expected")).expect("JSON"),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A passage that is expected: which of the story's articles, and where in it.
#[derive(Clone, Copy)]
struct Place {
    article: u32,
    span: Span,
}

impl Place {
    /// Whether a found passage is this one: they share half of the shorter.
    fn is(self, found: Mention) -> bool {
        let shorter = self.span.len().min(found.span.len());
        self.article == found.article && 2 * self.span.overlap(found.span) >= shorter
    }

    fn touches(self, found: Mention) -> bool {
        self.article == found.article && self.span.overlaps(found.span)
    }
}

/// One story of the samples beside what was found.
struct Beside<'a> {
    gold: &'a Value,
    story: &'a Story,
    comparison: &'a Comparison,
    docs: Vec<&'a Document>,
}

impl Beside<'_> {
    /// Where a reading stands in the story.
    fn place(&self, reading: &Value) -> Place {
        let (file, exact) = (text(&reading["article"]), text(&reading["exact"]));
        let article = self.docs.iter().position(|doc| doc.article.path == file);
        let article = article.unwrap_or_else(|| panic!("{file} is not in the story"));
        let start = self.docs[article].article.text.as_str().find(exact);
        let start = start.unwrap_or_else(|| panic!("{file} lacks {exact:?}"));
        let span = self.docs[article]
            .article
            .text
            .span(start..start + exact.len());
        Place {
            article: article as u32,
            span: span.expect("a span"),
        }
    }

    fn places(&self, readings: &Value) -> Vec<Place> {
        list(readings)
            .iter()
            .map(|reading| self.place(reading))
            .collect()
    }

    fn words(&self, place: Place) -> String {
        let doc = self.docs[place.article as usize];
        format!("{}: {}", doc.article.path, doc.get(place.span))
    }

    /// The claims that have a reading at a place.
    fn claims_at(&self, place: Place) -> Vec<usize> {
        let readings = |claim: &model::Claim| claim.readings.iter().any(|r| place.is(r.mention));
        (0..self.comparison.claims.len())
            .filter(|&index| readings(&self.comparison.claims[index]))
            .collect()
    }
}

impl Held {
    /// The expected stories, each beside the found story that holds its first article.
    fn stories(&self) -> Vec<Beside<'_>> {
        let beside = |gold| {
            let first = text(&list(&self.expected["stories"][gold]["articles"])[0]).to_owned();
            let docs = |story: &Story| -> Vec<&Document> {
                story
                    .articles
                    .iter()
                    .map(|&i| &self.findings.documents[i as usize])
                    .collect()
            };
            let ComparedStory { story, comparison } = self
                .findings
                .stories
                .iter()
                .find(|s| docs(&s.story).iter().any(|doc| doc.article.path == first))
                .unwrap_or_else(|| panic!("no story holds {first}"));
            let gold = &self.expected["stories"][gold];
            Beside {
                gold,
                story,
                comparison,
                docs: docs(story),
            }
        };
        (0..list(&self.expected["stories"]).len())
            .map(beside)
            .collect()
    }
}

#[test]
fn every_page_is_read_and_every_story_found() {
    let held = read();
    // What could not be read is named.
    let skipped: Vec<&str> = held
        .findings
        .skipped
        .iter()
        .map(|s| s.path.as_str())
        .collect();
    let expected: Vec<&str> = list(&held.expected["skipped"]).iter().map(text).collect();
    assert_eq!(skipped, expected);
    assert!(
        held.findings
            .skipped
            .iter()
            .all(|s| matches!(s.reason, SkipReason::NoPage(_)))
    );

    let articles = held.expected["articles"]
        .as_object()
        .expect("articles by file");
    assert_eq!(held.findings.documents.len(), articles.len());
    let (mut outlets, mut clean) = (Tally::default(), Tally::default());
    for doc in &held.findings.documents {
        let article = &doc.article;
        let gold = &articles[article.path.as_str()];
        assert_eq!(
            article.title.as_deref(),
            gold["title"].as_str(),
            "{}",
            article.path
        );
        let day = article
            .published
            .map(|published| published.date.to_string());
        assert_eq!(
            day.as_deref(),
            gold["published"].as_str(),
            "{}",
            article.path
        );
        assert_eq!(article.language.as_deref(), Some("en"), "{}", article.path);
        outlets.count(article.outlet.as_deref() == gold["outlet"].as_str(), || {
            format!("{}: {:?}", article.path, article.outlet)
        });
        for furniture in list(&gold["not_in_text"]) {
            clean.count(!article.text.as_str().contains(text(furniture)), || {
                format!("{}: {furniture}", article.path)
            });
        }
    }
    outlets.at_least(OUTLETS, "outlets");
    clean.at_least(CLEAN, "pieces of furniture left out");

    let mut found: Vec<Vec<&str>> = Vec::new();
    for ComparedStory { story, .. } in &held.findings.stories {
        let docs = story
            .articles
            .iter()
            .map(|&i| &held.findings.documents[i as usize]);
        let mut files: Vec<&str> = docs.map(|doc| doc.article.path.as_str()).collect();
        files.sort_unstable();
        found.push(files);
    }
    let mut gold: Vec<Vec<&str>> = Vec::new();
    for story in list(&held.expected["stories"]) {
        let mut files: Vec<&str> = list(&story["articles"]).iter().map(text).collect();
        files.sort_unstable();
        gold.push(files);
    }
    found.sort();
    gold.sort();
    assert_eq!(found, gold);
}

#[test]
fn copies_rewrites_and_damage_are_seen() {
    let held = read();
    let (mut copies, mut damage) = (Tally::default(), Tally::default());
    for beside in held.stories() {
        let file = |index: u32| beside.docs[index as usize].article.path.as_str();
        for gold in list(&beside.gold["copies"]) {
            let kind = match text(&gold["kind"]) {
                "copy" => CopyKind::Copy,
                "excerpt" => CopyKind::Excerpt,
                "rewrite" => CopyKind::Rewrite,
                _ => CopyKind::SharedSource,
            };
            let (a, b) = (text(&gold["a"]), text(&gold["b"]));
            let hit = beside.story.copies.iter().any(|copy| {
                copy.kind == kind
                    && [(copy.a, copy.b), (copy.b, copy.a)]
                        .iter()
                        .any(|&(x, y)| file(x) == a && file(y) == b)
            });
            copies.count(hit, || format!("{a} and {b}: {kind:?}"));
        }
        for gold in list(&beside.gold["rewrite_of_something_not_at_hand"]) {
            let hit = beside
                .story
                .rewrites
                .iter()
                .any(|r| file(r.article) == text(gold));
            assert!(hit, "{gold} is a rewrite");
        }
        // Nothing else is.
        let rewrites = list(&beside.gold["rewrite_of_something_not_at_hand"]).len();
        assert_eq!(beside.story.rewrites.len(), rewrites);
        for gold in list(&beside.gold["damage"]) {
            let place = beside.place(gold);
            let doc = beside.docs[place.article as usize];
            let hit = doc
                .damage
                .iter()
                .any(|d| d.span == place.span && d.repair.as_deref() == gold["repair"].as_str());
            damage.count(hit, || gold.to_string());
        }
    }
    copies.at_least(COPIES, "copies");
    damage.at_least(DAMAGE, "damaged words");
    // No sound page is called damaged.
    let damaged: BTreeMap<&str, usize> = (held.findings.documents.iter())
        .filter(|doc| !doc.damage.is_empty())
        .map(|doc| (doc.article.path.as_str(), doc.damage.len()))
        .collect();
    assert_eq!(
        damaged.keys().copied().collect::<Vec<_>>(),
        ["globe-mirror.html"]
    );
}

#[test]
fn dates_are_resolved() {
    let held = read();
    let mut dates = Tally::default();
    for beside in held.stories() {
        for gold in list(&beside.gold["timeline"]) {
            let place = beside.place(&gold["reading"]);
            let when = text(&gold["when"]);
            let doc = beside.docs[place.article as usize];
            let dated = doc.dates.iter().any(|date| {
                date.span.overlaps(place.span)
                    && date.when.is_some_and(|w| w.iso().starts_with(when))
            });
            // A page without a date is dated by its story.
            let event = beside.comparison.timeline.iter().any(|event| {
                event.when.iso().starts_with(when)
                    && event.mentions.iter().any(|&mention| place.touches(mention))
            });
            dates.count(dated || event, || {
                format!("{when}: {}", beside.words(place))
            });
        }
    }
    dates.at_least(DATES, "dates");
}

#[test]
fn one_person_is_one_name_and_two_are_two() {
    let held = read();
    let mut names = Tally::default();
    for beside in held.stories() {
        let mut owner: BTreeMap<u32, String> = BTreeMap::new();
        for gold in list(&beside.gold["names"]) {
            let variants: Vec<&str> = list(&gold["variants"]).iter().map(text).collect();
            // The story's names with a mention of just these words.
            let mut entries: Vec<u32> = Vec::new();
            for (index, name) in beside.story.names.iter().enumerate() {
                let written = |mention: &Mention| {
                    variants.contains(&beside.docs[mention.article as usize].get(mention.span))
                };
                if name.mentions.iter().any(written) {
                    entries.push(index as u32);
                }
            }
            let name = text(&gold["name"]);
            if gold["kind"] == "person" {
                for &entry in &entries {
                    let before = owner.insert(entry, name.to_owned());
                    assert!(before.is_none(), "{name} and {before:?} are merged");
                }
            }
            names.count(entries.len() == 1, || {
                format!("{name}: {} entries", entries.len())
            });
        }
    }
    names.at_least(NAMES, "names that are one entry");
}

#[test]
fn quotes_are_found_with_their_speakers_and_lined_up() {
    let held = read();
    let (mut readings, mut speakers, mut lined) =
        (Tally::default(), Tally::default(), Tally::default());
    for beside in held.stories() {
        for gold in list(&beside.gold["quotes"]) {
            let mut utterances = Vec::new();
            for reading in list(&gold["readings"]) {
                let place = beside.place(reading);
                let doc = beside.docs[place.article as usize];
                let is = |quote: &&Quotation| {
                    let content = quote.content();
                    2 * content.overlap(place.span) >= content.len().min(place.span.len())
                };
                let quote = doc.quotes.iter().find(is);
                readings.count(quote.is_some(), || beside.words(place));
                if let Some(speaker) = reading["speaker_text"].as_str() {
                    let source = quote
                        .and_then(|quote| quote.source)
                        .map(|span| doc.get(span));
                    let hit = source.is_some_and(|s| s.contains(speaker) || speaker.contains(s));
                    speakers.count(hit, || {
                        format!("{speaker} ({source:?}) {}", beside.words(place))
                    });
                }
                let utterance = beside.comparison.quotes.iter().position(|utterance| {
                    utterance
                        .readings
                        .iter()
                        .any(|reading| place.is(reading.mention))
                });
                utterances.push((place, utterance));
            }
            if let [(_, first), rest @ ..] = utterances.as_slice() {
                for (place, utterance) in rest {
                    let hit = utterance.is_some() && utterance == first;
                    lined.count(hit, || beside.words(*place));
                }
            }
        }
    }
    readings.at_least(QUOTES, "quotations");
    speakers.at_least(SPEAKERS, "speakers");
    lined.at_least(LINED_UP, "readings lined up with the first");
}

#[test]
fn claims_are_lined_up_and_look_alikes_are_not() {
    let held = read();
    let mut pairs = Tally::default();
    for beside in held.stories() {
        let together = |a: Place, b: Place| {
            let claims = beside.claims_at(a);
            beside
                .claims_at(b)
                .iter()
                .any(|claim| claims.contains(claim))
        };
        for gold in list(&beside.gold["claims"]) {
            let places = beside.places(&gold["readings"]);
            for (index, &a) in places.iter().enumerate() {
                for &b in places
                    .iter()
                    .skip(index + 1)
                    .filter(|b| b.article != a.article)
                {
                    let hit = together(a, b);
                    pairs.count(hit, || format!("{} ~ {}", beside.words(a), beside.words(b)));
                }
            }
        }
        for gold in list(&beside.gold["look_alikes"]) {
            let (a, b) = (beside.place(&gold["a"]), beside.place(&gold["b"]));
            assert!(
                !together(a, b),
                "{} is not {}",
                beside.words(a),
                beside.words(b)
            );
        }
    }
    pairs.at_least(PAIRS, "pairs of readings of one claim");
}

#[test]
fn disputes_show_both_sides() {
    let held = read();
    let mut disputes = Tally::default();
    for beside in held.stories() {
        for gold in list(&beside.gold["disputes"]) {
            let kind = match text(&gold["kind"]) {
                "denial" => DisputeKind::Denial,
                "number" => DisputeKind::Number,
                "order" => DisputeKind::Order,
                other => panic!("no dispute of kind {other} is expected"),
            };
            let sides: Vec<Vec<Place>> = list(&gold["sides"])
                .iter()
                .map(|side| beside.places(&side["readings"]))
                .collect();
            let hit = beside.comparison.disputes.iter().any(|dispute| {
                let touched = |gold: &Vec<Place>, side: &model::Side| {
                    side.mentions
                        .iter()
                        .any(|&m| gold.iter().any(|place| place.touches(m)))
                };
                let which = |side: &model::Side| sides.iter().position(|gold| touched(gold, side));
                let found: std::collections::BTreeSet<usize> =
                    dispute.sides.iter().filter_map(which).collect();
                dispute.kind == kind && found.len() == sides.len()
            });
            // A figure that a later one took the place of is no side of a dispute.
            if gold["superseded"].is_null() {
                disputes.count(hit, || format!("{kind:?}: {}", gold["question"]));
            } else {
                assert!(!hit, "{}", gold["question"]);
            }
        }
    }
    disputes.at_least(DISPUTES, "disputes");
}

// The floors: what `cargo test -p crossread-engine --test samples -- --nocapture` last printed.
const OUTLETS: usize = 14;
const CLEAN: usize = 34;
const COPIES: usize = 1;
const DAMAGE: usize = 3;
const DATES: usize = 16;
const NAMES: usize = 24;
const QUOTES: usize = 30;
const SPEAKERS: usize = 20;
const LINED_UP: usize = 15;
const PAIRS: usize = 38;
const DISPUTES: usize = 3;

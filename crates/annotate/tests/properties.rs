//! What holds for any text whatever: no panic, every span true, every index into a list that has it,
//! the layers in order, the same answer twice, and time that grows with the text alone.

#[allow(dead_code, reason = "its cases are for the suites")]
mod given;

use std::time::{Duration, Instant};

use annotate::Annotator;
use model::{Document, EntityIx, Span};
use proptest::prelude::*;

/// Texts tried for each language.
const TEXTS: u32 = 192;

/// What one hostile megabyte may take in a test build on a busy machine; a runaway takes minutes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pieces that the rules look for, and marks that break what they expect.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "“", "”", "\"", "'", "’", "«", "»", "„", "‘", "(", ")", "—", ",", ".", "!", "?", ":", ";",
    "…", " ", "  ", "\n", "\r\n", "\t", "\u{0}", "\u{a0}", "\u{200b}", "\u{202e}", "\u{feff}",
    "\u{301}", "\u{308}", "İ", "ß", "ﬁ", "Ǆ", "👩‍👩‍👧", "🇸🇪", "العربية", "שלום", "東京で", "ก็ดี",
    "she", "he", "they", "it", "who", "that", "said", "told", "according to",
    "the statement read", "denied", "asked", "sagte", "erklärte", "laut", "dass", "Mr.", "Gen.",
    "Prime Minister", "the minister", "the U.S. Defense Department",
    "Inter Services Intelligence (ISI)", "Orla Vesk", "Vesk", "Bill and Orla Vesk", "Qalat",
    "in Qalat", "VELLMAR", "Al-", "O'", "'s", "’s", "n't", "Inc.", "on Monday", "last week",
    "a day after", "in August", "5 May 2016", "2016-05-31", "99/99/9999", "at 25:61",
    "31 February", "the 1990s", "two dozen", "at least", "up to", "$", "€", "%", "25",
    "1,000,000", "9999999999999999999999", "1/2", "-", "–", "25 hurt", "$255 million", "killed",
    "will", "not", "because", "and", "but", "the", "of", "to", "was", "has been", "A", "I", "x",
];

/// Any text: pieces with anything between them.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        4 => prop::sample::select(PIECES).prop_map(|piece| format!(" {piece} ")),
        1 => any::<String>(),
        1 => any::<char>().prop_map(String::from),
        1 => (prop::sample::select(PIECES), 2..40_usize).prop_map(|(p, times)| p.repeat(times)),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Checks all that a document promises.
fn check(doc: &Document) {
    let text = doc.article.text.as_str();
    let fits = |span: Span, what: &str| {
        assert!(text.get(span.range()).is_some(), "{what}: {span:?}");
    };
    let apart = |spans: &mut dyn Iterator<Item = Span>, what: &str| {
        let mut end = 0;
        for span in spans {
            fits(span, what);
            assert!(span.start() >= end, "{what}: {span:?} begins before {end}");
            end = span.end();
        }
    };
    let indexed = |index: Option<u32>, len: usize, what: &str| {
        assert!(
            index.is_none_or(|i| (i as usize) < len),
            "{what}: {index:?}"
        );
    };
    apart(&mut doc.tokens.iter().map(|t| t.span), "tokens");
    apart(&mut doc.sentences.iter().map(|s| s.span), "sentences");
    apart(&mut doc.names.iter().map(|n| n.span), "names");
    apart(&mut doc.dates.iter().map(|d| d.span), "dates");
    apart(&mut doc.damage.iter().map(|d| d.span), "damage");
    for name in &doc.names {
        fits(name.full, "full name");
        assert!(name.full.contains(name.span), "{name:?}");
        name.roles.iter().for_each(|role| fits(*role, "role"));
        indexed(
            name.entity.map(EntityIx::number),
            doc.entities.len(),
            "entity",
        );
    }
    for entity in &doc.entities {
        assert!(entity.names.contains(&entity.clearest), "{entity:?}");
        for name in &entity.names {
            indexed(Some(*name), doc.names.len(), "name");
        }
    }
    for quantity in &doc.quantities {
        fits(quantity.span, "quantity");
        assert!(quantity.span.contains(quantity.number), "{quantity:?}");
        quantity.unit.iter().for_each(|unit| fits(*unit, "unit"));
    }
    for quote in &doc.quotes {
        apart(&mut quote.parts.iter().copied(), "parts of a quotation");
        quote.cue.iter().for_each(|cue| fits(*cue, "cue"));
        quote
            .source
            .iter()
            .for_each(|source| fits(*source, "source"));
        indexed(
            quote.speaker.map(EntityIx::number),
            doc.entities.len(),
            "speaker",
        );
    }
    let starts = |spans: Vec<Span>, what: &str| {
        assert!(spans.is_sorted_by_key(|span| span.start()), "{what}");
    };
    starts(doc.quotes.iter().map(|q| q.content()).collect(), "quotes");
    starts(
        doc.statements.iter().map(|s| s.span).collect(),
        "statements",
    );
    for statement in &doc.statements {
        fits(statement.span, "statement");
        indexed(Some(statement.sentence), doc.sentences.len(), "sentence");
        indexed(statement.quote, doc.quotes.len(), "quotation");
    }
}

/// Annotates any texts of a language, each twice.
fn holds_for(language: Option<&str>) {
    let annotator = Annotator::new();
    let settings = ProptestConfig {
        cases: TEXTS,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(settings, |(text in text())| {
        let doc = annotator.annotate(given::article(&text, language));
        check(&doc);
        let again = annotator.annotate(given::article(&text, language));
        prop_assert_eq!(format!("{doc:?}"), format!("{again:?}"));
    });
}

#[test]
fn any_english_text_keeps_its_promises() {
    holds_for(Some("en"));
}

#[test]
fn any_german_text_keeps_its_promises() {
    holds_for(Some("de"));
}

#[test]
fn any_text_of_an_unknown_language_keeps_its_promises() {
    holds_for(None);
    holds_for(Some("ar"));
}

/// A megabyte of one piece over and over, in one block without an end.
#[test]
fn a_megabyte_of_anything_takes_bounded_time() {
    let annotator = Annotator::new();
    #[rustfmt::skip]
    let clauses: &[&str] = &[
        "x", "\"", "“", "”", "'", "’", "\u{301}", "\u{0}", "👩‍👩‍👧", "ا", "(", "1", "1,", "A.",
        "\r", "- ", "“ he said, ", "\" she said. ", "he said that ", "according to Vesk, ",
        "Orla Vesk and ", "Gen. ", "Qalat ", "on Monday ", "at least 25 ", "the ", "said ",
        "$1 million or ", ", who ", "2016-05-31 ", "I.S.I. (ISI) ", "“a” ",
    ];
    // Other languages have fewer rules: letters and marks are enough.
    for (language, clauses) in [
        ("en", clauses),
        ("de", &clauses[..10]),
        ("ar", &clauses[..10]),
    ] {
        for clause in clauses {
            let text = clause.repeat(1_000_000 / clause.len());
            let start = Instant::now();
            check(&annotator.annotate(given::article(&text, Some(language))));
            let took = start.elapsed();
            assert!(took < PATIENCE, "{clause:?} in {language}: {took:?}");
        }
    }
}

//! In: a document with tokens, sentences and names. Out: its expressions of time, each with a
//! TIMEX3 value and the days it covers where the text and its date of publication let one resolve
//! it. Refuses to guess: without a date to count from, `Monday` keeps no value, only its distance
//! ([`Relative`]), which can be resolved later against another text's date.
//!
//! Own grammar over the words of `data/en/time.txt`: `words` tells what each token is, `grammar`,
//! `times` and `stretches` find the longest expression at a place and its `meaning`, `ranges` what two ends tell of
//! each other, `resolve` counts on the calendar, `tense` decides whether a bare weekday lies ahead or
//! behind, `reading` goes through a document with them. Values follow TimeML's
//! TIMEX3 (Pustejovsky et al. 2003).

mod grammar;
mod meaning;
mod ranges;
mod reading;
mod resolve;
mod stretches;
mod tense;
mod times;
mod words;

use jiff::civil::Date;
use model::{Document, NameKind};

use reading::Reading;
use tense::Tenses;
use words::Words;

/// TIMEX3's letters for the parts of a day.
const PARTS: [&str; 5] = ["MO", "AF", "EV", "NI", "MI"];
/// TIMEX3's letters of the seasons.
const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

/// Finds expressions of time in English.
#[derive(Debug)]
pub(crate) struct Dates {
    words: Words,
    tenses: Tenses,
}

impl Dates {
    /// Reads its word lists, which are part of the program.
    pub(crate) fn new() -> Self {
        Self {
            words: Words::new(include_str!("../data/en/time.txt")),
            tenses: Tenses::new(include_str!("../data/en/tense.txt")),
        }
    }

    /// Adds the layer of dates.
    pub(crate) fn add(&self, doc: &mut Document) {
        let mut items = Vec::new();
        let mut reading = Reading::new(doc, &self.tenses, self.months_of_persons(doc));
        for (index, sentence) in doc.sentences.iter().enumerate() {
            let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
            if self.words.read(doc, tokens.clone(), &mut items) {
                reading.sentence(index, tokens, &items);
            }
        }
        doc.dates = reading.finish();
    }

    /// The months that a person of the text is called after: "Ada May".
    fn months_of_persons(&self, doc: &Document) -> Vec<i8> {
        let persons = doc
            .names
            .iter()
            .filter(|name| name.kind == NameKind::Person);
        let mut months: Vec<i8> = persons
            .flat_map(|name| &doc.tokens[doc.tokens_in(name.span)])
            .filter_map(|token| self.words.month(token.key))
            .collect();
        months.sort_unstable();
        months.dedup();
        months
    }
}

/// A date to count from, where there is one.
type Anchor = Option<Date>;

//! In: a story's quotes. Out: each utterance on paper, equal readings said once with all who have
//! them, and where the readings differ.

use super::{Desk, FEW, GLIMPSE, SHORT, SOME, difference_word};
use crate::clean::{one_line, quoted, shorten};
use crate::text::paper::Style;
use crate::text::{SPEAKER, more};
use crate::view;
use crate::wire::{Difference, DifferenceKind, Mention, Quote, QuoteReading};

impl Desk<'_, '_> {
    /// Writes the section.
    pub(super) fn quotes(&mut self) {
        let quotes = view::quotes(self.story);
        if quotes.is_empty() {
            return;
        }
        self.section("QUOTES", quotes.len(), "each utterance with its readings");
        for quote in quotes.iter().take(SOME) {
            self.quote(quote);
        }
        more(self.paper, 2, quotes.len(), SOME);
    }

    fn quote(&mut self, quote: &Quote) {
        let (style, speaker) = match view::speaker(self.story, quote) {
            Some(speaker) => (Style::Strong, speaker),
            None => (Style::Faint, view::nobody(quote).to_owned()),
        };
        self.paper.line(2, &[(style, &shorten(&speaker, SPEAKER))]);
        // Equal readings are said once, with all who have them.
        let given =
            |reading, words: &str| view::as_given(reading, words, |cue| one_line(cue).into_owned());
        let mut groups: Vec<(String, Vec<&QuoteReading>, Vec<usize>)> = Vec::new();
        for (index, reading) in quote.readings.iter().enumerate() {
            let words = given(reading, &words_of(reading));
            match groups.iter_mut().find(|(known, ..)| *known == words) {
                Some((_, readings, members)) => {
                    readings.push(reading);
                    members.push(index);
                }
                None => groups.push((words, vec![reading], vec![index])),
            }
        }
        for (_, readings, _) in groups.iter().take(SHORT) {
            let from = self.who(readings.iter().map(|reading| &reading.mention));
            let words = given(readings[0], &shorten(&words_of(readings[0]), GLIMPSE));
            self.paper.line(
                4,
                &[
                    (Style::Plain, &words),
                    (Style::Faint, " — "),
                    (Style::Faint, &from),
                ],
            );
        }
        more(self.paper, 4, groups.len(), SHORT);
        // A difference between two groups of equal readings is said once.
        let group_of = |reading: u32| {
            groups
                .iter()
                .position(|(_, _, members)| members.contains(&(reading as usize)))
        };
        let mut said: Vec<(Option<usize>, Option<usize>, &str)> = Vec::new();
        let mut kept: Vec<&Difference> = Vec::new();
        for difference in &quote.differences {
            let [a, b] = difference.readings.map(group_of);
            let key = (a, b, difference.text.as_str());
            if !said.contains(&key) {
                said.push(key);
                kept.push(difference);
            }
        }
        // Whose words they are is said above; that they differ is what a reader looks for.
        kept.sort_by_key(|difference| difference.kind == DifferenceKind::Speaker);
        for difference in kept.iter().take(FEW) {
            self.difference(quote, difference);
        }
        more(self.paper, 6, kept.len(), FEW);
    }

    fn difference(&mut self, quote: &Quote, difference: &Difference) {
        let [a, b] = &difference.mentions;
        let words = |side: &Option<Mention>| {
            side.as_ref().map_or_else(String::new, |m| {
                quoted(&shorten(&one_line(&m.text), GLIMPSE)).into_owned()
            })
        };
        let outlet = |reading: u32| {
            quote
                .readings
                .get(reading as usize)
                .map(|reading| self.view.outlet(&reading.mention.article))
                .unwrap_or_default()
        };
        let [first, second] = difference.readings.map(outlet);
        let kind = format!("{}: ", difference_word(difference.kind));
        let line = match (a, b) {
            (Some(_), None) => format!("{} in {first}, not in {second}", words(a)),
            (None, Some(_)) => format!("{} in {second}, not in {first}", words(b)),
            _ => format!("{} ({first}) ↔ {} ({second})", words(a), words(b)),
        };
        self.paper.item(
            4,
            (Style::Bad, "≠"),
            &[(Style::Bad, &kind), (Style::Plain, &line)],
        );
    }
}

/// Parts of a quotation as one string; what stands between them is somebody else's.
fn words_of(reading: &QuoteReading) -> String {
    let parts = reading.parts.iter();
    parts
        .map(|part| one_line(&part.text))
        .collect::<Vec<_>>()
        .join(" […] ")
}

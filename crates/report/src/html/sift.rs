//! A story sifted for words, on its page of a store. In: words, and whether a text has all of them. Out: the field for them,
//! how much of the story has them, and which of its disputes, claims, quotes and dates stay. What does not have them is
//! hidden and stays in the page, so that a script may sift anew as somebody types.

use crate::html::desk::{Desk, Sieve};
use crate::html::site::{address, escape};
use crate::wire::{Claim, Dispute, Event, Quote};
use crate::within;

/// The sections that are sifted, as they are called; of the others only the articles stay.
const SIFTED: [(&str, &str); 4] = [
    ("disputes", "Disputes"),
    ("claims", "Claims"),
    ("quotes", "Quotes"),
    ("timeline", "Timeline"),
];

impl Desk<'_, '_> {
    /// What is looked for, where something is.
    pub fn sieve(&self) -> Option<Sieve<'_>> {
        self.site.and_then(|site| site.sieve)
    }

    fn has(&self, any: impl FnOnce(&dyn Fn(&str) -> bool) -> bool) -> bool {
        self.sieve().is_none_or(|sieve| any(sieve.holds))
    }

    /// Whether a dispute stays.
    pub fn has_dispute(&self, dispute: &Dispute) -> bool {
        let sides = || dispute.sides.iter();
        let mut passages = sides().flat_map(|side| &side.mentions);
        self.has(|holds| {
            passages.any(|passage| holds(&passage.text)) || sides().any(|side| holds(&side.label))
        })
    }

    /// Whether a claim stays.
    pub fn has_claim(&self, claim: &Claim) -> bool {
        self.has(|holds| within::claim(claim).any(|(_, words)| holds(&words)))
    }

    /// Whether a quotation stays.
    pub fn has_quote(&self, quote: &Quote) -> bool {
        self.has(|holds| within::quote(self.story, quote).any(|(_, words)| holds(&words)))
    }

    /// Whether something that happened stays.
    pub fn has_event(&self, event: &Event) -> bool {
        self.has(|holds| event.mentions.iter().any(|passage| holds(&passage.text)))
    }

    /// Hides the element that is open, where that is so.
    pub fn hide(&mut self, so: bool) {
        if so {
            self.html.raw(" hidden");
        }
    }

    /// Opens something folded where something in it was looked for and found; hides it where nothing was.
    pub fn fold(&mut self, found: bool) {
        if self.sieve().is_some() {
            self.html.raw(if found { " open" } else { " hidden" });
        }
    }

    /// How many of a section stay, and how many there are.
    fn counts(&self, section: &str) -> (usize, usize) {
        let story = self.story;
        fn of<T>(all: &[T], has: impl Fn(&T) -> bool) -> (usize, usize) {
            (all.iter().filter(|one| has(one)).count(), all.len())
        }
        match section {
            "disputes" => of(&story.disputes, |one| self.has_dispute(one)),
            "claims" => of(&story.claims, |one| self.has_claim(one)),
            "quotes" => of(&story.quotes, |one| self.has_quote(one)),
            "timeline" => of(&story.timeline, |one| self.has_event(one)),
            _ => (0, 0),
        }
    }

    /// Whether a section is shown.
    pub fn shows(&self, section: &str) -> bool {
        self.sieve().is_none() || section == "articles" || self.counts(section).0 > 0
    }

    /// The field for words, and what they found.
    pub fn field(&mut self) {
        let Some(site) = self.site else { return };
        let words = site.sieve.map_or("", |sieve| sieve.words);
        self.html
            .raw("<form class=\"sift\" role=\"search\" aria-label=\"In this story\"")
            .attr("action", &address("stories", &self.story.id))
            .raw("><label for=\"find\">Find in this story</label><input id=\"find\" name=\"find\" type=\"search\" autocomplete=\"off\"")
            .attr("value", words)
            .raw("><button type=\"submit\">Find</button></form><p class=\"note\" id=\"sifted\" role=\"status\">");
        if site.sieve.is_some() {
            let counts: Vec<(&str, (usize, usize))> = SIFTED
                .map(|(section, name)| (name, self.counts(section)))
                .into_iter()
                .filter(|(_, (_, all))| *all > 0)
                .collect();
            if counts.iter().all(|(_, (found, _))| *found == 0) {
                self.html
                    .raw("No claim, quote, dispute or date of this story has all these words. ");
            } else {
                let told = counts
                    .iter()
                    .map(|(name, (found, all))| format!("{name} {found} of {all}"));
                self.html
                    .text(&told.collect::<Vec<_>>().join(" · "))
                    .raw(". ");
            }
            self.html
                .raw("<a")
                .attr("href", &address("stories", &self.story.id))
                .raw(">Show everything</a> · <a")
                .attr("href", &format!("/search?of=claims&q={}", escape(words)))
                .raw(">Look in all stories</a>");
        }
        self.html
            .raw("</p><p class=\"note handout\"><a")
            .attr(
                "href",
                &format!("{}?paper", address("stories", &self.story.id)),
            )
            .raw(">A handout to print: brief and disputes, with addresses</a></p>");
    }
}

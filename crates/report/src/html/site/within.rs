//! Claims and quotations that a search finds, by story. In: what was found. Out: a part of the search's page.

use std::ops::Range;

use super::{address, escape, link, place, time};
use crate::html::claims::badge;
use crate::html::markup::Html;
use crate::view::count;
use crate::wire::Verdict;

/// What is searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// Articles.
    #[default]
    Articles,
    /// Claims across stories.
    Claims,
    /// Quotations across stories.
    Quotes,
}

impl Of {
    /// All, with the words for them in addresses and on pages.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Articles, "articles", "Articles"),
        (Self::Claims, "claims", "Claims"),
        (Self::Quotes, "quotes", "Quotes"),
    ];

    /// What a word of an address stands for; articles where it says nothing.
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "" => Some(Self::default()),
            word => Self::ALL
                .iter()
                .find(|(_, known, _)| *known == word)
                .map(|(of, _, _)| *of),
        }
    }

    /// The word for it in addresses.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// What was found in stories.
#[derive(Clone, Debug, Default)]
pub struct Within {
    /// The stories, each where its newest article with such a passage stands.
    pub stories: Vec<InStory>,
    /// How many articles with the words were looked at.
    pub looked_at: usize,
}

/// What was found in a story.
#[derive(Clone, Debug, Default)]
pub struct InStory {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its last day.
    pub day: Option<String>,
    /// Some of what was found.
    pub things: Vec<Thing>,
    /// How many more there are.
    pub more: usize,
}

/// A claim or a quotation, by one of its passages.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Its id in the story.
    pub id: String,
    /// What leads to it while the story grows.
    pub key: String,
    /// The article of the passage.
    pub article: String,
    /// Its outlet.
    pub outlet: String,
    /// The passage.
    pub passage: String,
    /// Where in it the words stand, in bytes.
    pub marks: Vec<Range<usize>>,
    /// What is told of it.
    pub told: Told,
}

/// What is told of something that was found.
#[derive(Clone, Debug)]
pub enum Told {
    /// Of a claim.
    Claim {
        /// What the outlets make of it.
        verdict: Verdict,
        /// How many of them state it.
        outlets: u32,
        /// The least and the most origins it can have.
        origins: (u32, u32),
    },
    /// Of a quotation.
    Quote {
        /// Who said it, and its id across stories.
        speaker: Option<(String, Option<String>)>,
        /// direct, mixed or indirect.
        form: &'static str,
    },
}

/// Writes what was found.
pub(super) fn write(html: &mut Html, of: &Within, words: &str, what: Of) {
    html.raw("<ol class=\"hits\">");
    for story in &of.stories {
        html.raw("<li><h2 dir=\"auto\" class=\"words\">");
        let there = address("stories", &story.id);
        link(html, &there, &story.title);
        html.raw("</h2>");
        if let Some(day) = &story.day {
            html.raw("<p class=\"facts\">");
            time(html, day);
            html.raw("</p>");
        }
        html.raw("<ul class=\"things\">");
        for thing in &story.things {
            self::thing(html, &story.id, thing);
        }
        html.raw("</ul>");
        if story.more > 0 {
            html.raw("<p class=\"facts\">");
            let all = format!("{there}?find={}", escape(words));
            let more = format!("{} more in this story", story.more);
            link(html, &all, &more);
            html.raw("</p>");
        }
        html.raw("</li>\n");
    }
    html.raw("</ol><p class=\"note\">")
        .text(&format!(
            "{} with these words looked at, the newest first; of each story the {} as it was last compared.",
            count(of.looked_at, "article"),
            what.word()
        ))
        .raw("</p>");
}

fn thing(html: &mut Html, story: &str, thing: &Thing) {
    let direct = matches!(thing.told, Told::Quote { form: "direct", .. });
    html.raw("<li><p class=\"words\" dir=\"auto\">")
        .raw(if direct { "“" } else { "" });
    marked(html, &thing.passage, &thing.marks);
    html.raw(if direct { "”" } else { "" })
        .raw("</p><p class=\"facts\">");
    let there = place(story, &thing.id);
    match &thing.told {
        Told::Claim {
            verdict,
            outlets,
            origins: (low, high),
        } => {
            badge(html, *verdict);
            html.text(&count(*outlets, "outlet")).raw(" · ");
            html.text(&match low == high {
                true => count(*low, "origin"),
                false => format!("{low} to {high} origins"),
            });
            html.raw(" · ");
            link(html, &there, "the claim in its story");
        }
        Told::Quote { speaker, form } => {
            match speaker {
                Some((name, Some(id))) => link(html, &address("names", id), name),
                Some((name, None)) => {
                    html.text(name);
                }
                None => {
                    html.raw("nobody named");
                }
            }
            html.raw(" · ").text(form).raw(" · ");
            link(html, &there, "the quote in its story");
        }
    }
    html.raw(" · ");
    link(html, &address("articles", &thing.article), &thing.outlet);
    html.raw("</p></li>");
}

/// A passage with the words that were looked for marked.
pub(super) fn marked(html: &mut Html, passage: &str, marks: &[std::ops::Range<usize>]) {
    let mut at = 0;
    for mark in marks {
        let (Some(before), Some(word)) = (passage.get(at..mark.start), passage.get(mark.clone()))
        else {
            continue;
        };
        html.text(before)
            .raw("<mark class=\"differs\">")
            .text(word)
            .raw("</mark>");
        at = mark.end;
    }
    html.text(passage.get(at..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_choice_has_its_word() {
        for (of, word, _) in Of::ALL {
            assert_eq!((Of::read(word), of.word()), (Some(of), word));
        }
        assert_eq!(
            (Of::read(""), Of::read("names")),
            (Some(Of::Articles), None)
        );
    }
}

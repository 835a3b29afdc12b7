//! A story's part of the page while it is written: what its sections share. In: names and passages of the story. Out:
//! links to them, and the marks that each article's text will show.

use std::collections::HashMap;

use crate::html::marks::{Marks, Why};
use crate::html::markup::Html;
use crate::view::View;
use crate::wire::{Mention, Story};

/// Marks of one outlet shown behind a sentence; the rest are one click away in the grid.
const MARKS: usize = 4;
/// Outlets shown behind a sentence.
const OUTLETS: usize = 12;

/// What is looked for in a story.
#[derive(Clone, Copy)]
pub struct Sieve<'f> {
    /// The words, as they were typed.
    pub words: &'f str,
    /// Whether a text has all of them.
    pub holds: &'f dyn Fn(&str) -> bool,
}

/// A story's own page among those of a store.
#[derive(Clone, Copy)]
pub struct Site<'d> {
    /// Its address.
    pub address: &'d str,
    /// The ids that its names have across stories, by those that they have in it.
    pub names: &'d HashMap<String, String>,
    /// The story's id, where readers may decide something.
    pub marks: Option<&'d str>,
    /// What is looked for in it, where something is.
    pub sieve: Option<Sieve<'d>>,
}

/// A story's part of the page being written.
pub struct Desk<'d, 'r> {
    /// The whole report.
    pub view: &'d View<'r>,
    /// The story.
    pub story: &'r Story,
    /// Its number on the page, from 1.
    pub number: usize,
    /// The passages that the page points at.
    pub marks: Marks<'r>,
    /// Where it is a page of a store's own.
    pub site: Option<Site<'d>>,
    /// What is written.
    pub html: Html,
}

impl<'r> Desk<'_, 'r> {
    /// A name, with a link to what it does in all stories where that has a page.
    pub fn person(&mut self, id: Option<&str>, words: &str) {
        let across = self.site.zip(id).and_then(|(site, id)| site.names.get(id));
        match across {
            Some(across) => {
                let page = crate::html::site::address("names", across);
                self.html
                    .raw("<a")
                    .attr("href", &page)
                    .raw(">")
                    .text(words)
                    .raw("</a>");
            }
            None => {
                self.html.text(words);
            }
        }
    }

    /// A link that still leads to a thing when the story has grown and numbers things anew.
    pub fn lasting(&mut self, key: &str, id: &str) {
        let Some(Site { address, marks, .. }) = self.site.filter(|_| !key.is_empty()) else {
            return;
        };
        self.html
            .raw("<a class=\"key\" title=\"A link that lasts\"")
            .attr("href", &format!("{address}/{key}"))
            .attr("aria-label", &format!("A link to {id} that lasts"))
            .raw(">¶</a>");
        self.html
            .raw("<input class=\"key\" type=\"checkbox\" form=\"cite\" name=\"key\"")
            .attr("value", key)
            .attr("aria-label", &format!("Tick {id} to cite it"))
            .raw(">");
        if let Some(story) = marks {
            let href = format!("/marks/new?story={}&key={key}", super::site::escape(story));
            self.html
                .raw("<a class=\"key\" title=\"Decide or note something\"")
                .attr("href", &href)
                .attr("aria-label", &format!("Decide or note something of {id}"))
                .raw(">✎</a>");
        }
    }

    /// A link to a draft of a check for each side of a dispute.
    pub fn draft(&mut self, key: &str, id: &str) {
        if let Some(site) = self.site.filter(|_| !key.is_empty()) {
            self.html
                .raw("<a class=\"key\" title=\"A ClaimReview for each side, for a person to fill in\"")
                .attr("href", &format!("/cite/claimreview{}?key={key}", site.address))
                .attr("aria-label", &format!("A draft of a check of {id}"))
                .raw(">draft a check</a>");
        }
    }

    /// Opens a section with its heading.
    pub fn section(&mut self, id: &'static str, heading: &'static str, note: &'static str) {
        self.html
            .raw("<section class=\"part\" id=\"s")
            .number(self.number)
            .raw(id)
            .raw("\"");
        self.hide(!self.shows(id));
        self.html.raw("><h3>").raw(heading).raw("</h3>");
        if !note.is_empty() {
            self.html.raw("<p class=\"note\">").raw(note).raw("</p>");
        }
    }

    /// A numbered mark that opens a passage, labelled with its outlet.
    pub fn mark(&mut self, mention: &'r Mention, why: Why) {
        self.mark_all(std::iter::once(mention), why);
    }

    /// Opens a link to a passage, up to its last attribute; gives the passage's number.
    pub fn open_mark(
        &mut self,
        mention: &'r Mention,
        why: Why,
        class: &'static str,
        label: &str,
    ) -> usize {
        let (number, first) = self.marks.number(mention, why);
        self.html
            .raw("<a class=\"")
            .raw(class)
            .raw("\" href=\"#s")
            .number(self.number)
            .raw("e")
            .number(number)
            .raw("\"");
        if first {
            self.html
                .raw(" id=\"s")
                .number(self.number)
                .raw("u")
                .number(number)
                .raw("\"");
        }
        self.html
            .attr("aria-label", &format!("{label}, passage {number}"));
        number
    }

    /// Numbered marks for some passages, one label an outlet, as many as fit.
    pub fn mark_all(&mut self, mentions: impl Iterator<Item = &'r Mention>, why: Why) {
        let mut outlets: Vec<(String, Vec<&'r Mention>)> = Vec::new();
        for mention in mentions {
            let outlet = self.view.outlet(&mention.article);
            match outlets.iter_mut().find(|(known, _)| *known == outlet) {
                Some((_, list)) if list.contains(&mention) => {}
                Some((_, list)) => list.push(mention),
                None => outlets.push((outlet, vec![mention])),
            }
        }
        self.html.raw("<span class=\"evs\">");
        for (outlet, mentions) in outlets.iter().take(OUTLETS) {
            self.html
                .raw("<span class=\"ev\"><span>")
                .text(outlet)
                .raw("</span>");
            for mention in mentions.iter().take(MARKS) {
                let number = self.open_mark(mention, why, "n", outlet);
                self.html.raw(">").number(number).raw("</a>");
            }
            self.left(mentions.len(), MARKS);
            self.html.raw("</span>");
        }
        self.left(outlets.len(), OUTLETS);
        self.html.raw("</span>");
    }

    /// Says how many are not shown.
    fn left(&mut self, all: usize, shown: usize) {
        if all > shown {
            self.html
                .raw("<span class=\"more\">+")
                .number(all - shown)
                .raw("</span>");
        }
    }
}

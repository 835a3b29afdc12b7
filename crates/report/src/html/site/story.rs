//! A story's page: the part that the single file has of it, with what happened to it since and where its
//! people and organisations are met elsewhere.

use std::collections::HashMap;

use super::marks::Decision;
use super::{address, citations, cite, link, page, time};
pub use crate::html::desk::Sieve;
use crate::html::desk::Site;
use crate::html::markup::Html;
use crate::html::story as part;
use crate::view::{View, count, published};
use crate::wire::{Report, Story};

/// Something that happened to a story.
#[derive(Clone, Debug, Default)]
pub struct Happened {
    /// When, RFC 3339.
    pub at: String,
    /// What: the store's word for it.
    pub kind: String,
    /// The article, its id and outlet.
    pub article: Option<(String, String)>,
    /// The other story's id.
    pub other: Option<String>,
}

/// What a story's page has beside its report.
#[derive(Clone, Debug, Default)]
pub struct StoryPage {
    /// What happened, the latest first.
    pub history: Vec<Happened>,
    /// Its names that stand in other stories too: id across stories, spelling, how many stories.
    pub elsewhere: Vec<(String, String, u64)>,
    /// The matter that it is one event of, where it goes on, in order of time, this story among them.
    pub chain: Vec<Event>,
    /// The ids that its names have across stories, by those that they have in it.
    pub names: HashMap<String, String>,
    /// What readers decided and noted, the latest first.
    pub decisions: Vec<Decision>,
    /// Whether who has the right may decide something.
    pub changes: bool,
    /// Whether its articles changed since it was compared, or readers decided something.
    pub stale: bool,
}

/// One event of a matter that goes on.
#[derive(Clone, Debug)]
pub struct Event {
    /// The story's id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its first day, as people write it.
    pub day: Option<String>,
    /// How many articles tell it.
    pub articles: u64,
}

/// Writes the page; the report is of one story, of which `sieve` lets stay what has some words.
pub fn story(report: &Report, of: &StoryPage, sieve: Option<Sieve<'_>>) -> String {
    let view = View::new(report);
    let Some(story) = report.stories.first() else {
        return super::trouble("No story", "It is not compared yet.");
    };
    page(&story.title, "", |html| {
        if of.stale {
            html.raw("<p class=\"notice\" role=\"status\">Articles came or changed, or readers decided something, since this was compared.</p>");
        }
        html.part(part::write(
            &view,
            story,
            1,
            Some(Site {
                address: &address("stories", &story.id),
                names: &of.names,
                marks: of.changes.then_some(story.id.as_str()),
                sieve,
            }),
        ));
        if of.changes {
            super::following::follow(html, &story.id);
        }
        super::marks::list(html, &story.id, &of.decisions, of.changes);
        if of.chain.len() > 1 {
            html.raw("<section class=\"part\" id=\"matter\"><h3>One event of a matter that goes on</h3><ol class=\"chain\">");
            for one in &of.chain {
                html.raw(if one.id == story.id {
                    "<li aria-current=\"true\">"
                } else {
                    "<li>"
                });
                html.raw("<time>")
                    .text(one.day.as_deref().unwrap_or("no day"))
                    .raw("</time> ");
                link(html, &address("stories", &one.id), &one.title);
                html.raw(" <b>")
                    .text(&count(one.articles, "article"))
                    .raw("</b></li>");
            }
            html.raw("</ol></section>");
        }
        if !of.elsewhere.is_empty() {
            html.raw("<section class=\"part\" id=\"elsewhere\"><h3>In other stories</h3><ul class=\"tally\">");
            for (id, name, stories) in &of.elsewhere {
                html.raw("<li>");
                link(html, &address("names", id), name);
                html.raw(" <b>").text(&match stories {
                    1 => "1 story".to_owned(),
                    stories => format!("{stories} stories"),
                });
                html.raw("</b></li>");
            }
            html.raw("</ul></section>");
        }
        pages(html, &view, story, of.changes);
        history(html, &of.history);
    })
}

/// Where something of a story stands on its page, by its id.
pub fn place(story: &str, id: &str) -> String {
    anchor(&address("stories", story), id)
}

/// The same, of a story's address.
pub(in crate::html) fn anchor(address: &str, id: &str) -> String {
    format!("{address}#s1{id}")
}

/// Pairs of articles that are offered side by side.
const PAIRS: usize = 12;

/// Links to the pages of its articles, and to those that share text, two side by side.
fn pages(html: &mut Html, view: &View<'_>, story: &Story, changes: bool) {
    html.raw("<section class=\"part\" id=\"pages\"><h3>Its articles alone and side by side</h3><ul class=\"tally\">");
    for id in &story.articles {
        html.raw("<li>");
        link(html, &address("articles", id), &view.outlet(id));
        if let Some(at) = view.article(id).and_then(published) {
            html.raw(" <b>").text(&at).raw("</b>");
        }
        if changes {
            let (story, article) = (super::escape(&story.id), super::escape(id));
            html.raw(" ");
            link(
                html,
                &format!("/marks/new?story={story}&article={article}"),
                "not this story?",
            );
        }
        html.raw("</li>");
    }
    html.raw("</ul><ul class=\"tally\">");
    let copies = story.copies.iter().map(|copy| (&copy.a, &copy.b));
    let first = story.articles.first().zip(story.articles.get(1));
    let pairs = copies.chain(first.filter(|_| story.copies.is_empty()));
    for (a, b) in pairs.take(PAIRS) {
        let href = format!("/compare?a={}&b={}", super::escape(a), super::escape(b));
        html.raw("<li>");
        link(
            html,
            &href,
            &format!("{} and {} side by side", view.outlet(a), view.outlet(b)),
        );
        html.raw("</li>");
    }
    html.raw("</ul>");
    citations(html, "stories", &story.id);
    cite::ticked(html, &story.id);
    html.raw("</section>");
}

fn history(html: &mut Html, history: &[Happened]) {
    if history.is_empty() {
        return;
    }
    html.raw("<section class=\"part\" id=\"history\"><h3>How it grew</h3><details><summary>")
        .text(&count(history.len(), "step"))
        .raw("</summary><ol class=\"history\" data-seen>");
    for step in history {
        html.raw("<li").attr("data-at", &step.at).raw(">");
        time(html, &step.at);
        html.raw(" ").text(match step.kind.as_str() {
            "opened" => "began",
            "joined" => "an article came",
            "changed" => "an article changed",
            "merged" => "another story turned out to be this one",
            "split" => "a part became a story of its own",
            "left" => "an article left",
            "removed" => "an article was removed",
            other => other,
        });
        if let Some((id, outlet)) = &step.article {
            html.raw(": ");
            link(html, &address("articles", id), outlet);
        }
        if let Some(other) = &step.other {
            html.raw(": ");
            link(html, &address("stories", other), other);
        }
        html.raw("</li>");
    }
    html.raw("</ol></details></section>");
}

//! What a search finds, and the searches that are kept.

use super::lists::{days, outlets};
use super::within::{self, Of, Within, marked};
use super::{address, escape, link, page, time, token};
use crate::html::markup::Html;
use crate::view::count;

/// An article with the words that were searched for.
#[derive(Clone, Debug, Default)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its outlet.
    pub outlet: String,
    /// When it was published.
    pub published: String,
    /// Its story.
    pub story: Option<String>,
    /// The passage.
    pub passage: String,
    /// Where in it the words stand, in bytes.
    pub marks: Vec<std::ops::Range<usize>>,
}

/// A search, and what it finds.
#[derive(Clone, Debug, Default)]
pub struct SearchPage {
    /// The words.
    pub words: String,
    /// The outlets to choose from.
    pub outlets: Vec<String>,
    /// Only of this outlet.
    pub outlet: String,
    /// Only from this day on.
    pub from: String,
    /// Only up to this day.
    pub to: String,
    /// Names that have these words: id, kind, name, how many stories.
    pub names: Vec<(String, String, String, u64)>,
    /// What is searched.
    pub of: Of,
    /// Articles that have them.
    pub hits: Vec<Hit>,
    /// Claims or quotations that have them.
    pub within: Within,
    /// Whether there is more.
    pub next: Option<i64>,
    /// Whether who has the token may keep it from here.
    pub kept_here: bool,
}

impl SearchPage {
    /// Its address, with the part before the `?` given.
    fn address(&self, before: &str) -> String {
        let mut out = format!("{before}?q={}", escape(&self.words));
        for (key, value) in [
            ("outlet", &self.outlet),
            ("from", &self.from),
            ("to", &self.to),
        ] {
            if !value.is_empty() {
                out.push_str(&format!("&{key}={}", escape(value)));
            }
        }
        if self.of != Of::Articles {
            out.push_str(&format!("&of={}", self.of.word()));
        }
        out
    }
}

/// What was found.
pub fn search(of: &SearchPage) -> String {
    let title = match of.words.is_empty() {
        true => "Search".to_owned(),
        false => format!("Search: {}", of.words),
    };
    page(&title, &of.words, |html| {
        html.raw("<h1 class=\"title\">").text(&title).raw("</h1>");
        html.raw("<form class=\"filters\" action=\"/search\"><input type=\"hidden\" name=\"q\"")
            .attr("value", &of.words)
            .raw(">");
        html.raw("<fieldset class=\"of\"><legend>What is searched</legend>");
        for (one, word, name) in Of::ALL {
            html.raw("<label><input type=\"radio\" name=\"of\"")
                .attr("value", word)
                .raw(if one == of.of { " checked> " } else { "> " })
                .raw(name)
                .raw("</label>");
        }
        html.raw("</fieldset>");
        outlets(html, &of.outlets, &of.outlet);
        days(html, &of.from, &of.to);
        html.raw("<button type=\"submit\">Show</button></form>");
        if !of.names.is_empty() {
            html.raw("<ul class=\"tally\" aria-label=\"Names\">");
            for (id, kind, name, stories) in &of.names {
                html.raw("<li>");
                link(html, &address("names", id), name);
                html.raw(" <b>")
                    .text(&format!("{kind}, {}", count(*stories, "story")))
                    .raw("</b></li>");
            }
            html.raw("</ul>");
        }
        if of.words.trim().is_empty() {
            html.raw("<p class=\"nothing\">Write words into the field above.</p>");
        } else if of.hits.is_empty() && of.within.stories.is_empty() {
            html.raw(match (of.of, of.next) {
                (Of::Articles, _) => "<p class=\"nothing\">No article has all these words. A word may be begun (<code>corrobor*</code>); words side by side stand in quote marks.</p>",
                (Of::Claims, None) => "<p class=\"nothing\">No claim has all these words in one passage. An article may have them further apart.</p>",
                (Of::Quotes, None) => "<p class=\"nothing\">No quote has all these words in one passage. An article may have them further apart.</p>",
                (_, Some(_)) => "<p class=\"nothing\">Nothing in the articles that were looked at; older ones have the words too.</p>",
            });
        }
        match of.of {
            Of::Articles => {
                if !of.words.is_empty() {
                    keep(html, of);
                }
                html.raw("<ol class=\"hits\">");
                for hit in &of.hits {
                    self::hit(html, hit);
                }
                html.raw("</ol>");
            }
            what if !of.words.is_empty() => within::write(html, &of.within, &of.words, what),
            _ => {}
        }
        if let Some(next) = of.next {
            html.raw("<p class=\"next\">");
            let next = format!("{}&before={next}", of.address("/search"));
            link(html, &next, "More");
            html.raw("</p>");
        }
    })
}

/// How to be told of what comes.
fn keep(html: &mut Html, of: &SearchPage) {
    html.raw("<p class=\"note\">");
    link(
        html,
        &of.address("/feeds/search.atom"),
        "Feed of this search",
    );
    html.raw(" · ");
    link(html, "/searches", "Searches that are kept");
    html.raw("</p>");
    if !of.kept_here {
        return;
    }
    html.raw("<details class=\"keep\"><summary>Keep this search</summary><form class=\"filters\" action=\"/searches\" method=\"post\"><input type=\"hidden\" name=\"words\"")
        .attr("value", &of.words)
        .raw("><input type=\"hidden\" name=\"outlet\"")
        .attr("value", &of.outlet)
        .raw("><label>Name <input name=\"name\" required maxlength=\"64\"></label><label>Address that is told <input name=\"hook\" type=\"url\" placeholder=\"none\"></label>");
    token(html);
    html.raw("<button type=\"submit\">Keep</button></form></details>");
}

fn hit(html: &mut Html, hit: &Hit) {
    html.raw("<li><h2 dir=\"auto\" class=\"words\">");
    link(html, &address("articles", &hit.id), &hit.title);
    html.raw("</h2><p class=\"facts\">").text(&hit.outlet);
    if !hit.published.is_empty() {
        html.raw(" · ");
        time(html, &hit.published);
    }
    if let Some(story) = &hit.story {
        html.raw(" · ");
        link(html, &address("stories", story), "its story");
    }
    html.raw("</p><p class=\"words\" dir=\"auto\">");
    marked(html, &hit.passage, &hit.marks);
    html.raw("</p></li>\n");
}

/// A search that is kept.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Its words.
    pub words: String,
    /// Only of this outlet.
    pub outlet: String,
    /// Whether somebody is told of what comes.
    pub hooked: bool,
    /// What came last.
    pub hits: Vec<Hit>,
}

/// The searches that are kept, each with what it found last; `kept_here`: whether who has the token may let
/// one go from here.
pub fn searches(kept: &[Kept], kept_here: bool) -> String {
    page("Saved searches", "", |html| {
        html.raw("<h1 class=\"title\">Saved searches</h1><p class=\"note\">");
        link(html, "/followed", "Followed stories");
        html.raw("</p>");
        if kept.is_empty() {
            html.raw("<p class=\"nothing\">No search is kept. <code>crossread search WORD… --save NAME</code> keeps one.</p>");
        }
        for one in kept {
            html.raw("<section class=\"part\"><h2>")
                .text(&one.name)
                .raw("</h2><p class=\"note\">");
            let search = SearchPage {
                words: one.words.clone(),
                outlet: one.outlet.clone(),
                ..SearchPage::default()
            };
            link(html, &search.address("/search"), &one.words);
            if !one.outlet.is_empty() {
                html.raw(" · only ").text(&one.outlet);
            }
            if one.hooked {
                html.raw(" · what comes is posted to its hook");
            }
            for (end, what) in [("atom", "Atom"), ("json", "JSON Feed")] {
                html.raw(" · ");
                let feed = format!("{}.{end}", address("feeds/searches", &one.name));
                link(html, &feed, what);
            }
            html.raw("</p>");
            if one.hits.is_empty() {
                html.raw("<p class=\"nothing\">No article fits yet.</p>");
            }
            html.raw("<ol class=\"hits\">");
            for hit in &one.hits {
                self::hit(html, hit);
            }
            html.raw("</ol><p class=\"next\">");
            link(html, &search.address("/search"), "All that it finds");
            html.raw("</p>");
            if kept_here {
                html.raw("<details class=\"keep\"><summary>Let it go</summary><form class=\"filters\" action=\"/searches\" method=\"post\"><input type=\"hidden\" name=\"forget\"")
                    .attr("value", &one.name)
                    .raw(">");
                token(html);
                html.raw("<button type=\"submit\">Let it go</button></form></details>");
            }
            html.raw("</section>");
        }
    })
}

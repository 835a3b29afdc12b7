//! An article's page, and two side by side.

use std::collections::HashMap;

use super::story::anchor;
use super::{address, citations, cite, differs, link, page, time};
use crate::cite::at_words;
use crate::html::article as part;
use crate::html::bars::{self, Bar};
use crate::html::marks::Mark;
use crate::html::markup::{Html, link as web};
use crate::offsets::CodePoints;
use crate::view::{count, genre, outlet};
use crate::wire::{Article, Copy, Mention, Verdict};

/// What an article's page shows.
pub struct ArticlePage {
    /// The article, in the version shown.
    pub article: Article,
    /// The version shown, and how many there are.
    pub version: (u32, u32),
    /// When each version was fetched, RFC 3339, the first first.
    pub fetched: Vec<String>,
    /// Its story: id, headline.
    pub story: Option<(String, String)>,
    /// Passages by layer: claims, quotes, disputes, shared text, names; with the id of what they lead to in
    /// the story, where they lead anywhere.
    pub passages: Vec<(Mention, Layer, Option<String>)>,
    /// Its sentences, as code points, each with the claim that it states, where its story's report is of this version:
    /// the claim's id, what the outlets make of it, how many of them state it.
    pub sentences: Vec<Sentence>,
    /// What changed from the version before: taken out, put in; paragraphs.
    pub changes: Vec<(String, String)>,
}

/// A sentence's first and one past its last code point, and the claim that it states.
pub type Sentence = ([u32; 2], Option<(String, Verdict, u32)>);

/// A layer of an article's text.
pub use crate::html::marks::Why as Layer;

/// The layers with their names, in the order of the switches.
const LAYERS: [(&str, &str); 5] = [
    ("claim", "Claims"),
    ("quote", "Quotes"),
    ("dispute", "Disputed"),
    ("copy", "Shared text"),
    ("name", "Names"),
];

/// The marks of some passages, and for each mark's number the ids of what it leads to.
fn marks(
    passages: &[(Mention, Layer, Option<String>)],
) -> (Vec<Mark>, HashMap<usize, Vec<String>>) {
    let mut marks: Vec<Mark> = Vec::new();
    let mut numbers: HashMap<(u32, u32), usize> = HashMap::new();
    let mut leads: HashMap<usize, Vec<String>> = HashMap::new();
    for (mention, layer, id) in passages {
        let at = *numbers
            .entry((mention.start, mention.end))
            .or_insert(marks.len());
        match marks.get_mut(at) {
            Some(mark) => mark.why |= *layer as u8,
            None => marks.push(Mark {
                start: mention.start,
                end: mention.end,
                number: at + 1,
                why: *layer as u8,
            }),
        }
        if let Some(id) = id {
            let ids = leads.entry(at + 1).or_default();
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
    }
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.number));
    (marks, leads)
}

/// The page of an article.
pub fn article(of: &ArticlePage) -> String {
    let title = of.article.title.as_deref().unwrap_or("(no headline)");
    page(title, "", |html| {
        html.raw("<nav class=\"where\" aria-label=\"Where this is from\"><p>");
        match of.article.outlet.as_deref() {
            Some(name) => link(html, &address("outlets", name), &outlet(&of.article)),
            None => {
                html.text(&outlet(&of.article));
            }
        }
        if let Some(genre) = genre(&of.article) {
            html.raw(" · ").raw(genre);
        }
        if let Some((id, title)) = &of.story {
            html.raw(" · in the story ");
            link(html, &address("stories", id), title);
        }
        if let Some(url) = of.article.url.as_deref().and_then(web) {
            html.raw(" · ");
            html.raw("<a rel=\"noreferrer noopener\"")
                .attr("href", &at_sentence(url, &of.article.text))
                .raw(">the page itself</a>");
        }
        html.raw("</p>");
        citations(html, "articles", &of.article.id);
        cite::words(html, &of.article.id);
        versions(html, of);
        html.raw("</nav><form class=\"layers\" aria-label=\"Layers\">");
        for (class, name) in LAYERS {
            html.raw("<label><input type=\"checkbox\" checked")
                .attr("value", class)
                .raw("> <span")
                .attr("class", &format!("k-{class}"))
                .raw(">")
                .text(name)
                .raw("</span></label>");
        }
        html.raw("</form>");
        changes(html, &of.changes);
        let (marks, leads) = marks(&of.passages);
        let story = of.story.as_ref();
        let story = story.map_or(String::new(), |(id, _)| address("stories", id));
        let back = part::Back::Story(&story, &leads);
        let bars = bars(of, &story);
        bars::legend(html, &bars);
        part::write_with(html, &of.article, &marks, 1, 1, back, &bars);
    })
}

/// Letters of a sentence that are asked about.
const ASKED: usize = 400;

/// The bars in the margin, of a story's address.
fn bars(of: &ArticlePage, story: &str) -> Vec<Bar> {
    let points = CodePoints::new(&of.article.text);
    let bar = |([start, end], claim): &Sentence| {
        let at = points.to_byte(*start as usize)..points.to_byte(*end as usize);
        let href = match claim {
            Some((id, _, _)) => anchor(story, id),
            None => {
                let words = of.article.text.get(at.clone()).unwrap_or_default();
                let words: String = words.chars().take(ASKED).collect();
                format!("/ask?q={}", super::escape(words.trim()))
            }
        };
        Bar {
            at,
            verdict: claim.as_ref().map(|(_, verdict, _)| *verdict),
            href,
            claim: claim
                .as_ref()
                .map(|(id, _, outlets)| (id.clone(), *outlets)),
        }
    };
    of.sentences.iter().map(bar).collect()
}

/// The page's address with a text fragment that opens it at the article's first sentence.
fn at_sentence(url: &str, text: &str) -> String {
    const WORDS: usize = 6;
    let first: Vec<&str> = text.split_whitespace().take(WORDS).collect();
    at_words(url, &first.join(" ")).unwrap_or_else(|| url.to_owned())
}

fn versions(html: &mut Html, of: &ArticlePage) {
    let (shown, all) = of.version;
    html.raw("<p class=\"note\">");
    for (number, at) in (1..).zip(&of.fetched) {
        if number > 1 {
            html.raw(" · ");
        }
        if number == shown {
            html.raw("<b>version ")
                .number(number as usize)
                .raw("</b>, fetched ");
        } else {
            let href = format!("{}?version={number}", address("articles", &of.article.id));
            link(html, &href, &format!("version {number}"));
            html.raw(", fetched ");
        }
        time(html, at);
    }
    if shown < all {
        html.raw(" · <strong>a later version replaced this one</strong>");
    }
    html.raw("</p>");
}

fn changes(html: &mut Html, changes: &[(String, String)]) {
    if changes.is_empty() {
        return;
    }
    html.raw("<section class=\"part changes\"><h2>What changed from the version before</h2>");
    for (out, new) in changes {
        html.raw("<div class=\"change\">");
        if !out.is_empty() {
            html.raw("<p><del class=\"words\" dir=\"auto\">")
                .text(out)
                .raw("</del></p>");
        }
        if !new.is_empty() {
            html.raw("<p><ins class=\"words\" dir=\"auto\">")
                .text(new)
                .raw("</ins></p>");
        }
        html.raw("</div>");
    }
    html.raw("</section>");
}

/// One of two articles.
pub struct Side {
    /// The article.
    pub article: Article,
    /// The passages that the other has too.
    pub shared: Vec<Mention>,
    /// Lines of its page that are not the article's.
    pub left_out: Vec<String>,
}

/// Two articles side by side, what they share marked and numbered alike.
pub fn compare(a: &Side, b: &Side, copy: Option<&Copy>) -> String {
    let title = format!("{} and {}", outlet(&a.article), outlet(&b.article));
    page(&title, "", |html| {
        html.raw("<h1 class=\"title\">").text(&title).raw("</h1>");
        let passages = copy.iter().flat_map(|copy| &copy.passages);
        let differ: Vec<Mention> = passages
            .flat_map(|passage| {
                let (own, theirs) = differs::between(&passage.a, &passage.b);
                own.into_iter().chain(theirs)
            })
            .collect();
        match copy {
            Some(copy) => {
                html.raw("<ul class=\"because\">");
                for reason in &copy.because {
                    html.raw("<li>").text(reason).raw("</li>");
                }
                html.raw("</ul><p class=\"note\"><mark class=\"k-copy\">shared text</mark>");
                if !differ.is_empty() {
                    html.raw(" <mark class=\"k-differs\">where its words differ</mark>");
                }
                html.raw("</p>");
            }
            None => {
                html.raw("<p class=\"note\">No text that they share is of one origin, as far as can be seen.</p>");
            }
        }
        html.raw("<div class=\"pair\">");
        for (number, side) in [(1, a), (2, b)] {
            // Shared passages first: their numbers are the same on both sides.
            let shared = side.shared.iter().map(|m| (m.clone(), Layer::Copy, None));
            let own = differ.iter().filter(|m| m.article == side.article.id);
            let own = own.map(|m| (m.clone(), Layer::Differs, None));
            let passages: Vec<_> = shared.chain(own).collect();
            html.raw("<div>");
            let other = part::Back::Other(3 - number);
            let (marks, _) = marks(&passages);
            part::write_with(html, &side.article, &marks, number, 1, other, &[]);
            html.raw("<p class=\"note\">");
            link(
                html,
                &address("articles", &side.article.id),
                "the article alone",
            );
            html.raw("</p>");
            left_out(html, &side.left_out);
            html.raw("</div>");
        }
        html.raw("</div>");
    })
}

/// What the page has beside the article.
fn left_out(html: &mut Html, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    html.raw("<details class=\"furniture\"><summary>Left out of the page as furniture: ")
        .text(&count(lines.len(), "line"))
        .raw("</summary>");
    for line in lines {
        html.raw("<p dir=\"auto\">").text(line).raw("</p>");
    }
    html.raw("</details>");
}

//! What readers decide and note of a story: the list of it on the story's page, and the page on which it is done. A
//! person's decision is shown as that person's, never as the program's.

use super::{address, link, page, signed, time};
use crate::html::markup::Html;
use crate::view::count;

/// What a reader decided or noted.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// Its id.
    pub id: String,
    /// What it does: the store's word for it.
    pub kind: String,
    /// Whose it is.
    pub by: String,
    /// When it was made, RFC 3339.
    pub at: String,
    /// What lasts of the claim, quotation or dispute; empty for an article.
    pub key: String,
    /// The passages that it is about, each with its outlet.
    pub about: Vec<(String, String)>,
    /// What its maker has to say.
    pub note: String,
    /// Who took it back, and when.
    pub undone: Option<(String, String)>,
}

/// A passage that something can be said of.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What the form sends for it.
    pub value: String,
    /// The outlet; empty where it is a claim.
    pub outlet: String,
    /// Its words.
    pub text: String,
}

/// What a reader may decide of one thing.
#[derive(Clone, Debug, Default)]
pub struct MarkPage {
    /// The story's id and headline.
    pub story: (String, String),
    /// What lasts of the thing; empty for an article.
    pub key: String,
    /// What it is: claim, quotation, dispute, article.
    pub what: &'static str,
    /// Its passages.
    pub passages: Vec<Choice>,
    /// Other claims of the story.
    pub claims: Vec<Choice>,
    /// The name that the reader goes by, where a proxy told it.
    pub by: Option<String>,
}

/// What a decision does, in a person's name.
fn says(kind: &str) -> &'static str {
    match kind {
        "checked" => "checked this",
        "wrong-match" => "set a passage apart",
        "one-claim" => "put two claims together",
        "wrong-speaker" => "says that this speaker is wrong",
        "not-this-story" => "took an article out of this story",
        _ => "notes",
    }
}

/// The list of what was decided, with a button for each that takes it back.
pub(super) fn list(html: &mut Html, story: &str, decisions: &[Decision], open: bool) {
    if decisions.is_empty() {
        return;
    }
    html.raw("<section class=\"part\" id=\"decided\"><h3>What readers decided</h3><p class=\"note\">People’s decisions and notes, not the program’s findings. What they decide holds in the comparison above.</p><ol class=\"decided\">");
    for one in decisions {
        html.raw(if one.undone.is_some() {
            "<li class=\"undone\">"
        } else {
            "<li>"
        });
        html.raw("<p><b dir=\"auto\">").text(&one.by).raw("</b> ");
        html.text(says(&one.kind)).raw(", ");
        time(html, &one.at);
        if !one.key.is_empty() {
            html.raw(" · ");
            let href = format!("{}/{}", address("stories", story), super::escape(&one.key));
            link(html, &href, "where it stands");
        }
        html.raw("</p>");
        for (outlet, text) in one.about.iter().take(SHOWN) {
            html.raw("<blockquote dir=\"auto\"><p>")
                .text(text)
                .raw("</p>");
            html.raw("<footer>")
                .text(outlet)
                .raw("</footer></blockquote>");
        }
        if one.about.len() > SHOWN {
            let more = count(one.about.len() - SHOWN, "more passage");
            html.raw("<p class=\"note\">and ").text(&more).raw("</p>");
        }
        if !one.note.is_empty() {
            html.raw("<p dir=\"auto\" class=\"said\">")
                .text(&one.note)
                .raw("</p>");
        }
        match &one.undone {
            Some((by, at)) => {
                html.raw("<p class=\"note\">taken back by ")
                    .text(by)
                    .raw(", ");
                time(html, at);
                html.raw("</p>");
            }
            None if open => {
                html.raw("<details><summary>Take it back</summary><form class=\"filters\" action=\"/marks/undo\" method=\"post\"><input type=\"hidden\" name=\"id\"")
                    .attr("value", &one.id)
                    .raw(">");
                signed(html);
                html.raw("<button type=\"submit\">Take it back</button></form></details>");
            }
            None => {}
        }
        html.raw("</li>");
    }
    html.raw("</ol></section>");
}

/// Passages of one decision that are shown.
const SHOWN: usize = 3;

/// The page on which a reader decides something.
pub fn mark(of: &MarkPage) -> String {
    page("Decide or note something", "", |html| {
        html.raw("<p class=\"kicker\">");
        link(html, &address("stories", &of.story.0), &of.story.1);
        html.raw("</p><h1 class=\"title\">Decide or note something</h1><p class=\"note\">It is kept with your name and the time, shown as yours, and can be taken back. It stays when the story is compared anew.</p>");
        html.raw("<section class=\"part\"><h2>The ")
            .text(of.what)
            .raw("</h2><ul class=\"decided\">");
        for passage in &of.passages {
            html.raw("<li><blockquote dir=\"auto\"><p>")
                .text(&passage.text)
                .raw("</p><footer>");
            html.text(&passage.outlet)
                .raw("</footer></blockquote></li>");
        }
        html.raw("</ul></section>");
        if of.what == "claim" || of.what == "dispute" {
            form(html, of, "checked", "I have checked it: it holds", |_| {});
        }
        if of.what == "claim" && of.passages.len() > 1 {
            form(
                html,
                of,
                "wrong-match",
                "A passage does not state it",
                |html| {
                    choose(html, "passage", "Which", &of.passages);
                },
            );
        }
        if of.what == "claim" && !of.claims.is_empty() {
            form(html, of, "one-claim", "Another claim is the same", |html| {
                choose(html, "other", "Which", &of.claims);
            });
        }
        if of.what == "quotation" {
            form(html, of, "wrong-speaker", "Somebody else said it", |html| {
                choose(html, "passage", "In", &of.passages);
            });
        }
        if of.what == "article" {
            form(
                html,
                of,
                "not-this-story",
                "It tells of something else",
                |_| {},
            );
        }
        form(html, of, "note", "A note", |html| {
            html.raw("<label class=\"wide\">Note <textarea name=\"note\" rows=\"4\" maxlength=\"4000\" required dir=\"auto\"></textarea></label>");
        });
    })
}

fn form(
    html: &mut Html,
    of: &MarkPage,
    kind: &'static str,
    heading: &'static str,
    more: impl FnOnce(&mut Html),
) {
    html.raw("<section class=\"part\"><h2>").raw(heading).raw("</h2><form class=\"filters\" action=\"/marks\" method=\"post\"><input type=\"hidden\" name=\"kind\"").attr("value", kind);
    html.raw("><input type=\"hidden\" name=\"story\"")
        .attr("value", &of.story.0);
    html.raw("><input type=\"hidden\" name=\"key\"")
        .attr("value", &of.key)
        .raw(">");
    if of.what == "article"
        && let Some(article) = of.passages.first()
    {
        html.raw("<input type=\"hidden\" name=\"passage\"")
            .attr("value", &article.value)
            .raw(">");
    }
    more(html);
    if kind != "note" {
        html.raw(
            "<label>Why <input name=\"note\" maxlength=\"4000\" placeholder=\"optional\"></label>",
        );
    }
    match &of.by {
        Some(by) => {
            html.raw("<span>as <b>").text(by).raw("</b></span>");
        }
        None => signed(html),
    }
    html.raw("<button type=\"submit\">Keep</button></form></section>");
}

/// Letters of a passage in a list to choose from.
const CHOICE: usize = 90;

fn choose(html: &mut Html, name: &'static str, label: &'static str, of: &[Choice]) {
    html.raw("<label class=\"wide\">")
        .raw(label)
        .raw(" <select required name=\"")
        .raw(name)
        .raw("\">");
    for choice in of {
        html.raw("<option").attr("value", &choice.value).raw(">");
        if !choice.outlet.is_empty() {
            html.text(&choice.outlet).raw(": ");
        }
        html.text(&crate::clean::shorten(&choice.text, CHOICE))
            .raw("</option>");
    }
    html.raw("</select></label>");
}

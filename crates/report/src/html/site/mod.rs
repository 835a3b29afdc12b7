//! The reader's pages of a store: what the single file shows of some pages, for all of a newsroom's, one
//! page at a time. In: what the store has. Out: HTML in the same design, by the same templates; style and
//! script are files of the same site, so that its content policy can forbid all else.

mod adding;
mod answer;
mod article;
mod cite;
mod differs;
mod following;
mod found;
mod help;
mod lists;
mod marks;
mod paper;
mod story;
mod under;
mod watching;
mod within;

pub use adding::{AddPage, AddedPage, Came, add, added};
pub use answer::{answer, ask};
pub use article::{ArticlePage, Layer, Sentence, Side, article, compare};
pub use cite::{CitedPage, cited};
pub use following::{DigestPart, FollowedStory, FollowerRow, digest, followed};
pub use found::{Hit, Kept, SearchPage, search, searches};
pub use help::help;
pub use lists::{
    Card, Filter, NamePage, OutletPage, Said, Saying, front, name, outlet, trouble, waiting,
};
pub use marks::{Choice, Decision, MarkPage, mark};
pub use paper::paper;
pub(in crate::html) use story::anchor;
pub use story::{Event, Happened, Sieve, StoryPage, place, story};
pub use under::under;
pub use watching::{Source, WatchPage, watch};
pub use within::{InStory, Of, Thing, Told, Within};

use super::markup::Html;
use super::{FOOTER, PANEL};
use crate::cite::Style;

/// The style of every page, `/assets/page.css`.
pub const STYLE: &str = concat!(include_str!("../page.css"), include_str!("site.css"));
/// The script of every page, `/assets/page.js`.
pub const SCRIPT: &str = concat!(include_str!("../page.js"), include_str!("site.js"));

/// The sign of every page, `/assets/icon.svg`: lines that meet.
pub const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" fill=\"#1d1b18\"/><path d=\"M7 9h18M7 16h18M7 23h18\" stroke=\"#fbfaf7\" stroke-width=\"2.5\"/><path d=\"M10 5l12 22\" stroke=\"#e2b455\" stroke-width=\"2.5\"/></svg>";

/// A page around its parts.
fn page(title: &str, query: &str, body: impl FnOnce(&mut Html)) -> String {
    let mut html = Html::default();
    head(&mut html, title);
    html.raw("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Stories\" href=\"/feeds/stories.atom\">\n<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Disputes\" href=\"/feeds/disputes.atom\">\n<script src=\"/assets/page.js\" defer></script>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the page</a>\n<header class=\"top\"><p class=\"brand\"><a href=\"/\">Crossread</a></p><form class=\"find\" action=\"/search\" role=\"search\"><label class=\"hidden\" for=\"q\">Words to search for, or a sentence to ask about</label><input id=\"q\" name=\"q\" type=\"search\" placeholder=\"Words, or a sentence to ask about\" autocomplete=\"off\"");
    html.attr("value", query).raw("><button type=\"submit\">Search</button><button type=\"submit\" formaction=\"/ask\" title=\"Who states this sentence, who contradicts it\">Ask</button></form><a class=\"saved\" href=\"/searches\">Saved searches</a><a class=\"saved\" href=\"/add\">Add</a><a class=\"saved\" href=\"/watch\">Watched</a><a class=\"saved\" href=\"/help\">Help</a><button id=\"theme\" type=\"button\" hidden>Dark</button></header>\n<main id=\"main\">");
    body(&mut html);
    html.raw("</main>")
        .raw(PANEL)
        .raw(FOOTER)
        .raw("</body>\n</html>\n");
    html.into_string()
}

/// What opens every page, up to what its own head has.
fn head(html: &mut Html, title: &str) {
    html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"same-origin\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    html.text(title).raw(" · Crossread</title>\n<link rel=\"icon\" href=\"/assets/icon.svg\" type=\"image/svg+xml\">\n<link rel=\"stylesheet\" href=\"/assets/page.css\">\n");
}

/// The address of a thing of the store: its kind, then its id, escaped.
pub(super) fn address(kind: &str, id: &str) -> String {
    format!("/{kind}/{}", escape(id))
}

/// Percent-encodes what a path or query may not hold (RFC 3986, unreserved letters stay).
pub fn escape(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Links to citations of a thing: its kind, then its id.
fn citations(html: &mut Html, kind: &str, id: &str) {
    html.raw("<p class=\"note\">Cite: ");
    for (at, style) in Style::ALL.into_iter().enumerate() {
        if at > 0 {
            html.raw(" · ");
        }
        let href = format!("/cite/{}{}", style.ending(), address(kind, id));
        link(html, &href, style.title());
    }
    html.raw("</p>");
}

/// A form's fields for who sends it: the name where it may be anybody's, and the token, which a proxy's word may stand
/// for. A browser keeps both once they were typed.
fn signed(html: &mut Html) {
    html.raw("<label>Your name <input name=\"by\" maxlength=\"120\" autocomplete=\"name\" data-kept></label>");
    token(html);
}

/// The token alone.
fn token(html: &mut Html) {
    html.raw("<label>Token <input name=\"token\" type=\"password\" autocomplete=\"off\" data-kept></label>");
}

/// A link with text.
fn link(html: &mut Html, href: &str, text: &str) {
    html.raw("<a")
        .attr("href", href)
        .raw(">")
        .text(text)
        .raw("</a>");
}

/// A time: the day for people, the whole for programs.
fn time(html: &mut Html, at: &str) {
    html.raw("<time")
        .attr("datetime", at)
        .raw(">")
        .text(at.get(..10).unwrap_or(at))
        .raw("</time>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_addresses() {
        assert_eq!(address("stories", "s-a/b c?"), "/stories/s-a%2Fb%20c%3F");
    }
}

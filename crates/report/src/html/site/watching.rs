//! The page of what is watched.

use super::{page, signed, time};

/// Something that is watched.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Its address.
    pub url: String,
    /// Who asked for it and when; none where it was given to the program.
    pub by: Option<(String, String)>,
    /// What came of the last look.
    pub told: String,
    /// How often it failed since it last did not.
    pub failures: u32,
    /// When it is looked at again.
    pub next: Option<String>,
}

/// What is watched, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct WatchPage {
    /// Whether anything is watched by this server.
    pub runs: bool,
    /// Whether who has the token may change it.
    pub changes: bool,
    /// Looks at feeds, new articles, changed ones, failures, since the server began.
    pub counts: [u64; 4],
    /// What is waited for, and until when.
    pub waits: Option<(String, String)>,
    /// Why the watch could not go on.
    pub trouble: Option<String>,
    /// What is watched.
    pub sources: Vec<Source>,
}

/// The page.
pub fn watch(of: &WatchPage) -> String {
    page("What is watched", "", |html| {
        html.raw("<h1 class=\"title\">What is watched</h1>");
        if !of.runs {
            html.raw("<p class=\"nothing\">This server watches nothing. Start it with <code>--watch feeds.opml</code>, or with <code>--watch</code> alone for what is set up here.</p>");
            return;
        }
        if let Some(trouble) = &of.trouble {
            html.raw("<p class=\"notice\" role=\"alert\">It stopped and begins anew: ")
                .text(trouble)
                .raw("</p>");
        }
        let [looks, new, changed, failed] = of.counts;
        html.raw("<p class=\"note\" role=\"status\">Since the server began: ");
        html.text(&format!(
            "{looks} looks, {new} new articles, {changed} changed, {failed} failures."
        ));
        if let Some((address, until)) = &of.waits {
            html.raw(" Next: ")
                .text(address)
                .raw(", ")
                .text(clock(until))
                .raw(" UTC.");
        }
        html.raw("</p>");
        if of.changes {
            html.raw("<form class=\"filters\" action=\"/watch\" method=\"post\"><label class=\"wide\">Address of a feed, list, sitemap or page <input name=\"address\" type=\"url\" required placeholder=\"https://…\"></label>");
            signed(html);
            html.raw("<button type=\"submit\">Watch it</button></form>");
        }
        if of.sources.is_empty() {
            html.raw("<p class=\"nothing\">Nothing yet.</p>");
        }
        html.raw("<ul class=\"decided\">");
        for source in &of.sources {
            html.raw("<li><p><b>")
                .text(&source.url)
                .raw("</b></p><p class=\"facts\">");
            html.text(if source.told.is_empty() {
                "not looked at yet"
            } else {
                &source.told
            });
            if source.failures > 0 {
                html.text(&format!(" · failed {} times", source.failures));
            }
            if let Some(next) = &source.next {
                html.raw(" · next look ");
                time(html, next);
                html.text(&format!(" {} UTC", clock(next)));
            }
            match &source.by {
                Some((by, since)) => {
                    html.raw(" · since ");
                    time(html, since);
                    if !by.is_empty() {
                        html.raw(", ").text(by);
                    }
                }
                None => {
                    html.raw(" · given to the program");
                }
            }
            html.raw("</p>");
            if of.changes && source.by.is_some() {
                html.raw("<details><summary>Watch it no more</summary><form class=\"filters\" action=\"/watch\" method=\"post\"><input type=\"hidden\" name=\"forget\"").attr("value", &source.url).raw(">");
                signed(html);
                html.raw("<button type=\"submit\">Let it go</button></form></details>");
            }
            html.raw("</li>");
        }
        html.raw("</ul>");
    })
}

/// The time of day of an instant.
fn clock(at: &str) -> &str {
    at.get(11..16).unwrap_or(at)
}

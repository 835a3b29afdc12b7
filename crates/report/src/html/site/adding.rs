//! The page on which readers add pages, and the page that tells what came of them.

use super::{address, link, page, token};
use crate::html::markup::Html;
use crate::view::count;

/// What the page is opened with.
#[derive(Clone, Debug, Default)]
pub struct AddPage {
    /// An address to begin with.
    pub address: String,
    /// Whether who has the token may add something here.
    pub taken_here: bool,
}

/// An article that came.
#[derive(Clone, Debug, Default)]
pub struct Came {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its outlet.
    pub outlet: String,
    /// Its story.
    pub story: Option<String>,
}

/// What came of what a reader sent.
#[derive(Clone, Debug, Default)]
pub struct AddedPage {
    /// Its number.
    pub number: u64,
    /// Pages that are left.
    pub left: usize,
    /// Whether it is over.
    pub over: bool,
    /// Articles that were not there before.
    pub new: Vec<Came>,
    /// Articles that changed.
    pub changed: Vec<Came>,
    /// Articles that were there.
    pub known: Vec<Came>,
    /// What gave no article, and why.
    pub skipped: Vec<(String, String)>,
}

/// The page with the form.
pub fn add(of: &AddPage) -> String {
    page("Add pages", "", |html| {
        html.raw("<h1 class=\"title\">Add pages</h1>");
        if !of.taken_here {
            html.raw("<p class=\"nothing\">This server only reads. Who starts it with <code>--token-file</code> may add pages here.</p>");
            return;
        }
        html.raw("<form class=\"filters adding\" action=\"/add\" method=\"post\" enctype=\"multipart/form-data\"><label class=\"wide\">Addresses, one a line: they are fetched once, now <textarea name=\"addresses\" rows=\"3\" placeholder=\"https://…\">")
            .text(&of.address)
            .raw("</textarea></label>");
        html.raw("<label class=\"wide\">Files: saved pages (HTML, MHTML), PDF, DOCX, ODT, mail, records, WARC, ZIP; with one file the address above is the page’s <input name=\"file\" type=\"file\" multiple></label>");
        html.raw("<label class=\"wide\">Or text <textarea name=\"text\" rows=\"6\" dir=\"auto\"></textarea></label><label>Its headline <input name=\"title\" dir=\"auto\"></label><label>Its outlet <input name=\"outlet\" dir=\"auto\"></label>");
        token(html);
        html.raw("<button type=\"submit\">Add</button></form>");
        html.raw("<section class=\"part\"><h2>From the browser</h2><p>Drag this link to the bookmarks bar; on a page of news it opens this form with the page’s address: <a class=\"bookmark\" href=\"#\" data-bookmark hidden>Add to Crossread</a><span class=\"note\" data-bookmark-note> (needs scripts)</span></p><p class=\"note\">A page behind a login is not seen by this server: save it with the browser, or with the extension SingleFile, whose “REST form API” posts to <code>/api/v1/articles</code> with the token as authorization, <code>file</code> as the name of the data and <code>url</code> as that of the address.</p></section>");
    })
}

/// The page that tells what came of it; it loads itself until it is over.
pub fn added(of: &AddedPage) -> String {
    let title = if of.over {
        "What came of it"
    } else {
        "Reading …"
    };
    page(title, "", |html| {
        html.raw("<h1 class=\"title\">")
            .raw(if of.over {
                "What came of it"
            } else {
                "Reading …"
            })
            .raw("</h1>");
        html.raw("<p role=\"status\" class=\"note\"");
        if !of.over {
            html.raw(" data-again");
        }
        html.raw(">");
        let all = of.new.len() + of.changed.len() + of.known.len();
        html.text(&format!(
            "{} read, {} skipped",
            count(all, "page"),
            of.skipped.len()
        ));
        if of.over {
            html.raw(".");
        } else {
            html.text(&format!(", {} left. ", of.left));
            link(html, &format!("/add/{}", of.number), "Look again");
        }
        html.raw("</p>");
        list(html, "New", &of.new);
        list(html, "Changed", &of.changed);
        list(html, "Already here", &of.known);
        if !of.skipped.is_empty() {
            html.raw("<section class=\"part\"><h2>Skipped</h2><ul>");
            for (path, why) in &of.skipped {
                html.raw("<li><b>")
                    .text(path)
                    .raw("</b>: ")
                    .text(why)
                    .raw("</li>");
            }
            html.raw("</ul></section>");
        }
        html.raw("<p>");
        link(html, "/add", "Add more");
        html.raw("</p>");
    })
}

fn list(html: &mut Html, heading: &'static str, of: &[Came]) {
    if of.is_empty() {
        return;
    }
    html.raw("<section class=\"part\"><h2>")
        .raw(heading)
        .raw("</h2><ul>");
    for one in of {
        html.raw("<li dir=\"auto\">");
        link(html, &address("articles", &one.id), &one.title);
        if !one.outlet.is_empty() {
            html.raw(" · ").text(&one.outlet);
        }
        if let Some(story) = &one.story {
            html.raw(" · ");
            link(html, &address("stories", story), "its story");
        }
        html.raw("</li>");
    }
    html.raw("</ul></section>");
}

//! What a reader chose to cite: the form under a story and under an article that chooses, and the page of what was
//! chosen, in every style, to be copied or fetched as a file. It needs no script: what is ticked is asked for by the
//! form's address.

use super::{address, link, page};
use crate::cite::Style;
use crate::html::markup::Html;

/// What the page of a choice shows.
pub struct CitedPage<'c> {
    /// What it is of: "stories" or "articles", its id, its headline.
    pub of: (&'static str, &'c str, &'c str),
    /// What was chosen of it, as addresses have it: `key=…&key=…`; empty for all of it.
    pub query: &'c str,
    /// The passages, each with its outlet.
    pub passages: Vec<(String, String)>,
    /// Them in each style.
    pub told: Vec<(Style, String)>,
}

/// The page of a choice.
pub fn cited(of: &CitedPage<'_>) -> String {
    let (kind, id, headline) = of.of;
    let query = match of.query.is_empty() {
        true => String::new(),
        false => format!("?{}", of.query),
    };
    page("Cite", "", |html| {
        html.raw("<p class=\"kicker\">");
        link(html, &address(kind, id), headline);
        html.raw("</p><h1 class=\"title\">Cite</h1>");
        if of.passages.is_empty() {
            html.raw("<p class=\"note\">No passage was chosen: this cites the articles themselves. Tick claims, quotations and disputes on the page of the story, or give words of the article.</p>");
        } else {
            html.raw("<section class=\"part\"><h2>Passages</h2><ul class=\"decided\">");
            for (outlet, text) in &of.passages {
                html.raw("<li><blockquote dir=\"auto\"><p>")
                    .text(text)
                    .raw("</p><footer>")
                    .text(outlet)
                    .raw("</footer></blockquote></li>");
            }
            html.raw("</ul></section>");
        }
        for (style, told) in &of.told {
            let ending = style.ending();
            html.raw("<section class=\"part\"><h2>")
                .raw(style.title())
                .raw("</h2><p class=\"note\">");
            let file = format!("/cite/{ending}{}{query}", address(kind, id));
            link(html, &file, "As a file");
            html.raw(" <button type=\"button\" hidden")
                .attr("data-copy", &format!("told-{ending}"))
                .raw(">Copy</button></p><textarea class=\"told\" readonly rows=\"6\"")
                .attr("id", &format!("told-{ending}"))
                .attr("aria-label", style.title())
                .raw(">")
                .text(told)
                .raw("</textarea></section>");
        }
    })
}

/// The form that cites what is ticked on a story's page.
pub(super) fn ticked(html: &mut Html, story: &str) {
    html.raw("<form class=\"filters\" id=\"cite\"")
        .attr("action", &format!("/cite{}", address("stories", story)))
        .raw("><button type=\"submit\">Cite what is ticked</button><span class=\"note\">Tick the box at a claim, quotation or dispute.</span></form>");
}

/// The form that cites words of an article.
pub(super) fn words(html: &mut Html, article: &str) {
    html.raw("<details><summary>Cite words of it</summary><form class=\"filters\"")
        .attr("action", &format!("/cite{}", address("articles", article)))
        .raw("><label class=\"wide\">Words, as they stand in the article <textarea name=\"exact\" rows=\"3\" maxlength=\"2000\" required dir=\"auto\"></textarea></label><button type=\"submit\">Cite</button></form></details>");
}

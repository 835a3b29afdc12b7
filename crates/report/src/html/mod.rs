//! In: the wire report. Out: one HTML file that needs nothing else: no network, no other file. Its
//! content policy forbids everything but its own style and script, named by their hashes. Without
//! the script every mark still leads to its passage.

mod ancestry;
mod article;
mod bars;
mod claims;
mod desk;
mod hours;
mod lineage;
mod marks;
mod markup;
mod quotes;
mod reviews;
mod sift;
pub mod site;
mod story;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::view::{self, View, count};
use crate::wire::{Report, Story};
use markup::Html;

/// The page's style.
const STYLE: &str = include_str!("page.css");
/// The page's script.
const SCRIPT: &str = include_str!("page.js");

/// Where a passage is shown beside what points at it.
const PANEL: &str = "<aside id=\"panel\" role=\"dialog\" aria-labelledby=\"panel-title\" hidden><div class=\"bar\"><h2 id=\"panel-title\" tabindex=\"-1\">Passage</h2><button id=\"panel-close\" type=\"button\" aria-label=\"Close\">✕</button></div><div id=\"panel-body\"></div></aside>\n";
/// What the types mean.
const FOOTER: &str = "<footer><p>Words set <span class=\"words\">in this type</span> are the outlets’ own, to the letter. The rest is the program’s: it writes no sentence of its own about the news.</p></footer>\n";

/// Writes the page.
pub fn report(report: &Report) -> String {
    let view = View::new(report);
    let (many, single) = view.stories();
    let stories: Vec<&Story> = many.iter().chain(&single).copied().collect();
    let mut html = Html::default();
    head(&mut html, &stories);
    html.raw("<header class=\"top\"><h1 class=\"brand\">Crossread</h1><p class=\"sum\">");
    html.text(&count(report.articles.len(), "article"))
        .raw(" · ");
    html.text(&if stories.len() == 1 {
        "1 story".to_owned()
    } else {
        format!("{} stories", stories.len())
    });
    if !report.skipped.is_empty() {
        html.raw(" · <a href=\"#skipped\">")
            .number(report.skipped.len())
            .raw(" not read</a>");
    }
    html.raw("</p><button id=\"theme\" type=\"button\" hidden>Dark</button></header>\n<main id=\"main\">");
    if stories.len() > 1 {
        index(&mut html, &view, &stories);
    }
    for (index, story) in stories.iter().enumerate() {
        html.part(story::write(&view, story, index + 1, None));
    }
    if stories.is_empty() {
        html.raw("<p class=\"nothing\">Nothing was read.</p>");
    }
    skipped(&mut html, report);
    html.raw("</main>").raw(PANEL).raw(FOOTER).raw("<script>");
    html.raw(SCRIPT).raw("</script>\n</body>\n</html>\n");
    html.into_string()
}

fn head(html: &mut Html, stories: &[&Story]) {
    html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\"");
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        BASE64.encode(&Sha256::digest(STYLE)),
        BASE64.encode(&Sha256::digest(SCRIPT))
    );
    // The quotes of a policy's keywords arrive escaped, which HTML undoes before reading them.
    html.attr("content", &policy)
        .raw(">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    match stories {
        [] => html.raw("Crossread"),
        [story, ..] => html.text(&story.title).raw(" · Crossread"),
    };
    html.raw("</title>\n<style>")
        .raw(STYLE)
        .raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the report</a>\n");
}

/// The stories with their facts, where there is more than one.
fn index(html: &mut Html, view: &View<'_>, stories: &[&Story]) {
    html.raw("<nav class=\"index\" aria-label=\"Stories\"><h2>Stories</h2><ol>");
    for (index, story) in stories.iter().enumerate() {
        let outlets = view.outlets_of(story.articles.iter().map(String::as_str));
        html.raw("<li><a href=\"#s")
            .number(index + 1)
            .raw("\"><span class=\"title\" dir=\"auto\">")
            .text(&story.title);
        html.raw("</span></a><span class=\"facts\">");
        let mut facts = vec![
            count(story.articles.len(), "article"),
            count(outlets.len(), "outlet"),
        ];
        facts.extend(view::days(story));
        if !story.disputes.is_empty() {
            facts.push(count(story.disputes.len(), "dispute"));
        }
        html.text(&facts.join(" · ")).raw("</span></li>");
    }
    html.raw("</ol></nav>\n");
}

/// Inputs that gave no article.
fn skipped(html: &mut Html, report: &Report) {
    if report.skipped.is_empty() {
        return;
    }
    html.raw("<section class=\"skipped\" id=\"skipped\"><h2>Not read</h2><dl>");
    for skip in &report.skipped {
        html.raw("<dt>")
            .text(&skip.path)
            .raw("</dt><dd>")
            .text(&skip.reason)
            .raw("</dd>");
    }
    html.raw("</dl></section>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_script_load_nothing_and_cannot_end_early() {
        for part in [STYLE, SCRIPT] {
            for bad in [
                "http:",
                "https:",
                "url(",
                "@import",
                "</",
                "eval(",
                "innerHTML",
                "fetch(",
            ] {
                assert!(!part.contains(bad), "{bad}");
            }
        }
    }
}

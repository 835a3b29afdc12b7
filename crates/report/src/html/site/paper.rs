//! A story as a handout: its brief and its disputes on paper, with who says what and where it can be read written out.
//! In: a report of one story. Out: a page without anything that is only for a screen but the way back.

use super::{address, head, link};
use crate::because::file_name;
use crate::html::FOOTER;
use crate::html::markup::Html;
use crate::text::{dispute_word, verdict_word};
use crate::view::{self, View, count, outlet_and_genre, published};
use crate::wire::{Mention, Report, Story};

/// Passages of a side written out.
const SIDE: usize = 3;

/// Writes the page.
pub fn paper(report: &Report) -> String {
    let view = View::new(report);
    let Some(story) = report.stories.first() else {
        return super::trouble("No story", "It is not compared yet.");
    };
    let mut html = Html::default();
    head(&mut html, &story.title);
    html.raw("</head>\n<body class=\"paper\">\n<main id=\"main\"><p class=\"back-to\">");
    link(&mut html, &address("stories", &story.id), "To the story");
    html.raw("</p><p class=\"kicker\">");
    let mut facts = Vec::new();
    facts.extend(view::days(story));
    facts.extend(view::place(story));
    facts.push(count(story.articles.len(), "article"));
    facts.push(count(story.outlets.len(), "outlet"));
    html.text(&facts.join(" · "))
        .raw("</p><h1 class=\"title words\" dir=\"auto\">")
        .text(&story.title)
        .raw("</h1>");
    brief(&mut html, &view, story);
    disputes(&mut html, &view, story);
    sources(&mut html, &view, story);
    html.raw("</main>").raw(FOOTER).raw("</body>\n</html>\n");
    html.into_string()
}

/// Who says it: outlets by name, each with its number among the sources.
fn who<'m>(
    html: &mut Html,
    view: &View<'_>,
    story: &Story,
    mentions: impl Iterator<Item = &'m Mention>,
) {
    let mut seen: Vec<&str> = Vec::new();
    for mention in mentions {
        let id = mention.article.as_str();
        if seen.contains(&id) {
            continue;
        }
        html.raw(if seen.is_empty() { "" } else { ", " });
        seen.push(id);
        html.text(&view.outlet(id));
        if let Some(at) = story.articles.iter().position(|known| known == id) {
            html.raw(" [").number(at + 1).raw("]");
        }
    }
}

fn brief(html: &mut Html, view: &View<'_>, story: &Story) {
    if story.brief.is_empty() {
        return;
    }
    html.raw("<section class=\"part\"><h2>Brief</h2><ol class=\"lines\">");
    for sentence in &story.brief {
        html.raw("<li><p class=\"words\" dir=\"auto\">")
            .passage(&sentence.text)
            .raw("</p><p class=\"facts\">");
        if let Some(verdict) = view.verdict(story, sentence) {
            html.raw("<b>").text(verdict_word(verdict).1).raw("</b> · ");
        }
        who(html, view, story, sentence.mentions.iter());
        html.raw("</p></li>");
    }
    html.raw("</ol></section>");
}

fn disputes(html: &mut Html, view: &View<'_>, story: &Story) {
    html.raw("<section class=\"part\"><h2>Disputes</h2>");
    if story.disputes.is_empty() {
        html.raw("<p>No dispute was found.</p>");
    }
    for dispute in &story.disputes {
        html.raw("<article class=\"dispute\"><h3 dir=\"auto\">")
            .text(&dispute.question)
            .raw(" <span class=\"kind\">")
            .raw(dispute_word(dispute.kind))
            .raw("</span></h3><ul class=\"lines\">");
        for side in &dispute.sides {
            html.raw("<li><p class=\"words\" dir=\"auto\">")
                .passage(&side.label)
                .raw("</p>");
            let others = side.mentions.iter().filter(|one| one.text != side.label);
            for mention in others.take(SIDE) {
                html.raw("<p class=\"words also\" dir=\"auto\">")
                    .passage(&mention.text)
                    .raw("</p>");
            }
            html.raw("<p class=\"facts\">");
            let holders = view::names(story, &side.held_by);
            if !holders.is_empty() {
                html.raw("held by <b>")
                    .text(&holders.join(", "))
                    .raw("</b> · ");
            }
            who(html, view, story, side.mentions.iter());
            html.raw("</p></li>");
        }
        html.raw("</ul></article>");
    }
    html.raw("</section>");
}

/// Where all of it can be read.
fn sources(html: &mut Html, view: &View<'_>, story: &Story) {
    html.raw("<section class=\"part\"><h2>Where it stands</h2><ol class=\"sources\">");
    for id in &story.articles {
        html.raw("<li>");
        if let Some(article) = view.article(id) {
            html.raw("<b>").text(&outlet_and_genre(article)).raw("</b>");
            if let Some(title) = &article.title {
                html.raw(", <span class=\"words\" dir=\"auto\">")
                    .text(title)
                    .raw("</span>");
            }
            if let Some(at) = published(article) {
                html.raw(", ").text(&at);
            }
            // What came without an address is told by its file.
            let path = || file_name(&article.path);
            let address = article.url.as_deref().unwrap_or_else(path);
            html.raw("<br>").text(address);
        }
        html.raw("</li>");
    }
    html.raw("</ol></section>");
}

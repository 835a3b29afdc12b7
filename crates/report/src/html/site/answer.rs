//! What the articles of a store say of a sentence. In: an answer. Out: its page.

use super::{address, link, page, time};
use crate::answer::{Answer, Asked, Contradiction, Passage, rests_on, verdict};
use crate::html::markup::Html;
use crate::text::dispute_word;

/// The page of an answer.
pub fn answer(of: &Answer) -> String {
    page(&of.says, &of.says, |html| {
        html.raw("<h1 class=\"title words\" dir=\"auto\">")
            .text(&of.says)
            .raw("</h1><p class=\"note\">")
            .text(&rests_on(&of.rests_on))
            .raw(" That nobody here states it does not say that it is false.</p>");
        for asked in &of.statements {
            statement(html, asked, of.statements.len() > 1);
        }
    })
}

/// The page on which somebody may ask, with why nothing was answered, where something was asked.
pub fn ask(says: &str, trouble: Option<&str>) -> String {
    page("Ask a sentence", says, |html| {
        html.raw("<h1 class=\"title\">Ask a sentence</h1>");
        if let Some(trouble) = trouble {
            html.raw("<p class=\"nothing\" role=\"alert\">")
                .text(trouble)
                .raw("</p>");
        }
        html.raw("<form class=\"filters\" action=\"/ask\"><label>A sentence as it could stand in a report <input name=\"q\" size=\"60\" maxlength=\"1000\" required")
            .attr("value", says)
            .raw("></label><button type=\"submit\">Ask</button></form><p class=\"note\">The answer: who states it, who comes near it, who says what cannot be true with it; every word a passage of a stored page.</p>");
    })
}

fn statement(html: &mut Html, asked: &Asked, several: bool) {
    html.raw("<section class=\"part\">");
    if several {
        html.raw("<h2 class=\"words\" dir=\"auto\">")
            .text(&asked.text)
            .raw("</h2>");
    }
    html.raw("<p><b>").text(&verdict(asked)).raw("</b></p>");
    if let Some(origins) = asked.origins.as_ref().filter(|_| asked.states.len() > 1) {
        html.raw("<ul class=\"note\">");
        for because in &origins.because {
            html.raw("<li>because ").text(because).raw("</li>");
        }
        html.raw("</ul>");
    }
    let states: Vec<(&Passage, Option<&str>)> =
        asked.states.iter().map(|one| (one, None)).collect();
    let against = |one: &'_ Contradiction| dispute_word(one.kind);
    let contradicts: Vec<(&Passage, Option<&str>)> = asked
        .contradicts
        .iter()
        .map(|one| (&one.passage, Some(against(one))))
        .collect();
    let near: Vec<(&Passage, Option<&str>)> = asked.near.iter().map(|one| (one, None)).collect();
    passages(html, "States it", &states);
    passages(html, "Contradicts it", &contradicts);
    passages(html, "Comes near it, and says neither", &near);
    html.raw("</section>");
}

fn passages(html: &mut Html, heading: &'static str, passages: &[(&Passage, Option<&str>)]) {
    if passages.is_empty() {
        return;
    }
    html.raw("<h3>")
        .raw(heading)
        .raw(" <b>")
        .number(passages.len())
        .raw("</b></h3><ol class=\"hits\">");
    for (passage, kind) in passages {
        html.raw("<li><p class=\"words\" dir=\"auto\">")
            .passage_in(parts(passage))
            .raw("</p><p class=\"facts\">");
        link(
            html,
            &address("articles", &passage.mention.article),
            &passage.outlet,
        );
        if let Some(at) = &passage.published {
            html.raw(" · ");
            time(html, at);
        }
        if let Some(source) = &passage.source {
            html.raw(" · from ").text(source);
        }
        if let Some(kind) = kind {
            html.raw(" · ").text(kind);
        }
        if let Some(story) = &passage.story {
            html.raw(" · ");
            link(html, &address("stories", story), "its story");
        }
        html.raw("</p></li>");
    }
    html.raw("</ol>");
}

/// A passage before, in and behind the words of it that meet the statement.
fn parts(passage: &Passage) -> [&str; 3] {
    let text = passage.mention.text.as_str();
    let words = passage.carried.as_ref().map(|words| words.text.as_str());
    let at = words.and_then(|words| Some((text.find(words)?, words.len())));
    match at {
        Some((from, len)) => [&text[..from], &text[from..from + len], &text[from + len..]],
        None => ["", text, ""],
    }
}

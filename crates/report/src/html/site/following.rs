//! Stories that readers follow: how to begin, the page of them with what was new last, and the same as a digest by mail.

use super::{address, escape, link, page, signed, time, token};
use crate::html::markup::{self, Html};
use crate::news::{Kind, News};
use crate::view::count;

impl News {
    /// Where it is shown on a desk, from the root; `story` is the story's id.
    pub fn address(&self, story: &str) -> String {
        let (story, key) = (escape(story), escape(&self.key));
        match self.kind {
            Kind::Dispute | Kind::Gained | Kind::Lost | Kind::Said => {
                format!("/stories/{story}/{key}")
            }
            // The id that it had leads on.
            Kind::Merged => format!("/stories/{key}"),
            Kind::Changed | Kind::Joined | Kind::Left | Kind::Found => format!("/articles/{key}"),
        }
    }
}

/// A story that is followed.
#[derive(Clone, Debug, Default)]
pub struct FollowedStory {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Who follows it.
    pub followers: Vec<FollowerRow>,
    /// What was new last, the latest first: when (RFC 3339), and what.
    pub news: Vec<(String, News)>,
}

/// Who follows a story.
#[derive(Clone, Debug, Default)]
pub struct FollowerRow {
    /// The number that the store gave.
    pub n: i64,
    /// Who asked for it.
    pub by: String,
    /// Since when, RFC 3339.
    pub since: String,
    /// How it is told: the form of its hook, or mail; nothing where people look here.
    pub told: Option<String>,
}

/// How a story is followed, on its own page: for who may.
pub(super) fn follow(html: &mut Html, story: &str) {
    html.raw("<details class=\"keep\"><summary>Follow this story</summary><p class=\"note\">Told of: new disputes, claims that gained or lost corroboration, pages that changed, new quotations, new articles.</p><form class=\"filters\" action=\"/followed\" method=\"post\"><input type=\"hidden\" name=\"story\"")
        .attr("value", story)
        .raw("><label>Hook that is told <input name=\"hook\" type=\"url\" placeholder=\"none\"></label><label>Its form <select name=\"as\"><option value=\"\">by its address</option>");
    for form in ["slack", "mattermost", "discord", "teams", "ntfy", "json"] {
        html.raw("<option>").text(form).raw("</option>");
    }
    html.raw("</select></label><label>Secret that signs it <input name=\"secret\" type=\"password\" autocomplete=\"off\" placeholder=\"json alone\"></label><label>Or mail to <input name=\"mail\" type=\"email\" placeholder=\"nobody\"></label><label>Hours between two messages <input name=\"hours\" type=\"number\" min=\"0\" max=\"720\" value=\"0\"></label>");
    signed(html);
    html.raw("<button type=\"submit\">Follow</button></form></details>");
}

/// The stories that are followed; `changes`: whether who has the token may let one go from here.
pub fn followed(stories: &[FollowedStory], changes: bool) -> String {
    page("Followed stories", "", |html| {
        html.raw("<h1 class=\"title\">Followed stories</h1>");
        if stories.is_empty() {
            html.raw("<p class=\"nothing\">No story is followed. A story's page has <b>Follow this story</b>, where this server may change something; <code>crossread follow STORY</code> does it too.</p>");
        }
        for story in stories {
            html.raw("<section class=\"part\"><h2 dir=\"auto\" class=\"words\">");
            link(html, &address("stories", &story.id), &story.title);
            html.raw("</h2><p class=\"note\">");
            for (at, (end, what)) in [("atom", "Atom"), ("json", "JSON Feed")]
                .into_iter()
                .enumerate()
            {
                html.raw(if at > 0 { " · " } else { "" });
                let feed = format!("{}.{end}", address("feeds/stories", &story.id));
                link(html, &feed, what);
            }
            html.raw("</p>");
            if story.news.is_empty() {
                html.raw("<p class=\"nothing\">Nothing is new since it is followed.</p>");
            }
            html.raw("<ol class=\"hits\">");
            for (at, news) in &story.news {
                html.raw("<li><p class=\"facts\">");
                time(html, at);
                html.raw(" · ");
                link(html, &news.address(&story.id), &news.label());
                html.raw("</p>");
                passages(html, news, true);
                html.raw("</li>\n");
            }
            html.raw("</ol><ul class=\"tally\" aria-label=\"Followers\">");
            for one in &story.followers {
                html.raw("<li>").text(&one.by).raw(" <b>since ");
                time(html, &one.since);
                html.text(
                    &one.told
                        .as_ref()
                        .map_or_else(String::new, |told| format!(", by {told}")),
                );
                html.raw("</b>");
                if changes {
                    html.raw("<details class=\"keep\"><summary>Let it go</summary><form class=\"filters\" action=\"/followed\" method=\"post\"><input type=\"hidden\" name=\"forget\"")
                        .attr("value", &one.n.to_string())
                        .raw(">");
                    token(html);
                    html.raw("<button type=\"submit\">Let it go</button></form></details>");
                }
                html.raw("</li>");
            }
            html.raw("</ul></section>");
        }
    })
}

/// The passages of a piece of news; `desk`: whether articles are linked to on the desk, else on their outlets' pages.
fn passages(html: &mut Html, news: &News, desk: bool) {
    for passage in &news.passages {
        html.raw("<p class=\"words\" dir=\"auto\">")
            .text(&passage.words())
            .raw(" — ");
        let own = address("articles", &passage.article);
        let page = passage.url.as_deref().and_then(markup::link);
        match desk.then_some(own.as_str()).or(page) {
            Some(href) => link(html, href, &passage.by()),
            None => {
                html.text(&passage.by());
            }
        }
        html.raw("</p>");
    }
    if news.more > 0 {
        html.raw("<p class=\"note\">… and ")
            .text(&count(news.more, "more passage"))
            .raw("</p>");
    }
}

/// What a digest tells of one story or search.
#[derive(Clone, Debug)]
pub struct DigestPart<'a> {
    /// What it is of, in fixed words.
    pub of: &'static str,
    /// Its name.
    pub name: &'a str,
    /// Where it is shown.
    pub link: Option<&'a str>,
    /// What is new, each with where it is shown.
    pub news: Vec<(&'a News, Option<&'a str>)>,
    /// How much is left out.
    pub more: usize,
}

/// A digest as programs of mail show it: no script, no style, no picture.
pub fn digest(parts: &[DigestPart<'_>]) -> String {
    let mut html = Html::default();
    html.raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Crossread</title></head><body>\n");
    let led = |html: &mut Html, text: &str, href: Option<&str>| match href.and_then(markup::link) {
        Some(href) => link(html, href, text),
        None => {
            html.text(text);
        }
    };
    for part in parts {
        html.raw("<h1 dir=\"auto\">").text(part.of).raw(": ");
        led(&mut html, part.name, part.link);
        html.raw("</h1>\n");
        for (news, href) in &part.news {
            html.raw("<h2>");
            led(&mut html, &news.label(), *href);
            html.raw("</h2>\n");
            passages(&mut html, news, false);
        }
        if part.more > 0 {
            html.raw("<p>… and ").number(part.more).raw(" more</p>");
        }
    }
    html.raw("</body></html>\n");
    html.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Passage;

    #[test]
    fn a_digest_has_passages_and_no_markup_of_theirs() {
        let news = News {
            kind: Kind::Said,
            key: "q1".to_owned(),
            stands: None,
            passages: vec![Passage {
                text: "It <b>fell</b>".to_owned(),
                speaker: Some("Ada Lorne".to_owned()),
                outlet: "Bote".to_owned(),
                url: Some("javascript:alert(1)".to_owned()),
                ..Passage::default()
            }],
            more: 2,
        };
        let page = digest(&[DigestPart {
            of: "Story",
            name: "A \"bridge\" <fell>",
            link: Some("https://desk.example/stories/s-1"),
            news: vec![(&news, Some("https://desk.example/stories/s-1/q1"))],
            more: 0,
        }]);
        assert!(page.contains("It &lt;b&gt;fell&lt;/b&gt;"), "{page}");
        assert!(
            page.contains("Ada Lorne, Bote") && !page.contains("javascript"),
            "{page}"
        );
        assert!(
            page.contains("href=\"https://desk.example/stories/s-1/q1\">New quotation"),
            "{page}"
        );
        assert!(page.contains("2 more passages"), "{page}");
    }
}

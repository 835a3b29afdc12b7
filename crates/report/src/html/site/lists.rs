//! Pages that list: stories, what was found, what somebody said, what an outlet has.

use super::{address, escape, link, page, time};
use crate::html::markup::Html;
use crate::view::count;

/// A story in a list.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// First and last day, ISO 8601.
    pub days: Option<(String, String)>,
    /// How many articles.
    pub articles: u32,
    /// How many outlets.
    pub outlets: u32,
    /// Their names, those with most articles first.
    pub named: Vec<String>,
    /// The least and the most origins of its best attested claim.
    pub origins: Option<(u32, u32)>,
    /// Corroborated claims.
    pub corroborated: u32,
    /// Disputes.
    pub disputes: u32,
    /// Articles a day, from the first to the last.
    pub growth: Vec<u32>,
    /// Whether it is compared as it is now.
    pub fresh: bool,
}

/// What the front page shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The outlets to choose from.
    pub outlets: Vec<String>,
    /// Only stories with an article of this outlet.
    pub outlet: String,
    /// Only stories that name somebody or something called so.
    pub called: String,
    /// Only from this day on.
    pub from: String,
    /// Only up to this day.
    pub to: String,
    /// Only with a dispute.
    pub disputed: bool,
    /// Only with two articles or more.
    pub several: bool,
    /// Which come first: changed, disputes, origins; the latest where it is none of these.
    pub sort: String,
}

/// The front page.
pub fn front(cards: &[Card], filter: &Filter, totals: [u64; 2], next: Option<&str>) -> String {
    page("Stories", "", |html| {
        html.raw("<h1 class=\"title\">Stories</h1><p class=\"note\">")
            .text(&format!(
                "{} in {}",
                count(totals[0], "article"),
                count(totals[1], "story")
            ))
            .raw("</p>");
        filters(html, filter);
        if cards.is_empty() {
            html.raw(match totals[1] {
                0 => "<p class=\"nothing\">There is no story yet. <code>crossread add</code> and <code>crossread watch</code> bring pages in.</p>",
                _ => "<p class=\"nothing\">No story is like that.</p>",
            });
        }
        html.raw("<ol class=\"cards\">");
        for card in cards {
            self::card(html, card);
        }
        html.raw("</ol>");
        if let Some(next) = next {
            html.raw("<p class=\"next\">");
            link(html, next, "More stories");
            html.raw("</p>");
        }
    })
}

fn filters(html: &mut Html, filter: &Filter) {
    html.raw("<form class=\"filters\" action=\"/\">");
    outlets(html, &filter.outlets, &filter.outlet);
    html.raw("<label>Person, organisation or place <input name=\"called\"")
        .attr("value", &filter.called)
        .raw("></label>");
    days(html, &filter.from, &filter.to);
    for (name, label, on) in [
        ("several", "Told by two articles or more", filter.several),
        ("disputed", "Disputed", filter.disputed),
    ] {
        html.raw("<label class=\"check\"><input type=\"checkbox\" value=\"1\"")
            .attr("name", name)
            .raw(if on { " checked> " } else { "> " })
            .text(label)
            .raw("</label>");
    }
    html.raw("<label>First <select name=\"sort\">");
    for (value, label) in SORTS {
        html.raw("<option").attr("value", value);
        html.raw(if filter.sort == value {
            " selected>"
        } else {
            ">"
        });
        html.raw(label).raw("</option>");
    }
    html.raw("</select></label><button type=\"submit\">Show</button></form>");
}

/// The orders of stories.
const SORTS: [(&str, &str); 4] = [
    ("", "the latest"),
    ("changed", "what just changed"),
    ("disputes", "most disputes"),
    ("origins", "most origins"),
];

/// Outlets of a story that are named in a list.
const NAMED: usize = 4;

/// A field for an outlet, with those that there are.
pub(super) fn outlets(html: &mut Html, all: &[String], chosen: &str) {
    html.raw("<label>Outlet <input name=\"outlet\" list=\"outlets\"")
        .attr("value", chosen)
        .raw("></label><datalist id=\"outlets\">");
    for outlet in all {
        html.raw("<option").attr("value", outlet).raw("></option>");
    }
    html.raw("</datalist>");
}

pub(super) fn days(html: &mut Html, from: &str, to: &str) {
    html.raw("<label>From <input type=\"date\" name=\"from\"")
        .attr("value", from)
        .raw("></label><label>To <input type=\"date\" name=\"to\"")
        .attr("value", to)
        .raw("></label>");
}

fn card(html: &mut Html, card: &Card) {
    html.raw("<li class=\"card\"><h2 dir=\"auto\" class=\"words\">");
    link(html, &address("stories", &card.id), &card.title);
    html.raw("</h2><p class=\"facts\">");
    if let Some((first, last)) = &card.days {
        time(html, first);
        if last != first {
            html.raw(" to ");
            time(html, last);
        }
        html.raw(" · ");
    }
    html.text(&count(card.articles as usize, "article"))
        .raw(" · ")
        .text(&count(card.outlets as usize, "outlet"));
    if let Some((low, high)) = card.origins.filter(|_| card.articles > 1) {
        html.raw(" · ").text(&match low == high {
            true => count(low as usize, "origin"),
            false => format!("{low} to {high} origins"),
        });
    }
    html.raw("</p>");
    if !card.named.is_empty() {
        html.raw("<p class=\"facts\" dir=\"auto\">");
        let shown: Vec<&str> = card.named.iter().take(NAMED).map(String::as_str).collect();
        html.text(&shown.join(", "));
        if card.named.len() > NAMED {
            html.text(&format!(" and {} more", card.named.len() - NAMED));
        }
        html.raw("</p>");
    }
    growth(html, &card.growth);
    html.raw("<p class=\"badges\">");
    if card.disputes > 0 {
        html.raw("<span class=\"badge v-disputed\">")
            .text(&count(card.disputes, "dispute"))
            .raw("</span>");
    }
    if card.corroborated > 0 {
        html.raw("<span class=\"badge v-corroborated\">")
            .number(card.corroborated as usize)
            .raw(" corroborated</span>");
    }
    if !card.fresh {
        html.raw("<span class=\"badge v-single\">being compared</span>");
    }
    html.raw("</p></li>\n");
}

/// A picture of how a story grew: a bar a day.
fn growth(html: &mut Html, days: &[u32]) {
    const BARS: usize = 60;
    if days.len() < 2 {
        return;
    }
    let days = &days[..days.len().min(BARS)];
    let most = days.iter().copied().max().unwrap_or(1).max(1);
    let told = days.iter().map(u32::to_string).collect::<Vec<_>>();
    let told = format!("articles a day: {}", told.join(", "));
    html.raw("<p class=\"grew\"><svg class=\"growth\" role=\"img\" preserveAspectRatio=\"none\"")
        .attr("viewBox", &format!("0 0 {} 20", days.len() * 4))
        .attr("aria-label", &told)
        .raw("><title>")
        .text(&told)
        .raw("</title>");
    for (at, &articles) in days.iter().enumerate() {
        let height = (articles * 20).div_ceil(most).min(20);
        html.raw("<rect width=\"3\"")
            .attr("x", &(at * 4).to_string())
            .attr("y", &(20 - height).to_string())
            .attr("height", &height.to_string())
            .raw("/>");
    }
    html.raw("</svg> articles a day</p>");
}

/// Something that somebody said, in one article.
#[derive(Clone, Debug, Default)]
pub struct Saying {
    /// The story's id.
    pub story: String,
    /// What leads to it in the story, as long as it is there.
    pub key: String,
    /// Its headline.
    pub title: String,
    /// Its last day.
    pub day: Option<String>,
    /// Each article's reading of it.
    pub readings: Vec<Said>,
}

/// What somebody said, as one article gives it.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The article's id.
    pub article: String,
    /// Its outlet.
    pub outlet: String,
    /// The words.
    pub text: String,
    /// direct, mixed, indirect.
    pub form: String,
    /// The words that report it, to the letter: what was denied was not said to be so.
    pub cue: Option<String>,
}

/// A person, organisation or place across stories.
#[derive(Clone, Debug, Default)]
pub struct NamePage {
    /// Its clearest spelling.
    pub name: String,
    /// person, organisation, place, other.
    pub kind: String,
    /// Other spellings.
    pub variants: Vec<String>,
    /// Roles and titles, in the articles' words.
    pub roles: Vec<String>,
    /// Everything it said, the latest first.
    pub said: Vec<Saying>,
    /// The stories that name it.
    pub stories: Vec<Card>,
    /// The address of its feed.
    pub feed: String,
}

/// The page of a name.
pub fn name(of: &NamePage) -> String {
    page(&of.name, "", |html| {
        html.raw("<p class=\"kicker\">")
            .text(&of.kind)
            .raw("</p><h1 class=\"title words\" dir=\"auto\">")
            .text(&of.name)
            .raw("</h1>");
        for (what, words) in [("also written ", &of.variants), ("called ", &of.roles)] {
            if !words.is_empty() {
                html.raw("<p class=\"note\">")
                    .text(what)
                    .raw("<span class=\"words\">")
                    .text(&words.join(", "))
                    .raw("</span></p>");
            }
        }
        html.raw("<p class=\"note\">A name of another story is taken for the same only where it is written in full and alike. ");
        link(html, &of.feed, "Feed of what is said");
        html.raw("</p>");
        if !of.said.is_empty() {
            html.raw("<section class=\"part\"><h2>Said</h2>");
            for saying in &of.said {
                self::saying(html, saying);
            }
            html.raw("</section>");
        }
        html.raw("<section class=\"part\"><h2>Stories</h2><ol class=\"cards\">");
        for card in &of.stories {
            self::card(html, card);
        }
        html.raw("</ol></section>");
    })
}

fn saying(html: &mut Html, saying: &Saying) {
    html.raw("<div class=\"quote\"><p class=\"facts\">");
    let there = format!("{}/{}", address("stories", &saying.story), saying.key);
    link(html, &there, &saying.title);
    if let Some(day) = &saying.day {
        html.raw(" · ");
        time(html, day);
    }
    html.raw("</p><div class=\"readings\">");
    for said in &saying.readings {
        let direct = said.form == "direct";
        html.raw("<div class=\"reading\"><div>");
        if let Some(cue) = &said.cue {
            html.raw("<p class=\"how words\" dir=\"auto\">")
                .text(cue)
                .raw(" …</p>");
        }
        html.raw("<blockquote class=\"words\" dir=\"auto\">")
            .raw(if direct { "“" } else { "" })
            .text(&said.text)
            .raw(if direct { "”" } else { "" })
            .raw("</blockquote></div><p class=\"how\">")
            .text(&said.form)
            .raw(" · ");
        link(html, &address("articles", &said.article), &said.outlet);
        html.raw("</p></div>");
    }
    html.raw("</div></div>\n");
}

/// An outlet.
#[derive(Clone, Debug, Default)]
pub struct OutletPage {
    /// Its name.
    pub name: String,
    /// How many of its articles there are.
    pub articles: u64,
    /// From whom it copies: outlet, how often.
    pub copies_from: Vec<(String, u64)>,
    /// Who copies from it.
    pub copied_by: Vec<(String, u64)>,
    /// With whom it shares text, where nothing tells who was first, or both quote one statement.
    pub shares_with: Vec<(String, u64)>,
    /// How many of its stories no other outlet tells.
    pub alone: u64,
    /// Its latest stories.
    pub stories: Vec<Card>,
}

/// The page of an outlet.
pub fn outlet(of: &OutletPage) -> String {
    page(&of.name, "", |html| {
        html.raw("<p class=\"kicker\">outlet</p><h1 class=\"title\" dir=\"auto\">")
            .text(&of.name)
            .raw("</h1><p class=\"note\">");
        html.text(&count(of.articles, "article"))
            .raw(" · ")
            .text(&count(of.alone, "story"))
            .raw(" that no other outlet here tells");
        html.raw("</p>");
        for (heading, list) in [
            ("Takes text from", &of.copies_from),
            ("Its text is taken by", &of.copied_by),
            (
                "Shares text with; nothing tells who was first",
                &of.shares_with,
            ),
        ] {
            if list.is_empty() {
                continue;
            }
            html.raw("<section class=\"part\"><h2>")
                .text(heading)
                .raw("</h2><ul class=\"tally\">");
            for (outlet, times) in list {
                html.raw("<li>");
                link(html, &address("outlets", outlet), outlet);
                html.raw(" <b>")
                    .text(&count(*times, "time"))
                    .raw("</b></li>");
            }
            html.raw("</ul></section>");
        }
        html.raw("<section class=\"part\"><h2>Latest stories</h2><ol class=\"cards\">");
        for card in &of.stories {
            self::card(html, card);
        }
        html.raw("</ol><p class=\"next\">");
        link(
            html,
            &format!("/?outlet={}", escape(&of.name)),
            "All its stories",
        );
        html.raw("</p></section>");
    })
}

/// A page that says what is wrong.
pub fn trouble(what: &str, help: &str) -> String {
    page(what, "", |html| {
        html.raw("<h1 class=\"title\">").text(what).raw("</h1>");
        if !help.is_empty() {
            html.raw("<p class=\"note\">").text(help).raw("</p>");
        }
        html.raw("<p>");
        link(html, "/", "To the stories");
        html.raw("</p>");
    })
}

/// The page of a story that is not compared yet; it loads itself until it is.
pub fn waiting(story: &str) -> String {
    page("This story is not compared yet", "", |html| {
        html.raw("<h1 class=\"title\">This story is not compared yet</h1><p role=\"status\" class=\"note\" data-again>It is compared when the pages that came with it are read. ");
        link(html, &address("stories", story), "Look again");
        html.raw("</p><p>");
        link(html, "/", "To the stories");
        html.raw("</p>");
    })
}

//! In: a story's claims. Out: the grid of claims by outlets: which asserts, denies or questions a
//! claim, and whose full text lacks it; behind it what one outlet alone has, folded by outlet; with a
//! filter by verdict that needs no script.

use crate::html::desk::Desk;
use crate::html::marks::Why;
use crate::html::markup::Html;
use crate::html::reviews;
use crate::view::{self, Says, count};
use crate::wire::{Claim, Story, Verdict};

/// Verdicts in the order of the grid, with what each means.
const VERDICTS: [(Verdict, &str, &str); 4] = [
    (
        Verdict::Disputed,
        "In dispute",
        "claims on a side of a dispute",
    ),
    (
        Verdict::Corroborated,
        "Corroborated",
        "two outlets or more, no shared origin found",
    ),
    (
        Verdict::SingleOrigin,
        "Single origin",
        "several outlets, no two shown to have it apart",
    ),
    (
        Verdict::OnlyHere,
        "Only here",
        "stated by one outlet and no other",
    ),
];

/// Passages of one outlet shown in a cell.
const IN_A_CELL: usize = 3;

/// With more outlets than these, their names stand on end so that the columns stay narrow.
const UPRIGHT: usize = 6;

/// With more claims of one outlet alone than these they start out folded: they would bury the rest.
const MANY: usize = 12;

/// The class of a verdict.
pub fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Disputed => "v-disputed",
        Verdict::Corroborated => "v-corroborated",
        Verdict::SingleOrigin => "v-single",
        Verdict::OnlyHere => "v-only",
    }
}

/// A verdict's badge.
pub fn badge(html: &mut Html, verdict: Verdict) {
    let word = match verdict {
        Verdict::Disputed => "Disputed",
        Verdict::Corroborated => "Corroborated",
        Verdict::SingleOrigin => "Single origin",
        Verdict::OnlyHere => "Only here",
    };
    html.raw("<span class=\"badge ")
        .raw(class(verdict))
        .raw("\">")
        .raw(word)
        .raw("</span>");
}

/// How many disputes there are, and claims of each other verdict, at a glance.
pub fn glance(desk: &mut Desk<'_, '_>) {
    let story = desk.story;
    if story.claims.is_empty() || story.articles.len() < 2 {
        return;
    }
    desk.html.raw("<dl class=\"glance\">");
    for (verdict, word, meaning) in VERDICTS {
        let (word, meaning, number) = match verdict {
            // A dispute has claims on each side, or none: the claims in dispute are counted in the grid.
            Verdict::Disputed => (
                "Disputes",
                "matters on which outlets or voices disagree",
                story.disputes.len(),
            ),
            verdict => (word, meaning, number(story, verdict)),
        };
        desk.html
            .raw("<div class=\"")
            .raw(class(verdict))
            .raw("\"><dt>")
            .raw(word);
        desk.html
            .raw("<span>")
            .raw(meaning)
            .raw("</span></dt><dd>")
            .number(number)
            .raw("</dd></div>");
    }
    desk.html.raw("</dl>");
}

fn number(story: &Story, verdict: Verdict) -> usize {
    let claims = story.claims.iter();
    claims.filter(|claim| claim.verdict == verdict).count()
}

/// Writes the grid.
pub fn write(desk: &mut Desk<'_, '_>) {
    let story = desk.story;
    if story.claims.is_empty() {
        return;
    }
    desk.section("claims", "Claims by outlet", "");
    filter(desk);
    if number(story, Verdict::OnlyHere) < story.claims.len() {
        grid(desk);
    }
    only_here(desk);
    desk.html.raw("</section>\n");
}

fn grid(desk: &mut Desk<'_, '_>) {
    let story = desk.story;
    let outlets = desk
        .view
        .outlets_of(story.articles.iter().map(String::as_str));
    desk.html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Claims by outlet\"><table class=\"grid ");
    desk.html.raw(if outlets.len() > UPRIGHT {
        "many"
    } else {
        "few"
    });
    desk.html.raw("\"><thead><tr><th scope=\"col\">Claim</th>");
    for outlet in &outlets {
        desk.html
            .raw("<th scope=\"col\"><span>")
            .text(outlet)
            .raw("</span></th>");
    }
    desk.html.raw("</tr></thead>");
    for (verdict, word, meaning) in VERDICTS {
        let claims = view::claims(story, verdict);
        if claims.is_empty() || verdict == Verdict::OnlyHere {
            continue;
        }
        desk.html
            .raw("<tbody class=\"")
            .raw(class(verdict))
            .raw("\"");
        desk.hide(!claims.iter().any(|claim| desk.has_claim(claim)));
        desk.html.raw("><tr class=\"group\"><th scope=\"rowgroup\"");
        desk.html.attr("colspan", &(outlets.len() + 1).to_string());
        desk.html
            .raw(">")
            .raw(word)
            .raw(" <b>")
            .number(claims.len())
            .raw("</b> <span>")
            .raw(meaning)
            .raw("</span></th></tr>");
        for claim in claims {
            row(desk, claim, &outlets);
        }
        desk.html.raw("</tbody>");
    }
    desk.html.raw("</table></div>");
    desk.html.raw("<p class=\"legend\">");
    for says in Says::ALL {
        desk.html
            .raw("<span class=\"")
            .raw(class_of(says).trim_start_matches("cell "))
            .raw("\">")
            .raw(says.sign())
            .raw("</span> ")
            .raw(says.words())
            .raw(" ");
    }
    desk.html
        .raw("<span class=\"lack\">–</span> its full text lacks it. A mark opens the passage. Paler words are the passage’s own, beside the claim.</p>");
}

/// What one outlet alone states, by outlet, with who has something near it.
fn only_here(desk: &mut Desk<'_, '_>) {
    let story = desk.story;
    let outlets = desk.view.only_here(story);
    if outlets.is_empty() {
        return;
    }
    let all = number(story, Verdict::OnlyHere);
    desk.html.raw("<div class=\"alone v-only\"");
    let mut claims = outlets.iter().flat_map(|(_, claims)| claims);
    desk.hide(!claims.any(|claim| desk.has_claim(claim)));
    desk.html
        .raw("><h4>Only here <b>")
        .number(all)
        .raw("</b> <span>stated by one outlet and no other</span></h4>");
    for (outlet, claims) in outlets {
        desk.html.raw("<details");
        desk.fold(claims.iter().any(|claim| desk.has_claim(claim)));
        if desk.sieve().is_none() && all <= MANY {
            desk.html.raw(" open");
        }
        desk.html
            .raw("><summary>")
            .text(&outlet)
            .raw(" <b>")
            .number(claims.len())
            .raw("</b></summary><ul>");
        for claim in claims {
            desk.html
                .raw("<li id=\"s")
                .number(desk.number)
                .text(&claim.id)
                .raw("\"");
            desk.hide(!desk.has_claim(claim));
            desk.html
                .raw("><p class=\"words\" dir=\"auto\">")
                .passage(&claim.text)
                .raw("</p>");
            desk.lasting(&claim.key, &claim.id);
            reviews::beside(desk, claim);
            desk.mark_all(view::stated(claim), Why::Claim);
            let near: Vec<_> = claim.readings.iter().filter(|r| r.near).collect();
            if !near.is_empty() {
                desk.html.raw(" <span class=\"similar\">similar:</span> ");
                desk.mark_all(near.into_iter().map(|r| &r.mention), Why::Claim);
            }
            desk.html.raw("</li>");
        }
        desk.html.raw("</ul></details>");
    }
    desk.html.raw("</div>");
}

/// Radio buttons, one for each verdict that occurs.
fn filter(desk: &mut Desk<'_, '_>) {
    let story = desk.story;
    let number = |verdict| number(story, verdict);
    let only_here = number(Verdict::OnlyHere);
    let several = story.claims.len() - only_here;
    desk.html
        .raw("<fieldset class=\"filter\"><legend>Show</legend>");
    let mut button = |value: &'static str, word: &'static str, number: usize, chosen: bool| {
        desk.html
            .raw("<label><input type=\"radio\" name=\"s")
            .number(desk.number)
            .raw("show\" value=\"")
            .raw(value)
            .raw("\"");
        desk.html
            .raw(if chosen { " checked" } else { "" })
            .raw("><span>")
            .raw(word)
            .raw(" <b>")
            .number(number)
            .raw("</b></span></label>");
    };
    button("all", "All", story.claims.len(), true);
    if several > 0 && only_here > 0 {
        button("shared", "Not only here", several, false);
    }
    for (verdict, word, _) in VERDICTS {
        if number(verdict) > 0 {
            button(class(verdict), word, number(verdict), false);
        }
    }
    let left_out = story
        .claims
        .iter()
        .filter(|claim| is_left_out(claim))
        .count();
    if left_out > 0 {
        button("left", "Left out by some", left_out, false);
    }
    desk.html.raw("</fieldset>");
}

/// Whether several outlets have a claim and the full text of another lacks it.
fn is_left_out(claim: &Claim) -> bool {
    claim.outlets > 1 && !claim.absent_from.is_empty()
}

/// One claim.
fn row<'r>(desk: &mut Desk<'_, 'r>, claim: &'r Claim, outlets: &[String]) {
    desk.html
        .raw(if is_left_out(claim) {
            "<tr class=\"left\" id=\"s"
        } else {
            "<tr id=\"s"
        })
        .number(desk.number)
        .text(&claim.id)
        .raw("\"");
    desk.hide(!desk.has_claim(claim));
    desk.html
        .raw("><th scope=\"row\"><p class=\"words\" dir=\"auto\">");
    desk.html.passage_in(view::carried(claim)).raw("</p>");
    desk.lasting(&claim.key, &claim.id);
    origins(desk, claim);
    reviews::beside(desk, claim);
    desk.html.raw("</th>");
    for outlet in outlets {
        let of = |id: &str| desk.view.outlet_ref(id) == outlet;
        let here: Vec<_> = claim
            .readings
            .iter()
            .filter(|r| of(&r.mention.article))
            .collect();
        let lacks = claim.absent_from.iter().any(|id| of(id));
        let state = if here.iter().any(|reading| !reading.near) {
            "has"
        } else if !here.is_empty() {
            "close"
        } else if lacks {
            "lack"
        } else {
            "open"
        };
        desk.html
            .raw("<td class=\"")
            .raw(state)
            .raw("\"")
            .attr("data-outlet", outlet)
            .raw(">");
        for reading in here.iter().take(IN_A_CELL) {
            let says = view::says(desk.story, claim, reading);
            let number = desk.open_mark(
                &reading.mention,
                Why::Claim,
                class_of(says),
                &format!("{outlet} {}", says.words()),
            );
            let sources = view::names(desk.story, &reading.attributed_to);
            if !sources.is_empty() {
                desk.html
                    .attr("title", &format!("attributed to {}", sources.join(", ")));
            }
            desk.html
                .raw("><i aria-hidden=\"true\">")
                .raw(says.sign())
                .raw("</i><b>")
                .number(number)
                .raw("</b></a>");
        }
        if here.len() > IN_A_CELL {
            desk.html
                .raw("<span class=\"more\">+")
                .number(here.len() - IN_A_CELL)
                .raw("</span>");
        }
        if here.is_empty() && lacks {
            desk.html
                .raw("<span title=\"its full text lacks this\">–</span>");
        }
        desk.html.raw("</td>");
    }
    desk.html.raw("</tr>");
}

/// The classes of a mark.
fn class_of(says: Says) -> &'static str {
    match says {
        Says::So => "cell yes",
        Says::Otherwise => "cell other",
        Says::NotSo => "cell no",
        Says::Doubtful => "cell ask",
        Says::Near => "cell near",
    }
}

/// How many origins a claim can have, and why.
fn origins(desk: &mut Desk<'_, '_>, claim: &Claim) {
    let outlets = count(claim.outlets as usize, "outlet");
    let mut line = format!("{} · {outlets} · {}", claim.id, view::origins(claim));
    if view::who_said(desk.story, claim).is_some() {
        line.push_str(" · who said it is disputed");
    }
    if claim.origins.because.is_empty() {
        desk.html
            .raw("<p class=\"origins\">")
            .text(&line)
            .raw("</p>");
        return;
    }
    desk.html
        .raw("<details class=\"origins\"><summary>")
        .text(&line)
        .raw("</summary><ul>");
    for reason in &claim.origins.because {
        desk.html.raw("<li>").text(reason).raw("</li>");
    }
    desk.html.raw("</ul></details>");
}

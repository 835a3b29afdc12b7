//! In: what an article says that it checked (ClaimReview). Out: the list of it at the article, and a line at a claim
//! that lines up with it. A check is shown as that page's word, with a link to it, and never as a verdict.

use crate::html::desk::Desk;
use crate::html::markup::{Html, link};
use crate::reviews::{self, Told};
use crate::wire::{Article, Claim};

/// Checks of one page that are shown before the rest is folded away.
const SHOWN: usize = 6;

/// The checks that an article gives.
pub fn list(html: &mut Html, article: &Article) {
    if article.reviews.is_empty() {
        return;
    }
    html.raw("<div class=\"checks\"><p class=\"note\">This page says that it checked:</p>");
    let (shown, folded) = article.reviews.split_at(article.reviews.len().min(SHOWN));
    items(html, article, shown);
    if !folded.is_empty() {
        html.raw("<details><summary>More <b>")
            .number(folded.len())
            .raw("</b></summary>");
        items(html, article, folded);
        html.raw("</details>");
    }
    html.raw("</div>");
}

fn items(html: &mut Html, article: &Article, all: &[crate::wire::ClaimReview]) {
    html.raw("<ul>");
    for review in all {
        html.raw("<li>");
        claim(html, review);
        html.raw(": ");
        rated(html, (article, review));
        for (at, url) in review
            .appearances
            .iter()
            .filter_map(|url| link(url))
            .enumerate()
        {
            html.raw(if at == 0 { " · appeared at " } else { ", " });
            html.raw("<a rel=\"noreferrer noopener\"")
                .attr("href", url)
                .raw(">")
                .number(at + 1)
                .raw("</a>");
        }
        if let Some(day) = review.published.as_deref().and_then(|at| at.get(..10)) {
            html.raw(" · ").text(day);
        }
        html.raw("</li>");
    }
    html.raw("</ul>");
}

/// The checks that line up with a claim.
pub fn beside(desk: &mut Desk<'_, '_>, of: &Claim) {
    for told in reviews::of(desk.view, of) {
        desk.html.raw("<p class=\"checked\">");
        rated(&mut desk.html, told);
        desk.html.raw(" of ");
        claim(&mut desk.html, told.1);
        desk.html.raw("</p>");
    }
}

fn claim(html: &mut Html, review: &crate::wire::ClaimReview) {
    html.raw("<span class=\"words\" dir=\"auto\">")
        .text(&reviews::claim(review))
        .raw("</span>");
}

/// "checked by Harbour Check: “False”", with a link to it.
fn rated(html: &mut Html, told: Told<'_>) {
    html.raw("checked by ");
    match reviews::address(told).and_then(link) {
        Some(url) => {
            html.raw("<a rel=\"noreferrer noopener\"")
                .attr("href", url)
                .raw(">")
                .text(&reviews::by(told))
                .raw("</a>");
        }
        None => {
            html.text(&reviews::by(told));
        }
    }
    if let Some(rating) = reviews::rating(told.1) {
        html.raw(": <span class=\"words\" dir=\"auto\">")
            .text(&rating)
            .raw("</span>");
    }
}

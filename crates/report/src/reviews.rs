//! In: the checks of claims that an article gives in its own record (ClaimReview), and which of them line up with a
//! claim. Out: the words in which every readable format tells them: who rates what how, as that page's word. Refuses to
//! say anything of its own: a check without a rating is told without one.

use crate::clean::{one_line, quoted, shorten};
use crate::view::{self, View};
use crate::wire::{Article, Claim, ClaimReview};

/// Characters of a rating and of a reviewed claim that are told in full.
const RATING: usize = 120;
const CLAIM: usize = 300;

/// A check as it is told: the article that gives it, and it.
pub type Told<'r> = (&'r Article, &'r ClaimReview);

/// The checks that line up with a claim, where the report has their articles.
pub fn of<'r>(view: &View<'r>, claim: &'r Claim) -> impl Iterator<Item = Told<'r>> {
    claim.checked.iter().filter_map(|checked| {
        let article = view.article(&checked.article)?;
        Some((article, article.reviews.get(checked.review as usize)?))
    })
}

/// Who checked it: as the record says, or else the outlet whose page it is.
pub fn by((article, review): Told<'_>) -> String {
    match review.by.is_empty() {
        true => view::outlet(article),
        false => listed(&review.by),
    }
}

/// "“False” (1; worst 1, best 5)"; nothing where the page rates nothing.
pub fn rating(review: &ClaimReview) -> Option<String> {
    let short = |words: &String| shorten(&one_line(words), RATING).into_owned();
    let rating = &review.rating;
    let scale = [("worst", &rating.worst), ("best", &rating.best)];
    let scale = scale
        .iter()
        .filter_map(|(end, value)| Some(format!("{end} {}", short(value.as_ref()?))));
    let scale = scale.collect::<Vec<_>>().join(", ");
    let value = rating.value.as_ref().map(short);
    let value = value.map(|value| match scale.is_empty() {
        true => value,
        false => format!("{value}; {scale}"),
    });
    let name = rating.name.as_ref().map(short);
    match (name, value) {
        (Some(name), Some(value)) => Some(format!("{} ({value})", quoted(&name))),
        (Some(name), None) => Some(quoted(&name).into_owned()),
        (None, value) => value,
    }
}

/// "checked by Harbour Check: “False”".
pub fn line(told: Told<'_>) -> String {
    match rating(told.1) {
        Some(rating) => format!("checked by {}: {rating}", by(told)),
        None => format!("checked by {}", by(told)),
    }
}

/// The claim that was checked, in quote marks, with who made it and when.
pub fn claim(review: &ClaimReview) -> String {
    let words = shorten(&one_line(&review.claim), CLAIM).into_owned();
    let mut told = quoted(&words).into_owned();
    if !review.claimants.is_empty() {
        told.push_str(&format!(", claimed by {}", listed(&review.claimants)));
    }
    if let Some(day) = review.claimed.as_deref().and_then(|at| at.get(..10)) {
        told.push_str(&format!(", {day}"));
    }
    told
}

/// Where a check stands: at its own address, or else its article's.
pub fn address((article, review): Told<'_>) -> Option<&str> {
    review.url.as_deref().or(article.url.as_deref())
}

fn listed(names: &[String]) -> String {
    let names = names.iter().map(|name| one_line(name));
    names.collect::<Vec<_>>().join(", ")
}

//! Reader of plain text. In: a decoded page of plain text. Out: its article, or the reason why
//! there is none. Refuses error pages and lists of links.

use model::{Article, Provenance, SkipReason};

use crate::finish::{self, Identity};
use crate::furniture::{self, Fate, Line, Origin};
use crate::lines::lines;
use crate::says::Said;

/// Phrases of pages that stand where an article should be.
const ERROR_PAGES: [&str; 22] = [
    "404 not found",
    "page not found",
    "404 error",
    "error 404",
    "403 forbidden",
    "access denied",
    "access to this page has been denied",
    "are you a robot",
    "verify you are human",
    "verifying you are human",
    "checking your browser",
    "just a moment",
    "enable javascript and cookies",
    "please enable cookies",
    "attention required",
    "this page isn't available",
    "this page could not be found",
    "the page you requested",
    "the page you are looking for",
    "seite nicht gefunden",
    "page introuvable",
    "página no encontrada",
];
/// Words of an error page at most.
const ERROR_WORDS: usize = 120;

/// Reads a page of plain text.
pub(crate) fn read(identity: Identity, text: &str, mut said: Said) -> Result<Article, SkipReason> {
    let lines = lines(text);
    let fates = sift(&lines, &mut said);
    let kept: Vec<&Line<'_>> = lines
        .iter()
        .zip(&fates)
        .filter(|(_, fate)| **fate != Fate::Drop)
        .map(|(l, _)| l)
        .collect();
    if kept.is_empty() && said.title.is_none() || furniture::is_link_list(&lines, &fates) {
        return Err(SkipReason::NoArticle);
    }
    if is_error_page(
        said.title.as_deref(),
        kept.iter().map(|line| line.text.as_ref()),
    ) {
        return Err(SkipReason::NoArticle);
    }
    Ok(finish::from_lines(identity, &lines, &fates, said))
}

/// Sifts lines and gives those that stay their kind.
pub(crate) fn sift(lines: &[Line<'_>], said: &mut Said) -> Vec<Fate> {
    said.found_in(Provenance::Record);
    furniture::sift(lines, Origin::Text, said)
}

/// Whether a page is an error page or a consent wall.
pub(crate) fn is_error_page<'a>(
    title: Option<&str>,
    lines: impl Iterator<Item = &'a str> + Clone,
) -> bool {
    let words: usize = lines
        .clone()
        .map(|line| line.split_whitespace().count())
        .sum();
    if words > ERROR_WORDS {
        return false;
    }
    let holds = |line: &str| {
        let norm = furniture::shape::norm(line);
        ERROR_PAGES.iter().any(|phrase| norm.contains(phrase)) && norm.len() < 300
    };
    title.is_some_and(|title| title.len() < 80 && holds(title))
        || words < 60 && lines.take(4).any(holds)
}

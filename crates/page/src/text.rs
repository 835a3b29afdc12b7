//! Reader of plain text. In: a decoded page of plain text. Out: its article, or the reason why
//! there is none. Refuses error pages and lists of links.

use model::{Article, Provenance, SkipReason};

use crate::finish::{self, Identity};
use crate::furniture::{self, Fate, Line, Origin};
use crate::lines::lines;
use crate::no_article;
use crate::says::Said;

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
    let texts = kept.iter().map(|line| line.text.as_ref());
    if let Some(what) = no_article::what(said.title.as_deref(), texts) {
        return Err(no_article::reason(what));
    }
    if furniture::is_link_list(&lines, &fates) {
        return Err(no_article::reason(no_article::LINKS));
    }
    if kept.is_empty() && said.title.is_none() {
        return Err(no_article::reason(no_article::NO_TEXT));
    }
    Ok(finish::from_lines(identity, &lines, &fates, said))
}

/// Sifts lines and gives those that stay their kind.
pub(crate) fn sift(lines: &[Line<'_>], said: &mut Said) -> Vec<Fate> {
    said.found_in(Provenance::Record);
    furniture::sift(lines, Origin::Text, said)
}

//! Reader of plain text. In: a decoded page of plain text. Out: its article, or the reason why
//! there is none. Refuses error pages and lists of links.

use model::{Article, Provenance, SkipReason};

use crate::finish::{self, Identity};
use crate::furniture::{self, Fate, Line, Origin};
use crate::lines::lines;
use crate::no_article;
use crate::outlet::{Draft, Plain, Recurring};
use crate::says::Said;

/// Reads a page of plain text that may be read again, with what recurs at its outlet.
pub(crate) fn draft(identity: Identity, text: String, said: Said) -> Result<Draft, SkipReason> {
    let article = read(identity.clone(), &text, said.clone())?;
    let plain = Plain {
        identity,
        text,
        said,
        read: read_knowing,
    };
    Ok(Draft::of_text(article, plain))
}

/// Reads a page of plain text.
pub(crate) fn read(identity: Identity, text: &str, said: Said) -> Result<Article, SkipReason> {
    read_knowing(identity, text, said, &Recurring::default())
}

/// The same, where it is known what recurs at its outlet.
pub(crate) fn read_knowing(
    identity: Identity,
    text: &str,
    mut said: Said,
    known: &Recurring,
) -> Result<Article, SkipReason> {
    let lines = lines(text);
    let fates = sift(&lines, known, &mut said);
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
pub(crate) fn sift(lines: &[Line<'_>], known: &Recurring, said: &mut Said) -> Vec<Fate> {
    said.found_in(Provenance::Record);
    let recurs: Vec<_> = match known.is_empty() {
        true => Vec::new(),
        false => lines.iter().map(|line| known.how(&line.text)).collect(),
    };
    furniture::sift_knowing(lines, Origin::Text, &recurs, said)
}

//! Reader of HTML. In: a decoded page. Out: its article, or the reason why there is none. Refuses
//! error pages, consent walls and lists of links.

mod blocks;
mod boxes;
mod byline;
mod day;
pub(crate) mod guard;
mod json_ld;
mod marks;
mod measure;
mod meta;
mod place;
mod recover;
mod run;
pub(crate) mod select;
mod source;

use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{Article, SkipReason, Warning};
use trafilatura::dom::Document;

use crate::finish::{self, Identity};
use crate::furniture::{self, Fate, Origin};
use crate::says::Said;
use crate::{saved, text};

/// Levels of markup that are walked; the extractor's own limit is lower.
const DEPTH: usize = 600;

/// A page whose text has fewer words than this, none of them in a sentence, has no article.
const FEW_WORDS: usize = 25;

/// Reads a page.
pub(crate) fn read(identity: Identity, page: &str, mut said: Said) -> Result<Article, SkipReason> {
    // Who hands a page over with its address knows it better than who saved it.
    if said.url_hint.is_none() && !identity.path.starts_with("http") {
        said.url_hint = saved::address(page);
    }
    let guarded = guard::pass(page);
    for limit in &guarded.limits {
        said.warn(Warning::Limit {
            what: (*limit).to_owned(),
        });
    }
    // The parser and the extractor are other people's code on hostile input. The guard keeps them
    // within bounds; should they panic all the same, this page is lost and no other.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let document = Document::parse(&guarded.html);
        let mut found = Said::default();
        std::mem::swap(&mut found, &mut said);
        meta::read(&document, &guarded.json_ld, &mut found);
        (select::article(document), found)
    }));
    let Ok((lines, mut said)) = outcome else {
        return Err(SkipReason::NoArticle);
    };
    let fates = furniture::sift(&lines, Origin::Html, &mut said);
    let kept: Vec<&str> = lines
        .iter()
        .zip(&fates)
        .filter(|(_, fate)| **fate != Fate::Drop)
        .map(|(line, _)| line.text.as_ref())
        .collect();
    let words: usize = kept.iter().map(|line| furniture::shape::words(line)).sum();
    let sentence = kept
        .iter()
        .any(|line| furniture::shape::of(line, false).body);
    if !sentence && words < FEW_WORDS
        || furniture::is_link_list(&lines, &fates)
        || text::is_error_page(said.title.as_deref(), kept.iter().copied())
    {
        return Err(SkipReason::NoArticle);
    }
    let mut article = finish::from_lines(identity, &lines, &fates, said);
    article.source = source::runs(article.text.as_str(), page);
    Ok(article)
}

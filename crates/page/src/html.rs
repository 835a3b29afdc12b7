//! Reader of HTML. In: a decoded page. Out: its article, or the reason why there is none. Refuses
//! error pages, consent walls and lists of links.

mod blocks;
mod boxes;
mod byline;
mod day;
mod dom;
mod entries;
mod ground;
pub(crate) mod guard;
mod headline;
mod json_ld;
mod measure;
mod meta;
mod opening;
mod place;
mod properties;
mod recover;
mod run;
mod scan;
pub(crate) mod select;
mod signature;
pub(crate) mod source;
mod stated;
mod table;
mod tags;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{Article, BlockKind, SkipReason, Warning};

use dom::Document;
use json_ld::Records;

use crate::finish::{self, Identity};
use crate::furniture::{self, Fate, Line, Origin};
use crate::says::Said;
use crate::{no_article, saved};

/// Levels of markup that are walked; the extractor's own limit is lower.
const DEPTH: usize = 600;

/// A page whose text has fewer words than this, none of them in a sentence, has no article.
const FEW_WORDS: usize = 25;

/// Captions that are sentences from which a page without any other text is a gallery.
const CAPTIONS: usize = 3;

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
        if !document.is_whole() {
            said.warn(Warning::Limit {
                what: "more than 400,000 elements".to_owned(),
            });
        }
        let mut found = Said::default();
        std::mem::swap(&mut found, &mut said);
        let records = Records::parse(&guarded.json_ld);
        meta::read(&document, &records, &mut found);
        let selected = select::article(&document, found.title.as_deref(), &records);
        let links = selected.lines.is_empty() && is_mostly_links(&document);
        (selected, found, links)
    }));
    let Ok((selected, mut said, links)) = outcome else {
        return Err(SkipReason::NoArticle);
    };
    let select::Selected {
        mut lines,
        captions,
        all_captions,
    } = selected;
    said.about.captions = captions;
    let mut fates = furniture::sift(&lines, Origin::Html, &mut said);
    if !holds_text(&lines, &fates)
        && let Some(captions) = gallery(all_captions)
    {
        fates = captions
            .iter()
            .map(|line| Fate::Keep(line.text.len()))
            .collect();
        lines = captions;
    }
    let kept: Vec<&str> = lines
        .iter()
        .zip(&fates)
        .filter(|(_, fate)| **fate != Fate::Drop)
        .map(|(line, _)| line.text.as_ref())
        .collect();
    let title = said.title.as_deref();
    if let Some(what) = no_article::what(title, kept.iter().copied()) {
        return Err(no_article::reason(what));
    }
    if links || furniture::is_link_list(&lines, &fates) {
        return Err(no_article::reason(no_article::LINKS));
    }
    if !holds_text(&lines, &fates) {
        let visible = source::plain(&guarded.html);
        let scripts = page.contains("<script");
        return Err(no_article::reason(no_article::of_empty(
            title, &visible, scripts,
        )));
    }
    let mut article = finish::from_lines(identity, &lines, &fates, said);
    article.source = source::runs(article.text.as_str(), page);
    Ok(article)
}

/// All that a page shows, and what its attributes say.
pub(crate) fn words(guarded: &str) -> String {
    let document = Document::parse(guarded);
    let mut words = document.text_content(document.root()).to_owned();
    for node in document.inside(document.root()) {
        for (_, said) in document.attributes(node) {
            words.push('\n');
            words.push_str(said);
        }
    }
    words
}

/// Whether what stays of a page is a text: a sentence, or words enough.
fn holds_text(lines: &[Line<'_>], fates: &[Fate]) -> bool {
    let kept = lines.iter().zip(fates);
    let kept = kept.filter(|(_, fate)| **fate != Fate::Drop);
    let mut words = 0;
    for (line, _) in kept {
        words += furniture::shape::words(&line.text);
        if words >= FEW_WORDS || furniture::shape::of(&line.text, false).body {
            return true;
        }
    }
    false
}

/// The captions of a page that has nothing but pictures, each once.
fn gallery(captions: Vec<String>) -> Option<Vec<Line<'static>>> {
    let mut seen = HashSet::new();
    let fresh = captions
        .into_iter()
        .filter(|text| seen.insert(text.clone()));
    let captions = select::lines(fresh.map(|text| (text, BlockKind::Paragraph)));
    let sentence = |line: &&Line<'_>| furniture::shape::of(&line.text, false).body;
    (captions.iter().filter(sentence).count() >= CAPTIONS).then_some(captions)
}

/// Links from which on a page without an article can be a list of them.
const SEVERAL: usize = 4;

/// Whether most words of a page are links.
fn is_mostly_links(document: &Document) -> bool {
    let words = |node| document.text_content(node).split_whitespace().count();
    let links = document.get_elements_by_tag_name(document.root(), "a");
    let linked: usize = links.iter().map(|&link| words(link)).sum();
    links.len() >= SEVERAL && 2 * linked > words(document.root())
}

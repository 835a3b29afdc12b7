//! Articles and passages of them, cited. In: a store, which stories, or what a reader chose of one. Out: one citation an
//! article, or a passage, in one style; drafts of checks of a story's claims.

use std::io::Write;

use crossread::report::cite::{Cited, Style, cite};
use crossread::report::{choice, draft, wire};
use store::Reader;

use super::{Chosen, ExportError, fetched, report_of};

/// Writes a citation of each article of the stories chosen, in the version that its story is made of. CSL-JSON is one
/// array and Markdown ends in its notes, so that all of these is held until it is written.
///
/// # Errors
/// Those of the store and of `out`.
pub fn citations(
    store: &Reader,
    chosen: &Chosen,
    style: Style,
    out: &mut dyn Write,
    seen: &dyn Fn(usize),
) -> Result<(), ExportError> {
    let mut all: Vec<(wire::Article, String)> = Vec::new();
    let written = |all: &[(wire::Article, String)]| {
        let cited = all.iter().map(|(article, retrieved)| Cited {
            article,
            passage: None,
            retrieved: Some(retrieved),
        });
        cite(cited, style)
    };
    let whole = matches!(style, Style::Csl | Style::Markdown);
    chosen.each_story(store, seen, |n, _| {
        all.extend(fetched(store, n)?);
        if !whole {
            out.write_all(written(&all).as_bytes())?;
            all.clear();
        }
        Ok(())
    })?;
    if whole {
        out.write_all(written(&all).as_bytes())?;
    }
    Ok(())
}

/// What a reader chose, with the articles that it stands in.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The passages, in the order chosen; where there are none the articles themselves are meant.
    pub passages: Vec<wire::Mention>,
    /// The articles, each with when it was fetched, an RFC 3339 instant.
    pub articles: Vec<(wire::Article, String)>,
}

impl Selection {
    /// All of it, cited.
    pub fn cite(&self, style: Style) -> String {
        let of = |id: &str| self.articles.iter().find(|(article, _)| article.id == id);
        let passages = self.passages.iter().filter_map(|passage| {
            let (article, retrieved) = of(&passage.article)?;
            Some(Cited {
                article,
                passage: Some(passage),
                retrieved: Some(retrieved),
            })
        });
        let articles = self.articles.iter().map(|(article, retrieved)| Cited {
            article,
            passage: None,
            retrieved: Some(retrieved),
        });
        match self.passages.is_empty() {
            true => cite(articles, style),
            false => cite(passages, style),
        }
    }
}

/// What the keys of claims, quotations and disputes of a story lead to; the story's articles where no key is given.
///
/// # Errors
/// Those of the store; [`ExportError::NoStory`], [`ExportError::Choice`].
pub fn selection(store: &Reader, story: &str, keys: &[String]) -> Result<Selection, ExportError> {
    let none = || ExportError::NoStory(story.to_owned());
    let row = store.story(story)?.ok_or_else(none)?;
    let report = report_of(store, row.n, &row.id)?;
    let told = report.as_ref().and_then(|report| report.stories.first());
    let passages = match told {
        Some(told) => choice::by_keys(told, keys)?,
        None => Vec::new(),
    };
    Ok(Selection {
        passages: passages.into_iter().cloned().collect(),
        articles: fetched(store, row.n)?,
    })
}

/// Drafts of ClaimReview, in JSON-LD, of a story's claims and disputes with these keys; of all its disputes where no key
/// is given.
///
/// # Errors
/// As [`selection`]; [`ExportError::NoStory`] too where the story is not compared yet.
pub fn drafts(store: &Reader, story: &str, keys: &[String]) -> Result<String, ExportError> {
    let none = || ExportError::NoStory(story.to_owned());
    let row = store.story(story)?.ok_or_else(none)?;
    let report = report_of(store, row.n, &row.id)?.ok_or_else(none)?;
    Ok(draft::drafts(&report, keys)?)
}

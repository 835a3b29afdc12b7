//! In: the marks of a story's articles. Out: what they decide of the story as it is drawn now. A passage is looked for by
//! its words, nearest to where they stood: what has changed is decided no more.

use crossread::model::{ArticleIx, Decided, Document, Mention, Quotation, Resolution};
use store::{Mark, MarkKind, Marked};

/// The articles that were taken out of the story; never all of it.
pub(crate) fn left_out<'m>(marks: &'m [Mark], articles: &[&str]) -> Vec<&'m str> {
    let out = holding(marks, MarkKind::NotThisStory).flat_map(|mark| &mark.about);
    let out: Vec<&str> = out.map(|one| one.article.as_str()).collect();
    match articles.iter().all(|id| out.contains(id)) {
        true => Vec::new(),
        false => out,
    }
}

/// Which passages were put together or set apart.
pub(crate) fn pairs(marks: &[Mark], docs: &[Document]) -> Decided {
    let mut decided = Decided::default();
    for mark in marks.iter().filter(|mark| mark.undone.is_none()) {
        let together = match mark.kind {
            MarkKind::OneClaim => true,
            MarkKind::WrongMatch => false,
            _ => continue,
        };
        let find = |of: &[Marked]| -> Vec<Mention> {
            of.iter().filter_map(|one| passage(one, docs)).collect()
        };
        for one in find(&mark.about) {
            let others = find(&mark.with).into_iter();
            let pairs = others.map(|other| ([one, other], together));
            decided.pairs.extend(pairs);
        }
    }
    decided
}

/// Takes away the speakers of quotations that were given to somebody who did not say them.
pub(crate) fn unsaid(marks: &[Mark], docs: &mut [Document]) {
    let wrong: Vec<Mention> = holding(marks, MarkKind::WrongSpeaker)
        .flat_map(|mark| &mark.about)
        .filter_map(|one| passage(one, docs))
        .collect();
    for (article, doc) in ArticleIx::all().zip(docs) {
        let wrong = |quote: &Quotation| {
            let said = quote.content();
            wrong.iter().any(|one| {
                one.article == article
                    && one.span.start() < said.end()
                    && said.start() < one.span.end()
            })
        };
        for quote in doc.quotes.iter_mut().filter(|quote| wrong(quote)) {
            quote.speaker = None;
            quote.resolution = Resolution::None;
        }
    }
}

fn holding(marks: &[Mark], kind: MarkKind) -> impl Iterator<Item = &Mark> {
    let holds = move |mark: &&Mark| mark.kind == kind && mark.undone.is_none();
    marks.iter().filter(holds)
}

/// Where a passage stands now.
fn passage(of: &Marked, docs: &[Document]) -> Option<Mention> {
    let (article, doc) = ArticleIx::all()
        .zip(docs)
        .find(|(_, doc)| doc.article.id.as_str() == of.article)?;
    if of.exact.is_empty() {
        return None;
    }
    let text = &doc.article.text;
    let stood = text.as_str().char_indices().nth(of.start as usize);
    let stood = stood.map_or(text.len(), |(at, _)| at);
    let found = text.as_str().match_indices(of.exact.as_str());
    let (at, _) = found.min_by_key(|(at, _)| at.abs_diff(stood))?;
    let span = text.span(at..at + of.exact.len()).ok()?;
    Some(Mention { article, span })
}

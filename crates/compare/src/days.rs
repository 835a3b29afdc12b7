//! In: a story's documents with their expressions of time. Out: the days that each resolves to,
//! also in articles without a date of their own: "Monday" is read against the days on which the
//! story's other articles were published. Where those would give different days, it stays open.

use jiff::civil::Date;
use model::{ArticleIx, DateKind, DateMention, Document, Span, Story, When};

use crate::lexicon::lexicon;

/// An undated article of a story that the others tell within so many days is taken to be of those
/// days; of a longer story it can be of any.
const SHORT_STORY: i32 = 4;
/// Undated articles are often of the day after: that anchor must agree too.
const DAYS_AFTER: usize = 1;

/// The rule of a bare time of day.
const CLOCK: &str = "time";

/// The resolved days of every date mention, by article and index into `Document.dates`.
pub(crate) struct Days(Vec<Vec<Option<When>>>);

impl Days {
    /// Resolves every expression of time that can be.
    pub(crate) fn of(story: &Story, docs: &[&Document]) -> Self {
        let shared = anchors(story, docs);
        Self(
            docs.iter()
                .map(|doc| {
                    let own: Vec<Date> = match doc.article.published {
                        Some(published) => vec![published.date],
                        None => shared.clone(),
                    };
                    doc.dates
                        .iter()
                        .map(|mention| {
                            resolve(mention, &own).filter(|when| says_its_day(doc, mention, *when))
                        })
                        .collect()
                })
                .collect(),
        )
    }

    /// The date mentions that lie in a span of an article, with their days.
    pub(crate) fn in_span<'a>(
        &'a self,
        article: ArticleIx,
        doc: &'a Document,
        span: Span,
    ) -> impl Iterator<Item = (&'a DateMention, When)> {
        doc.dates_in(span).filter_map(move |index| {
            let when = (*self.0.get(article.at())?.get(index)?)?;
            Some((&doc.dates[index], when))
        })
    }
}

/// The days against which an undated article of the story is read; none where the others are
/// undated too or too far apart.
fn anchors(story: &Story, docs: &[&Document]) -> Vec<Date> {
    let published = || {
        docs.iter()
            .filter_map(|doc| doc.article.published)
            .map(|p| p.date)
    };
    let (first, last) = match story.days {
        Some(days) => (days.start, days.end),
        None => match (published().min(), published().max()) {
            (Some(first), Some(last)) => (first, last),
            _ => return Vec::new(),
        },
    };
    let length = first.until(last).map_or(i32::MAX, |span| span.get_days());
    if !(0..=SHORT_STORY).contains(&length) {
        return Vec::new();
    }
    let mut days = vec![first];
    for _ in 0..length as usize + DAYS_AFTER {
        match days.last().and_then(|day| day.tomorrow().ok()) {
            Some(next) => days.push(next),
            None => break,
        }
    }
    days
}

/// Whether the text says the day, and not that it counts from another event ("the next day", "a day
/// earlier") or the time of day alone: "shortly after noon" is read as of the day of publication, and a
/// story is often told the day after.
fn says_its_day(doc: &Document, mention: &DateMention, when: When) -> bool {
    let words = doc.get(mention.span).to_lowercase();
    let words = words.strip_prefix("the ").unwrap_or(&words);
    let known = lexicon(doc);
    let after = |end: &&str| {
        words
            .strip_suffix(*end)
            .is_some_and(|rest| rest.ends_with(' '))
    };
    if known.from_another.iter().any(after) || known.next_days.contains(&words) {
        return false;
    }
    if mention.kind != DateKind::Time || mention.rule != CLOCK {
        return true;
    }
    let sentence = doc
        .sentences
        .partition_point(|sentence| sentence.span.end() <= mention.span.start());
    let Some(sentence) = doc.sentences.get(sentence) else {
        return true;
    };
    doc.dates_in(sentence.span).any(|index| {
        let other = &doc.dates[index];
        other.span != mention.span
            && other.rule != CLOCK
            && other.when.is_some_and(|other| other.start == when.start)
    })
}

fn resolve(mention: &DateMention, anchors: &[Date]) -> Option<When> {
    if matches!(mention.kind, DateKind::Duration | DateKind::Set) {
        return None;
    }
    if mention.when.is_some() {
        return mention.when;
    }
    let relative = mention.relative?;
    let mut resolved = anchors.iter().map(|&anchor| relative.resolve(anchor));
    let first = resolved.next()??;
    resolved.all(|other| other == Some(first)).then_some(first)
}

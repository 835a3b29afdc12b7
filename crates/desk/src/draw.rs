//! In: a story's number. Out: its report, and what the store keeps of it to list and to find.

use std::collections::BTreeMap;

use crossread::model::Article;
use crossread::report::{self, wire, word};
use crossread::{Engine, Grouper, Named, Silent};
use store::{Drawn, Mark, NameRow, Version, pack};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::decide;

/// What a story is drawn from.
pub(crate) struct Part {
    /// Its number in the stream.
    pub story: u32,
    /// Its names.
    pub named: Named,
    /// The newest versions of its articles.
    pub versions: Vec<Version>,
    /// What readers decided of them.
    pub marks: Vec<Mark>,
}

/// Draws a story.
pub(crate) fn draw(engine: &Engine, stream: &Grouper, part: &Part) -> Option<Drawn> {
    let ids: Vec<&str> = part
        .versions
        .iter()
        .map(|v| v.article.id.as_str())
        .collect();
    let out = decide::left_out(&part.marks, &ids);
    let versions = || {
        let versions = part.versions.iter();
        versions.filter(|version| !out.contains(&version.article.id.as_str()))
    };
    let mut articles: Vec<Article> = versions().map(|v| v.article.clone()).collect();
    articles
        .iter_mut()
        .for_each(|article| engine.known(article));
    let made_of = versions()
        .map(|v| (v.article.id.to_string(), v.number))
        .collect();
    let mut docs = engine.annotate(articles, &Silent);
    let mut named = part.named.clone();
    if !part.marks.is_empty() {
        docs.sort_by_cached_key(|doc| crossread::order(&doc.article));
        decide::unsaid(&part.marks, &mut docs);
        named.decided = decide::pairs(&part.marks, &docs);
    }
    let findings = engine.draw(stream, docs, named);
    let report = report::assemble(&findings).stories.pop()?;
    Some(Drawn {
        title: report.title.clone(),
        earlier: report.earlier.clone(),
        origins: best(&report),
        corroborated: corroborated(&report),
        disputes: report.disputes.len() as u32,
        made_of,
        names: report
            .names
            .iter()
            .map(|name| row(name, part.story))
            .collect(),
        quotes: report.quotes.iter().flat_map(given_to).collect(),
        copies: report.copies.iter().map(copy).collect(),
        report: pack(report::line(&report).trim_end().as_bytes()),
    })
}

/// Origins of the claim that can have most, and of these surely has most.
fn best(report: &wire::Story) -> Option<(u32, u32)> {
    let origins = report.claims.iter().map(|claim| &claim.origins);
    let best = origins.map(|o| (o.high, o.low)).max();
    best.map(|(high, low)| (low, high))
}

fn corroborated(report: &wire::Story) -> u32 {
    let claims = report.claims.iter();
    claims
        .filter(|claim| claim.verdict == wire::Verdict::Corroborated)
        .count() as u32
}

/// Whom an utterance is given to, and by how many readings.
fn given_to(quote: &wire::Quote) -> impl Iterator<Item = (String, String, u32)> {
    let mut names: BTreeMap<&str, u32> = BTreeMap::new();
    for speaker in quote.readings.iter().filter_map(|r| r.speaker.as_deref()) {
        *names.entry(speaker).or_default() += 1;
    }
    let id = &quote.id;
    names
        .into_iter()
        .map(|(name, readings)| (id.clone(), name.to_owned(), readings))
}

fn row(name: &wire::Name, story: u32) -> NameRow {
    let kind = word(&name.kind);
    let plain = plain(&name.name);
    // A surname alone is another person's in the next story.
    let alone = name.kind == wire::NameKind::Person && !plain.contains(' ');
    NameRow {
        local: name.id.clone(),
        key: match alone {
            true => format!("{story}/{plain}"),
            false => plain,
        },
        kind,
        name: name.name.clone(),
        mentions: name.mentions.len() as u32,
    }
}

fn copy(copy: &wire::Copy) -> (String, String, String, String, String) {
    (
        copy.id.clone(),
        copy.a.clone(),
        copy.b.clone(),
        word(&copy.kind),
        word(&copy.direction),
    )
}

/// A name without accents, marks and capitals: spellings that differ in more are two names here.
fn plain(name: &str) -> String {
    let letters = name.nfd().filter(|c| !is_combining_mark(*c));
    let letters: String = letters
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

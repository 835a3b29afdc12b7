//! In: statements with the days they speak of, and the claims. Out: what happened when, in order;
//! the same claim at the same time is one event across articles. Only what resolves is stated, at
//! the precision that the text gives.

use model::{ArticleIx, ClaimIx, Document, Event, Mention, NonEmpty, Span, TokenClass, When};

use crate::days::Days;
use crate::judged::Judged;
use crate::terms::Terms;

/// Orders the events that the statements date.
pub(crate) fn timeline(
    docs: &[&Document],
    terms: &Terms,
    days: &Days,
    claims: &[Judged],
) -> Vec<Event> {
    let mut claims_of: Vec<Vec<ClaimIx>> = vec![Vec::new(); terms.said.len()];
    for (claim, judged) in ClaimIx::all().zip(claims) {
        for &said in &judged.said {
            claims_of[said as usize].push(claim);
        }
    }
    let mut events: Vec<(When, Vec<ClaimIx>, Vec<Mention>)> = Vec::new();
    for (index, said) in terms.said.iter().enumerate() {
        let doc = docs[said.article];
        let own = &claims_of[index];
        let mention = Mention {
            article: said.article,
            span: said.span,
        };
        let whens: Vec<When> = days
            .in_span(said.article, doc, said.span)
            .map(|(_, when)| when)
            .collect();
        for &when in &whens {
            // "On Saturday at 3:40 p.m." is one moment, told by its time of day.
            let finer = |other: &When| other.time.is_some() && other.start == when.start;
            if when.time.is_none() && when.start == when.end && whens.iter().any(finer) {
                continue;
            }
            // A statement can carry several claims: one in common makes it the same event.
            let known = events.iter_mut().find(|(known, of, _)| {
                *known == when && own.iter().any(|claim| of.contains(claim))
            });
            match known {
                Some((_, claims, mentions)) => {
                    mentions.push(mention);
                    claims.extend(own);
                }
                None => events.push((when, own.clone(), vec![mention])),
            }
        }
    }
    for (article, doc) in ArticleIx::all().zip(docs) {
        for mention in outside(doc, article) {
            for (_, when) in days.in_span(mention.article, doc, mention.span) {
                events.push((when, Vec::new(), vec![mention]));
            }
        }
    }
    let mut events: Vec<Event> = events
        .into_iter()
        .filter_map(|(when, mut claims, mut mentions)| {
            mentions.sort();
            mentions.dedup();
            claims.sort_unstable();
            claims.dedup();
            Some(Event {
                when,
                mentions: NonEmpty::new(mentions)?,
                claims,
            })
        })
        .collect();
    events.sort_by_key(|event| {
        (
            event.when.start,
            event.when.time,
            event.when.end,
            *event.mentions.first(),
        )
    });
    events.dedup_by(|b, a| a.when == b.when && a.mentions == b.mentions);
    events
}

/// What of a document's sentences stands behind their statements or between them: the words that
/// report a quotation ("the captain said on Sunday") date it and state nothing else. What stands
/// before the first statement is a dateline, and dates no event.
fn outside(doc: &Document, article: ArticleIx) -> Vec<Mention> {
    let mut gaps = Vec::new();
    let mut next = 0;
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let from = next;
        while doc
            .statements
            .get(next)
            .is_some_and(|statement| statement.sentence as usize == index)
        {
            next += 1;
        }
        for (at, statement) in doc.statements[from..next].iter().enumerate() {
            let end = match doc.statements[from..next].get(at + 1) {
                Some(after) => after.span.start(),
                None => sentence.span.end(),
            };
            let tokens = doc.tokens[doc.tokens_in(sentence.span)]
                .iter()
                .filter(|t| t.span.start() >= statement.span.end() && t.span.end() <= end)
                .filter(|t| t.class != TokenClass::Mark)
                .map(|t| t.span);
            gaps.extend(
                tokens
                    .reduce(Span::hull)
                    .map(|span| Mention { article, span }),
            );
        }
    }
    gaps
}

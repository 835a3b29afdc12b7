//! In: statements with the days they speak of, and the claims. Out: what happened when, in order;
//! the same claim at the same time is one event across articles. Only what resolves is stated, at
//! the precision that the text gives.

use model::{Document, Event, Mention, NonEmpty, When};

use crate::days::Days;
use crate::judge::Judged;
use crate::terms::Terms;

/// Orders the events that the statements date.
pub(crate) fn timeline(
    docs: &[&Document],
    terms: &Terms,
    days: &Days,
    claims: &[Judged],
) -> Vec<Event> {
    let mut claims_of: Vec<Vec<u32>> = vec![Vec::new(); terms.said.len()];
    for (claim, judged) in claims.iter().enumerate() {
        for &said in &judged.said {
            claims_of[said as usize].push(claim as u32);
        }
    }
    let mut events: Vec<(When, Vec<u32>, Vec<Mention>)> = Vec::new();
    for (index, said) in terms.said.iter().enumerate() {
        let doc = docs[said.article as usize];
        let own = &claims_of[index];
        let mention = Mention {
            article: said.article,
            span: said.span,
        };
        for (_, when) in days.in_span(said.article, doc, said.span) {
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

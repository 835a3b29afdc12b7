//! In: claims and disputes, of which each passage is told by its first statement in the same words. Out: the same with
//! every reprint listed: more outlets, no more origins.

use model::{ClaimReading, Dispute, Document, Mention, NonEmpty, Reason, ReasonKind, Span};

use crate::judged::Judged;
use crate::origins::{merged, outlets};
use crate::reprints::Reprints;

/// Lists with each claim the reprints of what states it: more outlets, no more origins.
pub(crate) fn with_claims(reprints: &Reprints, docs: &[&Document], judged: &mut [Judged]) {
    for claim in judged {
        if claim
            .readings
            .iter()
            .any(|reading| !reprints.again(reading.mention).is_empty())
        {
            with_claim(reprints, docs, claim);
        }
    }
}

fn with_claim(reprints: &Reprints, docs: &[&Document], claim: &mut Judged) {
    let mut all: Vec<(ClaimReading, u32, Option<usize>)> = Vec::new();
    let mut lacking = std::mem::take(&mut claim.absent_from);
    let own = claim.readings.iter().zip(&claim.said);
    for (at, (reading, &said)) in own.enumerate() {
        all.push((reading.clone(), said, Some(at)));
        let again = reprints.again(reading.mention);
        // What only comes near a claim is named once.
        if again.is_empty() || reading.near {
            continue;
        }
        all.extend(
            again
                .iter()
                .map(|&place| (moved(docs, reading, place), said, None)),
        );
        let articles: Vec<u32> = again.iter().map(|place| place.article).collect();
        lacking.retain(|article| articles.binary_search(article).is_err());
        let with = std::iter::once(reading.mention.article);
        claim.origins.because.push(Reason {
            kind: ReasonKind::SharedPassages,
            articles: with.chain(articles).collect(),
            words: None,
        });
    }
    all.sort_by_key(|(reading, ..)| reading.mention);
    let place = |was: u32| {
        let found = all.iter().position(|(_, _, at)| *at == Some(was as usize));
        found.map_or(was, |place| place as u32)
    };
    (claim.clearest, claim.confirmed) = (place(claim.clearest), claim.confirmed.map(place));
    claim.origins.because = merged(std::mem::take(&mut claim.origins.because));
    claim.absent_from = lacking;
    claim.said = all.iter().map(|one| one.1).collect();
    let readings = all.into_iter().map(|one| one.0).collect();
    if let Some(readings) = NonEmpty::new(readings) {
        claim.readings = readings;
    }
    claim.outlets = outlets(docs, claim.readings.iter().filter(|reading| !reading.near));
}

/// Lists the reprints on the sides of disputes.
pub(crate) fn in_disputes(reprints: &Reprints, disputes: &mut [Dispute]) {
    for side in disputes
        .iter_mut()
        .flat_map(|dispute| dispute.sides.iter_mut())
    {
        let own = side.mentions.iter();
        let mut all: Vec<Mention> = own
            .flat_map(|place| std::iter::once(place).chain(reprints.again(*place)))
            .copied()
            .collect();
        all.sort_unstable();
        all.dedup();
        if let Some(all) = NonEmpty::new(all) {
            side.mentions = all;
        }
    }
}

/// A reading in another place with the same words.
fn moved(docs: &[&Document], reading: &ClaimReading, place: Mention) -> ClaimReading {
    let inside = |words: Span| {
        let from = words.start().checked_sub(reading.mention.span.start())?;
        let start = place.span.start() + from;
        let text = &docs[place.article as usize].article.text;
        let span = text.span(start..start + words.len()).ok()?;
        place.span.contains(span).then_some(span)
    };
    let source = reading.source.as_ref();
    let source = source.and_then(|source| inside(source.span));
    ClaimReading {
        mention: place,
        source: source.map(|span| Mention { span, ..place }),
        carried: reading.carried.and_then(inside),
        ..reading.clone()
    }
}

//! Keys that last. In: a claim, an utterance, a dispute. Out: a key that leads to it when its story has grown
//! and its number is another's. A key is made of one passage, and leads to whatever has that passage now.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::wire::{Claim, Dispute, Mention, Quote, Story};

/// Bytes of the hash that a key shows: among a million passages of one story two would be alike once in
/// five hundred stories.
const BYTES: usize = 6;

/// The key by which a passage leads to a thing of this kind: the letter of its id, then hexadecimal digits.
/// Where in its article the passage stands does not count, so that an edit elsewhere changes no key.
pub(crate) fn key(kind: char, mention: &Mention) -> String {
    let mut hash = Sha256::new();
    hash.update(mention.article.as_bytes());
    hash.update([0]);
    hash.update(mention.text.as_bytes());
    let hash = hash.finalize();
    format!("{kind}{}", HEXLOWER.encode(&hash[..BYTES]))
}

pub(crate) fn of_claim(claim: &Claim) -> impl Iterator<Item = &Mention> {
    // A passage that only comes near it may come near another tomorrow.
    crate::view::stated(claim)
}

pub(crate) fn of_quote(quote: &Quote) -> impl Iterator<Item = &Mention> {
    quote.readings.iter().map(|reading| &reading.mention)
}

pub(crate) fn of_dispute(dispute: &Dispute) -> impl Iterator<Item = &Mention> {
    dispute.sides.iter().flat_map(|side| &side.mentions)
}

/// Gives everything in a story its key.
pub fn name(story: &mut Story) {
    let first = |kind: char, mention: Option<&Mention>| {
        mention
            .map(|mention| key(kind, mention))
            .unwrap_or_default()
    };
    let mut claims: HashMap<String, u32> = HashMap::new();
    for mention in story.claims.iter().flat_map(of_claim) {
        *claims.entry(key('c', mention)).or_default() += 1;
    }
    for claim in &mut story.claims {
        // A sentence may be read as two claims: what it alone has leads to it better.
        let keys: Vec<String> = of_claim(claim).map(|mention| key('c', mention)).collect();
        let own = keys.into_iter().find(|key| claims.get(key) == Some(&1));
        let shown = claim.readings.get(claim.clearest as usize);
        let found = own.or_else(|| shown.map(|reading| key('c', &reading.mention)));
        claim.key = found.unwrap_or_default();
    }
    for quote in &mut story.quotes {
        let found = first('q', of_quote(quote).next());
        quote.key = found;
    }
    let place = |id: &str| story.articles.iter().position(|known| known == id);
    for dispute in &mut story.disputes {
        // The order of the sides may change; the first article to say something stays the first.
        let earliest = of_dispute(dispute).min_by_key(|m| (place(&m.article), m.start));
        dispute.key = first('d', earliest);
    }
}

/// The id that a key leads to now, in a story as it is.
pub fn find<'s>(story: &'s Story, wanted: &str) -> Option<&'s str> {
    let is = |kind: char| move |mention: &Mention| key(kind, mention) == wanted;
    match wanted.chars().next()? {
        'c' => {
            let own = |claim: &&Claim| claim.key == wanted;
            let has = |claim: &&Claim| of_claim(claim).any(is('c'));
            let near = |claim: &&Claim| {
                let mut readings = claim.readings.iter();
                readings.any(|reading| is('c')(&reading.mention))
            };
            let claims = || story.claims.iter();
            let found = claims().find(own).or_else(|| claims().find(has));
            Some(&found.or_else(|| claims().find(near))?.id)
        }
        'q' => {
            let found = |quote: &&Quote| of_quote(quote).any(is('q'));
            Some(&story.quotes.iter().find(found)?.id)
        }
        'd' => {
            let found = |dispute: &&Dispute| of_dispute(dispute).any(is('d'));
            Some(&story.disputes.iter().find(found)?.id)
        }
        _ => None,
    }
}

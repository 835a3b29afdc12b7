//! In: drafts of a sentence. Out: the same with the lists' countries, peoples and large cities set
//! right. A word of the lists decides alone only where no longer name holds it.

use model::NameKind;

use super::draft::{Draft, View};
use super::lexicon::{COUNTRY, DEMONYM, HEADLINE, INSIDE, LARGE_CITY, PLACE, REGION, STOP};

/// Adds places and peoples that the tagger missed and mends the kinds of those it found. `drafts`
/// are those of one sentence, in order.
pub(crate) fn mend(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    join_parts(view, drafts);
    for draft in drafts.iter_mut() {
        let len = draft.end - draft.first;
        let whole = place_len(view, draft.first) == len;
        if whole && view.is(draft.first, COUNTRY) && !view.is(draft.first, DEMONYM) {
            draft.kind = NameKind::Place;
            draft.fixed = true;
        }
        if len == 1 && view.is(draft.first, DEMONYM) && !view.is(draft.first, COUNTRY) {
            draft.kind = NameKind::Other;
            draft.fixed = true;
        }
    }
    let mut at = tokens.start;
    let mut next = 0;
    let mut added = Vec::new();
    while at < tokens.end {
        while drafts.get(next).is_some_and(|draft| draft.end <= at) {
            next += 1;
        }
        if let Some(draft) = drafts.get(next)
            && draft.first <= at
        {
            at = draft.end;
            continue;
        }
        let len = if view.capital(at) {
            place_len(view, at)
        } else {
            0
        };
        let free = drafts.get(next).is_none_or(|draft| draft.first >= at + len);
        let sure = view.is(at, COUNTRY) || len > 1 && view.is(at, REGION | LARGE_CITY);
        if len > 0 && free && sure && !view.is(at, DEMONYM | STOP) && !currency(view, at + len) {
            let draft = Draft {
                first: at,
                end: at + len,
                kind: NameKind::Place,
                fixed: true,
            };
            added.push(draft);
            at += len;
        } else if view.capital(at) && view.is(at, DEMONYM) && !view.is(at, HEADLINE) {
            let draft = Draft {
                first: at,
                end: at + 1,
                kind: NameKind::Other,
                fixed: true,
            };
            added.push(draft);
            at += 1;
        } else {
            at += 1;
        }
    }
    drafts.extend(added);
    drafts.sort_by_key(|draft| draft.first);
    drafts.retain(|draft| {
        !(draft.kind == NameKind::Place
            && draft.end - draft.first == 1
            && currency(view, draft.end))
    });
}

/// "US $3 billion" is money, no mention of a country.
fn currency(view: View, at: usize) -> bool {
    matches!(view.text(at), "$" | "dollar" | "dollars")
}

/// How many tokens the list's place that begins here has.
pub(crate) fn place_len(view: View, at: usize) -> usize {
    if !view.is(at, PLACE) || view.is(at, INSIDE) {
        return 0;
    }
    let mut end = at + 1;
    while view.is(end, INSIDE) {
        end += 1;
    }
    end - at
}

/// Joins two drafts that cut a place of the lists in two ("Hong" + "Kong").
fn join_parts(view: View, drafts: &mut Vec<Draft>) {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        match kept.last_mut() {
            Some(last) if last.end == draft.first && view.is(draft.first, INSIDE) => {
                let exact = last.first + place_len(view, last.first) == draft.end;
                last.end = draft.end;
                if exact {
                    last.kind = NameKind::Place;
                }
            }
            _ => kept.push(draft),
        }
    }
    for index in 0..kept.len() {
        let draft = kept[index];
        let len = place_len(view, draft.first);
        // "United" alone: the rest of the list's name was missed.
        let free = kept
            .get(index + 1)
            .is_none_or(|next| next.first >= draft.first + len);
        if len > draft.end - draft.first && free {
            kept[index].end = draft.first + len;
            kept[index].kind = NameKind::Place;
        }
    }
    *drafts = kept;
}

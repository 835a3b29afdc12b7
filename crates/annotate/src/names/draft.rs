//! In: the tagger's labels. Out: drafts of names, as ranges of tokens. Refuses what has no capital or is a date, a pronoun or a mark.

use model::{NameKind, Tag};
use tagger::Model;

use super::lexicon::{
    ALONE, CALENDAR, CAPITAL_ELSEWHERE, COMMON, FIRST, GIVEN, HEADLINE, KNOWN, ORG_HEAD, PERSONAL,
    PLACE, PLACE_HEAD, STOP,
};
use super::months::bears_month;
use super::view::View;

/// In a list of names.
const KNOWN_OR_PLACE: u32 = KNOWN | PLACE;

/// A name on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// What it names.
    pub(crate) kind: NameKind,
    /// Whether a rule or list decided the kind, so that a vote does not change it.
    pub(crate) fixed: bool,
}

/// Whether a token is one letter twice, both capitals, and its neighbour is too or a word that is
/// never a part of a name follows: Spanish writes plurals so ("EE. UU.").
fn doubled(view: View, at: usize) -> bool {
    let twice = |at: usize| {
        let letters = view.text(at).trim_end_matches('.').as_bytes();
        matches!(letters, [a, b] if a == b && a.is_ascii_uppercase())
    };
    let near = |at: usize| twice(at) || view.text(at) == "." && twice(at + 1);
    let before = at.checked_sub(1).is_some_and(twice)
        || at >= 2 && view.text(at - 1) == "." && twice(at - 2);
    twice(at) && (near(at + 1) || before || view.is(at, FIRST) && view.is(at + 1, COMMON | STOP))
}

/// The tagger's proposals for one sentence, cleaned at their ends.
pub(crate) fn propose(
    view: View,
    model: &Model,
    tokens: std::ops::Range<usize>,
    labels: &mut Vec<u8>,
    drafts: &mut Vec<Draft>,
) {
    let Some(words) = view.words.get(tokens.clone()) else {
        return;
    };
    model.tag(words, labels);
    let before = drafts.len();
    for (at, &label) in tokens.zip(labels.iter()) {
        let kind = match label.saturating_sub(1) / 2 {
            0 => NameKind::Person,
            1 => NameKind::Organisation,
            2 => NameKind::Place,
            _ => NameKind::Other,
        };
        match drafts.last_mut() {
            _ if label == 0 => {}
            Some(draft) if label % 2 == 0 && draft.end == at => draft.end = at + 1,
            _ => drafts.push(Draft {
                first: at,
                end: at + 1,
                kind,
                fixed: false,
            }),
        }
    }
    let mut kept = before;
    for index in before..drafts.len() {
        if let Some(draft) = clean(view, drafts[index]) {
            drafts[kept] = draft;
            kept += 1;
        }
    }
    drafts.truncate(kept);
}

/// A draft without articles, marks and endings at its ends; `None` where no name is left.
pub(crate) fn clean(view: View, mut draft: Draft) -> Option<Draft> {
    let quote = |at: usize| matches!(view.text(at), "\"" | "“" | "”" | "‘" | "'");
    while draft.first < draft.end {
        let article = view.any(draft.first, &["the", "a", "an"]) && draft.kind != NameKind::Other;
        let first = draft.first;
        if article
            || quote(first)
            || !view.word(first)
                && !view.text(first).starts_with(['@', '#'])
                && !view.text(first).starts_with(|c: char| c.is_ascii_digit())
        {
            draft.first += 1;
        } else {
            break;
        }
    }
    while draft.first < draft.end {
        let last = draft.end - 1;
        let small = view.any(
            last,
            &[
                "of", "and", "the", "for", "in", "on", "at", "to", "a", "with",
            ],
        );
        let mark = !view.word(last) && !view.text(last).starts_with(|c: char| c.is_alphanumeric());
        if small || mark || view.genitive(last) {
            draft.end -= 1
        } else {
            break;
        }
    }
    // "Marsh's Vellmar": whose it is and what it is are two.
    if draft.kind == NameKind::Person
        && let Some(owner) = (draft.first + 1..draft.end).find(|&at| view.genitive(at))
    {
        draft.end = owner;
    }
    let mut inside = draft.first..draft.end;
    let named =
        inside.any(|at| view.capital(at) && (!view.is(at, CALENDAR) || bears_month(view, at)));
    if !named {
        return None;
    }
    // "EE." and "UU" of a translated "EE. UU.": a doubled letter shortens a plural there.
    if doubled(view, draft.first) {
        return None;
    }
    // "We", "But", "In": a capital because a sentence begins.
    let alone = draft.end - draft.first == 1;
    if alone && view.is(draft.first, STOP) && !view.upper(draft.first)
        || alone
            && matches!(
                view.tag(draft.first),
                Tag::Pron | Tag::Det | Tag::Aux | Tag::Sconj
            )
            && !view.upper(draft.first)
    {
        return None;
    }
    // "Subscribe", "Asked": a verb that a sentence begins with.
    if alone
        && matches!(
            view.tag(draft.first),
            Tag::Verb | Tag::Adv | Tag::Adp | Tag::Cconj | Tag::Intj
        )
        && view.is(draft.first, FIRST)
        && !view.is(draft.first, CAPITAL_ELSEWHERE | KNOWN_OR_PLACE | GIVEN)
        && !view.upper(draft.first)
    {
        return None;
    }
    // "Frequencies": an everyday word that has a capital only because a sentence begins.
    if alone
        && view.is(draft.first, FIRST)
        && view.is(draft.first, COMMON)
        && !view.is(
            draft.first,
            CAPITAL_ELSEWHERE | KNOWN_OR_PLACE | GIVEN | PERSONAL | HEADLINE,
        )
        && !view.capital(draft.end)
    {
        return None;
    }
    // "the Government", "the Kingdom": a noun with a capital, no name.
    let noun = view.is(draft.first, ORG_HEAD | PLACE_HEAD) && !view.is(draft.first, ALONE | KNOWN);
    if alone && noun && !view.upper(draft.first) && draft.kind != NameKind::Person {
        return None;
    }
    Some(draft)
}

//! In: drafts of persons. Out: the same without titles, and the roles that the text gives them:
//! ranks and offices before the name ("Chief of Army Staff Gen."), offices in apposition behind it
//! (", the army chief,"). A title alone is no name.

use model::{NameKind, Tag};

use super::draft::{Draft, View};
use super::lexicon::{
    BEFORE_ROLE, DEMONYM, GIVEN, HONORIFIC, KIN, ORG_HEAD, PARTICLE, PLACE, RANK, ROLE, STOP,
};

/// Most words of one role.
const LONGEST: usize = 8;

/// Most roles before one name.
const MOST: usize = 4;

/// Words of ranks that are everyday words: no rank unless one of the others stands beside.
const WEAK: [&str; 12] = [
    "first", "second", "master", "staff", "field", "air", "vice", "chief", "petty", "deputy",
    "private", "major",
];

/// Titles that go with a single name as a part of it ("Mullah Omer", "Prince Harry") are kept as
/// roles all the same: news sets mark the name alone.
const TITLE: u32 = HONORIFIC | RANK | ROLE;

/// Takes titles off the front of a person's draft; `None` where only titles are left.
pub(crate) fn strip(view: View, mut draft: Draft) -> Option<Draft> {
    if draft.kind != NameKind::Person {
        return Some(draft);
    }
    // The last title with something behind it, if only titles and what goes with them come before.
    let mut cut = draft.first;
    for at in draft.first..draft.end {
        let goes_with = BEFORE_ROLE | KIN | ORG_HEAD | DEMONYM | PLACE;
        let of = view.any(at, &["of", "for", "and", "the"]);
        // A given name in front is a name, whatever else the word means.
        if view.is(at, GIVEN) && !view.is(at, HONORIFIC | RANK) {
            break;
        }
        if view.is(at, TITLE) {
            cut = at + 1;
        } else if !(of || view.is(at, goes_with) || view.genitive(at)) {
            break;
        }
    }
    if cut >= draft.end {
        // "Major", "Judge" alone are names only of those who bear them: leave the tagger's word
        // where it stands inside a sentence behind a given name; here there is none.
        return None;
    }
    while cut < draft.end && (!view.word(cut) || view.genitive(cut)) {
        cut += 1;
    }
    draft.first = cut.min(draft.end - 1);
    Some(draft)
}

/// The roles before a person's name, as ranges of tokens, in order.
pub(crate) fn before(view: View, name: usize, floor: usize) -> Vec<(usize, usize)> {
    let mut roles = Vec::new();
    let mut end = name;
    while roles.len() < MOST {
        let Some(start) = rank(view, end, floor).or_else(|| role(view, end, floor)) else {
            break;
        };
        roles.push((start, end));
        end = start;
    }
    roles.reverse();
    roles
}

/// A run of ranks and honorifics that ends at `end`.
fn rank(view: View, end: usize, floor: usize) -> Option<usize> {
    let mut start = end;
    let mut strong = false;
    while start > floor && view.is(start - 1, HONORIFIC | RANK) && view.capital(start - 1) {
        start -= 1;
        strong |= !view.any(start, &WEAK) && !view.is(start, ROLE) || view.is(start, HONORIFIC);
    }
    (start < end && (strong || !view.is(end - 1, ROLE))).then_some(start)
}

/// An office that ends at `end`: "Foreign Minister", "Secretary of State".
fn role(view: View, end: usize, floor: usize) -> Option<usize> {
    if end <= floor {
        return None;
    }
    if view.is(end - 1, ROLE) {
        return Some(modifiers(view, end - 1, floor));
    }
    // "Chief of Army Staff": capitals behind "of", behind a role.
    let mut at = end;
    while at > floor && end - at < LONGEST {
        at -= 1;
        if view.any(at, &["of", "for"]) && at > floor && view.is(at - 1, ROLE) {
            return Some(modifiers(view, at - 1, floor));
        }
        let inside = view.capital(at)
            || view.any(at, &["the", "and", "of", "for"])
            || view.tag(at) == Tag::Propn;
        if !inside || view.is(at, GIVEN) {
            return None;
        }
    }
    None
}

/// The words that belong to a role's head, before it.
fn modifiers(view: View, head: usize, floor: usize) -> usize {
    let mut start = head;
    while start > floor && head - start < LONGEST {
        let at = start - 1;
        let part = view.is(at, BEFORE_ROLE | ROLE) && !view.is(at, STOP)
            || view.upper(at) && view.word(at) && !view.is(at, PLACE);
        if !part {
            break;
        }
        start = at;
    }
    start
}

/// The role in apposition behind a name that ends at `end`: ", the top commander in Y,".
pub(crate) fn behind(view: View, end: usize, limit: usize) -> Option<(usize, usize)> {
    if view.text(end) != "," {
        return None;
    }
    let mut first = end + 1;
    let article = view.any(first, &["a", "an", "the", "his", "her", "its", "their"]);
    if article {
        first += 1;
    }
    let mut head = None;
    let mut at = first;
    while at < limit && at - first < LONGEST {
        let text = view.text(at);
        if text == "," || view.any(at, &["who", "which", "said", "and"]) {
            break;
        }
        if view.is(at, ROLE) {
            head = Some(at);
        } else if head.is_some() || matches!(view.tag(at), Tag::Verb | Tag::Aux | Tag::Pron) {
            break;
        }
        at += 1;
    }
    let head = head?;
    if !article && view.capital(first) && !view.is(first, ROLE | BEFORE_ROLE | DEMONYM | PLACE) {
        return None;
    }
    // As far as the comma where it is near, else the head alone.
    let mut stop = head + 1;
    if view.any(stop, &["of", "for", "at", "in"]) {
        let mut far = stop;
        while far < limit && far - first < 2 * LONGEST {
            if matches!(view.text(far), "," | "." | ")" | ";") {
                stop = far;
                break;
            }
            if matches!(view.tag(far), Tag::Verb | Tag::Aux) {
                break;
            }
            far += 1;
        }
    }
    Some((first, stop))
}

/// Whether a word before a single name shows that it is a person's: a title or a particle.
pub(crate) fn announces(view: View, name: usize, floor: usize) -> bool {
    name > floor
        && (view.is(name - 1, HONORIFIC | RANK) && view.capital(name - 1)
            || view.is(name - 1, ROLE) && view.capital(name - 1) && !view.is(name - 1, PARTICLE))
}

//! In: drafts of persons. Out: the same without titles, and the roles that the text gives them:
//! ranks and offices before the name ("Chief of Army Staff Gen."), offices in apposition behind it
//! (", the army chief,"). A title alone is no name; one that goes with a single name as a part of it
//! ("Mullah Omer", "Prince Harry") is a role all the same: news sets mark the name alone.

use model::{NameKind, Tag};

use super::draft::Draft;
use super::lexicon::{
    BEFORE_ROLE, CALENDAR, COUNTRY, DEMONYM, GIVEN, HEADLINE, HONORIFIC, KIN, ORG_HEAD, PARTICLE,
    PLACE, RANK, ROLE, STOP, TITLE,
};
use super::months::{MONTHS, bears_month, led_as_time};
use super::view::View;

/// Most words of one role.
const LONGEST: usize = 8;

/// Most roles before one name.
const MOST: usize = 4;

/// Everyday words that are part of a rank only before certain others.
const WEAK: [(&str, &[&str]); 11] = [
    ("first", &["lt", "lieutenant", "sgt", "sergeant"]),
    ("second", &["lt", "lieutenant"]),
    ("master", &["sgt", "sergeant", "chief"]),
    ("staff", &["sgt", "sergeant"]),
    ("gunnery", &["sgt", "sergeant"]),
    ("field", &["marshal"]),
    ("air", &["marshal", "vice", "commodore", "chief"]),
    ("vice", &["admiral", "adm", "marshal", "chief"]),
    (
        "chief",
        &[
            "petty",
            "warrant",
            "inspector",
            "constable",
            "superintendent",
            "marshal",
            "master",
        ],
    ),
    ("petty", &["officer"]),
    ("deputy", &["inspector", "superintendent", "commissioner"]),
];

/// Offices whose second word is "General".
const GENERALS: [&str; 10] = [
    "attorney",
    "director",
    "secretary",
    "inspector",
    "solicitor",
    "consul",
    "governor",
    "auditor",
    "surgeon",
    "advocate",
];

/// Takes titles off the front of a person's draft; `None` where only titles are left.
pub(crate) fn strip(view: View, mut draft: Draft) -> Option<Draft> {
    if draft.kind != NameKind::Person {
        // "President Donald Marsh" taken for a thing: the person behind the title.
        let title = (draft.first..draft.end.saturating_sub(1)).find(|&at| {
            view.is(at, TITLE) && view.capital(at) && view.is(at + 1, GIVEN) && !draft.fixed
        });
        if let Some(title) = title {
            draft.first = title + 1;
            draft.kind = NameKind::Person;
        }
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

/// Titles that are everyday words too: they announce a person only before a given name.
const EVERYDAY: [&str; 24] = [
    "general", "major", "chief", "master", "private", "officer", "second", "first", "justice",
    "judge", "count", "sister", "father", "brother", "king", "queen", "prince", "princess",
    "saint", "st", "don", "sp", "ig", "staff",
];

/// "Joanna May" where the tagger saw no name: a given name and a month; not "Joanna May 5". And the
/// first word of "June Osk" where it saw a person behind a month.
pub(crate) fn months(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    for draft in drafts.iter_mut() {
        let Some(month) = draft.first.checked_sub(1).filter(|&at| at >= tokens.start) else {
            continue;
        };
        let titled = bears_month(view, month);
        let person = draft.kind == NameKind::Person && draft.end - draft.first == 1;
        if view.capital(month)
            && view.any(month, &MONTHS)
            && (titled || person && !led_as_time(view, month))
        {
            draft.first = month;
            draft.kind = NameKind::Person;
        }
    }
    for last in tokens.start + 1..tokens.end {
        let first = last - 1;
        let name = view.is(last, CALENDAR)
            && view.capital(last)
            && view.any(last, &MONTHS)
            && view.is(first, GIVEN)
            && !view.is(first, CALENDAR | STOP | HONORIFIC)
            && view.capital(first)
            && !view
                .text(last + 1)
                .starts_with(|c: char| c.is_ascii_digit());
        if !name
            || drafts
                .iter()
                .any(|d| d.first <= last && d.end > first && d.end != last)
        {
            continue;
        }
        drafts.retain(|d| d.end != last);
        drafts.push(Draft {
            first,
            end: last + 1,
            kind: NameKind::Person,
            fixed: false,
        });
        drafts.sort_by_key(|draft| draft.first);
    }
}

/// Makes a person of the capitals behind a title ("Gen Qamar Osk") where the tagger saw none.
pub(crate) fn announced(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    for at in tokens.clone() {
        if !view.is(at, HONORIFIC | RANK) || !view.capital(at) || view.is(at + 1, HONORIFIC | RANK)
        {
            continue;
        }
        let word = view.text(at).trim_end_matches('.');
        let everyday = EVERYDAY
            .iter()
            .any(|title| word.eq_ignore_ascii_case(title));
        if everyday && !view.is(at + 1, GIVEN) || view.is(at, HEADLINE) {
            continue;
        }
        let part = |at: usize| {
            at < tokens.end
                && view.capital(at)
                && view.word(at)
                && (!view.is(
                    at,
                    TITLE | STOP | ORG_HEAD | CALENDAR | DEMONYM | BEFORE_ROLE | COUNTRY,
                ) || bears_month(view, at))
        };
        let mut end = at + 1;
        while part(end) && end - at <= 4 {
            end += 1;
        }
        let first = at + 1;
        if end == first
            || drafts
                .iter()
                .any(|d| d.first <= first && d.end > first && d.fixed)
        {
            continue;
        }
        match drafts
            .iter_mut()
            .find(|d| d.first <= first && d.end > first)
        {
            Some(draft) if draft.kind == NameKind::Person => {}
            Some(draft) if draft.end >= end => draft.kind = NameKind::Person,
            _ => {
                drafts.retain(|d| d.end <= first || d.first >= end);
                let kind = NameKind::Person;
                drafts.push(Draft {
                    first,
                    end,
                    kind,
                    fixed: false,
                });
                drafts.sort_by_key(|draft| draft.first);
            }
        }
    }
}

/// "Torvald CEO Ada Brim" taken for one person: a body, its office in capitals, who holds it.
pub(crate) fn offices(view: View, drafts: &mut Vec<Draft>) {
    for index in 0..drafts.len() {
        let draft = drafts[index];
        let last = draft.end - 1;
        if draft.kind == NameKind::Organisation
            && last > draft.first
            && view.is(last, ROLE)
            && view.upper(last)
            && !view.is(last, ORG_HEAD)
        {
            drafts[index].end = last;
            continue;
        }
        let office = (draft.first + 1..draft.end.saturating_sub(1)).rfind(|&at| {
            view.is(at, ROLE) && view.upper(at) && view.text(at).len() > 1 && !view.upper(at + 1)
        });
        let Some(office) = office.filter(|_| draft.kind == NameKind::Person) else {
            continue;
        };
        drafts[index].first = office + 1;
        let mut end = office;
        while end > draft.first && view.is(end - 1, TITLE | BEFORE_ROLE) {
            end -= 1;
        }
        if end > draft.first && !view.is(draft.first, TITLE | DEMONYM) {
            drafts.push(Draft {
                end,
                kind: NameKind::Organisation,
                ..draft
            });
        }
    }
    drafts.sort_by_key(|draft| draft.first);
}

/// "Tomas" "de Marsh": a given name and a family's behind a small particle are one person's.
pub(crate) fn particles(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    for at in tokens.start + 1..tokens.end.saturating_sub(1) {
        let small = view.is(at, PARTICLE) && !view.capital(at);
        let given = view.is(at - 1, GIVEN) && view.capital(at - 1);
        if !small || !given || !view.capital(at + 1) {
            continue;
        }
        let whole = |d: &Draft| d.first < at && d.end > at + 1;
        if drafts
            .iter()
            .any(|d| d.fixed && d.first <= at + 1 && d.end >= at || whole(d))
        {
            continue;
        }
        let before = drafts.iter().position(|d| d.first < at && d.end == at);
        let first = match before.map(|found| drafts[found]) {
            Some(draft) if draft.kind == NameKind::Person => draft.first,
            Some(_) => continue,
            None => at - 1,
        };
        let behind = drafts.iter().find(|d| d.first == at + 1);
        let end = behind.map_or(at + 2, |d| d.end);
        drafts.retain(|d| d.end <= first || d.first >= end);
        drafts.push(Draft {
            first,
            end,
            kind: NameKind::Person,
            fixed: false,
        });
        drafts.sort_by_key(|draft| draft.first);
    }
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
    while start > floor && view.capital(start - 1) {
        let at = start - 1;
        let general = view.any(at, &["general"]) && at > floor && view.any(at - 1, &GENERALS);
        if !view.is(at, HONORIFIC | RANK) || general || weak(view, at, end) {
            break;
        }
        start = at;
    }
    (start < end).then_some(start)
}

/// Whether an everyday word does not go with the rank behind it here.
fn weak(view: View, at: usize, end: usize) -> bool {
    let word = view.text(at).trim_end_matches('.');
    let Some((_, next)) = WEAK
        .iter()
        .find(|(weak, _)| word.eq_ignore_ascii_case(weak))
    else {
        return false;
    };
    let behind = view.text(at + 1).trim_end_matches('.');
    at + 1 >= end || !next.iter().any(|next| behind.eq_ignore_ascii_case(next))
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
            // "the foreign minister of" ends in nothing: what follows is no holder of the office.
            if at + 1 == end {
                return None;
            }
            return Some(modifiers(view, at - 1, floor));
        }
        let inside = view.capital(at)
            || view.any(at, &["the", "and", "of", "for"])
            || view.tag(at) == Tag::Propn;
        let rank = view.is(at, RANK) && !WEAK.iter().any(|(weak, _)| view.any(at, &[*weak]));
        if !inside || rank || view.is(at, GIVEN) {
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
        if view.text(at) == "," || view.any(at, &["who", "which", "said", "and"]) {
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
    let mut cut = false;
    if view.any(stop, &["of", "for", "at", "in"]) {
        let mut far = stop;
        cut = true;
        while far < limit && far - first < 2 * LONGEST {
            if matches!(view.text(far), "," | "." | ")" | ";") {
                (stop, cut) = (far, false);
                break;
            }
            if matches!(view.tag(far), Tag::Verb | Tag::Aux) {
                cut = false;
                break;
            }
            far += 1;
        }
        cut &= far == limit;
    }
    // "…, Foreign Minister Arbo" is the next name's.
    let open =
        view.word(stop) && (view.capital(stop) || stop >= limit) || view.any(stop, &["and", "or"]);
    // So is "…, Chief of the Guard Gen. Arbo".
    (!open && !cut).then_some((first, stop))
}

/// Drops what the tagger took for a name and is only a part of the role before a person's name, or
/// nothing but titles. An organisation inside a role ("Director of the Harbour Office") stays.
pub(crate) fn drop_roles(view: View, drafts: &mut Vec<Draft>) {
    let mut inside: Vec<(usize, usize)> = Vec::new();
    let mut floor = 0;
    for draft in drafts.iter().filter(|draft| draft.kind == NameKind::Person) {
        let sentence = view.sentence_start(draft.first);
        inside.extend(before(view, draft.first, floor.max(sentence)));
        floor = draft.end;
    }
    let office = ROLE | BEFORE_ROLE | RANK | HONORIFIC | KIN;
    drafts.retain(|draft| {
        if draft.kind == NameKind::Person || draft.fixed {
            return true;
        }
        let mut tokens = draft.first..draft.end;
        let only = tokens
            .clone()
            .all(|at| view.is(at, office) || view.any(at, &["of", "the"]));
        let single = draft.end - draft.first == 1;
        let next = inside.partition_point(|(_, end)| *end <= draft.first);
        let within = inside
            .get(next)
            .is_some_and(|(first, _)| *first < draft.end);
        let rank = tokens.any(|at| view.is(at, RANK | HONORIFIC));
        let proper = view.is(draft.first, PLACE | DEMONYM) || view.upper(draft.first);
        !(only && !view.is(draft.end - 1, ORG_HEAD) && tokens_titled(view, draft)
            || within && (only || rank || single && !proper))
    });
}

/// Whether a title is among the words of a draft.
fn tokens_titled(view: View, draft: &Draft) -> bool {
    (draft.first..draft.end).any(|at| view.is(at, TITLE))
}

/// Whether a word before a single name shows that it is a person's: a title or a particle.
pub(crate) fn announces(view: View, name: usize, floor: usize) -> bool {
    name > floor
        && (view.is(name - 1, HONORIFIC | RANK) && view.capital(name - 1)
            || view.is(name - 1, ROLE) && view.capital(name - 1) && !view.is(name - 1, PARTICLE))
}

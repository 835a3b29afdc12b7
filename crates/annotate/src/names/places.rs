//! In: drafts of a sentence. Out: the same with the lists' countries, peoples and large cities set
//! right. A word of the lists decides alone only where no longer name holds it.

use model::{NameKind, Tag};

use super::draft::Draft;
use super::lexicon::{
    BODY, CALENDAR, CITY, COMMON, COUNTRY, DEMONYM, GIVEN, HEADLINE, HONORIFIC, INSIDE, KNOWN,
    LARGE_CITY, ORG_HEAD, ORG_SUFFIX, PERSONAL, PLACE, PLACE_HEAD, RANK, REGION, ROLE, STOP,
};
use super::titles;
use super::view::View;

/// Adds places and peoples that the tagger missed and mends the kinds of those it found. `drafts`
/// are those of one sentence, in order.
pub(crate) fn mend(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    join_parts(view, drafts);
    dated(view, drafts);
    posted(view, drafts);
    on_waters(view, tokens.clone(), drafts);
    in_states(view, tokens.clone(), drafts);
    for draft in drafts.iter_mut() {
        let len = draft.end - draft.first;
        let whole = place_len(view, draft.first) == len;
        if whole && view.is(draft.first, COUNTRY) && !view.is(draft.first, DEMONYM) {
            draft.kind = NameKind::Place;
            draft.fixed = true;
        }
        if whole && len > 1 && view.is(draft.first, REGION | LARGE_CITY) {
            draft.kind = NameKind::Place;
        }
        if list_len(view, draft.first, KNOWN) == len && !view.is(draft.first, COUNTRY) {
            draft.kind = NameKind::Organisation;
            draft.fixed = true;
        }
        // "WASHINGTON – ": a dateline.
        if whole
            && view.is(draft.first, CITY | LARGE_CITY)
            && draft.first == tokens.start
            && view.upper(draft.first)
        {
            draft.kind = NameKind::Place;
            draft.fixed = true;
        }
        context(view, draft);
        // "Mizo Farel, chief of the harbour": who holds an office is no place.
        if matches!(draft.kind, NameKind::Place | NameKind::Other)
            && !draft.fixed
            && !whole
            && (2..=3).contains(&len)
            && (draft.first..draft.end).all(|at| {
                view.capital(at) && !view.is(at, ORG_HEAD | ORG_SUFFIX | PLACE_HEAD | DEMONYM)
            })
            && titles::behind(view, draft.end, tokens.end).is_some()
        {
            draft.kind = NameKind::Person;
        }
        // "the Vellkani network": a place that no list has, and what is called after it.
        let body = len == 1 && view.is(draft.end, BODY) && draft.kind == NameKind::Place;
        if body && !draft.fixed && !view.is(draft.first, PLACE) {
            draft.kind = NameKind::Organisation;
            draft.fixed = true;
        }
        if !draft.fixed && sited(view, draft) {
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
        let known = if view.capital(at) {
            list_len(view, at, KNOWN)
        } else {
            0
        };
        if known > 0
            && drafts
                .get(next)
                .is_none_or(|draft| draft.first >= at + known)
            && (known > 1 || view.upper(at))
        {
            let (end, kind) = (at + known, NameKind::Organisation);
            added.push(Draft {
                first: at,
                end,
                kind,
                fixed: true,
            });
            at = end;
            continue;
        }
        let len = if view.capital(at) {
            place_len(view, at)
        } else {
            0
        };
        let limit = drafts.get(next).map_or(tokens.end, |draft| draft.first);
        let person = person_len(view, at, limit);
        if person > 0 {
            added.push(Draft {
                first: at,
                end: at + person,
                kind: NameKind::Person,
                fixed: false,
            });
            at += person;
            continue;
        }
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

/// "Pakistan Monday", "August Pakistan", "Plaza Osk June 8": a name and the time beside it. Short
/// forms are not looked at: "Pakistan Sun" is a newspaper.
fn dated(view: View, drafts: &mut [Draft]) {
    let time = |at: usize| view.is(at, CALENDAR) && view.text(at).len() > 3;
    for draft in drafts.iter_mut().filter(|draft| !draft.fixed) {
        let number = view
            .text(draft.end - 1)
            .bytes()
            .all(|byte| byte.is_ascii_digit());
        let last = draft.end - 1 - usize::from(number);
        let country = |first: usize, end: usize| place_len(view, first) == end - first;
        if last > draft.first && time(last) {
            // "Bloody Sunday", "Ada August": of two words that are no place's none is a time.
            let whole = country(draft.first, last);
            let day = view.text(last).ends_with("day");
            let long = last - draft.first > 1 && view.capital(last - 1);
            if whole || draft.kind == NameKind::Place && number || day && long {
                draft.end = last;
            }
            if whole {
                draft.kind = NameKind::Place;
            }
        } else if draft.end - draft.first > 1
            && time(draft.first)
            && country(draft.first + 1, draft.end)
        {
            (draft.first, draft.kind) = (draft.first + 1, NameKind::Place);
        }
    }
}

/// "ambassador to Ostra Ada Marsh" taken for one name: where the office is, and who holds it.
fn posted(view: View, drafts: &mut Vec<Draft>) {
    let mut holders = Vec::new();
    for draft in drafts.iter_mut() {
        let person = draft.first + place_len(view, draft.first);
        let office = draft.first >= 2
            && view.any(draft.first - 1, &["to", "for", "of", "in"])
            && view.is(draft.first - 2, ROLE);
        let holder = office
            && view.is(draft.first, COUNTRY)
            && (person + 1..person + 4).contains(&draft.end)
            && (person..draft.end).all(|at| {
                view.capital(at)
                    && !view.is(at, ORG_HEAD | ORG_SUFFIX | PLACE_HEAD | DEMONYM | COUNTRY)
            });
        if holder {
            holders.push(Draft {
                first: person,
                end: draft.end,
                kind: NameKind::Person,
                fixed: false,
            });
            (draft.end, draft.kind) = (person, NameKind::Place);
        }
    }
    drafts.extend(holders);
    drafts.sort_by_key(|draft| draft.first);
}

/// "US $3 billion" is money, no mention of a country.
fn currency(view: View, at: usize) -> bool {
    matches!(view.text(at), "$" | "dollar" | "dollars")
}

/// Mends a kind by what stands around the name.
fn context(view: View, draft: &mut Draft) {
    if draft.fixed {
        return;
    }
    let len = draft.end - draft.first;
    let before = draft.first.checked_sub(1);
    let body = (draft.first..draft.end).any(|at| view.is(at, ORG_HEAD | ORG_SUFFIX | PLACE_HEAD));
    if draft.kind != NameKind::Person
        && !body
        && !view.upper(draft.first)
        && before.is_some_and(|at| {
            view.is(at, HONORIFIC | RANK) && view.capital(at)
                || view.is(at, ROLE) && view.capital(at) && view.is(draft.first, GIVEN)
        })
    {
        // "President Donald Marsh", "Gen. Arbo".
        draft.kind = NameKind::Person;
    } else if draft.kind != NameKind::Person
        && (2..=4).contains(&len)
        && !view.upper(draft.first)
        && !body
        && !view.is(draft.first, PLACE | DEMONYM)
        && (view.is(draft.first, GIVEN)
            || view.is(draft.first, PERSONAL) && view.is(draft.end - 1, PERSONAL | LARGE_CITY))
        && (draft.first..draft.end).all(|at| view.capital(at) && !view.is(at, COMMON))
    {
        draft.kind = NameKind::Person;
    } else if draft.kind == NameKind::Person && len > 1 {
        let inside = draft.first + 1..draft.end - 1;
        let joined = inside
            .into_iter()
            .any(|at| view.any(at, &["of", "&", "and", "for"]));
        let last = draft.end - 1;
        let letters = view.upper(last)
            && view.word(last)
            && !view.upper(draft.first)
            && !view.any(
                last,
                &["II", "III", "IV", "VI", "VII", "XIV", "XVI", "JR", "SR"],
            )
            && !view.is(last, HEADLINE)
            && !view.text(last).contains('.');
        if (joined || letters) && !view.is(draft.first, GIVEN) || view.is(last, ORG_SUFFIX) {
            // "Henmark & Sons", "Henmark AMC".
            draft.kind = NameKind::Organisation;
        }
    } else if draft.kind == NameKind::Person && len == 1 {
        // "the Trump administration" speaks of a person.
        let the = before.is_some_and(|at| view.any(at, &["the"]))
            && !matches!(view.tag(draft.end), Tag::Noun | Tag::Propn | Tag::Adj);
        let acronym = view.upper(draft.first)
            && !view.text(draft.first).contains('.')
            && view.text(draft.first).len() <= 6
            && !view.is(draft.first, HEADLINE)
            && !before.is_some_and(|at| view.is(at, HONORIFIC | RANK | ROLE));
        if acronym || the && !view.is(draft.first, GIVEN) || view.is(draft.end, BODY) {
            // "the Vellmari": no one person.
            draft.kind = NameKind::Organisation;
        }
    }
}

/// Before a place more than before a person.
const LOCATES: [&str; 13] = [
    "in", "at", "near", "from", "to", "of", "outside", "around", "visited", "left", "reached",
    "toured", "through",
];

/// States as news from the United States shortens them behind a town's name.
const STATES: [&str; 40] = [
    "Ala.", "Ariz.", "Ark.", "Calif.", "Colo.", "Conn.", "Del.", "Fla.", "Ga.", "Ill.", "Ind.",
    "Kan.", "Ky.", "La.", "Md.", "Mass.", "Mich.", "Minn.", "Miss.", "Mo.", "Mont.", "Neb.",
    "Nev.", "N.H.", "N.J.", "N.M.", "N.Y.", "N.C.", "N.D.", "Okla.", "Ore.", "Pa.", "R.I.", "S.C.",
    "S.D.", "Tenn.", "Vt.", "Va.", "Wash.", "Wis.",
];

/// "Tarnville, Pa.", "Tarnville, Nebraska": two places.
fn in_states(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    let mut towns: Vec<usize> = Vec::new();
    for state in drafts
        .iter()
        .filter(|draft| draft.first >= tokens.start + 3)
    {
        let town = state.first - 2;
        let whole = drafts
            .iter()
            .find(|draft| draft.first <= town && town < draft.end);
        if view.text(town + 1) == ","
            && view.capital(town)
            && view.any(town - 1, &LOCATES)
            && !view.upper(town)
            && whole.is_none_or(|draft| draft.end - draft.first == 1 && !draft.fixed)
            && view.is(state.first, REGION | COUNTRY)
            && !view.is(state.first, DEMONYM)
            && place_len(view, state.first) == state.end - state.first
            // "Marsh, Nebraska's governor".
            && !view.genitive(state.end)
        {
            towns.push(town);
        }
    }
    for town in towns {
        drafts.retain(|draft| draft.first != town);
        drafts.push(Draft {
            first: town,
            end: town + 1,
            kind: NameKind::Place,
            fixed: true,
        });
        drafts.sort_by_key(|draft| draft.first);
    }
    for at in tokens.clone().skip(2) {
        if view.text(at - 1) != "," || !view.capital(at - 2) || !STATES.contains(&view.text(at)) {
            continue;
        }
        match drafts.iter_mut().find(|draft| draft.end == at - 1) {
            // A person of that state is no place ("Sen. Ada Marsh, Pa.").
            Some(draft) if draft.kind == NameKind::Person && draft.end - draft.first > 1 => {}
            Some(draft) => (draft.kind, draft.fixed) = (NameKind::Place, true),
            None => {}
        }
        drafts.retain(|draft| draft.end <= at || draft.first > at);
        drafts.push(Draft {
            first: at,
            end: at + 1,
            kind: NameKind::Place,
            fixed: true,
        });
        drafts.sort_by_key(|draft| draft.first);
    }
}

/// Last words that only places' names have, whosever name stands before them ("Ada Marsh Stadium").
const SITES: [&str; 26] = [
    "airport",
    "avenue",
    "base",
    "bay",
    "beach",
    "boulevard",
    "bridge",
    "canal",
    "dam",
    "desert",
    "district",
    "highway",
    "island",
    "islands",
    "lake",
    "mountains",
    "park",
    "peninsula",
    "plaza",
    "province",
    "refuge",
    "river",
    "road",
    "stadium",
    "street",
    "valley",
];

/// Whether a name of several capitals ends in such a word.
fn sited(view: View, draft: &Draft) -> bool {
    let last = draft.end - 1;
    draft.end - draft.first > 1
        && view.capital(last)
        && view.any(last, &SITES)
        && !view.is(last, HEADLINE)
        // "Ada Lake" is a person.
        && !(draft.kind == NameKind::Person
            && draft.end - draft.first == 2
            && view.is(draft.first, GIVEN | PERSONAL))
}

/// What joins a town's name to the river, lake or hill that tells it from others of the name. No
/// English word stands between two capitals like these.
pub(crate) const ON: [&str; 6] = ["am", "im", "upon", "sur", "sous", "ob"];

/// Whether a draft is such a name.
pub(crate) fn joined(view: View, draft: &Draft) -> bool {
    draft.end - draft.first > 2 && view.any(draft.first + 1, &ON)
}

/// Makes one place of "Brill am See", in capitals too, where the tagger saw any part of it.
fn on_waters(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    let part = |at: usize| {
        tokens.contains(&at) && view.word(at) && view.capital(at) && !view.is(at, STOP | CALENDAR)
    };
    for at in tokens.clone() {
        if !view.any(at, &ON) || at == tokens.start || !part(at - 1) || !part(at + 1) {
            continue;
        }
        let (first, end) = (at - 1, at + 2);
        let seen = |draft: &&Draft| draft.first < end && draft.end > first;
        let Some(from) = drafts.iter().find(seen).map(|draft| draft.first) else {
            continue;
        };
        let first = if from + 1 == first && part(from) {
            from
        } else {
            first
        };
        drafts.retain(|draft| draft.end <= first || draft.first >= end);
        drafts.push(Draft {
            first,
            end,
            kind: NameKind::Place,
            fixed: true,
        });
        drafts.sort_by_key(|draft| draft.first);
    }
}

/// How many tokens a person's name has that the tagger missed: given names with a capital behind.
fn person_len(view: View, at: usize, limit: usize) -> usize {
    let part = |at: usize| {
        at < limit
            && view.capital(at)
            && view.word(at)
            && view.tag(at) == Tag::Propn
            && !view.is(
                at,
                HEADLINE | STOP | ORG_HEAD | PLACE_HEAD | ROLE | CALENDAR | DEMONYM,
            )
    };
    if !part(at) || !view.is(at, GIVEN) || view.is(at, PLACE) || !part(at + 1) {
        return 0;
    }
    let mut end = at + 2;
    while part(end) {
        end += 1;
    }
    let free = end >= limit || !view.capital(end);
    if free && end - at <= 4 { end - at } else { 0 }
}

/// How many tokens the list's place that begins here has.
pub(crate) fn place_len(view: View, at: usize) -> usize {
    list_len(view, at, PLACE)
}

/// How many tokens the name of these lists that begins here has; 0 where there is none.
fn list_len(view: View, at: usize, lists: u32) -> usize {
    if !view.is(at, lists) || view.is(at, INSIDE) {
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

//! In: drafts of a sentence. Out: the same with organisations whole: "Ministry of X", "X University",
//! "X Ltd."; and acronyms in brackets tied to what they stand for.

use model::NameKind;

use super::draft::{Draft, clean};
use super::lexicon::{
    BEFORE_ROLE, CALENDAR, COMMON, COUNTRY, DEMONYM, FIRST, GIVEN, HEADLINE, HONORIFIC, LARGE_CITY,
    ORG_HEAD, ORG_SUFFIX, PARTICLE, PERSONAL, PLACE, RANK, REGION, ROLE, STOP,
};
use super::places::place_len;
use super::view::View;

/// Most words before a bracket that an acronym can stand for.
const LONGEST: usize = 12;

/// Most words before a body's head that the tagger did not see.
const LONGEST_HEADED: usize = 4;

/// A name and its acronym: two tokens ranges, the full name first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) full: usize,
    pub(crate) short: usize,
}

/// Mends organisations. `drafts` are those of one sentence, in order; pairs name first tokens.
pub(crate) fn mend(
    view: View,
    tokens: std::ops::Range<usize>,
    drafts: &mut Vec<Draft>,
    pairs: &mut Vec<Pair>,
) {
    merge(view, tokens.clone(), drafts);
    partners(view, tokens.clone(), drafts);
    headed(view, tokens.clone(), drafts);
    for at in tokens.clone() {
        if view.capital(at) && view.is(at, ORG_HEAD) && view.any(at + 1, &["of", "for"]) {
            head_of(view, at, tokens.end, drafts);
        }
        if view.text(at) == "(" && view.text(at + 2) == ")" && view.upper(at + 1) {
            acronym(view, at, tokens.start, drafts, pairs);
        }
    }
    for draft in drafts.iter_mut() {
        let last = draft.end - 1;
        if !draft.fixed && self_evident(view, draft) {
            draft.kind = NameKind::Organisation;
            draft.fixed = true;
        }
        // "ILO": a place that is called by its letters is a country or a region in the lists; that a
        // small town is called Ilo says nothing.
        let letters = draft.end - draft.first == 1
            && (3..=6).contains(&view.text(draft.first).len())
            && view.upper(draft.first)
            && !view.is(draft.first, HEADLINE | COUNTRY | REGION | LARGE_CITY)
            && !view.text(draft.first).contains('-');
        if letters && !draft.fixed && draft.kind == NameKind::Place {
            draft.kind = NameKind::Organisation;
        }
        let company = view.is(draft.end, ORG_SUFFIX)
            && view.capital(draft.end)
            && draft.end < tokens.end
            && view.text(draft.end).len() <= 5;
        if company {
            draft.end += 1;
            draft.kind = NameKind::Organisation;
            draft.fixed = true;
        } else if draft.end - draft.first > 1
            && view.is(last, ORG_HEAD | ORG_SUFFIX)
            && view.capital(last)
            && !matches!(draft.kind, NameKind::Organisation | NameKind::Person)
            && (view.is(draft.first, DEMONYM) || !view.any(last, &SITES))
            // "West Bank".
            && place_len(view, draft.first) < draft.end - draft.first
        {
            draft.kind = NameKind::Organisation;
        }
    }
    remove_overlaps(drafts);
}

/// Last words that make a newspaper, an armed group or a party of the name before them, whatever it
/// is by itself ("Vellmar Today", "Karst Front"): no place and hardly a person ends so.
const LAST: [&str; 34] = [
    "today",
    "times",
    "post",
    "herald",
    "tribune",
    "gazette",
    "journal",
    "chronicle",
    "guardian",
    "telegraph",
    "observer",
    "courier",
    "news",
    "press",
    "agency",
    "radio",
    "tv",
    "front",
    "movement",
    "party",
    "brigade",
    "brigades",
    "army",
    "militia",
    "alliance",
    "league",
    "coalition",
    "federation",
    "brothers",
    "company",
    "bulletin",
    "dispatch",
    "network",
    "weekly",
];

/// Bodies' heads that are as often a building's: what stands around the name says which.
const SITES: [&str; 8] = [
    "center", "centre", "museum", "library", "theatre", "theater", "house", "court",
];

/// Whether a name of several capitals ends in a word that only bodies' names end in.
fn self_evident(view: View, draft: &Draft) -> bool {
    let last = draft.end - 1;
    let titled = draft.first > 0 && view.is(draft.first - 1, HONORIFIC | RANK);
    draft.end - draft.first > 1
        && view.capital(last)
        && view.capital(draft.first)
        && view.any(last, &LAST)
        && !view.is(last, HEADLINE)
        && !titled
        // "Emily Post" is a person.
        && !(draft.kind == NameKind::Person && view.is(draft.first, GIVEN))
}

/// Joins what stands side by side and ends in a body's head ("Vellmar" + "Education Service"), and
/// takes in the capitals that the tagger left out at a name's end.
fn merge(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for index in 0..drafts.len() {
        let mut draft = drafts[index];
        let limit = drafts.get(index + 1).map_or(tokens.end, |next| next.first);
        if draft.kind == NameKind::Person {
            let floor = kept.last().map_or(tokens.start, |last| last.end);
            whole(view, &mut draft, floor, limit);
        }
        while draft.end < limit && loose(view, draft.end) {
            draft.end += 1;
        }
        let head = view.is(draft.end - 1, ORG_HEAD) && draft.kind != NameKind::Person;
        match kept.last_mut() {
            Some(last)
                if last.end == draft.first
                    && head
                    && (last.kind != NameKind::Person || last.end - last.first == 1)
                    && !(last.end - last.first == 1 && view.is(last.first, DEMONYM)) =>
            {
                last.end = draft.end;
                last.kind = NameKind::Organisation;
                last.fixed = false;
            }
            _ => {
                if draft.end > drafts[index].end && head {
                    draft.kind = NameKind::Organisation;
                    draft.fixed = false;
                }
                kept.push(draft);
            }
        }
    }
    *drafts = kept;
}

/// Makes an organisation of capitals that end in a body's head ("Harbour Ministry", "Vellmari
/// Workers Party") where the tagger saw nothing or only a people.
fn headed(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    for last in tokens.clone().skip(1) {
        if !view.capital(last) || !view.is(last, ORG_HEAD) || view.is(last, HEADLINE | ROLE) {
            continue;
        }
        let held = |at: usize| {
            drafts
                .iter()
                .any(|d| d.first <= at && at < d.end && !view.is(d.first, DEMONYM))
        };
        let part = |at: usize| {
            view.capital(at)
                && view.word(at)
                && !view.is(at, CALENDAR | RANK | HONORIFIC | ROLE)
                && !(view.is(at, STOP) && view.is(at, FIRST))
                && !held(at)
        };
        let mut first = last;
        while first > tokens.start && last - first < LONGEST_HEADED && part(first - 1) {
            first -= 1;
        }
        let goes_on = view.capital(last + 1) && view.word(last + 1) && last + 1 < tokens.end;
        if first == last || held(last) || goes_on || view.any(first, &["the", "a", "an"]) {
            continue;
        }
        drafts.retain(|d| d.end <= first || d.first > last);
        drafts.push(Draft {
            first,
            end: last + 1,
            kind: NameKind::Organisation,
            fixed: false,
        });
        drafts.sort_by_key(|draft| draft.first);
    }
}

/// "Henmark & Daughters", "Brill, Tarn & Lorne": news writes "&" between persons in companies' names
/// alone.
fn partners(view: View, tokens: std::ops::Range<usize>, drafts: &mut Vec<Draft>) {
    for at in tokens.clone() {
        let part = |at: usize| {
            tokens.contains(&at)
                && view.word(at)
                && view.capital(at)
                && !view.is(at, HEADLINE | CALENDAR | STOP)
        };
        if view.text(at) != "&" || at == tokens.start || !part(at - 1) || !part(at + 1) {
            continue;
        }
        let before = drafts.iter().find(|d| d.first < at && d.end >= at).copied();
        let behind = drafts.iter().find(|d| d.first == at + 1).copied();
        if before.is_none() && behind.is_none() {
            continue;
        }
        // Two persons in full ("Ada Marsh & Lea Brill") are two.
        let full = |d: Option<Draft>| {
            d.is_some_and(|d| d.kind == NameKind::Person && d.end - d.first > 1 && d.end != at + 2)
        };
        if full(before) && full(behind) {
            continue;
        }
        let first = before.map_or(at - 1, |d| d.first);
        let end = behind.or(before).map_or(at + 2, |d| d.end).max(at + 2);
        settle(drafts, first, end);
    }
}

/// A capital inside a sentence that no draft has and that is no title, date or headline's.
fn loose(view: View, at: usize) -> bool {
    view.capital(at)
        && view.word(at)
        && view.tag(at) == model::Tag::Propn
        && !view.is(at, HEADLINE | CALENDAR | STOP | RANK | ROLE | DEMONYM)
        && !(view.is(at, BEFORE_ROLE) && view.is(at + 1, ROLE | BEFORE_ROLE))
}

/// "Gen" + "Qamar" + [Javed Marsh]: a name's first words that the tagger left out, behind a title or
/// where they can be nothing else.
fn whole(view: View, draft: &mut Draft, floor: usize, limit: usize) {
    let mut first = draft.first;
    while first > floor
        && draft.first - first < 2
        && loose(view, first - 1)
        && !view.is(first - 1, ORG_HEAD | HONORIFIC | BEFORE_ROLE | PLACE)
    {
        first -= 1;
    }
    let titled = first > floor && view.is(first - 1, HONORIFIC | RANK | ROLE);
    let named = |at: usize| {
        view.text(at).len() > 1
            && !view.is(at, CALENDAR)
            && (view.is(at, GIVEN | PERSONAL) || !view.is(at, COMMON | FIRST) && !view.upper(at))
    };
    if titled || (first..draft.first).all(named) {
        draft.first = first;
    }
    // "Saleh" + "bin Adan": a name's last words that the tagger left out.
    while draft.end + 1 < limit
        && view.is(draft.end, PARTICLE)
        && view.capital(draft.end + 1)
        && loose(view, draft.end + 1)
    {
        draft.end += 2;
    }
}

/// "Ministry of Foreign Affairs and Trade": the head with the capitals behind it.
fn head_of(view: View, head: usize, limit: usize, drafts: &mut Vec<Draft>) {
    let mut end = head + 2;
    if view.text(end) == "the" {
        end += 1;
    }
    let from = end;
    // A government's office has its fields joined by "and"; elsewhere the tagger must say so.
    let office = view.any(head, &["ministry", "department"]);
    loop {
        if end < limit && view.capital(end) && view.word(end) {
            end += 1;
        } else if end > from
            && view.any(end, &["and", "&", "of"])
            && view.capital(end + 1)
            && !view.is(end + 1, ORG_HEAD)
            && end + 1 < limit
            && !(view.text(end) == "and" && view.text(head + 1) == "for")
            && (office
                || drafts
                    .iter()
                    .any(|d| (d.first <= head || d.first == from) && d.end > end))
        {
            end += 2;
        } else {
            break;
        }
    }
    if end == from {
        return;
    }
    let mut first = head;
    // What the tagger has before the head belongs to it: "Punjab Department of Health".
    if let Some(draft) = drafts.iter().find(|d| d.first < head && d.end > head) {
        first = draft.first;
    }
    settle(drafts, first, end);
}

/// Makes the tokens one organisation, whatever stood there before.
fn settle(drafts: &mut Vec<Draft>, first: usize, end: usize) {
    drafts.retain(|d| d.end <= first || d.first >= end);
    drafts.push(Draft {
        first,
        end,
        kind: NameKind::Organisation,
        fixed: true,
    });
    drafts.sort_by_key(|draft| draft.first);
}

/// "Inter Services Intelligence (ISI)": the words whose initials the acronym has, and itself.
fn acronym(view: View, open: usize, start: usize, drafts: &mut Vec<Draft>, pairs: &mut Vec<Pair>) {
    let Some(first) = expansion(view, open, start) else {
        return;
    };
    // "Director General (DG)" is an office.
    if (first..open).all(|at| view.is(at, ROLE | BEFORE_ROLE | RANK)) {
        return;
    }
    let covered = drafts
        .iter()
        .find(|d| d.first <= first && first < d.end)
        .copied();
    let kind = match (covered, drafts.iter().find(|d| d.first == open + 1)) {
        _ if view.is(open - 1, ORG_HEAD | ORG_SUFFIX) && !view.any(open - 1, &SITES) => {
            NameKind::Organisation
        }
        (Some(full), _) if full.kind != NameKind::Person => full.kind,
        (_, Some(short)) if short.kind != NameKind::Person => short.kind,
        _ => NameKind::Organisation,
    };
    let full = Draft {
        first,
        end: open,
        kind,
        fixed: true,
    };
    let Some(full) = clean(view, full) else {
        return;
    };
    drafts.retain(|d| {
        d.end <= full.first || d.first >= full.end && d.first > open + 1 || d.first >= open + 2
    });
    drafts.push(full);
    drafts.push(Draft {
        first: open + 1,
        end: open + 2,
        kind,
        fixed: true,
    });
    drafts.sort_by_key(|draft| draft.first);
    pairs.push(Pair {
        full: full.first,
        short: open + 1,
    });
}

/// The first word of what the acronym in the bracket stands for.
fn expansion(view: View, open: usize, start: usize) -> Option<usize> {
    let letters: Vec<char> = view
        .text(open + 1)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let mut left = letters.len();
    if !(2..=10).contains(&left) {
        return None;
    }
    let mut at = open;
    let mut capitals = 0;
    while at > start && open - at < LONGEST {
        at -= 1;
        let word = view.text(at);
        if view.any(
            at,
            &["of", "the", "and", "for", "on", "in", "to", "de", "&", "-"],
        ) {
            continue;
        }
        if !view.word(at) || view.is(at, STOP) {
            return None;
        }
        capitals += usize::from(view.capital(at));
        let initials = word.split('-').filter_map(|part| part.chars().next());
        for initial in initials.rev() {
            let wanted = *letters.get(left.checked_sub(1)?)?;
            if initial.to_uppercase().next() != Some(wanted) {
                return None;
            }
            left -= 1;
        }
        if left == 0 {
            return (view.capital(at) && capitals * 2 >= letters.len()).then_some(at);
        }
    }
    None
}

/// Of drafts that overlap keeps the longer, then the earlier.
pub(crate) fn remove_overlaps(drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|draft| (draft.first, usize::MAX - draft.end));
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        match kept.last_mut() {
            Some(last) if draft.first < last.end => {
                if draft.end - draft.first > last.end - last.first {
                    *last = draft;
                }
            }
            _ => kept.push(draft),
        }
    }
    *drafts = kept;
}

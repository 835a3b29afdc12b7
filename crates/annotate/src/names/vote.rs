//! In: all drafts of a document. Out: the same after a vote: a name in full somewhere teaches the
//! kind of its short forms, equal names get one kind, and a name found in one place is found in
//! the others. What a rule or list decided stays.

use std::collections::{HashMap, HashSet};

use model::NameKind;
use nameform::{fold, skeleton, variant};

use super::draft::Draft;
use super::lexicon::{
    BEFORE_ROLE, CALENDAR, DEMONYM, FIRST, GIVEN, HEADLINE, HONORIFIC, INTRODUCED, KIN, LARGE_CITY,
    ORG_HEAD, PERSONAL, PLACE, RANK, ROLE, SMALL_ELSEWHERE, STOP,
};
use super::view::View;
use super::{months, titles};
use crate::keys::key;

/// Votes for the four kinds.
type Votes = [u32; 4];

/// What a name in full weighs against a single mention of its last word.
const FULL: u32 = 3;

/// What the list of large cities and capitals weighs for a single word that is no given name.
const CITY: u32 = 1;

/// What a title before a name weighs.
const TITLE: u32 = 4;

/// What words around a name weigh that go with a place: more than one mention's label, less than a
/// person's name in full.
const SETTING: u32 = 2;

/// Behind "X's": what a country or town has and a person seldom.
const OWNED: [&str; 26] = [
    "government",
    "navy",
    "army",
    "coast",
    "coastguard",
    "ministry",
    "foreign",
    "defence",
    "defense",
    "interior",
    "prime",
    "president",
    "chancellor",
    "parliament",
    "capital",
    "territory",
    "border",
    "borders",
    "shores",
    "waters",
    "population",
    "independence",
    "economy",
    "embassy",
    "islands",
    "harbour",
];

/// Before "of X": what only a place has.
const OF: [&str; 24] = [
    "government",
    "people",
    "coast",
    "capital",
    "territory",
    "soil",
    "shores",
    "waters",
    "north",
    "south",
    "east",
    "west",
    "city",
    "town",
    "village",
    "port",
    "island",
    "islands",
    "republic",
    "kingdom",
    "province",
    "outskirts",
    "streets",
    "independence",
];

/// What the words around a name say for a place.
fn setting(view: View, draft: &Draft) -> u32 {
    let Some(before) = draft.first.checked_sub(1) else {
        return 0;
    };
    if view.is(before, HONORIFIC | RANK) && view.capital(before) {
        return 0;
    }
    // "the foreign minister of X", "the government of X".
    let head = before.wrapping_sub(1);
    let of = view.any(before, &["of"]) && (view.is(head, ROLE) || view.any(head, &OF));
    let within = view.any(before, &["in", "across", "throughout", "near"])
        && !view.is(draft.end, ROLE | HONORIFIC | RANK);
    let owns = view.genitive(draft.end) && view.any(draft.end + 1, &OWNED);
    // "PORT X, Y, March 14 (Agency) –".
    let dateline = view.text(before) == ","
        && view.text(draft.end) == ","
        && view.is(draft.end + 1, CALENDAR)
        && view.upper(view.sentence_start(draft.first));
    SETTING * (u32::from(of) + u32::from(owns) + u32::from(dateline)) + u32::from(within)
}

/// Whether what the tagger takes for a person is a word that the article never gives with a title,
/// a given name or a family name, and that no list has as a part of persons' names. News introduces
/// whom it names: 2,745 of 3,147 single-word persons of a set of world news have their full name or
/// a title in the same article, and most of the rest are in the lists.
fn unheard_of(
    view: View,
    draft: &Draft,
    standing: Option<&Standing>,
    surnames: &mut Surnames,
) -> bool {
    draft.kind == NameKind::Person
        && draft.end - draft.first == 1
        && !view.is(draft.first, GIVEN | PERSONAL | INTRODUCED)
        && standing.is_none_or(|standing| !standing.introduced)
        && !surnames.spell(view, view.text(draft.first))
}

/// The last words of persons' names in full, under the key where their spellings meet; read when
/// first asked for.
#[derive(Default)]
struct Surnames {
    full: Vec<usize>,
    by_key: Option<HashMap<String, Vec<String>>>,
}

impl Surnames {
    /// Whether a word is another spelling of one of them ("Dastagir" beside Ada Dastgir).
    fn spell(&mut self, view: View, word: &str) -> bool {
        let by_key = self.by_key.get_or_insert_with(|| {
            let mut map: HashMap<String, Vec<String>> = HashMap::new();
            for &at in &self.full {
                let folded = fold(view.text(at));
                let same = map.entry(skeleton(&folded)).or_default();
                if !same.contains(&folded) && same.len() < SPELLINGS {
                    same.push(folded);
                }
            }
            map
        });
        let same = by_key.get(&skeleton(&fold(word)));
        same.is_some_and(|same| same.iter().any(|other| variant(word, other)))
    }
}

/// Most surnames that meet under one key: more is a list of people.
const SPELLINGS: usize = 16;

/// Whether a name is followed by a verb of saying: who speaks without being introduced is a body.
fn speaks(view: View, draft: &Draft) -> bool {
    view.any(
        draft.end,
        &[
            "said",
            "says",
            "announced",
            "confirmed",
            "denied",
            "reported",
        ],
    )
}

/// What an article's own words say of a single-word name.
#[derive(Clone, Copy, Default)]
struct Standing {
    /// What stands around its mentions as around a place's.
    settings: u32,
    /// Whether it is given with a given name or a title anywhere.
    introduced: bool,
}

/// Lets the mentions vote. `drafts` are all of the document, in order.
pub(crate) fn settle(view: View, drafts: &mut Vec<Draft>) {
    let mut names: HashMap<u64, Votes> = HashMap::with_capacity(drafts.len() * 2);
    let mut standings: HashMap<u64, Standing> = HashMap::new();
    let mut surnames = Surnames::default();
    let firms: HashSet<u64> = drafts
        .iter()
        .filter(|draft| draft.fixed && draft.kind == NameKind::Organisation)
        .filter(|draft| (draft.first..draft.end).any(|at| view.text(at) == "&"))
        .map(|draft| view.key(draft.first))
        .collect();
    for draft in drafts.iter() {
        let phrase = phrase(view, draft);
        let weight = if draft.fixed { FULL } else { 1 };
        names.entry(phrase).or_default()[draft.kind as usize] += weight;
        let len = draft.end - draft.first;
        if super::places::place_len(view, draft.first) == len
            && view.is(draft.first, LARGE_CITY)
            && !view.is(draft.first, GIVEN)
        {
            names.entry(phrase).or_default()[NameKind::Place as usize] += CITY + 1;
        }
        let setting = setting(view, draft);
        if setting > 0 && draft.kind != NameKind::Organisation {
            names.entry(phrase).or_default()[NameKind::Place as usize] += setting;
            standings.entry(phrase).or_default().settings += setting;
        }
        // "Brill am See": its first word alone is the same place.
        if draft.fixed && draft.kind == NameKind::Place && super::places::joined(view, draft) {
            let first = view.key(draft.first);
            names.entry(first).or_default()[NameKind::Place as usize] += FULL;
            standings.entry(first).or_default().settings += SETTING;
        }
        if draft.kind == NameKind::Person {
            if (2..=5).contains(&len) {
                surnames.full.push(draft.end - 1);
                // The surname, and the given name less so, are this person's.
                let last = view.key(draft.end - 1);
                names.entry(last).or_default()[NameKind::Person as usize] += FULL;
                // Which word goes on alone differs: "Kim Jong Un" is Kim, "Lula da Silva" Lula.
                for at in draft.first..draft.end {
                    standings.entry(view.key(at)).or_default().introduced = true;
                }
            }
            // "her father Marsh".
            let kin = draft.first > 0 && view.is(draft.first - 1, KIN);
            if kin || titles::announces(view, draft.first, 0) {
                names.entry(phrase).or_default()[NameKind::Person as usize] += TITLE;
                standings.entry(phrase).or_default().introduced = true;
            }
        }
    }
    for draft in drafts.iter_mut().filter(|draft| !draft.fixed) {
        let phrase = phrase(view, draft);
        let Some(mut votes) = names.get(&phrase).copied() else {
            continue;
        };
        // "the government of Marsh" says little where Marsh is somebody's name.
        if let Some(standing) = standings.get(&phrase).filter(|s| s.introduced)
            && !view.is(draft.first, PLACE)
        {
            votes[NameKind::Place as usize] -= standing.settings;
        }
        let votes = &votes;
        // News gives a person in full or with a title once; a word that it never does so, and
        // that stands where places stand, is no person however often the tagger says it.
        if draft.kind == NameKind::Person
            && draft.end - draft.first == 1
            && standings
                .get(&phrase)
                .is_some_and(|s| !s.introduced && s.settings >= SETTING)
        {
            draft.kind = NameKind::Place;
            continue;
        }
        // "the Marshes" beside Ada Marsh: a family.
        let word = view.text(draft.first);
        let family = draft.end - draft.first == 1
            && draft.first > 0
            && view.any(draft.first - 1, &["the"])
            && ["s", "es"].iter().any(|end| {
                let stem = word
                    .strip_suffix(end)
                    .and_then(|stem| standings.get(&key(stem)));
                stem.is_some_and(|standing| standing.introduced)
            });
        if family {
            draft.kind = NameKind::Person;
            continue;
        }
        if unheard_of(view, draft, standings.get(&phrase), &mut surnames) {
            let [_, others @ ..] = *votes;
            draft.kind = match others {
                [0, 0, _] if speaks(view, draft) => NameKind::Organisation,
                others => winner(&[0, others[0], others[1], others[2].max(1)]),
            };
            continue;
        }
        let winner = winner(votes);
        // A tie leaves the tagger's word.
        if votes[winner as usize] > votes[draft.kind as usize] {
            draft.kind = winner;
        }
    }
    for draft in drafts.iter_mut().filter(|draft| !draft.fixed) {
        untitle(view, draft, &standings);
        // "Henmark Brill" is the firm that took over "Henmark & Daughters"; "Henmark" that neither
        // speaks nor has a title is the firm, though an Ada Henmark may own it.
        if draft.kind == NameKind::Person
            && (draft.end - draft.first > 1
                || !speaks(view, draft) && !titles::announces(view, draft.first, 0))
            && firms.contains(&view.key(draft.first))
            && !view.is(draft.first, GIVEN)
        {
            draft.kind = NameKind::Organisation;
        }
    }
    fill(view, drafts, &names);
}

/// "President Marsh" taken for a body: the person whom the article introduces elsewhere.
fn untitle(view: View, draft: &mut Draft, standings: &HashMap<u64, Standing>) {
    let title = HONORIFIC | RANK | ROLE;
    let name = (draft.first..draft.end)
        .find(|&at| !view.is(at, title | BEFORE_ROLE))
        .unwrap_or(draft.end);
    if draft.kind != NameKind::Person
        && name > draft.first
        && view.is(name - 1, title)
        && draft.end - name == 1
        && standings
            .get(&view.key(name))
            .is_some_and(|standing| standing.introduced)
        && !view.is(name, PLACE | ORG_HEAD)
    {
        draft.first = name;
        draft.kind = NameKind::Person;
    }
}

/// Finds the names again where the tagger missed them.
fn fill(view: View, drafts: &mut Vec<Draft>, names: &HashMap<u64, Votes>) {
    let mut added = Vec::new();
    let mut next = 0;
    for sentence in &view.doc.sentences {
        let mut at = sentence.tokens.start as usize;
        let end = (sentence.tokens.end as usize).min(view.words.len());
        while at < end {
            while drafts.get(next).is_some_and(|draft| draft.end <= at) {
                next += 1;
            }
            if let Some(draft) = drafts.get(next)
                && draft.first <= at
            {
                at = draft.end;
                continue;
            }
            let likely = view.capital(at)
                && view.word(at)
                && !view.is(at, STOP | CALENDAR | DEMONYM)
                && !(view.is(at, SMALL_ELSEWHERE) && (view.is(at, FIRST | HEADLINE)));
            // "May said", where the article is about Ada May.
            let month = view.is(at, CALENDAR) && view.capital(at) && months::month_acts(view, at);
            if (likely || month)
                && let Some(votes) = names.get(&view.key(at))
            {
                let kind = winner(votes);
                if month && kind != NameKind::Person {
                    at += 1;
                    continue;
                }
                let many = votes[kind as usize] >= 2;
                let part = view.capital(at + 1) && view.word(at + 1) && at + 1 < end;
                if many && !part {
                    added.push(Draft {
                        first: at,
                        end: at + 1,
                        kind,
                        fixed: false,
                    });
                }
            }
            at += 1;
        }
    }
    if !added.is_empty() {
        drafts.extend(added);
        drafts.sort_by_key(|draft| draft.first);
    }
}

/// The kind with most votes; the first of equals.
fn winner(votes: &Votes) -> NameKind {
    let kinds = [
        NameKind::Person,
        NameKind::Organisation,
        NameKind::Place,
        NameKind::Other,
    ];
    let mut best = 0;
    for (index, count) in votes.iter().enumerate() {
        if *count > votes[best] {
            best = index;
        }
    }
    kinds[best]
}

/// One key for the words of a draft; a single word has its own.
pub(crate) fn phrase(view: View, draft: &Draft) -> u64 {
    (draft.first..draft.end)
        .map(|at| view.key(at))
        .reduce(|a, b| (a.rotate_left(31) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .unwrap_or_default()
}

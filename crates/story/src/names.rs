//! Who is who across a story's articles.
//!
//! In: the documents' entities (who is who within each article is settled there). Out: one
//! [`StoryName`] a person, organisation, place or thing, and which entity of which article it is.
//! It refuses to merge two people: a surname that two persons of the story bear names neither, and
//! two entities that their own article keeps apart are joined only by the very same full name.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{ArticleIx, Document, EntityIx, Mention, NameIx, NameKind, NonEmpty, StoryName};
use nameform::{PersonName, Verdict};

use crate::forms::{self, key};

/// Different forms that a person is compared by; the fullest ones come first.
const FORMS: usize = 8;

/// One entity of one article.
struct Unit {
    article: ArticleIx,
    entity: EntityIx,
    kind: NameKind,
    /// Its different forms, longest first.
    forms: Vec<String>,
    /// Words of its roles, in lower case.
    roles: HashSet<String>,
    mentions: usize,
}

/// What is taken for one person or thing: its units.
#[derive(Default)]
struct Group {
    units: Vec<usize>,
    /// Parsed full forms of a person.
    full: Vec<PersonName>,
}

/// A story's names, most mentioned first, and for each document's entities which name it is.
pub(crate) fn names(docs: &[&Document]) -> (Vec<StoryName>, Vec<Vec<Option<NameIx>>>) {
    let mut units = units(docs);
    settle_kinds(&mut units);
    let mut group_of: Vec<Option<usize>> = vec![None; units.len()];
    let mut groups: Vec<Group> = Vec::new();
    things(&units, &mut group_of, &mut groups);
    persons(&units, &mut group_of, &mut groups);
    let mut names: Vec<(StoryName, usize)> = groups
        .iter()
        .enumerate()
        .filter_map(|(at, group)| Some((story_name(docs, &units, group)?, at)))
        .collect();
    names.sort_by(|(a, x), (b, y)| {
        b.mentions
            .len()
            .cmp(&a.mentions.len())
            .then(a.mentions.first().cmp(b.mentions.first()))
            .then(x.cmp(y))
    });
    let mut place = vec![None; groups.len()];
    for (at, (_, group)) in NameIx::all().zip(&names) {
        place[*group] = Some(at);
    }
    let mut name_of: Vec<Vec<Option<NameIx>>> = docs
        .iter()
        .map(|doc| vec![None; doc.entities.len()])
        .collect();
    for (unit, group) in units.iter().zip(&group_of) {
        name_of[unit.article][unit.entity] = group.and_then(|group| place[group]);
    }
    (names.into_iter().map(|(name, _)| name).collect(), name_of)
}

fn units(docs: &[&Document]) -> Vec<Unit> {
    let mut units = Vec::new();
    for (article, doc) in ArticleIx::all().zip(docs) {
        for (entity, of) in EntityIx::all().zip(&doc.entities) {
            let names = || {
                of.names
                    .iter()
                    .filter_map(|&name| doc.names.get(name as usize))
            };
            let mut forms: Vec<String> = Vec::new();
            for name in names() {
                let form = doc.get(name.span);
                if !forms.iter().any(|known| known == form) {
                    forms.push(form.to_owned());
                }
            }
            forms.sort_by_key(|form| std::cmp::Reverse(form.split_whitespace().count()));
            let roles = names()
                .flat_map(|name| &name.roles)
                .flat_map(|&role| doc.get(role).split_whitespace())
                .map(key)
                .filter(|word| word.len() > 1)
                .collect();
            let mentions = of.names.len();
            units.push(Unit {
                article,
                entity,
                kind: of.kind,
                forms,
                roles,
                mentions,
            });
        }
    }
    units
}

/// Gives an entity the kind that most of the story's mentions of the same words have, so that one
/// page's mistake makes no second entry. Names in which a surname of the story can be meant stay.
fn settle_kinds(units: &mut [Unit]) {
    let alone = |unit: &Unit| {
        let mut keys = unit.forms.iter().map(|form| key(form));
        let first = keys.next()?;
        keys.all(|other| other == first).then_some(first)
    };
    let mut votes: HashMap<String, [usize; 4]> = HashMap::new();
    let mut surnames: HashSet<String> = HashSet::new();
    for unit in units.iter() {
        if let Some(form) = alone(unit) {
            votes.entry(form).or_default()[unit.kind as usize] += unit.mentions;
        }
        if unit.kind == NameKind::Person {
            let full = unit.forms.iter().map(|form| key(form));
            surnames.extend(full.filter_map(|form| Some(form.rsplit_once(' ')?.1.to_owned())));
        }
    }
    for unit in units.iter_mut() {
        let Some(form) = alone(unit).filter(|form| !surnames.contains(form)) else {
            continue;
        };
        let Some(votes) = votes.get(&form) else {
            continue;
        };
        let kinds = [
            NameKind::Person,
            NameKind::Organisation,
            NameKind::Place,
            NameKind::Other,
        ];
        // Equal votes leave each its kind.
        let most = kinds.into_iter().max_by_key(|kind| votes[*kind as usize]);
        if let Some(most) = most
            && votes[most as usize] > votes[unit.kind as usize]
        {
            unit.kind = most;
        }
    }
}

/// Joins organisations, places and other things by form, by known other forms, and an acronym with
/// the one name that it is made of.
fn things(units: &[Unit], group_of: &mut [Option<usize>], groups: &mut Vec<Group>) {
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut of_acronym: BTreeMap<String, HashSet<usize>> = BTreeMap::new();
    for (at, unit) in units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.kind != NameKind::Person)
    {
        let keys: Vec<String> = unit.forms.iter().map(|form| forms::thing(form)).collect();
        let known = keys.iter().find_map(|key| by_key.get(key).copied());
        let group = known.unwrap_or_else(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        groups[group].units.push(at);
        group_of[at] = Some(group);
        for (form, key) in unit.forms.iter().zip(keys) {
            by_key.entry(key).or_insert(group);
            if let Some(acronym) = forms::acronym_of(form) {
                of_acronym.entry(acronym).or_default().insert(group);
            }
        }
    }
    // An acronym that two names of the story could have written out stays by itself.
    for (acronym, expansions) in of_acronym {
        let Some(&short) = by_key.get(&acronym) else {
            continue;
        };
        let mut others = expansions.into_iter().filter(|&group| group != short);
        if let (Some(long), None) = (others.next(), others.next()) {
            let moved = std::mem::take(&mut groups[short].units);
            moved.iter().for_each(|&unit| group_of[unit] = Some(long));
            groups[long].units.extend(moved);
            by_key
                .values_mut()
                .filter(|group| **group == short)
                .for_each(|group| *group = long);
        }
    }
}

/// Joins persons: full names first, then shorter ones to the one person they can name.
fn persons(units: &[Unit], group_of: &mut [Option<usize>], groups: &mut Vec<Group>) {
    let parsed: Vec<Vec<PersonName>> = units
        .iter()
        .map(|unit| {
            let of = if unit.kind == NameKind::Person {
                &unit.forms[..]
            } else {
                &[]
            };
            of.iter()
                .take(FORMS)
                .map(|form| PersonName::parse(form))
                .collect()
        })
        .collect();
    let words = |unit: usize| parsed[unit].iter().map(PersonName::len).max().unwrap_or(0);
    let mut order: Vec<usize> = (0..units.len())
        .filter(|&at| units[at].kind == NameKind::Person)
        .collect();
    // The fullest names first, so that what comes later has all it could be to choose from.
    order.sort_by_key(|&at| (std::cmp::Reverse(words(at).min(3)), at));
    let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
    for at in order {
        let mut candidates: Vec<usize> = parsed[at]
            .iter()
            .flat_map(PersonName::words)
            .filter_map(|word| by_word.get(word))
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let group = match choose(units, &parsed, groups, at, &candidates) {
            Choice::Is(group) => group,
            Choice::New => {
                groups.push(Group::default());
                groups.len() - 1
            }
            Choice::Unclear => continue,
        };
        groups[group].units.push(at);
        group_of[at] = Some(group);
        for name in &parsed[at] {
            if !groups[group].full.contains(name) {
                groups[group].full.push(name.clone());
            }
            for word in name.words() {
                let list = by_word.entry(word.to_owned()).or_default();
                if !list.contains(&group) {
                    list.push(group);
                }
            }
        }
    }
}

enum Choice {
    Is(usize),
    New,
    Unclear,
}

/// Which of the candidates a person is.
fn choose(
    units: &[Unit],
    parsed: &[Vec<PersonName>],
    groups: &[Group],
    at: usize,
    candidates: &[usize],
) -> Choice {
    let unit = &units[at];
    let (mut same, mut could) = (Vec::new(), Vec::new());
    for &candidate in candidates {
        let group = &groups[candidate];
        let Some(verdict) = verdict(&parsed[at], &group.full) else {
            continue;
        };
        let apart = group
            .units
            .iter()
            .any(|&other| units[other].article == unit.article);
        match verdict {
            Verdict::Same if !apart || same_words(unit, units, group) => same.push(candidate),
            Verdict::Compatible if !apart => could.push(candidate),
            _ => {}
        }
    }
    match (&same[..], &could[..]) {
        ([one], _) => Choice::Is(*one),
        ([], [one]) => Choice::Is(*one),
        ([], []) => Choice::New,
        ([], many) | (many, _) => by_role(units, groups, unit, many),
    }
}

/// Of several persons who could be meant, the one to whom the same role is given.
fn by_role(units: &[Unit], groups: &[Group], unit: &Unit, many: &[usize]) -> Choice {
    let mut shares = many.iter().filter(|&&group| {
        groups[group]
            .units
            .iter()
            .any(|&other| !units[other].roles.is_disjoint(&unit.roles))
    });
    match (shares.next(), shares.next()) {
        (Some(one), None) => Choice::Is(*one),
        _ => Choice::Unclear,
    }
}

/// What the forms of two say: they are one if any pair of forms says so and no pair of full names
/// says otherwise; `None` where they are two.
fn verdict(a: &[PersonName], b: &[PersonName]) -> Option<Verdict> {
    let mut best: Option<Verdict> = None;
    for x in a {
        for y in b {
            match x.compare(y) {
                Verdict::Different if x.len() > 1 && y.len() > 1 => return None,
                Verdict::Different => {}
                verdict => best = Some(best.map_or(verdict, |best| best.min(verdict))),
            }
        }
    }
    best
}

/// Whether a unit has a full name that the group has to the letter.
fn same_words(unit: &Unit, units: &[Unit], group: &Group) -> bool {
    unit.forms
        .iter()
        .filter(|form| form.contains(' '))
        .any(|form| {
            group
                .units
                .iter()
                .any(|&other| units[other].forms.iter().any(|f| key(f) == key(form)))
        })
}

fn story_name(docs: &[&Document], units: &[Unit], group: &Group) -> Option<StoryName> {
    let mut kinds: BTreeMap<NameKind, usize> = BTreeMap::new();
    let mut forms: BTreeMap<&str, (usize, Mention)> = BTreeMap::new();
    let mut mentions = Vec::new();
    let mut roles: Vec<(String, Mention)> = Vec::new();
    for &at in &group.units {
        let unit = &units[at];
        *kinds.entry(unit.kind).or_default() += unit.mentions;
        let doc = docs.get(unit.article.at())?;
        let entity = doc.entities.get(unit.entity.at())?;
        for name in entity
            .names
            .iter()
            .filter_map(|&name| doc.names.get(name as usize))
        {
            let mention = Mention {
                article: unit.article,
                span: name.span,
            };
            let entry = forms.entry(doc.get(name.span)).or_insert((0, mention));
            *entry = (entry.0 + 1, entry.1.min(mention));
            mentions.push(mention);
            for &role in &name.roles {
                roles.push((
                    key(doc.get(role)),
                    Mention {
                        article: unit.article,
                        span: role,
                    },
                ));
            }
        }
    }
    mentions.sort_unstable();
    roles.sort_by_key(|(_, mention)| *mention);
    let mut known = HashSet::new();
    roles.retain(|(role, _)| !role.is_empty() && known.insert(role.clone()));
    let kind = kinds
        .into_iter()
        .max_by_key(|&(kind, count)| (count, std::cmp::Reverse(kind)))?
        .0;
    let clearest = forms
        .iter()
        .max_by_key(|(form, (count, mention))| {
            (fullness(form, kind), *count, std::cmp::Reverse(*mention))
        })
        .map(|(_, (_, mention))| *mention)?;
    let clearest = titled(docs, kind, clearest, &mentions).unwrap_or(clearest);
    Some(StoryName {
        kind,
        clearest,
        mentions: NonEmpty::new(mentions)?,
        roles: roles.into_iter().map(|(_, mention)| mention).collect(),
    })
}

/// Most letters of a title with a name that stand for a person known by one word.
const TITLED: usize = 40;

/// A person whom the story knows by one word alone is clearer with the title before it ("Mullah
/// Tarn"): the first mention that has one.
fn titled(
    docs: &[&Document],
    kind: NameKind,
    clearest: Mention,
    mentions: &[Mention],
) -> Option<Mention> {
    let text = |mention: &Mention| {
        docs.get(mention.article.at())
            .map(|doc| doc.get(mention.span))
    };
    if kind != NameKind::Person || text(&clearest)?.contains(char::is_whitespace) {
        return None;
    }
    mentions.iter().find_map(|mention| {
        let doc = docs.get(mention.article.at())?;
        let at = doc.names.partition_point(|name| name.span < mention.span);
        let name = doc.names.get(at).filter(|name| name.span == mention.span)?;
        let with = Mention {
            article: mention.article,
            span: name.full,
        };
        let words = text(&with)?;
        let title = name.full.start() < name.span.start() && name.full.end() == name.span.end();
        (title && words.len() <= TITLED && !words.contains('\n')).then_some(with)
    })
}

/// How fully a form names its bearer: words for persons, and for the others a name written out
/// before an acronym.
fn fullness(form: &str, kind: NameKind) -> (usize, bool) {
    let shouts = !form.chars().any(char::is_lowercase);
    match kind {
        NameKind::Person => (PersonName::parse(form).len().min(4), !shouts),
        _ => (usize::from(form.contains(' ')), !shouts),
    }
}

//! In: the forms of persons' names in a document. Out: each form's group. Full names are joined
//! where they are forms of one name and no member of the one group contradicts the other; a single
//! word goes to the one person who bears it, as a surname before any other part.

use std::collections::{BTreeMap, HashMap, HashSet};

use model::{Document, NameKind};
use nameform::{PersonName, Verdict, skeleton};

use super::Form;
use crate::names::gender::{Gender, Genders};
use crate::names::lexicon::{HONORIFIC, KIN, Lexicon};

/// Most groups that one word is looked up in; a document that names more people of one name is a
/// list, and stays unjoined.
const MOST: usize = 24;

/// A person on the way: the forms joined so far.
#[derive(Default)]
struct Group {
    forms: Vec<usize>,
    /// What the titles before its mentions say.
    told: Option<Gender>,
    /// What its given name says.
    given: Option<Gender>,
}

/// Groups the forms.
pub(crate) fn group(doc: &Document, lexicon: &Lexicon, genders: &Genders, forms: &mut [Form]) {
    let parsed: Vec<PersonName> = forms
        .iter()
        .map(|form| PersonName::parse(form.text))
        .collect();
    let mut order: Vec<usize> = (0..forms.len()).filter(|i| parsed[*i].len() > 1).collect();
    let ends = other_ends(doc);
    // Longest names first: they say most.
    order.sort_by_key(|&i| (usize::MAX - parsed[i].len(), i));
    let mut groups: Vec<Group> = Vec::new();
    let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
    for form in order {
        let candidates = near(&parsed[form], &by_word);
        let mut found: Option<usize> = None;
        let mut several = false;
        for group in candidates {
            match verdict(&parsed, &groups[group], form, forms[form].told) {
                Verdict::Different => {}
                _ if found.is_some() => several = true,
                _ => found = Some(group),
            }
        }
        let group = match found {
            _ if several => {
                // "G. Marsh" beside George and Grace Marsh: nobody's.
                continue;
            }
            // "Abdel Salim" beside "Abdel Salim Vask" and "Ada Abdel Salim": it may be hers.
            Some(group) if ends.contains(&forms[form].text.to_lowercase()) => {
                let surname = parsed[form].surname();
                let mut members = groups[group].forms.iter();
                if !members.any(|&member| parsed[member].surname() == surname) {
                    continue;
                }
                group
            }
            Some(group) => group,
            None => {
                groups.push(Group::default());
                groups.len() - 1
            }
        };
        join(&mut groups[group], form, forms[form].told);
        let given = genders.given(forms[form].text);
        groups[group].given = groups[group].given.or(given);
        for word in parsed[form].words() {
            let list = by_word.entry(skeleton(word)).or_default();
            if !list.contains(&group) && list.len() < MOST {
                list.push(group);
            }
        }
        forms[form].group = Some(group as u32);
    }
    let surnames: HashSet<&str> = parsed.iter().filter_map(PersonName::surname).collect();
    let mut singles: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    // Those with a title first: "Mr Marsh" who is not Grace Marsh leaves "Marsh" to neither.
    let mut order: Vec<usize> = (0..forms.len()).collect();
    order.sort_by_key(|&form| forms[form].told.is_none());
    for form in order {
        let Some(word) = parsed[form].surname().filter(|_| parsed[form].len() == 1) else {
            continue;
        };
        if family(doc, &forms[form], word, &surnames, lexicon) {
            continue;
        }
        match owner(&parsed, &groups, &by_word, form, forms[form].told) {
            // "Ada Salim" beside "Salim Vask", if only the tagger had read the first as a person:
            // a given name goes to nobody where another name ends with it.
            Owner::Given(_) if ends.contains(&forms[form].text.to_lowercase()) => {}
            Owner::Given(group) => forms[form].group = Some(group as u32),
            Owner::One(_) if forms[form].told.is_none() && singles.contains_key(word) => {}
            Owner::One(group) => {
                forms[form].group = Some(group as u32);
            }
            Owner::Several => {}
            Owner::Nobody => singles.entry(word).or_default().push(form),
        }
    }
    for same in singles.into_values() {
        // "Mr Marsh and Mrs Marsh": "Marsh" alone is nobody's.
        let both = [Gender::He, Gender::She].map(|gender| {
            let mut told = same.iter().filter_map(|&form| forms[form].told);
            told.any(|told| told == gender)
        }) == [true, true];
        let mut group_of: [Option<u32>; 2] = [None; 2];
        for form in same {
            let told = forms[form].told;
            if both && told.is_none() {
                continue;
            }
            let place = usize::from(both && told == Some(Gender::She));
            let group = *group_of[place].get_or_insert_with(|| {
                groups.push(Group::default());
                groups.len() as u32 - 1
            });
            join(&mut groups[group as usize], form, told);
            forms[form].group = Some(group);
        }
    }
}

fn join(group: &mut Group, form: usize, told: Option<Gender>) {
    group.forms.push(form);
    group.told = group.told.or(told);
}

/// Whom a single word names.
enum Owner {
    One(usize),
    /// The one person who bears it as a given or other name.
    Given(usize),
    Several,
    Nobody,
}

/// The person whose surname the word is, else whose given or other name it is.
fn owner(
    parsed: &[PersonName],
    groups: &[Group],
    by_word: &HashMap<String, Vec<usize>>,
    form: usize,
    told: Option<Gender>,
) -> Owner {
    let mut last: Vec<usize> = Vec::new();
    let mut first: Vec<usize> = Vec::new();
    let mut inside: Vec<usize> = Vec::new();
    let word = &parsed[form];
    for group in near(word, by_word) {
        if contradicts(groups[group].told, told) {
            continue;
        }
        let mut places = [false; 3];
        for &member in &groups[group].forms {
            let name = &parsed[member];
            let count = name.len();
            for (at, part) in name.words().enumerate() {
                if word.compare(&PersonName::parse(part)) == Verdict::Same {
                    places[if at + 1 == count {
                        0
                    } else {
                        1 + usize::from(at > 0)
                    }] = true;
                }
            }
        }
        match places {
            [true, ..] => last.push(group),
            [_, true, _] => first.push(group),
            [_, _, true] => inside.push(group),
            _ => {}
        }
    }
    // "Mr Marsh" is not Grace Marsh, whether George is named or not.
    last.retain(|&group| !contradicts(groups[group].given, told));
    match (last.as_slice(), first.as_slice(), inside.as_slice()) {
        // "James" can be LeBron James or James Harden.
        ([one], [], _) => Owner::One(*one),
        ([], [one], _) => Owner::Given(*one),
        ([], [], [one]) => Owner::Given(*one),
        ([], [], []) => Owner::Nobody,
        _ => Owner::Several,
    }
}

/// What stands behind the first word of names of several words that are no person's, in lower case.
fn other_ends(doc: &Document) -> HashSet<String> {
    doc.names
        .iter()
        .filter(|name| matches!(name.kind, NameKind::Organisation | NameKind::Other))
        .filter_map(|name| doc.get(name.span).split_once(' '))
        .map(|(_, rest)| rest.to_lowercase())
        .collect()
}

/// Groups that share a word with a name, each once, in order.
fn near(name: &PersonName, by_word: &HashMap<String, Vec<usize>>) -> Vec<usize> {
    let mut groups: Vec<usize> = name
        .words()
        .filter_map(|word| by_word.get(&skeleton(word)))
        .flatten()
        .copied()
        .collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// The worst verdict of a full name on the members of a group.
fn verdict(parsed: &[PersonName], group: &Group, form: usize, told: Option<Gender>) -> Verdict {
    if contradicts(group.told, told) {
        return Verdict::Different;
    }
    group
        .forms
        .iter()
        .map(|&member| parsed[member].compare(&parsed[form]))
        .max()
        .unwrap_or(Verdict::Different)
}

fn contradicts(a: Option<Gender>, b: Option<Gender>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// Whether a single word is a family's: "the Marshes", or a plural of a surname in the text.
fn family(
    doc: &Document,
    form: &Form,
    word: &str,
    surnames: &HashSet<&str>,
    lexicon: &Lexicon,
) -> bool {
    let the = form.names.iter().any(|&index| {
        let Some(name) = doc.names.get(index as usize) else {
            return false;
        };
        let at = doc
            .tokens
            .partition_point(|t| t.span.start() < name.span.start());
        let Some(before) = at.checked_sub(1).and_then(|at| doc.tokens.get(at)) else {
            return false;
        };
        let after = doc.tokens.get(at + 1).map_or("", |t| doc.get(t.span));
        let title = lexicon.word(before.key) & (HONORIFIC | KIN) != 0;
        !title
            && doc.get(before.span).eq_ignore_ascii_case("the")
            && (form.text.ends_with('s') || after == "family" || after == "brothers")
    });
    if !the || !form.text.ends_with('s') {
        return the;
    }
    let stem = word.strip_suffix("as").or(word.strip_suffix('s'));
    stem.is_some_and(|stem| surnames.contains(stem))
}

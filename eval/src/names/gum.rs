//! In: CoNLL-U with GUM's entities. Out: running text with its names. GUM marks every noun phrase,
//! nested; what of them is a name is worked out here.

use std::ops::Range;

use crossread::model::NameKind;

use super::readers::{Builder, Named, kind_of};

/// GUM's CoNLL-U. Its entities are all noun phrases, nested; a *name* is taken to be the run of
/// proper nouns (with "of", "the", "and", "for" or marks between two of them, and numbers behind
/// one) in a person, organisation or place, from the first proper noun to the last, where nothing
/// but determiners and proper nouns stands before it, and no smaller entity is the same run. So
/// borders are near to, not exactly, those of the sets that mark names alone.
pub fn gum(file: &str) -> Vec<Named> {
    let mut texts = Vec::new();
    let mut text = Builder::default();
    let mut sentence: Vec<Vec<&str>> = Vec::new();
    for line in file.lines().chain([""]) {
        if let Some(id) = line.strip_prefix("# newdoc id =") {
            std::mem::take(&mut text).finish(&mut texts);
            text.id = id.trim().to_owned();
        } else if line.starts_with("# newpar") {
            text.line();
        } else if line.trim().is_empty() {
            gum_sentence(&mut text, &sentence);
            sentence.clear();
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() >= 10 && !columns[0].contains(['-', '.']) {
                sentence.push(columns);
            }
        }
    }
    text.finish(&mut texts);
    texts
}

fn gum_sentence(text: &mut Builder, sentence: &[Vec<&str>]) {
    let mut spans = Vec::new();
    let mut spaced = true;
    let mut open: Vec<(String, String, usize)> = Vec::new();
    let mut entities: Vec<(usize, usize, NameKind)> = Vec::new();
    for (at, columns) in sentence.iter().enumerate() {
        text.token(columns[1], "O", spaced);
        spans.push(text.end - columns[1].len()..text.end);
        let misc = columns[9];
        spaced = !misc.split('|').any(|part| part == "SpaceAfter=No");
        let Some(marks) = misc
            .split('|')
            .find_map(|part| part.strip_prefix("Entity="))
        else {
            continue;
        };
        for mark in brackets(marks) {
            let inner = mark.trim_matches(['(', ')']);
            if mark.starts_with('(') {
                let mut fields = inner.split('-');
                let group = fields.next().unwrap_or_default().to_owned();
                let etype = fields.next().unwrap_or_default().to_owned();
                if mark.ends_with(')') {
                    entities.extend(kind_of(&etype).map(|kind| (at, at, kind)));
                } else {
                    open.push((group, etype, at));
                }
            } else if let Some(place) = open.iter().rposition(|(group, ..)| group == inner) {
                let (_, etype, from) = open.remove(place);
                entities.extend(kind_of(&etype).map(|kind| (from, at, kind)));
            }
        }
    }
    let mut names: Vec<(Range<usize>, NameKind, usize)> = Vec::new();
    for (from, to, kind) in entities {
        if let Some((first, last)) = proper_run(&sentence[from..=to]) {
            let range = spans[from + first].start..spans[from + last].end;
            names.push((range, kind, to - from));
        }
    }
    // Of two entities with one run the smaller is the name's own.
    names.sort_by_key(|(range, _, size)| (range.start, range.end, *size));
    names.dedup_by(|later, earlier| later.0 == earlier.0);
    text.names
        .extend(names.into_iter().map(|(range, kind, _)| (range, kind)));
    text.names
        .sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    // Names do not nest here: the widest stays.
    let mut end = 0;
    text.names.retain(|(range, _)| {
        let keep = range.start >= end;
        end = end.max(range.end);
        keep
    });
}

/// `(1-person-new(2-place` and `5)3)` to their single marks.
fn brackets(marks: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in marks.char_indices() {
        let next = at + c.len_utf8();
        if c == ')' {
            parts.push(&marks[start..next]);
            start = next;
        } else if c == '(' && at > start {
            parts.push(&marks[start..at]);
            start = at;
        }
    }
    if start < marks.len() {
        parts.push(&marks[start..]);
    }
    parts
}

/// First and last token of the name that a phrase is: see [`gum`].
fn proper_run(phrase: &[Vec<&str>]) -> Option<(usize, usize)> {
    let proper = |columns: &Vec<&str>| columns[3] == "PROPN";
    let first = phrase.iter().position(proper)?;
    if !phrase[..first].iter().all(|columns| columns[3] == "DET") {
        return None;
    }
    let mut last = first;
    let mut at = first + 1;
    while at < phrase.len() {
        let word = phrase[at][1];
        let between = matches!(
            word.to_lowercase().as_str(),
            "of" | "the" | "and" | "for" | "&" | "-"
        ) || word == "'s";
        if proper(&phrase[at]) || (phrase[at][3] == "NUM" && last + 1 == at) {
            last = at;
        } else if !between {
            break;
        }
        at += 1;
    }
    // A phrase that goes on with a noun of its own is a description ("Harrow pupils").
    let head_follows = phrase
        .get(last + 1)
        .is_some_and(|columns| columns[3] == "NOUN");
    (!head_follows).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_is_a_name_by_its_proper_nouns() {
        let row = |n: u8, word: &str, tag: &str, misc: &str| {
            format!("{n}\t{word}\t_\t{tag}\t_\t_\t0\t_\t_\t{misc}\n")
        };
        let file = [
            "# newdoc id = d\n".to_owned(),
            row(1, "The", "DET", "Entity=(1-organization-new-x"),
            row(2, "School", "PROPN", "_"),
            row(3, "of", "ADP", "_"),
            row(4, "Brill", "PROPN", "Entity=(2-place-new-x)1)"),
            row(5, "and", "CCONJ", "_"),
            row(6, "a", "DET", "Entity=(3-person-new-x"),
            row(7, "boy", "NOUN", "Entity=3)|SpaceAfter=No"),
            row(8, ".", "PUNCT", "_"),
        ]
        .concat();
        let texts = gum(&file);
        assert_eq!(texts[0].text, "The School of Brill and a boy.\n");
        let names: Vec<(&str, NameKind)> = texts[0]
            .names
            .iter()
            .map(|(range, kind)| (&texts[0].text[range.clone()], *kind))
            .collect();
        assert_eq!(names, [("School of Brill", NameKind::Organisation)]);
    }
}

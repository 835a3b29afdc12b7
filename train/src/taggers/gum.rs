//! In: a sentence of GUM with its nested entities, nominal ones among them. Out: its proper names
//! alone, in the manner of news sets: without articles, titles and the words around the name.

use super::set::{Kind, Named, Row};

/// An entity being read.
struct Open {
    group: String,
    sort: String,
    /// The head: a token of the mention, counted from 1.
    head: usize,
    start: usize,
}

/// The names of a sentence; none overlap, the longest first.
pub(crate) fn names(rows: &[Row]) -> Vec<Named> {
    let mut open: Vec<Open> = Vec::new();
    let mut mentions: Vec<(usize, usize, usize, Kind)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some(field) = row.misc.split('|').find_map(|f| f.strip_prefix("Entity=")) else {
            continue;
        };
        let mut rest = field;
        while let Some(c) = rest.chars().next() {
            if c == '(' {
                let end = rest[1..].find(['(', ')']).map_or(rest.len(), |end| end + 1);
                let fields: Vec<&str> = rest[1..end].split('-').collect();
                let head = fields
                    .get(5)
                    .and_then(|f| f.split(',').next()?.parse().ok());
                open.push(Open {
                    group: fields[0].to_owned(),
                    sort: fields.get(1).copied().unwrap_or_default().to_owned(),
                    head: head.unwrap_or(1),
                    start: at,
                });
                rest = &rest[end..];
                if rest.starts_with(')') {
                    close(&mut open, None, at, &mut mentions);
                    rest = &rest[1..];
                }
            } else {
                let end = rest.find(')').map_or(rest.len(), |end| end + 1);
                close(
                    &mut open,
                    Some(rest[..end].trim_end_matches(')')),
                    at,
                    &mut mentions,
                );
                rest = &rest[end..];
            }
        }
    }
    mentions.sort_by_key(|(start, end, ..)| (start.wrapping_sub(*end), *start));
    let mut taken = vec![false; rows.len()];
    let mut names = Vec::new();
    for (start, end, head, kind) in mentions {
        let Some((from, to)) = core(rows, start, end, head, kind) else {
            continue;
        };
        if taken[from..to].iter().any(|t| *t) {
            continue;
        }
        taken[from..to].fill(true);
        names.push((rows[from].at.start..rows[to - 1].at.end, kind));
    }
    names.retain(|(range, _)| !range.is_empty());
    names.sort_by_key(|(range, _)| range.start);
    names
}

fn close(
    open: &mut Vec<Open>,
    group: Option<&str>,
    at: usize,
    mentions: &mut Vec<(usize, usize, usize, Kind)>,
) {
    let index = match group {
        Some(group) => open.iter().rposition(|o| o.group == group),
        None => open.len().checked_sub(1),
    };
    let Some(index) = index else { return };
    let entity = open.remove(index);
    let kind = match entity.sort.as_str() {
        "person" => Kind::Person,
        "organization" => Kind::Organisation,
        "place" => Kind::Place,
        "object" | "event" | "abstract" => Kind::Other,
        _ => return,
    };
    mentions.push((entity.start, at + 1, entity.start + entity.head - 1, kind));
}

/// The proper name around the head of a mention.
fn core(rows: &[Row], start: usize, end: usize, head: usize, kind: Kind) -> Option<(usize, usize)> {
    let capital = |i: usize| rows[i].form.starts_with(char::is_uppercase);
    let proper = |i: usize| rows[i].tag == "PROPN" && capital(i);
    if head >= end || !proper(head) {
        return None;
    }
    let joins = |i: usize| match rows[i].form.as_str() {
        "-" | "." | "'s" | "’s" | "&" => true,
        "of" | "the" | "for" => kind != Kind::Person,
        "and" => kind == Kind::Organisation,
        "al" | "el" | "de" | "van" | "von" | "der" | "bin" | "da" | "di" | "la" => true,
        _ => capital(i) && matches!(rows[i].tag.as_str(), "ADJ" | "NOUN" | "VERB"),
    };
    let (mut from, mut to) = (head, head + 1);
    let mut at = to;
    while at < end && (proper(at) || joins(at) || rows[at].tag == "NUM") {
        if proper(at) || rows[at].tag == "NUM" {
            to = at + 1;
        }
        at += 1;
    }
    let mut at = head;
    while at > start && (proper(at - 1) || joins(at - 1)) {
        at -= 1;
        if capital(at) && rows[at].tag != "DET" {
            from = at;
        }
    }
    Some((from, to))
}

//! In: a set with names, the program's own annotator. Out: precision, recall and F1 of exact spans
//! with kinds, on standard output; and what is wrong, where asked for.

use std::collections::BTreeMap;
use std::path::Path;

use annotate::{Annotator, training};
use anyhow::Result;
use model::NameKind;

use super::set::{Kind, Named};
use super::source;

/// Scores one set.
pub(crate) fn names(annotator: &Annotator, path: &Path, mut errors: usize) -> Result<()> {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let sort = |kind: Kind| match kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Place => "place",
        Kind::Other => "other",
    };
    let (mut spans, mut same) = ([0usize; 2], 0);
    for source in source::read(path)? {
        let doc = annotator.annotate(training::article(&source.text));
        let found: Vec<Named> = doc
            .names
            .iter()
            .map(|name| {
                let kind = match name.kind {
                    NameKind::Person => Kind::Person,
                    NameKind::Organisation => Kind::Organisation,
                    NameKind::Place => Kind::Place,
                    NameKind::Other => Kind::Other,
                };
                (name.span.range(), kind)
            })
            .collect();
        // A leading article is no part of a name here.
        let gold: Vec<Named> = source
            .names
            .iter()
            .map(|(range, kind)| {
                let words = &source.text[range.clone()];
                let article = *kind != Kind::Other
                    && words
                        .get(..4)
                        .is_some_and(|w| w.eq_ignore_ascii_case("the "));
                (range.start + if article { 4 } else { 0 }..range.end, *kind)
            })
            .collect();
        for name in &gold {
            counts.entry(sort(name.1)).or_default()[0] += 1;
            if found.contains(name) {
                counts.entry(sort(name.1)).or_default()[2] += 1;
            }
        }
        for name in &found {
            counts.entry(sort(name.1)).or_default()[1] += 1;
        }
        let solid = |n: &&Named| n.1 != Kind::Other;
        spans[0] += gold.iter().filter(solid).count();
        spans[1] += found.iter().filter(solid).count();
        same += gold
            .iter()
            .filter(solid)
            .filter(|g| found.iter().any(|f| f.0 == g.0 && f.1 != Kind::Other))
            .count();
        for name in gold.iter().filter(|n| solid(n) && !found.contains(n)) {
            if errors == 0 {
                break;
            }
            errors -= 1;
            let ours: Vec<String> = found
                .iter()
                .filter(|f| f.0.start < name.0.end && name.0.start < f.0.end)
                .map(|f| format!("{:?} {}", &source.text[f.0.clone()], sort(f.1)))
                .collect();
            println!(
                "- {:?} {} | ours {} | {:?}",
                &source.text[name.0.clone()],
                sort(name.1),
                if ours.is_empty() {
                    "none".into()
                } else {
                    ours.join(", ")
                },
                around(&source.text, &name.0)
            );
        }
        for name in found.iter().filter(|n| solid(n)) {
            if errors == 0
                || gold
                    .iter()
                    .any(|g| g.0.start < name.0.end && name.0.start < g.0.end)
            {
                continue;
            }
            errors -= 1;
            println!(
                "+ {:?} {} | {:?}",
                &source.text[name.0.clone()],
                sort(name.1),
                around(&source.text, &name.0)
            );
        }
    }
    let mut all = [0; 3];
    println!("{}", path.display());
    for (kind, [gold, found, right]) in &counts {
        if *kind != "other" {
            (all[0], all[1], all[2]) = (all[0] + gold, all[1] + found, all[2] + right);
        }
        println!("  {kind:12} {}", line(*gold, *found, *right));
    }
    println!("  {:12} {}", "three kinds", line(all[0], all[1], all[2]));
    println!("  {:12} {}", "spans alone", line(spans[0], spans[1], same));
    Ok(())
}

/// Shows the names, roles and entities of a text.
pub(crate) fn show(annotator: &Annotator, path: &Path) -> Result<()> {
    let text = std::fs::read_to_string(path)?;
    let doc = annotator.annotate(training::article(&text));
    println!("== {}", path.display());
    for (index, entity) in doc.entities.iter().enumerate() {
        let words = |n: u32| doc.get(doc.names[n as usize].span);
        let mut forms: Vec<&str> = entity.names.iter().map(|n| words(*n)).collect();
        let count = forms.len();
        forms.sort_unstable();
        forms.dedup();
        let mut roles: Vec<&str> = entity
            .names
            .iter()
            .flat_map(|n| &doc.names[*n as usize].roles)
            .map(|r| doc.get(*r))
            .collect();
        roles.sort_unstable();
        roles.dedup();
        println!(
            "{index} {:?} {} x{count} {forms:?} {roles:?}",
            entity.kind,
            words(entity.clearest)
        );
    }
    for name in doc.names.iter().filter(|name| name.entity.is_none()) {
        println!("- {:?} {}", name.kind, doc.get(name.span));
    }
    Ok(())
}

fn line(gold: usize, found: usize, right: usize) -> String {
    let part = |of: usize| 100.0 * right as f64 / of.max(1) as f64;
    let (p, r) = (part(found), part(gold));
    let f = if p + r > 0.0 {
        2.0 * p * r / (p + r)
    } else {
        0.0
    };
    format!("P {p:5.1} R {r:5.1} F1 {f:5.1}  ({right} of {gold}, {found} found)")
}

/// Some words of a text around a part of it.
fn around<'t>(text: &'t str, part: &std::ops::Range<usize>) -> &'t str {
    let from = text.floor_char_boundary(part.start.saturating_sub(40));
    let to = text.ceil_char_boundary((part.end + 40).min(text.len()));
    &text[from..to]
}

//! Names and entities against `tests/suite/names`; the head of the case file says how it is
//! written. What must hold for any text is tested here too: no overlaps, indices that fit.

mod given;

use annotate::Annotator;
use model::{Document, NameKind};

/// The forms of an entity, each once, in order.
fn forms(doc: &Document, names: &[u32]) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for &index in names {
        let form = doc.get(doc.names[index as usize].span).to_string();
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// The roles of an entity, each once, sorted.
fn roles(doc: &Document, names: &[u32]) -> Vec<String> {
    let all = names
        .iter()
        .flat_map(|&index| &doc.names[index as usize].roles);
    let mut roles: Vec<String> = all.map(|role| doc.get(*role).to_string()).collect();
    roles.sort();
    roles.dedup();
    roles
}

fn word(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "person",
        NameKind::Organisation => "organisation",
        NameKind::Place => "place",
        NameKind::Other => "other",
    }
}

/// What does not hold of a document, in words.
fn failures(doc: &Document, expectations: &[&str]) -> Vec<String> {
    let list =
        |text: &str| -> Vec<String> { text.split("; ").map(|s| s.trim().to_string()).collect() };
    let found: Vec<String> = doc
        .entities
        .iter()
        .map(|e| {
            let (forms, roles) = (forms(doc, &e.names), roles(doc, &e.names));
            format!(
                "{}: {} | {}",
                word(e.kind),
                forms.join("; "),
                roles.join("; ")
            )
        })
        .collect();
    let mut wrong = Vec::new();
    for line in expectations {
        let holds = if let Some(expected) = line.strip_prefix("> ") {
            let (kind, rest) = expected.split_once(": ").unwrap_or_default();
            let (names, role) = rest
                .split_once(" | ")
                .map_or((rest, None), |(n, r)| (n, Some(r)));
            doc.entities.iter().any(|e| {
                let mut wanted = role.map(list).unwrap_or_default();
                wanted.sort();
                word(e.kind) == kind
                    && forms(doc, &e.names) == list(names)
                    && (role.is_none() || roles(doc, &e.names) == wanted)
            })
        } else if let Some(form) = line.strip_prefix("? ") {
            doc.names
                .iter()
                .any(|n| doc.get(n.span) == form && n.entity.is_none())
        } else if let Some(form) = line.strip_prefix("! ") {
            doc.names.iter().all(|n| doc.get(n.span) != form)
        } else {
            panic!("not an expectation: {line}");
        };
        if !holds {
            wrong.push(format!("{line}\n    found {found:#?}"));
        }
    }
    wrong
}

#[test]
fn names_are_found_and_told_apart() {
    let annotator = Annotator::new();
    let mut wrong = Vec::new();
    for (_, cases) in given::cases("names") {
        for case in cases.split("\n\n") {
            let lines: Vec<&str> = case.lines().filter(|line| !line.starts_with('#')).collect();
            let (expected, text): (Vec<&str>, Vec<&str>) = lines
                .into_iter()
                .partition(|line| line.starts_with(['>', '?', '!']));
            if text.is_empty() {
                continue;
            }
            let doc = annotator.annotate(given::article(&text.join("\n"), Some("en")));
            wrong.extend(failures(&doc, &expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_text_gives_names_that_fit() {
    let annotator = Annotator::new();
    let mut texts = vec![
        String::new(),
        "\u{0}\u{0}".to_string(),
        "((((A)))) (AB) (ABC".to_string(),
        "the the The THE of of Of".to_string(),
        "Gen. Gen. Gen. President of of of the".to_string(),
        "毛泽东 said Ωmega İstanbul’s ’s ’S".to_string(),
        "Ada ".repeat(20_000),
        "Ministry of ".repeat(5_000),
        "A. B. C. D. ".repeat(3_000),
        (0..3_000)
            .map(|n| format!("Vell{n}mar Osk{n}lin said. "))
            .collect(),
    ];
    // Every cut of a sentence with all sorts of marks.
    let line = "Gen. Éva O’Hara-Wedd (“EOW”), of the X-Y Ltd., told İbrahim al-Oskli: no.";
    texts.extend(line.char_indices().map(|(at, _)| line[at..].to_string()));
    texts.extend(line.char_indices().map(|(at, _)| line[..at].to_string()));
    for text in texts {
        let doc = annotator.annotate(given::article(&text, Some("en")));
        assert!(
            doc.names
                .windows(2)
                .all(|two| two[0].span.end() <= two[1].span.start())
        );
        for (index, name) in doc.names.iter().enumerate() {
            assert!(name.full.contains(name.span));
            if let Some(entity) = name.entity {
                assert!(doc.entities[entity].names.contains(&(index as u32)));
            }
        }
        for entity in &doc.entities {
            assert!(entity.names.contains(&entity.clearest));
            assert!(
                entity
                    .names
                    .iter()
                    .all(|n| doc.names[*n as usize].kind == entity.kind)
            );
        }
    }
}

#[test]
fn other_languages_get_no_names() {
    let doc = Annotator::new().annotate(given::article("Anna Kovel kam nach Berlin.", Some("de")));
    assert!(doc.names.is_empty() && doc.entities.is_empty());
}

#[test]
fn tags_are_there() {
    let doc = Annotator::new().annotate(given::article("The old boat sank quickly.", Some("en")));
    let tags: Vec<model::Tag> = doc.tokens.iter().map(|t| t.tag).collect();
    use model::Tag::{Adj, Adv, Det, Noun, Punct, Verb};
    assert_eq!(tags, [Det, Adj, Noun, Verb, Adv, Punct]);
}

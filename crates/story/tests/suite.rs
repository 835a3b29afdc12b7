//! Runs the cases in `tests/suite/story`: pages in, stories, copies and names out.
//!
//! A case is a file. `=== ID | OUTLET | DATE` starts a page (outlet and date may be empty), its
//! first line is the headline, then lines that start with `+credit`, `+sign`, `+round-up` or `+damage` (words
//! the page is said to show), then the text, a paragraph a line. Words in “marks” are quotations.
//! `[p1 Gen. ^Ana Velt]` is a name: kind (`p`, `o`, `l`, `x`) and entity, role before the `^`.
//! Behind `---` stand the expectations, one a line; what is not named there is not looked at.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use model::*;
use xxhash_rust::xxh3::xxh3_64;

const STOP: &str = " the a an of to in and that on for was were is are by at with it its he she \
     they has have had from as said his her their be not or but who which this ";

#[test]
fn cases_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite/story");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the suite")
        .map(|f| f.expect("an entry").path())
        .collect();
    files.sort();
    let wrong: Vec<String> = files.iter().flat_map(|file| check(file)).collect();
    assert!(
        files.len() >= 10 && wrong.is_empty(),
        "\n{}",
        wrong.join("\n")
    );
}

/// What a case expects and does not get.
fn check(file: &Path) -> Vec<String> {
    let case = fs::read_to_string(file).expect("a case");
    let (pages, expected) = case.split_once("\n---\n").expect("expectations behind ---");
    let mut docs: Vec<Document> = pages.split("\n=== ").skip(1).map(document).collect();
    let forward = outcome(&docs);
    docs.reverse();
    let found = outcome(&docs);
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let mut wrong = Vec::new();
    if forward != found {
        wrong.push(format!(
            "{name}: the order of the pages changes the outcome"
        ));
    }
    for line in expected
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let holds = match line.strip_prefix("no ") {
            Some(absent) => !found.iter().any(|fact| fact.starts_with(absent)),
            None => found.iter().any(|fact| fact == line),
        };
        if !holds {
            wrong.push(format!(
                "{name}: expected {line:?} of\n    {}",
                found.join("\n    ")
            ));
        }
    }
    wrong
}

/// What grouping says of the documents, a fact a line.
fn outcome(docs: &[Document]) -> Vec<String> {
    let sketches: Vec<_> = docs.iter().map(story::sketch).collect();
    let mut facts = Vec::new();
    for story in story::group(docs, &sketches) {
        let id = |at: u32| story.ids[at as usize].as_str();
        let doc = |at: u32| &docs[story.articles[at as usize] as usize];
        let words = |m: &Mention| doc(m.article).get(m.span).to_owned();
        let ids: Vec<&str> = story.ids.iter().map(ArticleId::as_str).collect();
        facts.push(format!("story {}", ids.join(" ")));
        facts.push(format!("title {}", id(story.title_from)));
        for copy in &story.copies {
            let (kind, direction) = (format!("{:?}", copy.kind), copy.direction);
            let direction = match direction {
                Direction::AFromB => format!("{} from {}", id(copy.a), id(copy.b)),
                Direction::BFromA => format!("{} from {}", id(copy.b), id(copy.a)),
                Direction::Unknown => "unknown".to_owned(),
            };
            let because: Vec<String> = copy
                .because
                .iter()
                .map(|r| format!("{:?}", r.kind))
                .collect();
            facts.push(format!("copy {} {} {kind}", id(copy.a), id(copy.b)));
            facts.push(format!(
                "copy {} {} {kind}, {direction}: {}",
                id(copy.a),
                id(copy.b),
                because.join(" ")
            ));
            for passage in copy.passages.iter() {
                facts.push(format!("passage {}: {}", id(copy.a), words(&passage.a)));
                facts.push(format!("passage {}: {}", id(copy.b), words(&passage.b)));
            }
        }
        for rewrite in &story.rewrites {
            facts.push(format!("rewrite {}", id(rewrite.article)));
        }
        for name in &story.names {
            let mut forms: Vec<String> = name.mentions.iter().map(words).collect();
            forms.sort();
            forms.dedup();
            let roles: Vec<String> = name.roles.iter().map(words).collect();
            let clearest = words(&name.clearest);
            facts.push(format!("{:?} {clearest}: {}", name.kind, forms.join(", ")));
            if !roles.is_empty() {
                facts.push(format!("roles of {clearest}: {}", roles.join(", ")));
            }
        }
        for (at, of) in story.name_of.iter().enumerate() {
            let doc = doc(at as u32);
            for (entity, name) in doc.entities.iter().zip(of) {
                let text = doc.get(doc.names[entity.clearest as usize].span);
                if name.is_none() {
                    facts.push(format!("unclear {} {text}", id(at as u32)));
                }
            }
        }
    }
    facts
}

/// Builds the document of one page.
fn document(page: &str) -> Document {
    let page = page.trim_end();
    let (head, rest) = page.split_once('\n').expect("a headline");
    let mut head = head.split('|').map(str::trim);
    let id = head.next().unwrap_or_default();
    let outlet = head.next().filter(|o| !o.is_empty()).map(str::to_owned);
    let date: Option<Date> = head
        .next()
        .filter(|d| !d.is_empty())
        .map(|d| d.parse().expect("a date"));
    let (title, body) = rest.split_once('\n').unwrap_or((rest, ""));
    let (mut credits, mut signs, mut damage) = (Vec::new(), Vec::new(), Vec::new());
    let mut warnings = Vec::new();
    let (mut plain, mut marked) = (String::new(), Vec::new());
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix("+credit ") {
            credits.push(Credit {
                name: name.to_owned(),
                line: format!("With {name}"),
            });
        } else if let Some(sign) = line.strip_prefix("+sign ") {
            let kind = if sign.starts_with("Source") {
                SignKind::SourceLink
            } else {
                SignKind::Truncated
            };
            signs.push(Sign {
                kind,
                line: sign.to_owned(),
            });
        } else if line == "+round-up" {
            warnings.push(Warning::Genre {
                genre: Genre::RoundUp,
                says: "In brief".to_owned(),
            });
        } else if let Some(words) = line.strip_prefix("+damage ") {
            damage.extend(words.split(' ').map(str::to_owned));
        } else {
            unmark(line, &mut plain, &mut marked);
            plain.push('\n');
        }
    }
    let text = Text::new(&plain);
    let blocks = text
        .as_str()
        .lines()
        .filter_map(|line| text.span_of(line))
        .map(|span| Block {
            span,
            kind: BlockKind::Paragraph,
        })
        .collect();
    let mut doc = Document::new(Article {
        id: ArticleId::new(id),
        path: id.to_owned(),
        url: None,
        sha256: Sha256([0; 32]),
        outlet,
        owner: None,
        title: Some(title.to_owned()),
        authors: Vec::new(),
        published: date.map(Published::day),
        about: Default::default(),
        language: Some("en".to_owned()),
        text: text.clone(),
        blocks,
        credits,
        signs,
        warnings,
        source: Vec::new(),
    });
    tokens(&mut doc);
    add_names(&mut doc, &marked);
    for (at, _) in text.as_str().match_indices('“') {
        let from = at + '“'.len_utf8();
        let to = text.as_str()[from..].find('”').map_or(from, |n| from + n);
        let Some(part) = text.trimmed(from..to) else {
            continue;
        };
        doc.quotes.push(Quotation {
            form: Form::Direct,
            parts: NonEmpty::one(part),
            cue: None,
            source: None,
            speaker: None,
            resolution: Resolution::None,
            confidence: Confidence::Unclear,
            rule: "case",
            nested: Vec::new(),
        });
    }
    for word in damage {
        let at = text.as_str().find(&word).expect("the damaged word");
        let span = text.span(at..at + word.len()).expect("a span");
        doc.damage.push(Damage {
            span,
            repair: None,
            kind: DamageKind::Filter,
        });
    }
    doc
}

/// A name as a case marks it: kind and entity, where its role starts, where it starts and ends.
type Marked = (String, usize, usize, usize);

/// Takes the marks of names out of a line.
fn unmark(line: &str, plain: &mut String, marked: &mut Vec<Marked>) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, next) = after.split_once(']').expect("a closing bracket");
        let (entity, name) = inside.split_once(' ').expect("an entity");
        plain.push_str(before);
        let role = plain.len();
        let (title, name) = name.split_once('^').unwrap_or(("", name));
        plain.push_str(title);
        let start = plain.len();
        plain.push_str(name);
        marked.push((entity.to_owned(), role, start, plain.len()));
        rest = next;
    }
    plain.push_str(rest);
}

fn add_names(doc: &mut Document, marked: &[Marked]) {
    let text = doc.article.text.clone();
    let mut entities: Vec<&str> = marked.iter().map(|m| m.0.as_str()).collect();
    entities.sort_unstable();
    entities.dedup();
    let kind = |entity: &str| match entity.as_bytes()[0] {
        b'p' => NameKind::Person,
        b'o' => NameKind::Organisation,
        b'l' => NameKind::Place,
        _ => NameKind::Other,
    };
    for (entity, role, start, end) in marked {
        doc.names.push(Name {
            span: text.span(*start..*end).expect("a name"),
            full: text.span(*role..*end).expect("a name"),
            kind: kind(entity),
            roles: text.trimmed(*role..*start).into_iter().collect(),
            entity: entities
                .iter()
                .position(|e| e == entity)
                .map(|at| at as u32),
        });
    }
    for (at, entity) in entities.iter().enumerate() {
        let of = |name: &&(usize, &Name)| name.1.entity == Some(at as u32);
        let names: Vec<(usize, &Name)> = doc.names.iter().enumerate().filter(|n| of(&n)).collect();
        let clearest = names
            .iter()
            .max_by_key(|(_, name)| name.span.len())
            .expect("a mention")
            .0;
        doc.entities.push(Entity {
            kind: kind(entity),
            names: NonEmpty::new(names.iter().map(|n| n.0 as u32).collect()).expect("a mention"),
            clearest: clearest as u32,
        });
    }
}

fn tokens(doc: &mut Document) {
    let text = doc.article.text.clone();
    for (block, of) in doc.article.blocks.clone().iter().enumerate() {
        let mut from = of.span.start();
        let words = text.get(of.span);
        let mut ends: Vec<usize> = words
            .match_indices(". ")
            .filter(|(at, _)| !words[..*at].ends_with("Gen"))
            .map(|(at, _)| of.span.start() + at + 1)
            .collect();
        ends.push(of.span.end());
        for end in ends {
            let Some(span) = text.trimmed(from..end) else {
                continue;
            };
            from = end;
            let first = doc.tokens.len() as u32;
            let inner = |c: char| c.is_alphanumeric() || c == '-' || c == '\'';
            let mut at = span.start();
            for piece in text.get(span).split_inclusive(|c: char| !inner(c)) {
                let core = piece.trim_end_matches(|c: char| !inner(c));
                for (start, part) in [(at, core), (at + core.len(), &piece[core.len()..])] {
                    let Some(span) = text.trimmed(start..start + part.len()) else {
                        continue;
                    };
                    let low = text.get(span).to_lowercase();
                    let class = match low.chars().next() {
                        Some(c) if c.is_ascii_digit() => TokenClass::Number,
                        Some(c) if c.is_alphabetic() => TokenClass::Word,
                        _ => TokenClass::Mark,
                    };
                    doc.tokens.push(Token {
                        span,
                        key: xxh3_64(low.as_bytes()),
                        stem: xxh3_64(low.as_bytes()),
                        class,
                        tag: Tag::Unknown,
                        stop: class == TokenClass::Mark || STOP.contains(&format!(" {low} ")),
                    });
                }
                at += piece.len();
            }
            let tokens = first..doc.tokens.len() as u32;
            doc.sentences.push(Sentence {
                span,
                tokens,
                block: block as u32,
            });
        }
    }
}

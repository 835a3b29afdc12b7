//! Prints what the layer of statements finds in passages, for looking at it: `cargo run --example
//! statements -- en < FILE`, a passage a line. A line of output is a statement: the passage's number,
//! what the statement is beside a plain fact, the pairs of opposites whose ends stand in it with the
//! end, the stems of its content words, and its words; between tabs.

use std::io::Read;

use annotate::Annotator;
use model::{Article, ArticleId, Block, BlockKind, Document, Sha256, Statement, Text, TokenClass};

fn article(text: &str, language: &str) -> Article {
    let text = Text::new(text);
    let whole = text.span_of(text.as_str());
    Article {
        id: ArticleId::new("given"),
        path: String::from("given"),
        url: None,
        sha256: Sha256([0; 32]),
        outlet: None,
        owner: None,
        title: None,
        authors: Vec::new(),
        published: None,
        about: Default::default(),
        language: Some(language.to_owned()),
        blocks: whole
            .map(|span| Block {
                span,
                kind: BlockKind::Paragraph,
            })
            .into_iter()
            .collect(),
        text,
        credits: Vec::new(),
        signs: Vec::new(),
        warnings: Vec::new(),
        source: Vec::new(),
    }
}

fn marks(statement: &Statement) -> String {
    let mut marks = vec![match statement.negated {
        None => String::from("unknown"),
        Some(true) => String::from("negated"),
        Some(false) => String::from("affirmed"),
    }];
    marks.push(format!("{:?}", statement.stance).to_lowercase());
    marks.push(format!("{:?}", statement.modality).to_lowercase());
    if statement.conditional {
        marks.push(String::from("conditional"));
    }
    if statement.whether {
        marks.push(String::from("whether"));
    }
    marks.join(" ")
}

fn opposites(doc: &Document, statement: &Statement) -> String {
    let ends = doc.opposites_in(statement.span).iter();
    let ends = ends.map(|one| format!("{}:{}:{}", one.pair, u8::from(one.end), doc.get(one.span)));
    ends.collect::<Vec<_>>().join(" ; ")
}

fn stems(doc: &Document, statement: &Statement) -> String {
    let tokens = doc.tokens[doc.tokens_in(statement.span)].iter();
    let content = tokens.filter(|token| !token.stop && token.class != TokenClass::Mark);
    let stems = content.map(|token| format!("{:x}", token.stem));
    stems.collect::<Vec<_>>().join(" ")
}

fn main() -> std::io::Result<()> {
    let language = std::env::args()
        .nth(1)
        .unwrap_or_else(|| String::from("en"));
    let mut given = String::new();
    std::io::stdin().read_to_string(&mut given)?;
    let annotator = Annotator::new();
    for (number, line) in given.lines().enumerate() {
        let doc = annotator.annotate(article(line, &language));
        for statement in &doc.statements {
            println!(
                "{number}\t{}\t{}\t{}\t{}",
                marks(statement),
                opposites(&doc, statement),
                stems(&doc, statement),
                doc.get(statement.span)
            );
        }
    }
    Ok(())
}

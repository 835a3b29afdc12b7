//! What people and programs read: JSON (wire types, versioned), text for the terminal, Markdown,
//! and one self-contained HTML file.
//!
//! In: [`Findings`]. Out: a string. News text is hostile input: every format escapes it.
//!
//! Findings become the wire report once ([`assemble`]); every format is a view of that, so that an
//! id, a word or a reason is the same wherever it is read.

use model::{Across, Article, Document, Findings, Story};

mod assemble;
mod because;
mod clean;
mod html;
mod json;
pub mod lines;
mod markdown;
mod offsets;
mod schema;
mod text;
mod view;
pub mod wire;

pub use assemble::report as assemble;
pub use lines::Level;
pub use schema::{line_schemas, report_schema};
pub use text::TextOptions;

/// The JSON report, version 1: one object, one line.
pub fn json(findings: &Findings) -> String {
    json::line(&assemble(findings))
}

/// The report for a terminal.
pub fn text(findings: &Findings, options: TextOptions) -> String {
    text::report(&assemble(findings), options)
}

/// The report as Markdown.
pub fn markdown(findings: &Findings) -> String {
    markdown::report(&assemble(findings))
}

/// The report as one self-contained HTML file.
pub fn html(findings: &Findings) -> String {
    html::report(&assemble(findings))
}

/// One line of `crossread extract`: an article as an object.
pub fn article_line(article: &Article) -> String {
    json::line(&lines::article(article))
}

/// One line of `crossread annotate`: a document's layers as an object.
pub fn document_line(doc: &Document) -> String {
    json::line(&lines::document(doc))
}

/// The lines of `crossread group`: for each article its story, and which article it copies.
pub fn group_lines(
    docs: &[Document],
    stories: &[Story],
    across: &[Across],
    level: Level,
) -> String {
    lines::groups(docs, stories, across, level)
        .iter()
        .map(json::line)
        .collect()
}

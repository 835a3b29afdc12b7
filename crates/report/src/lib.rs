//! What people and programs read: JSON (wire types, versioned), text for the terminal, Markdown,
//! and one self-contained HTML file.
//!
//! In: [`Findings`]. Out: a string. News text is hostile input: every format escapes it.

use model::{Article, Document, Findings, Story};

/// How the terminal report is laid out.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// Columns.
    pub width: usize,
    /// Whether colour and emphasis are written.
    pub colour: bool,
}

/// The JSON report, version 1.
pub fn json(findings: &Findings) -> String {
    format!("{{\"articles\": {}}}\n", findings.documents.len())
}

/// The report for a terminal.
pub fn text(findings: &Findings, _options: TextOptions) -> String {
    format!("{} articles\n", findings.documents.len())
}

/// The report as Markdown.
pub fn markdown(findings: &Findings) -> String {
    format!("{} articles\n", findings.documents.len())
}

/// The report as one self-contained HTML file.
pub fn html(findings: &Findings) -> String {
    format!("{} articles\n", findings.documents.len())
}

/// One line of `crossread extract`: an article as an object.
pub fn article_line(article: &Article) -> String {
    format!("{{\"id\": \"{}\"}}\n", article.id)
}

/// One line of `crossread annotate`: a document's layers as an object.
pub fn document_line(doc: &Document) -> String {
    format!("{{\"article\": \"{}\"}}\n", doc.article.id)
}

/// The lines of `crossread group`: for each article its story, and which article it copies.
pub fn group_lines(_docs: &[Document], _stories: &[Story]) -> String {
    String::new()
}

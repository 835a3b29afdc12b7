//! What people and programs read: JSON (wire types, versioned), text for the terminal, Markdown,
//! and one self-contained HTML file.
//!
//! In: [`model::Findings`]. Out: a string. News text is hostile input: every format escapes it.
//!
//! Findings become the wire report once ([`assemble`]), which may be narrowed ([`focus()`]) and
//! explained ([`explain()`]); every format is a view of that, so that an
//! id, a word or a reason is the same wherever it is read.

use model::{Across, Article, Document, Story};

pub mod answer;
mod assemble;
mod because;
pub mod choice;
pub mod cite;
mod clean;
mod commonmark;
pub mod draft;
mod explain;
mod focus;
mod html;
mod json;
mod lasting;
pub mod lines;
mod markdown;
pub mod news;
mod offsets;
mod reviews;
mod schema;
pub mod tables;
mod text;
mod view;
pub mod wire;
pub mod within;

pub use assemble::report as assemble;
pub use clean::{one_line, quoted, shorten};
pub use explain::{Match, Matches, explain};
pub use focus::{FocusError, Place, focus, locate};
pub use html::site;
pub use json::{line, word};
pub use lasting::find;
pub use lines::Level;
pub use schema::{answer_schema, line_schemas, report_schema};
pub use text::TextOptions;
pub use view::{count, stated};

/// A story of the JSON report, as it was kept; nothing where the bytes are none.
pub fn story(bytes: &[u8]) -> Option<wire::Story> {
    let mut story: wire::Story = serde_json::from_slice(bytes).ok()?;
    // One that was kept before there were keys.
    lasting::name(&mut story);
    Some(story)
}

/// The JSON report, version 1: one object, one line.
pub fn json(report: &wire::Report) -> String {
    json::line(report)
}

/// The report for a terminal.
pub fn text(report: &wire::Report, options: TextOptions) -> String {
    text::report(report, options)
}

/// The report as Markdown.
pub fn markdown(report: &wire::Report) -> String {
    markdown::report(report)
}

/// The heading of Markdown with so many articles in so many stories, and a report's stories as they stand under
/// it: for more of them than one report holds.
pub use markdown::{head as markdown_head, stories as markdown_stories};

/// The report as one self-contained HTML file.
pub fn html(report: &wire::Report) -> String {
    html::report(report)
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

//! In: a table of a page. Out: its rows, each in one line. Refuses tables that lay out a page: those with
//! other tables, headings, fields or running text in them.

use super::dom::{Document, NodeId};
use super::measure::Held;
use crate::furniture::shape;
use crate::says::title::tidy;

/// Rows and cells of a table of data at least; with two cells a row it has more rows.
const ROWS: usize = 2;
const CELLS: usize = 6;
/// Words of a cell at most.
const CELL_WORDS: usize = 24;
/// Words of one on average at most.
const MEAN_WORDS: usize = 6;

/// The rows of a table of data.
pub(crate) fn rows(document: &Document, table: NodeId, held: Held) -> Option<Vec<String>> {
    if held.headings > 0 || held.linked * 2 > held.words || held.words == 0 {
        return None;
    }
    let mut rows: Vec<String> = Vec::new();
    let (mut cells, mut widest, mut width) = (0, 0, 0);
    for node in document.inside(table) {
        match document.tag_name(node) {
            "table" | "input" | "textarea" | "button" | "form" | "ul" | "ol" | "blockquote" => {
                return None;
            }
            "tr" | "caption" => {
                rows.push(String::new());
                width = 0;
            }
            "td" | "th" => {
                let text = document.text_content(node);
                if shape::words(text) > CELL_WORDS {
                    return None;
                }
                let (row, text) = (rows.last_mut()?, tidy(text));
                (cells, width) = (cells + 1, width + 1);
                widest = widest.max(width);
                if !row.is_empty() && !text.is_empty() {
                    row.push(' ');
                }
                row.push_str(&text);
            }
            _ => {}
        }
    }
    rows.retain(|row| row.chars().any(char::is_alphanumeric));
    let data = rows.len() >= ROWS && widest > 1 && cells >= CELLS;
    (data && held.words <= cells * MEAN_WORDS).then_some(rows)
}

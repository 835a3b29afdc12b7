//! Rows of tables and entries of feeds as records: JSON objects, one a line, in pieces that fit in memory.

use model::Locator;
use serde_json::{Map, Value};

use crate::{Input, Step};

/// Bytes of one piece.
const PIECE: usize = 16 << 20;

/// Records that come one by one and are given in pieces.
pub(crate) struct Pieces {
    path: String,
    /// Bytes from which on a piece is full.
    full: usize,
    lines: Vec<u8>,
    /// Records given before.
    given: u64,
    count: u64,
}

impl Pieces {
    pub(crate) fn new(path: String) -> Self {
        Self {
            path,
            full: PIECE,
            lines: Vec::new(),
            given: 0,
            count: 0,
        }
    }

    /// Adds a record; gives a piece where one is full.
    pub(crate) fn add(&mut self, record: Map<String, Value>) -> Option<Step> {
        self.lines.extend(Value::Object(record).to_string().bytes());
        self.lines.push(b'\n');
        self.count += 1;
        (self.lines.len() >= self.full)
            .then(|| self.piece())
            .flatten()
    }

    /// What is left.
    pub(crate) fn piece(&mut self) -> Option<Step> {
        if self.lines.is_empty() {
            return None;
        }
        let before = self.given;
        self.given += self.count;
        self.count = 0;
        Some(Step::Page(Input {
            path: self.path.clone(),
            bytes: std::mem::take(&mut self.lines),
            from: Locator {
                records_before: before,
                ..Locator::default()
            },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_says_how_many_came_before() {
        let mut pieces = Pieces {
            full: 40,
            ..Pieces::new("t.csv".to_owned())
        };
        let record = |at: u64| Map::from_iter([("text".to_owned(), Value::from(at))]);
        let mut steps: Vec<Step> = (0..10).filter_map(|at| pieces.add(record(at))).collect();
        steps.extend(pieces.piece());
        let given: Vec<(u64, usize)> = steps
            .iter()
            .map(|step| match step {
                Step::Page(page) => {
                    let lines = page.bytes.iter().filter(|byte| **byte == b'\n').count();
                    (page.from.records_before, lines)
                }
                _ => (0, 0),
            })
            .collect();
        assert_eq!(given, [(0, 4), (4, 4), (8, 2)]);
    }
}

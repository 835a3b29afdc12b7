//! Rows of tables and entries of feeds as records: JSON objects, one a line, in pieces that fit in memory.

use model::Locator;
use serde_json::{Map, Value};

use crate::{Member, Step};

/// Bytes of one piece.
const PIECE: usize = 16 << 20;

/// Records that come one by one and are given in pieces.
pub(crate) struct Pieces {
    path: String,
    lines: Vec<u8>,
    /// Records given before.
    given: u64,
    count: u64,
}

impl Pieces {
    pub(crate) fn new(path: String) -> Self {
        Self {
            path,
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
        (self.lines.len() >= PIECE).then(|| self.piece()).flatten()
    }

    /// What is left.
    pub(crate) fn piece(&mut self) -> Option<Step> {
        if self.lines.is_empty() {
            return None;
        }
        let before = self.given;
        self.given += self.count;
        self.count = 0;
        Some(Step::Page(Member {
            path: self.path.clone(),
            bytes: std::mem::take(&mut self.lines),
            from: Locator {
                records_before: before,
                ..Locator::default()
            },
        }))
    }
}

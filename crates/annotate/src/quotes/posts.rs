//! In: blocks of a page that are posts of a network, embedded. Out: each post as a quotation of whoever signed it:
//! `— Odo Brandt (@odobrandt) March 11, 2024`. What stands in a post is nobody else's word, whether its signature is
//! there or not.

use model::{Block, BlockKind, Document, Form, Span};

use super::Draft;
use super::gram::{Gram, mark};

/// The name of the rule.
const RULE: &str = "embedded-post";

/// The posts of a run of blocks that begins at `from`, and the first block behind them.
pub(crate) fn read(doc: &Document, from: usize) -> (Vec<Draft>, usize) {
    let blocks = doc.article.blocks.iter().skip(from);
    let run: Vec<&Block> = blocks
        .take_while(|block| block.kind == BlockKind::Post)
        .collect();
    let (mut drafts, mut parts) = (Vec::new(), Vec::new());
    for block in &run {
        match signature(doc, block.span) {
            Some(source) => drafts.extend(draft(&mut parts, Some(source))),
            None => parts.push(block.span),
        }
    }
    drafts.extend(draft(&mut parts, None));
    (drafts, from + run.len().max(1))
}

fn draft(parts: &mut Vec<Span>, source: Option<Span>) -> Option<Draft> {
    (!parts.is_empty()).then(|| Draft {
        parts: std::mem::take(parts),
        cue: None,
        source,
        form: Form::Direct,
        rule: RULE,
        carried: false,
        doubtful: false,
        nested: false,
    })
}

/// The name in a post's signature: behind a dash, before the name that the network knows its writer by.
fn signature(doc: &Document, span: Span) -> Option<Span> {
    let line = doc.get(span);
    let rest = line.trim_start_matches(|c: char| mark(c) == Gram::Dash);
    let at = rest.find("(@").filter(|_| rest.len() < line.len())?;
    let start = span.start() + line.len() - rest.len();
    doc.article.text.trimmed(start..start + at)
}

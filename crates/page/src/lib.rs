//! Bytes to articles: decode · parse · select · metadata, with a reader for each container.
//!
//! In: a path's name and its bytes. Out: an [`Article`] for each page or record in them, or the
//! reason why there is none. Nothing is read from disk here and nothing is executed.

use model::{Article, ArticleId, Block, BlockKind, Sha256, SkipReason, Skipped, Text};

/// How pages are read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether page furniture is taken out of text that is given as text (JSONL `text`). Off, such
    /// a record's text is kept to the letter, so that offsets are those of the record.
    pub strip_text: bool,
    /// Bytes of one page or record that are read at most.
    pub page_limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            strip_text: true,
            page_limit: 64 << 20,
        }
    }
}

/// Reads every article in `bytes`.
pub fn read(path: &str, bytes: &[u8], _options: &Options) -> Vec<Result<Article, Skipped>> {
    let skip = |reason| {
        vec![Err(Skipped {
            path: path.to_owned(),
            reason,
        })]
    };
    if bytes.is_empty() {
        return skip(SkipReason::Empty);
    }
    let Ok(all) = std::str::from_utf8(bytes) else {
        return skip(SkipReason::Binary);
    };
    let (title, body) = all.trim_start().split_once('\n').unwrap_or((all, ""));
    let text = Text::new(body.trim_start());
    let blocks = text
        .as_str()
        .lines()
        .filter_map(|line| text.span_of(line.trim()))
        .map(|span| Block {
            span,
            kind: BlockKind::Paragraph,
        })
        .collect();
    vec![Ok(Article {
        id: ArticleId::new(path),
        path: path.to_owned(),
        url: None,
        sha256: Sha256([0; 32]),
        outlet: None,
        title: Some(title.to_owned()),
        authors: Vec::new(),
        published: None,
        language: Some("en".to_owned()),
        text,
        blocks,
        credits: Vec::new(),
        signs: Vec::new(),
        warnings: Vec::new(),
        source: Vec::new(),
    })]
}

//! What the suites start from: an article made of plain paragraphs, and the folder of cases.

use std::path::{Path, PathBuf};

use model::{Article, ArticleId, Block, BlockKind, Sha256, Text};

/// An article with one block a line of `text`.
pub fn article(text: &str, language: Option<&str>) -> Article {
    let text = Text::new(text);
    let blocks = text
        .as_str()
        .split('\n')
        .filter_map(|line| text.span_of(line))
        .map(|span| Block {
            span,
            kind: BlockKind::Paragraph,
        })
        .collect();
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
        language: language.map(String::from),
        text,
        blocks,
        credits: Vec::new(),
        signs: Vec::new(),
        warnings: Vec::new(),
        source: Vec::new(),
    }
}

/// The case files of a suite, by name.
pub fn cases(suite: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/suite")
        .join(suite);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder:?}: {e}"));
    let mut files: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.sort();
    assert!(!files.is_empty(), "{folder:?} holds no case");
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
            (path, text)
        })
        .collect()
}

/// The language of a case file, by its name: `en-news.txt`.
#[allow(dead_code, reason = "not every suite has several")]
pub fn language(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('-').next().unwrap_or_default().to_owned()
}

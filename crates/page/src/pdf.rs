//! Reader of PDFs, as press offices send them. In: a file's bytes. Out: its text, a paragraph a line, without what every
//! page repeats. Refuses a scan, an encrypted and a damaged file, and says which. No stretch of the text stands in the
//! bytes as it is: such an article has no [`model::Article::source`].

mod nesting;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{Article, SkipReason};
use unpdf::{Block, ParseOptions};

use crate::finish::Identity;
use crate::says::Said;
use crate::text;

/// Pages from which on a line that most of them have is their head or foot.
const REPEATS: usize = 3;
/// Letters under which a file has no text: a stamp, a page number.
const LEAST: usize = 40;

/// Reads an article.
pub(crate) fn read(identity: Identity, bytes: &[u8], said: Said) -> Result<Article, SkipReason> {
    text::read(identity, &words(bytes)?, said)
}

/// The text of a file.
pub(crate) fn words(bytes: &[u8]) -> Result<String, SkipReason> {
    nesting::harm(bytes).map_err(|why| SkipReason::Unreadable(why.to_owned()))?;
    let options = ParseOptions::new()
        .lenient()
        .with_resources(false)
        .sequential();
    // The parser is other people's code on hostile input.
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        unpdf::parse_bytes_with_options(bytes, options)
    }));
    let damaged =
        || SkipReason::Unreadable("a damaged PDF: fetch it again, or save its text".to_owned());
    let document = match parsed.map_err(|_| damaged())? {
        Ok(document) => document,
        Err(error) if error.to_string().to_lowercase().contains("crypt") => {
            return Err(SkipReason::Unreadable(
                "a PDF under a password: save it without".to_owned(),
            ));
        }
        Err(_) => return Err(damaged()),
    };
    let pages: Vec<Vec<String>> = document
        .pages
        .iter()
        .map(|page| page.elements.iter().filter_map(line).collect())
        .collect();
    let pictures = document.pages.iter().any(|page| page.image_op_count > 0);
    let text = joined(&pages);
    if text.chars().filter(|c| c.is_alphabetic()).count() < LEAST {
        return Err(SkipReason::NoPage(
            match pictures {
                true => "a scanned PDF, pictures of pages without text",
                false => "a PDF without text",
            }
            .to_owned(),
        ));
    }
    Ok(text)
}

/// A paragraph in one line; `None` for what is none.
fn line(block: &Block) -> Option<String> {
    let mut words = String::new();
    match block {
        Block::Paragraph(_) | Block::Table(_) => block.append_plain_text(&mut words),
        _ => return None,
    }
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Pages as one text: without their heads and feet, paragraphs that a page's end cuts put together.
fn joined(pages: &[Vec<String>]) -> String {
    let key = |line: &str| -> String {
        let letters = line.chars().filter(|c| c.is_alphabetic());
        letters.flat_map(char::to_lowercase).collect()
    };
    let mut count: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let mut own: Vec<String> = page.iter().map(|line| key(line)).collect();
        own.sort_unstable();
        own.dedup();
        own.into_iter()
            .for_each(|line| *count.entry(line).or_default() += 1);
    }
    let repeated = |line: &str| {
        let pages_with = count.get(&key(line)).copied().unwrap_or(0);
        pages_with >= REPEATS && pages_with * 2 > pages.len()
    };
    let mut paragraphs: Vec<String> = Vec::new();
    for page in pages {
        let own = page.iter().filter(|line| !repeated(line));
        for (at, line) in own.enumerate() {
            let goes_on = line.chars().next().is_some_and(char::is_lowercase);
            match paragraphs.last_mut() {
                Some(last) if at == 0 && goes_on && !ends(last) => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ => paragraphs.push(line.clone()),
            }
        }
    }
    paragraphs.join("\n\n")
}

/// Whether a paragraph ends as sentences do.
fn ends(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '…', ':', '"', '”', '»'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_feet_go_and_paragraphs_are_whole() {
        let page = |lines: &[&str]| {
            lines
                .iter()
                .map(|line| (*line).to_owned())
                .collect::<Vec<_>>()
        };
        let pages = [
            page(&["Port of Quillmouth 1", "The lock reopened after the"]),
            page(&[
                "Port of Quillmouth 2",
                "repair of its gates.",
                "Ships wait.",
            ]),
            page(&["Port of Quillmouth 3", "More on Monday."]),
        ];
        assert_eq!(
            joined(&pages),
            "The lock reopened after the repair of its gates.\n\nShips wait.\n\nMore on Monday."
        );
    }

    #[test]
    fn what_is_no_pdf_inside_is_refused() {
        for bytes in [
            &b"%PDF-1.7"[..],
            b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>",
        ] {
            assert!(words(bytes).is_err());
        }
    }
}

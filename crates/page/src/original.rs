//! The bytes that an article was read from. In: a file's bytes. Out: for each of its articles those whose
//! hash is [`Article::sha256`]: all of them, or a record's own in UTF-8.

use model::{Article, Locator};

use crate::jsonl;
use crate::kind::{self, Kind};

/// The original bytes of the articles in a file.
pub struct Originals<'b> {
    path: &'b str,
    bytes: &'b [u8],
    /// The decoded text and where its records stand, of a file of records.
    records: Option<(String, Vec<std::ops::Range<usize>>)>,
    /// Records of the same file before them.
    before: u64,
}

impl<'b> Originals<'b> {
    /// Of the same path, bytes and place that [`crate::read_from`] was given.
    pub fn new(path: &'b str, bytes: &'b [u8], from: &Locator) -> Self {
        let records = match kind::tell(path, bytes) {
            Ok((kind @ (Kind::Jsonl | Kind::Json), decoded)) => {
                let pieces = jsonl::pieces(&decoded.text, kind);
                Some((decoded.text.into_owned(), pieces))
            }
            _ => None,
        };
        Self {
            path,
            bytes,
            records,
            before: from.records_before,
        }
    }

    /// The bytes of one of its articles.
    pub fn of(&self, article: &Article) -> &[u8] {
        let Some((text, pieces)) = &self.records else {
            return self.bytes;
        };
        let line = article.path.strip_prefix(self.path);
        let line: Option<u64> = line.and_then(|rest| rest.strip_prefix(':')?.parse().ok());
        let range = line.and_then(|line| pieces.get(line.checked_sub(self.before + 1)? as usize));
        range.map_or(self.bytes, |range| &text.as_bytes()[range.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, finish};

    #[test]
    fn the_bytes_of_an_article_have_its_hash() {
        let records = b"{\"text\": \"The bridge at Orl reopened.\"}\r\n\n  {\"title\": \"B\"} \n";
        let array =
            "[{\"text\": \"The bridge at Orl reopened.\"},\n {\"title\": \"Ñ\"}]".as_bytes();
        let page = b"Bridge reopens\n\nThe Orla bridge reopened on Monday, the mayor said.\n";
        for (path, bytes) in [
            ("a:3.jsonl", &records[..]),
            ("a.json", array),
            ("b.txt", &page[..]),
        ] {
            let originals = Originals::new(path, bytes, &Locator::default());
            let read = crate::read(path, bytes, &Options::default());
            assert!(!read.is_empty());
            for article in read {
                let article = article.expect("an article");
                assert_eq!(finish::sha256(originals.of(&article)), article.sha256);
            }
        }
    }
}

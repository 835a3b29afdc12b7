//! Reader of text documents of offices: DOCX (ECMA-376) and ODT (OASIS OpenDocument). In: a file's bytes. Out: its text,
//! a paragraph a line; what was deleted, notes in the margin and fields are left out. Refuses tables and slides, and
//! what is damaged.

use std::io::{Cursor, Read};

use model::{Article, SkipReason};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::finish::Identity;
use crate::says::Said;
use crate::text;

/// Bytes of the document inside that are read at most.
const MOST: u64 = 64 << 20;

/// What a document's elements are called.
struct Names {
    /// Its file in the archive.
    file: &'static str,
    /// Paragraphs and headings.
    paragraphs: [&'static str; 2],
    /// What words stand in; empty where they stand in the paragraph.
    words: &'static str,
    /// A space, a tab, a new line.
    blanks: [&'static str; 3],
    /// What is not its text.
    apart: [&'static str; 3],
}

const KINDS: [Names; 2] = [
    Names {
        file: "word/document.xml",
        paragraphs: ["w:p", "w:p"],
        words: "w:t",
        blanks: ["w:tab", "w:br", "w:cr"],
        apart: ["w:delText", "w:instrText", "w:txbxContent"],
    },
    Names {
        file: "content.xml",
        paragraphs: ["text:p", "text:h"],
        words: "",
        blanks: ["text:s", "text:tab", "text:line-break"],
        apart: ["text:tracked-changes", "office:annotation", "text:note"],
    },
];

/// Reads an article.
pub(crate) fn read(identity: Identity, bytes: &[u8], said: Said) -> Result<Article, SkipReason> {
    text::read(identity, &words(bytes)?, said)
}

/// The text of a document.
pub(crate) fn words(bytes: &[u8]) -> Result<String, SkipReason> {
    let damaged = || {
        SkipReason::Unreadable(
            "a damaged office document: open and save it in its program".to_owned(),
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    for names in &KINDS {
        let Ok(file) = archive.by_name(names.file) else {
            continue;
        };
        let mut xml = Vec::new();
        file.take(MOST + 1)
            .read_to_end(&mut xml)
            .map_err(|_| damaged())?;
        if xml.len() as u64 > MOST {
            return Err(SkipReason::TooLarge { limit: MOST });
        }
        return paragraphs(&String::from_utf8_lossy(&xml), names).ok_or_else(damaged);
    }
    Err(SkipReason::NoPage(
        "an office document that is no text: a table, slides".to_owned(),
    ))
}

/// The paragraphs of a document; `None` where it breaks off.
fn paragraphs(xml: &str, names: &Names) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut text, mut line) = (String::new(), String::new());
    let (mut inside, mut apart, mut words) = (0usize, 0usize, 0usize);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                let name = tag.name();
                let name: &str = name.as_ref();
                apart += usize::from(names.apart.contains(&name));
                words += usize::from(name == names.words);
                inside += usize::from(names.paragraphs.contains(&name));
            }
            Event::Empty(tag) if names.blanks.contains(&tag.name().as_ref()) => line.push(' '),
            Event::End(tag) => {
                let name = tag.name();
                let name: &str = name.as_ref();
                apart = apart.saturating_sub(usize::from(names.apart.contains(&name)));
                words = words.saturating_sub(usize::from(name == names.words));
                if names.paragraphs.contains(&name) {
                    inside = inside.saturating_sub(1);
                    let own = line.split_whitespace().collect::<Vec<_>>().join(" ");
                    if !own.is_empty() {
                        text.push_str(&own);
                        text.push_str("\n\n");
                    }
                    line.clear();
                }
            }
            event if apart == 0 && inside > 0 && (words > 0 || names.words.is_empty()) => {
                match event {
                    Event::Text(words) => line.push_str(&words),
                    Event::CData(words) => line.push_str(&words),
                    Event::GeneralRef(name) => {
                        let entity = format!("&{};", &*name);
                        line.push_str(&unescape(&entity).unwrap_or_default());
                    }
                    Event::Eof => return None,
                    _ => {}
                }
            }
            Event::Eof => return Some(text),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_read_and_what_was_deleted_is_not() {
        let docx = "<w:document><w:body><w:p><w:r><w:t>Lock &amp; bridge </w:t></w:r><w:del><w:r>\
                    <w:delText>closed</w:delText></w:r></w:del><w:r><w:t>reopened.</w:t></w:r></w:p>\
                    <w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p><w:p><w:r><w:t>Ships<w:br/>wait.\
                    </w:t></w:r></w:p></w:body></w:document>";
        assert_eq!(
            paragraphs(docx, &KINDS[0]).as_deref(),
            Some("Lock & bridge reopened.\n\nShips wait.\n\n")
        );
        let odt = "<office:text><text:h>Lock reopened</text:h><text:p>Ships <text:span>wait</text:span>.\
                   <office:annotation><text:p>really?</text:p></office:annotation></text:p></office:text>";
        let read = paragraphs(odt, &KINDS[1]).expect("a document");
        assert!(
            read.starts_with("Lock reopened\n\n") && !read.contains("really"),
            "{read}"
        );
    }

    #[test]
    fn what_is_no_document_is_refused() {
        assert!(words(b"PK\x03\x04 [Content_Types].xml").is_err());
    }
}

//! In: a tar file of TimeML documents. Out: their running text with its time expressions. Headers,
//! relations and everything outside `<TEXT>` and `<TITLE>` are left out.

use super::{Expression, Timed};

/// Reads every `.tml` file of the archive.
pub fn read(tar: &[u8]) -> Vec<Timed> {
    files(tar)
        .into_iter()
        .filter(|(name, _)| {
            let last = name.rsplit('/').next().unwrap_or(name);
            last.ends_with(".tml") && !last.starts_with('.')
        })
        .map(|(name, bytes)| {
            let id = name
                .rsplit('/')
                .next()
                .unwrap_or(&name)
                .trim_end_matches(".tml")
                .to_owned();
            document(id, &String::from_utf8_lossy(bytes))
        })
        .filter(|timed| !timed.text.trim().is_empty())
        .collect()
}

/// Names and bytes of a tar file's plain files. Stops at the first header that makes no sense.
fn files(tar: &[u8]) -> Vec<(String, &[u8])> {
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(header) = tar.get(at..at + 512) {
        let text = |range: std::ops::Range<usize>| {
            let bytes = &header[range];
            let end = bytes
                .iter()
                .position(|byte| *byte == 0)
                .unwrap_or(bytes.len());
            String::from_utf8_lossy(&bytes[..end]).trim().to_owned()
        };
        let Ok(size) = usize::from_str_radix(&text(124..136), 8) else {
            break;
        };
        let Some(bytes) = tar.get(at + 512..at + 512 + size) else {
            break;
        };
        if matches!(header[156], 0 | b'0') {
            let (prefix, name) = (text(345..500), text(0..100));
            let full = if prefix.is_empty() {
                name
            } else {
                format!("{prefix}/{name}")
            };
            files.push((full, bytes));
        }
        at += 512 + size.div_ceil(512) * 512;
    }
    files
}

fn document(id: String, xml: &str) -> Timed {
    let mut timed = Timed {
        id,
        text: String::new(),
        written: String::new(),
        expressions: Vec::new(),
    };
    if let Some(dct) = element(xml, "DCT") {
        timed.written = attribute(dct, "value")
            .unwrap_or_default()
            .chars()
            .take(10)
            .collect();
    }
    for name in ["TITLE", "TEXT"] {
        if let Some(inner) = element(xml, name) {
            running(inner.trim(), &mut timed);
            timed.text.push('\n');
        }
    }
    timed
}

/// What stands inside the first element of a name.
fn element<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    let start = xml.find(&format!("<{name}>"))? + name.len() + 2;
    let end = start + xml[start..].find(&format!("</{name}>"))?;
    Some(&xml[start..end])
}

fn attribute<'x>(tag: &'x str, name: &str) -> Option<&'x str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(&tag[start..start + tag[start..].find('"')?])
}

/// Adds an element's text without tags; a line end inside a paragraph becomes a space.
fn running(xml: &str, into: &mut Timed) {
    let mut open: Option<(usize, String)> = None;
    let mut rest = xml;
    while !rest.is_empty() {
        let (words, tag) = rest.split_once('<').unwrap_or((rest, ""));
        add_words(words, &mut into.text);
        if let Some(tag) = tag.strip_prefix("TIMEX3") {
            let value = attribute(tag, "value").unwrap_or_default();
            open = Some((into.text.len(), value.to_owned()));
        } else if tag.starts_with("/TIMEX3")
            && let Some((start, value)) = open.take()
        {
            let words = &into.text[start..];
            let from = start + words.len() - words.trim_start().len();
            let range = from..from + words.trim().len();
            if !range.is_empty() {
                into.expressions.push(Expression {
                    range,
                    values: vec![value],
                });
            }
        }
        rest = tag
            .split_once('>')
            .map(|(_, rest)| rest)
            .unwrap_or_default();
    }
}

fn add_words(words: &str, into: &mut String) {
    let words = words
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'");
    let mut lines = words.split('\n').peekable();
    while let Some(line) = lines.next() {
        into.push_str(line);
        if lines.peek().is_some() {
            // An empty line is a paragraph's end; a single line end only wraps.
            if into.ends_with([' ', '\n']) || line.trim().is_empty() && into.ends_with('\n') {
                while into.ends_with(' ') {
                    into.pop();
                }
                if !into.is_empty() && !into.ends_with('\n') {
                    into.push('\n');
                }
            } else if !into.is_empty() {
                into.push(' ');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<DCT><TIMEX3 tid=\"t0\" type=\"TIME\" value=\"2020-06-03T10:00\">x</TIMEX3></DCT>\n\
        <TEXT>\nThe bridge <EVENT eid=\"e1\">opened</EVENT> on <TIMEX3 tid=\"t1\" type=\"DATE\" \
        value=\"2020-06-01\">Monday</TIMEX3>,\nsaid A &amp; B.\n\nIt shut in <TIMEX3 value=\"2020-05\">May\n\
        </TIMEX3>.\n</TEXT>";

    #[test]
    fn tags_go_and_expressions_stay_in_place() {
        let timed = document("a".to_owned(), XML);
        assert_eq!(
            timed.text,
            "The bridge opened on Monday, said A & B.\nIt shut in May .\n"
        );
        assert_eq!(timed.written, "2020-06-03");
        let found: Vec<(&str, &str)> = timed
            .expressions
            .iter()
            .map(|one| (&timed.text[one.range.clone()], one.values[0].as_str()))
            .collect();
        assert_eq!(found, [("Monday", "2020-06-01"), ("May", "2020-05")]);
    }

    #[test]
    fn an_archive_gives_its_files_and_stops_at_rubbish() {
        let mut tar = vec![0_u8; 512];
        tar[..7].copy_from_slice(b"d/a.tml");
        tar[124..135].copy_from_slice(b"00000000003");
        tar[156] = b'0';
        tar.extend(b"abc");
        tar.resize(1024, 0);
        tar.extend([b'x'; 512]);
        assert_eq!(files(&tar), [("d/a.tml".to_owned(), &b"abc"[..])]);
    }
}

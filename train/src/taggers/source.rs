//! In: an evaluation or training set's file. Out: its documents as plain text, with parts of speech
//! and names as ranges of it, so that the program's own tokens and sentences can be laid over them.
//! Refuses lines of another shape.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::gum;
use super::set::{Kind, Named, Row, Source};

/// Reads a set; its shape is told by the file's name.
pub(crate) fn read(path: &Path) -> Result<Vec<Source>> {
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
    let all = String::from_utf8(bytes)?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let gum = name.starts_with("gum");
    let mut sources = Vec::new();
    let mut source = Source::default();
    let mut rows: Vec<Row> = Vec::new();
    let mut text: Option<String> = None;
    let mut marks = Marks::default();
    for line in all.lines().chain([""]) {
        if let Some(comment) = line.strip_prefix("# ") {
            let new = ["newdoc", "source =", "file ="]
                .iter()
                .any(|s| comment.starts_with(s));
            if new && !source.text.is_empty() {
                sources.push(std::mem::take(&mut source));
                marks = Marks::default();
            }
            if let Some(given) = comment.strip_prefix("text = ") {
                text = Some(given.to_owned());
            }
        } else if line.trim().is_empty() {
            if !rows.is_empty() {
                let start = source.text.len();
                let line = match text.take() {
                    Some(text) => aligned(text, &mut rows),
                    None => marks.joined(&mut rows),
                };
                source.text.push_str(&line);
                source.text.push('\n');
                for row in &mut rows {
                    row.at = row.at.start + start..row.at.end + start;
                }
                source
                    .words
                    .extend(rows.iter().map(|r| (r.at.clone(), r.tag.clone())));
                source.names.extend(if gum {
                    gum::names(&rows)
                } else {
                    labelled(&rows)
                });
                rows.clear();
            }
        } else if let Some(row) = row(line, &name)? {
            rows.push(row);
        }
        // Sets without documents are cut, so that the whole-document hints see an article's worth.
        if source.words.len() > 3000 && rows.is_empty() && name.starts_with("wikigold") {
            sources.push(std::mem::take(&mut source));
        }
    }
    if !source.text.is_empty() {
        sources.push(source);
    }
    Ok(sources)
}

fn row(line: &str, name: &str) -> Result<Option<Row>> {
    let row = |form: &str, tag: &str, label: &str, misc: &str| {
        Some(Row {
            form: form.to_owned(),
            tag: tag.to_owned(),
            label: label.to_owned(),
            misc: misc.to_owned(),
            at: 0..0,
        })
    };
    let fields: Vec<&str> = line.split('\t').collect();
    if name.contains(".conllu") {
        let [id, form, _, tag, .., misc] = fields.as_slice() else {
            bail!("{name}: {line}")
        };
        let plain = id.bytes().all(|b| b.is_ascii_digit());
        return Ok(if plain {
            row(form, tag, "O", misc)
        } else {
            None
        });
    }
    if name.contains(".iob2") {
        let [_, form, label, ..] = fields.as_slice() else {
            bail!("{name}: {line}")
        };
        return Ok(row(form, "", label, ""));
    }
    let fields: Vec<&str> = if fields.len() > 1 {
        fields
    } else {
        line.split(' ').collect()
    };
    let [form, label, ..] = fields.as_slice() else {
        bail!("{name}: {line}")
    };
    Ok(row(form, "", label, ""))
}

/// Finds the rows in the sentence that the file gives.
fn aligned(text: String, rows: &mut [Row]) -> String {
    let mut from = 0;
    for row in rows {
        let rest = &text[from..];
        let skip = rest.len() - rest.trim_start().len();
        let found = if rest[skip..].starts_with(&row.form) {
            Some(skip)
        } else {
            rest.find(&row.form).filter(|at| *at < 40)
        };
        if let Some(at) = found {
            row.at = from + at..from + at + row.form.len();
            from = row.at.end;
        } else {
            row.at = from..from;
        }
    }
    text
}

/// Which quote marks are open, for sets that only give tokens.
#[derive(Default)]
struct Marks {
    double: bool,
}

impl Marks {
    /// Joins tokens as a page would have them.
    fn joined(&mut self, rows: &mut [Row]) -> String {
        let mut text = String::new();
        let mut glue = true;
        for index in 0..rows.len() {
            let form = rows[index].form.clone();
            let before = index
                .checked_sub(1)
                .map(|i| rows[i].form.clone())
                .unwrap_or_default();
            let next = rows
                .get(index + 1)
                .map(|r| r.form.clone())
                .unwrap_or_default();
            let mut glue_next = false;
            let glue_this = match form.as_str() {
                "," | "." | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "”" | "..." | "…" => true,
                "'s" | "’s" | "'S" | "n't" | "n’t" | "'re" | "'ve" | "'ll" | "'d" | "'m" => {
                    true
                }
                "(" | "[" | "$" | "£" | "€" | "“" | "#" | "@" => {
                    glue_next = true;
                    false
                }
                "\"" | "''" | "``" => {
                    self.double = !self.double;
                    glue_next = self.double;
                    !self.double
                }
                "'" | "’" => {
                    let genitive = before.ends_with('s') || next == "s" || next == "t";
                    glue_next = next == "s" || next == "t";
                    genitive
                }
                "-" | "/" => {
                    let inner = before.chars().all(char::is_alphanumeric)
                        && next.chars().all(char::is_alphanumeric)
                        && !before.is_empty()
                        && !next.is_empty()
                        && !(before.chars().all(char::is_alphabetic)
                            && next.starts_with(char::is_uppercase)
                            && before.chars().count() > 6);
                    glue_next = inner;
                    inner
                }
                _ => false,
            };
            if !(text.is_empty() || glue || glue_this) {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(&form);
            rows[index].at = start..text.len();
            glue = glue_next;
        }
        text
    }
}

/// Names from B/I/O labels (or I/O ones).
fn labelled(rows: &[Row]) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
    let mut open: Option<String> = None;
    for row in rows {
        let (mark, sort) = row.label.split_once('-').unwrap_or(("O", ""));
        let goes_on = mark == "I" && open.as_deref() == Some(sort);
        open = (mark != "O").then(|| sort.to_owned());
        let Some(kind) = kind(sort) else { continue };
        match names.last_mut() {
            Some((range, _)) if goes_on => range.end = row.at.end,
            _ => names.push((row.at.clone(), kind)),
        }
    }
    names.retain(|(range, _)| !range.is_empty());
    names
}

/// The sets' words for kinds. Dates, money, weapons and the like are no names.
fn kind(sort: &str) -> Option<Kind> {
    Some(match sort {
        "PER" | "Person" | "person" => Kind::Person,
        "ORG" | "Organization" | "Organisation" | "organization" => Kind::Organisation,
        "LOC" | "Location" | "Facility" | "place" => Kind::Place,
        "MISC" | "NORP" | "Misc" | "Product" | "Nationality" => Kind::Other,
        _ => return None,
    })
}

//! In: wire types. Out: JSON that is safe to print: besides what JSON itself escapes, every
//! character that drives a terminal or turns the direction of text is written as `\uXXXX`. A
//! parser gives back the same text, to the letter.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::clean::is_inert;

/// One object on one line, with its newline.
pub fn line<T: Serialize>(value: &T) -> String {
    write(value, CompactFormatter)
}

/// One object over many lines, with its last newline.
pub fn pretty<T: Serialize>(value: &T) -> String {
    write(value, PrettyFormatter::new())
}

/// The report's word for one of its kinds: "only-here" for a verdict.
pub fn word(kind: &impl Serialize) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn write<T: Serialize>(value: &T, inner: impl Formatter) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Safe(inner));
    // Wire types have string keys only and a `Vec` takes any write, so nothing can fail here; were
    // it to, an incomplete object must not pass for a whole one.
    if value.serialize(&mut serializer).is_err() {
        return "null\n".to_owned();
    }
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into())
}

/// A formatter that escapes more.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        part: &str,
    ) -> io::Result<()> {
        let mut from = 0;
        for (at, unsafe_char) in part.char_indices().filter(|(_, c)| !is_inert(*c)) {
            out.write_all(&part.as_bytes()[from..at])?;
            for unit in unsafe_char.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            from = at + unsafe_char.len_utf8();
        }
        out.write_all(&part.as_bytes()[from..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }
    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }
    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }
    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }
    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }
    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }
    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_drives_a_terminal_is_escaped_and_comes_back() {
        let hostile = "a\u{1b}[31m\u{9b}1m\u{202e}b\u{7f}𝒳é\u{feff}";
        let json = line(&hostile);
        assert!(
            json.trim_end()
                .chars()
                .all(|c| is_inert(c) && !c.is_control()),
            "{json}"
        );
        assert!(json.contains("𝒳é"));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }
}

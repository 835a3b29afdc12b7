//! In: files of tokens with their names (two columns, UNER's IOB2; `gum` has the third sort).
//! Out: running text with the names as ranges of bytes. Where a file does not say how its tokens
//! were spaced, they are put together as English is written.

use std::ops::Range;

use crossread::model::NameKind;

/// A text with its names.
#[derive(Debug, PartialEq)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its words; a paragraph (or sentence, where the file knows no paragraphs) a line.
    pub text: String,
    /// Its names: bytes and kind, in order.
    pub names: Vec<(Range<usize>, NameKind)>,
}

/// A name's kind by any of the sets' labels; `None` for what is not scored.
pub(super) fn kind_of(label: &str) -> Option<NameKind> {
    match label.to_ascii_lowercase().as_str() {
        "per" | "person" => Some(NameKind::Person),
        "org" | "organization" | "organisation" => Some(NameKind::Organisation),
        "loc" | "location" | "gpe" | "facility" | "place" => Some(NameKind::Place),
        _ => None,
    }
}

/// Words that begin what stands behind a dash between phrases, and seldom end a compound.
const AFTER_DASH: [&str; 24] = [
    "a",
    "an",
    "and",
    "as",
    "at",
    "but",
    "by",
    "for",
    "from",
    "he",
    "in",
    "including",
    "it",
    "on",
    "or",
    "she",
    "that",
    "the",
    "they",
    "to",
    "we",
    "which",
    "who",
    "with",
];

/// A text that grows token by token.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) names: Vec<(Range<usize>, NameKind)>,
    /// The label whose chunk is open, with the byte where it starts.
    open: Option<(String, usize)>,
    /// Where the last token ends.
    pub(super) end: usize,
    /// Whether a straight double quote is open.
    quoted: bool,
    /// Whether the last token is an apostrophe that belongs to what follows.
    clitic: bool,
    /// Whether the last token is a hyphen that joins.
    hyphen: bool,
    last: String,
}

impl Builder {
    pub(super) fn token(&mut self, word: &str, label: &str, spaced: bool) {
        if spaced && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(word);
        self.label(label, start);
        self.end = self.text.len();
        self.last = word.to_owned();
    }

    /// Reads a label in IOB1 or IOB2: a chunk also ends where the label changes.
    fn label(&mut self, label: &str, start: usize) {
        let (mark, name) = label.split_once('-').unwrap_or(("O", ""));
        let goes_on = mark == "I" && self.open.as_ref().is_some_and(|(open, _)| open == name);
        if !goes_on {
            self.close();
            if !name.is_empty() {
                self.open = Some((name.to_owned(), start));
            }
        }
    }

    fn close(&mut self) {
        if let Some((label, start)) = self.open.take()
            && let Some(kind) = kind_of(&label)
        {
            self.names.push((start..self.end, kind));
        }
    }

    pub(super) fn line(&mut self) {
        self.close();
        self.quoted = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub(super) fn finish(mut self, into: &mut Vec<Named>) {
        self.line();
        if !self.text.trim().is_empty() {
            into.push(Named {
                id: self.id,
                text: self.text,
                names: self.names,
            });
        }
    }

    /// Whether a space stands between the last token and this one, as English is written. `next`
    /// is the token behind; `inside` says that a name goes on from the last token to this one.
    fn spaced(&mut self, word: &str, next: &str, inside: bool) -> bool {
        let last = self.last.as_str();
        let tail = |word: &str| matches!(word, "s" | "t" | "re" | "ve" | "ll" | "d" | "m");
        let apostrophe = |word: &str| matches!(word, "'" | "\u{2019}");
        // "Brill", "\u{2019}", "s": a clitic cut in two.
        if apostrophe(word) && tail(next) || self.clitic && tail(word) {
            self.clitic = apostrophe(word);
            return false;
        }
        self.clitic = false;
        let opens = matches!(
            last,
            "(" | "[" | "{" | "$" | "\u{a3}" | "\u{20ac}" | "\u{201c}" | "\u{2018}" | "``"
        ) || (last == "\"" && self.quoted);
        if word == "\"" {
            self.quoted = !self.quoted;
            // An opening mark stands off what is before it, a closing one does not.
            return self.quoted && !opens;
        }
        let closes = matches!(
            word,
            "." | ","
                | ";"
                | ":"
                | "!"
                | "?"
                | ")"
                | "]"
                | "}"
                | "%"
                | "\u{201d}"
                | "\u{2019}"
                | "''"
                | "..."
        );
        let clitic = matches!(
            word.to_ascii_lowercase().as_str(),
            "'s" | "\u{2019}s" | "n't" | "n\u{2019}t" | "'re" | "'ve" | "'ll" | "'d" | "'m"
        ) || (word == "'" && last.ends_with('s'));
        if opens || closes || clitic {
            return false;
        }
        if word == "-" {
            let capital = next.starts_with(char::is_uppercase);
            let letters = |word: &str| word.chars().all(char::is_alphanumeric);
            // Inside a compound ("anti - war", "Covid - 19") or a name ("Tarn - Brill"); a dash
            // between phrases keeps its spaces.
            self.hyphen = letters(last)
                && letters(next)
                && !last.is_empty()
                && (inside || !capital && !AFTER_DASH.contains(&next));
            return !self.hyphen;
        }
        let hyphen = std::mem::take(&mut self.hyphen);
        !(hyphen && last == "-")
    }
}

/// Two columns, token and label (tab or space between); an empty line ends a paragraph or
/// sentence; `# file`, `# source` and `-DOCSTART-` begin a text. A file that marks no texts (as
/// wikigold's tokens of that name show) is one text.
pub fn two_columns(file: &str) -> Vec<Named> {
    let mut texts = Vec::new();
    let mut text = Builder {
        id: "1".to_owned(),
        ..Builder::default()
    };
    let mut lines = file.lines().peekable();
    while let Some(line) = lines.next() {
        let begins = line.starts_with("# file") || line.starts_with("# source");
        if begins || line.starts_with("-DOCSTART-") {
            std::mem::take(&mut text).finish(&mut texts);
            let name = line.split_once('=').map(|(_, name)| name.trim().to_owned());
            text.id = name
                .filter(|_| begins)
                .unwrap_or_else(|| (texts.len() + 1).to_string());
        } else if line.trim().is_empty() {
            text.line();
        } else if let Some((word, label)) = columns(line) {
            let (next, behind) = lines
                .peek()
                .and_then(|next| columns(next))
                .unwrap_or(("", ""));
            let inside = label.starts_with("I-") && behind.starts_with("I-");
            let spaced = text.spaced(word, next, inside);
            text.token(word, label, spaced);
        }
    }
    text.finish(&mut texts);
    texts
}

/// A line's token and label. A third column labels names inside names ("Tarn" in "Tarn Airlines"):
/// names here do not nest, so it is not read.
fn columns(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    if !line.contains('\t') {
        return line.rsplit_once(' ');
    }
    let mut columns = line.split('\t');
    Some((columns.next()?.trim(), columns.next()?))
}

/// UNER's IOB2: `# text =` has the sentence as it was written, and tokens are found in it.
pub fn universal(file: &str) -> Vec<Named> {
    let mut texts = Vec::new();
    let mut text = Builder::default();
    let mut sentence = String::new();
    let mut at = 0;
    for line in file.lines() {
        if let Some(id) = line.strip_prefix("# newdoc id =") {
            std::mem::take(&mut text).finish(&mut texts);
            text.id = id.trim().to_owned();
        } else if let Some(words) = line.strip_prefix("# text =") {
            sentence = words.trim().to_owned();
            at = 0;
        } else if line.trim().is_empty() {
            text.line();
        } else if !line.starts_with('#') {
            let mut columns = line.split('\t');
            let (Some(number), Some(word), Some(label)) =
                (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            if number.contains(['-', '.']) {
                continue;
            }
            let rest = &sentence[at..];
            let spaced = rest.starts_with(char::is_whitespace);
            if let Some(found) = rest.find(word) {
                at += found + word.len();
            }
            text.token(word, label, spaced);
        }
    }
    text.finish(&mut texts);
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(named: &Named) -> Vec<(&str, NameKind)> {
        named
            .names
            .iter()
            .map(|(range, kind)| (&named.text[range.clone()], *kind))
            .collect()
    }

    #[test]
    fn tokens_become_running_text() {
        let file = "# file = a\n\"\tO\nWe\tO\ncan't\tO\n(\tO\nyet\tO\n)\tO\n,\tO\n\"\tO\nsaid\tO\n\
                    Ada\tB-Person\nLorne\tI-Person\n's\tO\nanti\tO\n-\tO\nwar\tO\n\nBrill\tB-Location\n\
                    Tarn\tB-Facility\n.\tO\n2020\tB-Date\n";
        let texts = two_columns(file);
        assert_eq!(
            texts[0].text,
            "\"We can't (yet),\" said Ada Lorne's anti-war\nBrill Tarn. 2020\n"
        );
        let expected = [
            ("Ada Lorne", NameKind::Person),
            ("Brill", NameKind::Place),
            ("Tarn", NameKind::Place),
        ];
        assert_eq!(names(&texts[0]), expected);
    }

    #[test]
    fn inside_marks_alone_make_chunks_too() {
        let texts =
            two_columns("The I-ORG\nTarn I-ORG\nGroup I-ORG\n. O\n\nAda I-PER\nBrill I-LOC\n");
        let expected = [
            ("The Tarn Group", NameKind::Organisation),
            ("Ada", NameKind::Person),
            ("Brill", NameKind::Place),
        ];
        assert_eq!(names(&texts[0]), expected);
    }

    #[test]
    fn hyphens_and_clitics_cut_apart_are_joined() {
        let file = "Lun\tB-Person\n-\tI-Person\nae\tI-Person\n\u{2019}\tO\ns\tO\nBrill\tB-Location\n-\tO\n\
                    Tarn\tB-Location\nroad\tO\n-\tO\nthe\tO\nCovid\tO\n-\tO\n19\tO\n";
        let texts = two_columns(file);
        assert_eq!(
            texts[0].text,
            "Lun-ae\u{2019}s Brill - Tarn road - the Covid-19\n"
        );
    }

    #[test]
    fn a_name_inside_a_name_is_no_second_one() {
        let texts = two_columns("Tarn\tB-Organization\tB-Location\nAirlines\tI-Organization\n");
        assert_eq!(texts[0].text, "Tarn Airlines\n");
        assert_eq!(
            names(&texts[0]),
            [("Tarn Airlines", NameKind::Organisation)]
        );
    }

    #[test]
    fn written_spacing_is_kept_where_the_file_has_it() {
        let file = "# newdoc id = d\n# text = In Brill/Tarn, yes.\n1\tIn\tO\t-\n2\tBrill\tB-LOC\t-\n\
                    3\t/\tO\t-\n4\tTarn\tB-LOC\t-\n5\t,\tO\t-\n6\tyes\tO\t-\n7\t.\tO\t-\n\n";
        let texts = universal(file);
        assert_eq!(texts[0].text, "In Brill/Tarn, yes.\n");
        assert_eq!(
            names(&texts[0]),
            [("Brill", NameKind::Place), ("Tarn", NameKind::Place)]
        );
    }
}

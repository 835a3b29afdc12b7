//! In: files of tokens with their names (two columns, UNER's IOB2, CoNLL-U with GUM's entities).
//! Out: running text with the names as ranges of bytes. Where a file does not say how its tokens
//! were spaced, they are put together as English is written.

use std::ops::Range;

use engine::model::NameKind;

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
fn kind_of(label: &str) -> Option<NameKind> {
    match label.to_ascii_lowercase().as_str() {
        "per" | "person" => Some(NameKind::Person),
        "org" | "organization" | "organisation" => Some(NameKind::Organisation),
        "loc" | "location" | "gpe" | "facility" | "place" => Some(NameKind::Place),
        _ => None,
    }
}

/// A text that grows token by token.
#[derive(Default)]
struct Builder {
    id: String,
    text: String,
    names: Vec<(Range<usize>, NameKind)>,
    /// The label whose chunk is open, with the byte where it starts.
    open: Option<(String, usize)>,
    /// Where the last token ends.
    end: usize,
    /// Whether a straight double quote is open.
    quoted: bool,
    last: String,
}

impl Builder {
    fn token(&mut self, word: &str, label: &str, spaced: bool) {
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

    fn line(&mut self) {
        self.close();
        self.quoted = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn finish(mut self, into: &mut Vec<Named>) {
        self.line();
        if !self.text.trim().is_empty() {
            into.push(Named {
                id: self.id,
                text: self.text,
                names: self.names,
            });
        }
    }

    /// Whether a space stands between the last token and this one, as English is written.
    fn spaced(&mut self, word: &str) -> bool {
        let last = self.last.as_str();
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
        // A hyphen inside a word ("anti - war"); a dash between words keeps its spaces.
        let lower = |text: &str| text.starts_with(char::is_lowercase);
        if word == "-" {
            return !(lower(last) && last.chars().count() <= 5 || last.chars().count() <= 2);
        }
        !(last == "-" && !self.text.ends_with(" -"))
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
    for line in file.lines() {
        let begins = line.starts_with("# file") || line.starts_with("# source");
        if begins || line.starts_with("-DOCSTART-") {
            std::mem::take(&mut text).finish(&mut texts);
            let name = line.split_once('=').map(|(_, name)| name.trim().to_owned());
            text.id = name
                .filter(|_| begins)
                .unwrap_or_else(|| (texts.len() + 1).to_string());
        } else if line.trim().is_empty() {
            text.line();
        } else if let Some((word, label)) = line.trim_end().rsplit_once(['\t', ' ']) {
            let word = word.trim();
            let spaced = text.spaced(word);
            text.token(word, label, spaced);
        }
    }
    text.finish(&mut texts);
    texts
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

/// GUM's CoNLL-U. Its entities are all noun phrases, nested; a *name* is taken to be the run of
/// proper nouns (with "of", "the", "and", "for" or marks between two of them, and numbers behind
/// one) in a person, organisation or place, from the first proper noun to the last, where nothing
/// but determiners and proper nouns stands before it, and no smaller entity is the same run. So
/// borders are near to, not exactly, those of the sets that mark names alone.
pub fn gum(file: &str) -> Vec<Named> {
    let mut texts = Vec::new();
    let mut text = Builder::default();
    let mut sentence: Vec<Vec<&str>> = Vec::new();
    for line in file.lines().chain([""]) {
        if let Some(id) = line.strip_prefix("# newdoc id =") {
            std::mem::take(&mut text).finish(&mut texts);
            text.id = id.trim().to_owned();
        } else if line.starts_with("# newpar") {
            text.line();
        } else if line.trim().is_empty() {
            gum_sentence(&mut text, &sentence);
            sentence.clear();
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() >= 10 && !columns[0].contains(['-', '.']) {
                sentence.push(columns);
            }
        }
    }
    text.finish(&mut texts);
    texts
}

fn gum_sentence(text: &mut Builder, sentence: &[Vec<&str>]) {
    let mut spans = Vec::new();
    let mut spaced = true;
    let mut open: Vec<(String, String, usize)> = Vec::new();
    let mut entities: Vec<(usize, usize, NameKind)> = Vec::new();
    for (at, columns) in sentence.iter().enumerate() {
        text.token(columns[1], "O", spaced);
        spans.push(text.end - columns[1].len()..text.end);
        let misc = columns[9];
        spaced = !misc.split('|').any(|part| part == "SpaceAfter=No");
        let Some(marks) = misc
            .split('|')
            .find_map(|part| part.strip_prefix("Entity="))
        else {
            continue;
        };
        for mark in brackets(marks) {
            let inner = mark.trim_matches(['(', ')']);
            if mark.starts_with('(') {
                let mut fields = inner.split('-');
                let group = fields.next().unwrap_or_default().to_owned();
                let etype = fields.next().unwrap_or_default().to_owned();
                if mark.ends_with(')') {
                    entities.extend(kind_of(&etype).map(|kind| (at, at, kind)));
                } else {
                    open.push((group, etype, at));
                }
            } else if let Some(place) = open.iter().rposition(|(group, ..)| group == inner) {
                let (_, etype, from) = open.remove(place);
                entities.extend(kind_of(&etype).map(|kind| (from, at, kind)));
            }
        }
    }
    let mut names: Vec<(Range<usize>, NameKind, usize)> = Vec::new();
    for (from, to, kind) in entities {
        if let Some((first, last)) = proper_run(&sentence[from..=to]) {
            let range = spans[from + first].start..spans[from + last].end;
            names.push((range, kind, to - from));
        }
    }
    // Of two entities with one run the smaller is the name's own.
    names.sort_by_key(|(range, _, size)| (range.start, range.end, *size));
    names.dedup_by(|later, earlier| later.0 == earlier.0);
    text.names
        .extend(names.into_iter().map(|(range, kind, _)| (range, kind)));
    text.names
        .sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    // Names do not nest here: the widest stays.
    let mut end = 0;
    text.names.retain(|(range, _)| {
        let keep = range.start >= end;
        end = end.max(range.end);
        keep
    });
}

/// `(1-person-new(2-place` and `5)3)` to their single marks.
fn brackets(marks: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in marks.char_indices() {
        let next = at + c.len_utf8();
        if c == ')' {
            parts.push(&marks[start..next]);
            start = next;
        } else if c == '(' && at > start {
            parts.push(&marks[start..at]);
            start = at;
        }
    }
    if start < marks.len() {
        parts.push(&marks[start..]);
    }
    parts
}

/// First and last token of the name that a phrase is: see [`gum`].
fn proper_run(phrase: &[Vec<&str>]) -> Option<(usize, usize)> {
    let proper = |columns: &Vec<&str>| columns[3] == "PROPN";
    let first = phrase.iter().position(proper)?;
    if !phrase[..first].iter().all(|columns| columns[3] == "DET") {
        return None;
    }
    let mut last = first;
    let mut at = first + 1;
    while at < phrase.len() {
        let word = phrase[at][1];
        let between = matches!(
            word.to_lowercase().as_str(),
            "of" | "the" | "and" | "for" | "&" | "-"
        ) || word == "'s";
        if proper(&phrase[at]) || (phrase[at][3] == "NUM" && last + 1 == at) {
            last = at;
        } else if !between {
            break;
        }
        at += 1;
    }
    // A phrase that goes on with a noun of its own is a description ("Harrow pupils").
    let head_follows = phrase
        .get(last + 1)
        .is_some_and(|columns| columns[3] == "NOUN");
    (!head_follows).then_some((first, last))
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

    #[test]
    fn an_entity_is_a_name_by_its_proper_nouns() {
        let row = |n: u8, word: &str, tag: &str, misc: &str| {
            format!("{n}\t{word}\t_\t{tag}\t_\t_\t0\t_\t_\t{misc}\n")
        };
        let file = [
            "# newdoc id = d\n".to_owned(),
            row(1, "The", "DET", "Entity=(1-organization-new-x"),
            row(2, "School", "PROPN", "_"),
            row(3, "of", "ADP", "_"),
            row(4, "Brill", "PROPN", "Entity=(2-place-new-x)1)"),
            row(5, "and", "CCONJ", "_"),
            row(6, "a", "DET", "Entity=(3-person-new-x"),
            row(7, "boy", "NOUN", "Entity=3)|SpaceAfter=No"),
            row(8, ".", "PUNCT", "_"),
        ]
        .concat();
        let texts = gum(&file);
        assert_eq!(texts[0].text, "The School of Brill and a boy.\n");
        assert_eq!(
            names(&texts[0]),
            [("School of Brill", NameKind::Organisation)]
        );
    }
}

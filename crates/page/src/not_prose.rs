//! In: the first part of a text without markup. Out: what it is, where it is no prose: a table, a style
//! sheet, a program, a log, an address, encoded data. Refuses to guess: whatever holds sentences is read,
//! and so is what looks like none of these.

/// What a file with nothing but an address is.
pub(crate) const ADDRESS: &str = "an address; open it and save the page";
const TABLE: &str = "a table; write each row as a JSON object on a line";
const CODE: &str = "a program or style sheet";

/// Files that are known by their first words.
const OPENINGS: [(&str, &str); 10] = [
    ("[InternetShortcut]", ADDRESS),
    ("[Desktop Entry]", ADDRESS),
    ("BEGIN:VCALENDAR", "a calendar"),
    ("BEGIN:VCARD", "an address book"),
    ("-----BEGIN ", "encoded data"),
    ("data:", "encoded data"),
    ("WEBVTT", "subtitles"),
    ("#!", "a program"),
    ("diff --git ", "a list of changes"),
    ("<?php", "a program"),
];

/// Words of a line of prose at least, and the part of them that are letters and a mark or two.
const PROSE_WORDS: usize = 8;
const PROSE_SHARE: (usize, usize) = (4, 5);

/// A text of which so much is prose is read whatever else is in it. Of 19,400 texts of news none whose rest
/// looks like a program has less than a third; of 1,000 files of program text nine in ten have.
const PROSE: (usize, usize) = (3, 10);
/// The same, of a text many of whose lines can only be a program's: comments are prose too.
const PROSE_OF_CODE: (usize, usize) = (6, 10);
/// One of so many characters is a sign that programs need and prose hardly ever: news has one in 150, style
/// sheets and programs one in 12.
const SIGNS: usize = 25;
/// Signs at least, so that one slip of a key makes no program; and one of so many characters where there are
/// hardly more: a line in braces is none either.
const FEW_SIGNS: usize = 2;
const SOME_SIGNS: usize = 4;
const SIGNS_OF_FEW: usize = 8;
/// One of so many signs is another than a semicolon.
const OTHER_SIGNS: usize = 4;
/// The part of the lines that can only be a program's.
const CODE_LINES: (usize, usize) = (3, 10);

/// Rows of a table at least, and columns. Two columns are taken for one only where a tab parts them.
const ROWS: usize = 3;
const COLUMNS: usize = 3;
/// The part of the rows that have the same number of columns.
const EVEN: (usize, usize) = (9, 10);

/// Values in a file of settings at least.
const SETTINGS: usize = 2;

/// Lines of a log at least, and the part of all that open with a time to the second.
const LOG_LINES: usize = 3;
const LOG_SHARE: (usize, usize) = (4, 5);

/// Characters of a run without blanks that encoded data is made of.
const RUN: usize = 40;

/// What a text is, where it is no prose.
pub(crate) fn what(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let opening = OPENINGS
        .iter()
        .find(|(opening, _)| text.starts_with(opening));
    // A sentence may open with "data:"; what follows it here has no blank.
    if let Some((opening, what)) = opening
        && (*opening != "data:" || !text.contains(char::is_whitespace))
    {
        return Some(what);
    }
    if only_addresses(text) {
        return Some(ADDRESS);
    }
    if is_encoded(text) {
        return Some("encoded data");
    }
    if is_subtitles(text) {
        return Some("subtitles");
    }
    if is_table(text) {
        return Some(TABLE);
    }
    let bare = without_comments(text);
    let lines: Vec<&str> = bare
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let letters: usize = lines.iter().map(|line| line.len()).sum();
    let prose = lines.iter().filter(|line| is_prose(line));
    let prose: usize = prose.map(|line| line.len()).sum();
    let below = |(part, of): (usize, usize)| prose * of < letters * part;
    let many = |count: usize, (part, of): (usize, usize)| count * of >= lines.len() * part;
    if below(PROSE) {
        let stamped = lines.iter().filter(|line| opens_with_time(line)).count();
        if lines.len() >= LOG_LINES && many(stamped, LOG_SHARE) {
            return Some("a log");
        }
        if is_settings(&lines) {
            return Some("settings");
        }
        if is_signed(&bare) {
            return Some(CODE);
        }
    }
    let code = lines.iter().filter(|line| is_code(line) && !is_prose(line));
    (below(PROSE_OF_CODE) && lines.len() > 1 && many(code.count(), CODE_LINES)).then_some(CODE)
}

/// Whether there is nothing but addresses of the web.
fn only_addresses(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let address = |word: &str| word.starts_with("https://") || word.starts_with("http://");
    words.peek().is_some() && words.all(address)
}

/// Whether a text is made of long runs of the signs of base 64 or 16.
fn is_encoded(text: &str) -> bool {
    let (mut runs, mut letters, mut digits, mut capitals) = (0, 0, 0, 0);
    for run in text.split_whitespace() {
        let code = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte);
        if !run.bytes().all(code) {
            return false;
        }
        runs += 1;
        letters += run.len();
        digits += run.bytes().filter(u8::is_ascii_digit).count();
        capitals += run.bytes().filter(u8::is_ascii_uppercase).count();
    }
    letters >= runs * RUN && digits > 0 && (capitals > 0 || digits * 4 > letters)
}

/// Whether the second line of a text is the two times of a subtitle.
fn is_subtitles(text: &str) -> bool {
    let times = text
        .lines()
        .nth(1)
        .and_then(|line| line.split_once(" --> "));
    times.is_some_and(|(from, to)| {
        let time = |word: &str| word.trim().starts_with(|c: char| c.is_ascii_digit());
        time(from) && time(to)
    })
}

/// Whether nearly all rows have the same number of cells. A comma of prose is followed by a blank, one
/// between cells hardly ever.
fn is_table(text: &str) -> bool {
    let columns = |mark: char, least: usize| {
        let counts = cells(text, mark);
        let first = counts.first().copied().unwrap_or_default();
        let even = counts.iter().filter(|count| **count == first).count();
        first >= least && counts.len() >= ROWS && even * EVEN.1 >= counts.len() * EVEN.0
    };
    columns('\t', COLUMNS - 1)
        || columns(',', COLUMNS)
        || columns(';', COLUMNS)
        || is_spaced_table(text)
}

/// Whether a text is a table with a blank behind each comma: names of columns, without figures, and rows that all
/// have as many cells, none of them a sentence.
fn is_spaced_table(text: &str) -> bool {
    let mut rows = text.lines().map(str::trim).filter(|row| !row.is_empty());
    let Some(head) = rows.next() else {
        return false;
    };
    let columns = head.split(", ").count();
    let even = |row: &str| {
        row.split(", ").count() == columns && !row.ends_with(['.', '!', '?', ':']) && !is_prose(row)
    };
    let mut count = 0;
    columns >= COLUMNS
        && even(head)
        && !head.contains(|c: char| c.is_ascii_digit())
        && rows.inspect(|_| count += 1).all(even)
        && count >= ROWS
}

/// Whether all lines are names with values, sections or remarks.
fn is_settings(lines: &[&str]) -> bool {
    let name = |word: &str| {
        let own = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        let word = word.trim_end();
        !word.is_empty() && word.chars().all(own)
    };
    let setting = |line: &&str| {
        let section = line.starts_with('[') && line.ends_with(']');
        let valued = line.split_once('=').is_some_and(|(word, _)| name(word));
        section || valued || line.starts_with(['#', ';'])
    };
    let values = lines.iter().filter(|line| line.contains('=')).count();
    values >= SETTINGS && lines.iter().all(setting)
}

/// How many cells each row has, with quoted cells that may hold anything. The last row may be cut off and
/// is left out where there are others.
fn cells(text: &str, mark: char) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut quoted, mut begins, mut blank) = (1, false, true, true);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted => quoted = chars.next_if_eq(&'"').is_some(),
            '"' if begins => quoted = true,
            _ if quoted => {}
            '\n' => {
                if !blank {
                    counts.push(count);
                }
                (count, begins, blank) = (1, true, true);
                continue;
            }
            _ if c == mark && chars.peek().is_none_or(|next| *next != ' ') => {
                (count, begins, blank) = (count + 1, true, false);
                continue;
            }
            _ => {}
        }
        begins = false;
        blank &= c.is_whitespace();
    }
    if !blank && counts.len() < ROWS {
        counts.push(count);
    }
    counts
}

/// A text without the comments of programs that no prose has.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    let lines = out.lines().filter(|line| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with("-- ")
    });
    let kept = lines.collect::<Vec<_>>().join("\n");
    // A text of nothing but comments is judged as it is.
    if kept.trim().is_empty() {
        text.to_owned()
    } else {
        kept
    }
}

/// Whether a line is of words, as sentences are.
fn is_prose(line: &str) -> bool {
    let line = line.trim_start_matches(['#', '*', '-', ' ', '>']);
    let (mut words, mut plain) = (0, 0);
    for word in line.split_whitespace() {
        words += 1;
        let word =
            word.trim_matches(|c: char| !c.is_alphanumeric() && !"{}=<>\\_|^[]/".contains(c));
        let inside = |c: char| c.is_alphabetic() || "-'’.,".contains(c);
        plain += usize::from(!word.is_empty() && word.chars().all(inside));
    }
    words >= PROSE_WORDS && plain * PROSE_SHARE.1 >= words * PROSE_SHARE.0
}

/// Whether a text has the signs of a program: braces, semicolons, calls.
fn is_signed(text: &str) -> bool {
    let (mut signs, mut stops, mut letters) = (0, 0, 0);
    for word in text.split_whitespace() {
        if word.contains("://") || word.contains('@') || word.starts_with("www.") {
            continue;
        }
        let mut before = ' ';
        for c in word.chars() {
            letters += 1;
            let called = matches!(c, '(' | '[') && (before.is_alphanumeric() || before == '_');
            signs += usize::from(called || matches!(c, '{' | '}' | ';' | '=' | '\\' | '_' | '^'));
            stops += usize::from(c == ';');
            before = c;
        }
    }
    let of = if signs < SOME_SIGNS {
        SIGNS_OF_FEW
    } else {
        SIGNS
    };
    // The lines of a poem end in semicolons too.
    signs >= FEW_SIGNS && signs * of >= letters && (signs - stops) * OTHER_SIGNS >= signs
}

/// Beginnings of lines that only programs have.
const CODE_STARTS: [&str; 16] = [
    "import ",
    "from ",
    "def ",
    "class ",
    "function ",
    "const ",
    "let ",
    "var ",
    "return",
    "#include",
    "#define",
    "using ",
    "package ",
    "self.",
    "print(",
    "if ",
];

/// Whether a line can only be a program's.
fn is_code(line: &str) -> bool {
    if line.ends_with('{') || line.ends_with('}') || line.starts_with('}') {
        return true;
    }
    let signed = line.contains(['=', '(', '_', '{', '<']);
    if line.ends_with(';') && signed || line.starts_with("#include") {
        return true;
    }
    let starts = CODE_STARTS.iter().any(|start| line.starts_with(start));
    let imports =
        line.starts_with("import ") || line.starts_with("from ") && line.contains(" import ");
    starts
        && (signed && line.ends_with([':', ';', '(', ')', ',', '='])
            || imports && !line.ends_with('.'))
}

/// Whether a line opens with a time to the second beside a day, or with a day in brackets, as logs do.
fn opens_with_time(line: &str) -> bool {
    const HEAD: usize = 48;
    let head = &line[..line.floor_char_boundary(HEAD)];
    let digits = head.bytes().filter(u8::is_ascii_digit).count();
    let clock = head.as_bytes().windows(8).any(|w| {
        let shape = w.iter().enumerate();
        shape.into_iter().all(|(at, byte)| match at {
            2 | 5 => *byte == b':',
            _ => byte.is_ascii_digit(),
        })
    });
    clock && digits >= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_prose_is_known() {
        let cases = [
            ("body{}", CODE),
            ("var a=1;", CODE),
            (
                ".a{color:red}\n.b{margin:0 auto}\n@media (max-width:9px){.c{top:0}}",
                CODE,
            ),
            (
                "/* The style of the whole site, for all of its pages. */\nbody { margin: 0; }",
                CODE,
            ),
            (
                "import os\nfrom sys import argv\n\ndef main(args):\n    print(args)\n",
                CODE,
            ),
            (
                "(function(){window.dataLayer=window.dataLayer||[]})();",
                CODE,
            ),
            (
                "name,day,hurt\nVessim,2024-03-12,4\n\"Olmer, north\",2024-03-13,2\n",
                TABLE,
            ),
            ("name\tday\nVessim\t12\nOlmer\t13\n", TABLE),
            ("name;day;hurt\nVessim;12;3\nOlmer;13;4\n", TABLE),
            ("[InternetShortcut]\nURL=https://news.example/a\n", ADDRESS),
            ("https://news.example/a\nhttps://news.example/b\n", ADDRESS),
            ("BEGIN:VCALENDAR\nVERSION:2.0\n", "a calendar"),
            (
                "2024-03-12 10:11:12 INFO started\n2024-03-12 10:11:13 WARN slow disk\n\
                 2024-03-12 10:11:19 INFO stopped\n",
                "a log",
            ),
            (
                "10.0.0.1 - - [12/Mar/2024:10:11:12 +0100] \"GET / HTTP/1.1\" 200 512\n\
                 10.0.0.2 - - [12/Mar/2024:10:11:14 +0100] \"GET /a HTTP/1.1\" 404 12\n\
                 10.0.0.1 - - [12/Mar/2024:10:12:12 +0100] \"GET /b HTTP/1.1\" 200 90\n",
                "a log",
            ),
            (
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk\n\
                 YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
                "encoded data",
            ),
            (
                "name, day, hurt\nVessim, Monday, 4\nOlmer, Tuesday, 2\nLind, Friday, 1\n",
                TABLE,
            ),
            (
                "[core]\n\tbare = false\n; none\n[remote]\n\turl = a:b.git\n",
                "settings",
            ),
            (
                "1\n00:00:01,000 --> 00:00:04,000\nThe lock is shut.\n",
                "subtitles",
            ),
        ];
        for (text, wanted) in cases {
            assert_eq!(what(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn prose_is_read() {
        for text in [
            "The lock is shut.",
            "Lock shut",
            "{curly braces open a story}",
            "Vessim (VSM) falls; board quits",
            "Data: what the harbour board knew, and when it knew it.",
            "Jan. 4-6: Barge Owners, meeting, Customs House, 200\nJan. 9-12: Choir, week, Hotel Anker, 75\n\
             Jan. 15: Quay, boat show, Hall, 500",
            "The lock is shut;\nthe gate is old;\nthe water waits;\nthe night is cold;",
            "Lock shut, gate old, board silent\nThe barges wait, the mayor waits, and nobody knows.",
            "10:15 The lock is shut, the board says.\n10:40 The mayor arrives.\n11:05 A barge turns back.",
            "From the quay, one could see it all.\nimport of grain stopped.\nReturn to port was refused.",
            "The board wrote: if (and only if) the gate holds; then open it = wait.\n\nA second paragraph tells \
             what the harbour master thinks of it, and why he does.",
            "https://news.example/a\nThe lock is shut, the board said on Monday.",
        ] {
            assert_eq!(what(text), None, "{text}");
        }
    }
}

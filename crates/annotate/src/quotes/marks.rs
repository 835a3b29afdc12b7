//! In: the words of one paragraph. Out: the stretches between quote marks, outermost ones only, in
//! order. Refuses apostrophes, inch marks and closing marks that nothing opened.
//!
//! Marks are paired paragraph by paragraph, never over the whole text, so that one odd mark spoils
//! one paragraph at most. A mark that nothing closes runs to the paragraph's end; whether the next
//! paragraph takes it up is for the caller to see.

/// A stretch in quote marks; offsets are bytes of the paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The opening mark's first byte.
    pub open: usize,
    /// The first byte inside.
    pub start: usize,
    /// One past the last byte inside.
    pub end: usize,
    /// One past the closing mark, or the paragraph's end.
    pub close: usize,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether the marks are single ones.
    pub single: bool,
}

/// Marks that pair with one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `"`, `“…”`, `''…''`, ` ``…'' `: mixed freely by real pages.
    Double,
    /// `„…“`, `„…”`.
    Low,
    /// `‚…‘`.
    LowSingle,
    /// `«…»`, one inside another where a name has its own.
    Guillemet,
    /// `»…«`.
    GuillemetIn,
    /// `‘…’`, `'…'`.
    Single,
    /// `「…」`, `『…』`.
    Corner,
}

/// What a mark does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    None,
}

/// How deep quotes are followed into quotes; deeper marks are text.
const MAX_DEPTH: usize = 4;

/// Bytes that a single quote may hold: beyond that a lone apostrophe is likelier than a speech.
const MAX_SINGLE: usize = 1_500;

/// Finds the stretches in quote marks.
pub fn scan(text: &str) -> Vec<Quoted> {
    let mut out = Vec::new();
    let mut stack: Vec<(Style, usize, usize)> = Vec::new();
    let mut closers = Ahead::new(closes_surely);
    let mut openers = Ahead::new(opens_surely);
    let mut before: Option<char> = None;
    let mut last_inner: Option<(usize, usize)> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_ascii() && !matches!(c, '"' | '\'' | '`') {
            before = Some(c);
            continue;
        }
        let mut len = c.len_utf8();
        let mut mark = c;
        if matches!(c, '\'' | '`' | '’' | '‘') && chars.peek().is_some_and(|&(_, next)| next == c)
        {
            // Two single marks are one double mark, as typewriters had it.
            chars.next();
            len *= 2;
            mark = if matches!(c, '`' | '‘') { '“' } else { '"' };
        }
        let after = chars.peek().map(|&(_, next)| next);
        let top = stack.last().map(|&(style, ..)| style);
        // `'We go,'' he said.`: a slip of the key.
        let slip = len > c.len_utf8() && top == Some(Style::Single);
        let closes_single = slip && before.is_some_and(|c| !c.is_whitespace());
        let end = at + len;
        let (style, role) = if closes_single {
            (Style::Single, Role::Close)
        } else {
            role_of(mark, before, after, top, || {
                closers.after(text, end).map(|closer| closer - end)
            })
        };
        // `'It's the divers' choice,' she said.`: a genitive, where a surer mark closes.
        if (style, role) == (Style::Single, Role::Close)
            && !slip
            && maybe_genitive(before, after)
            && closers.after(text, end).is_some_and(|closer| {
                openers
                    .after(text, end)
                    .is_none_or(|opener| opener > closer)
            })
        {
            before = Some(mark);
            continue;
        }
        // `" We go , " he said`: marks with blanks on both sides.
        let spaced = mark == '"'
            && role == Role::None
            && top.is_none()
            && before.is_none_or(char::is_whitespace)
            && after.is_some_and(char::is_whitespace)
            && text[end..].contains('"');
        let role = if spaced { Role::Open } else { role };
        match role {
            Role::Open if stack.len() < MAX_DEPTH => {
                if let Some(odd) = stack.iter().position(|&(open, from, _)| {
                    open == style && ends_sentence(&text[from..at]) && style != Style::Single
                }) {
                    // The same mark opens again after a full stop: the earlier one was never
                    // closed and cannot be trusted.
                    stack.truncate(odd);
                }
                stack.push((style, at, at + len));
            }
            Role::Close => {
                if let Some(depth) = stack.iter().rposition(|&(open, ..)| open == style) {
                    let (_, open, start) = stack[depth];
                    stack.truncate(depth);
                    last_inner = (depth > 0).then_some((at, at + len));
                    if depth == 0 {
                        push(text, &mut out, style, [open, start, at, at + len], true);
                    }
                }
            }
            _ => {}
        }
        before = Some(mark);
    }
    if let Some(&(style, open, start)) = stack.first()
        && !matches!(style, Style::Single | Style::LowSingle)
    {
        // `«We leave «Torvald», she said.`: one mark may close both.
        let both = last_inner.filter(|&(end, _)| style == Style::Guillemet && end >= start);
        let (end, close) = both.unwrap_or((text.len(), text.len()));
        push(
            text,
            &mut out,
            style,
            [open, start, end, close],
            both.is_some(),
        );
    }
    out
}

/// Keeps a stretch that holds something.
fn push(text: &str, out: &mut Vec<Quoted>, style: Style, at: [usize; 4], closed: bool) {
    let [open, start, end, close] = at;
    let inner = &text[start..end];
    let start = start + (inner.len() - inner.trim_start().len());
    let end = start + inner.trim().len();
    if inner.chars().any(char::is_alphanumeric) {
        let single = matches!(style, Style::Single | Style::LowSingle);
        out.push(Quoted {
            open,
            start,
            end,
            close,
            closed,
            single,
        });
    }
}

/// Whether the words before a mark end a sentence.
fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?'])
}

/// What a mark is and does, from the characters around it and the mark that is open.
fn role_of(
    mark: char,
    before: Option<char>,
    after: Option<char>,
    top: Option<Style>,
    single_closer: impl FnOnce() -> Option<usize>,
) -> (Style, Role) {
    let space_before = before.is_none_or(|c| c.is_whitespace() || "([{—–-/“‘\"'".contains(c));
    let space_after = after.is_none_or(char::is_whitespace);
    let letter_before = before.is_some_and(char::is_alphanumeric);
    let letter_after = after.is_some_and(char::is_alphanumeric);
    match mark {
        '“' if top == Some(Style::Low) => (Style::Low, Role::Close),
        // A page that opens and closes with the same mark.
        '“' if top == Some(Style::Double) && !space_before && !letter_after => {
            (Style::Double, Role::Close)
        }
        '“' => (Style::Double, Role::Open),
        '”' if top == Some(Style::Low) => (Style::Low, Role::Close),
        '”' if top.is_none() && space_before && letter_after => (Style::Double, Role::Open),
        '”' => (Style::Double, Role::Close),
        '"' => {
            let open = top == Some(Style::Double);
            let role = if open && (!space_before || space_after) {
                Role::Close
            } else if space_before && !space_after {
                Role::Open
            } else if open {
                Role::Close
            } else if before.is_some_and(|c| matches!(c, ',' | '.' | ':' | ';')) && letter_after {
                // `said,"We` lost its space.
                Role::Open
            } else {
                Role::None
            };
            // `"` as the closer of `„`.
            if role == Role::Close || top != Some(Style::Low) {
                (Style::Double, role)
            } else {
                (Style::Low, Role::Close)
            }
        }
        '„' | '‟' => (Style::Low, Role::Open),
        '«' | '»' => {
            match (top, mark) {
                (Some(Style::GuillemetIn), '«') => (Style::GuillemetIn, Role::Close),
                (Some(Style::Guillemet), '»') => (Style::Guillemet, Role::Close),
                // A page that opens and closes with the same mark.
                (Some(Style::Guillemet), _) if !space_before && !letter_after => {
                    (Style::Guillemet, Role::Close)
                }
                (_, '«') => (Style::Guillemet, Role::Open),
                _ if space_before && !space_after => (Style::GuillemetIn, Role::Open),
                _ => (Style::Guillemet, Role::None),
            }
        }
        '「' | '『' => (Style::Corner, Role::Open),
        '」' | '』' => (Style::Corner, Role::Close),
        '‚' => (
            Style::LowSingle,
            if space_before && letter_after {
                Role::Open
            } else {
                Role::None
            },
        ),
        '‘' if top == Some(Style::LowSingle) => (Style::LowSingle, Role::Close),
        '‘' | '\'' | '`' | '’' => {
            // '90s is short for 1990s.
            let decade = after.is_some_and(|c| c.is_ascii_digit());
            let opens = mark != '’' && space_before && !space_after && !letter_before && !decade;
            if top == Some(Style::Single) && mark != '‘' && !letter_after && !opens {
                return (Style::Single, Role::Close);
            }
            // Inside double marks a single quote says nothing of the outer one.
            if top.is_none() && opens && single_closer().is_some_and(|inside| inside > 1) {
                return (Style::Single, Role::Open);
            }
            (Style::Single, Role::None)
        }
        _ => (Style::Double, Role::None),
    }
}

/// Whether a mark between two characters may as well be the genitive of a word in s.
fn maybe_genitive(before: Option<char>, after: Option<char>) -> bool {
    before == Some('s') && after.is_some_and(char::is_whitespace)
}

/// Whether a single mark can only close: after a letter or a full stop, before neither letter nor
/// digit. After an s a mark of the sentence next to it tells it from a genitive.
fn closes_surely(before: Option<char>, mark: char, after: Option<char>) -> bool {
    let inside = before.is_some_and(|c| c.is_alphanumeric() || ",.!?…".contains(c));
    matches!(mark, '’' | '\'')
        && inside
        && !maybe_genitive(before, after)
        && !after.is_some_and(char::is_alphanumeric)
}

/// Whether a single mark can only open.
fn opens_surely(before: Option<char>, mark: char, after: Option<char>) -> bool {
    matches!(mark, '‘' | '\'')
        && before.is_some_and(char::is_whitespace)
        && after.is_some_and(char::is_alphabetic)
}

/// Tells a mark by the characters around it.
type Test = fn(Option<char>, char, Option<char>) -> bool;

/// Finds the next mark of a kind, looking at each byte once.
struct Ahead {
    test: Test,
    /// Up to here it has looked.
    seen: usize,
    /// What it found there last.
    found: Option<usize>,
}

impl Ahead {
    fn new(test: Test) -> Self {
        Self {
            test,
            seen: 0,
            found: None,
        }
    }

    /// The first such mark behind `from`, no further than a single quote reaches.
    fn after(&mut self, text: &str, from: usize) -> Option<usize> {
        if let Some(at) = self.found.filter(|&at| at >= from) {
            return (at - from <= MAX_SINGLE).then_some(at);
        }
        if self.found.is_none() && self.seen >= text.len() && self.seen > 0 {
            return None;
        }
        let start = from.max(self.seen);
        let mut before = text[..start].chars().next_back();
        let mut chars = text[start..].char_indices().peekable();
        self.found = None;
        self.seen = text.len();
        while let Some((at, c)) = chars.next() {
            let after = chars.peek().map(|&(_, c)| c);
            if (self.test)(before, c, after) {
                self.found = Some(start + at);
                self.seen = start + at + c.len_utf8();
                break;
            }
            before = Some(c);
        }
        self.found
            .filter(|&at| at >= from && at - from <= MAX_SINGLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        scan(text).iter().map(|q| &text[q.start..q.end]).collect()
    }

    #[test]
    fn every_style() {
        assert_eq!(found("He said “we go”."), ["we go"]);
        assert_eq!(
            found("He said \"we go.\" She said \"no.\""),
            ["we go.", "no."]
        );
        assert_eq!(
            found("Er sagte: „Wir gehen“ und „nein”."),
            ["Wir gehen", "nein"]
        );
        assert_eq!(found("Il dit : « on y va »."), ["on y va"]);
        assert_eq!(found("»Wir gehen«, sagte er."), ["Wir gehen"]);
        assert_eq!(found("‘We go,’ he said. The workers’ rights."), ["We go,"]);
        assert_eq!(found("'It's time,' he said."), ["It's time,"]);
        assert_eq!(found("''We go,'' he said."), ["We go,"]);
        assert_eq!(found("'We go,'' he said. 'Now.'"), ["We go,", "Now."]);
        assert_eq!(found("彼は「行く」と言った"), ["行く"]);
        assert_eq!(found("\" We go , \" he said ."), ["We go ,"]);
        assert_eq!(
            found("'It's the divers' choice,' he said. 'The divers' wives know.'"),
            ["It's the divers' choice,", "The divers' wives know."]
        );
        assert_eq!(
            found("The 'Shut Doors' club met the 'Open Sea' one."),
            ["Shut Doors", "Open Sea"]
        );
    }

    #[test]
    fn an_inner_mark_of_a_dropped_stretch_closes_nothing() {
        assert!(found("«„\". « ").is_empty());
        assert_eq!(
            found("«Wir „gehen\". «Nein, sagte er."),
            ["Nein, sagte er."]
        );
    }

    #[test]
    fn what_is_no_quote() {
        assert_eq!(
            found("The workers' rights, the '90s, rock 'n' roll"),
            [] as [&str; 0]
        );
        assert_eq!(found("a 12\" pipe and a 6\" one"), [] as [&str; 0]);
        assert_eq!(found("It’s the people’s choice"), [] as [&str; 0]);
        assert_eq!(found("\"\" “”"), [] as [&str; 0]);
    }

    #[test]
    fn nesting_and_odd_marks() {
        assert_eq!(
            found("“He told me ‘go’ and ‘stay’,” she said."),
            ["He told me ‘go’ and ‘stay’,"]
        );
        assert_eq!(
            found("\"He said 'no' to me,\" she said."),
            ["He said 'no' to me,"]
        );
        let odd = scan("“We go. And we stay.");
        assert!(odd.len() == 1 && !odd[0].closed);
        assert_eq!(found("“We go. “We stay,” he said."), ["We stay,"]);
        assert_eq!(found("He said,\"We go.\""), ["We go."]);
        assert_eq!(
            found("«Мы из «Торвальда» не уйдём», — сказала она."),
            ["Мы из «Торвальда» не уйдём"]
        );
        assert_eq!(
            found("«Мы не уйдём из «Торвальда», — сказала она."),
            ["Мы не уйдём из «Торвальда"]
        );
    }

    #[test]
    fn a_million_marks_take_no_time() {
        for mark in ["\"", "'", "‘", "“", "«", " '", " 'a "] {
            scan(&mark.repeat(300_000));
        }
    }
}

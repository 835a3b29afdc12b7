//! In: the tokens of a sentence. Out: what each is to the grammar of dates: a month, a unit, a
//! number … A token with a hyphen comes apart (`mid-November`, `two-day`). The words are data:
//! `data/en/time.txt`.

use model::{Document, Tag, TokenClass};

use crate::keys::key;
use crate::language::KeyMap;

/// Lengths of the calendar and the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Fortnight,
}

impl Unit {
    const ALL: [Self; 11] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Fortnight,
    ];

    /// The duration of so many units in ISO 8601; `X` for a number that is not given.
    pub(super) fn duration(self, count: Option<u32>) -> String {
        let n = |times: u32| {
            count.map_or_else(
                || String::from("X"),
                |c| c.saturating_mul(times).to_string(),
            )
        };
        match self {
            Self::Second => format!("PT{}S", n(1)),
            Self::Minute => format!("PT{}M", n(1)),
            Self::Hour => format!("PT{}H", n(1)),
            Self::Day => format!("P{}D", n(1)),
            Self::Week => format!("P{}W", n(1)),
            Self::Month => format!("P{}M", n(1)),
            Self::Quarter => format!("P{}M", n(3)),
            Self::Year => format!("P{}Y", n(1)),
            Self::Decade if count.is_none() => String::from("PXY"),
            Self::Decade => format!("P{}Y", n(10)),
            Self::Century if count.is_none() => String::from("PXY"),
            Self::Century => format!("P{}Y", n(100)),
            Self::Fortnight => format!("P{}W", n(2)),
        }
    }

    /// The duration of so many units and a half in ISO 8601.
    pub(super) fn duration_and_half(self, count: u32) -> String {
        match self {
            Self::Second => format!("PT{count}.5S"),
            Self::Minute => format!("PT{count}M30S"),
            Self::Hour => format!("PT{count}H30M"),
            Self::Day => format!("P{count}DT12H"),
            Self::Week => format!("P{count}.5W"),
            Self::Month => format!("P{count}.5M"),
            Self::Year => format!("P{count}Y6M"),
            Self::Quarter => {
                Self::Month.duration_and_half(count.saturating_mul(3).saturating_add(1))
            }
            Self::Fortnight => Self::Week.duration(Some(count.saturating_mul(2).saturating_add(1))),
            Self::Decade => Self::Year.duration(Some(count.saturating_mul(10).saturating_add(5))),
            Self::Century => {
                Self::Year.duration(Some(count.saturating_mul(100).saturating_add(50)))
            }
        }
    }
}

/// What a [`Word::Lead`] tells, a bit each.
pub(super) mod lead {
    /// It is `on`, which joins a day to its time.
    pub(in crate::dates) const ON: u8 = 1;
    /// Only what is no person stands behind it: `in May`, `since May`; not `by May`, `of May`.
    pub(in crate::dates) const SURE: u8 = 2;
    /// It joins the ends of a range: `June 5 to 7`.
    pub(in crate::dates) const JOINS: u8 = 4;
    /// It opens a range that `and` joins: `between June 5 and 7`.
    pub(in crate::dates) const OPENS: u8 = 8;
}

/// What a word is to the grammar.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "named after the sorts of data/en/time.txt")]
pub(super) enum Word {
    Other,
    Month(i8),
    Weekday(i8, bool),
    Unit(Unit, bool),
    Number(u32),
    /// A number with a fraction: `2.5`.
    Decimal,
    Ordinal(u32),
    /// Four digits that can be a year.
    Year(i16),
    /// `1990s`, `'90s`
    Decade(i16),
    /// `10:35`
    Clock(u8, u8),
    /// `2.10`, a time only before `p.m.`.
    Dotted(u8, u8),
    /// `10am`, `10:35pm`
    ClockHalf(u8, u8),
    Vague,
    Part(u8),
    DayOff(i32),
    Tonight,
    Last,
    Next,
    This,
    That,
    Following,
    Preceding,
    Latest,
    Season(u8),
    Early,
    Late,
    Mid,
    Ago,
    Earlier,
    Later,
    Each,
    Adverb(u8),
    Weekend,
    Noon(u8),
    Fiscal,
    Half,
    Edge,
    AmPm(u8),
    Zone(i8),
    ZoneName,
    ZoneTime,
    Holiday(u8),
    Eve,
    Article,
    The,
    Of,
    Couple,
    Old,
    Long,
    Approx,
    More,
    Than,
    At,
    OClock,
    Ref(u8),
    RefTime(u8),
    /// A preposition, or what else stands before a bare month or year; what it tells: see [`lead`].
    Lead(u8),
    And,
    /// `in the week ahead`
    Ahead,
    /// `06.10.2026`: two numbers and a year.
    Dots(u8, u8, i16),
    /// `before`, `after`
    Adjacent(i32),
    Per,
    /// `period`
    Period,
    /// `recent`
    Recent,
    Comma,
    Dash,
    Slash,
    Possessive,
    Money,
}

/// A word, or a part of one with a hyphen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// What it is.
    pub(super) word: Word,
    /// First byte in the article's text.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// Whether it starts with a capital.
    pub(super) capital: bool,
    /// Whether it is all in capitals.
    pub(super) shout: bool,
    /// Whether it ends in a full stop.
    pub(super) stopped: bool,
    /// The token it is, or is a part of.
    pub(super) token: u32,
    /// Whether it ends as most plurals do.
    pub(super) plural: bool,
    /// Whether it is a word of letters.
    pub(super) letters: bool,
}

/// The words of time of a language.
#[derive(Debug)]
pub(super) struct Words {
    map: KeyMap<Word>,
}

impl Words {
    /// Reads `sort value: words` lines.
    pub(super) fn new(list: &str) -> Self {
        let mut entries = Vec::new();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, words)) = line.split_once(':') else {
                continue;
            };
            let Some((sort, value)) = head.split_once(' ') else {
                continue;
            };
            let value: i32 = value.trim().parse().unwrap_or_default();
            for word in words.split_whitespace() {
                // `second` is a unit here; the sort named first wins, the grammar knows of the
                // other sense.
                let Some(meaning) = meaning(sort, value, word) else {
                    continue;
                };
                entries.push((key(word), meaning));
                entries.push((key(&format!("{word}.")), meaning));
            }
        }
        Self {
            map: KeyMap::new(entries),
        }
    }

    /// The month that a word names.
    pub(super) fn month(&self, key: u64) -> Option<i8> {
        match self.map.get(key) {
            Some(Word::Month(month)) => Some(month),
            _ => None,
        }
    }

    /// Fills `items` with what the tokens `range` are; tells whether any of them can be a part of
    /// a date.
    pub(super) fn read(
        &self,
        doc: &Document,
        range: std::ops::Range<usize>,
        items: &mut Vec<Item>,
    ) -> bool {
        items.clear();
        let mut promising = false;
        for index in range {
            let Some(token) = doc.tokens.get(index) else {
                break;
            };
            let text = doc.get(token.span);
            let item = |word, from: usize, part: &str| Item {
                word,
                start: from,
                end: from + part.len(),
                capital: part.starts_with(char::is_uppercase),
                shout: part.len() > 1 && part.chars().all(char::is_uppercase),
                stopped: part.ends_with('.'),
                token: index as u32,
                plural: part.ends_with('s') || part == "people",
                letters: token.class == TokenClass::Word,
            };
            let start = token.span.start();
            // `June 5-7`, `5-7 June`; anywhere else two numbers are a score.
            let days = text.starts_with(|c: char| c.is_ascii_digit())
                && (items
                    .last()
                    .is_some_and(|item| matches!(item.word, Word::Month(_)))
                    || doc
                        .tokens
                        .get(index + 1)
                        .is_some_and(|next| self.month(next.key).is_some()));
            if token.class != TokenClass::Mark
                && (text.len() > 3 || days)
                && text.as_bytes().contains(&b'-')
            {
                let mut from = start;
                let before = items.len();
                let mut hit = days;
                for part in text.split('-') {
                    let word = match self.map.get(key(part)) {
                        Some(word) => word,
                        None => number(part),
                    };
                    hit |= promises(word);
                    items.push(item(word, from, part));
                    from += part.len();
                    items.push(item(Word::Dash, from, "-"));
                    from += 1;
                }
                items.pop();
                if !hit {
                    items.truncate(before);
                    items.push(item(Word::Other, start, text));
                }
                promising |= hit;
                continue;
            }
            let word = match token.class {
                TokenClass::Mark => mark(text),
                TokenClass::Number => number(text),
                TokenClass::Word => match self.map.get(token.key) {
                    // "It will last two weeks."
                    Some(Word::Last) if token.tag == Tag::Verb => Word::Other,
                    Some(word) => word,
                    None => number(text),
                },
            };
            promising |= promises(word);
            items.push(item(word, start, text));
        }
        promising
    }
}

/// Whether a word can make a date by itself or with numbers; without one of these a sentence has
/// none.
fn promises(word: Word) -> bool {
    use Word as W;
    matches!(
        word,
        W::Month(_)
            | W::Weekday(..)
            | W::Unit(..)
            | W::Year(_)
            | W::Dots(..)
            | W::Slash
            | W::Decade(_)
            | W::Clock(..)
            | W::ClockHalf(..)
            | W::Part(_)
            | W::DayOff(_)
            | W::Tonight
            | W::Season(_)
            | W::Adverb(_)
            | W::Weekend
            | W::Noon(_)
            | W::AmPm(_)
            | W::Holiday(_)
            | W::Ref(_)
            | W::RefTime(_)
            | W::OClock
    )
}

fn mark(text: &str) -> Word {
    match text {
        "," => Word::Comma,
        "-" | "–" | "‑" => Word::Dash,
        "/" => Word::Slash,
        "$" | "€" | "£" | "¥" | "#" => Word::Money,
        _ => Word::Other,
    }
}

/// What a word that starts with a digit is; [`Word::Other`] for the rest.
fn number(text: &str) -> Word {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = text.split_at(digits);
    let Ok(value) = head.parse::<u32>() else {
        return possessive(text);
    };
    if let Some(date) = dots(text) {
        return date;
    }
    match tail {
        "" if digits == 4 && (1000..2200).contains(&value) => Word::Year(value as i16),
        // 0735: a time, if a zone or `at` stands by.
        "" if digits == 4 && value < 1000 && value % 100 < 60 => {
            Word::Clock((value / 100) as u8, (value % 100) as u8)
        }
        "" => Word::Number(value),
        "st" | "nd" | "rd" | "th" => Word::Ordinal(value),
        "s" | "'s" | "’s" if digits == 4 && value % 10 == 0 && (1500..2100).contains(&value) => {
            Word::Decade(value as i16)
        }
        "s" if digits == 2 && value % 10 == 0 => Word::Decade(1900 + value as i16),
        _ => clock(value, tail).unwrap_or_else(|| grouped(text)),
    }
}

/// `06.10.2026`
fn dots(text: &str) -> Option<Word> {
    let mut parts = text.splitn(3, '.');
    let mut two = || parts.next().filter(|part| part.len() <= 2)?.parse().ok();
    let (first, second) = (two()?, two()?);
    let year = parts.next().filter(|part| part.len() == 4)?;
    Some(Word::Dots(first, second, year.parse().ok()?))
}

fn possessive(text: &str) -> Word {
    if matches!(text, "'s" | "’s" | "'" | "’") {
        Word::Possessive
    } else {
        Word::Other
    }
}

/// Whether a tail is a stop and two digits.
fn rest_is_minutes(tail: &str) -> bool {
    tail.len() == 3 && tail.starts_with('.')
}

/// `10:35`, `10.35am`, `10pm`.
fn clock(hour: u32, tail: &str) -> Option<Word> {
    let (minutes, half) = match tail.strip_prefix([':', '.']) {
        Some(rest) => (rest.get(..2)?.parse::<u8>().ok()?, rest.get(2..)?),
        None => (0, tail),
    };
    let colon = tail.starts_with(':');
    let half = half.to_ascii_lowercase();
    let add = match half.trim_end_matches('.') {
        "" if colon => None,
        "" if rest_is_minutes(tail) => {
            let hour = u8::try_from(hour).ok().filter(|&hour| hour <= 12)?;
            return (minutes < 60).then_some(Word::Dotted(hour, minutes));
        }
        "am" | "a.m" => Some(0),
        "pm" | "p.m" => Some(12),
        _ => return None,
    };
    let hour = u8::try_from(hour)
        .ok()
        .filter(|&hour| hour < 25 && minutes < 60)?;
    Some(match add {
        None => Word::Clock(hour, minutes),
        Some(_) if hour > 12 => return None,
        Some(add) => Word::ClockHalf(hour % 12 + add, minutes),
    })
}

fn grouped(text: &str) -> Word {
    let mut whole = 0u32;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                whole = whole
                    .saturating_mul(10)
                    .saturating_add(u32::from(byte - b'0'));
            }
            b',' => {}
            b'.' => return Word::Decimal,
            _ => return Word::Other,
        }
    }
    Word::Number(whole)
}

fn meaning(sort: &str, value: i32, word: &str) -> Option<Word> {
    let small = u8::try_from(value.max(0)).ok()?;
    let plural = word.ends_with('s');
    Some(match sort {
        "month" => Word::Month(small as i8),
        "weekday" => Word::Weekday(small as i8, word.ends_with("days")),
        "unit" => Word::Unit(*Unit::ALL.get(usize::from(small))?, plural),
        "number" => Word::Number(u32::from(small)),
        "ordinal" => Word::Ordinal(u32::from(small)),
        "vague" => Word::Vague,
        "part" => Word::Part(small),
        "day" => Word::DayOff(value),
        "tonight" => Word::Tonight,
        "last" => Word::Last,
        "next" => Word::Next,
        "this" => Word::This,
        "that" => Word::That,
        "following" => Word::Following,
        "preceding" => Word::Preceding,
        "latest" => Word::Latest,
        "season" => Word::Season(small),
        "early" => Word::Early,
        "late" => Word::Late,
        "mid" => Word::Mid,
        "ago" => Word::Ago,
        "earlier" => Word::Earlier,
        "later" => Word::Later,
        "each" => Word::Each,
        "adverb" => Word::Adverb(small),
        "weekend" => Word::Weekend,
        "noon" => Word::Noon(small),
        "fiscal" => Word::Fiscal,
        "half" => Word::Half,
        "edge" => Word::Edge,
        "am" => Word::AmPm(small),
        "zone" => Word::Zone(value as i8),
        "zonename" => Word::ZoneName,
        "zonetime" => Word::ZoneTime,
        "holiday" => Word::Holiday(small),
        "eve" => Word::Eve,
        "article" => Word::Article,
        "the" => Word::The,
        "of" => Word::Of,
        "couple" => Word::Couple,
        "old" => Word::Old,
        "long" => Word::Long,
        "approx" => Word::Approx,
        "more" => Word::More,
        "than" => Word::Than,
        "at" => Word::At,
        "o'clock" => Word::OClock,
        "ref" => Word::Ref(small),
        "reftime" => Word::RefTime(small),
        "adjacent" => Word::Adjacent(value),
        "lead" => Word::Lead(small),
        "and" => Word::And,
        "ahead" => Word::Ahead,
        "per" => Word::Per,
        "period" => Word::Period,
        "recent" => Word::Recent,
        _ => return None,
    })
}

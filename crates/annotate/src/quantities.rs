//! In: a document with tokens, tags, names and dates. Out: its numbers with what they count or
//! measure and how exact they claim to be. Refuses what is a number only by its letters: dates and
//! times, the numbers of flights, roads and articles, telephone numbers, scores, the pronoun `one`.
//!
//! A number without a counted thing (`killed 12 and wounded 30`) stays without a unit: what it
//! counts is told by its verb, which is not read here. The words are data: `data/en/quantity.txt`.

mod words;

use model::{Document, Hedge, Quantity, QuantityKind, Span, Tag, Token, TokenClass};

use words::{Kind, Words};

/// Finds quantities in English.
#[derive(Debug)]
pub(crate) struct Quantities {
    words: Words,
}

/// A number, read.
#[derive(Clone, Copy, Debug)]
struct Number {
    /// Its first token: the article's for `a dozen`.
    from: usize,
    /// One past its last token.
    to: usize,
    value: f64,
    /// Whether it was given as a vague plural (`dozens`).
    vague: bool,
    /// Where it ends, in bytes; inside a token for `1,800-mile`.
    end: usize,
}

impl Quantities {
    /// Reads its word list, which is a part of the program.
    pub(crate) fn new() -> Self {
        Self {
            words: Words::new(include_str!("../data/en/quantity.txt")),
        }
    }

    /// Adds the layer of quantities.
    pub(crate) fn add(&self, doc: &mut Document) {
        let mut found = Vec::new();
        for sentence in &doc.sentences {
            let reader = Reader {
                doc,
                words: &self.words,
                from: sentence.tokens.start as usize,
                to: sentence.tokens.end as usize,
            };
            let mut at = reader.from;
            while at < reader.to {
                match reader.quantity(at) {
                    Some((quantity, next)) => {
                        found.push(quantity);
                        at = next.max(at + 1);
                    }
                    None => at += 1,
                }
            }
        }
        doc.quantities = found;
    }
}

struct Reader<'a> {
    doc: &'a Document,
    words: &'a Words,
    from: usize,
    to: usize,
}

impl Reader<'_> {
    /// The quantity whose number starts at token `at`, and the token behind it.
    fn quantity(&self, at: usize) -> Option<(Quantity, usize)> {
        let token = self.token(at)?;
        if token.class == TokenClass::Mark || self.dated(token.span) || self.named(token.span) {
            return None;
        }
        if let Some(ordinal) = self.ordinal(at) {
            return Some(ordinal);
        }
        let first = self.number(at)?;
        if self.is_label(at, &first) {
            return None;
        }
        let start = self.token(first.from)?.span.start();
        // A currency before the number: `$255 million`, `US$ 5`.
        let currency = at
            .checked_sub(1)
            .filter(|&b| b >= self.from && self.kind(b) == Some(Kind::Currency));
        let (last, high) = self.range_end(at, &first);
        let number = self.doc.article.text.span(start..last.end).ok()?;
        let mut low = first.value;
        // `$20-25 million`
        if let Some(high) = high
            && last.to > first.to
            && high >= 1000.0
            && low < 1000.0
        {
            low *= self.scale_of(last.to).unwrap_or(1.0);
        }
        let (hedge, hedge_from) = self.hedge(currency.unwrap_or(first.from));
        let hedge = if first.vague { Hedge::AtLeast } else { hedge };
        let (kind, unit, to) = match currency {
            Some(mark) => (QuantityKind::Money, self.span(mark, mark), last.to),
            None => self.unit(at, &last)?,
        };
        let mut whole = number;
        if let Some(unit) = unit {
            whole = whole.hull(unit);
        }
        if let Some(from) = hedge_from.and_then(|from| self.token(from)) {
            whole = whole.hull(from.span);
        }
        let quantity = Quantity {
            span: whole,
            number,
            value: low,
            high,
            hedge,
            kind,
            unit,
        };
        Some((quantity, to.max(last.to)))
    }

    /// `third ship`, `4th vote`: only before a noun.
    fn ordinal(&self, at: usize) -> Option<(Quantity, usize)> {
        let token = self.token(at)?;
        let text = self.text(at);
        let value = match self.kind(at) {
            Some(Kind::Ordinal(value)) => value,
            Some(_) => return None,
            None => {
                let digits = text.strip_suffix("st").or(text.strip_suffix("nd"));
                let digits = digits
                    .or(text.strip_suffix("rd"))
                    .or(text.strip_suffix("th"))?;
                digits.parse().ok()?
            }
        };
        // One thing of its row needs no plural: `the third meeting.`
        let noun = self.token(at + 1)?.tag == Tag::Noun;
        let head = self.head(at + 1).or(noun.then_some(at + 1))?;
        let unit = self.span(head, head)?;
        let quantity = Quantity {
            span: token.span.hull(unit),
            number: token.span,
            value: f64::from(value),
            high: None,
            hedge: Hedge::Exact,
            kind: QuantityKind::Ordinal,
            unit: Some(unit),
        };
        Some((quantity, at + 1))
    }

    /// The number that starts at token `at`: digits or words, with its scale.
    fn number(&self, at: usize) -> Option<Number> {
        let token = self.token(at)?;
        let mut number = match self.kind(at) {
            Some(Kind::Small(value)) => {
                let mut number = Number {
                    from: at,
                    to: at + 1,
                    value: f64::from(value),
                    vague: false,
                    end: token.span.end(),
                };
                // one hundred and twenty
                if let Some(ones) = self
                    .small(at + 1)
                    .filter(|&ones| value >= 20 && ones < 10.0)
                {
                    number = Number {
                        to: at + 2,
                        value: number.value + ones,
                        ..number
                    };
                }
                number
            }
            Some(Kind::Many(value)) => {
                // `tens of thousands of people`
                let mut number = Number {
                    from: at,
                    to: at + 1,
                    value,
                    vague: true,
                    end: token.span.end(),
                };
                if self.text(at + 1) == "of"
                    && let Some(Kind::Many(more)) = self.kind(at + 2)
                {
                    number.to = at + 3;
                    number.value = (more / 2.0) * if value == 20000.0 { 20.0 } else { value };
                    number.end = self.token(at + 2)?.span.end();
                }
                return Some(number);
            }
            // `a dozen`, `a hundred`, `half a million`: the article is no part of the number.
            Some(Kind::Scale(value))
                if at > self.from && matches!(self.text(at - 1), "a" | "A" | "several") =>
            {
                let half = at >= self.from + 2 && self.text(at - 2).eq_ignore_ascii_case("half");
                let from = at - 1 - usize::from(half);
                let value = if half { value / 2.0 } else { value };
                let vague = self.text(at - 1) == "several";
                let value = if vague { value * 2.0 } else { value };
                return Some(Number {
                    from,
                    to: at + 1,
                    value,
                    vague,
                    end: token.span.end(),
                });
            }
            Some(_) => return None,
            None => self.digits(at)?,
        };
        while let Some(scale) = self.scale_of(number.to) {
            number.value *= scale;
            number.end = self.token(number.to)?.span.end();
            number.to += 1;
        }
        Some(number)
    }

    /// Digits at `at`, or the digits or number word before a hyphen: `1,800-mile`, `five-member`.
    fn digits(&self, at: usize) -> Option<Number> {
        let token = self.token(at)?;
        let text = self.text(at);
        let (head, hyphen) = text
            .split_once('-')
            .map_or((text, false), |(head, _)| (head, true));
        let value = match parse(head) {
            Some(value) => value,
            None if hyphen => match self.words.of(head) {
                Some(Kind::Small(value)) => {
                    match text.split('-').nth(1).and_then(|w| self.words.of(w)) {
                        // twenty-five
                        Some(Kind::Small(ones)) if ones < 10 && text.matches('-').count() == 1 => {
                            let value = f64::from(value + ones);
                            return Some(Number {
                                from: at,
                                to: at + 1,
                                value,
                                vague: false,
                                end: token.span.end(),
                            });
                        }
                        Some(Kind::Small(_)) => return None,
                        _ => f64::from(value),
                    }
                }
                _ => return None,
            },
            None => return None,
        };
        let end = token.span.start() + head.len();
        Some(Number {
            from: at,
            to: at + 1,
            value,
            vague: false,
            end: if hyphen { end } else { token.span.end() },
        })
    }

    fn small(&self, at: usize) -> Option<f64> {
        match self.kind(at) {
            Some(Kind::Small(value)) => Some(f64::from(value)),
            _ => None,
        }
    }

    fn scale_of(&self, at: usize) -> Option<f64> {
        match self.kind(at) {
            // `m` and `b` are scales only right behind digits, where they are one token.
            Some(Kind::Scale(value)) if self.text(at).len() > 1 => Some(value),
            _ => None,
        }
    }

    /// Where a range ends and its upper end: `20-25`, `20 to 25`, `between 20 and 25`.
    fn range_end(&self, at: usize, first: &Number) -> (Number, Option<f64>) {
        let joined = match self.text(first.to) {
            "-" | "–" | "to" | "or" => true,
            "and" => at > self.from && self.text(at - 1).eq_ignore_ascii_case("between"),
            _ => false,
        };
        // `rose from 20 to 25` tells of two numbers.
        let from = at > self.from && self.text(at - 1).eq_ignore_ascii_case("from");
        if !joined || from || self.token(first.to + 1).is_none_or(|t| self.dated(t.span)) {
            return (*first, None);
        }
        match self.number(first.to + 1) {
            Some(last) if last.value > first.value => (last, Some(last.value)),
            _ => (*first, None),
        }
    }

    /// How exact the number claims to be, and the first token of the words that say so.
    fn hedge(&self, at: usize) -> (Hedge, Option<usize>) {
        let mut best = (Hedge::Exact, None);
        for length in 1..=words::LONGEST_HEDGE {
            let Some(start) = at.checked_sub(length).filter(|&start| start >= self.from) else {
                break;
            };
            let key = words::phrase_key((start..at).map(|i| self.doc.tokens[i].key));
            if let Some(hedge) = self.words.hedge(key) {
                best = (hedge, Some(start));
            }
        }
        best
    }

    /// What a number counts: its kind, the words for the thing, and the token behind them. `None`
    /// where the number counts nothing (a pronoun).
    fn unit(&self, at: usize, last: &Number) -> Option<(QuantityKind, Option<Span>, usize)> {
        let token = self.token(last.to - 1)?;
        // Within the token: `1,800-mile`, `16-year-old`, `50m`.
        if last.end < token.span.end() {
            let unit = self
                .doc
                .article
                .text
                .span(last.end + 1..token.span.end())
                .ok()?;
            let text = self.doc.get(unit);
            let age = text.ends_with("-old");
            let measured = age || matches!(self.words.of(text), Some(Kind::Measure));
            let kind = if measured {
                QuantityKind::Measure
            } else {
                QuantityKind::Count
            };
            return Some((kind, Some(unit), last.to));
        }
        let mut next = last.to;
        if matches!(self.kind(next), Some(Kind::Percent)) || self.is_percent(next) {
            let end = next
                + usize::from(self.text(next) == "per" || self.kind(next) == Some(Kind::Points));
            return Some((QuantityKind::Percent, self.span(next, end), end + 1));
        }
        if matches!(self.kind(next), Some(Kind::Square)) {
            next += 1;
        }
        match self.kind(next) {
            Some(Kind::Measure) => {
                return Some((QuantityKind::Measure, self.span(last.to, next), next + 1));
            }
            Some(Kind::Money) => {
                return Some((QuantityKind::Money, self.span(next, next), next + 1));
            }
            Some(Kind::Coin) => {
                return Some((QuantityKind::Measure, self.span(next, next), next + 1));
            }
            _ => {}
        }
        // `30,000 Egyptian pounds`
        if self.capital(next)
            && let Some(Kind::Money | Kind::Coin) = self.kind(next + 1)
        {
            return Some((QuantityKind::Money, self.span(next, next + 1), next + 2));
        }
        // An age behind a name: `Ada Brim, 52, said`.
        if self.text(next) == ","
            && at > self.from + 1
            && self.text(at - 1) == ","
            && self.capital(at - 2)
            && last.value < 120.0
            && last.value.fract() == 0.0
        {
            return Some((QuantityKind::Measure, None, next));
        }
        let head = self.head(next);
        if last.to == at + 1 && self.text(at).eq_ignore_ascii_case("one") {
            let single = head.is_some_and(|h| self.kind(h) == Some(Kind::Single));
            let behind_no = at > self.from && self.text(at - 1).eq_ignore_ascii_case("no");
            if !single || behind_no {
                return None;
            }
        }
        let unit = head.and_then(|head| self.span(head, head));
        Some((QuantityKind::Count, unit, last.to))
    }

    fn is_percent(&self, at: usize) -> bool {
        let next = self.text(at + 1);
        (self.text(at) == "per" && next == "cent")
            || (self.kind(at) == Some(Kind::Points) && next.starts_with("point"))
    }

    /// The noun that a number before token `at` counts: past `of the`, adjectives and nouns.
    fn head(&self, at: usize) -> Option<usize> {
        /// Words between a number and its noun; longer runs are no counted thing.
        const WITHIN: usize = 5;
        let mut i = at;
        if self.text(i) == "of" {
            i += 1;
            while matches!(
                self.text(i),
                "the" | "its" | "their" | "his" | "her" | "those" | "these"
            ) || self
                .token(i)
                .is_some_and(|token| token.class == TokenClass::Number)
            {
                i += 1;
            }
        }
        let mut head = None;
        for i in i..(i + WITHIN).min(self.to) {
            let token = self.doc.tokens[i];
            if token.class != TokenClass::Word {
                break;
            }
            match token.tag {
                // Of two nouns the second is the thing counted, unless a plural is over already:
                // a verb at the end of a clause is often tagged as a noun.
                Tag::Noun => {
                    let plural = |i: usize| self.text(i).ends_with('s');
                    match head {
                        Some(before) if plural(before) && !plural(i) => break,
                        None if !plural(i) && self.ends_clause(i) && !self.is_collective(i) => {
                            break;
                        }
                        _ => head = Some(i),
                    }
                }
                Tag::Adj | Tag::Propn if head.is_none() => {}
                Tag::Verb | Tag::Num if head.is_none() && is_participle(self.text(i)) => {}
                // `others`, `more` stand for what was counted before.
                _ if head.is_none() && self.text(i) == "others" => head = Some(i),
                _ if head.is_none() && self.text(i) == "more" => {}
                Tag::Unknown if !token.stop && head.is_none() => head = Some(i),
                _ => break,
            }
        }
        head
    }

    /// Whether a mark or nothing stands behind the word.
    fn ends_clause(&self, at: usize) -> bool {
        self.token(at + 1)
            .is_none_or(|next| next.class == TokenClass::Mark)
    }

    /// Whether the word means many without an s, or one of a kind that is counted one by one.
    fn is_collective(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Single | Kind::Collective))
    }

    /// Whether the number only names something: `Flight 370`, `No. 7`, `Article 5`, 24/7, 3-1.
    fn is_label(&self, at: usize, number: &Number) -> bool {
        let beside = |i: usize| matches!(self.text(i), "/" | ":" | "#" | "'" | "’");
        let touches = |i: usize, j: usize| match (self.token(i), self.token(j)) {
            (Some(a), Some(b)) => a.span.end() == b.span.start(),
            _ => false,
        };
        if beside(number.to) && touches(number.to - 1, number.to) {
            return true;
        }
        let Some(before) = at.checked_sub(1).filter(|&before| before >= self.from) else {
            // The number of an item in a list.
            return matches!(self.text(number.to), ")" | ".")
                && number.to < self.to.saturating_sub(1);
        };
        if touches(before, at) && (beside(before) || matches!(self.text(before), "-" | "–")) {
            return true;
        }
        // A score or vote: 3-1; a telephone number: 555-0100.
        if self.text(number.to) == "-"
            && touches(number.to - 1, number.to)
            && touches(number.to, number.to + 1)
        {
            let falls = self
                .number(number.to + 1)
                .is_some_and(|next| next.value <= number.value);
            let phone = self.text(number.to + 1).len() > 3
                && self.text(at).len() >= 3
                && !self.text(at).contains(',');
            let chain = self.text(number.to + 2) == "-" && touches(number.to + 1, number.to + 2);
            if falls || phone || chain {
                return true;
            }
        }
        let bare = self.text(at).bytes().all(|b| b.is_ascii_digit());
        if bare && self.text(at).len() >= 7 {
            return true;
        }
        let word = self.doc.tokens[before];
        let labelled = self.capital(before)
            && word.class == TokenClass::Word
            && (before > self.from || self.head(number.to).is_none())
            && !word.stop
            && bare
            && self.kind(before).is_none();
        labelled
            || matches!(
                self.text(before),
                "No." | "Nos." | "page" | "number" | "flight" | "route"
            )
    }

    /// Whether an expression of time holds the span.
    fn dated(&self, span: Span) -> bool {
        let next = self
            .doc
            .dates
            .partition_point(|date| date.span.end() <= span.start());
        self.doc
            .dates
            .get(next)
            .is_some_and(|date| date.span.overlaps(span))
    }

    /// Whether a name holds the span.
    fn named(&self, span: Span) -> bool {
        let next = self
            .doc
            .names
            .partition_point(|name| name.span.end() <= span.start());
        self.doc
            .names
            .get(next)
            .is_some_and(|name| name.span.contains(span) && name.span.len() > span.len())
    }

    fn capital(&self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }

    fn token(&self, at: usize) -> Option<Token> {
        (self.from <= at && at < self.to).then(|| self.doc.tokens[at])
    }

    fn text(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| self.doc.get(token.span))
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.words.get(self.token(at)?.key)
    }

    fn span(&self, first: usize, last: usize) -> Option<Span> {
        Some(self.token(first)?.span.hull(self.token(last)?.span))
    }
}

fn is_participle(word: &str) -> bool {
    word.ends_with("ed") || word.ends_with("ing")
}

/// The value of digits with separators; `None` for times, versions and words.
fn parse(text: &str) -> Option<f64> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > 24 {
        return None;
    }
    let (digits, scale) = match text.trim_end_matches(|c: char| c.is_ascii_alphabetic()) {
        whole if whole.len() == text.len() => (text, 1.0),
        whole => match &text[whole.len()..] {
            "m" | "M" | "mn" => (whole, 1e6),
            "bn" | "b" | "B" => (whole, 1e9),
            "k" | "K" => (whole, 1e3),
            _ => return None,
        },
    };
    if digits.matches('.').count() > 1 || digits.contains(':') {
        return None;
    }
    // Groups of three, or no separator at all.
    let whole = digits.split('.').next()?;
    if whole.contains(',') && whole.split(',').skip(1).any(|group| group.len() != 3) {
        return None;
    }
    let plain: String = digits.chars().filter(|&c| c != ',').collect();
    plain.parse::<f64>().ok().map(|value| value * scale)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn digits_are_read_with_their_separators() {
        assert_eq!(parse("1,800"), Some(1800.0));
        assert_eq!(parse("2.5"), Some(2.5));
        assert_eq!(parse("3m"), Some(3e6));
        for other in ["19:49", "1.2.3", "12,34", "4th", "", "x", "٣"] {
            assert_eq!(parse(other), None, "{other}");
        }
    }
}

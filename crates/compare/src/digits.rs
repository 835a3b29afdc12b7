//! Figures in digits, which are the same in every language, and figures in words where the language was taught. In:
//! two statements. Out: whether either has all figures of the other. Refuses nothing: silence contradicts nothing.

use model::{Document, Span, TokenClass};

use crate::terms::Said;

/// Digits of a group behind a separator of thousands.
const GROUP: usize = 3;

/// Whether one of two statements has all figures that the other has; where neither has, each says a figure of its
/// own.
pub(crate) fn agree(docs: &[&Document], one: &Said, other: &Said) -> bool {
    let (one, other) = (figures(docs, one), figures(docs, other));
    let all = |of: &[String], other: &[String]| of.iter().all(|figure| other.contains(figure));
    all(&one, &other) || all(&other, &one)
}

/// The figures of a statement.
fn figures(docs: &[&Document], said: &Said) -> Vec<String> {
    let Some(doc) = docs.get(said.article as usize) else {
        return Vec::new();
    };
    let tokens = doc.tokens[doc.tokens_in(said.span)].iter();
    let digits: Vec<Span> = tokens
        .filter(|token| token.class == TokenClass::Number)
        .map(|token| token.span)
        .collect();
    let in_words = said.numbers.iter().filter(|number| {
        let mut digits = digits.iter();
        !digits.any(|span| number.figure.overlaps(*span))
    });
    let in_words = in_words.map(|number| number.value.to_string());
    let digits = digits.iter().map(|span| plain(doc.get(*span)));
    digits.chain(in_words).collect()
}

/// A figure without what its language puts between thousands, and with a full stop before its fraction:
/// "1.200", "1,200" and "1 200" are 1200, "2,5" is 2.5.
fn plain(figure: &str) -> String {
    let parts: Vec<&str> = figure
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let Some((first, rest)) = parts.split_first() else {
        return figure.to_owned();
    };
    let grouped = |parts: &[&str]| parts.iter().all(|part| part.len() == GROUP);
    match rest {
        rest if grouped(rest) && first.len() <= GROUP => parts.concat(),
        [rest @ .., fraction] if grouped(rest) => {
            format!("{first}{}.{fraction}", rest.concat())
        }
        // A clock, a date.
        _ => parts.join("-"),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn figures_of_all_languages_are_one() {
        for (figure, expected) in [
            ("1.200", "1200"),
            ("1,200", "1200"),
            ("1\u{a0}200", "1200"),
            ("1.234.567,8", "1234567.8"),
            ("2,5", "2.5"),
            ("2.5", "2.5"),
            ("2024", "2024"),
            ("12", "12"),
            ("18.30.00", "18-30-00"),
        ] {
            assert_eq!(plain(figure), expected, "{figure}");
        }
    }
}

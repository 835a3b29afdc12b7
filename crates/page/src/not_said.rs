//! What of an article is not its page's. In: a page's bytes and the article that was kept as theirs. Out: the lines of the
//! article, its headline among them, whose words do not stand in the page. Refuses nothing: of what is no page every line
//! is given.
//!
//! Another version of the program may have taken other lines of the page for its article, or have joined them
//! otherwise. So letters and digits are compared, and where words of the page were left out in the midst of a line
//! (struck out, in small above a character) the line may go on behind them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use model::Article;
use serde_json::Value;

use crate::html::{guard, source, words};
use crate::kind::{self, Kind};
use crate::{mail, office, pdf};

/// Letters and digits that stand side by side in the page, at least, wherever a line goes on behind what was left out.
const PIECE: usize = 12;

/// Values within values of a record that are looked into.
const DEPTH: usize = 64;

/// The lines of an article, its headline first, then the words of the checks that it gives, that do not stand in its
/// page.
pub fn not_said(bytes: &[u8], article: &Article) -> Vec<String> {
    let page = letters(&all_words(bytes, &article.path));
    let text = article.title.iter().map(String::as_str);
    let checked = article.about.reviews.iter().flat_map(|review| {
        let names = review.by.iter().chain(&review.claimants);
        let words = std::iter::once(&review.claim).chain(names);
        words.chain(&review.rating.name).map(String::as_str)
    });
    let lines = text.chain(checked).chain(article.text.as_str().lines());
    lines
        .filter(|line| !stands(&letters(line), &page))
        .map(str::to_owned)
        .collect()
}

/// Every word of a page, of whatever part of it.
fn all_words(bytes: &[u8], path: &str) -> String {
    match kind::tell(path, bytes) {
        Ok((Kind::Html, decoded)) => of_html(&decoded.text),
        Ok((Kind::Text, decoded)) => decoded.text.into_owned(),
        Ok((Kind::Mail, _)) => of_mail(bytes),
        Ok((Kind::Pdf, _)) => pdf::words(bytes).unwrap_or_default(),
        Ok((Kind::Office, _)) => office::words(bytes).unwrap_or_default(),
        Ok((Kind::Jsonl | Kind::Json, decoded)) => match serde_json::from_str(&decoded.text) {
            Ok(record) => {
                let mut said = String::new();
                of_record(&record, 0, &mut said);
                said
            }
            Err(_) => decoded.text.into_owned(),
        },
        Err(_) => String::new(),
    }
}

/// What a mail says, and its head.
fn of_mail(bytes: &[u8]) -> String {
    let mut said = String::from_utf8_lossy(bytes).into_owned();
    match mail::main_part(bytes) {
        Some((part, true)) => said.push_str(&of_html(&part)),
        Some((part, false)) => said.push_str(&part),
        None => {}
    }
    said
}

/// What a page shows, and what it says of itself in records and attributes.
fn of_html(page: &str) -> String {
    let guarded = guard::pass(page);
    // The parser is other people's code on hostile input.
    let shown = catch_unwind(AssertUnwindSafe(|| words(&guarded.html)));
    let mut said = shown.unwrap_or_default();
    for record in &guarded.json_ld {
        said.push('\n');
        match serde_json::from_str(record) {
            Ok(record) => of_record(&record, 0, &mut said),
            Err(_) => said.push_str(record),
        }
    }
    said
}

/// The strings of a record; those with markup both with it and without.
fn of_record(value: &Value, depth: usize, said: &mut String) {
    match value {
        Value::String(words) => {
            said.push('\n');
            said.push_str(words);
            if words.contains('<') || words.contains('&') {
                said.push('\n');
                said.push_str(&source::plain(words));
            }
        }
        Value::Array(items) if depth < DEPTH => {
            items
                .iter()
                .for_each(|item| of_record(item, depth + 1, said));
        }
        Value::Object(fields) if depth < DEPTH => {
            fields
                .values()
                .for_each(|field| of_record(field, depth + 1, said));
        }
        _ => {}
    }
}

fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a line stands in a page: whole, or in pieces that are no chance.
fn stands(line: &str, page: &str) -> bool {
    let mut rest = line;
    while !rest.is_empty() {
        if page.contains(rest) {
            // The last few letters of a line stand in any page somewhere.
            return rest.len() == line.len() || rest.chars().count() > PIECE;
        }
        // The longest beginning that stands there, found by halves: what is not there is not there longer either.
        let ends: Vec<usize> = rest.char_indices().map(|(at, _)| at).collect();
        let there = ends.partition_point(|&end| page.contains(&rest[..end]));
        if there <= PIECE {
            return false;
        }
        rest = &rest[ends[there - 1]..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    #[test]
    fn lines_that_are_not_the_pages_are_told() {
        let page = "<title>Bridge at Orl shut</title><article><h1>Bridge at Orl shut</h1><p>The bridge at Orl was shut on \
                    Monday after a <s>ship</s> barge had hit one of its piers, the mayor, Ada Lorne, told reporters.</p>\
                    <p>Nobody was hurt, she said, and buses go by way of Vessim until the pier has been seen.</p></article>";
        let read = crate::read("a.html", page.as_bytes(), &Options::default());
        let article = read.into_iter().next().expect("one").expect("an article");
        assert!(
            not_said(page.as_bytes(), &article).is_empty(),
            "{article:?}"
        );
        let told = article.text.as_str().to_owned();
        for (from, to) in [
            ("Nobody was hurt", "Nobody was not hurt"),
            ("of its piers", "of her piers"),
            ("been seen.", "been sold."),
        ] {
            let mut article = article.clone();
            article.text = model::Text::new(&told.replace(from, to));
            assert_eq!(not_said(page.as_bytes(), &article).len(), 1, "{to}");
        }
        let mut other = article.clone();
        other.title = Some("Bridge at Orl sold".to_owned());
        assert_eq!(not_said(page.as_bytes(), &other).len(), 1);
        // Bytes that are no page say nothing.
        assert!(!not_said(b"\0\0\0\0", &article).is_empty());
    }
}

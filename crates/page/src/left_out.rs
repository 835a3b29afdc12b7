//! What of a page is not its article. In: a page's bytes and the article that was read from them. Out: the other
//! lines of the page, in order. Refuses nothing: of what is no page there is nothing left out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use model::Article;

use crate::html::{guard, select};
use crate::kind::{self, Kind};
use crate::{mail, office, pdf};

/// Bytes and lines of a page that are looked through: each line is looked for in all of the article. Lines that
/// are given.
const PAGE: usize = 4 << 20;
const LOOKED_AT: usize = 4_000;
const MOST: usize = 400;

/// The lines of a page that are not in its article: menus, adverts, other headlines, comments.
pub fn left_out(bytes: &[u8], article: &Article) -> Vec<String> {
    if bytes.len() > PAGE {
        return Vec::new();
    }
    let page = match kind::tell(&article.path, bytes) {
        Ok((Kind::Html, decoded)) => Some((decoded.text.into_owned(), true)),
        Ok((Kind::Text, decoded)) => Some((decoded.text.into_owned(), false)),
        Ok((Kind::Mail, _)) => mail::main_part(bytes),
        Ok((Kind::Pdf, _)) => pdf::words(bytes).ok().map(|words| (words, false)),
        Ok((Kind::Office, _)) => office::words(bytes).ok().map(|words| (words, false)),
        _ => None,
    };
    let lines: Vec<String> = match page {
        Some((page, true)) => {
            let guarded = guard::pass(&page);
            // The parser is other people's code on hostile input.
            let read = catch_unwind(AssertUnwindSafe(|| select::lines_of(&guarded.html)));
            let lines = read.unwrap_or_default().into_iter();
            lines.map(|line| line.text.into_owned()).collect()
        }
        Some((page, false)) => page.lines().map(str::to_owned).collect(),
        None => return Vec::new(),
    };
    let plain = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = article.title.as_deref().unwrap_or_default();
    let own = plain(&format!("{title}\n{}", article.text.as_str()));
    let lines = lines.iter().take(LOOKED_AT).map(|line| plain(line));
    lines
        .filter(|line| !line.is_empty() && !own.contains(line.as_str()))
        .take(MOST)
        .collect()
}

//! A page of the site where the site lies under a path of its host. In: the path, a page as the writers of this folder
//! made it, with links from the site's root. Out: the same with its links under the path, and its files' addresses with
//! what tells their versions apart. Text cannot be mistaken for a link: no quotation mark of it stands bare in a page.

use std::borrow::Cow;

/// The attributes that hold addresses, and what opens one of this site.
const LINKS: [&str; 4] = [" href=\"/", " action=\"/", " formaction=\"/", " src=\"/"];
/// Where the files of every page lie.
const ASSETS: &str = "assets/";
/// What opens every page; scripts find the path in `document.documentElement.dataset.base`.
const OPENING: &str = "<html lang=\"en\"";

/// Leads a page's links under `base`, which is empty or `/name`; `version` goes behind the addresses of files.
pub fn under(base: &str, version: &str, page: &str) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 16);
    let mut rest = page;
    if !base.is_empty()
        && let Some(at) = page.find(OPENING)
    {
        let (before, after) = page.split_at(at + OPENING.len());
        out.push_str(before);
        out.push_str(&format!(" data-base=\"{base}\""));
        rest = after;
    }
    // Links begin where a quotation mark is followed by a slash.
    while let Some(at) = rest.find("=\"/") {
        let (before, after) = rest.split_at(at + 3);
        let opened = LINKS.iter().any(|link| before.ends_with(link));
        // Two slashes would lead to another host; such an address is none of ours.
        if !opened || after.starts_with('/') {
            out.push_str(before);
            rest = after;
            continue;
        }
        out.push_str(&before[..before.len() - 1]);
        out.push_str(base);
        out.push('/');
        let end = after.find('"').unwrap_or(after.len());
        let (address, after) = after.split_at(end);
        out.push_str(&versioned(address, version));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn versioned<'a>(address: &'a str, version: &str) -> Cow<'a, str> {
    match address.starts_with(ASSETS) {
        true => format!("{address}{version}").into(),
        false => address.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::site;

    #[test]
    fn links_lead_under_the_path_and_text_stays() {
        let hostile = "x\" href=\"/y\" =\"/z";
        let page = site::ask(hostile, Some(hostile));
        let led = under("/news", "?v=1", &page);
        assert!(led.contains(" href=\"/news/assets/page.css?v=1\""));
        assert!(led.contains(" action=\"/news/ask\"") && led.contains(" href=\"/news/\""));
        assert!(led.contains(" formaction=\"/news/ask\"") && led.contains("data-base=\"/news\""));
        assert_eq!(
            led.matches("href=&quot;/y").count(),
            page.matches("href=&quot;/y").count()
        );
        for link in LINKS {
            for rest in led.split(link).skip(1) {
                assert!(rest.starts_with("news/"), "{link}{rest}");
            }
        }
        assert_eq!(under("", "", &page), page);
    }
}

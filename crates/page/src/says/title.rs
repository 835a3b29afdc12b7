//! In: titles as a page gives them. Out: the headline alone. Refuses to cut what may be a part of
//! the headline: only the outlet's name, the domain's, or what the page's own `<h1>` lacks goes.

use model::Published;

use super::date;

/// What stands between a headline and the site's name.
const SEPARATORS: [&str; 17] = [
    " | ", " – ", " — ", " - ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " * ", "｜",
    "ㅣ", "│", "：", " ー ",
];
/// Words that name the writer behind the headline ("… | Harbour Post | by Ada Lindqvist").
const BY: &str = "by ";
/// Rounds of cutting: the site, its section, the writer or the day.
const ROUNDS: usize = 4;

/// Letters and digits alone, in lower case: what two spellings of a name share.
pub(crate) fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// White space as single blanks, without the marks that only say where a word may break.
pub(crate) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !tidy.is_empty() && !tidy.ends_with(' ') {
            tidy.push(' ');
        }
        if word.is_ascii() {
            tidy.push_str(word);
        } else {
            tidy.extend(word.chars().filter(|c| !is_invisible(*c)));
        }
    }
    if tidy.ends_with(' ') {
        tidy.pop();
    }
    tidy
}

/// Marks that only say where a word may break: soft hyphen, zero-width space, word joiner.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// The host of an address, without `www.`.
pub(crate) fn host_of(url: &str) -> Option<&str> {
    let host = url
        .split_once("://")?
        .1
        .split(['/', '?', '#', ':'])
        .next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

/// The name of a site from its address: `harbourpost` of `https://www.harbourpost.co.uk/…`.
pub(crate) fn site_of(url: &str) -> Option<&str> {
    let host = host_of(url)?;
    let labels: Vec<&str> = host.split('.').collect();
    let short = |label: &&str| label.len() <= 3;
    match labels[..] {
        [.., name, second, _] if short(&second) && labels.len() > 2 && name.len() > 3 => Some(name),
        [.., name, _] => Some(name),
        _ => None,
    }
}

/// A title without the site's name at its end or start; and that name, where one was cut.
pub(crate) fn without_site(
    title: &str,
    outlet: Option<&str>,
    url: Option<&str>,
    headline: Option<&str>,
) -> (String, Option<String>) {
    let mut title = tidy(title);
    let mut cut = None;
    let outlet = outlet.map(bare).unwrap_or_default();
    let site = url.and_then(site_of).map(bare).unwrap_or_default();
    let host = url.and_then(host_of).map(bare).unwrap_or_default();
    let headline = headline.map(bare).unwrap_or_default();
    // "Harbour Post: Ferry sinks": a colon stands in headlines too, so the whole name must stand there.
    if let Some((first, rest)) = title.split_once(": ")
        && !bare(first).is_empty()
        && (bare(first) == outlet || bare(first) == site)
        && rest.split_whitespace().count() >= 3
    {
        cut = Some(first.trim().to_owned());
        title = rest.trim().to_owned();
    }
    if let Some((rest, last)) = title.rsplit_once(": ")
        && !bare(last).is_empty()
        && (bare(last) == outlet || bare(last) == site)
        && rest.split_whitespace().count() >= 3
    {
        cut = Some(last.trim().to_owned());
        title = rest.trim().to_owned();
    }
    for _ in 0..ROUNDS {
        let Some((head, separator, tail)) = last_part(&title) else {
            break;
        };
        let bare_tail = bare(tail);
        let is_site = |part: &str| {
            !part.is_empty()
                && (part == outlet
                    || part == site
                    || part == host
                    || outlet.len() >= 4 && (part.contains(&outlet) || outlet.contains(part))
                    || site.len() >= 4
                        && (part.contains(&site) || site.contains(part) && part.len() >= 3))
        };
        let words = tail.split_whitespace().count();
        // "… | Harbour Post | by Ada Lindqvist", "… – HP – 4.5.2019": what stands behind the site.
        if is_appended(tail)
            && let Some((_, _, before)) = last_part(head)
            && is_site(&bare(before))
        {
            title = head.to_owned();
            continue;
        }
        if is_site(&bare_tail) && words <= 6 || !headline.is_empty() && bare(head) == headline {
            cut = cut.or_else(|| Some(tail.to_owned()));
            title = head.to_owned();
            continue;
        }
        // "Outlet | Headline".
        if let Some((first, rest)) = title.split_once(separator)
            && (is_site(&bare(first)) || !headline.is_empty() && bare(rest) == headline)
            && first.split_whitespace().count() <= 4
            && rest.split_whitespace().count() >= 3
        {
            cut = cut.or_else(|| Some(first.trim().to_owned()));
            title = rest.trim().to_owned();
            continue;
        }
        break;
    }
    (title, cut)
}

/// A title's last part, with the separator before it and what stands before that.
fn last_part(title: &str) -> Option<(&str, &'static str, &str)> {
    let (at, separator) = SEPARATORS
        .iter()
        .filter_map(|separator| title.rfind(separator).map(|at| (at, *separator)))
        .max()?;
    Some((
        title[..at].trim(),
        separator,
        title[at + separator.len()..].trim(),
    ))
}

/// The day behind a window's title: `Ferry sinks | Harbour Post | 04.05.2019`.
pub(crate) fn day_behind(window: &str, locale: date::Locale<'_>) -> Option<Published> {
    let (_, _, tail) = last_part(window)?;
    date::line(tail, locale)
        .filter(|found| found.other_words == 0)
        .map(|found| found.date)
}

/// Whether a part of a title is the writer or the day.
fn is_appended(part: &str) -> bool {
    let writer = part.starts_with(BY) && part.split_whitespace().count() <= 6;
    writer || date::line(part, date::Locale::default()).is_some_and(|found| found.other_words == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sites_name_goes() {
        let url = Some("https://www.harbourpost.example/a");
        let cases = [
            ("Ferry sinks | Harbour Post", None, "Ferry sinks"),
            (
                "Ferry sinks - World News | Harbour Post",
                Some("Ferry sinks"),
                "Ferry sinks",
            ),
            (
                "Ferry sinks - and nobody knows why",
                None,
                "Ferry sinks - and nobody knows why",
            ),
            (
                "Harbour Post | Ferry sinks off Selen",
                None,
                "Ferry sinks off Selen",
            ),
            ("Ferry  sinks", None, "Ferry sinks"),
            ("Ferry sinks：Harbour Post", None, "Ferry sinks"),
            (
                "Ferry sinks | Harbour Post | by Ada Lindqvist",
                None,
                "Ferry sinks",
            ),
            ("Ferry sinks – Harbour Post – 4.5.2019", None, "Ferry sinks"),
            (
                "Harbour Post: Ferry sinks off Selen",
                None,
                "Ferry sinks off Selen",
            ),
            (
                "Ferry sinks – a poem – by Ada Lindqvist",
                None,
                "Ferry sinks – a poem – by Ada Lindqvist",
            ),
        ];
        for (title, headline, expected) in cases {
            assert_eq!(without_site(title, None, url, headline).0, expected);
        }
        assert_eq!(
            site_of("https://www.harbourpost.co.uk/x"),
            Some("harbourpost")
        );
        assert_eq!(site_of("https://news.harbourpost.org"), Some("harbourpost"));
    }
}

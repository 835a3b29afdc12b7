//! In: an article's text and the page that it was taken from. Out: where the stretches of the text
//! stand in the page, in order. Refuses to search far: each paragraph is looked for from where the
//! last one ended, and what is not found is left out.

use model::SourceRun;

use super::scan::Ends;
use crate::says::title::is_invisible;

/// Characters of a paragraph by which it is found.
const KEY: usize = 24;
/// Bytes of words in the midst of a paragraph that are not in its text, at most: struck out, in small
/// above a character, a pop-up's.
const BREAK: usize = 600;
/// Bytes of the page that may be searched in vain, as a multiple of its length: keeps a page of
/// which nothing is found linear.
const BUDGET: usize = 6;
/// The named escapes that text holds; the others are rare enough to break a stretch.
const ENTITIES: [(&str, &str); 32] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("rdquo", "”"),
    ("ldquo", "“"),
    ("bdquo", "„"),
    ("sbquo", "‚"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bull", "•"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("euro", "€"),
    ("pound", "£"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("ccedil", "ç"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("szlig", "ß"),
    ("shy", "\u{ad}"),
];

/// A page's text without white space, and where each of its bytes stands.
struct Stripped {
    text: String,
    at: Vec<u32>,
}

/// Finds an article's text in its page.
pub(crate) fn runs(text: &str, page: &str) -> Vec<SourceRun> {
    if u32::try_from(page.len()).is_err() || text.is_empty() {
        return Vec::new();
    }
    let stripped = strip(page);
    let mut runs: Vec<SourceRun> = Vec::new();
    let (mut cursor, mut budget) = (0, stripped.text.len().saturating_mul(BUDGET));
    let mut start = 0;
    for paragraph in text.split_inclusive('\n') {
        // Where words stand in the page that are not in the text, the rest is looked for behind them.
        let mut rest = paragraph;
        while let Some(key) = key(rest, rest.len() < paragraph.len()) {
            let hay = stripped.text.get(cursor..).unwrap_or_default();
            let hay = if rest.len() < paragraph.len() {
                &hay[..hay.floor_char_boundary(BREAK)]
            } else {
                hay
            };
            if budget < hay.len() {
                break;
            }
            let Some(found) = hay.find(&key) else {
                budget -= hay.len();
                break;
            };
            budget -= found;
            let at = start + paragraph.len() - rest.len();
            let (end, read) = follow(rest, at, &stripped, cursor + found, &mut runs);
            (cursor, rest) = (end, &rest[read..]);
        }
        start += paragraph.len();
    }
    let bytes = page.as_bytes();
    runs.retain(|run| {
        let (text_at, page_at, len) = (run.text as usize, run.source as usize, run.len as usize);
        text.as_bytes().get(text_at..text_at + len) == bytes.get(page_at..page_at + len)
    });
    runs
}

/// The first characters of a text without white space; behind a break fewer do.
fn key(text: &str, broken: bool) -> Option<String> {
    let len = if broken { KEY / 2 } else { KEY };
    let letters = text.chars().filter(|c| !c.is_whitespace());
    let key: String = letters.take(len).collect();
    (!key.is_empty()).then_some(key)
}

/// Walks a paragraph and the page side by side from a place where both agree.
fn follow(
    paragraph: &str,
    start: usize,
    stripped: &Stripped,
    from: usize,
    runs: &mut Vec<SourceRun>,
) -> (usize, usize) {
    let mut at = from;
    for (offset, c) in paragraph.char_indices() {
        if c.is_whitespace() {
            continue;
        }
        let len = c.len_utf8();
        if stripped.text.as_bytes().get(at..at + len)
            != Some(&paragraph.as_bytes()[offset..offset + len])
        {
            return (at, offset);
        }
        let (text_at, page_at) = ((start + offset) as u32, stripped.at[at]);
        let whole = len == 1 || stripped.at[at + len - 1] == page_at + len as u32 - 1;
        match runs.last_mut() {
            Some(run)
                if whole
                    && text_at >= run.text + run.len
                    && text_at - (run.text + run.len) <= 1
                    && page_at >= run.source + run.len
                    && page_at - run.source == text_at - run.text =>
            {
                run.len = text_at + len as u32 - run.text;
            }
            _ if whole => runs.push(SourceRun {
                text: text_at,
                source: page_at,
                len: len as u32,
            }),
            _ => {}
        }
        at += len;
    }
    (at, paragraph.len())
}

/// The page's text: no tags, no scripts, escapes decoded, no white space.
fn strip(page: &str) -> Stripped {
    let mut stripped = Stripped {
        text: String::new(),
        at: Vec::new(),
    };
    let (mut at, mut skips) = (0, Skips::default());
    while at < page.len() {
        let rest = &page[at..];
        let Some(c) = rest.chars().next() else { break };
        if c == '<' {
            at = skips.behind(page, at).unwrap_or(at + 1);
        } else if c == '&'
            && let Some((decoded, len)) = escape(rest)
        {
            for byte_char in decoded
                .chars()
                .filter(|c| !c.is_whitespace() && !is_invisible(*c))
            {
                stripped.text.push(byte_char);
                // All bytes of a decoded character point at its escape: no run comes of them.
                stripped
                    .at
                    .extend(std::iter::repeat_n(at as u32, byte_char.len_utf8()));
            }
            at += len;
        } else {
            if !c.is_whitespace() && !is_invisible(c) {
                stripped.text.push(c);
                stripped
                    .at
                    .extend((0..c.len_utf8()).map(|byte| (at + byte) as u32));
            }
            at += c.len_utf8();
        }
    }
    stripped
}

/// What a page skips.
#[derive(Default)]
struct Skips {
    comments: Ends,
    tags: Ends,
    scripts: Ends,
    styles: Ends,
}

impl Skips {
    /// Where the page goes on behind the `<` at a place: behind a tag, a comment, a script with its
    /// content; `None` for a bare `<`.
    fn behind(&mut self, page: &str, at: usize) -> Option<usize> {
        let rest = &page[at..];
        if rest.starts_with("<!--") {
            let end = self.comments.find(page, at + 4, "-->");
            return Some(end.map_or(at + 4, |end| end + 3));
        }
        let after = rest[1..].trim_start_matches('/');
        if !after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            return None;
        }
        let Some(end) = self.tags.find(page, at, ">") else {
            return Some(page.len());
        };
        let is = |name: &str| {
            let tag = rest.get(1..1 + name.len());
            tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name))
        };
        let close = |ends: &mut Ends, name: &str| {
            let open = ends.closing(page, end, name);
            open.map_or(page.len(), |open| open + 2 + name.len())
        };
        Some(if is("script") {
            close(&mut self.scripts, "script")
        } else if is("style") {
            close(&mut self.styles, "style")
        } else {
            end + 1
        })
    }
}

/// The character of an escape and its length in bytes.
fn escape(rest: &str) -> Option<(String, usize)> {
    let body = rest.strip_prefix('&')?;
    let end = body.bytes().take(10).position(|b| b == b';')?;
    let name = body.get(..end)?;
    let decoded = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?.to_string()
    } else {
        ENTITIES
            .iter()
            .find(|(known, _)| *known == name)?
            .1
            .to_owned()
    };
    Some((decoded, end + 2))
}

/// A short piece of markup as plain text.
pub(crate) fn plain(markup: &str) -> String {
    let mut plain = String::with_capacity(markup.len());
    let (mut at, mut skips) = (0, Skips::default());
    while at < markup.len() {
        let rest = &markup[at..];
        let Some(c) = rest.chars().next() else { break };
        let tag = (c == '<').then(|| skips.behind(markup, at)).flatten();
        if let Some(behind) = tag {
            plain.push(' ');
            at = behind;
        } else if c == '&'
            && let Some((decoded, len)) = escape(rest)
        {
            plain.push_str(&decoded);
            at += len;
        } else {
            plain.push(c);
            at += c.len_utf8();
        }
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_lead_back() {
        let page = "<script>One two</script><p class='x'>One <b>two</b> caf\u{e9} &amp; bar.</p><p>Next  line.</p>";
        let text = "One two café & bar.\nNext line.\n";
        let runs = runs(text, page);
        assert!(!runs.is_empty());
        for run in &runs {
            let (t, s, len) = (run.text as usize, run.source as usize, run.len as usize);
            assert_eq!(&text[t..t + len], &page[s..s + len]);
        }
        let covered: u32 = runs.iter().map(|run| run.len).sum();
        assert!(covered >= 22, "{runs:?}");
        assert_eq!(plain("a &lt; <i>b</i> &#8217;"), "a <  b  ’");
    }
}

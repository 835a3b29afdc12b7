//! In: a page's markup. Out: the same without what no reader of articles needs (scripts, styles,
//! comments, pictures, what attributes say to programs) and within limits that bound the parser's time: nesting, tags, bytes. Refuses nothing:
//! what goes beyond a limit is left out and told.
//!
//! HTML parsers walk the stack of open elements for nearly every tag, so that a page of half a
//! million open `<div>`s would take them hours. One linear pass in front of them is the remedy.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::scan::Ends;

/// Elements open at once at most; deeper tags go, their text stays. Browsers stop at 512.
const DEPTH: usize = 256;
/// Bytes of markup without scripts: real pages of news have a tenth of it.
const BYTES: usize = 6 << 20;
/// Tags of a page. Real pages have a few thousand.
const TAGS: usize = 120_000;
/// Bytes of one tag with its attributes; more is inlined data.
const TAG_BYTES: usize = 16 << 10;

/// Attributes of one tag: parsers compare each with all before it.
const ATTRIBUTES: usize = 64;
/// Elements of [`FORMATS`] open at once: parsers open all of them anew in each paragraph.
const OPEN_FORMATS: usize = 24;
/// Bytes in which a quote is closed, and how many that are not a page may have before no quote is minded.
const QUOTE_BYTES: usize = 64 << 10;
const OPEN_QUOTES: usize = 32;

/// Elements whose content is dropped whole.
const DROPPED: [&str; 8] = [
    "script", "style", "svg", "math", "iframe", "object", "template", "noscript",
];
/// Elements that format text, which parsers open anew in each paragraph until they are closed.
const FORMATS: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements that hold nothing and say nothing.
const SILENT: [&str; 6] = ["img", "source", "track", "embed", "param", "wbr"];
/// What the names of attributes hold that pages made up to tell of the article.
static TOLD: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = [
        "date", "time", "publish", "utc", "epoch", "author", "byline", "title",
    ];
    AhoCorasick::new(words).expect("a short list of words")
});
/// Attributes for programs and pictures: half of a page's markup is such.
const MUTE: [&str; 24] = [
    "src",
    "srcset",
    "sizes",
    "alt",
    "width",
    "height",
    "target",
    "loading",
    "decoding",
    "tabindex",
    "jsaction",
    "jscontroller",
    "jsname",
    "xmlns",
    "viewbox",
    "placeholder",
    "cellpadding",
    "cellspacing",
    "border",
    "align",
    "valign",
    "bgcolor",
    "color",
    "frameborder",
];

/// Elements that close each other or hold nothing: they do not nest however many are opened.
const FLAT: [&str; 34] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot",
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "html", "head", "body", "path", "keygen", "frame", "rp", "rt",
];

/// A page that is safe to parse.
pub(crate) struct Guarded<'a> {
    /// Its markup.
    pub html: String,
    /// The contents of its `application/ld+json` scripts.
    pub json_ld: Vec<Cow<'a, str>>,
    /// The limits that it went beyond.
    pub limits: Vec<&'static str>,
}

/// Passes over a page once.
pub(crate) fn pass(page: &str) -> Guarded<'_> {
    let mut guarded = Guarded {
        html: String::with_capacity(page.len().min(BYTES)),
        json_ld: Vec::new(),
        limits: Vec::new(),
    };
    let (mut at, mut depth, mut tags) = (0, 0usize, 0usize);
    let (mut comments, mut declarations) = (Ends::default(), Ends::default());
    let mut closings: [Ends; DROPPED.len()] = Default::default();
    let mut formats = [0usize; FORMATS.len()];
    let mut quotes = Quotes::default();
    while let Some(open) = page[at..].find('<').map(|offset| at + offset) {
        guarded.html.push_str(&page[at..open]);
        if guarded.html.len() > BYTES {
            limit(&mut guarded.limits, "markup over 6 MiB");
            cut(&mut guarded.html);
            return guarded;
        }
        let rest = &page[open..];
        if rest.starts_with("<!--") {
            at = match comments.find(page, open + 4, "-->") {
                Some(end) => end + 3,
                // An open comment swallows the page in a browser too; a reader wants the rest.
                None => open + 4,
            };
            continue;
        }
        let Some((name, closing)) = tag_name(rest) else {
            // "<" in text, a doctype or a processing instruction.
            let declaration = rest.starts_with("<!") || rest.starts_with("<?");
            if declaration && let Some(end) = declarations.find(page, open, ">") {
                let end = end - open;
                if rest
                    .as_bytes()
                    .get(2)
                    .is_some_and(|b| b.eq_ignore_ascii_case(&b'd'))
                    && end < 512
                {
                    guarded.html.push_str(&rest[..=end]);
                }
                at = open + end + 1;
            } else {
                guarded.html.push_str("&lt;");
                at = open + 1;
            }
            continue;
        };
        let end = open + quotes.tag_end(rest);
        let lower = if name.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let lower = lower.as_ref();
        tags += 1;
        if tags > TAGS {
            limit(&mut guarded.limits, "more than 120,000 tags");
            return guarded;
        }
        if !closing && let Some(dropped) = DROPPED.iter().position(|name| *name == lower) {
            let self_closed = page[..end].ends_with("/>") && lower == "svg";
            let close = if self_closed {
                end
            } else {
                close_of(page, end, lower, &mut closings[dropped])
            };
            if lower == "script" && is_json_ld(&page[open..end]) {
                let inner = page[end..close]
                    .rsplit_once("</")
                    .map_or(&page[end..close], |(inner, _)| inner);
                guarded.json_ld.push(Cow::Borrowed(inner));
            }
            at = close;
            continue;
        }
        at = end;
        if SILENT.contains(&lower) {
            continue;
        }
        if end - open > TAG_BYTES {
            guarded.html.push('<');
            if closing {
                guarded.html.push('/');
            }
            guarded.html.push_str(lower);
            guarded.html.push('>');
            limit(&mut guarded.limits, "a tag over 16 KiB");
            continue;
        }
        if let Some(format) = FORMATS.iter().position(|name| *name == lower) {
            if closing {
                formats[format] = formats[format].saturating_sub(1);
            } else if formats.iter().sum::<usize>() >= OPEN_FORMATS {
                limit(
                    &mut guarded.limits,
                    "more than 24 elements of format open at once",
                );
                continue;
            } else {
                formats[format] += 1;
            }
        }
        let flat = FLAT.contains(&lower);
        if !flat && closing {
            let over = depth > DEPTH;
            depth = depth.saturating_sub(1);
            if over {
                continue;
            }
        } else if !flat {
            depth += 1;
            if depth > DEPTH {
                limit(&mut guarded.limits, "more than 256 nested elements");
                guarded.html.push(' ');
                continue;
            }
        }
        let attributes = open + 1 + usize::from(closing) + name.len();
        guarded.html.push_str(&page[open..attributes]);
        if !closing {
            write_attributes(&page[attributes..end], &mut guarded.html);
        }
        guarded.html.push_str(if closing { ">" } else { "" });
    }
    guarded.html.push_str(&page[at..]);
    if guarded.html.len() > BYTES {
        limit(&mut guarded.limits, "markup over 6 MiB");
        cut(&mut guarded.html);
    }
    guarded
}

/// Writes what stands between a tag's name and its end, but for what is mute.
fn write_attributes(rest: &str, html: &mut String) {
    let bytes = rest.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        let from = at;
        while bytes
            .get(at)
            .is_some_and(|b| b.is_ascii_whitespace() || *b == b'/')
        {
            at += 1;
        }
        let name = at;
        while bytes
            .get(at)
            .is_some_and(|b| !b.is_ascii_whitespace() && !b"=>/".contains(b))
        {
            at += 1;
        }
        let name = &rest[name..at];
        if name.is_empty() {
            // The tag's end, or nothing that one can name.
            html.push_str(&rest[from..]);
            return;
        }
        let mut value = "";
        if bytes.get(at) == Some(&b'=') {
            let quote = bytes.get(at + 1).copied().filter(|b| b"\"'".contains(b));
            let start = at + 1 + usize::from(quote.is_some());
            let ends = |b: &u8| match quote {
                Some(quote) => *b == quote,
                None => b.is_ascii_whitespace() || *b == b'>',
            };
            let Some(len) = bytes[start..].iter().position(ends) else {
                html.push_str(&rest[from..]);
                return;
            };
            value = &rest[start..start + len];
            at = start + len + usize::from(quote.is_some());
        }
        if !is_mute(name, value) && count < ATTRIBUTES {
            html.push_str(&rest[from..at]);
            count += 1;
        }
    }
}

/// Whether an attribute says nothing to a reader of articles.
fn is_mute(name: &str, value: &str) -> bool {
    if let Some(said) = name.strip_prefix("data-") {
        return !TOLD.is_match(said);
    }
    let shown = || !value.contains("none") && !value.contains("hidden");
    name.starts_with("on") || name == "style" && shown() || MUTE.contains(&name)
}

fn limit(limits: &mut Vec<&'static str>, what: &'static str) {
    if !limits.contains(&what) {
        limits.push(what);
    }
}

fn cut(html: &mut String) {
    let end = html.floor_char_boundary(BYTES);
    html.truncate(end);
}

/// The name of the tag that a text opens with, and whether it is a closing one.
fn tag_name(rest: &str) -> Option<(&str, bool)> {
    let after = rest.get(1..)?;
    let (after, closing) = after
        .strip_prefix('/')
        .map_or((after, false), |after| (after, true));
    let end = after
        .bytes()
        .take(64)
        .position(|b| b.is_ascii_whitespace() || b == b'>' || b == b'/')
        .unwrap_or(after.len().min(64));
    let name = after.get(..end)?;
    name.as_bytes()
        .first()
        .filter(|b| b.is_ascii_alphabetic())?;
    Some((name, closing))
}

/// The quotes of a page's tags.
#[derive(Default)]
struct Quotes {
    /// How many were never closed.
    open: usize,
}

impl Quotes {
    /// One past the `>` that ends the tag, quotes minded.
    fn tag_end(&mut self, rest: &str) -> usize {
        let bytes = rest.as_bytes();
        if self.open < OPEN_QUOTES {
            let mut quote = None;
            // A quote that is never closed would swallow the page: give up on it after a while.
            for (at, &byte) in bytes.iter().enumerate().skip(1).take(QUOTE_BYTES) {
                match quote {
                    Some(open) if byte == open => quote = None,
                    Some(_) => {}
                    None if byte == b'>' => return at + 1,
                    None if matches!(byte, b'"' | b'\'') && bytes.get(at - 1) == Some(&b'=') => {
                        quote = Some(byte);
                    }
                    None => {}
                }
            }
            self.open += 1;
        }
        // A tag that never ends ends with the page.
        rest.find('>').map_or(rest.len(), |at| at + 1)
    }
}

/// One past the closing tag of an element whose content is dropped.
fn close_of(page: &str, from: usize, name: &str, closings: &mut Ends) -> usize {
    match closings.closing(page, from, name) {
        Some(open) => page[open..]
            .find('>')
            .map_or(page.len(), |end| open + end + 1),
        // Never closed: a script swallows the rest, other elements only their tag.
        None if matches!(name, "script" | "style") => page.len(),
        None => from,
    }
}

fn is_json_ld(tag: &str) -> bool {
    tag.to_ascii_lowercase().contains("ld+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_do_not_need_goes() {
        let page = "<!doctype html><p>One<script>var x = '<p>';</script><!-- no --><style>p{}</style> two.";
        assert_eq!(pass(page).html, "<!doctype html><p>One two.");
        let page = "<script type='application/ld+json'>{\"a\": 1}</script><p title=\"a > b\">x";
        let guarded = pass(page);
        assert_eq!(guarded.json_ld, ["{\"a\": 1}"]);
        assert!(guarded.html.ends_with("<p title=\"a > b\">x"));
        let page = "<p data-x='1>2' class=a onclick=\"b()\" style='display:none' data-date=c src>x</P ><img src=y>";
        assert_eq!(
            pass(page).html,
            "<p class=a style='display:none' data-date=c>x</P>"
        );
        assert_eq!(pass("1 < 2 <").html, "1 &lt; 2 &lt;");
    }

    #[test]
    fn depth_is_bounded_and_text_stays() {
        let page = format!("{}words{}", "<div>".repeat(10_000), "</div>".repeat(10_000));
        let guarded = pass(&page);
        assert!(guarded.html.matches("<div>").count() <= DEPTH && guarded.html.contains("words"));
        assert_eq!(
            guarded.html.matches("<div>").count(),
            guarded.html.matches("</div>").count()
        );
        assert_eq!(guarded.limits.len(), 1);
    }
}

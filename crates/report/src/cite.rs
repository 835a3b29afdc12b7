//! In: an article, perhaps a passage of it, and when it was retrieved. Out: how it is cited, for people and for programs
//! that keep literature: CSL-JSON (citationstyles.org), RIS, BibTeX, Markdown with footnotes. Refuses to make up what the page does not say.
//!
//! News text is hostile: each style escapes it in its own way, and every value stands on one line.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::because::file_name;
use crate::clean::{one_line, quoted, shorten};
use crate::commonmark;
use crate::wire::{Article, Mention};

/// Words, and bytes, of a passage by which a browser finds it on its page.
const FRAGMENT_WORDS: usize = 8;
const FRAGMENT_BYTES: usize = 240;
/// Characters of a headline, and bytes of a passage, that are told in full.
const TITLE: usize = 300;
const PASSAGE: usize = 2_000;

/// How something is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A line for people.
    Text,
    /// The passages as Markdown, each with a footnote that says where it stands.
    Markdown,
    /// CSL-JSON: an array of items.
    Csl,
    /// RIS.
    Ris,
    /// BibTeX.
    Bibtex,
}

impl Style {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Bibtex,
        Self::Ris,
        Self::Csl,
        Self::Markdown,
        Self::Text,
    ];

    /// The style that a file's name ends with; `None` where there is none of that name.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.ending() == ending)
    }

    /// The style of a name; `None` where there is none of it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }

    /// What the name of a file in it ends with.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Csl => "json",
            Self::Ris => "ris",
            Self::Bibtex => "bib",
        }
    }

    /// What programs call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Csl => "csl-json",
            Self::Ris => "ris",
            Self::Bibtex => "bibtex",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Csl => "CSL-JSON",
            Self::Ris => "RIS",
            Self::Bibtex => "BibTeX",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Csl => "application/vnd.citationstyles.csl+json",
            Self::Ris => "application/x-research-info-systems",
            Self::Bibtex => "application/x-bibtex",
        }
    }
}

/// What is cited.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'a> {
    /// The article.
    pub article: &'a Article,
    /// The words of it that are cited, where they are.
    pub passage: Option<&'a Mention>,
    /// When it was fetched, an RFC 3339 instant, where that is known.
    pub retrieved: Option<&'a str>,
}

/// Some articles, or passages of them, cited. Several passages of one article are told apart by the numbers behind its
/// id.
pub fn cite<'a>(all: impl IntoIterator<Item = Cited<'a>>, style: Style) -> String {
    let mut ids = HashSet::new();
    let all = all.into_iter().map(|one| {
        let id = &one.article.id;
        let mut own = id.clone();
        let mut number = 1;
        while !ids.insert(own.clone()) {
            number += 1;
            own = format!("{id}-{number}");
        }
        (one, own)
    });
    match style {
        Style::Text => all.map(|(one, _)| one.text() + "\n").collect(),
        Style::Markdown => {
            let (lines, notes): (Vec<_>, Vec<_>) = all.map(|(one, id)| one.markdown(&id)).unzip();
            match lines.is_empty() {
                true => String::new(),
                false => format!("{}\n{}", lines.concat(), notes.concat()),
            }
        }
        Style::Ris => all.map(|(one, id)| one.ris(id)).collect(),
        Style::Bibtex => all.map(|(one, id)| one.bibtex(&id)).collect(),
        Style::Csl => {
            let items: Vec<Value> = all.map(|(one, id)| one.csl(&id)).collect();
            serde_json::to_string_pretty(&items).unwrap_or_default() + "\n"
        }
    }
}

/// An address at which a browser shows these words of its page (WICG Scroll To Text Fragment); `None` where it is none of
/// the web.
pub fn at_words(url: &str, words: &str) -> Option<String> {
    let web = url.starts_with("https://") || url.starts_with("http://");
    let plain = url.split('#').next()?;
    let words = &words[..words.floor_char_boundary(FRAGMENT_BYTES)];
    let first: Vec<&str> = words.split_whitespace().take(FRAGMENT_WORDS).collect();
    let fragment = crate::site::escape(&first.join(" ")).replace('-', "%2D");
    (web && !plain.contains(char::is_whitespace)).then(|| match fragment.is_empty() {
        true => plain.to_owned(),
        false => format!("{plain}#:~:text={fragment}"),
    })
}

/// An article's headline, outlet and day, on one line.
pub fn source(article: &Article) -> String {
    Cited {
        article,
        passage: None,
        retrieved: None,
    }
    .source()
}

impl Cited<'_> {
    fn source(&self) -> String {
        let about = [
            self.title(),
            Some(self.outlet()),
            self.day().map(str::to_owned),
        ];
        about.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn title(&self) -> Option<String> {
        let title = self.article.title.as_deref()?;
        Some(shorten(&one_line(title), TITLE).into_owned())
    }

    fn outlet(&self) -> String {
        let outlet = self.article.outlet.as_deref().map(str::trim);
        let outlet = outlet.filter(|name| !name.is_empty());
        let outlet = outlet.unwrap_or_else(|| file_name(&self.article.path));
        shorten(&one_line(outlet), TITLE).into_owned()
    }

    fn day(&self) -> Option<&str> {
        self.article
            .published
            .as_deref()
            .and_then(|at| at.get(..10))
    }

    fn retrieved(&self) -> Option<&str> {
        self.retrieved.and_then(|at| at.get(..10))
    }

    fn words(&self) -> Option<String> {
        let words = one_line(&self.passage?.text);
        Some(words[..words.floor_char_boundary(PASSAGE)].to_owned())
    }

    fn url(&self) -> Option<String> {
        let url = self.article.url.as_deref()?;
        match self.passage {
            Some(passage) => at_words(url, &passage.text),
            None => at_words(url, ""),
        }
    }

    fn hash(&self) -> String {
        format!("SHA-256 {}", self.article.sha256)
    }

    fn text(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.words().map(|words| quoted(&words).into_owned()));
        parts.push(self.source());
        parts.extend(self.url());
        parts.extend(self.retrieved().map(|day| format!("retrieved {day}")));
        parts.push(self.hash());
        parts.join(" · ")
    }

    /// The words, or else the headline, as an item of a list with a mark, and the footnote that the mark leads to.
    fn markdown(&self, id: &str) -> (String, String) {
        let words = match self.words() {
            Some(words) => quoted(&words).into_owned(),
            None => self.title().unwrap_or_else(|| self.outlet()),
        };
        let mark = label(id);
        let mut parts = vec![commonmark::escape(&self.source())];
        parts.extend(self.url().map(|url| commonmark::address(&url)));
        parts.extend(self.retrieved().map(|day| format!("retrieved {day}")));
        parts.push(self.hash());
        (
            format!("- {}[^{mark}]\n", commonmark::escape(&words)),
            format!("[^{mark}]: {}\n", parts.join(" · ")),
        )
    }

    fn csl(&self, id: &str) -> Value {
        let date = |day: &str| {
            let parts: Vec<u32> = day
                .split('-')
                .filter_map(|part| part.parse().ok())
                .collect();
            json!({ "date-parts": [parts] })
        };
        let mut item = Map::new();
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                item.insert(key.to_owned(), value);
            }
        };
        put("id", Some(json!(id)));
        put("type", Some(json!("article-newspaper")));
        put("title", self.title().map(Value::from));
        put("container-title", Some(json!(self.outlet())));
        let authors: Vec<Value> = self
            .article
            .authors
            .iter()
            .map(|author| json!({ "literal": one_line(author) }))
            .collect();
        put("author", (!authors.is_empty()).then(|| json!(authors)));
        put("issued", self.day().map(date));
        put("accessed", self.retrieved().map(date));
        put("URL", self.url().map(Value::from));
        put("language", self.article.language.clone().map(Value::from));
        put("annote", self.words().map(Value::from));
        put("note", Some(json!(self.hash())));
        Value::Object(item)
    }

    fn ris(&self, id: String) -> String {
        let mut out = String::from("TY  - NEWS\r\n");
        let mut put = |tag: &str, value: Option<String>| {
            if let Some(value) = value {
                out.push_str(&format!("{tag}  - {}\r\n", one_line(&value)));
            }
        };
        put("ID", Some(id));
        put("TI", self.title());
        put("T2", Some(self.outlet()));
        for author in &self.article.authors {
            put("AU", Some(author.clone()));
        }
        put(
            "PY",
            self.day().and_then(|day| day.get(..4)).map(str::to_owned),
        );
        put("DA", self.day().map(|day| day.replace('-', "/")));
        put("UR", self.url());
        put("Y2", self.retrieved().map(|day| day.replace('-', "/")));
        put("LA", self.article.language.clone());
        put("N2", self.words());
        put("N1", Some(self.hash()));
        out.push_str("ER  - \r\n\r\n");
        out
    }

    fn bibtex(&self, id: &str) -> String {
        let mut out = format!("@misc{{{},\n", label(id));
        let mut put = |field: &str, value: Option<String>| {
            if let Some(value) = value {
                out.push_str(&format!("  {field} = {{{value}}},\n"));
            }
        };
        let plain = |value: String| tex(&one_line(&value));
        put("title", self.title().map(plain));
        // A name is one name, whatever stands in it.
        let authors = self.article.authors.iter();
        let authors: Vec<String> = authors
            .map(|author| format!("{{{}}}", plain(author.clone())))
            .collect();
        put(
            "author",
            (!authors.is_empty()).then(|| authors.join(" and ")),
        );
        put("howpublished", Some(plain(self.outlet())));
        put(
            "year",
            self.day().and_then(|day| day.get(..4)).map(str::to_owned),
        );
        put("date", self.day().map(str::to_owned));
        put("urldate", self.retrieved().map(str::to_owned));
        put("annote", self.words().map(plain));
        put("note", Some(self.hash()));
        if let Some(url) = self.url() {
            // An address is escaped already; what could end the field is not in one.
            let url: String = url
                .chars()
                .filter(|c| c.is_ascii_graphic() && !"{}\\".contains(*c))
                .collect();
            out.push_str(&format!("  url = {{{url}}},\n"));
        }
        out.push_str("}\n\n");
        out
    }
}

/// An id as a mark of a footnote and a key of BibTeX may be.
fn label(id: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || "-_:.".contains(*c);
    let label: String = id.chars().filter(plain).collect();
    match label.is_empty() {
        true => "article".to_owned(),
        false => label,
    }
}

/// A value as TeX reads it: no command and no group in it.
fn tex(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '#' | '&' | '$' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn article() -> Article {
        Article {
            id: "a-1".into(),
            path: "pier.html".into(),
            url: Some("https://harbour.example/pier?x=1#top".into()),
            sha256: "ab".repeat(32),
            outlet: Some("Harbour & Coast".into()),
            title: Some("Pier {closed}\nTY  - BOOK".into()),
            authors: vec!["Ada Lindqvist and Sons".into()],
            published: Some("2026-03-02T10:00:00Z".into()),
            modified: None,
            section: None,
            keywords: Vec::new(),
            free: None,
            found_in: BTreeMap::new(),
            language: Some("en".into()),
            genre: None,
            text: "The pier is closed.".into(),
            credits: Vec::new(),
            warnings: Vec::new(),
            signs: Vec::new(),
            blocks: Vec::new(),
            captions: Vec::new(),
            reviews: Vec::new(),
            damage: None,
        }
    }

    fn cited(style: Style) -> String {
        let article = article();
        let passage = Mention {
            article: "a-1".into(),
            start: 0,
            end: 18,
            text: "The pier is closed".into(),
        };
        cite(
            [Cited {
                article: &article,
                passage: Some(&passage),
                retrieved: Some("2026-03-05T12:00:00Z"),
            }],
            style,
        )
    }

    #[test]
    fn a_passage_is_cited_with_all_that_is_known() {
        let text = cited(Style::Text);
        let line = "“The pier is closed” · Pier {closed} TY - BOOK, Harbour & Coast, 2026-03-02 · https://harbour.example/pier?x=1#:~:text=The%20pier%20is%20closed · retrieved 2026-03-05 · SHA-256 abab";
        assert!(text.starts_with(line), "{text}");
        let csl: Value = serde_json::from_str(&cited(Style::Csl)).expect("JSON");
        assert_eq!(csl[0]["issued"]["date-parts"][0], json!([2026, 3, 2]));
        assert_eq!(csl[0]["author"][0]["literal"], "Ada Lindqvist and Sons");
    }

    #[test]
    fn passages_of_one_article_are_told_apart() {
        let article = article();
        let passage = |start, end, text: &str| Mention {
            article: "a-1".into(),
            start,
            end,
            text: text.into(),
        };
        let both = [passage(0, 8, "The pier"), passage(9, 18, "is [closed]")];
        let told = |style| {
            let all = both.iter().map(|passage| Cited {
                article: &article,
                passage: Some(passage),
                retrieved: None,
            });
            cite(all, style)
        };
        let csl: Value = serde_json::from_str(&told(Style::Csl)).expect("JSON");
        assert_eq!(
            (&csl[0]["id"], &csl[1]["id"]),
            (&json!("a-1"), &json!("a-1-2"))
        );
        assert!(told(Style::Bibtex).contains("@misc{a-1-2,"));
        assert!(told(Style::Ris).contains("ID  - a-1-2\r\n"));
        let markdown = told(Style::Markdown);
        let lines: Vec<&str> = markdown.lines().collect();
        assert_eq!(
            lines[..3],
            ["- “The pier”[^a-1]", "- “is \\[closed\\]”[^a-1-2]", ""]
        );
        assert!(
            lines[4].starts_with(
                "[^a-1-2]: Pier \\{closed\\} TY - BOOK, Harbour \\& Coast, 2026-03-02 · <https://"
            ),
            "{markdown}"
        );
        assert_eq!(cite([], Style::Markdown), "");
    }

    #[test]
    fn news_text_can_neither_begin_a_record_nor_end_one() {
        let ris = cited(Style::Ris);
        assert_eq!(
            ris.lines()
                .filter(|line| line.starts_with("TY  - "))
                .count(),
            1,
            "{ris}"
        );
        let bibtex = cited(Style::Bibtex);
        assert!(
            bibtex.contains("title = {Pier \\{closed\\} TY - BOOK},"),
            "{bibtex}"
        );
        assert!(
            bibtex.contains("author = {{Ada Lindqvist and Sons}},"),
            "{bibtex}"
        );
        assert!(
            bibtex.contains("howpublished = {Harbour \\& Coast},"),
            "{bibtex}"
        );
    }
}

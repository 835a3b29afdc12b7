//! In: an article, perhaps a passage of it, and when it was retrieved. Out: how it is cited, for people and for programs
//! that keep literature: CSL-JSON (citationstyles.org), RIS, BibTeX. Refuses to make up what the page does not say.
//!
//! News text is hostile: each style escapes it in its own way, and every value stands on one line.

use serde_json::{Map, Value, json};

use crate::because::file_name;
use crate::clean::{one_line, shorten};
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
    /// CSL-JSON: an array of items.
    Csl,
    /// RIS.
    Ris,
    /// BibTeX.
    Bibtex,
}

impl Style {
    /// The style that a file's name ends with; `None` where there is none of that name.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "txt" => Some(Self::Text),
            "json" => Some(Self::Csl),
            "ris" => Some(Self::Ris),
            "bib" => Some(Self::Bibtex),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
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

/// Some articles, cited.
pub fn cite<'a>(all: impl IntoIterator<Item = Cited<'a>>, style: Style) -> String {
    let all = all.into_iter();
    match style {
        Style::Text => all.map(|one| one.text() + "\n").collect(),
        Style::Ris => all.map(|one| one.ris()).collect(),
        Style::Bibtex => all.map(|one| one.bibtex()).collect(),
        Style::Csl => {
            let items: Vec<Value> = all.map(|one| one.csl()).collect();
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
        parts.extend(
            self.words()
                .map(|words| crate::clean::quoted(&words).into_owned()),
        );
        parts.push(self.source());
        parts.extend(self.url());
        parts.extend(self.retrieved().map(|day| format!("retrieved {day}")));
        parts.push(self.hash());
        parts.join(" · ")
    }

    fn csl(&self) -> Value {
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
        put("id", Some(json!(self.article.id)));
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

    fn ris(&self) -> String {
        let mut out = String::from("TY  - NEWS\r\n");
        let mut put = |tag: &str, value: Option<String>| {
            if let Some(value) = value {
                out.push_str(&format!("{tag}  - {}\r\n", one_line(&value)));
            }
        };
        put("ID", Some(self.article.id.clone()));
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

    fn bibtex(&self) -> String {
        let key: String = self
            .article
            .id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
            .collect();
        let mut out = format!(
            "@misc{{{},\n",
            if key.is_empty() { "article" } else { &key }
        );
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

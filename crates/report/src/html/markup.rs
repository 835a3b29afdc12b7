//! In: fixed markup and news text. Out: HTML in which the text can only ever be text. Markup must
//! be `'static`, so nothing that came from a page can be written without being escaped.

use crate::clean::{is_inert, missing};

/// HTML being written.
#[derive(Default)]
pub struct Html(String);

impl Html {
    /// What was written.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Markup of ours.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Markup that another writer made.
    pub fn part(&mut self, part: Html) -> &mut Self {
        self.0.push_str(&part.0);
        self
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape(text, &mut self.0);
        self
    }

    /// A passage, escaped, with what it lacks at its ends as the program's own marks.
    pub fn passage(&mut self, text: &str) -> &mut Self {
        self.passage_in(["", text, ""])
    }

    /// The same in three: what stands before the words that matter and behind them is paler.
    pub fn passage_in(&mut self, parts: [&str; 3]) -> &mut Self {
        let (before, after) = missing(&parts.concat());
        let mark = |html: &mut Self, mark: &'static str| {
            if !mark.is_empty() {
                html.raw("<span class=\"gap\">").raw(mark).raw("</span>");
            }
        };
        mark(self, before);
        let [ahead, words, behind] = parts;
        for (part, pale) in [(ahead, true), (words, false), (behind, true)] {
            // A full stop needs no paint of its own.
            if pale && part.contains(char::is_alphanumeric) {
                self.raw("<span class=\"beside\">")
                    .text(part)
                    .raw("</span>");
            } else {
                self.text(part);
            }
        }
        mark(self, after);
        self
    }

    /// A number.
    pub fn number(&mut self, number: usize) -> &mut Self {
        self.0.push_str(&number.to_string());
        self
    }

    /// An attribute with its leading space; the value is escaped.
    pub fn attr(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        escape(value, &mut self.0);
        self.0.push('"');
        self
    }
}

/// Writes text that is neither markup, nor the end of an attribute, nor a control.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_inert(c) => out.push(c),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            // Marks of direction and other invisible characters: every block of text has its own
            // direction here (`dir="auto"`), so nothing is lost without them.
            _ => {}
        }
    }
}

/// An address that a link may lead to: the web's own, nothing that runs.
pub fn link(url: &str) -> Option<&str> {
    let url = url.trim();
    let scheme = url.split_once("://")?.0;
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    (web && !url.contains(|c: char| c.is_whitespace() || c.is_control())).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_only_text() {
        let mut html = Html::default();
        html.raw("<p")
            .attr("title", "a\"b'c")
            .raw(">")
            .text("<script>&\u{1b}\u{202e}é")
            .raw("</p>");
        let expected = "<p title=\"a&quot;b&#39;c\">&lt;script&gt;&amp;\u{fffd}é</p>";
        assert_eq!(html.into_string(), expected);
    }

    #[test]
    fn links_lead_to_the_web_alone() {
        assert_eq!(
            link(" https://a.example/x?y=1 "),
            Some("https://a.example/x?y=1")
        );
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/x",
            "java\nscript://x",
            "//a.example",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }
}

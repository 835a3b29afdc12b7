//! What each kind of hook takes. In: what is told. Out: its body. News text is hostile: a passage is text in each of them,
//! and pings nobody.

use crossread::report::{one_line, shorten};
use serde_json::{Value, json};

use crate::bulletin::{Bulletin, Item};

/// Pieces of news in one message, and letters of a passage in it.
const ITEMS: usize = 20;
const LETTERS: usize = 400;
/// Most that they take: Discord in UTF-16 units, ntfy in bytes, the others in letters.
const DISCORD: usize = 2_000;
const NTFY: usize = 3_800;
const SLACK: usize = 30_000;
const MATTERMOST: usize = 12_000;
const TEAMS: usize = 18_000;
/// Kept free for what says how much is left out.
const REST: usize = 60;

/// A message as lines, each piece of news together; what does not fit is counted.
fn lines(
    told: &Bulletin,
    text: &dyn Fn(&str) -> String,
    most: usize,
    size: &dyn Fn(&str) -> usize,
) -> String {
    let name = shorten(&told.name, LETTERS);
    let mut out = format!("{}: {}", told.of, text(&one_line(&name)));
    if let Some(link) = &told.link {
        out.push('\n');
        out.push_str(link);
    }
    let mut shown = 0;
    for item in told.items.iter().take(ITEMS) {
        let block = block(item, text);
        if size(&out) + size(&block) + REST > most {
            break;
        }
        out.push_str(&block);
        shown += 1;
    }
    if shown < told.items.len() {
        out.push_str(&format!("\n\n… and {} more", told.items.len() - shown));
    }
    out
}

/// A piece of news: its label, its passages with who says them, where it is shown.
fn block(item: &Item, text: &dyn Fn(&str) -> String) -> String {
    let mut out = format!("\n\n{}", item.news.label());
    for passage in &item.news.passages {
        let words = passage.words();
        let words = text(&shorten(&words, LETTERS));
        out.push_str(&format!("\n{words} — {}", text(&passage.by())));
        // An address is shown where it is one of the web, and can be nothing else.
        if let Some(url) = passage.url.as_deref().and_then(web) {
            out.push_str(&format!(" {url}"));
        }
    }
    if item.news.more > 0 {
        out.push_str(&format!("\n… and {} more", item.news.more));
    }
    if let Some(link) = &item.link {
        out.push_str(&format!("\n{link}"));
    }
    out
}

/// An address of the web as every form takes it: no letter of it means anything to them.
fn web(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let web = matches!(url.scheme(), "http" | "https");
    let text = url.as_str();
    let escaped = text
        .replace('@', "%40")
        .replace('|', "%7C")
        .replace('*', "%2A");
    let escaped = escaped
        .replace('(', "%28")
        .replace(')', "%29")
        .replace('~', "%7E");
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '\\');
    (web && escaped.chars().all(plain)).then_some(escaped)
}

/// What stands behind an `@` is nobody's name: a mark of no width parts them.
fn nobody(text: &str) -> String {
    text.replace('@', "@\u{200b}")
}

/// Slack decodes three entities alone, and with `mrkdwn` off no other sign means anything.
pub fn slack(told: &Bulletin) -> Value {
    let text = |text: &str| {
        let text = nobody(text).replace('&', "&amp;");
        text.replace('<', "&lt;").replace('>', "&gt;")
    };
    let size = |text: &str| text.chars().count();
    json!({
        "text": lines(told, &text, SLACK, &size),
        "mrkdwn": false, "link_names": false, "unfurl_links": false, "unfurl_media": false,
    })
}

/// Signs of Markdown, each with a backslash before it.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | '\'' | '"' | '?' | ';' | '%' | '/')
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

pub fn mattermost(told: &Bulletin) -> Value {
    let text = |text: &str| {
        // An entity is decoded where a backslash stands before no sign of its own.
        let text = bare(&nobody(text)).replace("\\&", "&amp;");
        text.replace("\\<", "&lt;").replace("\\>", "&gt;")
    };
    let size = |text: &str| text.chars().count();
    json!({ "text": lines(told, &text, MATTERMOST, &size) })
}

pub fn discord(told: &Bulletin) -> Value {
    /// No pictures of what links lead to.
    const NO_EMBEDS: u32 = 4;
    let text = |text: &str| bare(&nobody(text));
    let size = |text: &str| text.encode_utf16().count();
    let mut content = lines(told, &text, DISCORD, &size);
    // A headline alone may be longer.
    while size(&content) > DISCORD {
        content.pop();
    }
    json!({ "content": content, "allowed_mentions": { "parse": [] }, "flags": NO_EMBEDS })
}

/// An Adaptive Card in the envelope that workflows take. Runs of text are text: they know no Markdown.
pub fn teams(told: &Bulletin) -> Value {
    let run = |text: &str| json!({ "type": "TextRun", "text": text });
    let led = |text: &str, url: &str| {
        json!({
            "type": "TextRun", "text": text,
            "selectAction": { "type": "Action.OpenUrl", "url": url },
        })
    };
    let block = |inlines: Vec<Value>| json!({ "type": "RichTextBlock", "inlines": inlines });
    let name = shorten(&told.name, LETTERS);
    let head = format!("{}: {}", told.of, one_line(&name));
    let mut body = vec![block(vec![match &told.link {
        Some(link) => led(&head, link),
        None => run(&head),
    }])];
    let (mut size, mut shown) = (head.len(), 0);
    for item in told.items.iter().take(ITEMS) {
        let label = item.news.label();
        let mut part = vec![block(vec![match &item.link {
            Some(link) => led(&label, link),
            None => run(&label),
        }])];
        for passage in &item.news.passages {
            let words = passage.words();
            let words = format!("{} — {}", shorten(&words, LETTERS), passage.by());
            part.push(block(vec![match passage.url.as_deref().and_then(web) {
                Some(url) => led(&words, &url),
                None => run(&words),
            }]));
        }
        if item.news.more > 0 {
            part.push(block(vec![run(&format!("… and {} more", item.news.more))]));
        }
        size += part
            .iter()
            .map(|part| part.to_string().len())
            .sum::<usize>();
        if size > TEAMS {
            break;
        }
        body.extend(part);
        shown += 1;
    }
    if shown < told.items.len() {
        let left = format!("… and {} more", told.items.len() - shown);
        body.push(block(vec![run(&left)]));
    }
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard", "version": "1.4", "body": body,
            },
        }],
    })
}

/// ntfy takes JSON at its root, which names the topic: the last part of the hook's address.
pub fn ntfy(hook: &str, told: &Bulletin) -> (String, Value) {
    let address = hook.split(['?', '#']).next().unwrap_or_default();
    let address = address.trim_end_matches('/');
    let (root, topic) = address.rsplit_once('/').unwrap_or((address, ""));
    let plain = |text: &str| text.to_owned();
    let size = |text: &str| text.len();
    let mut body = json!({
        "topic": topic,
        "title": shorten(&one_line(&told.name), LETTERS),
        "message": lines(told, &plain, NTFY, &size),
        "tags": ["newspaper"],
    });
    if let Some(link) = &told.link {
        body["click"] = json!(link);
    }
    (format!("{root}/"), body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossread::report::news::{Kind, News, Passage};

    fn told(words: &str, items: usize) -> Bulletin {
        let news = News {
            kind: Kind::Said,
            key: "q1".to_owned(),
            stands: None,
            passages: vec![Passage {
                text: words.to_owned(),
                speaker: Some("Ada <b>Lorne</b>".to_owned()),
                outlet: "Bote & Co".to_owned(),
                day: Some("2023-03-18".to_owned()),
                url: Some("https://bote.example/a_b?x=1&y=(2)".to_owned()),
                ..Passage::default()
            }],
            more: 0,
        };
        let link = Some("https://desk.example/stories/s-1/q1".to_owned());
        Bulletin {
            of: "Story",
            name: "A bridge @here fell".to_owned(),
            link: Some("https://desk.example/stories/s-1".to_owned()),
            items: vec![Item { news, link }; items],
            value: json!({}),
        }
    }

    const HOSTILE: &str =
        "<!channel> @channel *all* <https://evil.example|click> [x](https://evil.example) & `so`";

    #[test]
    fn slack_has_no_mention_and_no_markup() {
        let body = slack(&told(HOSTILE, 1));
        let text = body["text"].as_str().expect("text");
        assert!(!text.contains('<') && !text.contains('>'), "{text}");
        assert!(
            !text.contains("@channel") && !text.contains("@here"),
            "{text}"
        );
        assert!(
            text.contains("&lt;!channel&gt;") && text.contains("Bote &amp; Co"),
            "{text}"
        );
        assert!(
            text.contains("https://desk.example/stories/s-1/q1"),
            "{text}"
        );
        assert_eq!(
            (&body["mrkdwn"], &body["link_names"]),
            (&json!(false), &json!(false))
        );
    }

    #[test]
    fn mattermost_has_no_mention_and_no_markup() {
        let body = mattermost(&told(HOSTILE, 1));
        let text = body["text"].as_str().expect("text");
        assert!(
            !text.contains("@channel") && !text.contains("@here"),
            "{text}"
        );
        assert!(
            text.contains("\\*all\\*") && text.contains("\\[x\\]\\("),
            "{text}"
        );
        assert!(!text.contains('<') && text.contains("&lt;"), "{text}");
        // An address is left as it leads.
        assert!(
            text.contains("https://bote.example/a_b?x=1&y=%282%29"),
            "{text}"
        );
    }

    #[test]
    fn discord_pings_nobody_and_keeps_to_its_length() {
        let body = discord(&told(HOSTILE, 1));
        assert_eq!(body["allowed_mentions"], json!({ "parse": [] }));
        let text = body["content"].as_str().expect("text");
        assert!(
            text.contains("\\*all\\*") && text.contains("\\`so\\`"),
            "{text}"
        );
        for words in ["ä😀".repeat(3_000), "word ".repeat(900)] {
            let body = discord(&told(&words, 90));
            let text = body["content"].as_str().expect("text");
            assert!(text.encode_utf16().count() <= DISCORD);
            assert!(text.contains("… and ") && text.ends_with(" more"), "{text}");
        }
    }

    #[test]
    fn teams_takes_a_card_of_plain_text() {
        let body = teams(&told(HOSTILE, 1));
        assert_eq!(body["type"], "message");
        let attached = &body["attachments"][0];
        assert_eq!(
            attached["contentType"],
            "application/vnd.microsoft.card.adaptive"
        );
        let card = &attached["content"];
        assert_eq!(card["type"], "AdaptiveCard");
        let blocks = card["body"].as_array().expect("blocks");
        assert!(blocks.iter().all(|block| block["type"] == "RichTextBlock"));
        let words = &blocks[2]["inlines"][0];
        assert!(words["text"].as_str().expect("text").contains(HOSTILE));
        assert_eq!(words["selectAction"]["type"], "Action.OpenUrl");
        let long = teams(&told(&"word ".repeat(500), 90)).to_string();
        assert!(
            long.len() < 28_000 && long.contains("… and "),
            "{}",
            long.len()
        );
    }

    #[test]
    fn ntfy_is_told_its_topic() {
        let (root, body) = ntfy("https://ntfy.sh/bridges?x=1", &told(HOSTILE, 90));
        assert_eq!(
            (root.as_str(), &body["topic"]),
            ("https://ntfy.sh/", &json!("bridges"))
        );
        assert_eq!(body["click"], "https://desk.example/stories/s-1");
        assert!(body["message"].as_str().expect("text").len() < 4_096);
    }

    #[test]
    fn an_address_that_is_none_is_not_shown() {
        assert_eq!(web("javascript:alert(1)"), None);
        assert_eq!(web("no address"), None);
        assert_eq!(
            web("https://a.example/@all").as_deref(),
            Some("https://a.example/%40all")
        );
    }
}

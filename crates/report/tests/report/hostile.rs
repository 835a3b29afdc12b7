//! News text is hostile input. Whatever a page holds, no format lets it drive a terminal, become
//! markup, load anything, or break the report's own structure.

use model::{
    ArticleIx, BriefSentence, ClaimReview, ComparedStory, Credit, Damage, DamageKind, Document,
    Findings, Mention, NonEmpty, Provenance, Rating, Sign, SignKind, SkipReason, Skipped, Warning,
};
use report::TextOptions;
use unicode_width::UnicodeWidthStr;

use crate::fixture::{article, bare, findings};

/// Things that a page can hold to do harm.
pub const HOSTILE: &str = "<script>alert(1)</script> ]]> --> <img src=x onerror=alert(2)> \" ' onmouseover=\"x\" \
     </style></title><base href=https://evil.example/> &lt;b&gt; \u{1b}[31;5mred\u{1b}[0m \u{1b}]0;title\u{7} \u{9b}2J \
     \u{202e}drawkcab\u{2066} a\u{0}b\u{7f}\u{8} ![x](https://evil.example/x.png) [y](javascript:alert(3)) \
     `code` *bold* | cell \u{2028} \u{feff} 𝒳 {{x}} ${y}";

/// Two articles about the same, every string of them hostile.
pub fn attack(words: &str) -> Findings {
    let text = format!("{words}\n{words} again\n\n{words} and again\n");
    let mut documents = Vec::new();
    for id in ["one", "two"] {
        let mut page = article(id, words, Some(words), Some(words), &text);
        page.url = Some(format!("javascript:{words}"));
        page.language = Some(words.into());
        page.authors = vec![words.into()];
        page.credits = vec![Credit {
            name: words.into(),
            line: words.into(),
        }];
        page.signs = vec![Sign {
            kind: SignKind::SourceLink,
            line: words.into(),
        }];
        page.warnings = vec![Warning::Limit { what: words.into() }];
        page.about.reviews = vec![ClaimReview {
            claim: words.into(),
            by: vec![words.into()],
            by_url: Some(words.into()),
            url: Some(format!("javascript:{words}")),
            published: None,
            rating: Rating {
                name: Some(words.into()),
                value: Some(words.into()),
                best: Some(words.into()),
                worst: Some(words.into()),
            },
            claimants: vec![words.into()],
            claimed: None,
            appearances: vec![words.into()],
            found: Provenance::Property,
        }];
        documents.push(Document::new(page));
    }
    let story = fixture_story(&documents);
    for doc in &mut documents {
        let first = doc
            .article
            .text
            .span(0..doc.article.text.as_str().find('\n').unwrap())
            .unwrap();
        doc.damage = vec![Damage {
            span: first,
            repair: Some(words.into()),
            kind: DamageKind::Filter,
        }];
    }
    let skipped = vec![Skipped {
        path: words.into(),
        reason: SkipReason::BadRecord(words.into()),
    }];
    Findings {
        documents,
        skipped,
        stories: vec![story],
    }
}

/// The fixture's story put upon the two articles: each of its mentions becomes all of a text, the
/// first line of it, or a stretch that crosses its paragraphs.
fn fixture_story(documents: &[Document]) -> ComparedStory {
    let mut story = bare("s-<b>", &[0, 1], documents);
    let model = findings().stories.remove(0);
    let text = &documents[0].article.text;
    let line = text.as_str().find('\n').unwrap();
    let spans = [
        0..text.len(),
        0..line,
        text.as_str().rfind("again").unwrap()..text.len() - 1,
    ]
    .map(|range| text.span(range).unwrap());
    let put = |mention: &mut Mention| {
        mention.span = spans[mention.span.start() % 3];
        mention.article = ArticleIx::new(mention.article.at() % 2);
    };
    let put_all = |mentions: &mut NonEmpty<Mention>| {
        let mut list = mentions.to_vec();
        list.iter_mut().for_each(put);
        *mentions = NonEmpty::new(list).unwrap();
    };
    story.story.names = model.story.names;
    for name in &mut story.story.names {
        put(&mut name.clearest);
        put_all(&mut name.mentions);
        name.roles.iter_mut().for_each(put);
    }
    story.story.copies = model.story.copies;
    for copy in &mut story.story.copies {
        (copy.a, copy.b) = (ArticleIx::new(0), ArticleIx::new(1));
        let mut passages = copy.passages.to_vec();
        for passage in &mut passages {
            put(&mut passage.a);
            put(&mut passage.b);
        }
        copy.passages = NonEmpty::new(passages).unwrap();
        for reason in &mut copy.because {
            reason.words = Some(text.as_str().to_owned());
        }
    }
    story.comparison = model.comparison;
    let comparison = &mut story.comparison;
    for check in &mut comparison.checks {
        check.article = ArticleIx::new(check.article.at() % 2);
    }
    for quote in &mut comparison.quotes {
        quote.speaker_text.iter_mut().for_each(put);
        let mut readings = quote.readings.to_vec();
        for reading in &mut readings {
            put(&mut reading.mention);
            put_all(&mut reading.parts);
            reading.source.iter_mut().for_each(put);
        }
        quote.readings = NonEmpty::new(readings).unwrap();
        quote
            .differences
            .iter_mut()
            .flat_map(|d| d.sides.iter_mut().flatten())
            .for_each(put);
    }
    for claim in &mut comparison.claims {
        let mut readings = claim.readings.to_vec();
        readings
            .iter_mut()
            .for_each(|reading| put(&mut reading.mention));
        claim.readings = NonEmpty::new(readings).unwrap();
    }
    for dispute in &mut comparison.disputes {
        put_all(&mut dispute.question);
    }
    comparison.disputes.clear();
    for event in &mut comparison.timeline {
        put_all(&mut event.mentions);
    }
    comparison.wording.clear();
    for sentence in &mut comparison.brief {
        put(&mut sentence.mention);
        sentence.also.iter_mut().for_each(put);
    }
    story
}

/// Characters that do something other than show themselves.
fn acts(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn text(findings: &Findings, width: usize, colour: bool) -> String {
    report::text(&report::assemble(findings), TextOptions { width, colour })
}

#[test]
fn text_for_the_terminal_is_inert_and_fits() {
    let findings = attack(HOSTILE);
    for width in [80, 32, 20] {
        is_inert_and_fits(&text(&findings, width, false), width);
    }
    // With colour, the only sequences are the program's own, each undone.
    let mut coloured = text(&findings, 80, true);
    for code in ["1;4", "1;36", "1", "2", "32", "33", "31", "34", "0"] {
        coloured = coloured.replace(&format!("\u{1b}[{code}m"), "");
    }
    assert_eq!(coloured, text(&findings, 80, false));
}

fn is_inert_and_fits(text: &str, width: usize) {
    assert!(!text.contains(acts), "{text:?}");
    for line in text.lines() {
        assert!(line.width() <= width, "{width}: {line:?}");
    }
}

#[test]
fn a_line_of_a_megabyte_is_no_more_than_a_long_line() {
    for unit in ["x", "words and ", "日", "<"] {
        let words = unit.repeat(1_000_000 / unit.len());
        let page = article(
            "one",
            &words,
            Some(&words),
            Some(&words),
            &format!("{words}\n"),
        );
        let documents = vec![Document::new(page)];
        let mut story = bare("s", &[0], &documents);
        let all = documents[0].article.blocks[0].span;
        story.comparison.brief = vec![BriefSentence {
            mention: Mention {
                article: ArticleIx::new(0),
                span: all,
            },
            also: vec![],
            claims: vec![],
        }];
        let findings = Findings {
            documents,
            skipped: vec![],
            stories: vec![story],
        };
        let written = text(&findings, 80, false);
        is_inert_and_fits(&written, 80);
        assert!(written.len() < 10_000_000);
        let markdown = report::markdown(&report::assemble(&findings));
        assert!(markdown.len() > words.len() && markdown.len() < 10_000_000);
        page_is_ours(&report::html(&report::assemble(&findings)));
        assert!(report::json(&report::assemble(&findings)).len() > 3_000_000);
    }
}

#[test]
fn lines_and_reports_of_json_are_inert() {
    let findings = attack(HOSTILE);
    let stories: Vec<_> = findings.stories.iter().map(|s| s.story.clone()).collect();
    let mut all = vec![
        report::json(&report::assemble(&findings)),
        report::group_lines(&findings.documents, &stories, &[], report::Level::Story),
    ];
    all.extend(findings.documents.iter().map(report::document_line));
    all.extend(
        findings
            .documents
            .iter()
            .map(|doc| report::article_line(&doc.article)),
    );
    for json in &all {
        assert!(!json.contains(acts), "{json:?}");
    }
    let value: serde_json::Value = serde_json::from_str(&all[0]).unwrap();
    assert!(
        value["articles"][0]["text"]
            .as_str()
            .unwrap()
            .starts_with(HOSTILE)
    );
}

#[test]
fn markdown_is_inert() {
    let markdown = report::markdown(&report::assemble(&attack(HOSTILE)));
    assert!(!markdown.contains(acts));
    // The program's own footnotes: a mark, and at a line's start what it marks.
    let markdown = without_notes(&markdown);
    let letters: Vec<char> = markdown.chars().collect();
    for (at, c) in letters.iter().enumerate() {
        if matches!(c, '<' | '`' | '[' | ']') {
            assert_eq!(
                letters[at - 1],
                '\\',
                "{:?}",
                letters[at..].iter().take(40).collect::<String>()
            );
        }
    }
    assert!(!markdown.contains("](") || markdown.contains("\\]("));
    assert!(!markdown.contains("https://"));
}

/// Markdown without the marks of footnotes, whose names are letters, digits and hyphens.
fn without_notes(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some(at) = rest.find("[^") {
        out.push_str(&rest[..at]);
        let name = &rest[at + 2..];
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let end = end.expect("a mark ends");
        assert!(name[end..].starts_with(']') && end > 0, "{}", &name[..end]);
        rest = &name[end + 1..];
    }
    out + rest
}

/// A tag of the page: its name and attributes; `None` for the text in between.
struct Tag<'h> {
    closes: bool,
    name: &'h str,
    attributes: Vec<(&'h str, &'h str)>,
}

/// Reads the page's tags strictly: attribute values in double quotes, nothing else. What a browser
/// would read otherwise does not pass.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = html.strip_prefix("<!doctype html>").expect("a doctype");
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let closes = rest.starts_with('/');
        rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap();
        let (name, mut after) = rest.split_at(end);
        let mut attributes = Vec::new();
        while let Some(attribute) = after.strip_prefix(' ') {
            let end = attribute
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
                .unwrap();
            let (key, value) = attribute.split_at(end);
            if let Some(value) = value.strip_prefix("=\"") {
                let end = value.find('"').unwrap();
                attributes.push((key, &value[..end]));
                after = &value[end + 1..];
            } else {
                attributes.push((key, ""));
                after = value;
            }
        }
        after = after.strip_prefix('/').unwrap_or(after);
        rest = after
            .strip_prefix('>')
            .unwrap_or_else(|| panic!("tag {name} at {:.60}", after));
        tags.push(Tag {
            closes,
            name,
            attributes,
        });
        if !closes && (name == "style" || name == "script") {
            rest = &rest[rest.find("</").unwrap()..];
        }
    }
    tags
}

/// The page is made of these elements and attributes alone; none of them loads anything.
fn page_is_ours(html: &str) {
    const ELEMENTS: &str = " html head meta title style script body a header p button main nav h1 h2 h3 \
        h4 ol ul li section span b i strong div table thead tbody tr th td fieldset legend label input \
        article details summary dl dt dd blockquote figure figcaption mark time svg rect defs marker path line text \
        circle aside footer ";
    const ATTRIBUTES: &str = " lang charset name content http-equiv class id href hidden type role \
        tabindex scope colspan title data-outlet data-of data-url data-cite data-sha256 aria-label aria-labelledby aria-hidden aria-current open \
        checked value rel dir datetime width height viewBox preserveAspectRatio x y x1 x2 y1 y2 cx cy r d \
        refX refY markerWidth markerHeight orient marker-end text-anchor ";
    let mut open: Vec<&str> = Vec::new();
    for tag in tags(html) {
        assert!(
            ELEMENTS.contains(&format!(" {} ", tag.name)),
            "element {}",
            tag.name
        );
        for (key, value) in &tag.attributes {
            assert!(ATTRIBUTES.contains(&format!(" {key} ")), "attribute {key}");
            if *key == "href" {
                let inside = value.starts_with('#');
                let outside = value.starts_with("https://") || value.starts_with("http://");
                assert!(inside || (outside && tag.name == "a"), "{value}");
            }
        }
        match (tag.closes, tag.name) {
            (_, "meta" | "input" | "rect") => {}
            (false, name) => open.push(name),
            (true, name) => assert_eq!(open.pop(), Some(name)),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn html_is_ours_alone() {
    let long = "<".repeat(300_000);
    for findings in [
        findings(),
        attack(HOSTILE),
        attack(&long),
        Findings::default(),
    ] {
        let html = report::html(&report::assemble(&findings));
        assert!(!html.contains(acts));
        page_is_ours(&html);
        let head = html.split("</head>").next().unwrap();
        assert!(head.contains("default-src &#39;none&#39;"));
        assert_eq!(html.matches("<script").count(), 1);
        assert_eq!(html.matches("<style").count(), 1);
    }
}

#[test]
fn every_link_into_the_page_arrives() {
    for findings in [findings(), attack(HOSTILE)] {
        let html = report::html(&report::assemble(&findings));
        let all = tags(&html);
        let of = |wanted: &str| -> Vec<&str> {
            let attributes = all.iter().flat_map(|tag| &tag.attributes);
            attributes
                .filter(|(key, _)| *key == wanted)
                .map(|(_, value)| *value)
                .collect()
        };
        let ids = of("id");
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "an id stands twice");
        for link in of("href").iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(ids.contains(&link), "#{link} leads nowhere");
        }
    }
}

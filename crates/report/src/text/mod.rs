//! In: the wire report. Out: the report for a person at a terminal, who has a minute a story: per
//! story the brief, what is disputed, what is corroborated, what has one origin, what only one
//! outlet has, quotes, copies, timeline and names; what could not be read stands at the end. Lists
//! are cut to what a reader wants first, and say so.

mod paper;
mod story;

use crate::clean::one_line;
use crate::view::{View, count, outlet_and_genre};
use crate::wire::Report;
pub use paper::{Paper, Style};
pub use story::{difference_word, dispute_word, telling, verdict_word};

/// How the terminal report is laid out.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// Columns.
    pub width: usize,
    /// Whether colour and emphasis are written.
    pub colour: bool,
}

/// Characters of the words that stand for an unnamed speaker.
pub const SPEAKER: usize = 80;
/// Stories written in full; a reader of more wants the HTML file.
const FULL_STORIES: usize = 10;
/// Stories and skipped inputs listed by one line each.
const LISTED: usize = 25;

/// Writes the report.
pub fn report(report: &Report, options: TextOptions) -> String {
    let view = View::new(report);
    let mut paper = Paper::new(options.width, options.colour);
    let (many, single) = view.stories();
    summary(&view, &mut paper);
    for story in many.iter().take(FULL_STORIES) {
        paper.gap();
        story::write(&view, story, &mut paper);
    }
    list(
        &mut paper,
        "MORE STORIES",
        many.iter().skip(FULL_STORIES).map(|story| {
            let outlets = view.outlets_of(story.articles.iter().map(String::as_str));
            let articles = count(story.articles.len(), "article");
            (
                one_line(&story.title).into_owned(),
                format!("{articles}, {}", outlets.join(", ")),
            )
        }),
    );
    list(
        &mut paper,
        "ALONE WITH THEIR STORY",
        single.iter().filter_map(|story| {
            let article = view.article(story.articles.first()?)?;
            let day = article.published.as_deref().and_then(|day| day.get(..10));
            let from = day.map_or_else(
                || outlet_and_genre(article),
                |day| format!("{}, {day}", outlet_and_genre(article)),
            );
            Some((one_line(&story.title).into_owned(), from))
        }),
    );
    list(
        &mut paper,
        "NOT READ",
        report.skipped.iter().map(|skip| {
            (
                one_line(&skip.path).into_owned(),
                one_line(&skip.reason).into_owned(),
            )
        }),
    );
    paper.into_string()
}

/// One line that says how much was read.
fn summary(view: &View<'_>, paper: &mut Paper) {
    let report = view.report;
    let mut line = count(report.articles.len(), "article");
    let stories = report.stories.len();
    if stories > 0 {
        line.push_str(" in ");
        line.push_str(&if stories == 1 {
            "1 story".into()
        } else {
            format!("{stories} stories")
        });
    }
    if !report.skipped.is_empty() {
        line.push_str(&format!(
            ", {} not read (listed below)",
            report.skipped.len()
        ));
    }
    paper.line(0, &[(Style::Faint, &line)]);
}

/// A heading with a line for each entry: what it is, and where it is from.
fn list(paper: &mut Paper, heading: &str, entries: impl Iterator<Item = (String, String)>) {
    let entries: Vec<_> = entries.collect();
    if entries.is_empty() {
        return;
    }
    paper.gap();
    paper.line(
        0,
        &[
            (Style::Heading, heading),
            (Style::Faint, &format!(" {}", entries.len())),
        ],
    );
    for (what, note) in entries.iter().take(LISTED) {
        paper.item(
            2,
            (Style::Faint, "–"),
            &[(Style::Plain, what), (Style::Faint, &format!(" ({note})"))],
        );
    }
    more(paper, 2, entries.len(), LISTED);
}

/// Says how many entries were cut, if any.
fn more(paper: &mut Paper, indent: usize, all: usize, shown: usize) {
    if all > shown {
        let line = format!("… and {} more (--format html or json)", all - shown);
        paper.line(indent, &[(Style::Faint, &line)]);
    }
}

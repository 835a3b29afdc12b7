//! In: one piece of work and a number of articles. Out: how long it took and the most memory that
//! the process held. Only the work named is timed; what it needs is made before.

use std::time::Instant;

use anyhow::{Context, Result};
use engine::model::Article;
use engine::{Engine, Input, Options, Silent};
use serde::{Deserialize, Serialize};

use crate::documents::{Given, article, in_order, published};
use crate::generate::{Page, news, one_story};

/// The seed of the generated news.
const SEED: u64 = 20_260_101;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Work {
    /// HTML to articles.
    Page,
    /// Articles to documents.
    Annotate,
    /// Documents to stories.
    Group,
    /// Stories to comparisons.
    Compare,
    /// Text to annotation and stories: what the first bar is set for.
    Text,
    /// HTML to comparisons.
    Whole,
    /// One story of many articles to its comparison.
    Story,
}

impl Work {
    /// What is measured at every size: the text's flow once (its stages apart), then the pages'.
    pub const STAGES: [Work; 2] = [Work::Text, Work::Whole];

    /// As on the command line and in the table.
    pub fn name(self) -> &'static str {
        match self {
            Work::Page => "page",
            Work::Annotate => "annotate",
            Work::Group => "group",
            Work::Compare => "compare",
            Work::Text => "text",
            Work::Whole => "whole",
            Work::Story => "story",
        }
    }

    /// By its name.
    pub fn by_name(name: &str) -> Option<Work> {
        [Work::Text, Work::Whole, Work::Story]
            .into_iter()
            .find(|work| work.name() == name)
    }
}

/// A piece of work.
pub struct Job {
    /// What.
    pub work: Work,
    /// On how many articles.
    pub articles: usize,
}

/// What a piece of work took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// What.
    pub work: Work,
    /// On how many articles.
    pub articles: usize,
    /// How long.
    pub seconds: f64,
    /// The most memory that the process had held when it was done, in megabytes; 0 where the
    /// system does not tell.
    pub megabytes: f64,
}

/// Does a job in this process.
pub fn run(job: &Job, threads: Option<usize>) -> Result<Vec<Measured>> {
    let engine = Engine::new(Options {
        threads,
        ..Options::default()
    })
    .context("the engine does not start")?;
    let mut clock = Clock {
        articles: job.articles,
        began: Instant::now(),
        all: Vec::new(),
    };
    match job.work {
        Work::Story => {
            let articles = articles(one_story(job.articles, SEED));
            let docs = engine.annotate(articles, &Silent);
            let stories = engine.group(&docs, &Silent);
            clock.start();
            let compared = engine.compare(&docs, stories, &Silent);
            clock.stop(Work::Story);
            anyhow::ensure!(
                !compared.is_empty(),
                "no story came out of {} articles",
                job.articles
            );
        }
        Work::Whole => {
            // The pages are made one by one while they are read, as from a disk: their bytes are
            // not held, and the generator's own time is taken off.
            let pages = news(job.articles, SEED);
            clock.start();
            let html = pages
                .iter()
                .map(Page::html)
                .map(|html| html.len())
                .sum::<usize>();
            let generating = clock.began.elapsed().as_secs_f64();
            anyhow::ensure!(html > 0, "no page was made");
            let inputs = pages.into_iter().map(|page| {
                Ok(Input {
                    path: format!("{}.html", page.id),
                    bytes: page.html().into_bytes(),
                })
            });
            clock.start();
            let (articles, _) = engine.articles(inputs, &Silent);
            clock.stop(Work::Page);
            if let Some(page) = clock.all.last_mut() {
                page.seconds = (page.seconds - generating).max(1e-9);
            }
            clock.start();
            let docs = engine.annotate(articles, &Silent);
            let stories = engine.group(&docs, &Silent);
            let compared = engine.compare(&docs, stories, &Silent);
            clock.stop(Work::Whole);
            anyhow::ensure!(
                !compared.is_empty(),
                "no story came out of {} pages",
                job.articles
            );
            let page = clock.all.first().map_or(0.0, |page| page.seconds);
            if let Some(whole) = clock.all.last_mut() {
                whole.seconds += page;
            }
        }
        _ => {
            let articles = articles(news(job.articles, SEED));
            clock.start();
            let docs = engine.annotate(articles, &Silent);
            clock.stop(Work::Annotate);
            clock.start();
            let stories = engine.group(&docs, &Silent);
            clock.stop(Work::Group);
            let seconds = clock.all.iter().map(|one| one.seconds).sum();
            let megabytes = peak_megabytes();
            let articles = job.articles;
            clock.all.push(Measured {
                work: Work::Text,
                articles,
                seconds,
                megabytes,
            });
            clock.start();
            let compared = engine.compare(&docs, stories, &Silent);
            clock.stop(Work::Compare);
            anyhow::ensure!(
                !compared.is_empty(),
                "no story came out of {articles} articles"
            );
        }
    }
    Ok(clock.all)
}

/// Times the pieces of a job.
struct Clock {
    articles: usize,
    began: Instant,
    all: Vec<Measured>,
}

impl Clock {
    fn start(&mut self) {
        self.began = Instant::now();
    }

    fn stop(&mut self, work: Work) {
        let seconds = self.began.elapsed().as_secs_f64().max(1e-9);
        let megabytes = peak_megabytes();
        self.all.push(Measured {
            work,
            articles: self.articles,
            seconds,
            megabytes,
        });
    }
}

fn articles(pages: Vec<Page>) -> Vec<Article> {
    let mut articles: Vec<Article> = pages
        .into_iter()
        .map(|page| {
            article(Given {
                text: page.text(),
                published: published(&page.published),
                id: page.id,
                title: Some(page.title),
                outlet: Some(page.outlet),
                language: "en".to_owned(),
            })
        })
        .collect();
    in_order(&mut articles);
    articles
}

/// The most memory that this process has held, as Linux tells it.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_measured() {
        let run = |work| run(&Job { work, articles: 12 }, Some(1)).unwrap();
        let names = |all: &[Measured]| all.iter().map(|one| one.work.name()).collect::<Vec<_>>();
        assert_eq!(
            names(&run(Work::Text)),
            ["annotate", "group", "text", "compare"]
        );
        assert_eq!(names(&run(Work::Whole)), ["page", "whole"]);
        assert_eq!(names(&run(Work::Story)), ["story"]);
    }
}

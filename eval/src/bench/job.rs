//! In: one piece of work and a number of articles. Out: how long it took and the most memory that
//! the process held. Only the work named is timed; what it needs is made before.

use std::time::Instant;

use anyhow::{Context, Result};
use crossread::model::{Article, Genre, Warning};
use crossread::{Align, Engine, Grouper, Input, Options, Settings, Silent};
use serde::{Deserialize, Serialize};

use crate::documents::{Given, article, in_order, published};
use crate::generate::{A_DAY, Page, Stream, news, one_story};

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
    /// One story of many articles to its comparison, by words alone.
    Story,
    /// The same with the encoder.
    Encoded,
    /// Text to stories and near-copies as they come, ten thousand articles a day.
    Stream,
    /// The first tenth of that stream, behind what fills it, and the last tenth.
    First,
    /// See `First`.
    Last,
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
            Work::Encoded => "encoded",
            Work::Stream => "stream",
            Work::First => "first",
            Work::Last => "last",
        }
    }

    /// By its name.
    pub fn by_name(name: &str) -> Option<Work> {
        [
            Work::Text,
            Work::Whole,
            Work::Story,
            Work::Encoded,
            Work::Stream,
        ]
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
    /// How much of the processors' time; 0 where the system does not tell. On a machine that
    /// others use too this is the steadier figure.
    pub cpu_seconds: f64,
    /// The most memory that the process had held when it was done, in megabytes; 0 where the
    /// system does not tell.
    pub megabytes: f64,
}

/// Does a job in this process.
pub fn run(job: &Job, threads: Option<usize>) -> Result<Vec<Measured>> {
    let engine = Engine::new(Options {
        threads,
        align: match job.work {
            Work::Encoded => Align::Encoder,
            _ => Align::Words,
        },
        ..Options::default()
    })
    .context("the engine does not start")?;
    let mut clock = Clock {
        articles: job.articles,
        began: Instant::now(),
        cpu: 0.0,
        all: Vec::new(),
    };
    match job.work {
        Work::Story | Work::Encoded => {
            let articles = articles(one_story(job.articles, SEED));
            let docs = engine.annotate(articles, &Silent);
            let stories = engine.group(&docs, &Silent);
            clock.start();
            let compared = engine.compare(&docs, stories, &Silent);
            clock.stop(job.work);
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
            let generating = (
                clock.began.elapsed().as_secs_f64(),
                cpu_seconds() - clock.cpu,
            );
            anyhow::ensure!(html > 0, "no page was made");
            let inputs = pages.into_iter().map(|page| {
                Ok(Input {
                    path: format!("{}.html", page.id),
                    bytes: page.html().into_bytes(),
                    ..Input::default()
                })
            });
            clock.start();
            let (articles, _) = engine.articles(inputs, &Silent);
            clock.stop(Work::Page);
            if let Some(page) = clock.all.last_mut() {
                page.seconds = (page.seconds - generating.0).max(1e-9);
                page.cpu_seconds = (page.cpu_seconds - generating.1).max(0.0);
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
            if let [page, whole] = &mut clock.all[..] {
                whole.seconds += page.seconds;
                whole.cpu_seconds += page.cpu_seconds;
            }
        }
        Work::Stream => stream(&engine, job.articles, &mut clock)?,
        _ => {
            let articles = articles(news(job.articles, SEED));
            clock.start();
            let docs = engine.annotate(articles, &Silent);
            clock.stop(Work::Annotate);
            clock.start();
            let stories = engine.group(&docs, &Silent);
            clock.stop(Work::Group);
            let sum = |of: fn(&Measured) -> f64| clock.all.iter().map(of).sum();
            let text = Measured {
                work: Work::Text,
                articles: job.articles,
                seconds: sum(|one| one.seconds),
                cpu_seconds: sum(|one| one.cpu_seconds),
                megabytes: peak_megabytes(),
            };
            clock.all.push(text);
            clock.start();
            let compared = engine.compare(&docs, stories, &Silent);
            clock.stop(Work::Compare);
            anyhow::ensure!(
                !compared.is_empty(),
                "no story came out of {} articles",
                job.articles
            );
        }
    }
    Ok(clock.all)
}

/// Articles that come at once in a stream.
const AT_ONCE: usize = 10_000;

/// Days of silence after which the stream's stories close.
const SILENCE: i32 = 3;

/// Of so many hundredths of a stream it is filled: an empty one has nothing to compare with.
const FILLED: usize = 20;

/// A stream of articles, placed as they come. Only the placing is timed.
fn stream(engine: &Engine, count: usize, clock: &mut Clock) -> Result<()> {
    let mut news = Stream::new(SEED, A_DAY);
    let mut grouper = Grouper::new(Settings::default());
    let (mut seconds, mut cpu) = (0.0, 0.0);
    let mut parts: Vec<(f64, f64)> = Vec::new();
    let mut copies = 0;
    for from in (0..count).step_by(AT_ONCE) {
        let pages = news.by_ref().take(AT_ONCE.min(count - from));
        let articles: Vec<Article> = pages.map(of_page).collect();
        clock.start();
        let (placed, _) = engine.place(&mut grouper, &articles, &[]);
        grouper.close(SILENCE, 0);
        let part = (
            clock.began.elapsed().as_secs_f64(),
            cpu_seconds() - clock.cpu,
        );
        copies += placed
            .iter()
            .filter(|placed| placed.repeats.is_some())
            .count();
        parts.push(part);
        seconds += part.0;
        cpu += part.1;
    }
    anyhow::ensure!(copies > 0, "no copy was found in {count} articles");
    let mut note = |work, articles, (seconds, cpu_seconds)| {
        clock.all.push(Measured {
            work,
            articles,
            seconds,
            cpu_seconds,
            megabytes: peak_megabytes(),
        });
    };
    note(Work::Stream, count, (seconds, cpu));
    let tenth = parts.len() / 10;
    if tenth > 0 {
        let sum = |parts: &[(f64, f64)]| {
            let add = |sum: (f64, f64), part: &(f64, f64)| (sum.0 + part.0, sum.1 + part.1);
            parts.iter().fold((0.0, 0.0), add)
        };
        let from = parts.len() * FILLED / 100;
        note(
            Work::First,
            tenth * AT_ONCE,
            sum(&parts[from..from + tenth]),
        );
        note(
            Work::Last,
            tenth * AT_ONCE,
            sum(&parts[parts.len() - tenth..]),
        );
    }
    Ok(())
}

/// Times the pieces of a job.
struct Clock {
    articles: usize,
    began: Instant,
    cpu: f64,
    all: Vec<Measured>,
}

impl Clock {
    fn start(&mut self) {
        self.cpu = cpu_seconds();
        self.began = Instant::now();
    }

    fn stop(&mut self, work: Work) {
        let seconds = self.began.elapsed().as_secs_f64().max(1e-9);
        let cpu_seconds = cpu_seconds() - self.cpu;
        let (articles, megabytes) = (self.articles, peak_megabytes());
        self.all.push(Measured {
            work,
            articles,
            seconds,
            cpu_seconds,
            megabytes,
        });
    }
}

fn articles(pages: Vec<Page>) -> Vec<Article> {
    let mut articles: Vec<Article> = pages.into_iter().map(of_page).collect();
    in_order(&mut articles);
    articles
}

/// The article of a generated page, as if it had been read.
pub fn of_page(page: Page) -> Article {
    let round_up = page.is_round_up();
    let mut article = article(Given {
        text: page.text(),
        published: published(&page.published),
        id: page.id,
        title: Some(page.title),
        outlet: Some(page.outlet),
        language: "en".to_owned(),
    });
    if round_up {
        article.warnings.push(Warning::Genre {
            genre: Genre::RoundUp,
            says: article.title.clone().unwrap_or_default(),
        });
    }
    article
}

/// The processors' time that this process has used, as Linux tells it: in hundredths.
pub(super) fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name stands in brackets and may hold anything; user and system time are the
    // 12th and 13th fields behind it.
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(11)
        .take(2);
    fields
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
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

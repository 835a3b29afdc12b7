//! In: what was measured. Out: a table (articles a second, memory, growth), and the bars that are
//! missed.

use std::fmt::Write as _;

use super::{GROWTH_BAR, LAST_BAR, MEMORY_BAR, Measured, STORY_BARS, STREAM_BAR, TEXT_BAR, Work};

/// The table.
pub fn table(all: &[Measured]) -> String {
    let mut out = format!(
        "{:<9} {:>9} {:>9} {:>12} {:>9} {:>9}  growth\n",
        "stage", "articles", "seconds", "articles/s", "CPU s", "peak MB"
    );
    let order = [
        Work::Page,
        Work::Annotate,
        Work::Group,
        Work::Text,
        Work::Compare,
        Work::Whole,
        Work::Story,
        Work::Encoded,
        Work::Stream,
        Work::First,
        Work::Last,
    ];
    for work in order {
        let rows: Vec<&Measured> = all.iter().filter(|one| one.work == work).collect();
        for (at, row) in rows.iter().enumerate() {
            let growth = at
                .checked_sub(1)
                .map(|before| {
                    let times = row.seconds / rows[before].seconds;
                    format!(
                        "{times:.1} x for {} x",
                        row.articles / rows[before].articles.max(1)
                    )
                })
                .unwrap_or_default();
            let line = format!(
                "{:<9} {:>9} {:>9.2} {:>12.0} {:>9.2} {:>9.0}  {growth}",
                work.name(),
                row.articles,
                row.seconds,
                row.articles as f64 / row.seconds,
                row.cpu_seconds,
                row.megabytes
            );
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    out
}

/// The bars that are missed, in words.
pub fn missed(all: &[Measured]) -> Vec<String> {
    let mut missed = Vec::new();
    let mut texts: Vec<&Measured> = all.iter().filter(|one| one.work == Work::Text).collect();
    texts.sort_by_key(|one| one.articles);
    for one in &texts {
        let speed = one.articles as f64 / one.seconds;
        if speed < TEXT_BAR {
            missed.push(format!(
                "text to stories and annotation: {speed:.0} articles a second at {}, the bar is {TEXT_BAR:.0}",
                one.articles
            ));
        }
    }
    for work in [Work::Text, Work::Page, Work::Compare, Work::Whole] {
        let mut rows: Vec<&Measured> = all.iter().filter(|one| one.work == work).collect();
        rows.sort_by_key(|one| one.articles);
        for pair in rows.windows(2) {
            let (times, bar) = (
                pair[1].seconds / pair[0].seconds,
                GROWTH_BAR * pair[1].articles as f64 / (10.0 * pair[0].articles as f64),
            );
            // Below ten thousand articles what is done once still shows.
            if pair[0].articles >= 10_000 && times > bar {
                missed.push(format!(
                    "{}: {times:.1} times the time for {} instead of {} articles, the bar is {bar:.0}",
                    work.name(),
                    pair[1].articles,
                    pair[0].articles
                ));
            }
        }
    }
    for one in all.iter().filter(|one| one.work == Work::Stream) {
        let speed = one.articles as f64 / one.seconds;
        if speed < STREAM_BAR {
            missed.push(format!(
                "text to stories as a stream: {speed:.0} articles a second, the bar is {STREAM_BAR:.0}"
            ));
        }
        if one.megabytes > MEMORY_BAR {
            missed.push(format!(
                "the stream held {:.0} MB, the bar is {MEMORY_BAR:.0}",
                one.megabytes
            ));
        }
    }
    let part = |work| {
        all.iter()
            .find(|one| one.work == work)
            .map(|one| one.seconds)
    };
    if let (Some(first), Some(last)) = (part(Work::First), part(Work::Last))
        && last > LAST_BAR * first
    {
        missed.push(format!(
            "the stream's last articles took {:.1} times as long as its first, the bar is {LAST_BAR}",
            last / first
        ));
    }
    for (articles, words, encoded) in STORY_BARS {
        for (work, bar) in [(Work::Story, words), (Work::Encoded, encoded)] {
            let of = |one: &&Measured| one.work == work && one.articles == articles;
            if let Some(one) = all.iter().find(of).filter(|one| one.seconds > bar) {
                missed.push(format!(
                    "one story of {articles} articles, {}: {:.2} s, the bar is {bar} s",
                    work.name(),
                    one.seconds
                ));
            }
        }
    }
    missed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(work: Work, articles: usize, seconds: f64) -> Measured {
        Measured {
            work,
            articles,
            seconds,
            cpu_seconds: seconds,
            megabytes: 10.0,
        }
    }

    #[test]
    fn bars_are_for_speed_growth_and_the_single_story() {
        let good = [
            one(Work::Text, 10_000, 10.0),
            one(Work::Text, 100_000, 110.0),
            one(Work::Story, 50, 0.9),
        ];
        assert!(missed(&good).is_empty());
        let bad = [
            one(Work::Text, 10_000, 25.0),
            one(Work::Text, 100_000, 400.0),
            one(Work::Story, 50, 1.1),
        ];
        assert_eq!(missed(&bad).len(), 4);
    }

    #[test]
    fn growth_stands_beside_the_larger_number() {
        let table = table(&[one(Work::Group, 1000, 1.0), one(Work::Group, 10_000, 11.0)]);
        assert!(table.contains("11.0 x for 10 x"));
    }
}

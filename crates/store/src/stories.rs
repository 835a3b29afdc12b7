//! In: a story's number or id, or a filter. Out: what the store has of stories: their rows, reports and
//! history, and the names across them.

use rusqlite::{Row, params_from_iter, types::Value};
use serde::{Deserialize, Serialize};

use crate::search::expression;
use crate::{Error, Reader, unpack};

/// What a story's report brings into the store.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// Its headline.
    pub title: String,
    /// The id of the story that it goes on from.
    pub earlier: Option<String>,
    /// The least and the most origins of its best attested claim.
    pub origins: Option<(u32, u32)>,
    /// How many claims are corroborated.
    pub corroborated: u32,
    /// How many disputes there are.
    pub disputes: u32,
    /// The versions that it was made of: article id, number.
    pub made_of: Vec<(String, u32)>,
    /// The story of the JSON report, packed.
    pub report: Vec<u8>,
    /// Its names.
    pub names: Vec<NameRow>,
    /// Its utterances: local id, the local id of a name that they are given to, by how many readings.
    pub quotes: Vec<(String, String, u32)>,
    /// Its copies: local id, both articles, kind, direction.
    pub copies: Vec<(String, String, String, String, String)>,
}

/// A name in a story.
#[derive(Clone, Debug)]
pub struct NameRow {
    /// Its id in the story's report.
    pub local: String,
    /// person, organisation, place, other.
    pub kind: String,
    /// Its clearest spelling.
    pub name: String,
    /// What makes it the same as one of another story.
    pub key: String,
    /// How often it is mentioned.
    pub mentions: u32,
}

/// What the store lists of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryRow {
    /// Its number in the stream.
    pub n: u32,
    /// Its public id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// First and last day of publication, since 1970.
    pub days: Option<(i64, i64)>,
    /// How many articles it has.
    pub articles: u32,
    /// How many outlets.
    pub outlets: u32,
    /// The least and the most origins of its best attested claim, by its last report.
    pub origins: Option<(u32, u32)>,
    /// Corroborated claims, by its last report.
    pub corroborated: u32,
    /// Disputes, by its last report.
    pub disputes: u32,
    /// The id of the story that it goes on from.
    pub earlier: Option<String>,
    /// When it last changed, seconds since 1970.
    pub changed: i64,
    /// Whether its report is of its articles as they are.
    pub fresh: bool,
}

/// A story's last report.
#[derive(Clone, Debug)]
pub struct Report {
    /// The story of the JSON report.
    pub story: Vec<u8>,
    /// The versions that it is made of: article id, number.
    pub made_of: Vec<(String, u32)>,
}

/// Which stories come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoryOrder {
    /// Those that were last written about.
    #[default]
    Latest,
    /// Those that last changed in the store.
    Changed,
    /// Those with most disputes; others are left out.
    Disputed,
    /// Those whose best attested claim surely has most origins.
    Origins,
}

impl StoryOrder {
    /// What a story's place in the order is made of, the first before all: columns, all of them whole numbers.
    fn place(self) -> &'static [&'static str] {
        const LAST: &str = "coalesce(last, -1000000)";
        match self {
            Self::Latest => &[LAST, "n"],
            Self::Changed => &["changed", "n"],
            Self::Disputed => &["disputes", LAST, "n"],
            Self::Origins => &["low", "high", LAST, "n"],
        }
    }

    /// A place in the order from its numbers; `None` where they are not as many as it takes.
    pub fn place_of(self, numbers: Vec<i64>) -> Option<Vec<i64>> {
        (numbers.len() == self.place().len()).then_some(numbers)
    }
}

impl StoryRow {
    /// The story's place in an order: those that [`StoryFilter::after`] asks for come behind it, whatever came to the
    /// store meanwhile.
    pub fn place(&self, order: StoryOrder) -> Vec<i64> {
        let last = self.days.map_or(UNDATED, |(_, last)| last);
        let n = i64::from(self.n);
        match order {
            StoryOrder::Latest => vec![last, n],
            StoryOrder::Changed => vec![self.changed, n],
            StoryOrder::Disputed => vec![self.disputes.into(), last, n],
            StoryOrder::Origins => {
                let (low, high) = self.origins.unwrap_or_default();
                vec![low.into(), high.into(), last, n]
            }
        }
    }
}

/// The day that stories without one are listed under: behind all others.
const UNDATED: i64 = -1_000_000;

/// Which stories.
#[derive(Clone, Debug, Default)]
pub struct StoryFilter {
    /// Which come first.
    pub order: StoryOrder,
    /// One of its articles is of this outlet.
    pub outlet: Option<String>,
    /// It names this, by the name's id.
    pub name: Option<String>,
    /// It names somebody or something called by all these words.
    pub called: Option<String>,
    /// Published on this day or later, since 1970.
    pub from: Option<i64>,
    /// Published on this day or earlier.
    pub to: Option<i64>,
    /// At least so many articles.
    pub articles: Option<u32>,
    /// Only those with a dispute.
    pub disputed: bool,
    /// Only those behind this place in the order ([`StoryRow::place`]); all where there is none.
    pub after: Option<Vec<i64>>,
}

/// Something that happened to a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The story's id.
    pub story: String,
    /// When, seconds since 1970.
    pub at: i64,
    /// opened, joined, changed, left, merged, split, removed.
    pub kind: String,
    /// The article that it happened by.
    pub article: Option<String>,
    /// The other story.
    pub other: Option<String>,
}

pub(crate) const COLUMNS: &str = "n, id, title, first, last, articles, outlets, low, high, corroborated, disputes, \
                       earlier, changed, fresh";

pub(crate) fn row(row: &Row<'_>) -> rusqlite::Result<StoryRow> {
    let (first, last): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
    let (low, high): (Option<u32>, Option<u32>) = (row.get(7)?, row.get(8)?);
    Ok(StoryRow {
        n: row.get(0)?,
        id: row.get(1)?,
        title: row.get(2)?,
        days: first.zip(last),
        articles: row.get(5)?,
        outlets: row.get(6)?,
        origins: low.zip(high),
        corroborated: row.get(9)?,
        disputes: row.get(10)?,
        earlier: row.get(11)?,
        changed: row.get(12)?,
        fresh: row.get(13)?,
    })
}

pub(crate) fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        story: row.get(0)?,
        at: row.get(1)?,
        kind: row.get(2)?,
        article: row.get(3)?,
        other: row.get(4)?,
    })
}

impl Reader {
    /// A story by its id, or by one that it had.
    ///
    /// # Errors
    /// Those of the database.
    pub fn story(&self, id: &str) -> Result<Option<StoryRow>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM story WHERE id = coalesce((SELECT now FROM alias WHERE id = ?1), ?1)"
        );
        self.one(&sql, [id], row)
    }

    /// Stories, those first that the filter's order says.
    ///
    /// # Errors
    /// Those of the database; a place that is of another order ([`StoryOrder::place_of`]) is one.
    pub fn stories(&self, filter: &StoryFilter, limit: u32) -> Result<Vec<StoryRow>, Error> {
        let mut conditions = vec!["1"];
        let mut values: Vec<Value> = Vec::new();
        if let Some(outlet) = &filter.outlet {
            conditions.push("n IN (SELECT story FROM article WHERE outlet = ?)");
            values.push(Value::from(outlet.clone()));
        }
        if let Some(name) = &filter.name {
            conditions.push(
                "n IN (SELECT story FROM named WHERE name = (SELECT n FROM name WHERE id = ?))",
            );
            values.push(Value::from(name.clone()));
        }
        if let Some(called) = &filter.called {
            conditions.push(
                "n IN (SELECT story FROM named WHERE name IN \
                 (SELECT rowid FROM names WHERE names MATCH ?))",
            );
            // Words of which none can be looked for are nobody's name.
            values.push(Value::from(
                expression(called).unwrap_or_else(|| "\"\"".to_owned()),
            ));
        }
        if let Some(from) = filter.from {
            conditions.push("last >= ?");
            values.push(Value::from(from));
        }
        if let Some(to) = filter.to {
            conditions.push("first <= ?");
            values.push(Value::from(to));
        }
        if let Some(articles) = filter.articles {
            conditions.push("articles >= ?");
            values.push(Value::from(articles));
        }
        if filter.disputed {
            conditions.push("disputes > 0");
        }
        let columns = filter.order.place();
        let marks = vec!["?"; columns.len()].join(", ");
        let behind = format!("({}) < ({marks})", columns.join(", "));
        if let Some(place) = &filter.after {
            conditions.push(&behind);
            values.extend(place.iter().map(|number| Value::from(*number)));
        }
        let order = match filter.order {
            StoryOrder::Latest => "last DESC, n DESC",
            StoryOrder::Changed => "changed DESC, n DESC",
            StoryOrder::Disputed => {
                conditions.push("disputes > 0");
                "disputes DESC, last DESC, n DESC"
            }
            StoryOrder::Origins => {
                conditions.push("low IS NOT NULL");
                "low DESC, high DESC, last DESC, n DESC"
            }
        };
        values.push(Value::from(limit));
        let sql = format!(
            "SELECT {COLUMNS} FROM story WHERE {} ORDER BY {order} LIMIT ?",
            conditions.join(" AND ")
        );
        self.all(&sql, params_from_iter(values.iter()), row)
    }

    /// Stories whose report is not of their articles as they are, the longest waiting first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn stale(&self, limit: u32) -> Result<Vec<StoryRow>, Error> {
        let sql =
            format!("SELECT {COLUMNS} FROM story WHERE fresh = 0 ORDER BY changed, n LIMIT ?");
        self.all(&sql, [limit], row)
    }

    /// How many of them there are.
    ///
    /// # Errors
    /// Those of the database.
    pub fn stale_count(&self) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM story WHERE fresh = 0";
        let count: Option<i64> = self.one(sql, [], |row| row.get(0))?;
        Ok(count.unwrap_or(0).max(0) as u64)
    }

    /// A story's last report.
    ///
    /// # Errors
    /// Those of the database; [`Error::Damaged`] where it cannot be unpacked.
    pub fn report(&self, story: u32) -> Result<Option<Report>, Error> {
        let sql = "SELECT report, made_of FROM story WHERE n = ? AND report IS NOT NULL";
        let found = self.one(sql, [story], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?))
        })?;
        let Some((packed, made_of)) = found else {
            return Ok(None);
        };
        let damaged = || self.damaged(format!("the report of story {story}"));
        let report = unpack(&packed).ok_or_else(damaged)?;
        let made_of = serde_json::from_str(&made_of).map_err(|_| damaged())?;
        Ok(Some(Report {
            story: report,
            made_of,
        }))
    }

    /// What happened to a story, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn events(&self, story: &str) -> Result<Vec<Event>, Error> {
        self.all(
            "SELECT story, at, kind, article, other FROM event WHERE story = ? ORDER BY n",
            [story],
            event,
        )
    }
}

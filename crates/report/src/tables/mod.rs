//! A report as tables, for spreadsheets, databases and data frames. In: the wire report, or a story of it at a time.
//! Out: batches of rows in typed columns, or a file of them as CSV or Apache Parquet.
//!
//! Each table is one list of columns, in a file of its own: name, what it says, and how a row gives its cell. The
//! header and the cells of CSV, the schemas of Parquet and Arrow, and `docs/tables.md` all come from that list.
//!
//! ```
//! use report::tables::{Kind, Table};
//!
//! let fields = Table::Readings.fields();
//! let near = fields.iter().find(|field| field.name == "near").expect("a column");
//! assert_eq!((near.kind, near.nullable), (Kind::Boolean, false));
//! ```

mod articles;
mod claims;
mod column;
mod copies;
mod csv;
mod days;
mod disputes;
mod docs;
mod lines;
mod names;
#[cfg(feature = "parquet")]
mod parquet;
mod quotes;
mod stories;
mod story;
mod timeline;
mod write;

use std::collections::HashMap;

use crate::wire;

pub use articles::{Listed, articles};
pub use column::{Batch, Column, Field, Kind};
pub use docs::documentation;
pub use lines::{group_fields, groups, mark_fields, marks};
pub use story::Articles;
pub use write::{Error, Format, Writer};

use story::Of;

/// Articles of a batch.
const TOGETHER: usize = 1_000;

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(
    missing_docs,
    reason = "the names are the tables', `doc` says what they have"
)]
pub enum Table {
    Articles,
    Stories,
    Claims,
    Readings,
    Disputes,
    Sides,
    Quotes,
    Copies,
    Names,
    Mentions,
    Timeline,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Articles,
        Self::Stories,
        Self::Claims,
        Self::Readings,
        Self::Disputes,
        Self::Sides,
        Self::Quotes,
        Self::Copies,
        Self::Names,
        Self::Mentions,
        Self::Timeline,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Stories => "stories",
            Self::Claims => "claims",
            Self::Readings => "readings",
            Self::Disputes => "disputes",
            Self::Sides => "sides",
            Self::Quotes => "quotes",
            Self::Copies => "copies",
            Self::Names => "names",
            Self::Mentions => "mentions",
            Self::Timeline => "timeline",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }

    /// What a row of it is.
    pub fn doc(self) -> &'static str {
        match self {
            Self::Articles => "A row an article",
            Self::Stories => "A row a story",
            Self::Claims => "A row a claim, with its clearest reading",
            Self::Readings => "A row a passage that states a claim, or comes near it",
            Self::Disputes => "A row a dispute",
            Self::Sides => "A row a passage that holds a side of a dispute",
            Self::Quotes => "A row a reading of an utterance",
            Self::Copies => "A row a pair of articles that share text",
            Self::Names => "A row a name of a story",
            Self::Mentions => "A row a mention of a name",
            Self::Timeline => "A row a passage that says when something happened",
        }
    }

    /// Its columns, in order.
    pub fn fields(self) -> Vec<Field> {
        match self {
            Self::Articles => articles::columns().fields,
            Self::Stories => stories::columns().fields,
            Self::Claims => claims::columns().fields,
            Self::Readings => claims::readings().fields,
            Self::Disputes => disputes::columns().fields,
            Self::Sides => disputes::sides().fields,
            Self::Quotes => quotes::columns().fields,
            Self::Copies => copies::columns().fields,
            Self::Names => names::columns().fields,
            Self::Mentions => names::mentions().fields,
            Self::Timeline => timeline::columns().fields,
        }
    }

    /// The rows of one story. Articles that are not at hand give no row in [`Table::Articles`], and nulls in the
    /// columns of an article elsewhere.
    pub fn rows(self, story: &wire::Story, articles: &Articles<'_>) -> Batch {
        let of = Of::new(story, articles);
        match self {
            Self::Articles => {
                let present = story.articles.iter().filter_map(|id| articles.get(id));
                self::articles(present.map(|article| Listed {
                    article,
                    story: Some(&story.id),
                    versions: None,
                }))
            }
            Self::Stories => stories::columns().batch(stories::rows(&of)),
            Self::Claims => claims::columns().batch(claims::rows(&of)),
            Self::Readings => claims::readings().batch(claims::reading_rows(&of)),
            Self::Disputes => disputes::columns().batch(disputes::rows(&of)),
            Self::Sides => disputes::sides().batch(disputes::side_rows(&of)),
            Self::Quotes => quotes::columns().batch(quotes::rows(&of)),
            Self::Copies => copies::columns().batch(copies::rows(&of)),
            Self::Names => names::columns().batch(names::rows(&of)),
            Self::Mentions => names::mentions().batch(names::mention_rows(&of)),
            Self::Timeline => timeline::columns().batch(timeline::rows(&of)),
        }
    }

    /// Whether the rows of a story need its articles.
    pub fn needs_articles(self) -> bool {
        !matches!(self, Self::Stories | Self::Names)
    }

    /// All rows of a report, some at a time: those of a story, or of some articles. Every article has a row in
    /// [`Table::Articles`], whether it is in a story or not.
    pub fn batches(self, report: &wire::Report) -> impl Iterator<Item = Batch> {
        let of_articles = matches!(self, Self::Articles);
        let mut in_story: HashMap<&str, &str> = HashMap::new();
        for story in report.stories.iter().filter(|_| of_articles) {
            for article in &story.articles {
                in_story.insert(article, &story.id);
            }
        }
        let listed = report.articles.chunks(TOGETHER).map(move |some| {
            articles(some.iter().map(|article| Listed {
                article,
                story: in_story.get(article.id.as_str()).copied(),
                versions: None,
            }))
        });
        let known = Articles::new(&report.articles);
        let told = report
            .stories
            .iter()
            .map(move |story| self.rows(story, &known));
        let listed = listed.take(if of_articles { usize::MAX } else { 0 });
        let told = told.take(if of_articles { 0 } else { usize::MAX });
        listed.chain(told)
    }
}

//! Columns with a type. In: rows of a table, one after another. Out: a [`Batch`] of them, a buffer for each column.
//!
//! A column is declared once, with its name, what it says and how a row gives its cell. Its type, and whether it may
//! be null, are those of what the row gives, so that no declaration can differ from the data.

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Words, to the letter.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A number of double precision.
    Number,
    /// True or false.
    Boolean,
    /// A day of the calendar.
    Day,
    /// A point in time, to the microsecond, in UTC.
    Instant,
    /// A list of words; empty where there are none, never null.
    Texts,
}

/// What is declared of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, once a table.
    pub name: &'static str,
    /// The type of its cells.
    pub kind: Kind,
    /// Whether a cell may be null.
    pub nullable: bool,
    /// What it says, in one line.
    pub doc: &'static str,
}

/// The cells of a column, one a row.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Column {
    /// Words.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Integer(Vec<Option<i64>>),
    /// Numbers.
    Number(Vec<Option<f64>>),
    /// True or false.
    Boolean(Vec<Option<bool>>),
    /// Days since 1970-01-01.
    Day(Vec<Option<i32>>),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Instant(Vec<Option<i64>>),
    /// Lists of words.
    Texts(Vec<Vec<String>>),
}

impl Column {
    /// A column without cells.
    pub fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(Vec::new()),
            Kind::Integer => Self::Integer(Vec::new()),
            Kind::Number => Self::Number(Vec::new()),
            Kind::Boolean => Self::Boolean(Vec::new()),
            Kind::Day => Self::Day(Vec::new()),
            Kind::Instant => Self::Instant(Vec::new()),
            Kind::Texts => Self::Texts(Vec::new()),
        }
    }

    /// The type of its cells.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Integer(_) => Kind::Integer,
            Self::Number(_) => Kind::Number,
            Self::Boolean(_) => Kind::Boolean,
            Self::Day(_) => Kind::Day,
            Self::Instant(_) => Kind::Instant,
            Self::Texts(_) => Kind::Texts,
        }
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Integer(cells) | Self::Instant(cells) => cells.len(),
            Self::Number(cells) => cells.len(),
            Self::Boolean(cells) => cells.len(),
            Self::Day(cells) => cells.len(),
            Self::Texts(cells) => cells.len(),
        }
    }

    /// How many bytes of memory its cells take, about.
    #[cfg(feature = "parquet")]
    pub(super) fn bytes(&self) -> usize {
        let own = |words: &String| words.len() + size_of::<String>();
        match self {
            Self::Text(cells) => {
                cells.len() * size_of::<String>()
                    + cells.iter().flatten().map(String::len).sum::<usize>()
            }
            Self::Texts(cells) => {
                size_of_val(&cells[..]) + cells.iter().flatten().map(own).sum::<usize>()
            }
            other => other.len() * size_of::<Option<i64>>(),
        }
    }

    /// Adds the cells of another of its type.
    #[cfg(feature = "parquet")]
    pub(super) fn extend(&mut self, other: Self) {
        match (self, other) {
            (Self::Text(cells), Self::Text(more)) => cells.extend(more),
            (Self::Integer(cells), Self::Integer(more))
            | (Self::Instant(cells), Self::Instant(more)) => cells.extend(more),
            (Self::Number(cells), Self::Number(more)) => cells.extend(more),
            (Self::Boolean(cells), Self::Boolean(more)) => cells.extend(more),
            (Self::Day(cells), Self::Day(more)) => cells.extend(more),
            (Self::Texts(cells), Self::Texts(more)) => cells.extend(more),
            // Both are of one declaration.
            _ => {}
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Some rows of a table: the columns in the order of its fields, all of one length.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The columns.
    pub columns: Vec<Column>,
}

impl Batch {
    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Column::len)
    }
}

/// Days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day(pub i32);

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Instant(pub i64);

/// What a row may give for a cell.
pub(super) trait Value {
    /// The type of the column.
    const KIND: Kind;
    /// Whether it may be null.
    const NULLABLE: bool;
    /// Puts it at the end of a column of its type.
    fn put(self, column: &mut Column);
}

/// The values that fill a column, as such and where they may be missing.
macro_rules! values {
    ($($value:ty => $column:ident, $cell:expr;)+) => { $(
        impl Value for $value {
            const KIND: Kind = Kind::$column;
            const NULLABLE: bool = false;
            fn put(self, column: &mut Column) {
                Some(self).put(column);
            }
        }

        impl Value for Option<$value> {
            const KIND: Kind = Kind::$column;
            const NULLABLE: bool = true;
            fn put(self, column: &mut Column) {
                if let Column::$column(cells) = column {
                    cells.push(self.map($cell));
                }
            }
        }
    )+ };
}

values! {
    String => Text, |words| words;
    u32 => Integer, i64::from;
    usize => Integer, |count| i64::try_from(count).unwrap_or(i64::MAX);
    f64 => Number, |number| number;
    bool => Boolean, |holds| holds;
    Day => Day, |day| day.0;
    Instant => Instant, |instant| instant.0;
}

impl Value for Vec<String> {
    const KIND: Kind = Kind::Texts;
    const NULLABLE: bool = false;
    fn put(self, column: &mut Column) {
        if let Column::Texts(cells) = column {
            cells.push(self);
        }
    }
}

/// How a row fills a cell.
type Fill<'a, R> = Box<dyn Fn(&R, &mut Column) + 'a>;

/// The declaration of a table whose rows are made of `R`.
pub(super) struct Columns<'a, R> {
    /// What is declared of each column.
    pub fields: Vec<Field>,
    fills: Vec<Fill<'a, R>>,
}

impl<'a, R> Columns<'a, R> {
    /// A table without columns.
    pub fn new() -> Self {
        Self {
            fields: Vec::new(),
            fills: Vec::new(),
        }
    }

    /// One more column: its name, what it says, and what a row gives for it.
    pub fn with<T: Value>(
        mut self,
        name: &'static str,
        doc: &'static str,
        cell: impl Fn(&R) -> T + 'a,
    ) -> Self {
        self.fields.push(Field {
            name,
            kind: T::KIND,
            nullable: T::NULLABLE,
            doc,
        });
        self.fills
            .push(Box::new(move |row, column| cell(row).put(column)));
        self
    }

    /// The rows, in columns.
    pub fn batch(&self, rows: impl Iterator<Item = R>) -> Batch {
        let fields = self.fields.iter();
        let mut columns: Vec<Column> = fields.map(|field| Column::new(field.kind)).collect();
        for row in rows {
            for (fill, column) in self.fills.iter().zip(&mut columns) {
                fill(&row, column);
            }
        }
        Batch { columns }
    }
}

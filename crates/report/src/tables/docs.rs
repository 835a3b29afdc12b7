//! Out: what the tables and their columns are, as Markdown: `docs/tables.md`.

use std::fmt::Write;

use super::{Kind, Table};

const HEAD: &str = "\
# Tables

Generated from the declarations in `crates/report/src/tables`; `CROSSREAD_BLESS=1 cargo test -p crossread-report`
writes it anew.

```
crossread read pages/ --format csv --table readings -o readings.csv
crossread read pages/ --format parquet --table claims -o claims.parquet
crossread export --db news.db --format parquet --table disputes -o disputes.parquet
```

A report, or all that a store has, as one table at a time, for spreadsheets, databases and data frames. The words are
those of the [JSON report](../schemas/report-1.schema.json).

- **Ids.** A column that ends in `_id` holds an id of the JSON report, one that ends in `_ids` a list of them; the same
  word without it (`speaker`, `attributed_to`) holds what people read. `article_id` and `story_id` lead to one row of
  `articles` and `stories`. The ids of claims, disputes, utterances, copies and names are counted within their story:
  join on `story_id` too. They may change when the story grows; `claim_key`, `dispute_key` and `quote_key` go on leading
  to the same thing.
- **Places.** `start` and `end` are Unicode code points, half-open, of the article's `text`: `text[start:end]` in Python.
- **Days and moments.** `published` is the day that the page itself gives. Where it gives the time and its offset too,
  `published_at` is that moment in UTC, which may fall on another day.
- **Near.** A reading with `near` only comes near its claim: it states nothing and counts for no outlet. Take
  `near = false` for those who state it.

| type | CSV | Parquet | Arrow |
|---|---|---|---|
| text | as it is, see below | `STRING` | `string` |
| integer | `12` | `INT64` | `int64` |
| number | `0.91` | `DOUBLE` | `double` |
| boolean | `true`, `false` | `BOOLEAN` | `bool` |
| day | `2017-12-04` | `DATE` | `date32` |
| moment | `2017-12-04T19:49:00Z` | `TIMESTAMP`, microseconds, UTC | `timestamp[us, UTC]` |
| list of text | entries joined by `; ` | `LIST` of `STRING` | `list<string>` |

CSV is that of RFC 4180, in UTF-8, with a line of names; `--bom` puts a byte order mark first, for spreadsheets that
take UTF-8 for something else. A null is an empty cell. A cell of text that a spreadsheet would execute as a formula
(it begins with `=`, `+`, `-`, `@`, a tab or a carriage return) has an apostrophe before it, and a NUL is written as
U+FFFD; Parquet and Arrow have both to the letter. A list is never null; in CSV an entry that has `; ` itself cannot be
told from two, so take Parquet or JSON where that matters.

There is no table in the layout of GDELT's Global Knowledge Graph: Crossread knows no themes, tone, codes of countries
or coordinates, so most of its 27 columns would be blanks that its readers take for findings. `names`, `mentions` and
`quotes` have what is known.
";

/// What the tables and their columns are, as Markdown.
pub fn documentation() -> String {
    let mut out = String::from(HEAD);
    for table in Table::ALL {
        // Writing into a string cannot fail.
        let _ = write!(
            out,
            "\n## {}\n\n{}.\n\n| column | type | null | what it says |\n|---|---|---|---|\n",
            table.name(),
            table.doc()
        );
        for field in table.fields() {
            let null = if field.nullable { "yes" } else { "" };
            let _ = writeln!(
                out,
                "| `{}` | {} | {null} | {} |",
                field.name,
                kind(field.kind),
                field.doc
            );
        }
    }
    out
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Day => "day",
        Kind::Instant => "moment",
        Kind::Texts => "list of text",
    }
}

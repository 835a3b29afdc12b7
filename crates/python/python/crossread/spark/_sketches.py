"""Articles to sketches: what stories and copies are found by. A kilobyte or two an article, without its text."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import to_arrow_schema

from .. import _crossread
from ._batches import engine_of, gathered, given_of, table_of
from ._columns import articles_of, declared

_COLUMNS = (
    "article_id string, order bigint, day int, language string, shingles array<bigint>, terms array<int>, "
    "weights array<float>, sketch binary"
)
_LAST = 2**63 - 1


def sketches(articles: DataFrame, function: str) -> DataFrame:
    """A row an article: its id, its order in time, its day since 1970, its language, sampled hashes of its passages,
    its heaviest terms with their weights, its sketch. An article without words has no sketch."""
    schema = declared(_COLUMNS)
    arrow = to_arrow_schema(schema)

    def drawn(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        made = engine_of()
        return gathered((_with_bare(table_of(batch), made, arrow, function) for batch in batches), arrow)

    return articles_of(articles, function).mapInArrow(drawn, schema)


def _with_bare(
    records: pyarrow.Table, made: _crossread.Engine, schema: pyarrow.Schema, function: str
) -> pyarrow.Table:
    """The sketches of some records, and a row for each that has no words."""
    table = pyarrow.table(_crossread.sketches(made, given_of(records, function))[0]).cast(schema)
    ids = records.column("id").to_pylist()
    drawn = set(table.column("article_id").to_pylist())
    # An id is trimmed when it is read.
    bare = [one for one in ids if one not in drawn and one.strip() not in drawn]
    if not bare:
        return table
    none: dict[str, list[object]] = {name: [None] * len(bare) for name in schema.names}
    none |= {"article_id": list(bare), "order": [_LAST] * len(bare)}
    none |= {name: [[] for _ in bare] for name in ("shingles", "terms", "weights")}
    return pyarrow.concat_tables([table, pyarrow.table(none, schema=schema)])

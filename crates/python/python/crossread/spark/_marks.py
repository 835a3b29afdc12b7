"""Articles to their marks: sentences, names, quotations, dates, quantities, broken words."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import to_arrow_schema

from ._batches import engine_of, gathered, given_of, table_of
from ._columns import articles_of, columns_of


def annotate(articles: DataFrame) -> DataFrame:
    """Articles to their marks, a row a mark: what ``crossread.annotate(…).table`` has.

    ``articles``: what `read_pages` gives, or any frame with ``article_id`` and ``text``; ``title``, ``published``,
    ``published_at``, ``language``, ``outlet``, ``url``, ``authors`` and ``credits`` are used where they are there.
    Offsets are code points of ``text``. Nothing is shuffled.

    Raises `InputError` where a column is missing or of a wrong type, and in the job where a text is null.
    """
    schema = columns_of("marks")
    arrow = to_arrow_schema(schema, timezone="UTC")

    def marks(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        made = engine_of()
        tables = (pyarrow.table(made.annotate(given_of(table_of(batch), "annotate"), None).table()) for batch in batches)
        return gathered(tables, arrow)

    return articles_of(articles, "annotate").mapInArrow(marks, schema)

"""Batches. In: what Spark hands a task, and what the engine gives. Out: each as the other takes it. A task has one
thread: Spark starts as many tasks as there are cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyarrow
import pyarrow.compute
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import to_arrow_schema
from pyspark.sql.types import StructType

from .. import _crossread
from .._crossread import InputError
from .._reading import engine
from .._sources import Given

#: Rows that are handed on together at least, where there are so many.
TOGETHER = 1_000

#: Rows of one group, where many keys have few each.
_ROWS_A_BIN = 200


def engine_of(*, align: str = "words", one_story: bool = False) -> _crossread.Engine:
    """The engine of this process: made once, kept for the tasks that follow."""
    return engine(threads=1, strip_text=False, align=align, one_story=one_story)


def given_of(records: pyarrow.Table, function: str) -> list[Given]:
    """Records of articles as the engine takes them; `InputError` where one has no text or no id."""
    for column in ("id", "text"):
        nulls = records.column(column).is_null()
        if at := pyarrow.compute.index(nulls, True).as_py() + 1:
            row = {name: records.column(name)[at - 1].as_py() for name in ("id", "url", "title") if name in records.column_names}
            raise InputError(
                f'{function}: column "{"article_id" if column == "id" else column}" is null in {row}: '
                f'leave such rows out, as in articles.where("{column} is not null")'
            )
    return [("row", before, piece) for before, piece in _crossread.records(records, {}, True)]


def table_of(batch: pyarrow.RecordBatch) -> pyarrow.Table:
    """A batch as a table."""
    return pyarrow.Table.from_batches([batch])


def gathered(tables: Iterable[pyarrow.Table], schema: pyarrow.Schema) -> Iterator[pyarrow.RecordBatch]:
    """Small tables together, in the columns that Spark expects."""
    some: list[pyarrow.Table] = []
    rows = 0
    for table in tables:
        if table.num_rows:
            some.append(table.select(schema.names).cast(schema))
            rows += table.num_rows
        if rows >= TOGETHER:
            yield from _together(some)
            some, rows = [], 0
    yield from _together(some)


def _together(tables: list[pyarrow.Table]) -> Iterator[pyarrow.RecordBatch]:
    if tables:
        yield from pyarrow.concat_tables(tables).combine_chunks().to_batches()


def in_bins(
    df: DataFrame,
    key: str,
    schema: StructType,
    each: Callable[[object, pyarrow.Table], pyarrow.Table],
) -> DataFrame:
    """Does one thing to the rows of each key, in one place. Keys with few rows share a group, since Spark takes a moment
    for each group."""
    rows = df.count()
    arrow = to_arrow_schema(schema, timezone="UTC")
    bins = f.pmod(f.xxhash64(key), f.lit(max(1, rows // _ROWS_A_BIN)))

    def of_bin(table: pyarrow.Table) -> pyarrow.Table:
        table = table.drop_columns("bin").sort_by(key)
        keys = table.column(key).to_pylist()
        made = []
        start = 0
        while start < len(keys):
            end = start + 1
            while end < len(keys) and keys[end] == keys[start]:
                end += 1
            part = table.slice(start, end - start)
            made.append(each(keys[start], part.drop_columns(key)).select(arrow.names).cast(arrow))
            start = end
        return pyarrow.concat_tables(made) if made else arrow.empty_table()

    return df.withColumn("bin", bins).groupBy("bin").applyInArrow(of_bin, schema)

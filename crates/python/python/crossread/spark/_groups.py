"""Groups of sketches to stories, each group in one task. In: sketches with their group. Out: for each article its story
among those of the group."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator

import pyarrow
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import to_arrow_schema

from .. import _crossread
from ._batches import gathered
from ._columns import declared
from ._windows import Windows

#: Articles on which it is counted how common words are.
_SAMPLE = 200_000

_COLUMNS = "article_id string, group string, story_id string, copy_of string, earlier string"

#: What is known of all articles where a group has some of them: all, those on which terms were counted, the counts.
Known = tuple[int, int, bytes]


def known(sketches: DataFrame, articles: int) -> Known:
    """In how many articles each term stands, counted on a sample that is the same for the same articles."""
    share = min(1.0, _SAMPLE / max(articles, 1))
    part = sketches.where(f.pmod(f.xxhash64("article_id"), f.lit(1_000_000)) < int(share * 1_000_000)).select("sketch")
    schema = declared("term int, texts bigint")
    arrow = to_arrow_schema(schema)

    def counts(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        tables = (pyarrow.table(_crossread.term_counts(batch.column("sketch").to_pylist())) for batch in batches)
        return gathered(tables, arrow)

    counted = part.mapInArrow(counts, schema)
    rows = counted.groupBy("term").agg(f.sum("texts").alias("texts")).where("texts > 1").collect()
    numbers = array("I")
    for term, texts in rows:
        numbers.extend((term & 0xFFFF_FFFF, min(texts, 0xFFFF_FFFF)))
    return articles, part.count(), numbers.tobytes()


def grouped(sketches: DataFrame, windows: Windows, words: Known | None) -> DataFrame:
    """Sketches with their ``group`` to stories within each group. ``words`` is not given where a group is all."""
    schema = declared(_COLUMNS)
    arrow = to_arrow_schema(schema)
    place = _places(windows)

    def stories(group: pyarrow.Table) -> pyarrow.Table:
        group = group.sort_by([("order", "ascending"), ("article_id", "ascending")])
        ids = group.column("article_id").to_pylist()
        whole = None if words is None else (*words, place(group.column("day").to_pylist()))
        story, copy, earlier = _crossread.stories(ids, group.column("sketch").to_pylist(), whole)
        columns = [ids, group.column("group").to_pylist(), story, copy, earlier]
        return pyarrow.table([pyarrow.array(column, pyarrow.string()) for column in columns], schema=arrow)

    needed = sketches.select("article_id", "order", "day", "group", "sketch")
    return needed.groupBy("group").applyInArrow(stories, schema)


def _places(windows: Windows) -> Callable[[list[int | None]], list[int]]:
    """For the days of a group's articles, rising, how many articles come before each in the whole: those of a day are
    taken to be spread over it evenly."""
    before = dict(windows.before)

    def places(days: list[int | None]) -> list[int]:
        having: dict[int | None, int] = {}
        for day in days:
            having[day] = having.get(day, 0) + 1
        seen: dict[int | None, int] = {}
        found = []
        for day in days:
            nth = seen.get(day, 0)
            seen[day] = nth + 1
            start, count = before.get(day, (0, 0))
            found.append(min(start + nth * count // having[day], 0xFFFF_FFFF))
        return found

    return places

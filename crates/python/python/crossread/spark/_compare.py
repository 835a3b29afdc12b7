"""Stories to what their articles say together and apart: each story is read by one task."""

from __future__ import annotations

import pyarrow
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f
from pyspark.sql.types import LongType, StructField, StructType

from .._crossread import Error, InputError
from .._reading import Align
from ._batches import engine_of, given_of, in_bins
from ._columns import TEXT, articles_of, columns_of, fits, need

_TABLES = "articles stories claims readings disputes sides quotes copies names mentions timeline".split()


def compare(
    stories: DataFrame,
    articles: DataFrame,
    *,
    table: str = "readings",
    limit: int = 500,
    align: Align = "words",
) -> DataFrame:
    """Stories to a table of the report, ``readings`` or any other of a `crossread.Report`, and ``left_out``: how many
    articles of the story were not compared.

    ``stories``: what `stories` gives, or any frame with ``article_id`` and ``story_id``; where it has ``copy_of``, a
    story of more than ``limit`` articles is compared without those that nearly repeat another; of more than that a fixed
    choice of ``limit`` is compared. ``articles``: as `annotate` takes them. ``align``: as `crossread.read` takes it.
    Articles travel once, with their texts.

    Ids of claims, quotations and names are counted within their story. Raises `InputError` where a column is missing or
    of a wrong type, or there is no such table.
    """
    if table not in _TABLES:
        raise InputError(f'compare: there is no table "{table}": there are {", ".join(_TABLES)}')
    if limit < 1:
        raise InputError(f"compare: limit={limit}: give one article at least")
    need(stories, "compare", {"article_id": TEXT, "story_id": TEXT}, "give what stories gives")
    records = articles_of(articles, "compare")
    chosen = _chosen(stories, limit).join(records, f.col("article_id") == records["id"]).drop("article_id")
    schema = StructType([*columns_of(table).fields, StructField("left_out", LongType(), True)])

    def compared(story: object, texts: pyarrow.Table) -> pyarrow.Table:
        given = given_of(texts.drop_columns("left_out"), "compare")
        try:
            read = pyarrow.table(engine_of(align=align, one_story=True).read(given, None).table(table))
        except Error as error:
            raise Error(f"compare: story {story}: {error}") from None
        # Its name is that of the story, whichever of its articles were read.
        rows = read.num_rows
        at = read.schema.get_field_index("story_id")
        read = read.set_column(at, "story_id", pyarrow.array([story] * rows, pyarrow.string()))
        left_out = texts.column("left_out")[0].as_py()
        return read.append_column("left_out", pyarrow.array([left_out] * rows, pyarrow.int64()))

    return in_bins(chosen, "story_id", schema, compared)


def _chosen(stories: DataFrame, limit: int) -> DataFrame:
    """The articles that are compared: article_id, story_id, left_out."""
    copies = f.col("copy_of").isNotNull() if fits(stories, "compare", "copy_of", TEXT) else f.lit(False)
    story = Window.partitionBy("story_id")
    rows = stories.where("story_id is not null and article_id is not null")
    rows = rows.withColumn("copies", copies).withColumn("size", f.count("*").over(story))
    rows = rows.where((f.col("size") <= limit) | ~f.col("copies"))
    # Any choice would do, but for one that depends on how the rows lie.
    nth = f.row_number().over(story.orderBy(f.xxhash64("article_id"), "article_id"))
    rows = rows.withColumn("nth", nth).where(f.col("nth") <= limit)
    left_out = f.col("size") - f.count("*").over(story)
    return rows.select("article_id", "story_id", left_out.alias("left_out"))

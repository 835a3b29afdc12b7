"""Articles to the pairs of them that share text, wherever they lie.

In: articles. Out: pairs, as the package's table of copies has them. Who may share text is found as ``story::copies`` finds
it in a stream: by sampled hashes of five words, of which several must be the same; a hash that stands in many different
texts is furniture or a set phrase. Every article is tied to the earliest that has a hash, what is tied is connected, and
what is connected is compared passage by passage, with its texts, in one place.
"""

from __future__ import annotations

import pyarrow
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f
from pyspark.sql.types import StructType
from pyspark.storagelevel import StorageLevel

from .._crossread import InputError
from ._batches import engine_of, given_of, in_bins
from ._columns import articles_of, columns_of
from ._components import components, kept
from ._sketches import sketches

#: Different texts in which a hash stands before it says nothing about where a text is from: as in a stream.
_FURNITURE = 24

#: Sampled hashes that two texts must share: three paragraphs have about five. As in a stream.
_SHARED = 3


def copies(articles: DataFrame, *, limit: int = 200, folder: str | None = None) -> DataFrame:
    """Articles to the pairs that share text: the columns of the table ``copies`` but for the ids of stories: ``a_id``
    and ``b_id``, what kind of sharing it is, its direction and reasons, what part of each is shared.

    ``articles``: as `annotate` takes them, each id once. ``limit``: articles that are compared all with all; of more
    that are connected each is compared with the one that it shares most with and that came first, in pieces of so many.
    ``folder``: as `stories` takes it. What is connected travels with its texts, once or twice; nothing else does.

    The candidates are found when it is called. Raises `InputError` as `annotate` does.
    """
    if limit < 2:
        raise InputError(f"copies: limit={limit}: give two articles at least")
    records = articles_of(articles, "copies")
    drawn = sketches(articles, "copies").select("article_id", "order", "shingles").persist(StorageLevel.MEMORY_AND_DISK)
    try:
        edges = kept(_edges(drawn), folder)
    finally:
        drawn.unpersist()
    found = components(edges.select(f.col("article_id").alias("a"), f.col("leader").alias("b")), folder)
    pieces = kept(_pieces(edges, found, limit), folder)
    texts = pieces.join(records, pieces["article_id"] == records["id"]).drop("article_id")
    columns = [field for field in columns_of("copies").fields if field.name not in ("story_id", "copy_id")]
    return in_bins(texts, "piece", StructType(columns), _compared)


def _edges(drawn: DataFrame) -> DataFrame:
    """Articles that share text with an earlier one: article_id, leader, shared."""
    # A text is told from others by the least of its hashes: a copy has the same.
    first = f.struct("order", "article_id").alias("first")
    hashes = f.explode("shingles").alias("hash")
    posted = drawn.select("article_id", f.element_at("shingles", 1).alias("text"), first, hashes)
    texts = posted.groupBy("hash", "text").agg(f.min("first").alias("first"), f.count("*").alias("articles"))
    of_hash = Window.partitionBy("hash")
    ranked = texts.select(
        "hash",
        "text",
        f.min("first").over(of_hash)["article_id"].alias("leader"),
        f.sum("articles").over(of_hash).alias("articles"),
        f.row_number().over(of_hash.orderBy("first")).alias("nth"),
    )
    ties = ranked.where((f.col("articles") > 1) & (f.col("nth") <= _FURNITURE)).drop("articles", "nth")
    tied = posted.join(ties, ["hash", "text"]).where("article_id != leader")
    return tied.groupBy("article_id", "leader").agg(f.count("*").alias("shared")).where(f.col("shared") >= _SHARED)


def _pieces(edges: DataFrame, found: DataFrame, limit: int) -> DataFrame:
    """What is compared together: article_id, piece, and leads: null where all are compared with all, else whether it is
    the one with which the others are."""
    sized = found.withColumn("size", f.count("*").over(Window.partitionBy("component")))
    small = sized.where(f.col("size") <= limit)
    small = small.select(
        f.col("node").alias("article_id"), f.col("component").alias("piece"), f.lit(None).cast("boolean").alias("leads")
    )
    large = sized.where(f.col("size") > limit).select(f.col("node").alias("article_id"))
    best = Window.partitionBy("article_id").orderBy(f.desc("shared"), "leader")
    own = edges.join(large, "article_id").withColumn("nth", f.row_number().over(best)).where("nth = 1")
    rank = f.row_number().over(Window.partitionBy("leader").orderBy("article_id")) - 1
    part = f.floor(rank / (limit - 1)).cast("string")
    own = own.withColumn("piece", f.concat_ws("\n", "leader", part))
    members = own.select("article_id", "piece", f.lit(False).alias("leads"))
    leaders = own.select(f.col("leader").alias("article_id"), "piece", f.lit(True).alias("leads")).distinct()
    return small.unionByName(members).unionByName(leaders)


def _compared(piece: object, texts: pyarrow.Table) -> pyarrow.Table:
    """The pairs of one piece."""
    leads = texts.column("leads")
    made, _ = engine_of(one_story=True).copies(given_of(texts.drop_columns("leads"), "copies"))
    pairs = pyarrow.table(made).drop_columns(["story_id", "copy_id"])
    leader = texts.filter(leads).column("id")
    if not len(leader):
        return pairs
    with_leader = pyarrow.compute.or_(
        pyarrow.compute.is_in(pairs.column("a_id"), leader), pyarrow.compute.is_in(pairs.column("b_id"), leader)
    )
    return pairs.filter(with_leader)

"""Connected components of a graph that no machine holds.

In: edges. Out: for each node the least node that it is connected to. By alternating large-star and small-star
operations (Kiveris, Lattanzi, Mirrokni, Rastogi, Vassilvitskii: Connected Components in MapReduce and Beyond, SoCC 2014):
in each round every node's neighbours are tied to the least of them, so that a round halves distances, and the rounds that
are needed grow with the logarithm of the longest path. What few edges are left is done in one place.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f

#: Edges that one place takes: a minute of Python, some hundred megabytes.
FEW = 500_000

#: Rounds after which something must be wrong: they would do for paths of a million billion nodes.
_ROUNDS = 50


def kept(df: DataFrame, folder: str | None) -> DataFrame:
    """The frame, computed now and no more: in ``folder``, where what an executor has lost is not lost; without one on
    the executors' disks."""
    if folder is None:
        return df.localCheckpoint(eager=True)
    path = f"{folder.rstrip('/')}/{uuid.uuid4().hex}"
    df.write.parquet(path)
    return df.sparkSession.read.schema(df.schema).parquet(path)


def components(edges: DataFrame, folder: str | None = None, few: int = FEW) -> DataFrame:
    """Edges (columns ``a`` and ``b``, of one type) to ``node`` and ``component``: the least node that it is connected to.
    Each round is kept in ``folder`` (see `kept`). Up to ``few`` edges are done in one place."""
    edges = kept(_ordered(edges), folder)
    count = edges.count()
    rounds = 0
    while count > few and rounds < _ROUNDS:
        rounds += 1
        after = kept(_small_star(_large_star(edges)), folder)
        changed = after.exceptAll(edges).limit(1).count() + edges.exceptAll(after).limit(1).count()
        edges, count = after, after.count()
        if not changed:
            # Stars alone are left.
            return edges.select(f.col("a").alias("node"), f.col("b").alias("component")).unionByName(
                edges.select(f.col("b").alias("node"), f.col("b").alias("component")).distinct()
            )
    spark = edges.sparkSession
    pairs = [(row[0], row[1]) for row in edges.collect()]
    kind = edges.schema["a"].dataType.simpleString()
    return spark.createDataFrame(_joined(pairs), f"node {kind}, component {kind}")


def _ordered(edges: DataFrame) -> DataFrame:
    """Edges from the greater node to the lesser one, each once."""
    ends = f.greatest("a", "b").alias("a"), f.least("a", "b").alias("b")
    return edges.where(f.col("a") != f.col("b")).select(*ends).distinct()


def _large_star(edges: DataFrame) -> DataFrame:
    """Ties every node's greater neighbours to the least of its neighbours and itself."""
    both = edges.unionByName(edges.select(f.col("b").alias("a"), f.col("a").alias("b")))
    least = f.least(f.min("b").over(Window.partitionBy("a")), f.col("a"))
    tied = both.withColumn("least", least).where(f.col("b") > f.col("a"))
    return _ordered(tied.select(f.col("b").alias("a"), f.col("least").alias("b")))


def _small_star(edges: DataFrame) -> DataFrame:
    """Ties every node and its lesser neighbours to the least of them."""
    tied = edges.withColumn("least", f.min("b").over(Window.partitionBy("a")))
    others = tied.select(f.col("b").alias("a"), f.col("least").alias("b"))
    selves = tied.select(f.col("a"), f.col("least").alias("b"))
    return _ordered(others.unionByName(selves))


def _joined(pairs: Iterable[tuple[object, object]]) -> list[tuple[object, object]]:
    """The same in one place: the least node of each node's component."""
    parent: dict[object, object] = {}

    def root(node: object) -> object:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in pairs:
        one, other = root(a), root(b)
        if one != other:
            lesser, greater = (one, other) if one < other else (other, one)  # type: ignore[operator]
            parent[greater] = lesser
    return [(node, root(node)) for node in list(parent)]

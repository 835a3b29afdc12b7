"""Articles to stories, where one machine does not have all of them.

In: articles. Out: for each its story. What fits in one group is grouped as one stream, as ``crossread.group`` does it.
More than that goes in two passes, since a stream cut into parts loses the stories that lie across the cuts:

1. **What may belong together.** Articles lie in overlapping groups: two windows of days each (`_windows`), and in a window
   that has too many the groups of the three terms that tell them best from others. Each group makes its own stories.
   Stories of different groups that have most of what both groups have in common are tied; what is connected is a unit.
2. **What does.** Units, which are no longer cut, are packed into groups beside others of the same days and terms, and
   each group is grouped as one stream, in which a word counts as common as it is among all articles.

Exact reprints are one article in both.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as f
from pyspark.storagelevel import StorageLevel

from .._crossread import InputError
from ._components import components, kept
from ._groups import Known, grouped, known
from ._sketches import sketches
from ._windows import Windows, windows

#: Terms that an article is looked for by: two reports of one event share one of three.
_LOOKED_FOR = 3

#: What ties two stories of different groups: half of the one that has fewer of the articles that both groups have. More
#: is asked, step by step, where what is tied would not fit into one group.
_TIES = ("2 * shared >= smaller", "3 * shared >= 2 * larger", "shared = larger")

#: Sampled shingles from which equal ones make two texts one; fewer are a headline's, which chance repeats.
_WORDS = 4


def stories(
    articles: DataFrame, *, days: int = 14, limit: int = 50_000, folder: str | None = None
) -> DataFrame:
    """Articles to stories: ``article_id``; ``story_id``; ``copy_of``, the earlier article that it nearly repeats;
    ``earlier``, the id of the earlier story that its own goes on from. Every article is in one story.

    ``articles``: as `annotate` takes them, each id once. ``limit``: articles of a group, which is grouped by one task at
    some 4 KB an article; up to so many articles in all are one group, and the answer is that of ``crossread.group``.
    ``days``: days of a window at least, where there are more. ``folder``: where intermediate results are kept so that
    what is lost with an executor is not lost; without one they are on the executors' disks. What travels are sketches,
    no texts.

    Runs when it is called; the result is kept. Raises `InputError` as `annotate` does.
    """
    if limit < 2 or days < 1:
        raise InputError(f"stories: limit={limit} and days={days}: give two articles and one day at least")
    drawn = sketches(articles, "stories").persist(StorageLevel.MEMORY_AND_DISK)
    try:
        return _stories(drawn, days, limit, folder)
    finally:
        drawn.unpersist()


def _stories(drawn: DataFrame, days: int, limit: int, folder: str | None) -> DataFrame:
    leaders = _leaders(drawn)
    first = leaders.where("leader = article_id and sketch is not null").drop("leader")
    counts = {row["day"]: row["count"] for row in first.groupBy("day").count().collect()}
    cut = windows(counts, days, limit)
    if cut.articles <= limit:
        made = grouped(first.withColumn("group", f.lit("")), cut, None)
    else:
        words = known(first, cut.articles)
        made = grouped(_Cut(first, cut, limit, folder).packed(words), cut, words)
    # What repeats a leader to the letter is where the leader is; what has no words is alone.
    of = made.select(f.col("article_id").alias("leader"), "story_id", "copy_of", "earlier")
    joined = leaders.select("article_id", "leader").join(of, "leader", "left")
    alone = f.concat(f.lit("s-"), f.col("article_id"))
    copy = f.when(f.col("leader") != f.col("article_id"), f.col("leader")).otherwise(f.col("copy_of"))
    result = joined.select(
        "article_id", f.coalesce("story_id", alone).alias("story_id"), copy.alias("copy_of"), "earlier"
    )
    return kept(result, folder)


def _leaders(drawn: DataFrame) -> DataFrame:
    """With the earliest article that has the same sampled shingles."""
    text = f.when(f.size("shingles") >= _WORDS, f.xxhash64("shingles")).otherwise(f.xxhash64("article_id"))
    same = Window.partitionBy("text", "many").orderBy("order", "article_id")
    marked = drawn.withColumn("text", text).withColumn("many", f.size("shingles"))
    return marked.withColumn("leader", f.first("article_id").over(same)).drop("text", "many", "shingles")


@dataclass
class _Cut:
    """Sketches that are too many for one group."""

    first: DataFrame
    windows: Windows
    limit: int
    folder: str | None

    def packed(self, words: Known) -> DataFrame:
        """The sketches, each with the group in which its story is made."""
        placed = kept(self._placed(), self.folder)
        terms = kept(self._terms(placed), self.folder)
        groups = kept(self._groups(placed, terms), self.folder)
        joined = groups.select("article_id", "group").join(self.first, "article_id")
        local = kept(grouped(joined, self.windows, words).drop("copy_of", "earlier"), self.folder)
        units = kept(self._units(local, groups), self.folder)
        return self._bins(units, placed, terms).join(self.first, "article_id")

    def _placed(self) -> DataFrame:
        """Each article in its windows: article_id, window, tiling, terms, weights. Those without a day are where their
        terms are."""
        first = self.first.select("article_id", "day", "terms", "weights")
        if self.windows.count <= 2:
            return first.select("article_id", f.lit(0).alias("window"), f.lit(0).alias("tiling"), "terms", "weights")
        both = [(day, *self.windows.of(day)) for day in self.windows.steps]
        of_day = self.first.sparkSession.createDataFrame(both, "day int, one int, other int")
        dated = first.join(f.broadcast(of_day), "day")
        each = f.posexplode(f.array("one", "other")).alias("tiling", "window")
        dated = dated.select("article_id", "terms", "weights", each)
        dayless = self._dayless(first.where("day is null"), dated)
        return dated.select(*dayless.columns).unionByName(dayless)

    @staticmethod
    def _dayless(bare: DataFrame, dated: DataFrame) -> DataFrame:
        """Articles without a day, in the window of each tiling that has most articles with their terms."""
        tilings = bare.crossJoin(f.broadcast(bare.sparkSession.createDataFrame([(0,), (1,)], "tiling int")))
        terms = tilings.select("article_id", "tiling", _exploded())
        having = dated.select("tiling", "window", f.explode("terms").alias("term"))
        having = having.groupBy("tiling", "window", "term").count()
        alike = terms.join(having, ["tiling", "term"]).groupBy("article_id", "tiling", "window")
        score = alike.agg(f.sum(f.col("weight") * f.log1p("count")).alias("score"))
        best = score.groupBy("article_id", "tiling").agg(
            f.max_by("window", f.struct("score", -f.col("window"))).alias("window")
        )
        placed = tilings.join(best, ["article_id", "tiling"], "left")
        # What has no word of others has a window of its own kind.
        window = f.coalesce("window", -2 - f.col("tiling")).cast("int").alias("window")
        return placed.select("article_id", window, "tiling", "terms", "weights")

    @staticmethod
    def _terms(placed: DataFrame) -> DataFrame:
        """In how many articles of a window each term stands: window, term, texts."""
        return placed.select("window", f.explode("terms").alias("term")).groupBy("window", "term").agg(
            f.count("*").alias("texts")
        ).where("texts > 1")

    def _groups(self, placed: DataFrame, terms: DataFrame) -> DataFrame:
        """Each article in the groups of its windows: article_id, tiling, group, place (how well it is placed there, the
        least the best)."""
        sizes = placed.groupBy("window").agg(f.count("*").alias("size"))
        sized = placed.join(f.broadcast(sizes), "window")
        few = sized.where(f.col("size") <= self.limit)
        whole = few.select("article_id", "tiling", f.col("window").cast("string").alias("group"), f.lit(0).alias("place"))
        many = sized.where(f.col("size") > self.limit)
        each = many.select("article_id", "tiling", "window", "size", _exploded())
        # A term that more articles have than a group takes tells none from the others.
        telling = each.join(terms.where(f.col("texts") <= self.limit), ["window", "term"])
        best = Window.partitionBy("article_id", "tiling").orderBy(f.desc("weight"), "term")
        chosen = telling.withColumn("place", f.row_number().over(best) - 1).where(f.col("place") < _LOOKED_FOR)
        chosen = chosen.select("article_id", "tiling", "window", "size", "term", "place")
        lost = many.join(chosen.select("article_id", "tiling"), ["article_id", "tiling"], "left_anti")
        term = f.coalesce(f.get("terms", f.lit(0)), f.hash("article_id"))
        lost = lost.select("article_id", "tiling", "window", "size", term.alias("term"), f.lit(0).alias("place"))
        buckets = f.ceil(f.col("size") * _LOOKED_FOR / self.limit)
        bucket = f.pmod(f.xxhash64("term"), buckets)
        group = f.concat_ws("/", f.col("window").cast("string"), bucket.cast("string"))
        split = chosen.unionByName(lost).withColumn("group", group)
        split = split.groupBy("article_id", "tiling", "group").agg(f.min("place").cast("int").alias("place"))
        return whole.unionByName(split.select(*whole.columns))

    def _units(self, local: DataFrame, groups: DataFrame) -> DataFrame:
        """Articles that are not to be cut apart: article_id, unit."""
        node = f.xxhash64("group", "story_id").alias("node")
        stories = kept(local.select("article_id", "group", node), self.folder)
        pairs = kept(_pairs(stories), self.folder)
        # The better it is placed in a group, the more is its story there its own.
        best = Window.partitionBy("article_id").orderBy("place", "tiling", "group")
        own = stories.join(groups, ["article_id", "group"]).withColumn("nth", f.row_number().over(best))
        own = own.where("nth = 1").select("article_id", "node")
        settled: list[DataFrame] = []
        for ties in _TIES:
            found = kept(components(pairs.where(ties).select("a", "b"), self.folder), self.folder)
            unit = f.coalesce("component", "node").alias("unit")
            tied = own.join(found, "node", "left").select("article_id", "node", unit)
            fits = f.count("*").over(Window.partitionBy("unit")) <= self.limit
            tied = kept(tied.withColumn("fits", fits), self.folder)
            settled.append(tied.where("fits"))
            own = tied.where("not fits").select("article_id", "node")
            if own.isEmpty():
                break
            loose = tied.where("not fits").select(f.col("unit").alias("component")).distinct()
            nodes = kept(found.join(loose, "component", "left_semi").select("node"), self.folder)
            for end in ("a", "b"):
                pairs = pairs.join(nodes.withColumnRenamed("node", end), end, "left_semi")
        units = own.select("article_id", f.col("node").alias("unit"))
        for tied in settled:
            units = units.unionByName(tied.select("article_id", "unit"))
        return units

    def _bins(self, units: DataFrame, placed: DataFrame, terms: DataFrame) -> DataFrame:
        """The group in which each article's story is made: article_id, group."""
        first = placed.where("tiling = 0").join(units, "article_id")
        sized = first.groupBy("unit").agg(
            f.count("*").alias("size"), f.mode("window", True).alias("window")
        )
        # Units of one window lie beside those that have the same main term.
        each = first.select("unit", "window", _exploded()).join(terms, ["window", "term"])
        main = each.groupBy("unit", "term").agg(f.sum(f.col("weight") * f.log("texts")).alias("weight"))
        main = main.groupBy("unit").agg(f.max_by("term", f.struct("weight", "term")).alias("term"))
        sized = sized.join(main, "unit", "left")
        so_far = Window.partitionBy("window").orderBy(f.asc_nulls_last("term"), "unit")
        before = f.sum("size").over(so_far.rowsBetween(Window.unboundedPreceding, 0)) - f.col("size")
        group = f.concat_ws("/", f.col("window").cast("string"), f.floor(before / self.limit).cast("string"))
        return units.join(sized.withColumn("group", group).select("unit", "group"), "unit").select("article_id", "group")


def _exploded() -> Column:
    """The terms of a row with their weights, a row each."""
    return f.inline(f.arrays_zip(f.col("terms").alias("term"), f.col("weights").alias("weight")))


def _pairs(stories: DataFrame) -> DataFrame:
    """Stories of different groups that share articles: a, b, how many they share, and how many of what both groups have
    the one that has fewer and the one that has more of them have."""
    left = stories.select("article_id", f.col("node").alias("a"), f.col("group").alias("of_a"))
    right = stories.select("article_id", f.col("node").alias("b"), f.col("group").alias("of_b"))
    both = left.join(right, "article_id").where("of_a != of_b")
    shared = both.groupBy("a", "of_a", "b", "of_b").agg(f.count("*").alias("shared"))
    own = f.sum("shared").over(Window.partitionBy("a", "of_b"))
    counted = shared.withColumn("own", own).groupBy(f.least("a", "b").alias("a"), f.greatest("a", "b").alias("b"))
    return counted.agg(
        f.first("shared").alias("shared"), f.min("own").alias("smaller"), f.max("own").alias("larger")
    )

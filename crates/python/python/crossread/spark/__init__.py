"""Archives on a cluster: the stages of Crossread on data frames of Spark.

>>> from crossread import spark as news
>>> articles = news.read_pages(spark.read.format("binaryFile").load("s3://archive/2026/*.warc.gz"))
>>> articles.write.parquet("articles")
>>> articles = spark.read.parquet("articles")
>>> marks = news.annotate(articles)                     # names, quotations, dates, quantities
>>> stories = news.stories(articles)                    # which articles report one event
>>> pairs = news.copies(articles)                       # who has whose text
>>> readings = news.compare(stories, articles)          # what is corroborated and disputed

Functions take data frames and give data frames. The same articles give the same answer, however they are partitioned.
Each task has one thread and each Python worker one engine; what a row holds wrong is named before a job starts where its
columns tell, and in the job with the row where they do not. Workers need this package, pyarrow and nothing else:
``docs/spark.md`` says how they get it and what a job costs.
"""

try:
    import pyarrow as _pyarrow  # noqa: F401
    import pyspark as _pyspark  # noqa: F401
except ImportError as error:
    raise ImportError(f"crossread.spark needs pyspark and pyarrow: pip install 'crossread[spark]' ({error})") from error

from ._compare import compare
from ._copies import copies
from ._marks import annotate
from ._pages import read_pages
from ._stories import stories

__all__ = ["annotate", "compare", "copies", "read_pages", "stories"]

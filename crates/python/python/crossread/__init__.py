"""Crossread reads many news pages and shows what is corroborated and by how many origins, what is disputed, what only one
outlet has, who copied whom, and who said what. Every word that it shows is a passage of a page.

>>> import crossread
>>> report = crossread.read("pages/")                       # files, folders, archives, records, data frames
>>> for story in report.stories:
...     print(story.title, len(story.articles), [claim.text for claim in story.claims if claim.verdict == "disputed"])
>>> claims = report.readings.to_polars()                    # or .to_pandas(), .to_arrow(), or as it is to DuckDB
>>> crossread.open_store("news.db", create=True).add("pages/")

`read`, `extract`, `annotate` and `group` are what the program of that name does; `open_store` opens what
``crossread add`` keeps; `crossread.spark` does the same to archives on a cluster. Nothing here uses the network.
"""

from ._crossread import Error, InputError, StoreError, __version__
from ._reading import annotate, extract, group, read
from ._report import Annotations, Articles, Groups, Listed, Report, Story
from ._store import Added, Found, Store, StoredStory, open_store
from ._table import Table
from ._types import (
    Annotated,
    Article,
    Claim,
    ClaimReading,
    Dispute,
    Grouped,
    Mention,
    Name,
    Quote,
    QuoteReading,
    Side,
    Skipped,
)

__all__ = [
    "Added",
    "Annotated",
    "Annotations",
    "Article",
    "Articles",
    "Claim",
    "ClaimReading",
    "Dispute",
    "Error",
    "Found",
    "Grouped",
    "Groups",
    "InputError",
    "Listed",
    "Mention",
    "Name",
    "Quote",
    "QuoteReading",
    "Report",
    "Side",
    "Skipped",
    "Store",
    "StoreError",
    "StoredStory",
    "Story",
    "Table",
    "__version__",
    "annotate",
    "extract",
    "group",
    "open_store",
    "read",
]

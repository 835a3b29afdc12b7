"""A table of a report or a store, as data frames take it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from . import _crossread

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """A table: typed columns, nulls where nothing is known. `docs/tables.md` says what each column is.

    It speaks the Arrow PyCapsule interface, so that ``polars.DataFrame(table)``, ``pyarrow.table(table)``,
    ``pandas.DataFrame.from_arrow(table)`` and DuckDB's ``SELECT … FROM table`` take it as it is, without a copy. A table
    of a store is read from it story by story, each time anew.
    """

    __slots__ = ("_made", "name")

    def __init__(self, name: str, made: _crossread.Table) -> None:
        self.name = name
        self._made = made

    @property
    def columns(self) -> dict[str, str]:
        """The columns in order, each with its type: text, integer, number, boolean, day, instant, list of text."""
        return dict(self._made.columns)

    def __len__(self) -> int:
        return len(self._made)

    def __bool__(self) -> bool:
        return True

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._made.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._made.__arrow_c_schema__()

    def to_arrow(self) -> pyarrow.Table:
        """As a table of pyarrow, which must be installed."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """As a frame of pandas; pandas and pyarrow must be installed. Days are `datetime.date`."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """As a frame of Polars, which must be installed."""
        import polars

        return polars.DataFrame(self)

    def __repr__(self) -> str:
        columns = ", ".join(f"{name}: {kind}" for name, kind in self.columns.items())
        return f"<crossread.Table {self.name} ({columns})>"


class Tables(ABC):
    """What has the tables of stories."""

    @abstractmethod
    def table(self, name: str) -> Table:
        """The table of this name; `KeyError` where there is none."""

    @property
    def claims(self) -> Table:
        """A row a claim."""
        return self.table("claims")

    @property
    def readings(self) -> Table:
        """A row a passage that states a claim, or comes near it."""
        return self.table("readings")

    @property
    def disputes(self) -> Table:
        """A row a dispute."""
        return self.table("disputes")

    @property
    def sides(self) -> Table:
        """A row a passage that holds a side of a dispute."""
        return self.table("sides")

    @property
    def quotes(self) -> Table:
        """A row a reading of an utterance."""
        return self.table("quotes")

    @property
    def copies(self) -> Table:
        """A row a pair of articles that share text."""
        return self.table("copies")

    @property
    def names(self) -> Table:
        """A row a name of a story."""
        return self.table("names")

    @property
    def mentions(self) -> Table:
        """A row a mention of a name."""
        return self.table("mentions")

    @property
    def timeline(self) -> Table:
        """A row a passage that says when something happened."""
        return self.table("timeline")

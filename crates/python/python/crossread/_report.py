"""What reading gives: reports and their stories, articles, annotations, groups. Objects are made when they are asked
for, so that a report of a million articles costs no more than what is looked at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any, Generic, TypeVar, overload

from . import _crossread, _types
from ._table import Table, Tables
from ._types import Annotated, Article, Grouped, Skipped

T = TypeVar("T")


class Listed(Generic[T]):
    """Objects in order, each made when it is asked for; and a table of them all, as data frames take it."""

    def __init__(self, count: int, make: Callable[[int], T], table: Callable[[], Table]) -> None:
        self._count = count
        self._make = make
        self._table = table

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return [self._make(one) for one in range(*at.indices(self._count))]
        one = at + self._count if at < 0 else at
        if not 0 <= one < self._count:
            raise IndexError(f"there is no number {at}: there are {self._count}")
        return self._make(one)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return (self._make(at) for at in range(self._count))

    @property
    def table(self) -> Table:
        """All of them as a table."""
        return self._table()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<crossread.{type(self).__name__} of {self._count}>"


def _skipped(lines: str) -> list[Skipped]:
    return [Skipped.of(one) for one in json.loads(lines)]


class _Lines(Listed[T]):
    """What a stage gives, with what gave none."""

    def __init__(self, name: str, made: _crossread.Lines, of: Callable[[Any], T]) -> None:
        super().__init__(len(made), lambda at: of(json.loads(made.line(at))), lambda: Table(name, made.table()))
        self.skipped: list[Skipped] = _skipped(made.skipped())
        """What gave none, each with the reason."""


class Articles(_Lines[Article]):
    """Articles in order of time, then id; ``.skipped`` has what gave none, ``.table`` a row an article."""

    def __init__(self, made: _crossread.Lines) -> None:
        super().__init__("articles", made, Article.of)


class Annotations(_Lines[Annotated]):
    """For each article its names, quotations, dates and quantities; ``.table`` has a row for each of these."""

    def __init__(self, made: _crossread.Lines) -> None:
        super().__init__("marks", made, Annotated.of)


class Groups(_Lines[Grouped]):
    """For each article its story and whom it copies; ``.table`` has a row an article."""

    def __init__(self, made: _crossread.Lines) -> None:
        super().__init__("groups", made, Grouped.of)


class Story(_types.Story):
    """The articles about one event, compared. In a notebook it shows the report's own page of the story."""

    __slots__ = ("_at", "_report")

    _report: _crossread.Report
    _at: int

    @classmethod
    def _made(cls, report: _crossread.Report, at: int) -> Story:
        story = cls.of(json.loads(report.story(at)))
        # Frozen for everybody else.
        object.__setattr__(story, "_report", report)
        object.__setattr__(story, "_at", at)
        return story

    @property
    def html(self) -> str:
        """The story as one self-contained HTML page."""
        return self._report.html(self._at)

    @property
    def markdown(self) -> str:
        """The story as Markdown."""
        return self._report.markdown(self._at)

    def text_report(self, width: int = 80) -> str:
        """The story as plain text, in so many columns."""
        return self._report.text(self._at, width)

    def _repr_html_(self) -> str:
        # In a frame of its own, so that neither page nor notebook changes the other; scripts of the page may run there
        # and reach nothing outside.
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts allow-popups" '
            f'title="{escape(self.title)}" style="width: 100%; height: 40em; border: 1px solid #8888"></iframe>'
        )

    def __repr__(self) -> str:
        return (
            f"<crossread.Story {self.id} {self.title!r}: {len(self.articles)} articles, {len(self.claims)} claims, "
            f"{len(self.disputes)} disputes>"
        )


class Report(Tables):
    """What many pages say together and apart.

    ``stories`` are objects with the names of the JSON report; ``articles``, ``claims``, ``readings``, ``disputes``,
    ``sides``, ``quotes``, ``copies``, ``names``, ``mentions`` and ``timeline`` are tables (see `Table`), and ``stories``
    is one too.
    """

    def __init__(self, made: _crossread.Report) -> None:
        self._made = made
        articles, stories, _ = made.counts
        self.stories: Listed[Story] = Listed(
            stories, lambda at: Story._made(made, at), lambda: Table("stories", made.table("stories"))
        )
        """The stories, largest first."""
        self._articles = articles

    @property
    def skipped(self) -> list[Skipped]:
        """What gave no article, by path, with the reason."""
        return _skipped(self._made.skipped())

    @property
    def articles(self) -> Listed[Article]:
        """The articles, by time of publication, then id; a table too."""
        made = self._made
        return Listed(
            self._articles, lambda at: Article.of(json.loads(made.article(at))), lambda: self.table("articles")
        )

    def table(self, name: str) -> Table:
        """The table of this name; `KeyError` where there is none."""
        return Table(name, self._made.table(name))

    def json(self) -> str:
        """The whole report as JSON, version 1, byte for byte as the program writes it."""
        return self._made.json()

    @property
    def html(self) -> str:
        """The whole report as one self-contained HTML page."""
        return self._made.html()

    @property
    def markdown(self) -> str:
        """The whole report as Markdown."""
        return self._made.markdown()

    def text(self, width: int = 80) -> str:
        """The whole report as plain text, in so many columns."""
        return self._made.text(width=width)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(story.title)}</td><td>{len(story.articles)}</td><td>{len(story.outlets)}</td>"
            f"<td>{sum(claim.verdict == 'corroborated' for claim in story.claims)}</td><td>{len(story.disputes)}</td></tr>"
            for story in self.stories[:20]
        )
        more = len(self.stories) - 20
        rest = f"<p>and {more} more stories</p>" if more > 0 else ""
        return (
            "<table><thead><tr><th>story</th><th>articles</th><th>outlets</th><th>corroborated</th><th>disputes</th></tr>"
            f"</thead><tbody>{rows}</tbody></table>{rest}"
        )

    def __repr__(self) -> str:
        return f"<crossread.Report of {self._articles} articles in {len(self.stories)} stories>"

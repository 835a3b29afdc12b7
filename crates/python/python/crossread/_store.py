"""A store: articles kept in one file, their stories as they grow."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from . import _crossread
from ._reading import Align, Progress, engine
from ._report import Report, Story
from ._sources import Path, Sources, given
from ._table import Table, Tables
from ._types import Article, Mention, Skipped

_EPOCH = date(1970, 1, 1)
_PAGE = 200


@dataclass(frozen=True, slots=True)
class StoredStory:
    """What a store lists of a story."""

    id: str
    title: str
    first: date | None
    """First day of publication."""
    last: date | None
    """Last day of publication."""
    articles: int
    outlets: int
    corroborated: int
    """Corroborated claims, by its last report."""
    disputes: int
    earlier: str | None
    """Id of the story that it goes on from."""
    compared: bool
    """Whether its report is of its articles as they are."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: an article and the passage where the words stand."""

    article: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    language: str | None
    story: str | None
    mention: Mention | None


@dataclass(frozen=True, slots=True)
class Added:
    """What came of pages that were added, by id."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    known: tuple[str, ...]
    skipped: tuple[Skipped, ...]


def open_store(path: Path, *, create: bool = False) -> Store:
    """The store in a file. `StoreError` where there is none (unless ``create``), where it is damaged or of a newer
    version of the program."""
    return Store(_crossread.Store.made(path) if create else _crossread.Store(path), path)


class Store(Tables):
    """A store. It is opened for each call, so that any number of programs may read it while one adds to it.

    ``articles``, ``claims``, … are tables (see `Table`), read from the store as they are asked for.
    """

    def __init__(self, made: _crossread.Store, path: Path) -> None:
        self._made = made
        self.path = path

    @property
    def counts(self) -> tuple[int, int, int]:
        """Articles, versions of them, stories."""
        articles, versions, stories = self._made.counts()
        return articles, versions, stories

    def find(
        self,
        *,
        outlet: str | None = None,
        name: str | None = None,
        since: date | None = None,
        until: date | None = None,
        articles: int | None = None,
        disputed: bool = False,
    ) -> Iterator[StoredStory]:
        """The stories, the latest first: those with an article of ``outlet``, that name ``name``, published between two
        days (both counted in), with at least so many ``articles``, or with a dispute."""
        after = None
        while True:
            rows, after = self._made.stories(
                {
                    "outlet": outlet,
                    "name": name,
                    "since": _number(since),
                    "until": _number(until),
                    "articles": articles,
                    "disputed": disputed,
                    "after": after,
                    "limit": _PAGE,
                }
            )
            for row in rows:
                yield _listed(json.loads(row))
            if after is None:
                return

    @property
    def stories(self) -> Iterator[Story]:
        """Every story that is compared, the latest first, one at a time."""
        for row in self.find():
            story = self.story(row.id)
            if story is not None:
                yield story

    def story(self, id: str) -> Story | None:
        """A story by its id, or by one that it had; ``None`` where there is none, or it is not compared yet."""
        report = self.report(id)
        return report.stories[0] if report is not None and report.stories else None

    def report(self, id: str) -> Report | None:
        """A story's report with its articles."""
        made = self._made.story(id)
        return Report(made) if made is not None else None

    def article(self, id: str) -> Article | None:
        """An article as it is now; ``None`` where there is none of this id."""
        made = self._made.article(id)
        return Article.of(json.loads(made)) if made is not None else None

    def search(
        self,
        words: str,
        *,
        outlet: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int = 100,
    ) -> list[Found]:
        """Articles that have all the words, the last that came first. ``"two words"`` in quotes stand together,
        ``word*`` begins a word; nothing else is an operator."""
        lines = self._made.search(words, outlet, _number(since), _number(until), limit)
        return [_found(json.loads(line)) for line in lines]

    def add(
        self,
        sources: Sources,
        *,
        align: Align | None = None,
        compare: bool = True,
        fields: Mapping[str, str] | None = None,
        skip_empty: bool = False,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Added:
        """Takes pages in, and compares the stories that they changed (later, where ``compare`` is false). What is added
        is kept batch by batch, whatever ends the work. ``align`` is as the store has it where not given."""
        made = engine(align=align or self._made.align() or "words", threads=threads, fields=fields)
        took = self._made.add(made, given(sources, fields or {}, skip_empty), compare, progress)
        added = json.loads(took)
        return Added(
            new=tuple(added["new"]),
            changed=tuple(added["changed"]),
            known=tuple(added["known"]),
            skipped=tuple(Skipped.of(one) for one in added["skipped"]),
        )

    @property
    def articles(self) -> Table:
        """A row an article, whether its story was compared or not."""
        return self.table("articles")

    def table(self, name: str) -> Table:
        """The table of this name; `KeyError` where there is none."""
        return Table(name, self._made.table(name))

    def __repr__(self) -> str:
        return f"<crossread.Store {str(self.path)!r}>"


def _number(day: date | None) -> int | None:
    return None if day is None else (day - _EPOCH).days


def _day(number: int | None) -> date | None:
    return None if number is None else _EPOCH + timedelta(days=number)


def _listed(row: dict[str, Any]) -> StoredStory:
    return StoredStory(**{**row, "first": _day(row["first"]), "last": _day(row["last"])})


def _found(row: dict[str, Any]) -> Found:
    mention = row["mention"]
    return Found(**{**row, "mention": None if mention is None else Mention.of(mention)})

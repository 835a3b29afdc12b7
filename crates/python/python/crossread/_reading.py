"""Reading: `read`, `extract`, `annotate`, `group`. Each takes sources, gives what the program of that name gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Literal, Optional

from . import _crossread
from ._report import Annotations, Articles, Groups, Report
from ._sources import Path, Sources, given

#: Hears how far the work is: the stage ("pages", "annotate", "stories", "compare"), items done, and items in all where
#: that is known. An exception that it raises ends the work.
Progress = Callable[[str, int, Optional[int]], object]

Align = Literal["encoder", "words"]


@lru_cache(maxsize=4)
def engine_with(
    align: str,
    threads: int | None,
    fields: tuple[tuple[str, str], ...],
    one_story: bool,
    strip_text: bool,
    owners: str,
    aliases: str,
) -> _crossread.Engine:
    """An engine takes a moment to make and can be used again."""
    return _crossread.Engine(
        align=align,
        threads=threads,
        fields=list(fields),
        one_story=one_story,
        strip_text=strip_text,
        owners=owners,
        aliases=aliases,
    )


def engine(
    *,
    align: str = "words",
    threads: int | None = None,
    fields: Mapping[str, str] | None = None,
    one_story: bool = False,
    strip_text: bool = True,
    owners: Path | None = None,
    aliases: Path | None = None,
) -> _crossread.Engine:
    """The engine that works so."""
    named = tuple(sorted((fields or {}).items()))
    return engine_with(align, threads, named, one_story, strip_text, words_of(owners), words_of(aliases))


def words_of(path: Path | None) -> str:
    """The words of a list; none without one."""
    if path is None:
        return ""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise _crossread.InputError(f"cannot read the list {path!s}: {error}") from None


def read(
    sources: Sources,
    *,
    align: Align = "encoder",
    one_story: bool = False,
    fields: Mapping[str, str] | None = None,
    skip_empty: bool = False,
    owners: Path | None = None,
    aliases: Path | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """The whole flow: pages to stories, with what is corroborated, disputed, copied and said in each.

    ``sources``: a path or several (files, folders, archives, feeds), bytes of a page, records (mappings with ``"text"``
    or ``"html"`` and what is known: ``id, url, outlet, title, published, language``), or a data frame with such columns.

    ``align``: what claims of different articles are lined up by: ``"encoder"`` (words in their sentence; the better
    one), ``"words"`` (fast, at any scale). ``one_story``: all that is read is one story. ``fields``: what records and
    columns call their fields, as ``{"text": "body"}``. ``skip_empty``: records without a text are listed as skipped;
    otherwise they are an error. ``owners``, ``aliases``: lists of houses and of names, as the program takes them.
    ``threads``: all cores where not given; no result depends on it. ``progress``: hears how far the work is.

    What gave no article is in ``Report.skipped`` with its reason. Raises `InputError` where sources or records are not
    what they should be; `KeyboardInterrupt` ends the work.
    """
    made = engine(
        align=align, threads=threads, fields=fields, one_story=one_story, owners=owners, aliases=aliases
    )
    return Report(made.read(given(sources, fields or {}, skip_empty), progress))


def extract(
    sources: Sources,
    *,
    fields: Mapping[str, str] | None = None,
    skip_empty: bool = False,
    owners: Path | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Articles:
    """Pages to articles: the words without page furniture, and what each page says of itself. Arguments as of `read`."""
    made = engine(threads=threads, fields=fields, owners=owners)
    return Articles(made.extract(given(sources, fields or {}, skip_empty), progress))


def annotate(
    sources: Sources,
    *,
    fields: Mapping[str, str] | None = None,
    skip_empty: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Annotations:
    """Articles to their sentences, names, quotations with speakers, dates, quantities and broken words. Offsets are
    those of the text as it was given. Arguments as of `read`."""
    made = engine(threads=threads, fields=fields, strip_text=False)
    return Annotations(made.annotate(given(sources, fields or {}, skip_empty), progress))


def group(
    sources: Sources,
    *,
    chains: bool = False,
    fields: Mapping[str, str] | None = None,
    skip_empty: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Groups:
    """Articles to stories: which report one event, and which has whose text. ``chains``: an event counts with those
    that it grew out of. Other arguments as of `read`."""
    made = engine(threads=threads, fields=fields)
    return Groups(made.group(given(sources, fields or {}, skip_empty), chains, progress))

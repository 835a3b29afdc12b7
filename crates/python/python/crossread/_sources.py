"""What may be read: paths, pages in memory, records, data frames. In: what a caller gives. Out: what the compiled half
takes. Refuses, by name, what is none of these."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol, Union, runtime_checkable

from ._crossread import InputError, records


@runtime_checkable
class ArrowStream(Protocol):
    """A data frame: of pandas, Polars, DuckDB, pyarrow, or any other that speaks the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Path = Union[str, "os.PathLike[str]"]
Record = Mapping[str, Any]
Sources = Union[Path, bytes, Record, ArrowStream, Iterable[Union[Path, bytes, Record]]]

# What the compiled half takes: a path, a name with bytes, or a name with records and how many came before.
Given = Union[str, "tuple[str, bytes]", "tuple[str, int, bytes]"]

# Bytes of records that are read together: enough to be worth a task, few enough for every core to have one.
_PIECE = 256 << 10


def given(sources: Sources, fields: Mapping[str, str], skip_empty: bool) -> list[Given]:
    """The sources as the compiled half takes them."""
    if isinstance(sources, ArrowStream):
        return [("row", before, piece) for before, piece in records(sources, dict(fields), skip_empty)]
    if isinstance(sources, (str, bytes, os.PathLike, Mapping)):
        sources = [sources]
    if not isinstance(sources, Iterable):
        raise InputError(
            f"{_called(sources)} cannot be read: give a path, bytes, a record (a mapping with \"text\" or \"html\"), "
            "several of them, or a data frame"
        )
    taken: list[Given] = []
    lines = _Lines()
    for at, one in enumerate(sources):
        if isinstance(one, Mapping):
            lines.add(_line(one, at, fields, skip_empty))
        elif isinstance(one, bytes):
            taken.append((f"bytes {at}", one))
        elif isinstance(one, (str, os.PathLike)):
            taken.append(_path(one))
        else:
            raise InputError(f"number {at} of what is to be read is {_called(one)}: give paths, bytes or records")
    return taken + lines.pieces()


def _path(path: Path) -> str:
    path = os.fspath(path)
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    if not os.path.exists(path):
        raise InputError(f"there is no file or folder {path!r} (looked for in {os.getcwd()!r})")
    return path


class _Lines:
    """Records as lines of JSON, in pieces."""

    def __init__(self) -> None:
        self._done: list[Given] = []
        self._lines: list[bytes] = []
        self._size = self._before = self._count = 0

    def add(self, line: bytes) -> None:
        self._lines.append(line)
        self._size += len(line)
        self._count += 1
        if self._size >= _PIECE:
            self._close()

    def _close(self) -> None:
        if self._lines:
            self._done.append(("record", self._before, b"\n".join(self._lines) + b"\n"))
        self._lines, self._size, self._before = [], 0, self._count

    def pieces(self) -> list[Given]:
        self._close()
        return self._done


def _line(record: Record, at: int, fields: Mapping[str, str], skip_empty: bool) -> bytes:
    bodies = [fields.get(body, body) for body in ("text", "html")]
    for body in bodies:
        value = record.get(body)
        if value is not None and not isinstance(value, str):
            raise InputError(f"record {at}: {body!r} is {_called(value)}, not str: decode it first")
    if not skip_empty and all(record.get(body) is None for body in bodies):
        keys = ", ".join(repr(key) for key in record) or "nothing"
        raise InputError(
            f"record {at} has neither {bodies[0]!r} nor {bodies[1]!r}, but {keys}: fields={{\"text\": NAME}} says what "
            "its text is called, skip_empty=True lists such records as skipped"
        )
    try:
        return json.dumps(dict(record), ensure_ascii=False, default=_plain).encode()
    except UnicodeEncodeError as error:
        raise InputError(f"record {at} holds half a character (a lone surrogate): {error}") from None
    except (TypeError, ValueError) as error:
        raise InputError(f"record {at} is no JSON: {error}") from None


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"a value is {_called(value)}")


def _called(value: object) -> str:
    return f"a {type(value).__name__}"

"""What the tests share: pages of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

import crossread

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def report(samples: Path) -> crossread.Report:
    return crossread.read(samples)


def record(number: int, text: str | None = None) -> dict[str, object]:
    """A record of a report of its own."""
    return {
        "id": f"a{number}",
        "outlet": f"The {number % 7} Courier",
        "title": f"Bridge {number} over the Orla reopens",
        "published": "2026-03-02",
        "text": text
        or f"The bridge number {number} over the Orla reopened on Monday, mayor Ida Kern said. "
        f'"We waited {number + 2} months," Kern said. It had been shut since a barge struck it.\n',
    }

"""What is grouped together. In: how many articles each day has. Out: windows of days, and in which two of them a day
lies.

Days are cut into steps; a window is two steps, and the two tilings of windows are a step apart, so that every day is in
two windows and in the middle half of one. Where news is sparse a step takes more days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Articles of a window at least, as a multiple of what one group takes: fewer would cut stories of a thin archive apart
#: without need. A step has half of that.
_LIMITS_A_WINDOW = 8


@dataclass(frozen=True)
class Windows:
    """Windows of days. A window's number is even in the first tiling, odd in the second."""

    #: The step of each day.
    steps: Mapping[int, int]
    #: How many articles come before each day, and how many it has; of those without a day under `None`.
    before: Mapping[int | None, tuple[int, int]]
    #: All articles.
    articles: int

    @property
    def count(self) -> int:
        """How many steps there are."""
        return max(self.steps.values(), default=-1) + 1

    def of(self, day: int) -> tuple[int, int]:
        """The windows of a day, that of the first tiling first: one twice where all days are in one."""
        step = self.steps[day]
        if self.count <= 2:
            return 0, 0
        return step // 2 * 2, (step + 1) // 2 * 2 - 1


def windows(counts: Mapping[int | None, int], days: int, limit: int) -> Windows:
    """The windows of days that have so many articles: ``days`` days at least, and so many articles that cutting pays
    where a group takes ``limit``."""
    steps: dict[int, int] = {}
    before: dict[int | None, tuple[int, int]] = {}
    step, first, articles, sofar = 0, None, 0, 0
    for day in sorted(day for day in counts if day is not None):
        if first is None:
            first = day
        elif 2 * (day - first) >= days and 2 * articles >= _LIMITS_A_WINDOW * limit:
            step, first, articles = step + 1, day, 0
        steps[day] = step
        before[day] = sofar, counts[day]
        articles += counts[day]
        sofar += counts[day]
    before[None] = sofar, counts.get(None, 0)
    return Windows(steps, before, sofar + before[None][1])

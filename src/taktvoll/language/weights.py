"""How much signs speak for each of some classes: weights that were learned, in a text file.

The first line of the file says what it was learned from; each further one is a sign, a tab, and
a whole number (hundredths) for each class, in the order of the closed list of the classes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Generic, TypeVar

ClassT = TypeVar("ClassT", bound=StrEnum)


@dataclass(frozen=True)
class Weights(Generic[ClassT]):
    """The weights in ``path`` for the members of ``classes``."""

    path: Path
    classes: type[ClassT]

    def score(self, signs: Iterable[str]) -> dict[ClassT, float]:
        """How much ``signs`` speak for each class; signs that were never learned say nothing."""
        rows = self.rows()
        found = [_numbers(rows[sign]) for sign in signs if sign in rows]
        size = sqrt(len(found) or 1)
        sums = map(sum, zip(*found, strict=True)) if found else [0.0] * len(self.classes)
        return {each: total / size for each, total in zip(self.classes, sums, strict=True)}

    def rows(self) -> dict[str, str]:
        """The numbers of every sign, as they are written."""
        return _rows(self.path)


@lru_cache(maxsize=4)
def _rows(path: Path) -> dict[str, str]:
    _, _, lines = path.read_text("utf-8").rstrip("\n").partition("\n")
    cells = lines.replace("\n", "\t").split("\t")  # no pairs: tens of thousands take their time
    return dict(zip(cells[::2], cells[1::2], strict=True))


@lru_cache(maxsize=20_000)
def _numbers(column: str) -> tuple[int, ...]:
    return tuple(map(int, column.split()))

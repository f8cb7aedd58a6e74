"""The text that the rules read, and the few ways they look at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from taktvoll.model import Country, Language

V = TypeVar("V")
P = ParamSpec("P")
R = TypeVar("R")

_WORD = re.compile(r"[^\W\d_]*")
_LETTERS = re.compile(r"(?<![^\W\d_])[^\W\d_]+")
_SPACE = re.compile(r"[ \t\u00a0\u202f]{0,6}(?:\r?\n[ \t]{0,6})?")


def words(told: str) -> tuple[str, ...]:
    """The words of a line of a table."""
    return tuple(told.split())


class Table(dict[str, V]):
    """Words or phrases of words, one blank between, with what each means.

    ``reach`` tells for a first word how long the longest phrase is that begins with it.
    """

    def __init__(self, *parts: dict[str, V]) -> None:
        super().__init__()
        for part in parts:
            self.update(part)
        self.reach: dict[str, int] = {}
        for key in self:
            head = _WORD.match(key)[0]  # type: ignore[index]
            self.reach[head] = max(self.reach.get(head, 0), len(key))


@dataclass(slots=True)
class Text:
    """``low`` is the lowered text with what is no date blotted out, ``cased`` the text itself.

    ``now`` is the wall clock where the text was written, without a zone.
    """

    low: str
    cased: str
    now: datetime
    country: Country | None
    language: Language | None
    memo: dict[Any, Any] = field(default_factory=dict)
    words: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = {found.start(): found[0] for found in _LETTERS.finditer(self.low)}

    def word(self, at: int) -> str:
        """The word that begins at ``at``; empty where none does."""
        return self.words.get(at, "")

    def skip(self, at: int) -> int:
        """``at`` or the place behind the space there: some blanks, and at most one line's end."""
        found = _SPACE.match(self.low, at)
        return found.end() if found else at

    def phrase(self, at: int, table: Table[V]) -> tuple[V, int] | None:
        """The longest key of ``table`` at ``at`` with its value, and the place behind it."""
        word = self.word(at)
        reach = table.reach.get(word) if word else None
        if reach is None:
            return None
        piece = self.low[at : at + reach].replace("-", " ").replace("\n", " ").replace("’", "'")
        while piece := piece.rstrip(' .,;:!?)("/'):
            end = at + len(piece)
            if piece in table and not self.low[end : end + 1].isalpha():
                return table[piece], end
            piece = piece[: max(piece.rfind(" "), 0)]
        return None

    def after(self, at: int, *words: str) -> int | None:
        """The place behind one of ``words`` and the space after it, else None."""
        word = self.word(at)
        return self.skip(at + len(word)) if word and word in words else None

    def without(self, at: int, words: frozenset[str], most: int = 3) -> int:
        """``at`` moved past up to ``most`` of ``words``, their dots and the space behind them."""
        for _ in range(most):
            word = self.word(at)
            if word not in words:
                break
            at += len(word)
            if self.low[at : at + 1] in (".", ":"):
                at += 1
            at = self.skip(at)
        return at


def remembered(rule: Callable[Concatenate[Text, P], R]) -> Callable[Concatenate[Text, P], R]:
    """Each rule reads each place once, however many rules ask: time stays linear and small."""

    @wraps(rule)
    def read(t: Text, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (rule, args, *kwargs.values())
        try:
            return t.memo[key]  # type: ignore[no-any-return]
        except KeyError:
            found = t.memo[key] = rule(t, *args, **kwargs)
            return found

    return cast("Callable[Concatenate[Text, P], R]", read)

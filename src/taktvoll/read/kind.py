"""What a message is to the candidate: an invitation, a change, a refusal, or none of these."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from pathlib import Path

from taktvoll.model import Kind
from taktvoll.read.signs import Clues, signs_of

WEIGHTS = Path(__file__).with_name("kinds.tsv")
"""How much each sign speaks for each kind, in hundredths; written by tools/learn_kinds."""

_ANSWERS = frozenset(["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"])


def kind_of(subject: str, text: str, clues: Clues) -> Kind:
    """The kind of a message from its ``subject``, its newest ``text`` and the :class:`Clues`.

    A calendar that answers is an answer (RFC 5546 §1.4); everything else is told by its signs.
    """
    if clues.method in _ANSWERS:
        return Kind.REPLY
    scores = score(signs_of(subject, text, clues))
    if clues.method == "CANCEL" or clues.status == "CANCELLED":
        return max((Kind.CANCELLATION, Kind.OTHER), key=scores.__getitem__)
    return max(scores, key=scores.__getitem__)


def score(signs: set[str]) -> dict[Kind, float]:
    """How much ``signs`` speak for each kind."""
    weights = load()
    found = [_numbers(weights[sign]) for sign in signs if sign in weights]
    size = sqrt(len(found) or 1)
    sums = map(sum, zip(*found, strict=True)) if found else [0.0] * len(Kind)
    return {kind: total / size for kind, total in zip(Kind, sums, strict=True)}


@lru_cache(maxsize=1)
def load() -> dict[str, str]:
    """The weights of every sign as they are written, in the order of the closed list of kinds."""
    _, _, lines = WEIGHTS.read_text("utf-8").rstrip("\n").partition("\n")
    cells = lines.replace("\n", "\t").split("\t")  # no pairs: tens of thousands take their time
    return dict(zip(cells[::2], cells[1::2], strict=True))


@lru_cache(maxsize=20_000)
def _numbers(column: str) -> tuple[int, ...]:
    return tuple(map(int, column.split()))

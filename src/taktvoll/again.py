"""Compare and set, begun anew: what two change at once is changed by one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from taktvoll.errors import WrongUse

_T = TypeVar("_T")

# As often as that nobody loses a race by chance.
_TRIES = 20


def until_kept(attempt: Callable[[], _T]) -> _T:
    """What ``attempt`` gives, begun anew where somebody else has changed the case meanwhile.

    ``attempt`` reads what it changes, and stores it last. Raises
    ``WrongUse("case_changed_meanwhile")`` where that never ends.
    """
    for _ in range(_TRIES - 1):
        try:
            return attempt()
        except WrongUse as meanwhile:
            if meanwhile.code != "case_changed_meanwhile":
                raise
    return attempt()

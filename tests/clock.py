"""How long something takes, whatever else the machine does meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 3


def seconds(work: Callable[[], object], *, limit: float) -> float:
    """The least processor time of this thread in a few tries; the first within `limit` is enough.

    A first try also pays for patterns that are compiled and data that are loaded once, and for what
    the garbage of other tests costs.
    """
    least = float("inf")
    for _ in range(TRIES):
        begun = time.thread_time()
        work()
        least = min(least, time.thread_time() - begun)
        if least < limit:
            break
    return least

"""SIGTERM, heard: what has begun is brought to its end, and then the program ends with a word."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Self

ENDED = 128 + signal.SIGTERM  # the exit code, as a shell would give it


class Ending:
    """Used in a ``with`` of the main thread: whether the program has been asked to end.

    A mail in the middle of its way must not be cut off: nobody would know whether it left.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGTERM, self._hear)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGTERM, self._before)

    @property
    def asked(self) -> bool:
        """Whether it has."""
        return self._asked.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait, but not after that; whether it has been asked."""
        return self._asked.wait(seconds)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._asked.set()

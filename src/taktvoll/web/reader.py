"""Uploads are read in a process of their own: what hangs or swells there is ended there."""

from __future__ import annotations

import signal
from contextlib import suppress
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock

from taktvoll.errors import TaktvollError, UnreadableInput
from taktvoll.model import Invitation

SECONDS = 20.0  # for one upload; reading takes milliseconds
_MEMORY = 2_000_000_000  # bytes of address space


class Reader:
    """Reads uploads one at a time in a worker that is started once and again when it had to end."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._worker: BaseProcess | None = None
        self._line: Connection | None = None

    def start(self) -> None:
        """Start the worker ahead of the first upload."""
        with self._lock:
            self._connected()

    def read(self, data: bytes, *, file: str | None, now: datetime) -> list[Invitation]:
        """What the messages in ``data`` say, as ``read.read`` tells it of an interview.

        Raises UnreadableInput, also when it took too long or too much memory.
        """
        with self._lock:
            line = self._connected()
            try:
                line.send((data, file, now))
                if not line.poll(self._seconds):
                    raise UnreadableInput("upload_took_too_long")
                answer = line.recv()
            except (EOFError, OSError) as gone:
                self._end()
                raise UnreadableInput("upload_unreadable") from gone
            except UnreadableInput:
                self._end()
                raise
        if isinstance(answer, list):
            return answer
        code, values = answer
        raise UnreadableInput(code, **values)

    def close(self) -> None:
        """End the worker."""
        with self._lock:
            self._end()

    def _connected(self) -> Connection:
        if self._line is None or self._worker is None or not self._worker.is_alive():
            self._end()
            context = get_context("spawn")  # threads run here: a forked copy could be locked
            self._line, theirs = context.Pipe()
            self._worker = context.Process(target=_work, args=(theirs,), daemon=True)
            self._worker.start()
            theirs.close()
        return self._line

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker.join()
        if self._line is not None:
            self._line.close()
        self._worker = self._line = None


def _work(line: Connection) -> None:
    """The worker: answers each upload with a list, or with the code and values of an error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    with suppress(ImportError, ValueError, OSError):  # there is no such module on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    from taktvoll.read import read

    while True:
        try:
            data, file, now = line.recv()
        except EOFError:
            return
        try:
            line.send(read(data, file=file, now=now, interview=True))
        except TaktvollError as error:
            line.send((error.code, {name: str(value) for name, value in error.values.items()}))
        except (MemoryError, RecursionError):
            line.send(("upload_unreadable", {}))

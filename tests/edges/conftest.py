"""Time for the edges: a deadline passes when a server has come to a stage, not by the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from tests.rigs.process import wait_until
from tests.rigs.scripted import Scripted

from taktvoll.edges import http, smtp
from taktvoll.edges.connection import Deadline
from taktvoll.edges.imap import mailbox

Strike = Callable[[Scripted, str], None]


@pytest.fixture
def strike(monkeypatch: pytest.MonkeyPatch) -> Iterator[Strike]:
    """``strike(server, stage)`` lets the time of all acts be over once ``stage`` is reached."""
    made: list[Deadline] = []
    threads: list[Thread] = []

    class Recorded(Deadline):
        def __init__(self, seconds: float) -> None:
            super().__init__(seconds)
            made.append(self)

    for module in (smtp, mailbox, http):
        monkeypatch.setattr(module, "Deadline", Recorded)

    def strike_all(server: Scripted, stage: str) -> None:
        wait_until(lambda: stage in server.log)
        for deadline in list(made):
            deadline.strike()

    def start(server: Scripted, stage: str) -> None:
        threads.append(Thread(target=strike_all, args=(server, stage)))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join()

"""Keeps the word while the program is open: a tick every few seconds, an ear at each mailbox."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from taktvoll.errors import TaktvollError
from taktvoll.ports import Unreachable

if TYPE_CHECKING:
    from taktvoll.model import Account
    from taktvoll.post import Post, Round

_EVERY = 5.0  # seconds: a hold of ten may last fifteen, not longer
_LISTEN = 60.0  # seconds of IDLE at a time, so that the end of the program is noticed
_FIRST_BACK_OFF, _LONGEST_BACK_OFF = 15.0, 600.0  # seconds after a mailbox was out of reach

_log = logging.getLogger("taktvoll")  # holds no letter and no address


class Loop:
    """Threads that tick and listen, from ``start`` to ``stop``. ``done`` is told of each round."""

    def __init__(self, post: Post, done: Callable[[Round], None] = lambda _: None) -> None:
        self._post = post
        self._done = done
        self._stop = Event()
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Begin; accounts that are added later are heard after the next start."""
        self._run(self._tick)
        for account in self._post.accounts():
            if account.imap is not None:
                self._run(self._listen, account)

    def _run(self, work: Callable[..., None], *arguments: object) -> None:
        thread = Thread(target=work, args=arguments, daemon=True)
        thread.start()
        self._threads.append(thread)

    def stop(self) -> bool:
        """End; whether something is still held or on its way, which nobody lets go now."""
        self._stop.set()
        for thread in self._threads[:1]:  # an act that has begun is brought to its end
            thread.join()
        return self._post.waiting()

    def _tick(self) -> None:
        while not self._stop.wait(_EVERY):
            try:
                self._done(self._post.tick(collect=False))
            except TaktvollError as error:  # a full disk, a locked file: the next round tries again
                _log.warning("tick: %s", error.code)
            except Exception as error:  # whatever it was: a loop that ends keeps no word
                _log.warning("tick: %s", type(error).__name__)

    def _listen(self, account: Account) -> None:
        pause = _FIRST_BACK_OFF
        while not self._stop.is_set():
            try:
                self._post.collect(account)
                self._wait(account)
                pause = _FIRST_BACK_OFF
            except Exception as error:  # out of reach or worse: later, but never no more
                if not isinstance(error, (Unreachable, TaktvollError)):
                    _log.warning("listen: %s", type(error).__name__)
                self._stop.wait(pause)
                pause = min(2 * pause, _LONGEST_BACK_OFF)

    def _wait(self, account: Account) -> None:
        """Until something arrives, over one connection."""
        post = self._post
        place = post.inbox().place(account)
        if place is None:
            return
        with post.reach.mailbox(account.id) as mailbox:
            while not self._stop.is_set() and not mailbox.wait(place, _LISTEN):
                pass

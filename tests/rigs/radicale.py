"""Radicale 3: a CalDAV server that does not schedule. Any user name with ``PASSWORD``."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import httpx

from tests.rigs.process import PASSWORD, folder, free_port, running

# ``delay``: a wrong password is answered at once
_CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {home}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = {home}/collections
[logging]
level = warning
"""

USERS = 400


@dataclass(frozen=True)
class Radicale:
    """A running server at ``url``."""

    url: str
    _numbers: Iterator[int]

    def user(self) -> str:
        """A fresh user without calendars."""
        return f"candidate{next(self._numbers)}"

    def calendar(self, user: str, name: str = "job") -> str:
        """Make a calendar; its URL."""
        url = f"{self.url}{user}/{name}/"
        made = httpx.request("MKCALENDAR", url, auth=(user, PASSWORD), trust_env=False)
        made.raise_for_status()
        return url


@contextmanager
def radicale() -> Iterator[Radicale]:
    """Run one; raises ``NotReady``."""
    with folder("radicale") as home:
        port = free_port()
        users = "".join(f"candidate{number}:{PASSWORD}\n" for number in range(1, USERS + 1))
        (home / "users").write_text(users)
        (home / "config").write_text(_CONFIG.format(port=port, home=home))
        with running(
            [sys.executable, "-m", "radicale", "-C", str(home / "config")],
            log=home / "radicale.log",
            ready=lambda: socket.create_connection(("127.0.0.1", port), 1).close() is None,
        ):
            yield Radicale(url=f"http://127.0.0.1:{port}/", _numbers=count(1))

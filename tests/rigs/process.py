"""A server as a child of the test run: in a folder of its own, on free ports, ended as a whole."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DOMAIN = "example.test"
PASSWORD = "secret"
PATIENCE = 15  # seconds until a server has to answer


class Missing(Exception):
    """A program that a rig needs is not on this machine."""


class NotReady(Exception):
    """A server ended, or did not answer in time; the text is what it logged."""


def need(*programs: str) -> None:
    """Raises ``Missing`` with the names of those ``programs`` (paths) that are not there."""
    if missing := [each for each in programs if not os.access(each, os.X_OK)]:
        raise Missing(", ".join(missing))


def free_port() -> int:
    """A port of the loopback that was free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class User:
    """As whom a server runs: not as root, where we are root."""

    name: str
    uid: int
    gid: int

    @classmethod
    def called(cls, name: str) -> User:
        """The user ``name`` where we may become that one, else who we are."""
        entry = pwd.getpwnam(name) if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    def own(self, folder: Path) -> None:
        """Give ``folder`` and all in it to this user, and let others pass through it."""
        folder.chmod(0o755)
        if os.getuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.uid, self.gid)


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """A fresh folder with a short path (sockets have one of 108 bytes at most), gone afterwards."""
    path = Path(tempfile.mkdtemp(prefix=f"taktvoll-{name}-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running(
    command: Sequence[str],
    *,
    log: Path,
    ready: Callable[[], bool],
    user: User | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``command`` until the block ends. ``ready`` may raise ``OSError`` while it is not."""
    become = (
        {"user": user.uid, "group": user.gid, "extra_groups": []}
        if user and os.getuid() == 0
        else {}
    )
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that all its children can be ended with it
            **become,
        )
    try:
        wait_until(
            ready,
            alive=lambda: process.poll() is None,
            log=lambda: "\n".join(
                each.read_text(errors="replace") for each in sorted(log.parent.glob("*.log"))
            ),
        )
        yield process
    finally:
        end(process)


def wait_until(
    ready: Callable[[], bool],
    *,
    alive: Callable[[], bool] = lambda: True,
    log: Callable[[], str] = str,
) -> None:
    """Look every 20 ms whether ``ready``; raises ``NotReady`` with the ``log``."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if ready():
                return
        except OSError:
            pass
        if not alive():
            raise NotReady(log())
        time.sleep(0.02)
    raise NotReady(log())


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end; where it does not, end it and its children by force."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def greets(port: int, start: bytes) -> bool:
    """Whether the server on ``port`` begins with ``start``."""
    with socket.create_connection(("127.0.0.1", port), 2) as connection:
        connection.settimeout(2)
        return connection.recv(200).startswith(start)

"""A disk that really runs out of space, or may really not be written to, in each step of a send.

Where the machine lets us mount, the disk is a tmpfs of two megabytes that is filled to its last
byte, and remounted read-only. Everywhere else, and beside it, SQLite's own limit stands for the
full disk (``PRAGMA max_page_count``, with triggers that make each write of an act or an event take
pages), and for the read-only one the rights of the folder, which root has to heed as well once it
gives up CAP_DAC_OVERRIDE.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from sqlalchemy import event
from tests.post.conftest import ACCOUNT
from tests.world import Drawer, SetClock, World

from taktvoll.act import ActKind
from taktvoll.case import Case, CaseState
from taktvoll.cli import run
from taktvoll.desk import Desk
from taktvoll.edges.store import SqliteStore
from taktvoll.errors import TaktvollError
from taktvoll.model import ActState
from taktvoll.post import Post


@dataclass
class Disk:
    """A folder with the cases, and what can happen to the disk below it.

    ``store`` is what the program holds open; a program that starts anew opens its own.
    """

    folder: Path
    store: SqliteStore = field(init=False)

    def __post_init__(self) -> None:
        self.reopen()

    def reopen(self) -> None:
        self.store = SqliteStore(self.folder / "cases.db")

    def fill(self) -> None:
        raise NotImplementedError

    def free(self) -> None:
        raise NotImplementedError

    def lock(self) -> None:
        """No byte can be written any more: by nobody, in no file of it."""
        raise NotImplementedError

    def unlock(self) -> None:
        raise NotImplementedError


class Mounted(Disk):
    """A tmpfs, which only whoever may mount can have."""

    def fill(self) -> None:
        with (self.folder / "filler").open("ab", buffering=0) as filler:
            for size in (4096, 1):
                try:
                    while True:
                        filler.write(b"x" * size)
                except OSError:
                    pass

    def free(self) -> None:
        (self.folder / "filler").unlink()

    def lock(self) -> None:
        self.store.close()  # nothing is remounted while it is being written to
        self._mount("-o", "remount,ro", str(self.folder))

    def unlock(self) -> None:
        self.store.close()
        self._mount("-o", "remount,rw", str(self.folder))

    @staticmethod
    def _mount(*words: str) -> None:
        subprocess.run(["mount", *words], check=True, capture_output=True)


class Limited(Disk):
    """A file that may not grow, and a folder that another may only look into."""

    full = False

    def reopen(self) -> None:
        super().reopen()
        engine = self.store._engine
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS ballast (weight BLOB)")
            for change in ("UPDATE ON acts", "INSERT ON acts", "INSERT ON events"):
                name = change.replace(" ", "_")
                connection.exec_driver_sql(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {change} BEGIN"
                    " INSERT INTO ballast VALUES (zeroblob(200000)); END"
                )
        engine.dispose()

        @event.listens_for(engine, "connect")
        def limit(connection, _record):  # type: ignore[no-untyped-def]
            if self.full:
                [pages] = connection.execute("PRAGMA page_count").fetchone()
                connection.execute(f"PRAGMA max_page_count = {pages}")

    def fill(self) -> None:
        self.full = True
        self.store.close()  # the limit is one of each connection

    def free(self) -> None:
        self.full = False
        self.store.close()

    def lock(self) -> None:
        self.store.close()
        for path in (*self.folder.iterdir(), self.folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
        _heed_rights(True)

    def unlock(self) -> None:
        self.store.close()
        _heed_rights(False)
        for path in (self.folder, *self.folder.iterdir()):
            path.chmod(0o700 if path.is_dir() else 0o600)


def _heed_rights(heed: bool) -> None:
    """Whether this thread has to heed the rights of files, whoever it is: capabilities(7)."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # twice: effective, permitted, inheritable
    if libc.capget(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    sets[0] = sets[0] & ~_DAC_OVERRIDE if heed else sets[0] | (sets[1] & _DAC_OVERRIDE)
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")


_CAPABILITY_VERSION_3 = 0x20080522
_DAC_OVERRIDE = 1 << 1


@cache
def _can_mount() -> bool:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    folder = mkdtemp()
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True)
        if done.returncode == 0:
            subprocess.run(["umount", folder], check=True)
        return done.returncode == 0
    finally:
        Path(folder).rmdir()


@pytest.fixture(params=["limited", *(["mounted"] if _can_mount() else [])])
def disk(request: pytest.FixtureRequest) -> Iterator[Disk]:
    """Outside of pytest's own folders, into which nobody else may look."""
    with TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        folder = Path(above) / "data"
        folder.mkdir()
        if request.param == "limited":
            disk: Disk = Limited(folder)
            try:
                yield disk
            finally:
                disk.unlock()
            return
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=True)
        try:
            disk = Mounted(folder)
            yield disk
            disk.store.close()
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def post(disk: Disk, world: World) -> Post:
    post = Post(
        clock=world.clock, store=lambda: disk.store, reach=world, secrets=Drawer(), notifier=world,
        directory=world,
    )  # fmt: skip
    post.add_account(ACCOUNT, {"smtp": "geheim"})
    return post


@pytest.fixture
def desk(clock: SetClock, disk: Disk, post: Post, tmp_path: Path) -> Desk:
    return Desk(
        clock=clock, store=lambda: disk.store, cache=tmp_path / "cache", overlay=None,
        sending=lambda: post,
    )  # fmt: skip


def ticks(post: Post, times: int = 10) -> None:
    for _ in range(times):
        post.clock.pass_(minutes=1)  # type: ignore[attr-defined]
        post.tick()


def state_of(post: Post, case: Case) -> CaseState:
    stored = post.store().get(case.id)
    assert stored is not None
    return stored.state


def mail_state(post: Post, case: Case) -> ActState:
    [act] = [act for act in post.acts(case.id) if act.kind is ActKind.MAIL]
    return act.state


FAULTS = pytest.mark.parametrize(
    ("breaks", "mends", "code"),
    [(Disk.fill, Disk.free, "store_full"), (Disk.lock, Disk.unlock, "store_read_only")],
    ids=["full", "read-only"],
)
Fault = Callable[[Disk], None]


def _do(disk: Disk, fault: Fault) -> None:
    getattr(disk, fault.__name__)()


@FAULTS
def test_in_the_yes_nothing_is_held_and_it_can_be_said_again(
    disk: Disk, post: Post, written: Case, world: World, breaks: Fault, mends: Fault, code: str
) -> None:
    _do(disk, breaks)
    with pytest.raises(TaktvollError, match=code):
        post.approve(written)
    _do(disk, mends)
    assert post.acts(written.id) == []
    assert state_of(post, written) is CaseState.WRITTEN
    ticks(post)
    assert world.arrived == []
    post.approve(written)
    ticks(post)
    assert len(world.arrived) == 1
    assert state_of(post, written) is CaseState.SENT


@FAULTS
def test_before_it_leaves_it_waits_until_there_is_room_again(
    disk: Disk, post: Post, written: Case, world: World, breaks: Fault, mends: Fault, code: str
) -> None:
    """The claim cannot be kept, so nothing may leave: each round says so, and tries again."""
    post.approve(written)
    world.clock.pass_(minutes=1)
    _do(disk, breaks)
    for _ in range(3):
        world.clock.pass_(minutes=1)
        with pytest.raises(TaktvollError, match=code):
            post.tick()
    assert world.arrived == []
    _do(disk, mends)
    assert state_of(post, written) is CaseState.SENDING
    ticks(post)
    assert len(world.arrived) == 1
    assert state_of(post, written) is CaseState.SENT


@FAULTS
def test_after_it_has_left_it_is_uncertain_and_never_sent_again(
    disk: Disk, post: Post, written: Case, world: World, breaks: Fault, mends: Fault, code: str
) -> None:
    """The mail is out when the disk fails: what nobody could write down, nobody knows."""
    post.approve(written)
    world.clock.pass_(minutes=1)

    def fails() -> None:
        world.while_sending = lambda: None
        _do(disk, breaks)

    world.while_sending = fails
    with pytest.raises(TaktvollError, match=code):
        post.tick()
    assert len(world.arrived) == 1
    world.clock.pass_(minutes=5)
    with pytest.raises(TaktvollError, match=code):
        post.tick()
    _do(disk, mends)
    assert mail_state(post, written) is ActState.SENDING
    ticks(post)
    assert len(world.arrived) == 1
    assert state_of(post, written) is CaseState.UNCERTAIN
    world.folders["sent"] = [world.arrived[0][1]]  # the provider keeps what it sends
    world.clock.pass_(hours=1)
    post.tick()
    assert state_of(post, written) is CaseState.SENT
    assert len(world.arrived) == 1


@FAULTS
def test_a_program_that_starts_then_says_it_in_one_sentence(
    disk: Disk,
    post: Post,
    desk: Desk,
    written: Case,
    world: World,
    breaks: Fault,
    mends: Fault,
    code: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A tick by cron opens the file anew, and finds the disk as it is."""
    monkeypatch.setenv("TAKTVOLL_LANG", "en")
    post.approve(written)
    disk.store.close()
    _do(disk, breaks)
    world.clock.pass_(minutes=2)

    def opened() -> Desk:
        disk.reopen()
        return desk

    assert run(["tick"], opened, lambda *_: 0) == 2
    told = capsys.readouterr()
    sentence = {
        "store_full": "taktvoll: The disk is full, so nothing was saved.",
        "store_read_only": "taktvoll: taktvoll is not allowed to write to the data folder.",
    }[code]
    assert told.err.startswith(sentence)
    assert (told.out, told.err.count("\n"), world.arrived) == ("", 1, [])
    _do(disk, mends)
    assert run(["tick"], opened, lambda *_: 0) == 0
    assert len(world.arrived) == 1

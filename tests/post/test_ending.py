"""SIGTERM while something is held: nothing is cut off or taken back, and the person is told."""

from __future__ import annotations

import os
import signal
from dataclasses import replace

import pytest
from tests.post.test_watch import OWN
from tests.world import World

from taktvoll.case import Case, CaseState
from taktvoll.cli import run
from taktvoll.desk import Desk
from taktvoll.outbox import Outbox
from taktvoll.post import Post


@pytest.fixture
def told_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine shuts down in the middle of a round."""
    release = Outbox.release

    def ending(self: Outbox, *rest: object) -> object:
        os.kill(os.getpid(), signal.SIGTERM)
        return release(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Outbox, "release", ending)
    monkeypatch.setenv("TAKTVOLL_LANG", "en")


@pytest.mark.usefixtures("told_to_end")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tick"], "NOTE: a message has not been sent yet."),
        (["watch"], "NOTE: a message has not been sent yet."),
        (["send", "--yes"], "NOT SENT YET"),
    ],
    ids=["tick", "watch", "send"],
)
def test_what_is_held_stays_held_and_is_told(
    desk: Desk,
    post: Post,
    written: Case,
    world: World,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    sentence: str,
) -> None:
    post.add_account(OWN, {"smtp": "geheim"})
    if words[0] == "send":
        words = [*words, written.id]
    else:
        post.approve(written)
    before = signal.getsignal(signal.SIGTERM)
    opened = replace(desk, sending=lambda: replace(post, clock=_Ticking(world)))
    assert run(words, lambda: opened, lambda *_: 0) == 128 + signal.SIGTERM
    said = capsys.readouterr()
    assert sentence in said.out + said.err
    assert world.arrived == []
    stored = post.store().get(written.id)
    assert stored is not None
    assert stored.state is CaseState.SENDING
    assert signal.getsignal(signal.SIGTERM) == before


class _Ticking:
    """A clock that goes on a little with each look."""

    def __init__(self, world: World) -> None:
        self._clock = world.clock

    def now(self) -> object:
        self._clock.pass_(milliseconds=1)
        return self._clock.at

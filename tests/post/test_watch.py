"""Mailbox mode: what is dropped into a folder is answered once, whatever happens in between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.post.conftest import ACCOUNT, EXAMPLES, MIRA
from tests.world import World

from taktvoll.desk import Desk
from taktvoll.inbox import Inbox
from taktvoll.model import Language
from taktvoll.post import Post
from taktvoll.watch import Dropped, look, prepare

FOLDER = "taktvoll/Absagen"
OWN = replace(ACCOUNT, name="Mira Sandner")
INVITATION = (EXAMPLES / "einladung.eml").read_bytes().replace(
    b"mira.sandner@example.org", MIRA.encode()
)  # fmt: skip


@pytest.fixture
def watching(desk: Desk, post: Post) -> Desk:
    """A desk that watches, in a mailbox in which the folders have been made."""
    post.add_account(OWN, {})
    watching = replace(desk, sending=lambda: post)
    prepare(watching, OWN, Language.DE)
    return watching


def looks(desk: Desk) -> list[Dropped]:
    return list(look(desk, OWN, Language.DE))


def ends_before_it_remembers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One look that is killed between the answer and the note how far the folder was read."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Inbox, "keep_place", killed)
        with pytest.raises(KeyboardInterrupt):
            looks(desk)


def tick(world: World, post: Post) -> None:
    world.clock.pass_(minutes=2)
    post.tick()


def test_a_crash_between_the_draft_and_the_memory_of_it_makes_no_second_one(
    watching: Desk, post: Post, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.folders[FOLDER].append(INVITATION)
    ends_before_it_remembers(watching, monkeypatch)
    assert looks(watching) == []
    tick(world, post)
    assert looks(watching) == []
    assert len(world.folders["drafts"]) == 1
    assert world.folders.get("inbox", []) == []


def test_a_crash_before_the_draft_is_laid_still_lays_it(
    watching: Desk, post: Post, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.folders[FOLDER].append(INVITATION)
    ends_before_it_remembers(watching, monkeypatch)
    assert "drafts" not in world.folders  # only approved as yet
    tick(world, post)
    assert len(world.folders["drafts"]) == 1


def test_what_cannot_be_answered_comes_back_once(
    watching: Desk, post: Post, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.folders[FOLDER].append(b"From: a@b.example\nSubject: Hallo\n\nBis bald!\n")
    ends_before_it_remembers(watching, monkeypatch)
    looks(watching)
    assert looks(watching) == []
    assert len(world.folders["inbox"]) == 1


def test_dropped_again_it_is_answered_again(watching: Desk, post: Post, world: World) -> None:
    for number in (1, 2):
        world.folders[FOLDER].append(INVITATION)
        [dropped] = looks(watching)
        assert dropped.problem is None
        tick(world, post)
        assert len(world.folders["drafts"]) == number


def test_a_folder_that_was_made_anew_was_seen(watching: Desk, post: Post, world: World) -> None:
    world.folders[FOLDER].append(INVITATION)
    assert len(looks(watching)) == 1
    tick(world, post)
    world.validity = 2
    assert looks(watching) == []
    tick(world, post)
    assert len(world.folders["drafts"]) == 1


def test_two_that_watch_at_once_make_one_draft(watching: Desk, post: Post, world: World) -> None:
    world.folders[FOLDER].append(INVITATION)
    one, other = look(watching, OWN, Language.DE), look(watching, OWN, Language.DE)
    assert next(one).problem is None
    assert list(other) == []
    list(one)
    tick(world, post)
    assert len(world.folders["drafts"]) == 1
    assert world.folders.get("inbox", []) == []

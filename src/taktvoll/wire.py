"""Builds the edges and the clock and gives them to the desk. Nobody else builds an edge."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from taktvoll.desk import Desk
from taktvoll.errors import WrongUse

if TYPE_CHECKING:
    from taktvoll.ports import Store


def desk() -> Desk:
    """The desk of this person on this machine. Opens nothing yet."""
    home = _home()
    return Desk(
        clock=_SetClock(os.environ["TAKTVOLL_NOW"]) if "TAKTVOLL_NOW" in os.environ else _Clock(),
        store=_LateStore(home / "cases.db").store,
        cache=home / "cache",
        overlay=_overlay(home),
        home=home,
        own_content=home / "content",
    )


def _home() -> Path:
    if chosen := os.environ.get("TAKTVOLL_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("taktvoll", appauthor=False)


def _overlay(home: Path) -> Path | None:
    folder = home / "content"
    return folder if folder.is_dir() else None


class _Clock:
    def now(self) -> datetime:
        return datetime.now(UTC).astimezone()


class _SetClock:
    """The clock of whole-program tests: TAKTVOLL_NOW stands still."""

    def __init__(self, moment: str) -> None:
        try:
            self._now = datetime.fromisoformat(moment)
        except ValueError as error:
            raise WrongUse("not_a_moment", value=moment) from error
        if self._now.tzinfo is None:
            self._now = self._now.astimezone()

    def now(self) -> datetime:
        return self._now


class _LateStore:
    """Opens the store when a use case first needs it: most commands never do."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def store(self) -> Store:
        return self._opened

    @cached_property
    def _opened(self) -> Store:
        from taktvoll.edges.store import SqliteStore

        return SqliteStore(self._path)

"""What the house asks of the outside. The modules in ``edges/`` answer; ``wire`` joins the two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from taktvoll.case import Case, CaseState, Event, EventKind


class Store(Protocol):
    """Where cases are kept. A case and the event that changed it are written together or not.

    Every method may raise a ``TaktvollError`` with the code ``store_locked``, ``store_full``,
    ``store_read_only`` or ``store_damaged``.
    """

    def find(self, uid: str | None, message_ids: Iterable[str]) -> Case | None:
        """The case that a message belongs to: by its calendar UID first, else by its thread.

        ``message_ids`` are those of the message and of its References, in any order.
        """
        ...

    def get(self, case_id: str) -> Case | None:
        """The case, or None where there is none of that id."""
        ...

    def add(self, case: Case, event: Event | None = None) -> None:
        """Keep a new case, with the event that opened it where there is one.

        Raises ``WrongUse("case_changed_meanwhile")`` where the id is taken.
        """
        ...

    def save(self, case: Case, event: Event) -> None:
        """Keep ``case``, which is what ``event`` made of the version before it.

        Raises ``WrongUse("case_changed_meanwhile")`` where the stored case is not that version:
        nothing is written then.
        """
        ...

    def events(self, case_id: str) -> Sequence[Event]:
        """What happened to a case, oldest first."""
        ...

    def list(
        self, states: Collection[CaseState], *, limit: int = 50, offset: int = 0
    ) -> Sequence[Case]:
        """The cases in ``states``: those due soonest first, then those changed last."""
        ...

    def beginning(
        self,
        states: Collection[CaseState],
        since: datetime,
        until: datetime | None = None,
        *,
        limit: int = 50,
    ) -> Sequence[Case]:
        """The cases in ``states`` whose interview begins from ``since`` on, the soonest first."""
        ...

    def counts(self) -> Mapping[CaseState, int]:
        """How many cases there are in each state; a state without any is left out."""
        ...

    def moments(self, case_ids: Collection[str]) -> Sequence[tuple[str, EventKind, datetime]]:
        """When what happened to which of the cases, oldest first; nothing else of the events."""
        ...

    def due(self, now: datetime, *, limit: int = 100) -> Sequence[Case]:
        """The cases whose ``due_at`` has come by ``now`` (aware), longest due first."""
        ...

    def delete(self, case_id: str) -> None:
        """Forget a case wholly, so that its words are in no file of the store any more."""
        ...

    def export(self, case_id: str) -> bytes:
        """A case and its events as one JSON document (UTF-8).

        Raises ``WrongUse("no_such_case")``.
        """
        ...

    def exported(self) -> Iterator[bytes]:
        """``export`` of every case, one after the other."""
        ...

    def take_in(self, document: bytes) -> str | None:
        """Keep a case as ``export`` gave it; its id, or None where that id is here already.

        Raises ``UnreadableInput("import_unreadable")`` for what is no such document.
        """
        ...

    def clear(self) -> None:
        """Forget everything, settings too, so that no word is in any file of the store."""
        ...

    def setting(self, key: str) -> Any:
        """What the person set under ``key``, as plain JSON values; None where nothing is set."""
        ...

    def set_setting(self, key: str, value: Any) -> None:
        """Keep ``value`` (plain JSON values) under ``key``; None forgets it."""
        ...

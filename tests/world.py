"""A world of servers in memory, for what is tested by the thousand: the outbox and the post.

It keeps the contracts of ``ports``: what the real edges do is held to the same by ``tests/edges``.
"""

from __future__ import annotations

import email
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from taktvoll.act import Act
from taktvoll.case import Case, CaseState, Event
from taktvoll.errors import WrongUse
from taktvoll.model import Account, ActState, Language
from taktvoll.ports import Arrived, Entry, Folder, FoundCalendar, Outcome, Place, Unreachable

ACCEPTED = Outcome(state=ActState.ACCEPTED, code="accepted")
BUSY = Outcome(state=ActState.TEMPORARY, code="try_later", said="451 try later")
REFUSED = Outcome(state=ActState.PERMANENT, code="recipient_refused", said="550 no such user")
CUT = Outcome(state=ActState.UNKNOWN, code="answer_lost")
DOWN = Outcome(state=ActState.TEMPORARY, code="no_connection")


@dataclass
class SetClock:
    """A clock that stands still until it is moved."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class World:
    """The servers of one person. ``answers`` are used up in turn, then everything is accepted.

    A mail that is cut off arrives all the same where ``cut_arrives`` says so.
    """

    clock: SetClock
    answers: list[Outcome] = field(default_factory=list)
    cut_arrives: bool = True
    arrived: list[tuple[datetime, bytes, tuple[str, ...]]] = field(default_factory=list)
    folders: dict[str, list[bytes]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    puts: list[str] = field(default_factory=list)
    scheduling: bool = False
    heeds_client: bool = True
    server_replies: list[str] = field(default_factory=list)
    down: set[str] = field(default_factory=set)  # smtp, imap, caldav
    validity: int = 1  # of all folders
    notified: list[tuple[str, str]] = field(default_factory=list)
    while_sending: Callable[[], None] = lambda: None

    # --- ports.Reach ----------------------------------------------------------------------------

    def courier(self, account: str) -> World:
        return self

    @contextmanager
    def mailbox(self, account: str) -> Iterator[World]:
        self._up("imap")
        yield self

    def calendar(self, account: str) -> Calendar:
        self._up("caldav")
        return Calendar(self)

    def _up(self, service: str) -> None:
        if service in self.down:
            raise Unreachable(DOWN)

    # --- ports.Courier --------------------------------------------------------------------------

    def send(self, message: bytes, *, sender: str, recipients: Sequence[str]) -> Outcome:
        if "smtp" in self.down:
            return DOWN
        outcome = self.answers.pop(0) if self.answers else ACCEPTED
        left = outcome.state is ActState.ACCEPTED
        if left or (outcome.state is ActState.UNKNOWN and self.cut_arrives):
            self.arrived.append((self.clock.now(), message, tuple(recipients)))
        self.while_sending()
        return outcome

    def try_out(self) -> Outcome:
        return DOWN if "smtp" in self.down else ACCEPTED

    # --- ports.Mailbox --------------------------------------------------------------------------

    def append(self, folder: Folder, message: bytes, *, seen: bool) -> Outcome:
        self.folders.setdefault(folder, []).append(message)
        return ACCEPTED

    def holds(self, folder: Folder, message_id: str) -> bool:
        ids = (email.message_from_bytes(m)["Message-ID"] for m in self.folders.get(folder, []))
        return message_id in ids

    def end(self, folder: Folder | str) -> Place:
        return Place(folder=folder, validity=self.validity, uid=len(self.folders.get(folder, [])))

    def make(self, name: str) -> None:
        self.folders.setdefault(name, [])

    def fresh(self, since: Place, *, limit: int = 50) -> Sequence[Arrived]:
        lying = self.folders.get(since.folder, [])
        return [
            Arrived(
                message=message,
                place=Place(folder=since.folder, validity=self.validity, uid=number),
            )
            for number, message in enumerate(lying, 1)
            if number > since.uid or since.validity != self.validity
        ][:limit]

    # --- ports.Directory ------------------------------------------------------------------------

    def provider(self, address: str) -> None:
        return None

    def advice(self, outcome: Outcome, account: Account, language: Language) -> tuple[str, ...]:
        return ()

    def published(self, address: str) -> None:
        return None

    def calendars(self, url: str, user: str, password: str) -> Sequence[FoundCalendar]:
        return []

    # --- ports.Notifier, ports.Secrets ----------------------------------------------------------

    def notify(self, title: str, text: str, *, pressing: bool) -> bool:
        self.notified.append((title, text))
        return True


@dataclass
class Calendar:
    """ports.Calendar over the entries of a world, by UID."""

    world: World

    def schedules(self) -> bool:
        return self.world.scheduling

    def find(self, uid: str) -> Entry | None:
        return self.world.entries.get(uid)

    def put(self, ics: str, *, replacing: Entry | None, name: str = "") -> Outcome:
        if replacing is None and name in self.world.entries:
            return Outcome(state=ActState.PERMANENT, code="calendar_changed")
        uid = name or next(uid for uid, e in self.world.entries.items() if e == replacing)
        heeded = self.world.heeds_client or "SCHEDULE-AGENT" not in ics
        if self.world.scheduling and not (heeded and "SCHEDULE-AGENT=CLIENT" in ics):
            self.world.server_replies.append(uid)
        if not heeded:
            ics = ics.replace(";SCHEDULE-AGENT=CLIENT", "")
        self.world.entries[uid] = Entry(url=f"/{uid}", etag="2", schedule_tag=None, ics=ics)
        self.world.puts.append(uid)
        return ACCEPTED

    def remove(self, entry: Entry) -> Outcome:
        self.world.entries = {u: e for u, e in self.world.entries.items() if e != entry}
        return ACCEPTED

    def try_out(self) -> Outcome:
        return ACCEPTED


@dataclass
class Drawer:
    """ports.Secrets in memory."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def get(self, account: str, service: str) -> str | None:
        return self.kept.get((account, service))

    def set(self, account: str, service: str, secret: str, *, in_file: bool = False) -> None:
        self.kept[account, service] = secret

    def forget(self, account: str) -> None:
        self.kept = {key: value for key, value in self.kept.items() if key[0] != account}


@dataclass
class Shelf:
    """ports.Store in memory, for thousands of cases in simulated time."""

    cases: dict[str, Case] = field(default_factory=dict)
    history: dict[str, list[Event]] = field(default_factory=dict)
    kept: dict[str, Act] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)

    def get(self, case_id: str) -> Case | None:
        return self.cases.get(case_id)

    def add(self, case: Case, event: Event | None = None) -> None:
        self.cases[case.id] = case
        self.history[case.id] = [event] if event else []

    def save(self, case: Case, event: Event, *, acts: Sequence[Act] = ()) -> None:
        known = self.cases.get(case.id)
        if known is None or known.version != case.version - 1 or not all(map(self._fits, acts)):
            raise WrongUse("case_changed_meanwhile")
        self.cases[case.id] = case
        self.history[case.id].append(event)
        self.kept |= {act.id: act for act in acts}

    def look_up(self, keys: Collection[tuple[str, str]], *, limit: int = 50) -> Sequence[Case]:
        """All that are open: matching is not the shelf's."""
        found = [case for case in self.cases.values() if case.state is not CaseState.CLOSED]
        return found[:limit]

    def events(self, case_id: str) -> Sequence[Event]:
        return self.history[case_id]

    def due(self, now: datetime, *, limit: int = 100) -> Sequence[Case]:
        return [case for case in self.cases.values() if case.due_at and case.due_at <= now][:limit]

    def claim(self, act: Act) -> bool:
        busy = (a.state is ActState.SENDING for a in self.acts(act.case_id) if a.id != act.id)
        if any(busy) or not self._fits(act):
            return False
        self.kept[act.id] = act
        return True

    def keep(self, act: Act) -> None:
        if not self._fits(act):
            raise WrongUse("case_changed_meanwhile")
        self.kept[act.id] = act

    def _fits(self, act: Act) -> bool:
        known = self.kept.get(act.id)
        return act.version == 1 if known is None else known.version == act.version - 1

    def act(self, act_id: str) -> Act | None:
        return self.kept.get(act_id)

    def acts(self, case_id: str) -> Sequence[Act]:
        return [act for act in self.kept.values() if act.case_id == case_id]

    def due_acts(self, now: datetime, *, limit: int = 100) -> Sequence[Act]:
        return sorted(
            (act for act in self.kept.values() if act.due_at is not None and act.due_at <= now),
            key=lambda act: act.due_at or now,
        )[:limit]

    def setting(self, key: str) -> Any:
        return self.settings.get(key)

    def set_setting(self, key: str, value: Any) -> None:
        self.settings[key] = value

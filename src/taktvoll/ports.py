"""What the house asks of the outside. The modules in ``edges/`` answer; ``wire`` joins the two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from taktvoll.act import Act
from taktvoll.case import Case, CaseState, Event, EventKind
from taktvoll.model import Account, ActState, Language, Server


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

    def look_up(self, keys: Collection[tuple[str, str]], *, limit: int = 50) -> Sequence[Case]:
        """The open cases that have any of ``keys``, those changed last first.

        A key is a kind and a value: ``uid``, ``message_id`` (of a mail in the case, from either
        side), ``address`` of the employer, or ``domain`` of such an address, in lower case.
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

    def save(self, case: Case, event: Event, *, acts: Sequence[Act] = ()) -> None:
        """Keep ``case``, which is what ``event`` made of the version before it, with its ``acts``.

        Acts of version 1 are new, the others take the place of the version before. Raises
        ``WrongUse("case_changed_meanwhile")`` where a stored case or act is not that version:
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

    def claim(self, act: Act) -> bool:
        """Keep ``act``, which its caller is about to do; whether it is the caller's to do.

        False where the stored act is not the version before, or where another act of the same
        case is being done: one at a time, across all processes.
        """
        ...

    def keep(self, act: Act) -> None:
        """Keep ``act`` by itself. Raises ``WrongUse("case_changed_meanwhile")`` as ``save``."""
        ...

    def act(self, act_id: str) -> Act | None:
        """The act, or None where there is none of that id."""
        ...

    def acts(self, case_id: str) -> Sequence[Act]:
        """The acts of a case, in the order in which they were made."""
        ...

    def due_acts(self, now: datetime, *, limit: int = 100) -> Sequence[Act]:
        """The acts whose ``due_at`` has come by ``now``, longest due first.

        Also those that were changed later than now: then the clock has been set back, and a
        moment of the old clock says nothing.
        """
        ...

    def setting(self, key: str) -> Any:
        """What the person set under ``key``, as plain JSON values; None where nothing is set."""
        ...

    def set_setting(self, key: str, value: Any) -> None:
        """Keep ``value`` (plain JSON values) under ``key``; None forgets it."""
        ...


# --- what lies outside of this machine ----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an outward act, or of a look at a server.

    ``state`` is ``ACCEPTED``, ``TEMPORARY``, ``PERMANENT`` or ``UNKNOWN``. ``code`` names the
    sentence ``outcome.<code>`` that a person reads; ``said`` is one line of the server's own
    words (at most 200 characters, no control characters, no password), None where it said
    nothing. ``refused`` are recipients that were refused while others were accepted.
    """

    state: ActState
    code: str
    said: str | None = None
    refused: tuple[str, ...] = ()

    @classmethod
    def accepted(cls, code: str, *, refused: tuple[str, ...] = ()) -> Outcome:
        """It is done."""
        return cls(state=ActState.ACCEPTED, code=code, refused=refused)

    @classmethod
    def temporary(cls, code: str, said: str | None = None) -> Outcome:
        """It is surely not done, and may go well later."""
        return cls(state=ActState.TEMPORARY, code=code, said=said)

    @classmethod
    def permanent(cls, code: str, said: str | None = None) -> Outcome:
        """It is surely not done, and somebody has to change something first."""
        return cls(state=ActState.PERMANENT, code=code, said=said)

    @classmethod
    def unknown(cls, code: str) -> Outcome:
        """It may have been done or not: never blindly do it again."""
        return cls(state=ActState.UNKNOWN, code=code)


class Courier(Protocol):
    """Hands a mail to the person's mail provider (SMTP, RFC 5321 and RFC 6409)."""

    def send(self, message: bytes, *, sender: str, recipients: Sequence[str]) -> Outcome:
        """Hand over ``message`` as it is. Never raises for what a server or a network does.

        ``UNKNOWN`` only where the connection ended between the end of the data and the answer
        to it: the mail may have left. Everything before that is ``TEMPORARY`` or ``PERMANENT``.
        Takes at most ``LONGEST_ACT`` in all.
        """
        ...

    def try_out(self) -> Outcome:
        """Connect and log in, send nothing."""
        ...


class Folder(StrEnum):
    """The folders that we know by their special use (RFC 6154), else by their usual names."""

    INBOX = "inbox"
    DRAFTS = "drafts"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far a folder has been read: UIDVALIDITY and the highest UID (RFC 9051 §2.3.1).

    ``folder`` is its name as in ``Mailbox.folders``.
    """

    folder: str
    validity: int
    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A mail in a folder, as bytes, and the place up to which one has then read."""

    message: bytes
    place: Place


class Mailbox(Protocol):
    """The person\'s mail on the server (IMAP), over one connection, made when first needed.

    Names of folders have ``/`` between their levels, whatever the server has. Where a server or
    the network fails, methods raise ``Unreachable``; the next call connects anew.
    """

    def append(self, folder: Folder, message: bytes, *, seen: bool) -> Outcome:
        """Put ``message`` into ``folder``, made where it is missing; never raises. Draft flag
        where it is Drafts. ``UNKNOWN`` where the connection ended after the message had gone."""
        ...

    def holds(self, folder: Folder, message_id: str) -> bool:
        """Whether a mail with this Message-ID (``<…>``) lies in ``folder``."""
        ...

    def folders(self, below: str) -> Sequence[str]:
        """The names of the folders below ``below``, decoded, as ``taktvoll/Absagen``."""
        ...

    def make(self, name: str) -> None:
        """Make and subscribe the folder ``name``, with its parents, where it is missing."""
        ...

    def end(self, folder: Folder | str) -> Place:
        """The place behind the last mail that is there now."""
        ...

    def fresh(self, since: Place, *, limit: int = 50) -> Sequence[Arrived]:
        """What arrived after ``since``, oldest first: at most ``limit`` mails and 50 MB, so ask
        again from the last one's place. Of a mail of more than 25 MB only the first megabyte.

        Where UIDVALIDITY has changed, reads the folder's last ``limit`` mails: a message that
        was seen before is recognised by its Message-ID.
        """
        ...

    def wait(self, since: Place, seconds: float) -> bool:
        """Wait until something lies behind ``since`` (IDLE, RFC 2177; else NOOP now and then),
        at most ``seconds``; whether something does. What came before the call counts too."""
        ...

    def try_out(self) -> Outcome:
        """Connect, log in, and look into INBOX."""
        ...


class Unreachable(Exception):
    """A server could not be reached or refused to talk; ``outcome`` says how."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An object in a calendar: where it is, in which state (ETag), and its text."""

    url: str
    etag: str | None
    schedule_tag: str | None  # RFC 6638 §3.2.10
    ics: str


class Calendar(Protocol):
    """One calendar of the person on a CalDAV server (RFC 4791)."""

    def schedules(self) -> bool:
        """Whether the server answers organizers by itself (RFC 6638 §2). Raises Unreachable."""
        ...

    def find(self, uid: str) -> Entry | None:
        """The object with this UID. Raises Unreachable."""
        ...

    def put(self, ics: str, *, replacing: Entry | None, name: str = "") -> Outcome:
        """Store ``ics`` in place of ``replacing`` (If-Match, or If-Schedule-Tag-Match where the
        entry has one), or new under ``name`` (If-None-Match: *). What has changed meanwhile is
        never overwritten: ``PERMANENT`` with the code ``calendar_changed``. Never raises."""
        ...

    def remove(self, entry: Entry) -> Outcome:
        """Delete ``entry`` unless it has changed; what is gone already is ``ACCEPTED``."""
        ...

    def try_out(self) -> Outcome:
        """Connect, log in, and see whether this is a calendar that one may write to."""
        ...


class Notifier(Protocol):
    """Tells the person something on their screen."""

    def notify(self, title: str, text: str, *, pressing: bool) -> bool:
        """Show it; whether there was somewhere to show it. Never raises."""
        ...


class Secrets(Protocol):
    """Where passwords lie. Raises ``TaktvollError``: ``no_keyring``, ``keyring_locked``; for those
    in a file ``secrets_unreadable``, ``secrets_unwritable``."""

    def get(self, account: str, service: str) -> str | None:
        """The password of ``account`` for ``smtp``, ``imap`` or ``caldav``."""
        ...

    def set(self, account: str, service: str, secret: str, *, in_file: bool = False) -> None:
        """Keep it; ``in_file`` where the person asked for a file instead of the keyring."""
        ...

    def forget(self, account: str) -> None:
        """Take away all that is kept for ``account``; nothing there is no error."""
        ...


class Reach(Protocol):
    """Opens the servers of an account. All may raise ``Unreachable``: unknown account, nothing
    set up for this, no password."""

    def courier(self, account: str) -> Courier:
        """Where its mail is handed over."""
        ...

    def mailbox(self, account: str) -> AbstractContextManager[Mailbox]:
        """Its mail, connected and logged in while the ``with`` lasts."""
        ...

    def calendar(self, account: str) -> Calendar:
        """The calendar that the person chose."""
        ...


class Provider(Protocol):
    """A mail provider that we know."""

    @property
    def name(self) -> str:
        """As its customers call it."""

    @property
    def by_hand(self) -> bool:
        """Whether no program but its own may log in there with a password."""

    @property
    def calendar(self) -> str | None:
        """Where its calendars are looked for, None where it has none."""

    def steps(self, language: Language) -> tuple[str, ...]:
        """What to do there before the first login, in order."""
        ...

    def account(self, address: str, *, account_id: str, name: str | None = None) -> Account:
        """The account of ``address`` there."""
        ...


class Published(Protocol):
    """The servers that a domain publishes for its addresses."""

    @property
    def smtp(self) -> Server | None:
        """Where mail is handed over."""

    @property
    def imap(self) -> Server | None:
        """Where mail lies."""

    @property
    def foreign(self) -> bool:
        """Whether a server lies outside of the domain: ask before any password goes there."""


class FoundCalendar(Protocol):
    """A calendar of the person on a server."""

    @property
    def name(self) -> str:
        """As they call it."""

    @property
    def url(self) -> str:
        """Where it is."""

    @property
    def writable(self) -> bool:
        """Whether one may write to it."""


class Directory(Protocol):
    """Finds out how an address is reached."""

    def provider(self, address: str) -> Provider | None:
        """The provider of ``address``, if we know it."""
        ...

    def advice(self, outcome: Outcome, account: Account, language: Language) -> tuple[str, ...]:
        """What to do at its provider after a login was refused there; empty where it does not
        help."""
        ...

    def published(self, address: str) -> Published | None:
        """What its domain publishes, by https alone; None where that is nothing. Never raises."""
        ...

    def calendars(self, url: str, user: str, password: str) -> Sequence[FoundCalendar]:
        """The calendars of ``user`` at ``url``. Raises ``Unreachable``."""
        ...


LONGEST_ACT = 90  # seconds that one attempt may take in all, whatever a server does

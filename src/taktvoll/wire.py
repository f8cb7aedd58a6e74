"""Builds the edges and the clock and gives them to the desk. Nobody else builds an edge."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from taktvoll.desk import Desk
from taktvoll.errors import WrongUse

if TYPE_CHECKING:
    import ssl

    from taktvoll.edges.imap import ImapMailbox
    from taktvoll.model import Account, Language
    from taktvoll.ports import (
        Calendar,
        Courier,
        FoundCalendar,
        Outcome,
        Provider,
        Published,
        Secrets,
        Store,
    )
    from taktvoll.post import Post
    from taktvoll.times import Clock


def desk() -> Desk:
    """The desk of this person on this machine. Opens nothing yet."""
    home = _home()
    clock = _SetClock(os.environ["TAKTVOLL_NOW"]) if "TAKTVOLL_NOW" in os.environ else _Clock()
    store = _LateStore(home / "cases.db").store
    return Desk(
        clock=clock,
        store=store,
        cache=home / "cache",
        overlay=_overlay(home),
        home=home,
        own_content=home / "content",
        sending=cache(partial(_post, clock, store, home, _overlay(home))),
    )


def _post(clock: Clock, store: Callable[[], Store], home: Path, overlay: Path | None) -> Post:
    from taktvoll.edges.notify import DesktopNotifier
    from taktvoll.edges.secrets import KeptSecrets
    from taktvoll.post import Post

    secrets = KeptSecrets(home / "secrets.json")
    reach = Servers(store=store, secrets=secrets)
    return Post(
        clock=clock,
        store=store,
        reach=reach,
        secrets=secrets,
        notifier=DesktopNotifier(),
        directory=_Directory(),
        overlay=overlay,
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


class _Directory:
    """``ports.Directory``: the presets, the domain's own word, and the calendar server."""

    def provider(self, address: str) -> Provider | None:
        """See ``ports.Directory.provider``."""
        from taktvoll.edges.presets import preset_of

        return preset_of(address)

    def advice(self, outcome: Outcome, account: Account, language: Language) -> tuple[str, ...]:
        """See ``ports.Directory.advice``."""
        from taktvoll.edges.presets import advice

        return advice(outcome, account, language)

    def published(self, address: str) -> Published | None:
        """See ``ports.Directory.published``."""
        from taktvoll.edges.autoconfig import look_up

        return look_up(address)

    def calendars(self, url: str, user: str, password: str) -> Sequence[FoundCalendar]:
        """See ``ports.Directory.calendars``."""
        from taktvoll.edges.caldav import discover

        return discover(url, user, password)


class Servers:
    """``ports.Reach``: the servers of the accounts in the store, with their passwords.

    ``ssl_context`` replaces the machine's own trust in certificates: for tests with their own CA.
    """

    def __init__(
        self,
        *,
        store: Callable[[], Store],
        secrets: Secrets,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._store = store
        self._secrets = secrets
        self._context = ssl_context

    def courier(self, account: str) -> Courier:
        """See ``ports.Reach.courier``."""
        from taktvoll.edges.smtp import SmtpCourier

        known = self._account(account)
        if known.smtp is None:
            raise _unreachable("not_set_up")
        password = self._password(known, "smtp")
        return SmtpCourier(known.smtp, password, ssl_context=self._context)

    @contextmanager
    def mailbox(self, account: str) -> Iterator[ImapMailbox]:
        """See ``ports.Reach.mailbox``."""
        from taktvoll.edges.imap import ImapMailbox

        known = self._account(account)
        if known.imap is None:
            raise _unreachable("not_set_up")
        password = self._password(known, "imap")
        with ImapMailbox(known.imap, password, ssl_context=self._context) as mailbox:
            yield mailbox

    def calendar(self, account: str) -> Calendar:
        """See ``ports.Reach.calendar``."""
        from taktvoll.edges.caldav import CalDav

        known = self._account(account)
        if known.calendar_url is None:
            raise _unreachable("not_set_up")
        user = known.calendar_user or known.address
        password = self._password(known, "caldav")
        return CalDav(known.calendar_url, user, password, ssl_context=self._context)

    def _account(self, account_id: str) -> Account:
        from taktvoll.post import accounts_in

        for account in accounts_in(self._store()):
            if account.id == account_id:
                return account
        raise _unreachable("not_set_up")

    def _password(self, account: Account, service: str) -> str | None:
        from taktvoll.errors import TaktvollError

        try:
            return self._secrets.get(account.id, service)
        except TaktvollError as locked:
            raise _unreachable("keyring_closed", passing=True) from locked


def _unreachable(code: str, *, passing: bool = False) -> Exception:
    from taktvoll.ports import Outcome, Unreachable

    return Unreachable(Outcome.temporary(code) if passing else Outcome.permanent(code))

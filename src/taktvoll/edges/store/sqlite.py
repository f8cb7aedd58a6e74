"""The store in one SQLite file: durable, private, and usable by several processes at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from taktvoll.act import Act
from taktvoll.case import OPEN_STATES, Case, CaseState, Event, EventKind
from taktvoll.edges.store import records
from taktvoll.edges.store.connect import connect, reading, writing
from taktvoll.edges.store.schema import (
    HEAD,
    acts,
    case_keys,
    cases,
    events,
    metadata,
    settings,
    version,
)
from taktvoll.errors import TaktvollError, WrongUse
from taktvoll.model import ActState

# Clocks of two processes on one machine are one; a little is left for rounding.
_CLOCKS_DIFFER = timedelta(minutes=1)

_CASES_OF_A_KEY = 500  # a firm at which one applies more often than that is none

_KEYS_ASKED = 200  # a thread that is longer is known by its first two hundred ids too


class SqliteStore:
    """``ports.Store`` in the file ``path``, made with its folder where it is missing.

    Opening brings an older schema up to date, after a backup beside the file. Raises
    ``TaktvollError``: ``store_locked``, ``store_full``, ``store_read_only``, ``store_damaged``,
    and ``store_newer`` where a newer program has written the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = connect(path)
        with self._reading() as connection:
            current = version(connection)
        if current != HEAD:
            from taktvoll.edges.store.migrate import migrate  # Alembic takes 0.4 s to import

            with self._writing() as connection:
                migrate(connection, path)

    def close(self) -> None:
        """Let go of the file. The last process to do so folds the write-ahead log into it."""
        self._engine.dispose()

    def find(self, uid: str | None, message_ids: Iterable[str]) -> Case | None:
        """See ``ports.Store.find``."""
        with self._reading() as connection:
            for kind, values in (
                ("uid", [uid] if uid else []),
                ("message_id", list(dict.fromkeys(message_ids))[:_KEYS_ASKED]),
            ):
                found = connection.execute(
                    select(cases.c.record)
                    .join(case_keys)
                    .where(case_keys.c.kind == kind, case_keys.c.value.in_(values))
                    .order_by(cases.c.changed_at.desc(), cases.c.id)
                    .limit(1)
                ).scalar()
                if found is not None:
                    return records.decode_case(found)
        return None

    def look_up(self, keys: Collection[tuple[str, str]], *, limit: int = 50) -> Sequence[Case]:
        """See ``ports.Store.look_up``."""
        found: set[str] = set()
        with self._reading() as connection:
            for kind in {kind for kind, _ in keys}:
                values = sorted(value for each, value in keys if each == kind)[:_KEYS_ASKED]
                named = select(case_keys.c.case_id).where(
                    case_keys.c.kind == kind, case_keys.c.value.in_(values)
                )
                found |= set(connection.execute(named.limit(_CASES_OF_A_KEY)).scalars())
            open_ones = (
                select(cases.c.record)
                .where(cases.c.id.in_(sorted(found)), cases.c.state != CaseState.CLOSED.value)
                .order_by(cases.c.changed_at.desc(), cases.c.id)
                .limit(limit)
            )
            return [records.decode_case(text) for text in connection.execute(open_ones).scalars()]

    def get(self, case_id: str) -> Case | None:
        """See ``ports.Store.get``."""
        with self._reading() as connection:
            return _case(connection, case_id)

    def add(self, case: Case, event: Event | None = None) -> None:
        """See ``ports.Store.add``."""
        try:
            with self._writing() as connection:
                connection.execute(insert(cases).values(_columns(case)))
                _add_details(connection, case, event)
        except IntegrityError as taken:
            raise WrongUse("case_changed_meanwhile") from taken

    def save(self, case: Case, event: Event, *, acts: Sequence[Act] = ()) -> None:
        """See ``ports.Store.save``."""
        with self._writing() as connection:
            changed = connection.execute(
                update(cases)
                .where(cases.c.id == case.id, cases.c.version == case.version - 1)
                .values(_columns(case))
            )
            if changed.rowcount != 1:
                raise WrongUse("case_changed_meanwhile")
            _add_details(connection, case, event)
            for act in acts:
                if not _keep(connection, act):
                    raise WrongUse("case_changed_meanwhile")

    def events(self, case_id: str) -> Sequence[Event]:
        """See ``ports.Store.events``."""
        with self._reading() as connection:
            case = _case(connection, case_id)
            return [] if case is None else _events(connection, case)

    def list(
        self, states: Collection[CaseState], *, limit: int = 50, offset: int = 0
    ) -> Sequence[Case]:
        """See ``ports.Store.list``."""
        # named as the index of the open cases has it
        unfinished = cases.c.state != literal_column(f"'{CaseState.CLOSED}'")
        wanted = cases.c.state.in_([state.value for state in states])
        page = (
            select(cases.c.id)
            .where(unfinished if set(states) == set(OPEN_STATES) else wanted)
            .order_by(cases.c.due_at.nulls_last(), cases.c.changed_at.desc(), cases.c.id)
            .limit(limit)
            .offset(offset)
        )
        with self._reading() as connection:
            return _cases(connection, connection.execute(page).scalars().all())

    def beginning(
        self,
        states: Collection[CaseState],
        since: datetime,
        until: datetime | None = None,
        *,
        limit: int = 50,
    ) -> Sequence[Case]:
        """See ``ports.Store.beginning``.

        Along the index of beginnings, until there are enough. The state is looked at there; as a
        bare column it would tempt SQLite to fetch all cases of these states and sort them.
        """
        state = func.coalesce(cases.c.state, "")
        soonest = (
            select(cases.c.id)
            .where(cases.c.start_at >= since, state.in_([each.value for each in states]))
            .order_by(cases.c.start_at, cases.c.id)
            .limit(limit)
        )
        if until is not None:
            soonest = soonest.where(cases.c.start_at < until)
        with self._reading() as connection:
            return _cases(connection, connection.execute(soonest).scalars().all())

    def counts(self) -> Mapping[CaseState, int]:
        """See ``ports.Store.counts``."""
        with self._reading() as connection:
            found = connection.execute(select(cases.c.state, func.count()).group_by(cases.c.state))
            return {CaseState(state): count for state, count in found}

    def moments(self, case_ids: Collection[str]) -> Sequence[tuple[str, EventKind, datetime]]:
        """See ``ports.Store.moments``."""
        if not case_ids:
            return []
        with self._reading() as connection:
            found = connection.execute(
                select(events.c.case_id, events.c.kind, events.c.at)
                .where(events.c.case_id.in_(case_ids))
                .order_by(events.c.case_id, events.c.number)
            )
            return [(row.case_id, EventKind(row.kind), row.at) for row in found]

    def due(self, now: datetime, *, limit: int = 100) -> Sequence[Case]:
        """See ``ports.Store.due``."""
        with self._reading() as connection:
            found = connection.execute(
                select(cases.c.record)
                .where(cases.c.due_at <= now)
                .order_by(cases.c.due_at)
                .limit(limit)
            )
            return [records.decode_case(text) for text in found.scalars()]

    def delete(self, case_id: str) -> None:
        """See ``ports.Store.delete``."""
        with self._writing() as connection:
            connection.execute(delete(cases).where(cases.c.id == case_id))
        self._wipe()

    def clear(self) -> None:
        """See ``ports.Store.clear``."""
        with self._writing() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
        self._wipe()

    def _wipe(self) -> None:
        """What was deleted leaves the log and the backups of migrations: they hold every case."""
        with self._reading() as connection:
            # secure_delete has zeroed the pages; the log still holds the old ones
            (blocked, *_) = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if blocked:
            raise TaktvollError("store_locked")
        for backup in self._path.parent.glob(f"{self._path.name}.before-*"):
            backup.unlink(missing_ok=True)

    def export(self, case_id: str) -> bytes:
        """See ``ports.Store.export``."""
        with self._reading() as connection:
            case = _case(connection, case_id)
            if case is None:
                raise WrongUse("no_such_case", case=case_id)
            document = {"case": case, "events": _events(connection, case)}
        return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"

    def exported(self) -> Iterator[bytes]:
        """See ``ports.Store.exported``."""
        with self._reading() as connection:
            ids = list(connection.execute(select(cases.c.id).order_by(cases.c.id)).scalars())
        for case_id in ids:
            with suppress(WrongUse):  # deleted meanwhile
                yield self.export(case_id)

    def take_in(self, document: bytes) -> str | None:
        """See ``ports.Store.take_in``."""
        case, happened = records.decode_document(document)
        if self.get(case.id) is not None:
            return None
        with self._writing() as connection:
            connection.execute(insert(cases).values(_columns(case)))
            for number, event in enumerate(happened, case.version - len(happened) + 1):
                _add_details(connection, replace(case, version=number), event)
            _add_details(connection, case, None)
        return case.id

    def claim(self, act: Act) -> bool:
        """See ``ports.Store.claim``. The write lock makes the look and the claim one step."""
        with self._writing() as connection:
            busy = select(acts.c.id).where(
                acts.c.case_id == act.case_id,
                acts.c.state == ActState.SENDING.value,
                acts.c.id != act.id,
            )
            return connection.execute(busy).first() is None and _keep(connection, act)

    def keep(self, act: Act) -> None:
        """See ``ports.Store.keep``."""
        with self._writing() as connection:
            if not _keep(connection, act):
                raise WrongUse("case_changed_meanwhile")

    def act(self, act_id: str) -> Act | None:
        """See ``ports.Store.act``."""
        with self._reading() as connection:
            found = connection.execute(select(acts.c.record).where(acts.c.id == act_id)).scalar()
            return None if found is None else records.decode_act(found)

    def acts(self, case_id: str) -> Sequence[Act]:
        """See ``ports.Store.acts``."""
        with self._reading() as connection:
            found = connection.execute(
                select(acts.c.record)
                .where(acts.c.case_id == case_id)
                .order_by(acts.c.made_at, acts.c.id)
            )
            return [records.decode_act(text) for text in found.scalars()]

    def due_acts(self, now: datetime, *, limit: int = 100) -> Sequence[Act]:
        """See ``ports.Store.due_acts``: two looks into two indexes, whatever lies in the table."""
        due = (acts.c.due_at <= now,)
        set_back = (acts.c.changed_at > now + _CLOCKS_DIFFER, acts.c.due_at.is_not(None))
        with self._reading() as connection:
            found: dict[str, str] = {}
            for where in (due, set_back):
                rows = connection.execute(
                    select(acts.c.id, acts.c.record)
                    .where(*where)
                    .order_by(acts.c.due_at)
                    .limit(limit)
                )
                found |= {row.id: row.record for row in rows}
            return [records.decode_act(text) for text in list(found.values())[:limit]]

    def setting(self, key: str) -> Any:
        """See ``ports.Store.setting``."""
        with self._reading() as connection:
            found = connection.execute(select(settings.c.value).where(settings.c.key == key))
            text = found.scalar()
            return None if text is None else msgspec.json.decode(text)

    def set_setting(self, key: str, value: Any) -> None:
        """See ``ports.Store.set_setting``."""
        with self._writing() as connection:
            connection.execute(delete(settings).where(settings.c.key == key))
            if value is not None:
                connection.execute(insert(settings).values(key=key, value=value))

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self._engine)

    def _writing(self) -> AbstractContextManager[Connection]:
        return writing(self._engine)


def _keep(connection: Connection, act: Act) -> bool:
    """Whether ``act`` was new, or the version before it was there."""
    values = {
        "id": act.id,
        "case_id": act.case_id,
        "version": act.version,
        "kind": act.kind.value,
        "state": act.state.value,
        "made_at": act.made,
        "due_at": act.due_at,
        "changed_at": act.changed,
        "record": act,
    }
    if act.version == 1:
        try:
            connection.execute(insert(acts).values(values))
        except IntegrityError:
            return False
        if act.message_id:
            _add_keys(connection, act.case_id, {("message_id", act.message_id)})
        return True
    changed = connection.execute(
        update(acts).where(acts.c.id == act.id, acts.c.version == act.version - 1).values(values)
    )
    return changed.rowcount == 1


def _case(connection: Connection, case_id: str) -> Case | None:
    found = connection.execute(select(cases.c.record).where(cases.c.id == case_id)).scalar()
    return None if found is None else records.decode_case(found)


def _cases(connection: Connection, ids: Sequence[str]) -> Sequence[Case]:
    """The cases of ``ids``, in that order."""
    if not ids:
        return []
    found = connection.execute(select(cases.c.id, cases.c.record).where(cases.c.id.in_(ids)))
    by_id = {row.id: records.decode_case(row.record) for row in found}
    return [by_id[each] for each in ids if each in by_id]


def _events(connection: Connection, case: Case) -> Sequence[Event]:
    found = connection.execute(
        select(events.c.record).where(events.c.case_id == case.id).order_by(events.c.number)
    )
    return [records.decode_event(text, case) for text in found.scalars()]


def _columns(case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "version": case.version,
        "state": case.state.value,
        "due_at": case.due_at,
        "changed_at": case.changed,
        "start_at": case.invitation.start,
        "company": case.invitation.company,
        "position": case.invitation.position,
        "uid": case.invitation.uid,
        "record": case,
    }


def _add_details(connection: Connection, case: Case, event: Event | None) -> None:
    """The event, and the keys by which later messages find the case; old keys stay good."""
    if event is not None:
        connection.execute(
            insert(events).values(
                case_id=case.id,
                number=case.version,
                at=event.at,
                kind=event.kind.value,
                record=event,
            )
        )
    keys = _keys(case)
    if event is not None and (message_id := event.data.get("message_id")):
        keys.add(("message_id", message_id))
    _add_keys(connection, case.id, keys)


def _add_keys(connection: Connection, case_id: str, keys: set[tuple[str, str]]) -> None:
    known = select(case_keys.c.kind, case_keys.c.value).where(case_keys.c.case_id == case_id)
    fresh = keys - {(row.kind, row.value) for row in connection.execute(known)}
    if fresh:
        connection.execute(
            insert(case_keys),
            [{"kind": kind, "value": value, "case_id": case_id} for kind, value in sorted(fresh)],
        )


def _keys(case: Case) -> set[tuple[str, str]]:
    invitation = case.invitation
    thread = invitation.thread
    keys = {("message_id", known) for known in (thread.message_id, *thread.references)}
    keys.add(("uid", invitation.uid))
    for mailbox in (invitation.sender, invitation.contact, invitation.organizer):
        address = (mailbox.email or "").lower()
        keys.add(("address", address))
        # with all that it lies under: jobs.firma.de is found by firma.de as well
        labels = address.rpartition("@")[2].split(".")
        keys |= {("domain", ".".join(labels[n:])) for n in range(len(labels) - 1)}
    return {(kind, value) for kind, value in keys if value}

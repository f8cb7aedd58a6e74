"""The SQLite file itself: who may read it, how it is opened, and what can be wrong with it."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, StatementError

from taktvoll.edges.store.records import encode
from taktvoll.errors import TaktvollError, UnreadableInput

_PRAGMAS = (
    "PRAGMA busy_timeout = {wait}",  # milliseconds to wait for another process
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what is committed survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is zeroed
    "PRAGMA trusted_schema = OFF",
)

WAIT = 5000  # milliseconds


def connect(path: Path) -> Engine:
    """An engine for the file ``path``, made for its owner alone where it is missing.

    Raises ``TaktvollError`` as ``SqliteStore`` says.
    """
    _make_private(path)
    engine = create_engine(
        f"sqlite:///{path}",
        json_serializer=encode,
        json_deserializer=str,  # stays text: ``records`` decodes it to the type that it is
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the file and locks nobody out."""
    with _explained(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the write lock from its start: committed whole or not at all."""
    with _explained(), engine.execution_options(begin="IMMEDIATE").begin() as connection:
        yield connection


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as refused:
        full = refused.errno in (errno.ENOSPC, errno.EDQUOT)
        raise TaktvollError(
            "store_full" if full else "store_read_only", path=str(path)
        ) from refused


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transactions commit around DDL; ours begin in ``_begin``.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma.format(wait=WAIT))


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


# https://www.sqlite.org/rescode.html: the low byte of an extended code is the primary one. No
# space for the shared memory of the log is no SQLITE_FULL, nor is a quota that is used up.
_CODES = {
    sqlite3.SQLITE_IOERR_SHMSIZE: "store_full",
    sqlite3.SQLITE_IOERR_WRITE: "store_full",
    sqlite3.SQLITE_BUSY: "store_locked",
    sqlite3.SQLITE_LOCKED: "store_locked",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_PERM: "store_read_only",
    sqlite3.SQLITE_CANTOPEN: "store_read_only",
    sqlite3.SQLITE_AUTH: "store_read_only",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_NOTADB: "store_damaged",
    sqlite3.SQLITE_IOERR: "store_damaged",
    sqlite3.SQLITE_ERROR: "store_damaged",  # a table or column of ours is missing
}


@contextmanager
def _explained() -> Iterator[None]:
    """What SQLite says, as an error that a person can do something about."""
    try:
        yield
    except IntegrityError:
        raise
    except (StatementError, sqlite3.Error) as failure:
        raise _explain(failure) from failure
    except (msgspec.DecodeError, msgspec.ValidationError) as broken:
        raise TaktvollError("store_damaged") from broken


def _explain(failure: Any) -> BaseException:
    origin = failure.orig if isinstance(failure, StatementError) else failure
    if isinstance(origin, UnicodeEncodeError):  # half of a surrogate pair
        return UnreadableInput("text_not_unicode")
    extended = getattr(origin, "sqlite_errorcode", -1)
    code = _CODES.get(extended) or _CODES.get(extended & 0xFF)
    return TaktvollError(code) if code else failure

"""Brings the schema of a file up to date, by the Alembic scripts in ``migrations/``."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from importlib.resources import as_file, files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from taktvoll.edges.store.schema import HEAD, version
from taktvoll.errors import TaktvollError


def migrate(connection: Connection, path: Path) -> None:
    """Bring the schema to ``HEAD``, in the transaction of ``connection``.

    That transaction holds the write lock, so that two processes that start together do it once.
    Raises ``TaktvollError("store_newer")`` for a schema that this program does not know.
    """
    with as_file(files("taktvoll.edges.store") / "migrations") as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.attributes["connection"] = connection
        current = version(connection)
        if current == HEAD:
            return
        if current is not None and current not in _known(config):
            raise TaktvollError("store_newer")
        if current is not None:
            _back_up(path, current)
        command.upgrade(config, "head")


def _known(config: Config) -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _back_up(path: Path, current: str) -> None:
    """A whole copy beside the file: ``taktvoll.db.before-<head>``, for the owner alone.

    A second connection reads what is committed while ours holds the write lock.
    """
    target = path.with_name(f"{path.name}.before-{HEAD}")
    os.close(os.open(target, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)

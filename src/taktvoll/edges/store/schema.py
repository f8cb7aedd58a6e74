"""The tables. What is queried is a column; the rest of a record is one JSON document.

A change here needs a migration in ``migrations/versions`` and a new ``HEAD``; a test compares.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    inspect,
    text,
)

HEAD = "0004"


def version(connection: Connection) -> str | None:
    """The schema of a database, as Alembic notes it; None where there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    noted: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return noted


class Utc(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite knows no zones and compares the moments as text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC, on the way in."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware again, on the way out."""
        return None if value is None else value.replace(tzinfo=UTC)


_UNFINISHED = text("state != 'closed'")

metadata = MetaData()

cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("due_at", Utc),
    Column("changed_at", Utc, nullable=False),
    Column("start_at", Utc),
    Column("company", Text),
    Column("position", Text),
    Column("uid", Text),
    Column("record", JSON, nullable=False),
    Index("cases_due", "due_at"),
    # these hold the lists in their order, so that a page is read off and never sorted
    Index("cases_listed", "state", "due_at", "changed_at", "id"),
    Index(
        "cases_open",
        "due_at",
        "changed_at",
        "id",
        "state",
        sqlite_where=_UNFINISHED,
        postgresql_where=_UNFINISHED,
    ),
    Index("cases_begin", "start_at", "id", "state"),
)

events = Table(
    "events",
    metadata,
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # the version it led to
    Column("at", Utc, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record", JSON, nullable=False),
)

case_keys = Table(
    "case_keys",
    metadata,
    Column("kind", Text, primary_key=True),  # uid, message_id
    Column("value", Text, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Index("case_keys_of_case", "case_id"),
)

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

acts = Table(
    "acts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("due_at", Utc),
    Column("changed_at", Utc, nullable=False),
    Column("record", JSON, nullable=False),
    Index("acts_due", "due_at"),
    Index("acts_changed", "changed_at"),
    Index("acts_of_case", "case_id", "made_at", "id"),
)

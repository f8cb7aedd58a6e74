"""Cases in a file: SQLAlchemy Core over SQLite, the schema carried forward by Alembic."""

from taktvoll.edges.store.sqlite import SqliteStore

__all__ = ["SqliteStore"]

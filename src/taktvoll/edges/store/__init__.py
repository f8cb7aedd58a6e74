"""The store: SQLite through SQLAlchemy Core, its schema moved by Alembic."""

"""Lists of cases are read off an index in their order."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the index of the open cases, and order the beginnings across the states."""
    unfinished = sa.text("state != 'closed'")
    op.create_index(
        "cases_open",
        "cases",
        ["due_at", "changed_at", "id", "state"],
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
    op.drop_index("cases_begin", "cases")
    op.create_index("cases_begin", "cases", ["start_at", "id", "state"])

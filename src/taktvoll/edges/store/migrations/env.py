"""Run by Alembic: applies the scripts on the connection that ``migrate`` hands over."""

from alembic import context

from taktvoll.edges.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a column by copying its table
)
with context.begin_transaction():
    context.run_migrations()

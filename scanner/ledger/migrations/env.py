"""Runs the migrations on the connection that the ledger opened, inside its transaction."""

from alembic import context

from scanner.ledger import mask_models  # noqa: F401 - its table is one of Base's
from scanner.ledger.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()

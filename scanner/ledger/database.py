"""The connection: SQLite by default, PostgreSQL by URL; its schema; its errors as sentences."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, table
from sqlalchemy import column as sql_column
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from scanner.errors import AuditError, ConfigError, MissingExtraError, UnreadableError
from scanner.lang import tr
from scanner.ledger.failures import explain, explained
from scanner.ledger.patience import Patience, Wait, is_away

SCHEMA = "0004"  # newest migration; a test holds it against the folder
MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MS = 15_000
_BUSY_STEP = 0.02  # seconds
# A server whose machine is gone says nothing: after a minute of silence it counts as away.
_LIVENESS = {
    "connect_timeout": 15,  # seconds, as the next two
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds
}
_VERSION = table("alembic_version", sql_column("version_num"))
# A deadlock or a lost race between machines that share one PostgreSQL: done again, it succeeds.
_TRY_AGAIN = frozenset({"40001", "40P01"})
_TRIES = 5

T = TypeVar("T")


class Database:
    """One engine, with transactions for reading and for writing."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name  # as shown to the user: no password
        self.patience = Patience()  # none: a person at a terminal is told at once
        self._writer = engine.execution_options(write=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether the ledger is one file on this machine."""
        return self.engine.dialect.name == "sqlite"

    @property
    def url(self) -> str:
        """The address that opens the same ledger, password and all: not for showing."""
        return self.engine.url.render_as_string(hide_password=False)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the ledger throughout."""
        with explained(self.name), self._begun(self.engine) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing. SQLite takes the write lock at once."""
        with explained(self.name), self._begun(self._writer) as connection:
            yield connection

    @contextmanager
    def _begun(self, engine: Engine) -> Iterator[Connection]:
        """A transaction, as soon as the database lets us begin one."""
        wait = self.patience.begin()
        while True:
            transaction = engine.begin()
            try:
                connection = transaction.__enter__()
                break
            except DBAPIError as error:
                self._wait(wait, error)
        try:
            yield connection
        except BaseException as error:
            if not transaction.__exit__(type(error), error, error.__traceback__):
                raise
        else:
            transaction.__exit__(None, None, None)

    def retried(self, work: Callable[[Connection], T]) -> T:
        """`work` in one write transaction, run anew when another machine was in the way, or when
        the database was away for less than our patience.

        The connection may be lost after the server committed and before we heard of it: `work`
        must come to the same when it is done twice.
        """
        wait = self.patience.begin()
        tries = 1
        while True:
            try:
                with self._writer.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) in _TRY_AGAIN and tries < _TRIES:
                    tries += 1
                    continue
                self._wait(wait, error)
                tries = 1

    def asked(self, work: Callable[[Connection], T]) -> T:
        """`work` that only reads, with the same patience."""
        wait = self.patience.begin()
        while True:
            try:
                with self.engine.begin() as connection:
                    return work(connection)
            except DBAPIError as error:
                self._wait(wait, error)

    def _wait(self, wait: Wait, error: DBAPIError) -> None:
        """Pause before another attempt; raises the sentence for `error` where there is none."""
        if not is_away(error) or not wait.once_more():
            raise explain(error, self.name, wait.waited) from error

    def shred(self) -> None:
        """Make what was deleted or overwritten unreadable in the file too (SQLite only)."""
        if not self.is_sqlite:
            return  # PostgreSQL's own vacuum does it, in its own time
        with explained(self.name), self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            for words in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor = raw.cursor()  # type: ignore[union-attr]
                cursor.execute(words)
                cursor.close()

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Connect to `url` (a SQLAlchemy URL, or the path of an SQLite file) and bring it up to date.

    Raises ConfigError for an address that cannot be used, MissingExtraError when the PostgreSQL
    driver is not installed, UnreadableError when the database cannot be opened.
    """
    parsed = _parse(url)
    name = _shown(parsed)
    is_file = parsed.get_backend_name() == "sqlite"
    engine = _sqlite(parsed, name) if is_file else _postgresql(parsed)
    database = Database(engine, name)
    try:
        with database.read() as connection:
            current = _version(connection, name)
        if current != SCHEMA:
            with database.write() as connection:
                _upgrade(connection, name)
    except BaseException:
        database.close()
        raise
    return database


def _parse(url: str) -> URL:
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise _bad_address(url.split("://", maxsplit=1)[0] + "://…") from error
    backend = parsed.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise _bad_address(f"{backend}://…")
    return parsed


def _bad_address(shown: str) -> ConfigError:
    return ConfigError(
        tr(
            f"不认识台账地址 {shown}，请写文件路径或 postgresql://用户@主机/库名。",
            f"The ledger address {shown} is not understood: "
            "give a file's path or postgresql://user@host/name.",
        )
    )


def _shown(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.set(drivername="postgresql", password=None, query={}).render_as_string()


def _sqlite(url: URL, name: str) -> Engine:
    if url.database:
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnreadableError(
                tr(
                    f"建不了台账所在的文件夹 {Path(name).parent}（{error.strerror}），"
                    "请换一个路径。",
                    f"The ledger's folder {Path(name).parent} cannot be made "
                    f"({error.strerror}): choose another path.",
                )
            ) from error
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: `_begin_sqlite` says which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        _write_ahead(cursor)
        cursor.execute("PRAGMA synchronous=FULL")  # a verdict once saved survives a power cut
        cursor.execute("PRAGMA cache_size=-16384")
    finally:
        cursor.close()


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Turn on the write-ahead log. Of this one statement SQLite does not wait for others: several
    programs that open a new ledger at the same moment would be told that it is in use."""
    end = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(_BUSY_STEP)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later may fail half way under contention.
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _postgresql(url: URL) -> Engine:
    try:
        import psycopg  # noqa: F401, PLC0415 - an optional driver
    except ImportError as error:
        what = tr("使用 PostgreSQL 台账需要安装驱动", "A PostgreSQL ledger needs its driver")
        raise MissingExtraError("postgres", what) from error
    # No prepared statements: one planned while a table was empty reads all of it for ever.
    options: dict[str, Any] = {"prepare_threshold": None}
    options |= {name: value for name, value in _LIVENESS.items() if name not in url.query}
    return create_engine(
        url,
        # Every statement of a transaction sees what others committed before it: what a lease needs.
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        connect_args=options,
    )


def _version(connection: Connection, name: str) -> str | None:
    """The schema's version; None for an empty database. Raises for one that is no ledger."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        version: str | None = connection.execute(select(_VERSION.c.version_num)).scalar()
        if version is not None:
            return version
    if tables - {"alembic_version"}:
        raise _not_a_ledger(name)
    return None


def _upgrade(connection: Connection, name: str) -> None:
    """Create the tables or bring them to SCHEMA, all in the transaction of `connection`."""
    if connection.dialect.name == "postgresql":
        # Two machines may open a new ledger at the same moment; SQLite is locked already.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7250118)")
    version = _version(connection, name)
    if version != SCHEMA:
        _migrate(connection, version, name)


def _migrate(connection: Connection, version: str | None, name: str) -> None:
    from alembic import command  # noqa: PLC0415 - slow to load, and seldom needed
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise AuditError(
            tr(
                f"台账 {name} 由更新版本的程序建立（结构 {version}，本程序 {SCHEMA}），"
                "请升级程序。",
                f"The ledger {name} was made by a newer program (schema {version}, this one has "
                f"{SCHEMA}): upgrade the program.",
            )
        )
    command.upgrade(config, "head")


def _not_a_ledger(name: str) -> UnreadableError:
    return UnreadableError(
        tr(
            f"{name} 不是台账数据库，请检查地址，或换一个新的文件名、库名。",
            f"{name} is not a ledger: check the address, or give a new file or database name.",
        )
    )

"""Databases for tests: a SQLite file, and a real PostgreSQL that is there or is started.

`postgres_url` is a throwaway database of its own for each test session; `ledger_url` gives a
test both kinds in turn, each empty.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

HOST = "127.0.0.1"
_NONE = "PRIVACY_SWEEP_NO_POSTGRES"
_MISSING = (
    "No PostgreSQL answers on 127.0.0.1 and none is installed: run "
    f"sudo apt install postgresql, or set {_NONE}=1 to leave its tests out."
)


def _users() -> list[str]:
    return list(dict.fromkeys([pwd.getpwuid(os.getuid()).pw_name, "postgres"]))


def _reachable() -> str | None:
    """The URL of a server that lets us in without a password and lets us create databases."""
    for user in _users():
        try:
            with psycopg.connect(
                host=HOST, user=user, dbname="postgres", connect_timeout=3
            ) as connection:
                row = connection.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
        except psycopg.OperationalError:
            continue
        if row and row[0]:
            return f"postgresql://{user}@{HOST}"
    return None


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    path = shutil.which("initdb")
    return Path(path).resolve().parent if path else None


def _as_other_user() -> list[str]:
    """initdb refuses root: the words that run a command as the user postgres instead."""
    if os.getuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


class PrivateServer:
    """A PostgreSQL of our own, that can be stopped and started like any."""

    def __init__(self, binaries: Path, home: Path) -> None:
        self._home = home
        self._binaries = binaries
        self._prefix = _as_other_user()
        if self._prefix:
            shutil.chown(home, "postgres", "postgres")
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self._port = probe.getsockname()[1]
        self._data = home / "data"
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust")
        self.url = f"postgresql://postgres@{HOST}:{self._port}"

    def _run(self, program: str, *words: str) -> None:
        command = [*self._prefix, str(self._binaries / program), *words]
        done = subprocess.run(
            command, cwd=self._home, capture_output=True, text=True, check=False, timeout=120
        )
        if done.returncode:
            pytest.fail(f"{program}: {done.stderr or done.stdout}")

    def _control(self, *words: str) -> None:
        log = self._home / "log"
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(log), *words)

    def database(self) -> str:
        """The address of a new database on it: what another test left is another test's."""
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(f"{self.url}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{self.url}/{name}"

    def start(self) -> None:
        """Until it takes connections."""
        self._control("-o", f"-p {self._port} -h {HOST} -k {self._home} -c fsync=off", "start")

    def stop(self, mode: str = "immediate") -> None:
        """At once: every connection is cut, and new ones are refused."""
        self._control("-m", mode, "stop")


@contextmanager
def _private_server(binaries: Path) -> Iterator[PrivateServer]:
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = PrivateServer(binaries, Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def private_postgres() -> Iterator[PrivateServer]:
    """A PostgreSQL server that a test may stop; it is left running."""
    if os.environ.get(_NONE) == "1":
        pytest.skip(f"{_NONE}=1")
    binaries = _binaries()
    if binaries is None:
        pytest.fail(_MISSING)
    with _private_server(binaries) as server:
        yield server


@contextmanager
def _throwaway(server: str) -> Iterator[str]:
    name = f"privacy_sweep_test_{secrets.token_hex(6)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL database that lives as long as the session."""
    if os.environ.get(_NONE) == "1":
        pytest.skip(f"{_NONE}=1")
    server = _reachable()
    if server is not None:
        with _throwaway(server) as url:
            yield url
        return
    binaries = _binaries()
    if binaries is None:
        pytest.fail(_MISSING)
    with _private_server(binaries) as started, _throwaway(started.url) as url:
        yield url


def empty_postgres(url: str) -> str:
    """The same database with nothing in it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind: the test runs once on either."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'audit.db'}"
    return empty_postgres(request.getfixturevalue("postgres_url"))

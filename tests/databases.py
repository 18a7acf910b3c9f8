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


@contextmanager
def _private_server(binaries: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        home = Path(folder)
        prefix = _as_other_user()
        if prefix:
            shutil.chown(home, "postgres", "postgres")
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = probe.getsockname()[1]
        data, log = home / "data", home / "log"
        control = [*prefix, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(log)]
        options = f"-p {port} -h {HOST} -k {home} -c fsync=off"

        def run(*command: str) -> None:
            done = subprocess.run(
                command, cwd=home, capture_output=True, text=True, check=False, timeout=120
            )
            if done.returncode:
                pytest.fail(f"{Path(command[len(prefix)]).name}: {done.stderr or done.stdout}")

        run(*prefix, str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust")
        run(*control, "-o", options, "start")
        try:
            yield f"postgresql://postgres@{HOST}:{port}"
        finally:
            run(*control, "-m", "immediate", "stop")


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
    with _private_server(binaries) as started, _throwaway(started) as url:
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

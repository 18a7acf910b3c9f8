import sqlite3
import sys
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from scanner.errors import AuditError, ConfigError, MissingExtraError, UnreadableError
from scanner.ledger import Filter, Ledger
from scanner.ledger.database import MIGRATIONS, SCHEMA
from scanner.ledger.models import Base
from scanner.model import Decision, Evidence, Location, Unread
from tests.ledger.making import ID_CARD, KEYS, MOBILE, PAGE, finding, links, read

NAME = "钱三一"
ADDRESS = "桐城市文昌街道龙眠中路9号2栋301室"


def test_the_migrations_make_the_tables_of_the_models(ledger):
    with ledger.database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_opening_again_changes_nothing(ledger, ledger_url, sweep):
    sweep(read(PAGE, finding()))
    with Ledger.open(ledger_url, key_id=KEYS.key_id) as again:
        assert again.pages(Filter()) == ledger.pages(Filter())


def test_a_ledger_of_a_newer_program_is_refused(ledger, ledger_url):
    with ledger.database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(AuditError, match="9999"):
        Ledger.open(ledger_url)


def test_a_database_of_something_else_is_left_alone(ledger, ledger_url):
    with ledger.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    with pytest.raises(UnreadableError, match="不是台账"):
        Ledger.open(ledger_url)


@pytest.mark.parametrize("table", ["history", "verdicts"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET who = 'x'", "DELETE FROM {}"])
def test_verdicts_and_history_are_only_added_to(ledger, sweep, table, statement):
    sweep(read(PAGE, finding()))
    ledger.decide([ledger.queue()[0].findings[0].id], Decision.LEAK, who="李")
    with pytest.raises(AuditError, match="append-only"), ledger.database.write() as connection:
        connection.exec_driver_sql(statement.format(table))


def everything(ledger) -> str:
    """Every value of every column of every table."""
    with ledger.database.read() as connection:
        rows = [
            row
            for table in Base.metadata.sorted_tables
            for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}").all()
        ]
    return "\n".join(str(value) for row in rows for value in row)


def planted() -> list:
    """Findings whose every text holds the clear value, as a careless classifier would give them."""
    made = []
    for kind, value, raw in (
        ("id_card", ID_CARD, "340824 19010101 005x"),
        ("mobile", MOBILE, "138-0556-0001"),
        ("person_name", NAME, NAME),
        ("home_address", ADDRESS, ADDRESS),
        ("qq", "203040506", "203040506"),
    ):
        one = finding(value, kind=kind, context=f"{NAME}，{ID_CARD}，电话{MOBILE}，{raw}")
        location = Location(sheet=f"名单{ID_CARD}", note=f"{NAME} {MOBILE}", xpath="/html/td[2]")
        match = replace(one.match, raw=raw, location=location)
        step = Evidence("row", f"{raw} {value} {NAME} 203040506", 0.1)
        made.append(replace(one, match=match, evidence=(step,)))
    return made


def test_no_clear_value_reaches_the_database(ledger, sweep):
    sweep(
        read(
            PAGE,
            *planted(),
            title=f"{NAME}（{ID_CARD}）公示 {MOBILE}",
            reason=f"stopped at {MOBILE}",
            source=f"{NAME}办",
            unread=(Unread(f"{ID_CARD}.doc", f"damaged near {ADDRESS}"),),
            links=links("http://www.qx.gov.cn/2"),
        )
    )
    page = ledger.queue()[0]
    assert len(page.findings) == 5
    ledger.decide([page.findings[0].id], Decision.LEAK, who="李", reason=f"确为{MOBILE}")
    stored = everything(ledger)
    for clear in (ID_CARD, MOBILE, NAME, ADDRESS, "203040506", "138-0556-0001", "340824 19010101"):
        assert clear not in stored
    assert "34*************05X" in stored
    assert "钱**" in page.title


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_no_clear_value_reaches_the_files_of_sqlite(ledger, sweep, tmp_path):
    sweep(read(PAGE, *planted()))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        for clear in (ID_CARD, MOBILE, NAME, ADDRESS):
            assert clear.encode() not in content


def test_hostile_text_is_stored_without_harm(ledger, sweep):
    long = "http://www.qx.gov.cn/" + "长" * 4000
    title = "a\x00b\ud800<script>'; DROP TABLE items; --\x1b[31m"
    sweep(read(PAGE, finding(context="\x00" * 9), title=title, links=links(long)))
    assert ledger.queue()[0].title.startswith("a\ufffdb\ufffd<script>")
    assert ledger.coverage(ledger.last_sweep().id).urls == 2


def test_a_sheet_of_many_values_is_one_commit(ledger, sweep):
    sweep(read(PAGE, *(finding(f"1380{n:07d}") for n in range(3000))))
    assert ledger.statistics().values.total.suspected == 3000
    sweep(read(PAGE, *(finding(f"1380{n:07d}") for n in range(1500))))
    total = ledger.statistics().values.total
    assert (total.undecided, total.verified) == (1500, 1500)


# Errors


def test_a_text_file_is_no_ledger(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to look like a file of its own" * 9)
    with pytest.raises(UnreadableError, match=r"notes\.txt") as raised:
        Ledger.open(path)
    assert raised.value.exit_code == 3
    assert path.read_text().startswith("not a database")


def test_a_database_with_other_tables_is_no_ledger(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mails (id INTEGER)")
    with pytest.raises(UnreadableError, match=r"other\.db"):
        Ledger.open(path)


def test_a_path_that_cannot_be(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreadableError):
        Ledger.open(tmp_path / "file" / "audit.db")
    with pytest.raises(UnreadableError):
        Ledger.open(tmp_path)  # a folder


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_a_full_disk_loses_nothing(ledger, sweep):
    sweep(read(PAGE, finding()))
    before = ledger.pages(Filter())

    def full(connection, *_):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    run = ledger.start_sweep()
    event.listen(ledger.database.engine, "checkout", full)
    many = [read(f"http://www.qx.gov.cn/{n}") for n in range(500)]
    with pytest.raises(UnreadableError, match="磁盘已满"):
        ledger.frontier(run).commit(many)
    event.remove(ledger.database.engine, "checkout", full)
    assert ledger.pages(Filter()) == before
    assert ledger.coverage(run.id).urls == 0
    with ledger.database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    ledger.frontier(run).commit(many)
    assert ledger.coverage(run.id).urls == 500


@pytest.mark.parametrize("ledger_url", ["sqlite"], indirect=True)
def test_a_ledger_that_stays_locked(ledger, tmp_path):
    def impatient(connection, *_):
        connection.execute("PRAGMA busy_timeout=20")

    event.listen(ledger.database.engine, "checkout", impatient)
    other = sqlite3.connect(tmp_path / "audit.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(UnreadableError, match="占用"):
            ledger.start_sweep()
        assert ledger.statistics().values.total.suspected == 0  # reading goes on
    finally:
        other.close()
    assert ledger.start_sweep().id == 1


def test_a_postgresql_that_does_not_answer():
    with pytest.raises(UnreadableError, match=r"127\.0\.0\.1") as raised:
        Ledger.open("postgresql://nobody:secret@127.0.0.1:1/audit")
    assert "secret" not in str(raised.value)


def test_a_postgresql_database_that_is_not_there(postgres_url):
    missing = postgres_url.rpartition("/")[0] + "/privacy_sweep_nowhere"
    with pytest.raises(UnreadableError, match="不存在"):
        Ledger.open(missing)


def test_the_driver_is_an_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError, match=r"privacy-sweep\[postgres\]"):
        Ledger.open("postgresql://127.0.0.1/audit")


@pytest.mark.parametrize("url", ["mysql://h/d", "://", "nonsense://x", "postgresql://h:port/d"])
def test_an_address_that_is_not_understood(url):
    with pytest.raises(ConfigError):
        Ledger.open(url)


def test_errors_of_the_database_do_not_escape(ledger):
    with pytest.raises(AuditError) as raised, ledger.database.write() as connection:
        connection.exec_driver_sql("SELECT * FROM nothing")
    assert "nothing" in str(raised.value)
    assert isinstance(raised.value.__cause__, DBAPIError)

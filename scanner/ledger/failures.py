"""The database's own errors, said in one sentence with the mend."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from scanner.errors import AuditError, UnreadableError
from scanner.lang import tr


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn the database's errors into sentences. The transaction was rolled back by then."""
    try:
        yield
    except DBAPIError as error:
        raise explain(error, name) from error


def explain(error: DBAPIError, name: str, waited: float = 0.0) -> AuditError:
    """The sentence for one error of the database, or the error's own words.

    `waited`: seconds that were spent on waiting for the database.
    """
    words = str(error.orig)
    for signs, sentence in _sentences(name):
        if re.search(signs, words):
            return UnreadableError(sentence + _after(waited))
    first = words.strip().splitlines()[0] if words.strip() else type(error.orig).__name__
    return UnreadableError(
        tr(f"台账 {name} 出错：{_plain(first)}", f"The ledger {name} failed: {_plain(first)}")
    )


def _after(waited: float) -> str:
    if waited < 1:
        return ""
    return tr(
        f"（已等待 {waited:.0f} 秒；已提交的内容都在，恢复后重新执行同一命令即可）",
        f" (After {waited:.0f} seconds of waiting; everything committed is safe: run the same "
        "command again when it is back.)",
    )


def _plain(words: str) -> str:
    # A driver may quote the row it refused; rows hold masks only, but a long quote helps nobody.
    return words.split("DETAIL", maxsplit=1)[0].strip()[:200]


def _sentences(name: str) -> list[tuple[str, str]]:
    return [
        (
            "database or disk is full|No space left on device|could not extend file",
            tr(
                f"磁盘已满，台账 {name} 写不进去；已提交的内容都在，"
                "腾出空间后重新执行同一命令即可。",
                f"The disk is full and the ledger {name} cannot be written; everything committed "
                "is safe: free some space and run the same command again.",
            ),
        ),
        (
            "database is locked|database table is locked|lock timeout",
            tr(
                f"台账 {name} 正被另一个程序占用，请等它结束后重试。",
                f"The ledger {name} is in use by another program: try again when it has finished.",
            ),
        ),
        (
            "file is not a database|malformed|file is encrypted",
            tr(
                f"{name} 不是台账数据库或已损坏，请检查路径或从备份恢复。",
                f"{name} is not a ledger or is damaged: check the path or restore a backup.",
            ),
        ),
        (
            "readonly database|read-only|permission denied for",
            tr(
                f"台账 {name} 没有写权限，请检查文件、文件夹或数据库用户的权限。",
                f"The ledger {name} cannot be written: check the permissions of the file, its "
                "folder or the database user.",
            ),
        ),
        (
            "unable to open database file|disk I/O error",
            tr(
                f"打不开台账 {name}，请检查路径、权限和磁盘。",
                f"The ledger {name} cannot be opened: check the path, permissions and disk.",
            ),
        ),
        (
            "authentication failed|no password supplied|no pg_hba.conf|"
            '(role|database) ".*" does not exist',
            tr(
                f"数据库 {name} 拒绝登录或不存在，请检查用户、密码和库名。",
                f"The database {name} refused the login or does not exist: check user, password "
                "and name.",
            ),
        ),
        (
            "[Cc]onnection refused|could not connect|connection failed|server closed|"
            "resolve host|translate host|terminating connection|shutting down|starting up|"
            "recovery mode|connection is (lost|closed|bad)|consuming input failed|EOF detected|"
            "timeout expired|[Tt]imed out|unreachable|No route to host|Connection reset",
            tr(
                f"连不上数据库 {name}，请检查地址以及数据库是否在运行。",
                f"The database {name} does not answer: check the address and that it is running.",
            ),
        ),
    ]

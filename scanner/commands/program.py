"""The whole run of the program: words in, exit status out, and every failure one sentence."""

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from scanner.commands.clicks import BiGroup, choose_language, usage_sentence
from scanner.errors import NOT_READ, WRONG_USE, AuditError
from scanner.lang import tr
from scanner.safe_text import printable

INTERRUPTED = 130  # 128 + SIGINT, as shells have it
PIPE_CLOSED = 141  # 128 + SIGPIPE


class Program(BiGroup):
    """The group of all commands. A command returns its exit status, or None for 0."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run and exit. Never returns, never shows a traceback for what a user can mend."""
        del prog_name  # always `audit`, however it was started
        words = list(sys.argv[1:] if args is None else args)
        choose_language(words)
        extra["standalone_mode"] = False
        _forgive_encoding()
        sys.exit(self._status(words, extra))

    def _status(self, words: list[str], extra: dict[str, Any]) -> int:
        try:
            status = super().main(words, "audit", **extra)
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help())
            return WRONG_USE
        except click.ClickException as error:
            _say(usage_sentence(error))
            return WRONG_USE
        except (click.Abort, KeyboardInterrupt):
            _say(tr("已中断；已经存下的都还在", "interrupted; what was saved is saved"))
            return INTERRUPTED
        except AuditError as error:
            _say(str(error))
            return error.exit_code
        except OSError as error:
            return _os_error(error)
        except Exception as error:  # noqa: BLE001 - a fault of the program is no "leaks found"
            return _internal_error(error)
        return status if isinstance(status, int) else 0


def _internal_error(error: Exception) -> int:
    """A fault of the program itself: where, but not the message, which may quote a page."""
    if os.environ.get("AUDIT_DEBUG"):
        raise error
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"
    _say(
        tr(
            f"程序内部错误（{place}）：请报告这一处；设 AUDIT_DEBUG=1 再运行可看到全部细节",
            f"a fault of the program itself ({place}): please report it; "
            "run again with AUDIT_DEBUG=1 to see all of it",
        )
    )
    return NOT_READ


def _os_error(error: OSError) -> int:
    if isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE:
        _abandon_stdout()
        return PIPE_CLOSED
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        _abandon_stdout()
        _say(
            tr(
                "磁盘满了，结果没有写完：请腾出空间后再运行一次",
                "the disk is full and the result is not complete: free some space and run it again",
            )
        )
        return NOT_READ
    name = f" {error.filename}" if error.filename else ""
    reason = error.strerror or type(error).__name__
    _say(tr(f"读写{name} 失败：{reason}", f"cannot read or write{name}: {reason}"))
    return NOT_READ


def _abandon_stdout() -> None:
    """Nothing more can be written there: let the flush at exit go nowhere, without a message."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _forgive_encoding() -> None:
    """A character that the terminal's encoding lacks is shown as an escape; nothing stops."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _say(sentence: str) -> None:
    """A failure on standard error, in red where that is a terminal."""
    text = printable(sentence)
    red = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    try:
        sys.stderr.write(f"\x1b[31m{text}\x1b[0m\n" if red else f"{text}\n")
        sys.stderr.flush()
    except OSError:
        # Standard error is closed too: the exit status still tells.
        return

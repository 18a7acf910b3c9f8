"""The one thread that speaks to the frontier, so that a transaction never holds up the net."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from scanner.errors import AuditError, UnreadableError
from scanner.lang import tr

_T = TypeVar("_T")


class Clerk:
    """Runs the frontier's transactions, one after the other."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="frontier")

    async def call(self, function: Callable[..., _T], *args: object) -> _T:
        """The result of a transaction. Raises UnreadableError for what is no AuditError itself."""
        loop = asyncio.get_running_loop()
        try:
            # The language of the user is part of the context, which a thread does not inherit.
            context = contextvars.copy_context()
            return await loop.run_in_executor(self._thread, context.run, function, *args)
        except AuditError:
            raise
        except Exception as error:
            raise UnreadableError(
                tr(
                    f"台账无法写入（{type(error).__name__}），已停止；未提交的网页下次继续",
                    f"the ledger cannot be written ({type(error).__name__}); stopped, "
                    "what was not committed is taken up next time",
                )
            ) from error

    def close(self) -> None:
        """Wait for the transaction in hand, and end."""
        self._thread.shutdown(wait=True)

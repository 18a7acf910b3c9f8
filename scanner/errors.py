"""Errors that a user can mend. Each is one sentence and carries its exit status.

Exit status: 0 nothing to do, 1 leaks found, 2 wrong use or configuration, 3 something could
not be read.
"""

LEAKS_FOUND = 1
WRONG_USE = 2
NOT_READ = 3


class AuditError(Exception):
    """Base of every error shown to the user as one sentence, without a traceback."""

    exit_code = WRONG_USE


class ConfigError(AuditError):
    """A configuration, rule pack or allow-list that cannot be used; lists every fault found."""

    def __init__(self, faults: list[str] | str) -> None:
        self.faults = [faults] if isinstance(faults, str) else list(faults)
        super().__init__("\n".join(self.faults))


class UnreadableError(AuditError):
    """A file, site or database that could not be read or written."""

    exit_code = NOT_READ


class MissingExtraError(AuditError):
    """An optional part that is not installed; the message names the extra to install."""

    def __init__(self, extra: str, what: str) -> None:
        self.extra = extra
        super().__init__(f"{what}: pip install 'privacy-sweep[{extra}]'")

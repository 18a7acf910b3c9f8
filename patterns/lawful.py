"""What an exception is: a disclosure that a law asks for, allows or forbids, element by element."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Duty(StrEnum):
    """What the law says of the publication itself."""

    MUST = "must"
    MAY = "may"
    NEVER = "never"


class Basis(StrEnum):
    """How far the legal source was verified."""

    READ = "read"  # the key source was read
    MIXED = "mixed"  # read in part
    MEMORY = "memory"  # not verified: a verdict based on it goes to review


@dataclass(frozen=True, slots=True)
class ExceptionRule:
    """One kind of publication and what may stand in it.

    `publish`, `role_only` and `leak` hold element names such as "name", "office_phone", "mobile",
    "id_number"; `role_only` elements are lawful only beside the role that the rule is about.
    """

    code: str
    zh: str
    en: str
    field: str
    duty: Duty
    basis: Basis
    subjects: tuple[str, ...]
    publish: tuple[str, ...]
    role_only: tuple[str, ...]
    leak: tuple[str, ...]
    scope_zh: str  # where and how long, in words
    scope_en: str
    web: bool  # whether the scope is the public web at all
    law: tuple[str, ...]
    title_cues: tuple[str, ...]
    heading_cues: tuple[str, ...]
    column_cues: tuple[str, ...]
    role_cues: tuple[str, ...]
    needed_cues: tuple[str, ...]  # one of them must stand in the section, if there are any
    note: str
    hit: tuple[str, ...]  # titles or snippets that the rule must be recognised in
    miss: tuple[str, ...]
    path: Path

    @property
    def verified(self) -> bool:
        """Whether the source, or its key part, was read."""
        return self.basis is not Basis.MEMORY

"""What a finder of names returns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A person's name: characters `start` to `end`, with the chance that it is one."""

    start: int
    end: int
    confidence: float

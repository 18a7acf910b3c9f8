"""A span that some rule explains, before the candidates for the same digits are weighed."""

from dataclasses import dataclass

from patterns.rule import Proof, Rule
from scanner.model import Evidence


@dataclass(
    slots=True, repr=False, eq=False
)  # stays in this room; frozen ones cost three times as much
class Candidate:
    """One rule's reading of one span of the normalised text. Not changed once made."""

    rule: Rule
    start: int
    end: int
    value: str
    confidence: float
    proof: Proof = Proof.UNDECIDED
    evidence: tuple[Evidence, ...] = ()
    header: str = ""  # column header or label that led to it
    is_masked: bool = False
    shape: float = 1.0  # how far the writing itself lets it be one value

    @property
    def strength(self) -> tuple[float, bool, int, int]:
        """What decides between two readings of the same digits."""
        proven = self.proof is Proof.PROVEN
        return (self.confidence, proven, self.rule.priority, self.end - self.start)

    def __repr__(self) -> str:
        return f"Candidate({self.rule.code} at {self.start}-{self.end}, {self.confidence:.2f})"

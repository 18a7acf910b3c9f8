"""What is said of one value, before it becomes a finding."""

from dataclasses import dataclass

from scanner.classify.page import Recognised
from scanner.lang import tr
from scanner.model import Disposition, Evidence


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a kind of value may not stand: a row of `patterns/data/grounds.toml`."""

    code: str
    zh: str
    en: str
    law: tuple[str, ...]

    @property
    def words(self) -> str:
        """The reason in the language in force."""
        return tr(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A disposition with its rule, basis and the words that showed it."""

    disposition: Disposition
    rule: str
    basis: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    certainty: float = 0.95  # that the disposition is right, if the value is what it seems
    needs_review: bool = False
    candidates: int | None = None


def leak(ground: Ground, *evidence: Evidence, certainty: float = 0.95) -> Judgement:
    """A leak on the ground of its kind."""
    said = (*evidence, Evidence("ground", ground.words))
    return Judgement(Disposition.LEAK, ground.code, ground.law, said, certainty)


def lawful(kind: Recognised, *evidence: Evidence, certainty: float = 0.9) -> Judgement:
    """Kept under a recognised exception; unverified sources and narrower scopes go to review."""
    rule = kind.rule
    said = (Evidence("recognised as", f"{rule.zh}（{'、'.join(kind.words)}）"), *evidence)
    review = not rule.verified or not rule.web
    return Judgement(Disposition.MANDATED, rule.code, rule.law, said, certainty, review)


def kept(
    rule: str,
    basis: tuple[str, ...],
    *evidence: Evidence,
    certainty: float = 0.85,
    review: bool = False,
) -> Judgement:
    """Kept on a general basis, where no kind of publication was recognised."""
    return Judgement(Disposition.MANDATED, rule, basis, evidence, certainty, review)


def dismissed(rule: str, *evidence: Evidence, certainty: float = 0.9) -> Judgement:
    """Not personal data after all."""
    return Judgement(Disposition.DISMISSED, rule, (), evidence, certainty)

"""What is said of one value, before it becomes a finding."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from scanner.classify.page import Recognised
from scanner.lang import tr
from scanner.model import Disposition, Evidence


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a value may or may not stand: a row of `grounds.toml` or `keeps.toml`."""

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
    by_exception: bool = False  # a recognised kind of publication lets it stand
    whole: str = ""  # of a well masked value: it at its real length, * for what is hidden


def leak(ground: Ground, *evidence: Evidence, certainty: float = 0.95) -> Judgement:
    """A leak on the ground of its kind."""
    said = (*evidence, Evidence("ground", ground.words))
    return Judgement(Disposition.LEAK, ground.code, ground.law, said, certainty)


def lawful(kind: Recognised, *evidence: Evidence, certainty: float = 0.9) -> Judgement:
    """Kept under a recognised exception; unverified sources and narrower scopes go to review."""
    rule = kind.rule
    said = (Evidence("recognised as", f"{rule.zh}（{'、'.join(kind.words)}）"), *evidence)
    if not rule.web:  # shown to the village or to those concerned, not to everybody
        said = (*said, Evidence("scope", tr(rule.scope_zh, rule.scope_en)))
    review = not rule.verified or not rule.web
    return Judgement(
        Disposition.MANDATED, rule.code, rule.law, said, certainty, review, by_exception=True
    )


def kept(
    code: str, *evidence: Evidence, certainty: float = 0.85, review: bool = False
) -> Judgement:
    """Kept on a general basis of `patterns/data/keeps.toml`, no kind of publication recognised."""
    keep = load_keeps()[code]
    said = (*evidence, Evidence("basis", keep.words))
    return Judgement(Disposition.MANDATED, code, keep.law, said, certainty, review)


def well_masked(*evidence: Evidence) -> Judgement:
    """What shows too little of somebody to be held against anyone."""
    return Judgement(Disposition.MASKED, "M-OK", (), evidence)


def dismissed(code: str, *evidence: Evidence, certainty: float = 0.9) -> Judgement:
    """Not personal data after all, for a reason of `patterns/data/keeps.toml`."""
    said = (*evidence, Evidence("reason", load_keeps()[code].words))
    return Judgement(Disposition.DISMISSED, code, (), said, certainty)


def outweighed(code: str, *evidence: Evidence) -> Judgement:
    """Digits that the not-personal rule `code` explains better."""
    return Judgement(Disposition.DISMISSED, code, (), evidence, 0.9)


@lru_cache(maxsize=1)
def load_grounds() -> dict[str, Ground]:
    """The legal grounds of leaks by kind of value, from `patterns/data/grounds.toml`."""
    return {
        kind: Ground(row["code"], row["zh"], row["en"], tuple(row["law"]))
        for kind, row in _table("grounds.toml").items()
    }


@lru_cache(maxsize=1)
def load_keeps() -> dict[str, Ground]:
    """The general reasons to let a value stand by code, from `patterns/data/keeps.toml`."""
    return {
        code: Ground(code, row["zh"], row["en"], tuple(row["law"]))
        for code, row in _table("keeps.toml").items()
    }


def _table(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("patterns").joinpath("data", name).read_text("utf-8"))

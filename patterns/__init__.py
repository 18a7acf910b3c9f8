"""What is personal data and what the law lets stand, as data: one TOML file a rule."""

from patterns.lawful import Basis, Duty, ExceptionRule
from patterns.pack import Pack, load_pack
from patterns.rule import (
    ContextWords,
    MaskNorm,
    Polarity,
    Proof,
    Rule,
    Sample,
    Scope,
    Stage,
    compiled,
)

__all__ = [
    "Basis",
    "ContextWords",
    "Duty",
    "ExceptionRule",
    "MaskNorm",
    "Pack",
    "Polarity",
    "Proof",
    "Rule",
    "Sample",
    "Scope",
    "Stage",
    "compiled",
    "load_pack",
]

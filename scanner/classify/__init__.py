"""Matches → Findings: masks, records, exceptions, the local allow-list."""

from scanner.classify.allow import Allowed, AllowList, load_allow_list
from scanner.classify.classifier import Classifier

__all__ = ["AllowList", "Allowed", "Classifier", "load_allow_list"]

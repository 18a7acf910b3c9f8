"""Accuracy: a generator of labelled pages, a scorer, and a gate with pinned floors."""

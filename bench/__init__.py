"""Measurements of the program: accuracy here, speed beside it."""

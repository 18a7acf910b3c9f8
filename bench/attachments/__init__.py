"""Attachments with planted values: what is found, where, and what damaged files do."""

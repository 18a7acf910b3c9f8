"""Fetching: what is asked of public sites, how politely, and what became of every address."""

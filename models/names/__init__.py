"""Training of the scorer of names; see DATA_CARD.md."""

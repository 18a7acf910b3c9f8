"""The review in the terminal: one item at a time, by keyboard, every verdict saved at once."""

"""The work behind each command of `audit`: one module a command, one function to call."""

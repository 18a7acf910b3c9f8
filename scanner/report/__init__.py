"""What was found, for people and for programs: terminal, JSON lines, workbooks, statistics."""

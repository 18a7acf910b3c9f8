"""How the program's models were made. Nothing here is needed to run it."""

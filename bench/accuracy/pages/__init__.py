"""Page kinds, one file a family. Importing this package registers all of them."""

from bench.accuracy.pages import aid, land, letters, works

__all__ = ["aid", "land", "letters", "works"]

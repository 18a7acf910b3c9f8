"""What the styles of a document say of being seen, whichever format they are written in."""

from dataclasses import dataclass

from scanner.lang import tr


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of whether a reader sees what it applies to. None: not said here."""

    gone: bool | None = None  # hidden letters, sheet, page, or a size of nothing
    white: bool | None = None
    tiny: bool | None = None
    filled: bool | None = None

    def over(self, base: "Look") -> "Look":
        """This look with what it does not say taken from `base`."""
        if self is PLAIN or base is PLAIN:
            return base if self is PLAIN else self
        return Look(
            base.gone if self.gone is None else self.gone,
            base.white if self.white is None else self.white,
            base.tiny if self.tiny is None else self.tiny,
            base.filled if self.filled is None else self.filled,
        )

    def hides(self) -> str | None:
        """In words, why the text is not seen; None when it is."""
        if self.gone:
            return tr("隐藏文字", "hidden text")
        if self.tiny:
            return tr("极小字号文字", "tiny text")
        if self.white and not self.filled:
            return tr("白色文字", "white text")
        return None


PLAIN = Look()

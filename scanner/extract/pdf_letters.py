"""Letters of a PDF page -> runs, each seen or hidden, and why.

Most runs are one object's that nothing touches: they are judged whole, by their first and last
letter. What a box, a clip or the page's edge may cut is judged letter by letter.
"""

import re

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from scanner.extract import pdf_calls
from scanner.extract.layout import MAX_BITS
from scanner.extract.lines import Bit
from scanner.extract.pdf_geometry import Box, inside, upright
from scanner.extract.pdf_inks import Inks, Look, Walls
from scanner.lang import tr
from scanner.model import Where
from scanner.radicals import unified

_TINY = 2.2  # points
_SAMPLE = 40  # letters looked at for fonts without a map to text
_WORD_GAP = 0.28  # heights
_LETTER_GAP = 0.36  # heights: more parts single letters; a space beside Latin letters is less
_TIGHT = 0.12  # heights: letters nearer than that are those of a word
_TALL = 2.5  # height to width of a run of three letters or more that is written downwards
DOWNWARDS = 1  # the angle of such runs: they are laid out by themselves
_RUN = re.compile("[^\x00-\x20\ufffe\uffff]+")
_NUMBERS = re.compile("[\x01\x03-\x09\x0b\x0c\x0e-\x1f]")  # letters of a font with no map to text
Bits = dict[int, list[Bit]]


class Letters:
    """Reads all letters of a page at once."""

    def __init__(
        self, page: pdfium.PdfPage, looks: dict[int | None, Look], inks: Inks, walls: "Walls"
    ) -> None:
        self.bits: Bits = {}
        self.unmapped = False
        self._looks = looks
        self._inks = inks
        self._walls = walls
        self._box = inks.box
        self._text_page = page.get_textpage()
        self._address = pdf_calls.address(self._text_page.raw)
        self._last: Bit | None = None
        self._state: tuple[int, str | None, Box | None] = (0, None, None)
        self._order = 0  # of the object that the last run ended in
        self._loosest = 0.0  # heights: the widest gap inside it
        found = raw.FPDFText_CountChars(self._text_page.raw)
        count = max(min(found, 5 * MAX_BITS), 0)
        self._text = unified(pdf_calls.letters_of(self._address, count))
        self.count = 0
        self._read()
        bad = len(_NUMBERS.findall(self._text))
        self.unmapped = count > 0 and (bad * 50 > count or self._is_unmapped(count))

    def _read(self) -> None:
        spans = [found.span() for found in _RUN.finditer(self._text)]
        ends = [place for start, end in spans for place in (start, end - 1)]
        owners = pdf_calls.letter_objects(self._address, ends)
        boxes = pdf_calls.letter_boxes(self._address, ends)
        unknown = Look(0, 0)
        for number, (start, end) in enumerate(spans):
            self.count += end - start
            owner = owners[2 * number]
            look = self._looks.get(owner, unknown)
            first, last = boxes[2 * number], boxes[2 * number + 1]
            if owner == owners[2 * number + 1]:
                place = (
                    min(first[0], last[0]), min(first[1], last[1]),
                    max(first[2], last[2]), max(first[3], last[3]),
                )  # fmt: skip
                note = self._of_run(look, place, first)
                if not isinstance(note, bool):
                    self._add(start, end, place, look, note)
                    continue
            self._one_by_one(start, end)

    def _of_run(self, look: Look, place: Box, first: list[float]) -> "str | bool | None":
        """Why a whole run is hidden, None when it is seen; False when its letters may differ."""
        if look.note is not None:
            return None if self._inks.is_scan else look.note
        box, clip = self._box, look.clip
        if place[0] < box[0] or place[1] < box[1] or place[2] > box[2] or place[3] > box[3]:
            return False
        if clip is not None and (
            place[0] < clip[0] or place[1] < clip[1] or place[2] > clip[2] or place[3] > clip[3]
        ):
            return False
        if _is_tiny(first):
            return tr("极小字号文字", "tiny text")
        if look.is_white or self._inks.touch(look.order, place):
            return False
        return None

    def _one_by_one(self, start: int, end: int) -> None:
        places = range(start, end)
        owners = pdf_calls.letter_objects(self._address, places)
        unknown = Look(0, 0)
        for at, owner, box in zip(
            places, owners, pdf_calls.letter_boxes(self._address, places), strict=True
        ):
            look = self._looks.get(owner, unknown)
            place = (box[0], box[1], box[2], box[3])
            self._add(at, at + 1, place, look, self._of_letter(at, look, place))

    def _of_letter(self, at: int, look: Look, place: Box) -> str | None:
        """In words, why nobody sees a letter; None when it is seen."""
        x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
        if look.note is not None:
            # The text layer of a scan says what the picture shows.
            return None if self._inks.is_scan else look.note
        if not inside(self._box, x, y):
            return tr("页面之外", "outside the page")
        if look.clip is not None and not inside(look.clip, x, y):
            return tr("裁剪区之外", "clipped away")
        tiny = tr("极小字号文字", "tiny text")
        # A full stop is small in any size: it is as large as the letter before it.
        if _is_tiny(place) and (self._text[at].isalnum() or self._state[1] == tiny):
            return tiny
        cover = self._inks.cover(look.order, x, y)
        if cover is not None:
            return cover
        if look.is_white and not self._inks.has_ground(look.order, x, y):
            return tr("白色文字", "white text")
        return None

    def _is_unmapped(self, count: int) -> bool:
        """Whether most letters come from fonts without a map to text."""
        sample = range(0, count, max(count // _SAMPLE, 1))
        text, page = self._text, self._text_page.raw
        bad = sum(
            1
            for index in sample
            if text[index] in "\x00\ufffe\uffff"
            or "\ue000" <= text[index] <= "\uf8ff"
            or raw.FPDFText_HasUnicodeMapError(page, index)
        )
        return bad * 3 > len(sample)

    # --- runs ---------------------------------------------------------------------------------

    def _add(self, start: int, end: int, place: Box, look: Look, note: str | None) -> None:
        """Letters at their place: the last run goes on, or a new one begins."""
        angle = look.angle
        if angle == 0 and end - start > 2 and place[3] - place[1] > _TALL * (place[2] - place[0]):
            angle = DOWNWARDS
        x0, y0, x1, y1 = upright(place, angle, self._box)
        text = self._text[start:end]
        last = self._last
        state = (angle, note, look.clip)
        if (
            last is not None
            and self._state == state
            and _follows(last, x0, y0, y1)
            and not self._is_apart(last, x0, look, end - start)
        ):
            self._order = look.order
            if x0 - last.x1 > _TIGHT * (last.y1 - last.y0) and self._is_spaced(start, last.text):
                last.text += " "
            last.text += text
            self._loosest = max(self._loosest, (x0 - last.x1) / max(last.y1 - last.y0, 0.01))
            last.x1 = max(last.x1, x1)
            last.y0, last.y1 = min(last.y0, y0), max(last.y1, y1)
            return
        where = Where.VISIBLE if note is None else Where.HIDDEN
        clip = None if look.clip is None or angle != 0 else (look.clip[0], look.clip[2])
        self._last = Bit(text, x0, y0, x1, y1, where, note, clip)
        self._state, self._order, self._loosest = state, look.order, 0.0
        self.bits.setdefault(angle, []).append(self._last)

    def _is_apart(self, last: Bit, x0: float, look: Look, count: int) -> bool:
        """Whether a run of another object is another word: single letters that stand as far
        apart as those before them are one value's."""
        gap, height = x0 - last.x1, last.y1 - last.y0
        # Browsers draw letter by letter, close together; forms write one digit a box.
        is_word = len(last.text) > 1 and self._loosest < _WORD_GAP
        if is_word and self._walls.part(self._state[0], last, x0):
            return True
        if look.order == self._order or len(last.text) == 1:
            return False
        return gap > _WORD_GAP * height if count > 1 else is_word and gap > _LETTER_GAP * height

    def _is_spaced(self, start: int, before: str) -> bool:
        """Whether a space stands before a letter; digits drawn apart are one number."""
        at = start - 1
        spaced = guessed = False
        while at >= 0 and (self._text[at] <= " " or self._text[at] >= "\ufffe"):
            if self._text[at] == " ":
                is_guess = bool(raw.FPDFText_IsGenerated(self._text_page.raw, at))
                spaced, guessed = spaced or not is_guess, guessed or is_guess
            at -= 1
        first, last = self._text[start], before[-1]
        words = last.isascii() and last.isalpha() and first.isascii() and first.isalpha()
        return spaced or (guessed and words)


def _is_tiny(letter: "Box | list[float]") -> bool:
    """Whether a letter is small both ways: of some fonts the box is the glyph's own, and that of
    一 is flat."""
    return letter[3] - letter[1] < _TINY and letter[2] - letter[0] < _TINY


def _follows(last: Bit, x0: float, y0: float, y1: float) -> bool:
    """Whether a letter goes on where the last one ended."""
    height = max(last.y1 - last.y0, 0.01)
    overlap = min(last.y1, y1) - max(last.y0, y0)
    return overlap > 0.5 * min(height, y1 - y0) and -0.6 * height < x0 - last.x1 < 0.8 * height

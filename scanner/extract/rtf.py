"""RTF: text with tables, headers, notes, hidden and deleted text, fields, files inside."""

from dataclasses import dataclass, replace

from scanner.extract.draft import Draft, to_blocks
from scanner.extract.frames import Frame, RawCell, finish
from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.pieces import TAB, Pieces, cell_of
from scanner.extract.plain import drawing_blocks
from scanner.extract.rtf_tokens import Kind, Token, tokens
from scanner.extract.text import holds_data, one_line
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

_MAX_DEPTH = 1000
_MAX_FILES = 500
_MAX_HEX = 40_000_000  # digits of one picture or object
_CODE_PAGES = {936: "gb18030", 950: "big5", 65001: "utf-8", 932: "cp932", 949: "cp949"}
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949"}
_SKIPPED = frozenset(
    b"stylesheet listtable listoverridetable rsidtbl generator themedata colorschememapping"
    b" latentstyles datastore xmlnstbl pgdsctbl filetbl revtbl mmathPr wgrffmtfilter"
    b" nonshppict blipuid panose falt listpicture upr"
    b" atrfstart atrfend atnref atndate atntime atnparent atnicn bkmkend".split()
)
_NOTES = {
    b"header": ("页眉", "page header"),
    b"headerl": ("页眉", "page header"),
    b"headerr": ("页眉", "page header"),
    b"headerf": ("页眉", "page header"),
    b"footer": ("页脚", "page footer"),
    b"footerl": ("页脚", "page footer"),
    b"footerr": ("页脚", "page footer"),
    b"footerf": ("页脚", "page footer"),
    b"footnote": ("脚注", "footnote"),
    b"shptxt": ("文本框", "text box"),
    b"atnauthor": ("批注作者", "comment author"),
    b"atnid": ("批注作者", "comment author"),
    b"annotation": ("批注", "comment"),
}
_TRANSPARENT = frozenset(b"fldrslt shppict shpinst object result sv sn".split())
_INFO = frozenset(
    b"title subject author manager company operator category keywords comment doccomm hlinkbase"
    b" propname staticval docvar bkmkstart".split()
)
_SPECIAL = {
    b"tab": TAB, b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
    b"softline": "\n", b"nestcell": "", b"page": "\n",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What a group hands down to those inside it."""

    skip: bool = False
    font: int = 0
    uc: int = 1  # bytes that stand for a \\u letter
    hidden: bool = False
    white: bool = False
    tiny: bool = False
    filled: bool = False
    gone: bool = False
    code: bool = False  # of a field
    note: tuple[str, str] | None = None
    where: Where = Where.VISIBLE
    info: str = ""  # name of a property
    hexed: bool = False  # a picture or an object
    attribute: bool = False  # a value of a drawing
    table: str = ""  # "font" or "color" while such a table is read


def read_rtf(body: bytes, nest: Nest) -> Read:
    """Everything in an RTF; a cut one gives what came before the cut."""
    reader = _Rtf(nest)
    reader.read(body)
    return Read(reader.blocks, PageMeta(), tuple(reader.unread))


class _Rtf:
    def __init__(self, nest: Nest) -> None:
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self._nest = nest
        self._drafts: list[Draft] = []
        self._stack: list[_State] = []
        self._state = _State()
        self._pieces = Pieces()
        self._outer: list[tuple[int, Pieces]] = []  # paragraphs that a note or box interrupts
        self._raw = bytearray()
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._colors: list[tuple[int, int, int]] = []
        self._color = [0, 0, 0]
        self._to_skip = 0
        self._hex = bytearray()
        self._hex_depth = 0
        self._files: list[tuple[bytes, bool]] = []
        self._items: list[Draft] = []
        self._cells: list[RawCell] = []
        self._rows: list[list[RawCell]] = []
        self._merged: list[bool] = []  # of the row's cells: merged with the one before
        self._next_merged = False
        self._in_table = False
        self._inner: dict[str, str] = {}

    def read(self, body: bytes) -> None:
        for token in tokens(body):
            if token.kind is Kind.OPEN:
                self._open()
            elif token.kind is Kind.CLOSE:
                self._close()
            elif token.kind is Kind.TEXT:
                self._text(token.data)
            elif token.kind is Kind.SYMBOL:
                self._symbol(token.data)
            else:
                self._word(token)
        if self._stack:
            words = tr("文件不完整", "damaged or cut off")
            self.unread.append(Unread("RTF", words))
        while self._stack:
            self._close()
        self._paragraph()
        self._end_table()
        self.blocks = [*to_blocks(self._drafts, paths=False), *self.blocks]
        self._read_files()

    # --- groups -------------------------------------------------------------------------------

    def _open(self) -> None:
        self._flush()
        self._stack.append(self._state)
        if len(self._stack) > _MAX_DEPTH:
            self._state = replace(self._state, skip=True)

    def _close(self) -> None:
        self._flush()
        if not self._stack:
            return
        state, self._state = self._state, self._stack.pop()
        if state.hexed and not self._state.hexed:
            self._end_hex(state)
        if self._outer and len(self._stack) < self._outer[-1][0]:
            self._paragraph()
            self._pieces = self._outer.pop()[1]

    def _begin_story(self, note: tuple[str, str], where: Where) -> None:
        """A header, note or box inside a paragraph is a story of its own."""
        self._flush()
        self._outer.append((len(self._stack), self._pieces))
        self._pieces = Pieces()
        self._state = replace(self._state, note=note, where=where, skip=False)

    # --- words --------------------------------------------------------------------------------

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"~":
            self._add("\u00a0")
        elif symbol == b"_":
            self._add("-")
        elif symbol in b"\\{}":
            self._text(symbol)
        elif symbol in (b"\n", b"\r"):
            self._paragraph()

    def _word(self, token: Token) -> None:
        word, number = token.data, token.number
        if word == b"u" and number is not None:
            self._flush()
            self._add(chr(number % 0x10000))
            self._to_skip = self._state.uc
            return
        if self._destination(word):
            return
        if self._look(word, number) or self._structure(word):
            return
        if word in _SPECIAL:
            self._add(_SPECIAL[word])
        elif word == b"ansicpg" and number is not None:
            self._code_page = _CODE_PAGES.get(number, f"cp{number}")
        elif word == b"uc" and number is not None:
            self._state = replace(self._state, uc=max(number, 0))
        elif self._state.table:
            self._table_word(word, number)

    def _destination(self, word: bytes) -> bool:
        """Whether the word begins a destination; the group's state is set for it."""
        if word in _NOTES:
            where = Where.COMMENT if word == b"annotation" else Where.VISIBLE
            if word in (b"atnauthor", b"atnid"):
                where = Where.METADATA
            self._begin_story(_NOTES[word], where)
            return True
        state = self._destined(word)
        if state is not None:
            self._state = state
        return state is not None or word in _TRANSPARENT

    def _destined(self, word: bytes) -> _State | None:
        """The state inside a destination that is no story."""
        state = self._state
        if word in (b"pict", b"objdata"):
            self._hex.clear()
            self._hex_depth = len(self._stack)
            return replace(state, hexed=True, skip=False)
        if word in (b"fonttbl", b"colortbl"):
            return replace(state, table="font" if word == b"fonttbl" else "color")
        if word in _INFO:
            return replace(state, info=word.decode("ascii"), skip=False)
        if word == b"fldinst":
            return replace(state, code=True, skip=False)
        if word == b"sp" and not state.hexed:
            return replace(state, attribute=True, skip=False)
        return replace(state, skip=True) if word in _SKIPPED else None

    def _look(self, word: bytes, number: int | None) -> bool:
        """Whether the word is one of the looks that may hide text."""
        self._flush()
        on = number != 0
        state = self._state
        if word == b"plain":
            state = replace(state, hidden=False, white=False, tiny=False, filled=False, gone=False)
        elif word == b"v":
            state = replace(state, hidden=on)
        elif word == b"deleted":
            state = replace(state, gone=on)
        elif word == b"cf" and not state.table:
            state = replace(state, white=self._is_white(number or 0))
        elif word in (b"highlight", b"cb", b"chcbpat"):
            state = replace(state, filled=bool(number) and not self._is_white(number or 0))
        elif word == b"fs":
            state = replace(state, tiny=number is not None and number <= 5)
        elif word == b"f" and number is not None:
            state = replace(state, font=number)
        else:
            return False
        self._state = state
        return True

    def _is_white(self, number: int) -> bool:
        known = 0 <= number < len(self._colors)
        return known and number > 0 and min(self._colors[number]) >= 0xF6

    def _structure(self, word: bytes) -> bool:
        """Whether the word is one of paragraphs and tables."""
        if word in (b"par", b"sect"):
            self._paragraph()
        elif word == b"pard":
            self._in_table = False
        elif word == b"intbl":
            self._in_table = True
        elif word in (b"cell", b"nestcell"):
            self._cell(nested=word == b"nestcell")
        elif word == b"row":
            self._row()
        elif word == b"trowd":
            self._merged, self._next_merged = [], False
        elif word == b"clmrg":
            self._next_merged = True
        elif word == b"cellx":
            self._merged.append(self._next_merged)
            self._next_merged = False
        else:
            return False
        return True

    def _table_word(self, word: bytes, number: int | None) -> None:
        if self._state.table == "font" and word == b"fcharset" and number in _CHARSETS:
            self._fonts[self._state.font] = _CHARSETS[number]
        elif self._state.table == "color" and word in (b"red", b"green", b"blue"):
            self._color[(b"red", b"green", b"blue").index(word)] = number or 0

    # --- text ---------------------------------------------------------------------------------

    def _text(self, data: bytes) -> None:
        if self._to_skip:
            taken = min(self._to_skip, len(data))
            self._to_skip -= taken
            data = data[taken:]
        if not data:
            return
        state = self._state
        if state.hexed:
            # Groups inside a picture are its properties, not its bytes.
            if len(self._hex) < _MAX_HEX and len(self._stack) == self._hex_depth:
                self._hex += data
        elif state.table == "color":
            for _ in range(data.count(b";")):
                red, green, blue = self._color
                self._colors.append((red, green, blue))
                self._color = [0, 0, 0]
        elif not state.skip and not state.table:
            self._raw += data

    def _flush(self) -> None:
        if self._raw:
            encoding = self._fonts.get(self._state.font, self._code_page)
            raw = bytes(self._raw)
            self._raw.clear()
            try:
                text = raw.decode(encoding, "replace")
            except LookupError:
                text = raw.decode("gb18030", "replace")
            self._add(text)

    def _add(self, text: str) -> None:
        if self._raw:
            self._flush()
        state = self._state
        if state.skip or state.hexed or state.table or not text:
            return
        if state.info:
            self._field(state.info, text, Where.METADATA)
            return
        if state.attribute:
            self._field(tr("图形属性", "drawing property"), text, Where.ATTRIBUTE)
            return
        where, note = state.where, tr(*state.note) if state.note else None
        hidden = _hides(state)
        if hidden is not None and where is Where.VISIBLE:
            where, note = Where.HIDDEN, hidden
        self._pieces.add(text, where, note)

    def _field(self, name: str, text: str, where: Where) -> None:
        """Properties come in pieces: those of one group are one text."""
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.name == name and self._inner.get("at") == str(id(last)):
            block = replace(last, text=last.text + text)
            self.blocks[-1] = block
        else:
            block = Block(BlockKind.FIELD, one_line(text), where, Location(note=name), name=name)
            self.blocks.append(block)
        self._inner["at"] = str(id(block))

    def _paragraph(self) -> None:
        self._flush()
        drafts = self._pieces.drafts()
        self._pieces = Pieces()
        if self._state.note is not None or self._outer:
            self._drafts.extend(drafts)
        elif self._in_table:
            self._items.extend(drafts)
        else:
            if drafts:
                self._end_table()
            self._drafts.extend(drafts)

    # --- tables -------------------------------------------------------------------------------

    def _cell(self, *, nested: bool) -> None:
        self._flush()
        drafts = self._pieces.drafts()
        self._pieces = Pieces()
        self._items.extend(drafts)
        if nested:
            return  # stays in the outer cell, as a paragraph of its own
        self._cells.append(cell_of(self._items))
        self._items = []

    def _row(self) -> None:
        kept: list[RawCell] = []
        for number, cell in enumerate(self._cells):
            if number < len(self._merged) and self._merged[number] and kept:
                kept[-1].column_span += 1
                kept[-1].items.extend(cell.items)
            else:
                kept.append(cell)
        self._rows.append(kept)
        self._cells = []

    def _end_table(self) -> None:
        if self._items:
            self._cell(nested=False)
        if self._cells:
            self._row()
        if self._rows:
            frame = Frame(None, Where.VISIBLE)
            frame.rows, self._rows = self._rows, []
            self._drafts.extend(finish(frame))

    # --- files inside -------------------------------------------------------------------------

    def _end_hex(self, state: _State) -> None:
        if len(self._hex) > 20 and len(self._files) < _MAX_FILES:
            digits = bytes(byte for byte in self._hex if byte in b"0123456789abcdefABCDEF")
            data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
            self._files.append((data, state.skip))
        self._hex.clear()

    def _read_files(self) -> None:
        known: set[bytes] = set()
        for number, (data, _) in enumerate(self._files, start=1):
            if data in known:
                continue
            known.add(data)
            inner = _unwrapped(data)
            name = tr(f"对象{number}", f"object {number}")
            if inner is None:
                seen = "\n".join(block.text for block in self.blocks)
                self.blocks.extend(drawing_blocks(data, seen, name))
                continue
            read = self._nest.inner(inner, name, hidden=inner[:4] == b"\xd0\xcf\x11\xe0")
            self.blocks.extend(read.blocks)
            self.unread.extend(read.unread)
        self.blocks = [b for b in self.blocks if b.where is Where.VISIBLE or holds_data(b.text)]


def _hides(state: _State) -> str | None:
    """In words, why text is not seen; None when it is."""
    if state.gone:
        return tr("修订中已删除的内容", "tracked deletion")
    if state.code:
        return tr("域代码", "field code")
    if state.hidden:
        return tr("隐藏文字", "hidden text")
    if state.tiny:
        return tr("极小字号文字", "tiny text")
    if state.white and not state.filled:
        return tr("白色文字", "white text")
    return None


def _unwrapped(data: bytes) -> bytes | None:
    """The file in a picture's or object's bytes; None for drawings without one."""
    marks = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"\x89PNG\r\n", b"\xff\xd8\xff")
    starts = [at for mark in marks if (at := data[:4096].find(mark)) >= 0]
    return data[min(starts) :] if starts else None

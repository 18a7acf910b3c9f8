"""What lies in a PDF beside its pages: properties, outline, notes, forms, files, loose objects."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pikepdf

from scanner.extract.nest import Nest
from scanner.extract.pdf_strings import STRING, shown_text, text_string
from scanner.extract.swept import sweep
from scanner.extract.text import holds_data, one_line
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

_MAX_OBJECTS = 200_000
_MAX_NODES = 20_000  # of the outline and of the tree of form fields
_MAX_STREAM = 20_000_000  # bytes of one stream searched for strings
_MAX_BLOCKS = 20_000
_SPACE = re.compile(r"\s+")
_RUN = re.compile(r"[0-9]{6,}[Xx]?")
_VALUE = re.compile(r"[0-9０-９]{6}|@")
_LISTS = re.compile(rb"<<(?:[^>]|>(?!>))*>>")  # beside shown text, e.g. another text for it
_NO_TEXT = frozenset(("/Image", "/Type1C", "/CIDFontType0C", "/OpenType"))
_PAGE_KEYS = frozenset(("/Contents", "/Resources", "/Font", "/Parent"))


def squeezed(text: str) -> str:
    """Text without any space or separator: to tell whether it was read already."""
    return _SPACE.sub("", text)


class Objects:
    """The file's objects. A file that pikepdf cannot open gives nothing but that."""

    def __init__(self, body: bytes, nest: Nest) -> None:
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self.meta = PageMeta()
        self._nest = nest
        self._seen = ""
        self._files: set[tuple[int, int]] = set()
        self._shown: set[tuple[int, int]] = set()  # streams whose text the pages gave
        self._clear: frozenset[int] = frozenset()
        self._pdf: pikepdf.Pdf | None = None
        try:
            self._pdf = pikepdf.open(BytesIO(body), suppress_warnings=True)
        except (pikepdf.PdfError, ValueError):
            words = tr("文件结构损坏，附件和批注未读", "damaged: files and notes inside not read")
            self.unread.append(Unread("PDF", words))
        self.layers_off = frozenset(self._layers_off())

    def read(self, seen: str, clear: frozenset[int] = frozenset()) -> None:
        """Everything that the pages, whose squeezed text is `seen`, did not show.

        `clear`: numbers of pages that were read whole, letters and all.
        """
        if self._pdf is None:
            return
        self._seen = seen
        self._clear = clear
        steps = (
            self._properties, self._outline, self._fields, self._named_files,
            self._notes, self._loose,
        )  # fmt: skip
        for step in steps:
            try:
                step(self._pdf)
            except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError) as error:
                # A damaged tree ends its own step only.
                words = tr("部分结构损坏", "partly damaged")
                self.unread.append(Unread(f"PDF ({type(error).__name__})", words))

    def _layers_off(self) -> Iterator[str]:
        if self._pdf is None:
            return
        try:
            layers = self._pdf.Root.get("/OCProperties")
            state = None if layers is None else layers.get("/D")
            if layers is None or state is None:
                return
            off = list(state.get("/OFF", []))
            if str(state.get("/BaseState", "")) == "/OFF":
                on = {layer.objgen for layer in state.get("/ON", [])}
                off.extend(layer for layer in layers.get("/OCGs", []) if layer.objgen not in on)
            for layer in off:
                yield str(layer.get("/Name", ""))
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
            return  # no readable list of layers: all count as shown

    # --- what the file says of itself ---------------------------------------------------------

    def _properties(self, pdf: pikepdf.Pdf) -> None:
        values: dict[str, str] = {}
        for key, value in pdf.docinfo.items():
            name, text = str(key).removeprefix("/"), _text(value)
            values[name] = text
            if name not in ("CreationDate", "ModDate", "Producer", "Creator"):
                self._field(name, text, Where.METADATA)
        self.meta = PageMeta(title=values.get("Title", ""), author=values.get("Author", ""))
        packet = pdf.Root.get("/Metadata")
        if isinstance(packet, pikepdf.Stream):
            for found in sweep([self._bytes(packet)], Where.METADATA)[0]:
                self._field(f"XMP {found.name}", found.text, Where.METADATA)

    def _outline(self, pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.get("/Outlines")
        words = tr("书签", "outline")
        for node in _chain(root):
            self._field(words, _text(node.get("/Title")), Where.VISIBLE)

    def _fields(self, pdf: pikepdf.Pdf) -> None:
        form = pdf.Root.get("/AcroForm")
        stack = list(form.get("/Fields", [])) if form is not None else []
        left = _MAX_NODES
        while stack and left > 0:
            left -= 1
            field = stack.pop(0)
            if not isinstance(field, pikepdf.Dictionary):
                continue
            name = _text(field.get("/T")) or tr("表单域", "form field")
            flags = field.get("/F", 0)
            where = Where.HIDDEN if isinstance(flags, int) and flags & 0b100010 else Where.VISIBLE
            self._field(name, _text(field.get("/V")), where, tr("表单域", "form field"))
            for key in ("/DV", "/TU"):
                self._field(name, _text(field.get(key)), Where.HIDDEN, tr("表单域", "form field"))
            stack.extend(field.get("/Kids", []))

    # --- files inside and notes on pages ------------------------------------------------------

    def _named_files(self, pdf: pikepdf.Pdf) -> None:
        for name, spec in pdf.attachments.items():
            for key in ("/F", "/UF"):
                stream = _inside(spec.obj, "/EF", key)
                if isinstance(stream, pikepdf.Stream):
                    self._file(stream, name)
                    break

    def _file(self, stream: pikepdf.Stream, name: str, page: int | None = None) -> None:
        if stream.objgen in self._files:
            return
        self._files.add(stream.objgen)
        read = self._nest.inner(self._bytes(stream), name)
        self.unread.extend(read.unread)
        self.blocks.extend(
            block if page is None else replace(block, location=replace(block.location, page=page))
            for block in read.blocks
        )

    def _notes(self, pdf: pikepdf.Pdf) -> None:
        for number, page in enumerate(pdf.pages, start=1):
            if self._nest.expired:
                return
            if number in self._clear:
                content = page.obj.get("/Contents")
                streams = content if isinstance(content, pikepdf.Array) else [content]
                self._shown.update(s.objgen for s in streams if isinstance(s, pikepdf.Stream))
            for note in page.obj.get("/Annots", []):
                if isinstance(note, pikepdf.Dictionary):
                    self._note(note, number)

    def _note(self, note: pikepdf.Dictionary, number: int) -> None:
        kind = str(note.get("/Subtype", ""))
        words = tr("批注", "annotation")
        for key in ("/Contents", "/RC", "/Subj"):
            self._field(words, _text(note.get(key)), Where.COMMENT, page=number)
        self._field(tr("批注作者", "author"), _text(note.get("/T")), Where.METADATA, page=number)
        action = note.get("/A")
        if isinstance(action, pikepdf.Dictionary):
            link = tr("链接", "link")
            for key in ("/URI", "/F", "/JS"):
                self._field(link, _text(action.get(key)), Where.ATTRIBUTE, page=number)
        if kind == "/FileAttachment":
            spec = note.get("/FS")
            stream = _inside(spec, "/EF", "/F")
            name = _text(_inside(spec, "/UF")) or _text(_inside(spec, "/F")) or "attachment"
            if isinstance(stream, pikepdf.Stream):
                self._file(stream, name, number)

    # --- what nothing points at ---------------------------------------------------------------

    def _loose(self, pdf: pikepdf.Pdf) -> None:
        """Strings of every object, and texts of every stream, that nothing above gave."""
        for count, item in enumerate(pdf.objects):
            if count > _MAX_OBJECTS or self._nest.expired or len(self.blocks) > _MAX_BLOCKS:
                words = tr("其余对象", "other objects")
                self.unread.append(Unread(words, tr("数量或时间超出上限", "too many or too slow")))
                return
            if isinstance(item, pikepdf.Stream):
                self._stream(item)
            for text in _strings(item, 0):
                self._hidden(text, item)

    def _stream(self, stream: pikepdf.Stream) -> None:
        if str(stream.get("/Type", "")) == "/EmbeddedFile":
            self._file(stream, tr("未列出的附件", "unlisted file"))
            return
        subtype = str(stream.get("/Subtype", ""))
        if subtype in _NO_TEXT or "/Length1" in stream or "/FunctionType" in stream:
            return
        data = self._bytes(stream)[:_MAX_STREAM]
        if b"begincmap" in data[:1000]:
            return  # which letters a font's codes are
        if stream.objgen in self._shown:
            data = b" ".join(_LISTS.findall(data))
        for found in STRING.finditer(data):
            self._hidden(shown_text(found.group()), stream)

    def _hidden(self, text: str, item: pikepdf.Object) -> None:
        plain = one_line(text)
        if not _VALUE.search(plain) or plain.startswith("D:") or squeezed(plain) in self._seen:
            return
        runs = _RUN.findall(plain)
        if runs and "@" not in plain and all(run in self._seen for run in runs):
            return  # the same value, with letters of a font that says nothing of them
        number = item.objgen[0]
        words = tr(f"未显示的对象（编号 {number}）", f"object {number}, not shown")
        self._field(words, plain, Where.HIDDEN)

    def _bytes(self, stream: pikepdf.Stream) -> bytes:
        """A stream's bytes on the shared budget; one coded twice or oddly by pikepdf itself."""
        allowed = max(self._nest.budget.bytes_left * 3 // 4, 1)
        filters = stream.get("/Filter")
        is_plain = isinstance(filters, pikepdf.Name) and str(filters) == "/FlateDecode"
        if is_plain and "/DecodeParms" not in stream:
            try:
                data = zlib.decompressobj().decompress(stream.read_raw_bytes(), allowed)
            except zlib.error:
                return b""
            self._nest.budget.bytes_left -= len(data)
            return data
        try:
            data = stream.read_bytes()
        except pikepdf.PdfError:
            return b""
        self._nest.budget.bytes_left -= len(data)
        return data

    def _field(
        self, name: str, text: str, where: Where, note: str = "", page: int | None = None
    ) -> None:
        if not text or not holds_data(text):
            return
        place = Location(page=page, note=note or name)
        self.blocks.append(Block(BlockKind.FIELD, text, where, place, name=name))
        self._seen += squeezed(text)


def _inside(item: object, *keys: str) -> object:
    """What lies below dictionaries; None where a step is missing."""
    for key in keys:
        if not isinstance(item, pikepdf.Dictionary):
            return None
        item = item.get(key)
    return item


def _chain(root: object) -> Iterator[pikepdf.Dictionary]:
    """Nodes of the outline; circles end."""
    known: set[tuple[int, int]] = set()
    stack = [root]
    while stack and len(known) < _MAX_NODES:
        node = stack.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        identity = node.objgen
        if identity in known and identity != (0, 0):
            continue
        known.add(identity)
        yield node
        stack.extend((node.get("/Next"), node.get("/First")))


def _text(value: object) -> str:
    if isinstance(value, pikepdf.String):
        return one_line(text_string(bytes(value)))
    if isinstance(value, pikepdf.Name):
        return str(value).removeprefix("/")
    if isinstance(value, pikepdf.Stream):
        return one_line(value.read_bytes()[:100_000].decode("utf-8", "replace"))
    return ""


def _strings(item: object, depth: int) -> Iterator[str]:
    """Strings directly in an object, not in those it refers to."""
    if isinstance(item, pikepdf.String):
        yield _text(item)
    elif depth < 6 and isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in item.keys():  # noqa: SIM118 - a pikepdf object, no dict
            value = item.get(key)
            if key not in _PAGE_KEYS and not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)
    elif depth < 6 and isinstance(item, pikepdf.Array):
        for value in item:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)

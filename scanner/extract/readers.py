"""From a format to its reader.

Texts and workbooks are read in this process; everything else in a worker with limits.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import cast

from scanner.extract.decode import decode
from scanner.extract.guard.pool import read_guarded
from scanner.extract.html import Read, read_data, read_html
from scanner.extract.nest import Nest
from scanner.extract.ocr import read_pictures
from scanner.extract.pictures import missing
from scanner.extract.scripts import unwrap
from scanner.extract.sniff import MEDIA_TYPES, Format, describe, sniff
from scanner.extract.tabular import read_csv, read_text
from scanner.extract.xlsx import read_xlsx
from scanner.lang import tr
from scanner.model import Document, PageMeta, Unread

MAX_INPUT = 50_000_000  # bytes of one page or file; of a longer text the start is read
_TEXTS = frozenset((Format.HTML, Format.XML, Format.JSON, Format.SCRIPT, Format.CSV, Format.TXT))
_MAY_BE_BARE = frozenset(
    (Format.PNG, Format.JPEG, Format.TIFF, Format.BMP, Format.GIF, Format.WEBP, Format.GZIP)
)
_FEW = 4  # unread pictures that are named one by one
Reader = Callable[[bytes, Nest], Read]
# Loaded when first needed: a sweep of pages only never pays for them.
_READERS: dict[Format, str] = {
    Format.ZIP: "archives:read_zip",
    Format.SEVEN_ZIP: "archives:read_7z",
    Format.RAR: "archives:read_rar",
    Format.GZIP: "archives:read_gzip",
    Format.TAR: "archives:read_tar",
    Format.EML: "mail:read_mail",
    Format.MHT: "mail:read_mail",
    Format.DOCX: "docx:read_docx",
    Format.PPTX: "pptx:read_pptx",
    Format.OLE: "ole:read_ole",
    Format.PDF: "pdf:read_pdf",
    Format.OFD: "ofd:read_ofd",
    Format.XLS: "xls:read_xls",
    Format.DOC: "doc:read_doc",
    Format.PPT: "ppt:read_ppt",
    Format.RTF: "rtf:read_rtf",
    Format.SPREADSHEETML: "flat_xml:read_spreadsheetml",
    Format.WORDML: "flat_xml:read_wordml",
    Format.ODF: "odf:read_odf",
    Format.FLAT_ODF: "odf:read_flat_odf",
    Format.XLSB: "plain:read_plainly",
    Format.EPUB: "plain:read_plainly",
    Format.MSG: "ole:read_ole",
    Format.PNG: "image:read_image",
    Format.JPEG: "image:read_image",
    Format.TIFF: "image:read_image",
    Format.BMP: "image:read_image",
    Format.GIF: "image:read_image",
    Format.WEBP: "image:read_image",
    Format.ENCRYPTED: "encrypted:read_encrypted",
}


def read(body: bytes, source: str, content_type: str, filename: str) -> Document:
    """See `scanner.extract.extract`."""
    kind = sniff(body, content_type=content_type, filename=filename)
    too_long: tuple[Unread, ...] = ()
    if len(body) > MAX_INPUT:
        size = MAX_INPUT // 1_000_000
        too_long = (
            Unread(
                tr(f"前 {size} MB 以外的部分", f"beyond the first {size} MB"),
                tr("文件过大", "the file is too large"),
            ),
        )
        body = body[:MAX_INPUT]
    if kind is Format.EMPTY:
        return Document.build(source, "application/x-empty", ())
    media_type = MEDIA_TYPES.get(kind, "application/octet-stream")
    if kind is Format.JSON and not content_type:
        # A server's answer is published; a JSON file in a folder is data about files, such as
        # settings or labels, and says so instead of being taken for a page.
        return Document.build(source, media_type, (), unread=(*too_long, not_read(kind)))
    nest = Nest(read_part)
    part = _read_kind(kind, body, nest, content_type, filename)
    blocks, unread = list(part.blocks), [*too_long, *part.unread]
    if nest.budget.pictures:
        tables = sum(1 for block in blocks if block.table is not None)
        more, missed = read_pictures(nest.budget.pictures, tables)
        blocks.extend(more)
        unread.extend(missed)
    return Document.build(source, media_type, blocks, part.meta, _counted(unread))


def _counted(unread: list[Unread]) -> list[Unread]:
    """Many pictures that were not read are one line with their number."""
    words = missing()
    pictures = [miss for miss in unread if miss.why == words]
    if len(pictures) < _FEW:
        return unread
    count = len(pictures)
    others = [miss for miss in unread if miss.why != words]
    return [*others, Unread(tr(f"{count} 张图片", f"{count} pictures"), words)]


def read_part(body: bytes, nest: Nest, name: str, content_type: str) -> Read:
    """A file that lies in another: recognised by content like any other."""
    kind = sniff(body, content_type=content_type, filename=name)
    if kind is Format.EMPTY:
        return Read([], PageMeta())
    return _read_kind(kind, body, nest, content_type, name)


def read_format(kind: Format, body: bytes, nest: Nest) -> Read:
    """Read in this process, which is a worker with limits; when a parser fails, read plainly."""
    module, _, name = _READERS[kind].partition(":")
    reader = cast(Reader, getattr(import_module(f"scanner.extract.{module}"), name))
    return _or_plainly(reader, kind, body, nest)


def _or_plainly(reader: Reader, kind: Format, body: bytes, nest: Nest) -> Read:
    try:
        return reader(body, nest)
    except MemoryError:
        if not nest.guarded:
            raise
        fault = tr("内存超出上限", "over the memory limit")
    except Exception as error:  # noqa: BLE001 - any fault of any parser: told, and read plainly
        fault = type(error).__name__
    words = tr(
        f"解析出错（{fault}），仅作全文检索", f"the parser failed ({fault}): plain text only"
    )
    read = plain_part(kind, body, nest)
    return Read(read.blocks, PageMeta(), (Unread(tr("文件", "file"), words), *read.unread))


def plain_part(kind: Format, body: bytes, nest: Nest) -> Read:
    """The plain sweep: whatever text stands in the bytes, without the format's own parser."""
    reader = cast(
        Callable[[Format, bytes, Nest], Read],
        import_module("scanner.extract.plain").plain_sweep,
    )
    return reader(kind, body, nest)


def _read_kind(kind: Format, body: bytes, nest: Nest, content_type: str, name: str) -> Read:
    if kind in _TEXTS:
        reader = partial(_read_text, kind, content_type)
        return _or_plainly(reader, kind, body, nest)
    if kind is Format.XLSX:
        return _or_plainly(_read_workbook, kind, body, nest)
    if kind not in _READERS:
        return Read([], PageMeta(), (not_read(kind),))
    pictures = len(nest.budget.pictures)
    part = read_format(kind, body, nest) if nest.guarded else read_guarded(kind, body, nest, name)
    has_pictures = len(nest.budget.pictures) > pictures  # a scan: they are read when all else is
    if part.blocks or part.unread or has_pictures or kind in _MAY_BE_BARE:
        return part
    # Nothing passes as clean that gave nothing.
    return Read([], part.meta, (Unread(describe(kind), tr("没有读到文字", "no text in it")),))


def not_read(kind: Format) -> Unread:
    """The result of a format that no reader here reads."""
    name = describe(kind)
    if kind is Format.ENCRYPTED:
        return Unread(name, tr("有密码保护，未读", "locked by a password: not read"))
    return Unread(name, tr(f"暂不支持的格式：{name}", f"not read yet: {name}"))


def _read_workbook(body: bytes, nest: Nest) -> Read:
    blocks, meta, unread = read_xlsx(body, nest=nest)
    return Read(blocks, meta, unread)


def _read_text(kind: Format, content_type: str, body: bytes, _nest: Nest) -> Read:
    decoded = decode(body, content_type)
    unread: tuple[Unread, ...] = ()
    if decoded.bad:
        unread = (
            Unread(
                tr(f"{decoded.bad} 处无法解码的字节", f"{decoded.bad} undecodable places"),
                tr(
                    f"按 {decoded.encoding} 解码，坏字节已用 � 代替",
                    f"decoded as {decoded.encoding}, broken bytes replaced",
                ),
            ),
        )
    if kind is Format.CSV:
        blocks, meta = read_csv(decoded.text)
    elif kind is Format.TXT:
        blocks, meta = read_text(decoded.text)
    elif kind in (Format.JSON, Format.SCRIPT):
        blocks, meta = read_data(decoded.text, kind is Format.JSON), PageMeta()
    else:
        page = read_html(unwrap(decoded.text) if kind is Format.XML else decoded.text)
        blocks, meta, unread = page.blocks, page.meta, unread + page.unread
    return Read(blocks, meta, unread)

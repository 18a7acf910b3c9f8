"""From a format to its reader."""

from scanner.extract.decode import Decoded, decode
from scanner.extract.html import read_data, read_html
from scanner.extract.scripts import unwrap
from scanner.extract.sniff import MEDIA_TYPES, Format, describe, sniff
from scanner.extract.tabular import read_csv, read_text
from scanner.extract.xlsx import read_xlsx
from scanner.lang import tr
from scanner.model import Document, PageMeta, Unread

MAX_INPUT = 50_000_000  # bytes of one page or file; of a longer text the start is read
_TEXTS = frozenset((Format.HTML, Format.XML, Format.JSON, Format.SCRIPT, Format.CSV, Format.TXT))


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
    media_type = MEDIA_TYPES.get(kind, "application/octet-stream")
    if kind is Format.EMPTY:
        return Document.build(source, "application/x-empty", ())
    if kind is Format.JSON and not content_type:
        # A server's answer is published; a JSON file in a folder is data about files, such as
        # settings or labels, and says so instead of being taken for a page.
        return Document.build(source, media_type, (), unread=(*too_long, not_read(kind)))
    if kind in _TEXTS:
        return _read_text(kind, decode(body, content_type), source, too_long)
    if kind is Format.XLSX:
        blocks, meta, unread = read_xlsx(body)
        return Document.build(source, media_type, blocks, meta, too_long + unread)
    return Document.build(source, media_type, (), unread=(*too_long, not_read(kind)))


def not_read(kind: Format) -> Unread:
    """The result of a format that no reader here reads."""
    name = describe(kind)
    if kind is Format.ENCRYPTED:
        return Unread(name, tr("有密码保护，未读", "locked by a password: not read"))
    return Unread(name, tr(f"暂不支持的格式：{name}", f"not read yet: {name}"))


def _read_text(
    kind: Format, decoded: Decoded, source: str, too_long: tuple[Unread, ...]
) -> Document:
    unread = too_long
    if decoded.bad:
        unread += (
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
    return Document.build(source, MEDIA_TYPES[kind], blocks, meta, unread)

"""EML and MHT by the standard library: headers, bodies, attachments, messages inside."""

from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.text import holds_data, one_line
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

_HEADERS = ("Subject", "From", "To", "Cc", "Bcc", "Reply-To", "Sender")
_MAX_PARTS = 2000


def read_mail(body: bytes, nest: Nest) -> Read:
    """A message with all that lies in it."""
    reader = _Mail(nest)
    message = message_from_bytes(body)
    reader.message(message)
    return Read(reader.blocks, PageMeta(title=header(message, "Subject")), tuple(reader.unread))


def header(message: Message, name: str) -> str:
    """A header as text: encoded words decoded, raw bytes by UTF-8 or GB18030."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        pieces = decode_header(str(value) if isinstance(value, str) else value)
    except (HeaderParseError, ValueError):
        return one_line(str(value))
    return one_line("".join(_piece(raw, charset) for raw, charset in pieces))


def _piece(raw: str | bytes, charset: str | None) -> str:
    if isinstance(raw, str):
        raw = raw.encode("utf-8", "surrogateescape")
    for name in (charset, "utf-8", "gb18030"):
        if name is None or name == "unknown-8bit":
            continue
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("gb18030", "replace")


class _Mail:
    def __init__(self, nest: Nest) -> None:
        self.blocks: list[Block] = []
        self.unread: list[Unread] = []
        self._nest = nest
        self._left = _MAX_PARTS

    def message(self, message: Message) -> None:
        for name in _HEADERS:
            text = header(message, name)
            if text and holds_data(text):
                place = Location(note=name)
                where = Where.VISIBLE if name == "Subject" else Where.METADATA
                self.blocks.append(Block(BlockKind.FIELD, text, where, place, name=name))
        self._part(message)

    def _part(self, part: Message) -> None:
        self._left -= 1
        if self._left < 0:
            return
        if part.defects and any("Boundary" in type(d).__name__ for d in part.defects):
            self.unread.append(
                Unread(tr("邮件", "message"), tr("文件不完整", "damaged or cut off"))
            )
        payload = part.get_payload()
        if isinstance(payload, list):
            inner = part.get_content_type() == "message/rfc822"
            for below in payload:
                if isinstance(below, Message):
                    self.message(below) if inner else self._part(below)
            return
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data.strip():
            self._content(part, data)

    def _content(self, part: Message, data: bytes) -> None:
        name = _filename(part)
        is_text = part.get_content_maintype() == "text"
        if is_text and part.get_content_disposition() != "attachment":
            read = self._nest.same(data, str(part.get("Content-Type", "")))
        else:
            read = self._nest.inner(data, name or part.get_content_type())
        self.blocks.extend(read.blocks)
        self.unread.extend(read.unread)


def _filename(part: Message) -> str:
    name = part.get_filename() or ""
    if "=?" in name:
        holder = Message()
        holder["Name"] = name
        return header(holder, "Name")
    return name or str(part.get("Content-Location", "")).rpartition("/")[2]

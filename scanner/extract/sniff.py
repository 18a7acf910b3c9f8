"""Which format bytes are, by what they hold. Names and headers only break a tie between texts."""

import re
import zipfile
from collections.abc import Collection
from enum import StrEnum
from io import BytesIO

from scanner.lang import tr


class Format(StrEnum):
    """Formats that are told apart; only some are read so far."""

    EMPTY = "empty"
    HTML = "html"
    XML = "xml"
    JSON = "json"
    SCRIPT = "javascript"
    CSV = "csv"
    TXT = "txt"
    XLSX = "xlsx"
    XLSB = "xlsb"
    DOCX = "docx"
    PPTX = "pptx"
    OFD = "ofd"
    ODF = "odf"
    FLAT_ODF = "flat_odf"
    EPUB = "epub"
    ZIP = "zip"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    GZIP = "gzip"
    TAR = "tar"
    XLS = "xls"
    DOC = "doc"
    PPT = "ppt"
    OLE = "ole"
    ENCRYPTED = "encrypted-office"
    MSG = "msg"
    PDF = "pdf"
    RTF = "rtf"
    SPREADSHEETML = "spreadsheetml"
    WORDML = "wordml"
    EML = "eml"
    MHT = "mht"
    PNG = "png"
    JPEG = "jpg"
    TIFF = "tif"
    BMP = "bmp"
    GIF = "gif"
    WEBP = "webp"
    MEDIA = "media"
    PROGRAM = "program"
    BINARY = "binary"


MEDIA_TYPES = {
    Format.HTML: "text/html",
    Format.XML: "application/xml",
    Format.JSON: "application/json",
    Format.SCRIPT: "text/javascript",
    Format.CSV: "text/csv",
    Format.TXT: "text/plain",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.XLSB: "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Format.OFD: "application/ofd",
    Format.ODF: "application/vnd.oasis.opendocument",
    Format.EPUB: "application/epub+zip",
    Format.ZIP: "application/zip",
    Format.SEVEN_ZIP: "application/x-7z-compressed",
    Format.RAR: "application/vnd.rar",
    Format.GZIP: "application/gzip",
    Format.TAR: "application/x-tar",
    Format.XLS: "application/vnd.ms-excel",
    Format.DOC: "application/msword",
    Format.PPT: "application/vnd.ms-powerpoint",
    Format.OLE: "application/x-ole-storage",
    Format.ENCRYPTED: "application/x-ole-storage",
    Format.MSG: "application/vnd.ms-outlook",
    Format.PDF: "application/pdf",
    Format.RTF: "application/rtf",
    Format.SPREADSHEETML: "application/xml",
    Format.FLAT_ODF: "application/xml",
    Format.WORDML: "application/xml",
    Format.EML: "message/rfc822",
    Format.MHT: "multipart/related",
    Format.PNG: "image/png",
    Format.JPEG: "image/jpeg",
    Format.TIFF: "image/tiff",
    Format.BMP: "image/bmp",
    Format.GIF: "image/gif",
    Format.WEBP: "image/webp",
}

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"PK\x03\x04", Format.ZIP),
    (b"PK\x05\x06", Format.ZIP),
    (b"PK\x07\x08", Format.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.OLE),
    (b"7z\xbc\xaf\x27\x1c", Format.SEVEN_ZIP),
    (b"Rar!\x1a\x07", Format.RAR),
    (b"\x1f\x8b\x08", Format.GZIP),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"GIF8", Format.GIF),
    (b"{\\rtf", Format.RTF),
    (b"MZ\x90\x00", Format.PROGRAM),
    (b"\x7fELF", Format.PROGRAM),
    (b"ID3", Format.MEDIA),
    (b"FWS", Format.MEDIA),
    (b"CWS", Format.MEDIA),
    (b"FLV\x01", Format.MEDIA),
    (b"OggS", Format.MEDIA),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Format.MEDIA),
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|div|script|title|tr|td|p|span|font|br"
    rb"|center|h[1-6]|ul|ol|li|a|img|style|form|link|base|frameset|iframe|section|article"
    rb"|!--)[\s>/]|<!doctype\s+html|<!--",
    re.IGNORECASE,
)
_TAG_PAIR = re.compile(rb"</(?:td|tr|p|div|span|table|a|li|b|font|body|html|h[1-6])\s*>", re.I)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml[\s?]")
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}")
_MAIL_NAME = re.compile(rb"^(?:From|MIME-Version|Received|Subject|Content-Type|Date):", re.I | re.M)
_HEAD = 4096


def sniff(body: bytes, *, content_type: str = "", filename: str = "") -> Format:
    """The format of a file or answer; `BINARY` when nothing is recognised."""
    if not body.strip(b"\x00 \t\r\n"):
        return Format.EMPTY
    magic = _by_magic(body)
    if magic is Format.ZIP:
        return _zip_kind(body)
    if magic is Format.OLE:
        return _ole_kind(body)
    if magic is not None:
        return magic
    return _text_kind(body, content_type.lower(), filename.lower())


def _by_magic(body: bytes) -> Format | None:
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    if b"%PDF-" in body[:1024]:
        return Format.PDF
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return Format.RTF
    if body[:2] == b"BM" and len(body) > 26 and body[6:10] == b"\x00\x00\x00\x00":
        return Format.BMP
    if body[:4] == b"RIFF":
        return Format.WEBP if body[8:12] == b"WEBP" else Format.MEDIA
    if body[4:8] == b"ftyp":
        return Format.MEDIA
    if body[257:262] == b"ustar":
        return Format.TAR
    return None


def _zip_kind(body: bytes) -> Format:
    """Office files by their main part; a truncated zip by the names in its local headers."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return _by_members(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return _by_members(local_names(body))


def local_names(body: bytes) -> list[str]:
    """Member names as the local headers of a zip give them, without the directory at its end."""
    names: list[str] = []
    at = body.find(b"PK\x03\x04")
    while at >= 0 and len(names) < 10_000:
        length = int.from_bytes(body[at + 26 : at + 28], "little")
        names.append(body[at + 30 : at + 30 + length].decode("utf-8", "replace"))
        at = body.find(b"PK\x03\x04", at + 30)
    return names


def _by_members(names: Collection[str]) -> Format:
    lower = {name.lower().replace("\\", "/").lstrip("/") for name in names}
    for member, kind in (
        ("xl/workbook.bin", Format.XLSB),
        ("xl/workbook.xml", Format.XLSX),
        ("word/document.xml", Format.DOCX),
        ("ppt/presentation.xml", Format.PPTX),
        ("ofd.xml", Format.OFD),
        ("content.xml", Format.ODF),
        ("meta-inf/container.xml", Format.EPUB),
    ):
        if member in lower:
            return kind
    for start, kind in (("xl/", Format.XLSX), ("word/", Format.DOCX), ("ppt/", Format.PPTX)):
        if any(name.startswith(start) for name in lower) and "[content_types].xml" in lower:
            return kind
    return Format.ZIP


def _ole_kind(body: bytes) -> Format:
    """By the stream names, which stand in the directory as UTF-16."""
    for name, kind in (
        ("EncryptedPackage", Format.ENCRYPTED),
        ("WordDocument", Format.DOC),
        ("PowerPoint Document", Format.PPT),
        ("Workbook", Format.XLS),
        ("__substg1.0_", Format.MSG),
    ):
        if name.encode("utf-16-le") in body:
            return kind
    return Format.XLS if "Book".encode("utf-16-le") + b"\x00\x00" in body else Format.OLE


def _text_kind(body: bytes, content_type: str, filename: str) -> Format:
    head, narrow = body[:_HEAD], body[: 16 * _HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head.count(0) > len(head) // 8:
        # UTF-16 markup is ASCII once its NULs are gone.
        head, narrow = head.replace(b"\x00", b""), narrow.replace(b"\x00", b"")
    start = head.lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")
    if _is_mail(start):
        is_page = b"multipart/related" in narrow or b"snapshot" in narrow.lower()
        return Format.MHT if is_page else Format.EML
    if _XML.match(start):
        return _xml_kind(narrow)
    if _is_json(start, content_type):
        return Format.JSON
    if _HTML.search(head) or len(_TAG_PAIR.findall(narrow)) >= 2:
        is_script = "javascript" in content_type and not start.startswith(b"<")
        return Format.SCRIPT if is_script else Format.HTML
    return Format.BINARY if _is_binary(body) else _plain_kind(narrow, content_type, filename)


def _is_json(start: bytes, content_type: str) -> bool:
    if start[:1] not in (b"{", b"["):
        return False
    return "json" in content_type or start[1:200].lstrip()[:1] in (b'"', b"{", b"[")


def _plain_kind(narrow: bytes, content_type: str, filename: str) -> Format:
    if "html" in content_type and b"<" in narrow:
        return Format.HTML
    if "javascript" in content_type or filename.endswith(".js"):
        return Format.SCRIPT
    if "csv" in content_type or filename.endswith((".csv", ".tsv")):
        return Format.CSV
    return Format.TXT


def _is_mail(start: bytes) -> bool:
    found = _MAIL.match(start)
    return found is not None and len(_MAIL_NAME.findall(start)) >= 2


def _xml_kind(narrow: bytes) -> Format:
    if b"schemas-microsoft-com:office:spreadsheet" in narrow:
        return Format.SPREADSHEETML
    if b"<office:document" in narrow and b"opendocument:xmlns:office" in narrow:
        return Format.FLAT_ODF
    if b"schemas.microsoft.com/office/word" in narrow or b"2006/xmlPackage" in narrow:
        return Format.WORDML
    return Format.HTML if _HTML.search(narrow) and b"<html" in narrow.lower() else Format.XML


def _is_binary(body: bytes) -> bool:
    """Whether control characters that no text holds are many. UTF-16 was told before by NULs."""
    sample = body[:_HEAD]
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    nuls = sample.count(0)
    if nuls:
        even = sample[0::2].count(0)
        return min(even, nuls - even) * 8 > nuls or nuls * 20 < len(sample)
    odd = sum(sample.count(byte) for byte in (1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 20, 21))
    return odd * 50 > len(sample)


def describe(kind: Format) -> str:
    """The format's name for a user."""
    names = {
        Format.ENCRYPTED: tr("加密的 Office 文件", "encrypted Office file"),
        Format.MEDIA: tr("音视频", "audio or video"),
        Format.PROGRAM: tr("程序", "program"),
        Format.BINARY: tr("未知二进制", "unknown binary"),
        Format.OLE: tr("OLE 复合文件", "OLE compound file"),
    }
    return names.get(kind, kind.value)

"""JPG, PNG, TIF, BMP, GIF, WEBP: what the file says of itself; its picture goes to be read."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, UnidentifiedImageError

from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.swept import sweep
from scanner.extract.text import holds_data, one_line
from scanner.lang import tr
from scanner.model import Block, BlockKind, Location, PageMeta, Unread, Where

MAX_PIXELS = 100_000_000
MAX_SIDE = 4000  # pixels of a picture that is read
_LEAST_SIDE = 40  # pixels: a smaller one is a mark, not a text
_LEAST_AREA = 8000
_MAX_FRAMES = 200
_GPS = 0x8825
_EXIF = 0x8769
_TEXTS = frozenset(
    (
        "ImageDescription", "Artist", "Copyright", "UserComment", "XPTitle", "XPComment",
        "XPAuthor", "XPKeywords", "XPSubject", "DocumentName", "HostComputer", "PageName",
        "CameraOwnerName", "ImageUniqueID", "BodySerialNumber",
    )
)  # fmt: skip
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def read_image(body: bytes, nest: Nest) -> Read:
    """Metadata as fields, the place where it was taken too; each page to be read as a picture."""
    try:
        with Image.open(BytesIO(body)) as image:
            if image.width * image.height > MAX_PIXELS:
                return _refused(tr("图片过大，未读", "too large a picture: not read"))
            blocks = list(_metadata(image))
            return Read(blocks, PageMeta(), tuple(_frames(image, nest)))
    except Image.DecompressionBombError:
        return _refused(tr("图片过大，未读", "too large a picture: not read"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return _refused(tr("图片损坏，未读", "damaged picture: not read"))


def _refused(why: str) -> Read:
    return Read([], PageMeta(), (Unread(tr("图片", "picture"), why),))


def encoded(image: Image.Image) -> bytes:
    """The picture small enough to be read, as PNG or JPEG."""
    image = image.convert("L" if image.mode in ("1", "L", "LA") else "RGB")
    if max(image.size) > MAX_SIDE:
        image.thumbnail((MAX_SIDE, MAX_SIDE))
    out = BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def is_blank(image: Image.Image) -> bool:
    """Whether the picture is too small or too even to hold text."""
    if min(image.size) < _LEAST_SIDE or image.width * image.height < _LEAST_AREA:
        return True
    small = image.convert("L").resize((min(image.width, 400), min(image.height, 400)))
    darkest, lightest = small.getextrema()
    return isinstance(darkest, int) and isinstance(lightest, int) and lightest - darkest < 12


def _frames(image: Image.Image, nest: Nest) -> Iterator[Unread]:
    count = int(getattr(image, "n_frames", 1))
    if count > 1 and image.format in ("GIF", "WEBP", "PNG"):
        count = 1  # an animation: its first picture stands for it
    for number in range(min(count, _MAX_FRAMES)):
        what = tr(f"第{number + 1}页", f"page {number + 1}") if count > 1 else tr("图片", "picture")
        try:
            image.seek(number)
            if is_blank(image):
                continue
            data = encoded(image)
        except (OSError, SyntaxError, EOFError, ValueError):
            yield Unread(what, tr("图片损坏，未读", "damaged picture: not read"))
            continue
        refused = nest.picture(data, what, Location(page=number + 1 if count > 1 else None))
        if refused is not None:
            yield refused


def _metadata(image: Image.Image) -> Iterator[Block]:
    tags = image.getexif()
    named: dict[str, Any] = {ExifTags.TAGS.get(key, ""): value for key, value in tags.items()}
    named |= {ExifTags.TAGS.get(k, ""): v for k, v in tags.get_ifd(_EXIF).items()}
    for name, value in named.items():
        text = _text(value, name)
        if name in _TEXTS and text:
            yield _field(name, text)
    place = _position(tags.get_ifd(_GPS))
    if place:
        yield _field(tr("拍摄位置（GPS）", "GPS position"), place)
    for key, value in image.info.items():
        text = value if isinstance(value, str) else ""
        if text.lstrip().startswith("<") or key == "XML:com.adobe.xmp":
            for found in sweep([text.encode()], Where.METADATA)[0]:
                yield _field(found.name, found.text)
        elif text and holds_data(text):
            yield _field(str(key), one_line(text))
    packet = image.info.get("xmp")
    if isinstance(packet, bytes):
        for found in sweep([packet], Where.METADATA)[0]:
            yield _field(found.name, found.text)


def _field(name: str, text: str) -> Block:
    place = Location(note=name)
    return Block(BlockKind.FIELD, text, Where.METADATA, place, name=name)


def _text(value: object, name: str) -> str:
    if isinstance(value, bytes):
        if name.startswith("XP"):
            return one_line(value.decode("utf-16-le", "replace").strip("\x00"))
        head, rest = value[:8], value[8:]
        if name == "UserComment" and head.startswith(b"UNICODE"):
            return one_line(rest.decode("utf-16", "replace").strip("\x00"))
        raw = rest if head.rstrip(b"\x00") in (b"ASCII", b"") and name == "UserComment" else value
        return one_line(raw.decode("utf-8", "replace").strip("\x00 "))
    return one_line(value.strip("\x00 ")) if isinstance(value, str) else ""


def _position(tags: dict[int, Any]) -> str:
    """Latitude and longitude in degrees; empty without them."""
    sides: list[str] = []
    for number, negative in ((2, "S"), (4, "W")):
        parts = tags.get(number)
        try:
            degrees = sum(float(p) / 60**n for n, p in enumerate(parts or ()))
        except (TypeError, ValueError, ZeroDivisionError):
            return ""
        if not parts:
            return ""
        sign = -1 if str(tags.get(number - 1, "")).strip("\x00") == negative else 1
        sides.append(f"{sign * degrees:.6f}")
    return ",".join(sides)

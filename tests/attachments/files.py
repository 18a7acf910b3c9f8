"""Small Office and archive files, written part by part: what the tests say is what is in them."""

import io
import zipfile

from openpyxl import Workbook

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_P = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip of the parts in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, parts: dict[str, bytes | str] | None = None) -> bytes:
    """A DOCX with this content of `w:body`, and other parts."""
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped({"[Content_Types].xml": types, "word/document.xml": document, **(parts or {})})


def story(tag: str, body: str) -> str:
    """A header, footer, notes or comments part."""
    return f"<w:{tag} {_W}>{body}</w:{tag}>"


def run(text: str, properties: str = "") -> str:
    """A `w:r`."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}<w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    """A `w:p`."""
    return f"<w:p>{''.join(runs)}</w:p>"


def row(*cells: str) -> str:
    """A `w:tr` of plain cells."""
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(run(c))}</w:tc>" for c in cells) + "</w:tr>"


def pptx(slides: list[str], parts: dict[str, bytes | str] | None = None) -> bytes:
    """A PPTX; each slide is the content of its `p:spTree`, with `show="0"` before a `|`."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    links, names, out = [], [], {}
    for number, slide in enumerate(slides, start=1):
        options, _, content = slide.rpartition("|")
        names.append(f'<p:sldId id="{255 + number}" r:id="r{number}"/>')
        target = f"slides/slide{number}.xml"
        links.append(f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>')
        out[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {_P} {options}><p:cSld><p:spTree>{content}</p:spTree></p:cSld></p:sld>"
        )
    main = (
        f"<p:presentation {_P}><p:sldIdLst>{''.join(names)}</p:sldIdLst>"
        '<p:sldSz cx="9144000" cy="6858000"/></p:presentation>'
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": main,
            "ppt/_rels/presentation.xml.rels": f"<Relationships>{''.join(links)}</Relationships>",
            **out,
            **(parts or {}),
        }
    )


def shape(text: str, x: int = 0, properties: str = "") -> str:
    """A text box at `x` EMU."""
    return (
        f'<p:sp><p:spPr><a:xfrm><a:off x="{x}" y="0"/><a:ext cx="1000" cy="1000"/></a:xfrm>'
        f"</p:spPr><p:txBody><a:p><a:r><a:rPr>{properties}</a:rPr><a:t>{text}</a:t></a:r></a:p>"
        "</p:txBody></p:sp>"
    )


def workbook(*rows: list[str]) -> bytes:
    """An XLSX of one sheet named 名册."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    for values in rows:
        sheet.append(values)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

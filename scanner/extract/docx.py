"""DOCX: what is seen, what Word hides, and every part beside it. ECMA-376 part 1, chapter 17."""

import re

from scanner.extract.docx_story import Story
from scanner.extract.docx_styles import Styles
from scanner.extract.draft import Draft, Element, to_blocks
from scanner.extract.html import Read
from scanner.extract.nest import Nest
from scanner.extract.ooxml import Package, attribute, attribute_texts, local, texts_of
from scanner.extract.pieces import hide_drafts
from scanner.extract.xlsx_parts import relations
from scanner.lang import tr
from scanner.model import BlockKind, Where

_BODY = "word/document.xml"
_STORY = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml$")


def read_docx(body: bytes, nest: Nest) -> Read:
    """Body, headers, footers, notes, comments, tracked changes, hidden text, inner files."""
    package = Package(body, nest)
    styles = Styles(package.tree("word/styles.xml"))
    drafts: list[Draft] = []
    roots: list[Element] = []
    for part in _parts(package):
        root = package.tree(part)
        if root is not None:
            roots.append(root)
            drafts.extend(_story(package, part, root, styles))
    blocks = to_blocks(drafts, paths=False)
    seen = texts_of(drafts, ())
    package.blocks = blocks
    for root in roots:
        for name, text in attribute_texts(root, seen):
            is_author = name == "author"
            words = tr("作者", "author") if is_author else f"{tr('属性', 'attribute')} {name}"
            package.field(words, text, Where.METADATA if is_author else Where.ATTRIBUTE)
    _variables(package)
    package.finish(seen)
    return Read(package.blocks, package.meta, tuple(package.unread))


def _parts(package: Package) -> list[str]:
    """The body first, then headers, footers, notes and comments."""
    names = [name for name in package.parts.names if _STORY.match(name)]
    return [_BODY, *sorted(names)]


def _story(package: Package, part: str, root: Element, styles: Styles) -> list[Draft]:
    story = Story(styles, relations(package.parts, part))
    found = _STORY.match(part)
    kind = found.group(1) if found else ""
    if kind == "comments":
        return _comments(story, root)
    drafts = story.blocks(root)
    notes = {
        "header": tr("页眉", "page header"),
        "footer": tr("页脚", "page footer"),
        "footnotes": tr("脚注", "footnote"),
        "endnotes": tr("尾注", "endnote"),
    }
    if kind:
        hide_drafts(drafts, Where.VISIBLE, notes[kind])
    return drafts


def _comments(story: Story, root: Element) -> list[Draft]:
    drafts: list[Draft] = []
    for comment in root:
        if local(comment) != "comment":
            continue
        author = attribute(comment, "author") or ""
        words = tr("批注", "comment")
        below = story.blocks(comment)
        hide_drafts(below, Where.COMMENT, words)
        drafts.extend(below)
        if author:
            name = tr("批注作者", "comment author")
            drafts.append(Draft(BlockKind.FIELD, author, Where.METADATA, name=name, note=name))
    return drafts


def _variables(package: Package) -> None:
    """Document variables stand in the settings and are shown nowhere."""
    root = package.tree("word/settings.xml")
    for element in root.iter() if root is not None else ():
        if local(element) == "docVar":
            name, text = attribute(element, "name") or "", attribute(element, "val") or ""
            package.field(tr(f"文档变量 {name}", f"document variable {name}"), text, Where.HIDDEN)

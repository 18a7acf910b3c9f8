"""What lies inside one another: one budget of bytes, entries, depth and time for all of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from scanner.extract.container import MAX_ENTRIES, MAX_EXPANDED, Parts
from scanner.extract.html import Read
from scanner.extract.pictures import MAX_BYTES, MAX_PICTURES, Picture, available, missing
from scanner.lang import tr
from scanner.model import Block, Cell, Location, PageMeta, Table, Unread, Where

MAX_DEPTH = 8  # files inside files
MAX_SECONDS = 25.0  # of reading one file with all it holds; what is left is named
PartReader = Callable[[bytes, "Nest", str, str], Read]


@dataclass(slots=True)
class Budget:
    """What may still be expanded, over all nesting."""

    bytes_left: int = MAX_EXPANDED
    entries_left: int = MAX_ENTRIES
    pictures: list[Picture] = field(default_factory=list)  # to be read when all else is


class Nest:
    """A place in the nesting. Readers ask it for the zip parts and the inner files of a body."""

    def __init__(  # noqa: PLR0913 - by keyword, once a level
        self,
        reader: PartReader,
        budget: Budget | None = None,
        *,
        depth: int = 0,
        guarded: bool = False,
        deadline: float | None = None,
        label: str = "",
        hidden: bool = False,
    ) -> None:
        """`guarded` says that this process is a worker with limits; `deadline` is monotonic;
        `label` names the files that this one lies in, and `hidden` that nobody sees it."""
        self.label = label
        self.hidden = hidden
        self._reader = reader
        self.budget = budget or Budget()
        self.depth = depth
        self.guarded = guarded
        self.deadline = time.monotonic() + MAX_SECONDS if deadline is None else deadline

    @property
    def expired(self) -> bool:
        """Whether the time for this file is over: readers stop between parts and say so."""
        return time.monotonic() > self.deadline

    def parts(self, body: bytes) -> Parts:
        """The parts of a zip, expanding on the shared budget."""
        return Parts(body, budget=self.budget)

    def picture(self, data: bytes, what: str, location: Location) -> Unread | None:
        """Leave a picture to be read; in words, why it will not be."""
        pictures = self.budget.pictures
        name = f"{self.label}{_join()}{what}" if self.label else what
        if not available():
            return Unread(what, missing())
        size = sum(len(picture.data) for picture in pictures) + len(data)
        if len(pictures) >= MAX_PICTURES or size > MAX_BYTES:
            return Unread(what, tr("图片过多，未读", "too many pictures: not read"))
        place = noted(location, self.label) if self.label else location
        pictures.append(Picture(data, name, place, self.hidden))
        return None

    def same(self, body: bytes, content_type: str) -> Read:
        """Read bytes that are this file itself in another wrapping."""
        if self.depth >= MAX_DEPTH:
            return _refused(tr("文件", "file"), tr("嵌套过深，未读", "nested too deeply: not read"))
        below = Nest(
            self._reader,
            self.budget,
            depth=self.depth + 1,
            guarded=self.guarded,
            deadline=self.deadline,
            label=self.label,
            hidden=self.hidden,
        )
        return self._reader(body, below, "", content_type)

    def inner(self, body: bytes, name: str, *, hidden: bool = False) -> Read:
        """Read a file that lies in this one. Its blocks' notes begin with its name.

        `hidden`: nobody who opens the outer file sees it.
        """
        label = tr(f"内含文件“{name}”", f"file inside: '{name}'")
        if self.depth >= MAX_DEPTH:
            return _refused(label, tr("嵌套过深，未读", "nested too deeply: not read"))
        if self.budget.entries_left <= 0 or self.budget.bytes_left <= 0:
            return _refused(label, tr("展开总量超出上限，未读", "over the budget: not read"))
        if self.expired:
            return _refused(label, out_of_time())
        self.budget.entries_left -= 1
        below = Nest(
            self._reader,
            self.budget,
            depth=self.depth + 1,
            guarded=self.guarded,
            deadline=self.deadline,
            label=f"{self.label}{_join()}{label}" if self.label else label,
            hidden=self.hidden or hidden,
        )
        read = self._reader(body, below, name, "")
        blocks = [within(block, label, hidden=hidden) for block in read.blocks]
        unread = tuple(Unread(f"{label}{_join()}{miss.what}", miss.why) for miss in read.unread)
        return Read(blocks, PageMeta(), unread)


def out_of_time() -> str:
    """Why the rest of a file was not read."""
    return tr("读取时间用完，未读", "out of time: not read")


def within(block: Block, label: str, *, hidden: bool = False) -> Block:
    """The block with `label` before its note; `hidden` takes it out of sight."""
    note = block.location.note
    noted = replace(block.location, note=f"{label}{_join()}{note}" if note else label)
    block = replace(block, location=noted)
    return hide(block) if hidden else block


def hide(block: Block) -> Block:
    """The block as one that a reader does not see; comments and metadata stay what they are."""
    if block.where is not Where.VISIBLE:
        return block
    table = block.table
    if table is not None:
        cells = tuple(replace(cell, where=_unseen(cell)) for cell in table.cells)
        table = Table(cells, table.rows, table.columns, table.caption)
    return replace(block, where=Where.HIDDEN, table=table)


def _unseen(cell: Cell) -> Where:
    return Where.HIDDEN if cell.where is Where.VISIBLE else cell.where


def _join() -> str:
    return tr("，", ", ")


def _refused(label: str, why: str) -> Read:
    return Read([], PageMeta(), (Unread(label, why),))


def noted(location: Location, note: str) -> Location:
    """The location with one more note at its end."""
    return replace(location, note=f"{location.note}{_join()}{note}" if location.note else note)

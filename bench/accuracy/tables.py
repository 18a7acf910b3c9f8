"""Tables as people make them: the same records in many layouts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.accuracy.kit import Kit
from bench.accuracy.labels import HIDDEN
from bench.accuracy.people import Person

Cell = Callable[[Person], str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its possible headers and what stands in the cell of a person."""

    heads: tuple[str, ...]
    cell: Cell
    needs_head: bool = False  # without a header nobody could tell what the values are
    hidden: bool = False  # in the source, not on the screen
    first: bool = False  # stays in front when the columns are shuffled


@dataclass(frozen=True, slots=True)
class Grid:
    """Headers and cells as source text; `hidden` holds the columns that are not shown."""

    heads: list[str]
    rows: list[list[str]]
    hidden: frozenset[int]
    caption: str


def col(*heads: str, cell: Cell, needs_head: bool = False, hidden: bool = False) -> Column:
    return Column(heads, cell, needs_head, hidden)


def roster(
    kit: Kit,
    people: Sequence[Person],
    columns: Sequence[Column],
    *,
    layouts: Sequence[str] = (),
    numbered: bool = True,
    caption: str = "",
) -> None:
    """Write a table of people in one of the layouts that its columns allow."""
    ordered = _order(kit, columns)
    heads = [kit.rng.choice(column.heads) for column in ordered]
    rows = [[_cell(kit, column, person) for column in ordered] for person in people]
    if numbered and kit.chance(0.8):
        heads.insert(0, kit.pick("序号", "编号", "序 号", "NO."))
        for number, row in enumerate(rows, 1):
            row.insert(0, str(number))
    shift = len(heads) - len(ordered)
    hidden = frozenset(at + shift for at, column in enumerate(ordered) if column.hidden)
    grid = Grid(heads, rows, hidden, caption)
    kit.html(_LAYOUTS[_choose(kit, grid, ordered, layouts)](kit, grid))


def plain_table(kit: Kit, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table of ready cells under a header row."""
    grid = Grid(list(heads), [list(row) for row in rows], frozenset(), "")
    kit.html(_LAYOUTS[kit.pick("th", "td", "thead")](kit, grid))


def form(kit: Kit, pairs: Sequence[tuple[str, str]], per_row: int = 2) -> None:
    """A key-value form, two pairs a row."""
    tag = kit.pick("td", "th")
    rows = []
    for at in range(0, len(pairs), per_row):
        cells = "".join(f"<{tag}>{k}</{tag}><td>{v}</td>" for k, v in pairs[at : at + per_row])
        rows.append(f"<tr>{cells}</tr>")
    kit.html(f"<table{_attributes(kit)}>{''.join(rows)}</table>")


def _order(kit: Kit, columns: Sequence[Column]) -> list[Column]:
    front, rest = list(columns[:1]), list(columns[1:])
    if kit.chance(0.5):
        kit.rng.shuffle(rest)
    return front + rest


def _cell(kit: Kit, column: Column, person: Person) -> str:
    before = len(kit.labels)
    text = column.cell(person)
    if column.hidden:
        kit.relocate(len(kit.labels) - before, HIDDEN)
    return text


def _choose(kit: Kit, grid: Grid, columns: Sequence[Column], allowed: Sequence[str]) -> str:
    if kit.plain_text:
        return "text"
    menu = list(allowed) or ["th", "td", "thead", "td", "th", "titled", "repeated"]
    if not allowed:
        if len(grid.heads) >= 4:
            menu.append("grouped")
        if not grid.hidden and len(grid.heads) <= 6:
            menu += ["transposed", "cards"]
            if len(grid.rows) >= 4:
                menu.append("two_up")
        if not grid.hidden and not any(column.needs_head for column in columns):
            menu += ["headless", "lines"]
    return kit.rng.choice(menu)


def _attributes(kit: Kit) -> str:
    return kit.pick(
        ' border="1" cellspacing="0" cellpadding="0"',
        ' class="MsoNormalTable" style="border-collapse:collapse"',
        ' border="1" width="100%"',
        ' class="table table-bordered"',
        "",
    )


def _wrap(kit: Kit, rows: Sequence[str], head: str = "") -> str:
    body = "\n".join(rows)
    if head and kit.chance(0.5):
        return f"<table{_attributes(kit)}><thead>{head}</thead><tbody>{body}</tbody></table>"
    return f"<table{_attributes(kit)}>{head}{body}</table>"


def _row(cells: Sequence[str], tag: str = "td", hidden: frozenset[int] = frozenset()) -> str:
    parts = []
    for at, cell in enumerate(cells):
        style = ' style="display:none"' if at in hidden else ""
        parts.append(f"<{tag}{style}>{cell}</{tag}>")
    return "<tr>" + "".join(parts) + "</tr>"


def _th(kit: Kit, grid: Grid) -> str:
    rows = [_row(row, hidden=grid.hidden) for row in grid.rows]
    return _wrap(kit, rows, _row(grid.heads, "th", grid.hidden))


def _td(kit: Kit, grid: Grid) -> str:
    bold = kit.chance(0.3)
    heads = [f"<b>{head}</b>" if bold else head for head in grid.heads]
    return _wrap(
        kit, [_row(heads, hidden=grid.hidden), *(_row(r, hidden=grid.hidden) for r in grid.rows)]
    )


def _thead(kit: Kit, grid: Grid) -> str:
    paragraphs = [[f"<p>{cell}</p>" for cell in row] for row in grid.rows]
    rows = [_row(row, hidden=grid.hidden) for row in paragraphs]
    head = _row([f"<p>{head}</p>" for head in grid.heads], "td", grid.hidden)
    return f"<table{_attributes(kit)}><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _titled(kit: Kit, grid: Grid) -> str:
    """A title row above the header, a row with the sum or a note below."""
    width = len(grid.heads)
    title = f'<tr><td colspan="{width}" align="center">{grid.caption or kit.title}</td></tr>'
    note = (
        f'<tr><td colspan="{width}">{kit.pick("制表单位盖章", "注:以上情况属实", "合计")}</td></tr>'
    )
    rows = [_row(row, hidden=grid.hidden) for row in grid.rows]
    return _wrap(kit, [title, _row(grid.heads, "td", grid.hidden), *rows, note])


def _repeated(kit: Kit, grid: Grid) -> str:
    """The header comes again, as where pages of a printout were joined."""
    at = max(1, len(grid.rows) // 2)
    head = _row(grid.heads, kit.pick("td", "th"), grid.hidden)
    rows = [_row(row, hidden=grid.hidden) for row in grid.rows]
    return _wrap(kit, [head, *rows[:at], head, *rows[at:]])


def _grouped(kit: Kit, grid: Grid) -> str:
    """A header of two rows: the last two columns stand under one group head."""
    upper, lower = [], []
    last = len(grid.heads) - 2
    for at, head in enumerate(grid.heads):
        style = ' style="display:none"' if at in grid.hidden else ""
        if at < last:
            upper.append(f'<td rowspan="2"{style}>{head}</td>')
        else:
            lower.append(f"<td{style}>{head}</td>")
    upper.append(f'<td colspan="2">{kit.pick("基本情况", "有关信息", "登记情况")}</td>')
    rows = [_row(row, hidden=grid.hidden) for row in grid.rows]
    return _wrap(kit, [f"<tr>{''.join(upper)}</tr>", f"<tr>{''.join(lower)}</tr>", *rows])


def _two_up(kit: Kit, grid: Grid) -> str:
    """Two people a row, the header twice."""
    half = (len(grid.rows) + 1) // 2
    blank = ["&nbsp;"] * len(grid.heads)
    rows = []
    for at in range(half):
        right = grid.rows[half + at] if half + at < len(grid.rows) else blank
        rows.append(_row([*grid.rows[at], *right]))
    return _wrap(kit, [_row([*grid.heads, *grid.heads], kit.pick("td", "th")), *rows])


def _transposed(kit: Kit, grid: Grid) -> str:
    """The header stands in the first column."""
    tag = kit.pick("td", "th")
    rows = []
    for at, head in enumerate(grid.heads):
        cells = "".join(f"<td>{row[at]}</td>" for row in grid.rows)
        rows.append(f"<tr><{tag}>{head}</{tag}>{cells}</tr>")
    return _wrap(kit, rows)


def _cards(kit: Kit, grid: Grid) -> str:
    """One small form a person."""
    out = []
    for row in grid.rows:
        pairs = [f"<td>{h}</td><td>{c}</td>" for h, c in zip(grid.heads, row, strict=True)]
        lines = ["<tr>" + "".join(pairs[at : at + 2]) + "</tr>" for at in range(0, len(pairs), 2)]
        out.append(f"<table{_attributes(kit)}>{''.join(lines)}</table>")
    return "\n".join(out)


def _headless(kit: Kit, grid: Grid) -> str:
    return _wrap(kit, [_row(row) for row in grid.rows])


def _lines(kit: Kit, grid: Grid) -> str:
    """One paragraph a person, as where a roster was pasted as text."""
    gap = kit.pick("　　", "，", "、", "&nbsp;&nbsp;&nbsp;", " | ", "；")
    return "\n".join(f"<p>{gap.join(row)}</p>" for row in grid.rows)


def _text(kit: Kit, grid: Grid) -> str:
    gap = kit.pick("\t", ",", "    ")
    return "\n".join(gap.join(row) for row in [grid.heads, *grid.rows])


_LAYOUTS: dict[str, Callable[[Kit, Grid], str]] = {
    "th": _th,
    "td": _td,
    "thead": _thead,
    "titled": _titled,
    "repeated": _repeated,
    "grouped": _grouped,
    "two_up": _two_up,
    "transposed": _transposed,
    "cards": _cards,
    "headless": _headless,
    "lines": _lines,
    "text": _text,
}

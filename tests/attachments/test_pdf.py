"""PDF: what is seen and what is not, tables over pages, objects and earlier revisions."""

import io

import pikepdf
import pytest

from scanner.extract import extract
from scanner.model import Document, Table, Where
from tests.attachments.files import workbook
from tests.attachments.seen import block_of, column_of, where_of

MOBILE = "13800138000"


def text(words: str, x: float, y: float, size: float = 12, before: str = "") -> str:
    """Content that shows ASCII words in Helvetica."""
    return f"q {before} BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET Q\n"


def line(words: tuple[str, ...], places: tuple[int, ...], y: float, size: float = 10) -> str:
    """Words of one line at their places; an empty one leaves its place free."""
    return "".join(text(w, x, y, size) for w, x in zip(words, places, strict=True) if w)


def texts_of(table: Table, row: int) -> list[str]:
    """The cells of one row."""
    return [cell.text for cell in table.cells if cell.row == row]


def pdf(*pages: str, change=None, **options: object) -> bytes:
    """A PDF of pages with this content; `change` may alter it before it is saved."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for content in pages:
        document.add_blank_page(page_size=(595, 842))
        page = document.pages[-1]
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = document.make_stream(content.encode())
    if change is not None:
        change(document)
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def read(*pages: str, change=None, **options: object) -> Document:
    return extract(pdf(*pages, change=change, **options), "a.pdf")


def test_hidden_text_says_why() -> None:
    document = read(
        text("13100131000", 50, 800)
        + text("13200132000", 50, 760) + "0 0 0 rg 40 750 200 30 re f\n"
        + text("13300133000", 50, 700, before="1 1 1 rg")
        + text("13400134000", 50, 660, before="3 Tr")
        + text("13500135000", 700, 600)
        + text("13600136000", 50, 560, size=1)
        + text("13700137000", 300, 520, before="0 0 100 100 re W n")
    )  # fmt: skip
    assert where_of(document, "13100131000") is Where.VISIBLE
    for value, words in (
        ("13200132000", "黑色遮挡块下方"),
        ("13300133000", "白色文字"),
        ("13400134000", "不可见文字"),
        ("13500135000", "页面之外"),
        ("13600136000", "极小字号"),
        ("13700137000", "裁剪区之外"),
    ):
        assert where_of(document, value) is Where.HIDDEN, value
        assert words in block_of(document, value).location.describe()
        assert block_of(document, value).location.page == 1


def test_a_line_through_letters_covers_nothing() -> None:
    document = read(text(MOBILE, 50, 700) + "0 0 0 rg 40 704 200 0.8 re f\n")
    assert where_of(document, MOBILE) is Where.VISIBLE


def test_a_number_half_under_a_box_is_in_two_parts() -> None:
    document = read(text(f"tel {MOBILE}", 50, 700) + "0 0 0 rg 107 690 100 30 re f\n")
    assert block_of(document, "tel 138").where is Where.VISIBLE
    assert "黑色遮挡块下方" in block_of(document, "38000").location.describe()


def form(content: str, matrix: str):
    """A change that gives each page a form of this content, drawn by `/X Do`."""

    def change(document: pikepdf.Pdf) -> None:
        for page in document.pages:
            inner = document.make_stream(content.encode())
            inner.Type, inner.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            inner.BBox, inner.Matrix = [0, 0, 600, 900], [float(n) for n in matrix.split()]
            inner.Resources = page.obj.Resources
            page.obj.Resources.XObject = pikepdf.Dictionary(X=inner)

    return change


def test_a_form_moves_its_clip_and_its_lines_with_it() -> None:
    inside = text(MOBILE, 10, 10, before="0 0 200 40 re W n") + "0 0 0 rg 0 100 200 30 re f\n"
    covered = text("13900139000", 310, 410)
    document = read(covered + "q 1 0 0 1 300 300 cm /X Do Q\n", change=form(inside, "1 0 0 1 0 0"))
    assert where_of(document, MOBILE) is Where.VISIBLE
    assert "黑色遮挡块下方" in block_of(document, "13900139000").location.describe()


def song(encoding: str) -> pikepdf.Dictionary:
    """The font of Han letters that every reader brings along."""
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/STSong-Light"), Encoding=pikepdf.Name(encoding),
        DescendantFonts=[
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0,
                BaseFont=pikepdf.Name("/STSong-Light"), DW=1000,
                CIDSystemInfo=pikepdf.Dictionary(
                    Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=2
                ),
            )
        ],
    )  # fmt: skip


def han(words: str, x: float, y: float) -> str:
    """Content that shows Han letters in font F2."""
    coded = words.encode("utf-16-be").hex()
    return f"q BT /F2 12 Tf {x} {y} Td <{coded}> Tj ET Q\n"


def with_font(encoding: str):
    """A change that gives each page the font F2."""

    def change(document: pikepdf.Pdf) -> None:
        font = document.make_indirect(song(encoding))
        for page in document.pages:
            page.obj.Resources.Font.F2 = font

    return change


@pytest.mark.parametrize("name", ["Layer", "关闭的图层", "图层1"])
def test_text_of_a_layer_that_is_switched_off_is_hidden(name: str) -> None:
    def change(document: pikepdf.Pdf) -> None:
        layer = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String(name))
        )
        document.pages[0].obj.Resources.Properties = pikepdf.Dictionary(MC0=layer)
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer])
        )

    content = f"/OC /MC0 BDC {text(MOBILE, 50, 700)} EMC\n" + text("13900139000", 50, 650)
    document = read(content, change=change)
    assert "已关闭的图层中" in block_of(document, MOBILE).location.describe()
    assert where_of(document, "13900139000") is Where.VISIBLE


def test_letters_written_downwards_are_one_value() -> None:
    column = han(f"电话{MOBILE}", 500, 700)
    document = read(text("Report of the year", 50, 640) + column, change=with_font("/UniGB-UCS2-V"))
    assert block_of(document, "Report of the year").text == "Report of the year"
    assert where_of(document, MOBILE) is Where.VISIBLE


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    ground = "0 0 0.5 rg 40 690 300 40 re f\n"
    document = read(ground + text(MOBILE, 50, 700, before="1 1 1 rg"))
    assert where_of(document, MOBILE) is Where.VISIBLE


def rows(count: int, first: int, top: float) -> str:
    """A roster without ruling lines: number, name, mobile."""
    return "".join(
        text(str(first + n), 50, top - 20 * n)
        + text(f"Zhang{first + n}", 120, top - 20 * n)
        + text(str(13800138000 + first + n), 250, top - 20 * n)
        for n in range(count)
    )


def test_columns_without_ruling_lines() -> None:
    document = read(rows(5, 1, 700))
    assert {column_of(document, str(13800138000 + n)) for n in range(1, 6)} == {2}


def ruled(count: int, top: float) -> str:
    """Lines around rows of 20 points in three columns."""
    edges = [f"40 {top - 20 * n} m 400 {top - 20 * n} l S" for n in range(count + 1)]
    edges += [f"{x} {top} m {x} {top - 20 * count} l S" for x in (40, 110, 240, 400)]
    return "\n".join(edges) + "\n"


def test_a_value_wrapped_in_a_ruled_cell_stays_in_it() -> None:
    content = (
        ruled(2, 700) + text("1", 50, 685) + text("Zhang", 120, 685)
        + text("138001", 250, 691, size=8) + text("38000", 250, 682, size=8)
        + text("2", 50, 665) + text("Li", 120, 665) + text("13900139000", 250, 665)
    )  # fmt: skip
    document = read(content)
    table = block_of(document, "13900139000").table
    assert table is not None
    assert [cell.text for cell in table.cells if cell.row == 0] == ["1", "Zhang", "138001\n38000"]
    assert column_of(document, "13900139000") == 2


def test_boxed_digits_are_one_number() -> None:
    digits = "".join(text(d, 50 + 16 * n, 700) for n, d in enumerate(MOBILE))
    assert where_of(read(digits), MOBILE) is Where.VISIBLE


def test_sideways_text_is_read() -> None:
    turned = f"q BT /F1 12 Tf 0 1 -1 0 300 300 Tm ({MOBILE}) Tj ET Q\n"
    assert where_of(read(turned), MOBILE) is Where.VISIBLE


def beside(document: pikepdf.Pdf) -> None:
    page = document.pages[0].obj
    page.Annots = document.make_indirect(
        pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
                    Contents=pikepdf.String("tel 13100131000"),
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
                    A=pikepdf.Dictionary(
                        S=pikepdf.Name.URI, URI=pikepdf.String("http://a.cn/?t=13200132000")
                    ),
                ),
            ]
        )
    )  # fmt: skip
    document.attachments["名册.xlsx"] = workbook(["姓名", "手机"], ["张三", "13300133000"])
    document.docinfo["/Author"] = "作者 13400134000"
    document.Root.Spare = document.make_stream(b"BT (13500135000) Tj ET")


def test_what_lies_beside_the_pages() -> None:
    document = read(text("x", 50, 700), change=beside)
    assert where_of(document, "13100131000") is Where.COMMENT
    assert where_of(document, "13200132000") is Where.ATTRIBUTE
    assert column_of(document, "13300133000") == 1
    assert "名册.xlsx" in block_of(document, "13300133000").location.describe()
    assert where_of(document, "13400134000") is Where.METADATA
    assert where_of(document, "13500135000") is Where.HIDDEN


def test_an_earlier_revision_is_read() -> None:
    first = pdf(text(MOBILE, 50, 700), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first)) as opened:
        number = opened.pages[0].obj.Contents.objgen[0]
    stream = text("nothing", 50, 700)
    start = first.rindex(b"startxref") + 9
    before = int(first[start:].split()[0])
    trailer = first[first.rindex(b"trailer") + 7 : first.rindex(b"startxref")]
    add = f"{number} 0 obj\n<< /Length {len(stream)} >>\nstream\n{stream}endstream\nendobj\n"
    at = len(first)
    table = f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n".encode()
    tail = (
        trailer.strip()[:-2] + f" /Prev {before} >>\nstartxref\n{at + len(add)}\n%%EOF\n".encode()
    )
    document = extract(first + add.encode() + table + tail, "a.pdf")
    assert where_of(document, MOBILE) is Where.HIDDEN
    assert "早先版本" in block_of(document, MOBILE).location.describe()
    assert where_of(document, "nothing") is Where.VISIBLE


def test_passwords() -> None:
    page = text(MOBILE, 50, 700)
    opened = read(page, encryption=pikepdf.Encryption(owner="o", user="", R=6))
    assert where_of(opened, MOBILE) is Where.VISIBLE
    locked = read(page, encryption=pikepdf.Encryption(owner="o", user="u", R=6))
    assert not locked.blocks
    assert "密码" in locked.unread[0].why


def test_a_table_over_two_pages_carries_its_header() -> None:
    header = han("序号", 50, 120) + han("姓名", 120, 120) + han("手机号", 250, 120)
    pages = (header + rows(3, 1, 100), rows(3, 4, 780))
    document = read(*pages, change=with_font("/UniGB-UCS2-H"))
    second = block_of(document, str(13800138005)).table
    assert second is not None
    assert [cell.text for cell in second.cells if cell.row == 0] == ["序号", "姓名", "手机号"]
    assert block_of(document, str(13800138005)).location.page == 2


def test_a_cut_pdf_says_so() -> None:
    whole = pdf(text(MOBILE, 50, 700))
    assert extract(whole[: len(whole) // 2], "a.pdf").unread


def test_narrow_columns_and_wrapped_numbers_without_lines() -> None:
    places = (50, 110, 198, 240)
    people = (("Li Ming", "43028119550116", "Wu Lan", "34082620011102"), ("", "5914", "", "7928"))
    content = "".join(
        line(words, places, 700 - 28 * n - 13 * part)
        for n in range(4)
        for part, words in enumerate(people)
    )
    table = block_of(read(content), "43028119550116").table
    assert table is not None
    assert (table.rows, table.columns) == (4, 4)
    assert texts_of(table, 0) == [
        "Li Ming", "43028119550116\n5914", "Wu Lan", "34082620011102\n7928"
    ]  # fmt: skip


def test_a_sheet_cell_that_is_cut_off_ends_where_its_neighbour_begins() -> None:
    def cut(words: str, x: int, y: int) -> str:
        return text(words, x, y, before=f"{x} {y - 4} 60 16 re W n")

    content = "".join(
        cut("62284825537201", 50, y) + cut("13885812454", 110, y) + text("300.00", 170, y)
        for y in (700, 680, 660, 640)
    )
    table = block_of(read(content), "300.00").table
    assert table is not None
    assert [c.text for c in table.cells if c.row == 0 and c.where is Where.VISIBLE][-1] == "300.00"
    assert table.columns == 3


def test_a_row_cut_by_the_page_end_is_put_together() -> None:
    def row(number: str, first: str, y: float) -> str:
        return text(number, 50, y) + text("Li", 120, y) + text(first, 250, y)

    header = han("序号", 50, 120) + han("姓名", 120, 120) + han("身份证号", 250, 120)
    first = header + row("1", "110101199003070011", 100) + row("2", "430281195501165914", 80)
    first += row("3", "43028119550116", 60)
    second = text("5914", 250, 790) + row("4", "340826200111097928", 770)
    second += row("5", "340826200111097928", 750) + row("6", "340826200111097928", 730)
    document = read(
        ruled_at(first, 135, 4), ruled_at(second, 805, 4), change=with_font("/UniGB-UCS2-H")
    )
    table = block_of(document, "43028119550116\n5914").table
    assert table is not None
    assert table.rows == 4


def ruled_at(content: str, top: float, count: int) -> str:
    """The content with lines around rows of 20 points in three columns."""
    return content + ruled(count, top)


def test_a_page_size_that_all_pages_share_is_theirs() -> None:
    def inherit(document: pikepdf.Pdf) -> None:
        for page in document.pages:
            del page.obj["/MediaBox"]
        document.Root.Pages.MediaBox = pikepdf.Array([0, 0, 842, 595])

    document = read(text(MOBILE, 700, 400), change=inherit)
    assert where_of(document, MOBILE) is Where.VISIBLE
    document = read(text(MOBILE, 700, 700), change=inherit)
    assert where_of(document, MOBILE) is Where.HIDDEN


def test_a_crop_box_larger_than_the_page_hides_what_lies_off_it() -> None:
    def crop(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.CropBox = pikepdf.Array([0, 0, 2000, 400])

    assert where_of(read(text(MOBILE, 700, 300), change=crop), MOBILE) is Where.HIDDEN
    assert where_of(read(text(MOBILE, 100, 300), change=crop), MOBILE) is Where.VISIBLE
    assert where_of(read(text(MOBILE, 100, 500), change=crop), MOBILE) is Where.HIDDEN


def test_a_number_cut_by_the_page_end_takes_the_words_beside_it_along() -> None:
    def row(number: str, first: str, place: str, y: float) -> str:
        return text(number, 50, y) + text(first, 120, y) + text(place, 250, y)

    header = han("序号", 50, 120) + han("证号", 120, 120) + han("住址", 250, 120)
    first = header + row("1", "110101199003070011", "Linan 1", 100)
    first += row("2", "430281195501165914", "Linan 2", 80) + row("3", "No 43028119550116", "Li", 60)
    second = text("5914", 120, 790) + text("nan 3", 250, 790)
    second += row("4", "340826200111097928", "Linan 4", 770)
    second += row("5", "340826200111097928", "Linan 5", 750)
    document = read(
        ruled_at(first, 135, 4), ruled_at(second, 805, 3), change=with_font("/UniGB-UCS2-H")
    )
    table = block_of(document, "43028119550116\n5914").table
    assert table is not None
    assert texts_of(table, 3) == ["3", "No 43028119550116\n5914", "Li\nnan 3"]


def test_words_go_on_below_beside_a_number_that_goes_on() -> None:
    def four_times(lines: tuple[tuple[str, ...], ...]) -> Document:
        places = (50, 110, 198)
        return read(
            "".join(
                line(words, places, 700 - 28 * n - 11 * part)
                for n in range(4)
                for part, words in enumerate(lines)
            )
        )

    people = (("Li Ming", "43028119550116", "Linan"), ("", "5914", "12"))
    table = block_of(four_times(people), "43028119550116").table
    assert table is not None
    assert texts_of(table, 3) == ["Li Ming", "43028119550116\n5914", "Linan\n12"]
    two = (("Li Ming", "430281195501165914", "Linan"), ("", "430281195501165914", "Wuhan"))
    table = block_of(four_times(two), "Wuhan").table
    assert table is not None
    assert table.rows == 8


def letters(words: str, x: float, y: float, step: float = 6.67) -> str:
    """Each letter an object of its own, close together, as browsers draw."""
    return "".join(text(letter, x + step * n, y) for n, letter in enumerate(words))


def test_letters_drawn_one_by_one_make_two_numbers_where_a_gap_is() -> None:
    number = "110101199003070011"
    for gap, parted in ((8, f"{number} 13800138000"), (3, f"{number}13800138000")):
        content = letters(number, 50, 700) + letters("13800138000", 50 + 18 * 6.67 + gap, 700)
        assert block_of(read(content), number).text == parted


def test_a_ruling_line_parts_what_stands_close() -> None:
    number, x = "110101199003070011", 50 + 18 * 6.67 + 1
    content = "".join(
        letters(number, 50, y) + letters("13800138000", x + 2, y) for y in (700, 680, 660)
    )
    lines = "".join(f"{at} 655 m {at} 715 l S " for at in (48, x, 300))
    lines += "".join(f"48 {at} m 300 {at} l S " for at in (655, 675, 695, 715))
    table = block_of(read(content + lines), number).table
    assert table is not None
    assert {cell.text for cell in table.cells} == {number, "13800138000"}


@pytest.mark.parametrize(
    ("above", "beside", "below", "row"),
    [
        (  # words begin below one another
            line(("Linan 10 12",), (300,), 6), line(("430281195501165914",), (180,), 0),
            line(("road",), (300,), -6), ["430281195501165914", "Linan 10 12\nroad"],
        ),
        (  # words in the middle of the width too
            line(("43028119550116591", "Linan 10 12"), (180, 300), 6), "",
            line(("4", "road"), (218, 314), -6), ["43028119550116591\n4", "Linan 10 12\nroad"],
        ),
    ],
)  # fmt: skip
def test_cells_of_two_lines_stand_around_the_middle_of_their_row(
    above: str, beside: str, below: str, row: list[str]
) -> None:
    person = "".join((above, beside, line(("Li Ming",), (110,), 0), below))
    content = "".join(
        f"q 1 0 0 1 0 {700 - 32 * n} cm {person}Q " + text(str(n), 50, 700 - 32 * n, size=10)
        for n in range(4)
    )
    table = block_of(read(content), "Linan").table
    assert table is not None
    assert (table.rows, table.columns) == (4, 4)
    assert texts_of(table, 3) == ["3", "Li Ming", *row]


def test_radicals_of_a_font_are_read_as_characters() -> None:
    content = han("⻘⽯镇⾝份证号", 50, 700)
    assert block_of(read(content, change=with_font("/UniGB-UCS2-H")), "青石镇身份证号")


def test_rows_that_stand_far_apart_in_the_same_columns_are_a_table() -> None:
    content = "".join(
        line(("Li Ming", MOBILE, f"{n}0.5"), (50, 110, 198), 700 - 30 * n, size=6) for n in range(4)
    )
    table = block_of(read(content), MOBILE).table
    assert table is not None
    assert (table.rows, table.columns) == (4, 3)


def test_coloured_stripes_are_no_tables_of_their_own() -> None:
    rows_ = [("No", "mobile"), *((str(n), f"1380013800{n}") for n in range(8))]
    content = ""
    for n, (number, mobile) in enumerate(rows_):
        y = 700 - 20 * n
        if n % 2 == 0:
            for x, width in ((45, 60), (105, 95)):
                content += f"q 0.9 g {x} {y - 6} {width} 20 re f Q "
        content += text(number, 50, y) + text(mobile, 110, y)
    table = block_of(read(content), "13800138003").table
    assert table is not None
    assert (table.rows, table.columns) == (9, 2)


def test_a_flat_letter_is_not_tiny() -> None:
    def flat(document: pikepdf.Pdf) -> None:
        stroke = document.make_stream(b"800 0 0 0 800 100 d1 0 0 800 100 re f")
        text_of = (
            b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <31> <0031> endbfchar"
        )
        document.pages[0].obj.Resources.Font.F2 = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 800, 100],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=49, LastChar=49, Widths=[800],
            CharProcs=pikepdf.Dictionary(one=stroke),
            Encoding=pikepdf.Dictionary(Differences=[49, pikepdf.Name.one]),
            ToUnicode=document.make_stream(text_of),
        )  # fmt: skip

    content = "BT /F2 12 Tf 50 700 Td (1111111) Tj ET"
    assert where_of(read(content, change=flat), "1111111") is Where.VISIBLE
    content = "BT /F2 1 Tf 50 700 Td (1111111) Tj ET"
    assert where_of(read(content, change=flat), "1111111") is Where.HIDDEN

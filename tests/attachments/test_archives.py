"""Archives and mail: names, nesting, budgets; nothing passes unread without a word."""

import gzip
import io
import tarfile
import zipfile
from email.message import EmailMessage

from scanner.extract import extract
from scanner.model import Where
from tests.attachments.files import workbook, zipped
from tests.attachments.seen import block_of, column_of

MOBILE = "13800138000"


def gbk_zip(name: str, data: bytes) -> bytes:
    """A zip whose one member's name is GBK without the UTF-8 flag, as WinRAR writes it."""
    out = io.BytesIO()
    raw = name.encode("gbk")
    stand_in = "x" * len(raw)
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(stand_in, data)
    return out.getvalue().replace(stand_in.encode(), raw)


def test_members_of_nested_archives_name_their_way() -> None:
    inner = gbk_zip("第二批.xlsx", workbook(["姓名", "手机"], ["张三", MOBILE]))
    document = extract(zipped({"内层.zip": inner}), "a.zip")
    words = block_of(document, MOBILE).location.describe()
    assert words.index("内层.zip") < words.index("第二批.xlsx")
    assert block_of(document, MOBILE).location.sheet == "名册"
    assert column_of(document, MOBILE) == 1
    assert any(block.text == "第二批.xlsx" for block in document.blocks)


def test_two_members_of_one_name_are_both_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "联系人甲 13100131000")
        archive.writestr("A.TXT", "联系人乙 13200132000")
    document = extract(out.getvalue(), "a.zip")
    assert block_of(document, "13100131000")
    assert block_of(document, "13200132000")


def test_a_cut_zip_gives_its_first_members() -> None:
    whole = zipped({"a.txt": f"联系人 {MOBILE}", "b.txt": "另一个文件的内容"})
    document = extract(whole[:-60], "a.zip")
    assert block_of(document, MOBILE)
    assert document.unread


def test_a_locked_member_is_named() -> None:
    whole = bytearray(zipped({"a.txt": "x" * 20}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(mark) + at] |= 1
    document = extract(bytes(whole), "a.zip")
    assert [(miss.what, miss.why) for miss in document.unread] == [("a.txt", "有密码保护")]


def test_a_bomb_in_a_bomb_ends() -> None:
    level = zipped({"0.bin": b"\x00" * 30_000_000})
    for _ in range(3):
        level = zipped({f"{n}.zip": level for n in range(10)})
    document = extract(level, "bomb.zip")
    assert any("过大" in miss.why or "上限" in miss.why for miss in document.unread)


def test_a_zip_that_holds_itself_stops() -> None:
    level = zipped({"a.txt": f"联系人 {MOBILE}"})
    for _ in range(12):
        level = zipped({"a.zip": level})
    document = extract(level, "deep.zip")
    assert any("嵌套过深" in miss.why for miss in document.unread)


def test_gzip_and_tar() -> None:
    text = f"联系人 {MOBILE}".encode()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("../../名单.txt")
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text))
    document = extract(gzip.compress(out.getvalue()), "a.tar.gz")
    assert "名单.txt" in block_of(document, MOBILE).location.describe()


def test_mail_with_a_mail_with_a_workbook() -> None:
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "a@example.cn", "b@example.cn", "转发"
    inner.set_content("见附件")
    inner.add_attachment(
        workbook(["姓名", "手机"], ["张三", MOBILE]),
        maintype="application",
        subtype="octet-stream",
        filename="名册.xlsx",
    )
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "c@example.cn", "情况 13100131000"
    outer.set_content("电话 13200132000")
    outer.add_alternative("<p>电话 13300133000</p>", subtype="html")
    outer.add_attachment(inner)
    document = extract(outer.as_bytes(), "a.eml")
    assert block_of(document, "13100131000").where is Where.VISIBLE
    assert block_of(document, "13200132000")
    assert block_of(document, "13300133000")
    block = block_of(document, MOBILE)
    assert block.location.sheet == "名册"
    assert "名册.xlsx" in block.location.describe()

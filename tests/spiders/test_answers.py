"""What is read from an answer's head."""

import time
from email.utils import formatdate
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.disposition import filename_of
from scanner.model import Outcome
from spiders.answers import ending_of_error, ending_of_status
from spiders.middleware import retry_after


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"attachment; filename=a.xls", "a.xls"),
        (b'attachment; filename="a b.xls"; size=3', "a b.xls"),
        ("attachment; filename=名单.xls".encode("gbk"), "名单.xls"),
        ('attachment; filename="名单.xls"'.encode(), "名单.xls"),
        (b"attachment; filename=%E5%90%8D%E5%8D%95.xls", "名单.xls"),
        (b"attachment; filename=%C3%FB%B5%A5.xls", "名单.xls"),
        (b"attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95.xls", "名单.xls"),
        (b"attachment; filename*=gbk'zh'%C3%FB%B5%A5.xls", "名单.xls"),
        (b"attachment; filename=x.xls; filename*=UTF-8''%E5%90%8D.xls", "名.xls"),
        (b"attachment; filename=..\\..\\etc\\a.xls", "a.xls"),
        (b'attachment; filename="../../etc/passwd"', "passwd"),
        (b'attachment; filename="=?UTF-8?B?5ZCN5Y2VLnhscw==?="', "名单.xls"),
        (b"attachment; filename==?GBK?B?w/u1pS54bHM=?=", "名单.xls"),
        (b"attachment; filename==?gb2312?Q?=C3=FB=B5=A5.xls?=", "名单.xls"),
        (b"attachment; filename==?GBK?B?%%%?=", "=?GBK?B?%%%?="),
        (b"attachment; filename*=GB18030''%C3%FB%B5%A5.xls", "名单.xls"),
        (b"inline", ""),
        (b"", ""),
        (b"attachment; filename=a\x1b[31m.xls", "a[31m.xls"),
        ("attachment; filename=\u202efdp.exe".encode(), "fdp.exe"),
    ],
)
def test_names_in_content_disposition(header: bytes, name: str) -> None:
    assert filename_of(header) == name


@given(st.text("名单低保abc 0123.-", min_size=1, max_size=20))
def test_names_come_back_from_rfc_5987(name: str) -> None:
    header = f"attachment; filename*=UTF-8''{quote(name, safe='')}".encode()
    assert filename_of(header) == name.strip()


@given(st.binary(max_size=80))
def test_any_header_gives_a_harmless_name(header: bytes) -> None:
    name = filename_of(header)
    assert "/" not in name
    assert "\\" not in name
    assert "\x1b" not in name


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, None),
        (206, None),
        (304, Outcome.UNCHANGED),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (403, Outcome.FAILED),
        (500, Outcome.FAILED),
        (302, Outcome.FAILED),
    ],
)
def test_what_a_status_says(status: int, outcome: Outcome | None) -> None:
    ending = ending_of_status(status)
    assert (ending.outcome if ending else None) is outcome


def test_the_words_of_an_error_are_never_repeated() -> None:
    ending = ending_of_error(ValueError("http://a.cn/?id=11010119900307123X"), 10)
    assert ending.outcome is Outcome.FAILED
    assert "1101" not in ending.reason


def test_retry_after_as_number_and_as_date() -> None:
    now = time.time()
    assert retry_after(b"30", now) == 30
    assert retry_after(b"", now) is None
    assert retry_after(b"soon", now) is None
    dated = retry_after(formatdate(now + 60, usegmt=True).encode(), now)
    assert dated == pytest.approx(60, abs=1.5)
    assert retry_after(formatdate(now - 60, usegmt=True).encode(), now) == 0

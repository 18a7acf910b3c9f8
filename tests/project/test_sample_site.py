"""The sample site is what its seed makes, and holds what its manifest says."""

import html
import json
import re
import unicodedata
import zipfile
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sample.make_site import FOLDER, MANIFEST, differences, make
from sample.maker import files
from sample.maker.county import DOWNLOAD, DOWNLOAD_FILE
from sample.maker.values import id_check_digit, luhn_check_digit

KINDS = {
    "id_card",
    "mobile",
    "landline",
    "bank_card",
    "email",
    "disability_cert",
    "health",
    "home_address",
}


@cache
def planted() -> list[dict[str, Any]]:
    return json.loads(MANIFEST.read_text(encoding="utf-8"))


def served_text(path: str) -> str:
    """The file's characters, decoded as its kind asks for, markup and all."""
    body = (FOLDER / (DOWNLOAD_FILE if path == DOWNLOAD else path).lstrip("/")).read_bytes()
    if path.endswith((".xlsx", ".docx")):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    if path.endswith(".pdf"):
        strings = re.findall(rb"<([0-9a-f]+)> Tj", body)
        return "".join(bytes.fromhex(s.decode()).decode("utf-16-be") for s in strings)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gbk")


def test_committed_site_is_what_the_seed_makes() -> None:
    assert differences(make()) == []


def test_making_twice_gives_the_same_bytes() -> None:
    first, second = make(), make()
    assert first.files == second.files
    assert first.manifest() == second.manifest()


def test_manifest_names_every_kind_and_place() -> None:
    assert {p["kind"] for p in planted()} == KINDS
    assert {p["where"] for p in planted()} == {
        "visible",
        "hidden",
        "script",
        "comment",
        "attribute",
    }
    assert {p["disposition"] for p in planted()} == {"leak", "under_masked", "masked", "mandated"}
    assert {p["reach"] for p in planted()} == {"read", "excluded_by_robots"}


def test_every_planted_value_stands_in_its_file_as_written() -> None:
    missing = [p for p in planted() if p["raw"] not in served_text(p["path"])]
    assert missing == []


def test_every_written_form_comes_down_to_its_value() -> None:
    for p in planted():
        if p["kind"] in {"health", "home_address", "email"} or "*" in p["value"]:
            continue
        plain = unicodedata.normalize("NFKC", html.unescape(re.sub(r"<[^>]+>", "", p["raw"])))
        digits = re.sub(r"[^0-9X]", "", plain.upper())
        assert digits.endswith(p["value"]) or p["value"].endswith(digits), p


def test_planted_numbers_have_valid_check_digits() -> None:
    for p in planted():
        value = p["value"]
        if "*" in value:
            continue
        if p["kind"] in {"id_card", "disability_cert"}:
            assert value[17] == id_check_digit(value[:17])
            assert date.fromisoformat(f"{value[6:10]}-{value[10:12]}-{value[12:14]}").year > 1930
        elif p["kind"] == "bank_card":
            assert value[-1] == luhn_check_digit(value[:-1])
        elif p["kind"] == "mobile":
            assert re.fullmatch(r"1[3-9]\d{9}", value)


def test_the_manifest_is_not_served() -> None:
    assert not MANIFEST.is_relative_to(FOLDER)


def test_check_digits_of_the_published_examples() -> None:
    # The examples of GB 11643-1999 and of the Luhn patent's usual demonstration.
    assert id_check_digit("11010519491231002") == "X"
    assert luhn_check_digit("7992739871") == "3"


@given(st.text("0123456789", min_size=15, max_size=18), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_changes_the_luhn_digit(body: str, place: int, by: int) -> None:
    wrong = str((int(body[place]) + by) % 10)
    changed = body[:place] + wrong + body[place + 1 :]
    assert luhn_check_digit(changed) != luhn_check_digit(body)


def test_workbook_hides_what_was_asked() -> None:
    body = files.xlsx(
        [("名单", [["姓名", "身份证号"], ["甲<乙", "1"]]), ("内部", [["电话"]])],
        hidden_columns={"名单": {1}},
        hidden_sheets={"内部"},
    )
    book = load_workbook(BytesIO(body))
    assert book["名单"]["A2"].value == "甲<乙"
    assert book["名单"].column_dimensions["B"].hidden
    assert book["内部"].sheet_state == "hidden"


def test_pages_declare_the_encoding_they_are_in() -> None:
    for file in FOLDER.rglob("*.html"):
        body = file.read_bytes()
        declared = re.search(rb'charset="([\w-]+)"', body)
        assert declared is not None, file
        assert "青禾市" in body.decode(declared[1].decode()), file

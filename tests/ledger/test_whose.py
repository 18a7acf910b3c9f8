"""Whose page it is: by what it names, by its path, by its column, by its site."""

import pytest

from scanner.ledger import Filter, SiteSpec, UnitSpec
from scanner.report.stored import stored_record
from tests.ledger.making import finding, read

HOST = "http://www.qx.gov.cn"
UNITS = [
    UnitSpec("青禾市人民政府办公室", "市直"),
    UnitSpec("青禾市民政局", "市直", aliases=("民政局",)),
    UnitSpec("云岭县", "县区", paths=("www.qx.gov.cn/yunling/",)),
    UnitSpec("石桥镇", "乡镇街道", "云岭县", columns=("石桥镇政务公开",)),
    UnitSpec("联合村", "村居", "石桥镇", paths=("www.qx.gov.cn/yunling/lianhe/",)),
]


@pytest.mark.parametrize(
    ("path", "source", "column", "unit", "level"),
    [
        ("/a.html", "青禾市民政局", "", "青禾市民政局", "市直"),
        ("/a.html", " 民 政 局 ", "", "青禾市民政局", "市直"),
        ("/a.html", "市民政局", "", "青禾市民政局", "市直"),
        ("/a.html", "青禾市云岭县石桥镇人民政府", "", "石桥镇", "乡镇街道"),
        ("/a.html", "云岭县人民政府", "", "云岭县", "县区"),
        ("/yunling/a.html", "", "", "云岭县", "县区"),
        ("/yunling/a.html", "某报社", "", "云岭县", "县区"),
        ("/yunling/lianhe/a.html", "", "", "联合村", "村居"),
        ("/yunling/a.html", "青禾市民政局", "", "青禾市民政局", "市直"),
        ("/a.html", "", "石桥镇政务公开", "石桥镇", "乡镇街道"),
        ("/a.html", "", "别的栏目", "青禾市人民政府办公室", "市直"),
        ("/a.html", "局", "", "青禾市人民政府办公室", "市直"),
    ],
)
def test_unit_and_level(ledger, sweep, path, source, column, unit, level):
    ledger.register(UNITS, [SiteSpec("门户", ("www.qx.gov.cn",), "青禾市人民政府办公室")])
    url = HOST + path
    sweep(read(url, finding(page=url), source=source, column=column))
    (page,) = ledger.pages(Filter())
    assert (page.unit, page.level) == (unit, level)


def test_a_unit_named_later_gets_the_pages_of_its_column_and_their_attachments(ledger, sweep):
    site = [SiteSpec("门户", ("www.qx.gov.cn",), "青禾市人民政府办公室")]
    ledger.register(UNITS[:1], site)
    page, sheet = f"{HOST}/a.html", f"{HOST}/yunling/a.xlsx"
    sweep(
        read(page, finding(page=page), column="石桥镇政务公开"),
        read(sheet, finding(page=sheet), is_attachment=True, parent_url=page),
    )
    ledger.register(UNITS, site)
    assert {one.unit for one in ledger.pages(Filter())} == {"石桥镇"}


def test_numbers_of_the_page_are_kept_and_those_of_people_are_not(ledger, sweep):
    born = "340824190101010051"
    url = f"{HOST}/a.html"
    sweep(
        read(
            url,
            finding(page=url),
            index_number=f"11341000003128069A/202111-00042 {born} 13805560009",
            document_number="青民〔2021〕42号",
        )
    )
    with ledger.database.read() as connection:
        row = connection.exec_driver_sql("SELECT index_number, document_number FROM items").one()
    assert "11341000003128069A/202111-00042" in row[0]
    assert born not in row[0]
    assert "13805560009" not in row[0]
    assert row[1] == "青民〔2021〕42号"


def test_what_the_page_says_of_itself_stands_beside_its_findings(ledger, sweep):
    url = f"{HOST}/a.html"
    sweep(
        read(
            url,
            finding(page=url),
            published="2026-09-08",
            column="社会救助",
            index_number="014010832/2024-00017",
            document_number="云民发〔2024〕7号",
        )
    )
    (page,) = ledger.pages(Filter())
    record = stored_record(page, page.findings[0])
    assert record["published"] == "2026-09-08"
    assert record["column"] == "社会救助"
    assert record["index_number"] == "014010832/2024-00017"
    assert record["document_number"] == "云民发〔2024〕7号"

"""A stream of notices from a fixed seed: prose, lists of people, and digits that are nobody's.

Sizes and shares follow what a weekly sweep meets: a page's text is about nine kilobytes, its menu
and footer included (real notices of the domain have seven to forty); three pages in a hundred are
lists of people (the reference office suspected one in ninety), a fifth name a contact, and one in
seven is full of look-alikes.
"""

from collections.abc import Iterator
from itertools import islice

from sample.maker.values import People, Person
from scanner.model import Block, BlockKind, Cell, Document, Table

SEED = 20261122
_TOWNS = ("石桥镇", "桃林乡", "河口街道", "云岭镇", "白沙乡", "新桥镇")
_PROSE = (
    "各乡镇人民政府、街道办事处，市直各部门：",
    "为深入贯彻落实党中央、国务院关于全面推进基层政务公开标准化规范化工作的部署要求，"
    "结合我市实际，现就有关事项通知如下。",
    "一要提高认识，压实责任。各单位要把政务公开工作摆上重要议事日程，主要负责同志亲自抓。",
    "二要突出重点，注重实效。聚焦社会救助、养老服务、涉农补贴等领域，做到应公开尽公开。",
    "三要加强审查，确保安全。公开前应当依法依规进行保密审查，保护个人隐私和商业秘密。",
    "会议强调，要坚持以人民为中心的发展思想，着力解决群众急难愁盼问题，不断增强群众获得感。",
    "截至目前，全市共办理群众来信来访328件，办结率达到98.6%，群众满意率稳步提升。",
    "项目建成后，将有效改善沿线12个村、3.6万名群众的生产生活条件，促进农业增效、农民增收。",
    "请各单位于收到本通知之日起15个工作日内，将贯彻落实情况书面报送市政府办公室。",
)
_MENU = (
    "首页",
    "走进青禾",
    "政务动态",
    "政务公开",
    "政民互动",
    "政务服务",
    "当前位置：首页 > 公示公告",
)
_HEADER = ("序号", "村（社区）", "姓名", "身份证号码", "联系电话", "一卡通账号", "金额（元）")


class Notices:
    """Endless documents, the same on every run."""

    def __init__(self, seed: int = SEED) -> None:
        self._people = People(seed)
        self._count = 0

    def __iter__(self) -> Iterator[Document]:
        while True:
            self._count += 1
            # The people seen so far are only remembered to keep numbers apart inside a page;
            # a new seed a thousand pages keeps the memory of a long stream flat.
            if self._count % 1000 == 0:
                self._people = People(SEED + self._count)
            yield self._notice()

    def _notice(self) -> Document:
        chance = self._people.number(100)
        blocks = [Block(BlockKind.LIST_ITEM, entry) for entry in _MENU]
        blocks.append(Block(BlockKind.TITLE, self._title()))
        blocks += self._prose(30 + self._people.number(51))
        if chance < 3:
            blocks.append(self._list())
        elif chance < 23:
            blocks += self._contacts()
        elif chance < 38:
            blocks += self._look_alikes()
        blocks += self._footer()
        return Document.build(f"notice-{self._count}.html", "text/html", blocks)

    def _title(self) -> str:
        town = self._people.pick(_TOWNS)
        return f"{town}2026年第{self._people.number(12) + 1}批补助发放情况公示"

    def _prose(self, count: int) -> list[Block]:
        return [Block(BlockKind.PARAGRAPH, self._people.pick(_PROSE)) for _ in range(count)]

    def _footer(self) -> list[Block]:
        digits = self._people.digits
        return [
            Block(BlockKind.FOOTER, text)
            for text in (
                f"主办单位：青禾市人民政府办公室  网站标识码：3408{digits(6)}  "
                f"联系电话：0556-5{digits(6)}",
                f"备案号：皖ICP备{digits(8)}号-1  皖公网安备 34080002{digits(6)}号  "
                f"您是第{digits(7)}位访问者",
            )
        ]

    def _list(self) -> Block:
        rows = [list(_HEADER)]
        for number, person in enumerate(self._people.persons(5 + self._people.number(20)), 1):
            rows.append(self._row(number, person))
        cells = tuple(
            Cell(text, r, c, is_header=r == 0)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        )
        return Block.of_table(Table(cells, len(rows), len(_HEADER)))

    def _row(self, number: int, person: Person) -> list[str]:
        masked = bool(self._people.number(2))
        card = person.id_card
        return [
            str(number),
            self._people.pick(_TOWNS),
            person.name,
            f"{card[:6]}********{card[14:]}" if masked else card,
            f"{person.mobile[:3]}****{person.mobile[7:]}" if masked else person.mobile,
            person.bank_card,
            f"{300 + self._people.number(900)}.00",
        ]

    def _contacts(self) -> list[Block]:
        person = self._people.person()
        return [
            Block(BlockKind.PARAGRAPH, text)
            for text in (
                f"联系人：{person.name}，联系电话：{person.mobile}，"
                f"电子邮箱：bgs{self._people.digits(4)}@example.com。",
                f"监督电话：0556-5{self._people.digits(6)}，地址：青禾市人民路1号。",
                f"{person.name}（身份证号：{person.id_card}）因病致贫，车牌号皖H{self._people.digits(5)}。",
            )
        ]

    def _look_alikes(self) -> list[Block]:
        digits = self._people.digits
        return [
            Block(BlockKind.PARAGRAPH, text)
            for text in (
                f"文号：青政办〔2026〕{digits(2)}号，索引号：003499001/202609-{digits(5)}。",
                f"项目代码：2026-340826-84-01-{digits(6)}，受理号：138{digits(8)}。",
                f"中标金额：138{digits(8)}.00元，统一社会信用代码：91340800MA{digits(7)}A。",
                f"详见 http://www.example.gov.cn/art/2026/9/1/art_{digits(5)}_{digits(11)}.html 。",
                f"合同编号：3408262026{digits(8)}，东经116.{digits(6)}，北纬30.{digits(6)}。",
            )
        ]


def take(size: int, seed: int = SEED) -> list[Document]:
    """The first notices whose texts come to `size` bytes of UTF-8."""
    out: list[Document] = []
    total = 0
    for document in Notices(seed):
        if total >= size:
            return out
        out.append(document)
        total += utf8_size(document)
    return out


def first(count: int) -> list[Document]:
    """The first `count` notices."""
    return list(islice(Notices(), count))


def utf8_size(document: Document) -> int:
    """Bytes of the document's text in UTF-8."""
    return len(document.text.encode("utf-8"))

"""What a page kind writes with: every value put on the page leaves its label behind."""

# ruff: noqa: PLR0913 -- a label has many properties, each named where it is given

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from random import Random
from typing import Literal

from bench.accuracy import masks, numbers, people, places, writing
from bench.accuracy.labels import (
    HIDDEN,
    LEAK,
    MANDATED,
    MASKED,
    SCRIPT,
    UNDER,
    VISIBLE,
    Disposition,
    Label,
    Where,
)
from bench.accuracy.lookalikes import LookAlikes
from bench.accuracy.people import Person

Exposure = Literal["clear", "masked", "bad", "mixed"]

BASIS = {
    "id_card": "公示不需要完整的公民身份号码(个人信息保护法第六条、第三十四条)",
    "mobile": "个人手机号,没有公开依据",
    "bank_card": "个人银行账号,敏感个人信息(个人信息保护法第二十八条)",
    "disability_cert": "残疾人证号含完整身份证号和残疾类别等级",
    "home_address": "住址精确到组或门牌",
    "health_info": "健康或残疾状况,敏感个人信息",
    "birth_date": "完整出生日期,超出公示需要",
    "landline_personal": "住宅电话",
    "email": "个人邮箱",
    "qq": "个人QQ号",
    "wechat": "个人微信号",
    "student_id": "学籍号含身份证号",
    "license_plate": "个人车辆号牌",
    "passport": "护照号",
    "person_name": "与公示事项无关的人",
    "travel_permit": "往来证件号",
    "social_security": "社会保障号",
}
LAWFUL = "依法应当或者可以公开"
OFFICE = "机关、单位的办公或监督电话"


@dataclass(frozen=True, slots=True)
class Style:
    """How one column of a page shows its values."""

    exposure: Exposure
    well: tuple[int, int, str]
    bad: tuple[int, int, str]


class Kit(LookAlikes):
    """One page in the making."""

    def __init__(self, rng: Random, kind: str) -> None:
        super().__init__(rng)
        self.kind = kind
        self.town = places.town(rng)
        self.unit = f"{self.county.name}人民政府办公室"
        self.column = "通知公告"
        self.title = ""
        self.parts: list[str] = []
        self.scripts: list[str] = []
        self.metas: list[tuple[str, str]] = []
        self.labels: list[Label] = []
        self.plain_text = False  # the page is a text file: no markup may be written
        self.csv_text = ""  # the page is this table and nothing else
        self._styles: dict[str, Style] = {}

    # -- choosing ---------------------------------------------------------------------------

    def person(self, born: tuple[int, int] = (1945, 2003), local: bool = True) -> Person:
        """A person; `local` ones live in the page's township."""
        home = (self.town, places.village(self.rng)) if local else None
        return people.make(self.rng, self.county, born, home)

    def persons(
        self, low: int, high: int, born: tuple[int, int] = (1945, 2003), local: bool = True
    ) -> list[Person]:
        """Between `low` and `high` people."""
        return [self.person(born, local) for _ in range(self.rng.randint(low, high))]

    # -- values -----------------------------------------------------------------------------

    def put(
        self,
        type_: str,
        value: str,
        disposition: Disposition = LEAK,
        *,
        basis: str = "",
        where: Where = VISIBLE,
        person: Person | None = None,
        contested: bool = False,
        raw: str | None = None,
    ) -> str:
        """Write a value and keep its label; returns the source text to place on the page."""
        if raw is None:
            raw = writing.write(type_, value, where if where != HIDDEN else VISIBLE, self.rng)
            if self.plain_text:
                raw = unescape(raw) if "<" not in raw else value
        why = basis or (BASIS.get(type_, "") if disposition in (LEAK, UNDER) else LAWFUL)
        self.labels.append(
            Label(
                type_, value, raw, where, disposition, why, person.name if person else "", contested
            )
        )
        return raw

    def name(
        self,
        person: Person,
        disposition: Disposition = MANDATED,
        *,
        where: Where = VISIBLE,
        contested: bool = False,
    ) -> str:
        """A name, written out, or masked when the disposition says so."""
        if disposition == MASKED:
            shown = masks.name(person.name, self.rng)
            return self.put("person_name", shown, MASKED, where=where, person=person, raw=shown)
        raw = writing.write_name(person.name, self.rng) if where == VISIBLE else person.name
        if self.plain_text:
            raw = unescape(raw)
        return self.put(
            "person_name",
            person.name,
            disposition,
            where=where,
            person=person,
            contested=contested,
            raw=raw,
        )

    def style(self, column: str, type_: str) -> Style:
        """The style of a column, chosen once for the page."""
        if column not in self._styles:
            exposure: Exposure = self.rng.choices(
                ("clear", "masked", "bad", "mixed"), weights=(62, 20, 8, 10)
            )[0]
            if exposure == "bad" and type_ not in masks.BAD:
                exposure = "clear"
            self._styles[column] = Style(
                exposure,
                masks.style(type_, True, self.rng),
                masks.style(type_, False, self.rng) if type_ in masks.BAD else (0, 0, "*"),
            )
        return self._styles[column]

    def exposed(
        self,
        type_: str,
        value: str,
        *,
        person: Person | None = None,
        column: str = "",
        where: Where = VISIBLE,
        basis: str = "",
    ) -> str:
        """A value that must not stand in the clear, shown as the page's column happens to."""
        style = self.style(column or type_, type_)
        exposure = style.exposure
        if exposure == "mixed":
            exposure = self.rng.choices(("masked", "clear"), weights=(3, 1))[0]
        if exposure == "clear":
            return self.put(type_, value, basis=basis, where=where, person=person)
        masked = masks.apply(value, *(style.well if exposure == "masked" else style.bad))
        disposition = MASKED if exposure == "masked" else UNDER
        return self.put(
            type_, masked, disposition, basis=basis, where=where, person=person, raw=masked
        )

    def landline_value(self) -> str:
        """A number of the county: `area-local`."""
        local = numbers.landline_local(self.rng, self.county.local_length)
        return f"{self.county.dial}-{local}"

    def office(self, basis: str = OFFICE, *, local: bool = False) -> str:
        """An office landline, with the area code or (local) without."""
        value = self.landline_value()
        if local:
            value = value.partition("-")[2]
            return self.put("landline_office", value, MANDATED, basis=basis, raw=value)
        text = self.put("landline_office", value, MANDATED, basis=basis)
        return text + (
            self.pick("转", "-", "转") + numbers.digits(self.rng, 3) if self.chance(0.05) else ""
        )

    def birth(self, person: Person, disposition: Disposition = LEAK, where: Where = VISIBLE) -> str:
        """A full birth date."""
        raw = self.date_text(person.born)
        value = f"{person.born:%Y%m%d}"
        return self.put("birth_date", value, disposition, where=where, person=person, raw=raw)

    def email_value(self, org: bool = False) -> str:
        """An address: of a person at a public mail host, or of a body."""
        letters = "".join(
            self.rng.choice("abcdefghjkmnpqrstwxyz") for _ in range(self.rng.randint(4, 7))
        )
        local = letters + (
            numbers.digits(self.rng, self.rng.randint(2, 4)) if self.chance(0.7) else ""
        )
        return (
            f"{local}@{self.pick('163.com', '126.com', 'qq.com') if not org else 'example.org.cn'}"
        )

    def plate(self, disposition: Disposition, *, contested: bool = False, basis: str = "") -> str:
        """A number plate."""
        value = numbers.plate(self.rng, self.county.plate)
        raw = f"{value[:2]}{self.pick('', '', '·')}{value[2:]}"
        return self.put(
            "license_plate", value, disposition, raw=raw, contested=contested, basis=basis
        )

    def certificate(self, person: Person, suffix: str, *, exposed: bool = False) -> str:
        """A disability certificate's number: ID number, then kind and grade as two digits."""
        value = person.id + suffix
        if self.chance(0.05):
            value += "B1"
        return self._embedding("disability_cert", value, person, exposed=exposed)

    def school_number(self, person: Person) -> str:
        """A national student number: a letter and the ID number."""
        return self._embedding("student_id", self.pick("G", "G", "L") + person.id, person)

    def _embedding(self, type_: str, value: str, person: Person, *, exposed: bool = False) -> str:
        """A number that holds the ID number: reporting that one as well is not counted."""
        raw = (
            self.exposed(type_, value, person=person)
            if exposed
            else self.put(type_, value, person=person)
        )
        if self.labels[-1].disposition == LEAK:
            held = replace(self.labels[-1], type="id_card", value=person.id, contested=True)
            self.labels.append(held)
        return raw

    # -- page -------------------------------------------------------------------------------

    def para(self, *sentences: str) -> None:
        """A paragraph of visible text."""
        self.parts.append("<p>" + "".join(sentences) + "</p>")

    def html(self, text: str) -> None:
        """Markup as it is."""
        self.parts.append(text)

    def script(self, text: str) -> None:
        """An inline script."""
        self.scripts.append(text)

    def relocate(self, count: int, where: Where) -> None:
        """Say of the last `count` labels that they stand somewhere else."""
        for at in range(len(self.labels) - count, len(self.labels)):
            self.labels[at] = replace(self.labels[at], where=where)

    def hidden(self, write: Callable[[], str]) -> None:
        """A hidden element with what `write` puts into it."""
        before = len(self.labels)
        inner = write()
        self.relocate(len(self.labels) - before, HIDDEN)
        how = self.pick(
            'style="display:none"',
            'style="visibility: hidden"',
            "hidden",
            'style="DISPLAY: none;"',
        )
        self.html(f"<div {how}>{inner}</div>")

    def json_rows(self, rows: Sequence[Sequence[tuple[str, str]]], variable: str) -> None:
        """An inline script with records; the values were written for a script by the caller."""
        body = ",".join(
            "{" + ",".join(f'"{key}":"{value}"' for key, value in row) + "}" for row in rows
        )
        form = self.pick(
            f"var {variable} = [{body}];",
            f"window.__{variable}__={{list:[{body}],total:{len(rows)}}};",
            f"const {variable}=JSON.parse('[{body}]');",
        )
        self.script(form)

    def in_script(self, type_: str, value: str, person: Person | None = None) -> str:
        """A leaked value in a script."""
        return self.put(type_, value, where=SCRIPT, person=person)

    def mask_column(self, type_: str) -> None:
        """Let a column of this page be well masked throughout."""
        well = masks.style(type_, True, self.rng)
        self._styles[type_] = Style("masked", well, well)

    def boxes(self, type_: str, person: Person) -> str:
        """An ID number in boxes of one digit: cells that close the one they stand in."""
        rest = "".join(f'<td class="box">{char}</td>' for char in person.id[1:])
        raw = f"{person.id[0]}</td>{rest}".removesuffix("</td>")
        return self.put(type_, person.id, person=person, raw=raw)

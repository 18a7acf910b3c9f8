"""From one rule file to one `Rule`, with everything that is wrong in it noted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import regex

from patterns.lists import UnknownListError, expand, words_of
from patterns.rule import (
    FAMILIES,
    PERSONAL_KINDS,
    ContextWords,
    MaskNorm,
    Polarity,
    Rule,
    Sample,
    Scope,
    Stage,
    compiled,
)
from patterns.section import Section
from patterns.tomlfile import Faults, TomlFile
from patterns.validators import FITS, VALIDATORS
from scanner.lang import tr
from scanner.model import Severity

_CODE = re.compile(r"[A-Z]{2,4}[0-9]{3}")
_KIND = re.compile(r"[a-z][a-z0-9_]*")
# Beside Chinese text these do not mean what they seem to: \w and \b take Han characters for
# letters, \d takes full-width and Arabic-Indic digits.
_UNSAFE = re.compile(r"(?<!\\)(?:\\\\)*(\\[bBdDwW])")
_SIDES = ("before", "after", "both")


def parse_rule(file: TomlFile, faults: Faults, *, deep: bool = True) -> Rule | None:
    """The rule of a file, or None when the file had any fault.

    `deep=False` leaves out compiling the expressions: the bundled pack's are compiled by its tests,
    and a start of the program should not pay for expressions that it does not use.
    """
    before = len(faults.lines)
    root = Section(file, faults, file.data)
    rule = _rule(root, deep=deep)
    root.finish()
    return rule if len(faults.lines) == before else None


def _rule(root: Section, *, deep: bool) -> Rule:
    polarity, kind = _polarity_and_kind(root)
    scope, expression, keywords = _match(root.section("match"), deep=deep)
    cell, cell_scope, headers, against = _cell(root.section("cell"), deep=deep)
    if not expression and not cell:
        root.fault(
            "match", tr("match 与 cell 都没有表达式", "neither match nor cell has an expression")
        )
    name = root.section("name")
    base, proven, headed = _confidence(root.section("confidence"))
    rule = Rule(
        code=_code(root),
        kind=kind,
        name_zh=name.text("zh", required=True),
        name_en=name.text("en", required=True),
        family=root.text("family", required=True, among=FAMILIES),
        polarity=polarity,
        scope=scope,
        expression=expression,
        keywords=keywords,
        cell=cell,
        cell_scope=cell_scope,
        headers=headers,
        headers_against=against,
        validator=_known(root, "validator", VALIDATORS),
        base=base,
        proven=proven,
        headed=headed,
        context=tuple(_context(part) for part in root.sections("context")),
        severity=_severity(root, polarity),
        mask=_mask(root.section("mask")) if "mask" in root.data else None,
        priority=root.integer("priority", 50),
        sources=root.texts("sources", required=True),
        stage=root.text("stage", required=True, among=frozenset(Stage)),
        hit=(),
        miss=(),
        path=root.file.path,
    )
    name.finish()
    return _with_samples(rule, root.section("samples"))


def _code(root: Section) -> str:
    code = root.text("code", required=True)
    if code and not _CODE.fullmatch(code):
        root.fault(
            "code",
            tr(
                f"code {code!r} 应为两到四个大写字母加三位数字",
                f"code {code!r} must be two to four capital letters and three digits",
            ),
        )
    return code


def _polarity_and_kind(root: Section) -> tuple[Polarity, str]:
    text = root.text("polarity", required=True, among=frozenset(Polarity))
    polarity = Polarity(text) if text in frozenset(Polarity) else Polarity.PERSONAL
    if polarity is Polarity.NOT_PERSONAL:
        kind = root.text("kind", required=True)
        if kind in PERSONAL_KINDS or (kind and not _KIND.fullmatch(kind)):
            root.fault(
                "kind",
                tr(
                    f"非个人信息规则的 kind {kind!r} 应为小写英文，且不得与个人信息类型同名",
                    f"kind {kind!r} of a not_personal rule must be a lower-case word that is no "
                    "personal kind",
                ),
            )
        return polarity, kind
    return polarity, root.text("kind", required=True, among=PERSONAL_KINDS)


def _expression(section: Section, key: str, *, deep: bool) -> str:
    text = section.text(key)
    unsafe = _UNSAFE.search(text)
    if unsafe:
        section.fault(
            key,
            tr(
                f"表达式里的 {unsafe.group(1)} 把汉字或全角数字算进去，请改用 ASCII 字符类",
                f"{unsafe.group(1)} takes in Han characters or full-width digits; "
                "write an ASCII class",
            ),
        )
    try:
        text = expand(text)
    except UnknownListError as error:
        _no_list(section, key, error)
    if text and deep:
        try:
            compiled(text)
        except regex.error as error:
            section.fault(
                key, tr(f"正则表达式有误：{error}", f"faulty regular expression: {error}")
            )
    return text


def _no_list(section: Section, key: str, error: UnknownListError) -> None:
    section.fault(key, tr(f"没有名为 {error} 的词表", f"there is no word list named {error}"))


def _scope(section: Section) -> Scope:
    text = section.text("scope", required="expression" in section.data, among=frozenset(Scope))
    return Scope(text) if text in frozenset(Scope) else Scope.TOKEN


def _match(section: Section, *, deep: bool) -> tuple[Scope, str, tuple[str, ...]]:
    keywords = section.texts("keywords")
    try:
        keywords = words_of(keywords)
    except UnknownListError as error:
        _no_list(section, "keywords", error)
    found = (_scope(section), _expression(section, "expression", deep=deep), keywords)
    section.finish()
    return found


def _cell(section: Section, *, deep: bool) -> tuple[str, Scope, tuple[str, ...], tuple[str, ...]]:
    headers = section.texts("headers", required="expression" in section.data)
    against = section.texts("against")
    for key, words in (("headers", headers), ("against", against)):
        spaced = [word for word in words if any(char.isspace() for char in word)]
        if spaced:
            section.fault(
                key,
                tr(f"表头词不得含空格：{spaced[0]!r}", f"a header holds a space: {spaced[0]!r}"),
            )
    found = (_expression(section, "expression", deep=deep), _scope(section), headers, against)
    section.finish()
    return found


def _confidence(section: Section) -> tuple[float, float, float]:
    base = section.number("base", 0.5, 0, 1)
    proven = section.number("proven", max(base, 0.9), 0, 1)
    headed = section.number("headed", max(base, 0.9), 0, 1)
    for key, value in (("proven", proven), ("headed", headed)):
        if value < base:
            section.fault(key, tr(f"{key} 不得低于 base", f"{key} must not be lower than base"))
    section.finish()
    return base, proven, headed


def _context(section: Section) -> ContextWords:
    words = ContextWords(
        words=section.texts("words", required=True),
        distance=section.integer("distance", 20, 1),
        side=section.text("side", among=_SIDES) or "before",
        effect=section.number("effect", 0.1, -1, 1),
    )
    section.finish()
    return words


def _severity(root: Section, polarity: Polarity) -> str:
    if polarity is Polarity.NOT_PERSONAL:
        text = root.text("severity")
        if text:
            root.fault(
                "severity", tr("非个人信息规则没有 severity", "a not_personal rule has no severity")
            )
        return ""
    return root.text("severity", required=True, among=frozenset(Severity))


def _known(section: Section, key: str, registry: Mapping[str, object]) -> str:
    text = section.text(key)
    if text and text not in registry:
        section.fault(key, tr(f"没有名为 {text!r} 的 {key}", f"there is no {key} named {text!r}"))
    return text


def _mask(section: Section) -> MaskNorm:
    norm = MaskNorm(
        norm=section.text("norm", required=True),
        head=section.integer("head", 0),
        tail=section.integer("tail", 0),
        min_fits=section.integer("min_fits", 1, 1),
        fits=_known(section, "fits", FITS) or "generic",
    )
    section.finish()
    return norm


def _with_samples(rule: Rule, section: Section) -> Rule:
    hit, miss = tuple(_samples(section, "hit")), tuple(_samples(section, "miss"))
    for key, samples in (("hit", hit), ("miss", miss)):
        if not samples:
            section.fault(key, tr(f"samples.{key} 没有样例", f"samples.{key} has no sample"))
    section.finish()
    return replace(rule, hit=hit, miss=miss)


def _samples(section: Section, key: str) -> Iterator[Sample]:
    for index, item in enumerate(section.items(key)):
        if isinstance(item, str) and item:
            yield Sample(item)
        elif isinstance(item, dict):
            part = Section(section.file, section.faults, item, (*section.place, key, index))
            sample = Sample(
                part.text("text", required=True), part.text("header"), part.text("value")
            )
            part.finish()
            yield sample
        else:
            section.fault(key, tr("样例应为字符串或表", "a sample must be a string or a table"))

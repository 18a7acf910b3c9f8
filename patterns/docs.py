"""`docs/rules.md`: what the pack knows, written from the pack itself."""

from collections.abc import Iterable, Iterator

from patterns.lawful import ExceptionRule
from patterns.pack import BUNDLED, Pack, load_pack
from patterns.rule import Polarity, Rule, Sample

_HEAD = """\
# 规则一览 · Rules

由 `python -m patterns.docs` 从规则包生成，请勿手改。
Written from the rule pack by `python -m patterns.docs`; do not edit.
"""


def render(pack: Pack) -> str:
    """The whole document as Markdown."""
    parts = [_HEAD, f"规则包版本 · pack version: {pack.version}\n"]
    groups = (
        ("个人信息 · Personal data", Polarity.PERSONAL),
        ("机构号码 · Numbers of bodies", Polarity.INSTITUTIONAL),
        ("非个人信息 · Not personal", Polarity.NOT_PERSONAL),
    )
    for title, polarity in groups:
        rules = [rule for rule in pack.rules if rule.polarity is polarity]
        parts.append(f"## {title}\n\n" + "\n".join(_rule_table(rules)) + "\n")
        parts.extend(_rule_samples(rule) for rule in rules)
    parts.append(
        "## 可公开情形 · Lawful disclosures\n\n" + "\n".join(_exceptions(pack.exceptions)) + "\n"
    )
    return "\n".join(parts)


def _rule_table(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| code | 名称 | name | kind | severity | stage | sources |"
    yield "|---|---|---|---|---|---|---|"
    for rule in rules:
        cells = (
            *(rule.code, rule.name_zh, rule.name_en, f"`{rule.kind}`", rule.severity or "–"),
            *(rule.stage, "；".join(rule.sources)),
        )
        yield _row(cells)


def _rule_samples(rule: Rule) -> str:
    lines = [f"### {rule.code} {rule.name_zh}\n"]
    lines += [f"- 命中 hit: {_sample(sample)}" for sample in rule.hit]
    lines += [f"- 不命中 miss: {_sample(sample)}" for sample in rule.miss]
    if rule.mask is not None:
        lines.append(f"- 脱敏 mask: {rule.mask.norm}")
    return "\n".join(lines) + "\n"


def _sample(sample: Sample) -> str:
    text = f"`{sample.header}` → " if sample.header else ""
    text += _code(sample.text)
    return f"{text} ⇒ {_code(sample.value)}" if sample.value else text


def _exceptions(exceptions: Iterable[ExceptionRule]) -> Iterator[str]:
    heads = ("code", "名称", "name", "duty", "basis", "web", "可公开 publish", "仅限职务 role only")
    yield _row((*heads, "泄露 leak", "依据 law"))
    yield _row(["---"] * (len(heads) + 2))
    for item in exceptions:
        cells = (
            *(f"`{item.code}`", item.zh, item.en, item.duty, item.basis),
            *("是 yes" if item.web else "否 no", ", ".join(item.publish)),
            *(", ".join(item.role_only), ", ".join(item.leak), "；".join(item.law)),
        )
        yield _row(cells)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def main() -> None:
    """Write `docs/rules.md` of the source tree."""
    target = BUNDLED.parent / "docs" / "rules.md"
    target.write_text(render(load_pack()), encoding="utf-8")


if __name__ == "__main__":
    main()

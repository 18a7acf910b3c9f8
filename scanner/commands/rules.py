"""`audit rules`: list, show and test what is looked for and what is let stand."""

from difflib import get_close_matches

from patterns import Pack, load_pack
from scanner.config import Config
from scanner.detect import samples
from scanner.errors import LEAKS_FOUND, ConfigError
from scanner.lang import tr
from scanner.report.console import err, out
from scanner.report.rules import (
    print_exception,
    print_exceptions,
    print_pack,
    print_rule,
    print_rules,
)
from scanner.safe_text import styled


def pack_of(config: Config | None) -> Pack:
    """The bundled rules with the local ones of the configuration."""
    return load_pack(config.rules if config is not None else None)


def list_rules(config: Config | None, *, exceptions: bool) -> int:
    """Every rule, or every exception, one a line."""
    pack, console = pack_of(config), out()
    if exceptions:
        print_exceptions(console, pack.exceptions)
    else:
        print_rules(console, pack.rules)
    print_pack(err(), pack)
    return 0


def show_rule(config: Config | None, code: str) -> int:
    """One rule or exception in full. Raises ConfigError where there is none of that code."""
    pack, console = pack_of(config), out()
    rules = {rule.code.casefold(): rule for rule in pack.rules}
    exceptions = {exception.code.casefold(): exception for exception in pack.exceptions}
    wanted = code.casefold()
    if wanted in rules:
        print_rule(console, rules[wanted])
    elif wanted in exceptions:
        print_exception(console, exceptions[wanted])
    else:
        near = get_close_matches(wanted, [*rules, *exceptions], n=1)
        hint = tr(f"；您要的是 {near[0]} 吗？", f"; did you mean {near[0]}?") if near else ""
        raise ConfigError(
            tr(
                f"没有代码为 {code} 的规则或例外{hint}",
                f"there is no rule or exception {code}{hint}",
            )
        )
    return 0


def test_rules(config: Config | None) -> int:
    """Hold every rule against its own samples; 1 where one fails."""
    pack, console = pack_of(config), out()
    faults = samples.check(pack)
    for fault in faults:
        line = f"{fault.code}  {fault.words}{tr('：', ': ')}{fault.sample}"
        console.print(styled(line), soft_wrap=True)
    tested = sum(len(rule.hit) + len(rule.miss) for rule in pack.rules)
    console.print(
        styled(
            tr(
                f"规则 {len(pack.rules)} 条，样例 {tested} 个，不符 {len(faults)} 个",
                f"rules {len(pack.rules)}, samples {tested}, faults {len(faults)}",
            ),
            "bold red" if faults else "bold green",
        )
    )
    return LEAKS_FOUND if faults else 0

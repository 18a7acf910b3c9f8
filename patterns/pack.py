"""The rule pack: every rule and exception, loaded from files and checked all at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from patterns import reference
from patterns.lawful import ExceptionRule
from patterns.lawfulfile import parse_exception
from patterns.rule import Rule
from patterns.rulefile import parse_rule
from patterns.section import Section
from patterns.tomlfile import Faults, TomlFile, read_toml
from scanner import __version__
from scanner.errors import ConfigError
from scanner.lang import tr

BUNDLED = Path(__file__).resolve().parent
_MANIFEST = "pack.toml"

T = TypeVar("T", Rule, ExceptionRule)


@dataclass(frozen=True, slots=True)
class Pack:
    """All rules in force, in order of their codes."""

    version: str
    rules: tuple[Rule, ...]
    exceptions: tuple[ExceptionRule, ...]
    _by_code: dict[str, Rule] = field(default_factory=dict, repr=False, compare=False)
    _exception_by_code: dict[str, ExceptionRule] = field(
        default_factory=dict, repr=False, compare=False
    )

    def rule(self, code: str) -> Rule:
        """The rule of this code. Raises KeyError when there is none."""
        return self._by_code[code]

    def exception(self, code: str) -> ExceptionRule:
        """The exception of this code. Raises KeyError when there is none."""
        return self._exception_by_code[code]

    @property
    def areas(self) -> frozenset[str]:
        """Six-digit area codes that were ever assigned (GB/T 2260 and its predecessors)."""
        return reference.areas()

    @property
    def provinces(self) -> frozenset[str]:
        """The two-digit beginnings of `areas`."""
        return reference.provinces()


@dataclass(slots=True)
class _Source:
    """What one folder held."""

    version: str = ""
    rules: dict[str, Rule] = field(default_factory=dict)
    exceptions: dict[str, ExceptionRule] = field(default_factory=dict)


def load_pack(local: Path | None = None) -> Pack:
    """The bundled pack, with the files of a local folder added.

    A local file whose code is bundled too replaces the bundled rule as a whole.

    Raises:
        ConfigError: one line `path:line: what` for every fault of every file; also when the folder
            is not there, or a pack asks for a newer program.
    """
    faults = Faults()
    bundled = _load_folder(BUNDLED, faults, bundled=True)
    own = _Source()
    if local is not None:
        if local.is_dir():
            own = _load_folder(local, faults, bundled=False)
        else:
            faults.add(local, 1, tr("本地规则目录不存在", "the local rule folder is not there"))
    if faults.lines:
        raise ConfigError(faults.lines)
    return _joined(bundled, own, has_local=local is not None)


def _joined(bundled: _Source, own: _Source, *, has_local: bool) -> Pack:
    rules = bundled.rules | own.rules
    exceptions = bundled.exceptions | own.exceptions
    version = f"{bundled.version}+{own.version or 'local'}" if has_local else bundled.version
    return Pack(
        version=version,
        rules=tuple(rules[code] for code in sorted(rules)),
        exceptions=tuple(exceptions[code] for code in sorted(exceptions)),
        _by_code=rules,
        _exception_by_code=exceptions,
    )


def _rule_files(folder: Path) -> Iterator[Path]:
    """The rule files below a folder, in a fixed order; `data/` holds tables, not rules."""
    for path in sorted(folder.rglob("*.toml")):
        if path.name != _MANIFEST and path.relative_to(folder).parts[0] != "data":
            yield path


def _load_folder(folder: Path, faults: Faults, *, bundled: bool) -> _Source:
    source = _Source()
    manifest = folder / _MANIFEST
    if bundled or manifest.exists():
        source.version = _read_manifest(manifest, faults)
    for path in _rule_files(folder):
        file = read_toml(path, faults)
        if file is None:
            continue
        if _is_exception(file, folder):
            exception = parse_exception(file, faults)
            if exception is not None:
                _add(source.exceptions, exception.code, exception, file, faults)
        else:
            rule = parse_rule(file, faults, deep=not bundled)
            if rule is not None:
                _add(source.rules, rule.code, rule, file, faults)
    return source


def _is_exception(file: TomlFile, folder: Path) -> bool:
    return "exceptions" in file.path.relative_to(folder).parts or "duty" in file.data


def _add(known: dict[str, T], code: str, item: T, file: TomlFile, faults: Faults) -> None:
    if code in known:
        other = known[code].path
        faults.add(
            file.path,
            file.line_of(("code",)),
            tr(f"code {code} 已由 {other} 使用", f"code {code} is already used by {other}"),
        )
    known[code] = item


def _read_manifest(path: Path, faults: Faults) -> str:
    file = read_toml(path, faults)
    if file is None:
        return ""
    root = Section(file, faults, file.data)
    version = root.text("version", required=True)
    least = root.text("min_program")
    root.finish()
    wanted, have = _version(least), _version(__version__)
    if wanted is None:
        root.fault(
            "min_program",
            tr(f"min_program {least!r} 不是版本号", f"min_program {least!r} is not a version"),
        )
    elif have is not None and wanted > have:
        root.fault(
            "min_program",
            tr(
                f"规则包要求程序版本不低于 {least}，当前为 {__version__}，请升级 privacy-sweep",
                f"the pack asks for program {least} or newer and this is {__version__}: "
                "upgrade privacy-sweep",
            ),
        )
    return version


def _version(text: str) -> tuple[int, ...] | None:
    """(1, 2, 0) of "1.2"; trailing zeros do not count; None when it is no dotted number."""
    parts = text.split(".") if text else []
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)

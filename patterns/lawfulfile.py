"""From one exception file to one `ExceptionRule`."""

import re

from patterns.lawful import Basis, Duty, ExceptionRule
from patterns.section import Section
from patterns.tomlfile import Faults, TomlFile
from scanner.lang import tr

_CODE = re.compile(r"[a-z][a-z0-9_]*")


def parse_exception(file: TomlFile, faults: Faults) -> ExceptionRule | None:
    """The exception of a file, or None when the file had any fault."""
    before = len(faults.lines)
    root = Section(file, faults, file.data)
    found = _exception(root)
    root.finish()
    return found if len(faults.lines) == before else None


def _exception(root: Section) -> ExceptionRule:
    code = root.text("code", required=True)
    if code and not _CODE.fullmatch(code):
        root.fault(
            "code",
            tr(
                f"例外的 code {code!r} 应为小写英文",
                f"code {code!r} of an exception must be lower case",
            ),
        )
    name, elements = root.section("name"), root.section("elements")
    cues, samples = root.section("cues"), root.section("samples")
    scope = root.section("scope")
    duty = root.text("duty", required=True, among=frozenset(Duty))
    basis = root.text("basis", required=True, among=frozenset(Basis))
    found = ExceptionRule(
        code=code,
        zh=name.text("zh", required=True),
        en=name.text("en", required=True),
        field=root.text("field", required=True),
        duty=Duty(duty) if duty in frozenset(Duty) else Duty.NEVER,
        basis=Basis(basis) if basis in frozenset(Basis) else Basis.MEMORY,
        subjects=root.texts("subjects"),
        publish=elements.texts("publish"),
        role_only=elements.texts("role_only"),
        leak=elements.texts("leak"),
        scope_zh=scope.text("zh", required=True),
        scope_en=scope.text("en", required=True),
        web=root.flag("web", True),
        law=root.texts("law", required=True),
        title_cues=cues.texts("title"),
        heading_cues=cues.texts("heading"),
        column_cues=cues.texts("column"),
        role_cues=cues.texts("role"),
        needed_cues=cues.texts("needed"),
        note=root.text("note"),
        hit=samples.texts("hit", required=True),
        miss=samples.texts("miss", required=True),
        path=root.file.path,
    )
    for part in (name, scope, elements, cues, samples):
        part.finish()
    _check_elements(elements, found)
    return found


def _check_elements(elements: Section, found: ExceptionRule) -> None:
    """An element is lawful or a leak, not both."""
    for word in sorted(set(found.publish + found.role_only) & set(found.leak)):
        elements.fault(
            "leak",
            tr(f"{word} 既在可公开之列又在泄露之列", f"{word} is both lawful and a leak"),
        )

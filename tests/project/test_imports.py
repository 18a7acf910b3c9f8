"""The rooms import in one direction only, at the top of a file or inside a function."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

BOTTOM = {
    "scanner",
    "scanner.carried",
    "scanner.lang",
    "scanner.disposition",
    "scanner.errors",
    "scanner.masking",
    "scanner.model",
    "scanner.keys",
    "scanner.radicals",
    "scanner.safe_text",
    "patterns",
}
# What a room may import beside itself and the bottom. A new room has to be entered here.
ROOMS: dict[str, set[str]] = {
    **{name: set() for name in BOTTOM},
    "scanner": {"scanner.names"},  # find_names, loaded when first asked for
    "spiders": set(),
    "scanner.extract": set(),
    "scanner.names": set(),
    "scanner.detect": {"scanner.names"},
    "scanner.classify": {"scanner.detect"},
    "scanner.archive": set(),
    "scanner.ledger": set(),
    "scanner.report": {"scanner.ledger"},
    "scanner.review": {"scanner.ledger", "scanner.report"},
    "scanner.config": set(),
    "scanner.config_text": {"scanner.config"},
}
LOWER = set(ROOMS)
ORCHESTRATORS = {
    "scanner.packed",
    "scanner.portions",
    "scanner.pipeline",
    "scanner.pagescan",
    "scanner.worker",
    "scanner.workers",
    "scanner.counting",
    "scanner.team",
    "scanner.sweep",
    "scanner.recheck",
    "scanner.plan",
}
ROOMS |= dict.fromkeys(ORCHESTRATORS, LOWER | ORCHESTRATORS)
ROOMS["scanner.commands"] = LOWER | ORCHESTRATORS
ROOMS["audit"] = LOWER | ORCHESTRATORS | {"scanner.commands"}

OWN = ("audit", "patterns", "scanner", "spiders")
# These stand beside the program; the program never leans on them.
BESIDE = ("bench", "sample", "tests", "tools")


def module_of(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """The longest room whose name the module's begins with; KeyError when it has none."""
    parts = module.removesuffix(".__version__").split(".")
    for size in range(len(parts), 0, -1):
        name = ".".join(parts[:size])
        if name in ROOMS and (name != "scanner" or size == len(parts)):
            return name
    raise KeyError(module)


def imported(tree: ast.AST, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported anywhere in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")
                keep = len(above) - node.level + (1 if is_package else 0)
                base = ".".join([*above[:keep], *([node.module] if node.module else [])])
            # `from scanner import sweep` imports scanner.sweep as well as scanner.
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name in {"import_module", "__import__"} and node.args:
                target = node.args[0]
                if isinstance(target, ast.Constant) and isinstance(target.value, str):
                    yield node.lineno, target.value


def faults_of(path: Path, root: Path) -> list[str]:
    module = module_of(path, root)
    try:
        room = room_of(module)
    except KeyError:
        return [f"{module}: belongs to no room; enter it in ROOMS"]
    allowed = ROOMS[room] | {room} | BOTTOM
    faults = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for line, name in imported(tree, module, path.name == "__init__.py"):
        first = name.split(".")[0]
        if first in BESIDE:
            faults.append(f"{module}:{line} imports {name}, which stands beside the program")
        elif first in OWN:
            try:
                target = room_of(name)
            except KeyError:
                faults.append(f"{module}:{line} imports {name}, which belongs to no room")
                continue
            if target not in allowed:
                faults.append(f"{module}:{line} imports {name} ({target}) against the direction")
    return faults


def sources(root: Path) -> list[Path]:
    folders = [path for name in OWN for path in (root / name).rglob("*.py")]
    return sorted([*folders, *root.glob("audit.py")])


def test_no_room_imports_a_later_one() -> None:
    found = sources(ROOT)
    assert len(found) > 5
    assert [fault for path in found for fault in faults_of(path, ROOT)] == []


@pytest.mark.parametrize(
    ("file", "code", "expected"),
    [
        ("scanner/detect/a.py", "from scanner.classify import Classifier", "against"),
        ("scanner/detect/a.py", "def f():\n    import scanner.ledger.store", "against"),
        ("scanner/detect/a.py", "from ..classify import judge", "against"),
        ("scanner/detect/a.py", "from scanner import sweep", "against"),
        ("scanner/names/a.py", "from scanner.detect import Engine", "against"),
        ("scanner/detect/__init__.py", "from .. import ledger", "against"),
        ("scanner/detect/a.py", "import importlib\nimportlib.import_module('audit')", "against"),
        ("scanner/model.py", "from scanner.extract import extract", "against"),
        ("spiders/a.py", "from scanner.ledger import Ledger", "against"),
        ("scanner/sweep.py", "from bench import speed", "beside"),
        ("scanner/newroom.py", "", "no room"),
        ("scanner/detect/a.py", "from . import words\nfrom scanner.model import Match", ""),
        ("scanner/detect/a.py", "from patterns import load_pack\nfrom scanner import lang", ""),
        ("scanner/report/a.py", "from scanner.ledger import Ledger\nimport json", ""),
        ("scanner/sweep.py", "from scanner.recheck import recheck\nimport spiders.site", ""),
        ("audit.py", "from scanner.sweep import sweep", ""),
    ],
)
def test_the_check_sees_what_it_should(tmp_path: Path, file: str, code: str, expected: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code, encoding="utf-8")
    faults = faults_of(path, tmp_path)
    assert (expected in faults[0]) if expected else faults == []

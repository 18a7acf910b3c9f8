"""The loader: every fault of every file at once, with its line; local folders; versions."""

from pathlib import Path

import pytest

from patterns import Pack, Polarity, Scope, load_pack
from patterns.lists import trie
from patterns.rule import compiled
from scanner.errors import ConfigError

GOOD = """\
code = "LOC001"
kind = "mobile"
family = "contact"
polarity = "personal"
stage = "preview"
severity = "low"
validator = "mobile"
sources = ["house rule"]

[name]
zh = "短号"
en = "Short number"

[match]
scope = "token"
expression = '6[0-9]{5}'

[[context]]
words = ["短号"]
distance = 5
side = "before"
effect = 0.2

[samples]
hit = ["短号612345", { header = "短号", text = "612345", value = "612345" }]
miss = ["12345"]
"""
EXCEPTION = """\
code = "house_rule"
field = "村务"
duty = "may"
basis = "read"
web = true
law = ["本县政务公开目录"]

[name]
zh = "本地例外"
en = "Local exception"

[scope]
zh = "互联网公开"
en = "public web"

[elements]
publish = ["name"]
leak = ["mobile"]

[cues]
title = ["光荣榜"]

[samples]
hit = ["光荣榜"]
miss = ["通知"]
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_pack(folder)
    return caught.value.faults


def test_the_bundled_pack_loads_and_knows_its_rules() -> None:
    pack = load_pack()
    assert pack.rule("ID001").kind == "id_card"
    assert pack.exception("dibao").web is False
    assert pack.version == "2026.11"
    assert {"110101", "810000"} <= pack.areas
    assert {"11", "65", "81"} <= pack.provinces
    assert [rule.code for rule in pack.rules] == sorted(rule.code for rule in pack.rules)
    with pytest.raises(KeyError):
        pack.rule("NONE1")


def test_a_local_rule_is_added(tmp_path: Path) -> None:
    path = write(tmp_path, "contact/short.toml", GOOD)
    pack = load_pack(tmp_path)
    rule = pack.rule("LOC001")
    assert rule.path == path
    assert rule.polarity is Polarity.PERSONAL
    assert rule.scope is Scope.TOKEN
    assert rule.context[0].words == ("短号",)
    assert rule.hit[1].header == "短号"
    assert rule.priority == 50
    assert pack.version == "2026.11+local"
    assert len(pack.rules) == len(load_pack().rules) + 1


def test_a_local_rule_replaces_a_bundled_one_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path, "mobile.toml", GOOD.replace("LOC001", "MB001"))
    pack = load_pack(tmp_path)
    assert pack.rule("MB001").name_zh == "短号"
    assert pack.rule("MB001").headers == ()
    assert len(pack.rules) == len(load_pack().rules)


@pytest.mark.parametrize("name", ["exceptions/own.toml", "own.toml"])
def test_a_local_exception_is_known_by_its_folder_or_its_duty(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, EXCEPTION)
    found = load_pack(tmp_path).exception("house_rule")
    assert found.publish == ("name",)
    assert found.title_cues == ("光荣榜",)
    assert found.verified


def test_the_local_manifest_gives_its_version(tmp_path: Path) -> None:
    write(tmp_path, "pack.toml", 'version = "anqing-3"\n')
    assert load_pack(tmp_path).version == "2026.11+anqing-3"


def test_a_pack_for_a_newer_program_does_not_load(tmp_path: Path) -> None:
    path = write(tmp_path, "pack.toml", 'version = "1"\nmin_program = "99.0"\n')
    (fault,) = faults(tmp_path)
    assert fault.startswith(f"{path}:2: ")
    assert "99.0" in fault


def test_a_min_program_that_is_no_version_is_a_fault(tmp_path: Path) -> None:
    path = write(tmp_path, "pack.toml", 'version = "1"\nmin_program = "soon"\n')
    assert faults(tmp_path)[0].startswith(f"{path}:2: ")


def test_a_missing_local_folder_is_one_fault(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / "nowhere")
    assert "nowhere" in fault


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('code = "LOC001"', 'code = "loc1"', 1),
        ('kind = "mobile"', 'kind = "telephone"', 2),
        ('family = "contact"', 'family = "phones"', 3),
        ('polarity = "personal"', 'polarity = "both"', 4),
        ('stage = "preview"', 'stage = "done"', 5),
        ('severity = "low"', 'severity = "huge"', 6),
        ('severity = "low"\n', "", 1),
        ('validator = "mobile"', 'validator = "guess"', 7),
        ('sources = ["house rule"]', "sources = 3", 8),
        ('sources = ["house rule"]', 'sources = [""]', 8),
        ('zh = "短号"', "zh = 5", 11),
        ('zh = "短号"\n', "", 10),
        ('scope = "token"', 'scope = "line"', 15),
        ("expression = '6[0-9]{5}'", "expression = '6[0-9'", 16),
        ("expression = '6[0-9]{5}'", r"expression = '6\d{5}'", 16),
        ("expression = '6[0-9]{5}'", r"expression = '\b6[0-9]{5}'", 16),
        ("expression = '6[0-9]{5}'", "expression = '{{nowhere}}'", 16),
        ("expression = '6[0-9]{5}'", "expression = '6[0-9]{5}'\nkeywords = ['{{nowhere}}']", 17),
        ("expression = '6[0-9]{5}'", "", 14),
        ("distance = 5", "distance = 0", 20),
        ("distance = 5", "distance = true", 20),
        ('side = "before"', 'side = "left"', 21),
        ("effect = 0.2", "effect = 2", 22),
        ("effect = 0.2", "effekt = 0.2", 22),
        ('miss = ["12345"]', "miss = []", 26),
        ('miss = ["12345"]', "", 24),
        ('miss = ["12345"]', "miss = [5]", 26),
        ('value = "612345" }', 'worth = "612345" }', 25),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    assert old in GOOD
    path = write(tmp_path, "rule.toml", GOOD.replace(old, new, 1))
    found = faults(tmp_path)
    assert any(fault.startswith(f"{path}:{line}: ") for fault in found), found


def test_a_keyword_may_be_a_word_list(tmp_path: Path) -> None:
    listed = "expression = '6[0-9]{5}'\nkeywords = ['短号', '{{diseases}}']"
    write(tmp_path, "rule.toml", GOOD.replace("expression = '6[0-9]{5}'", listed, 1))
    (rule,) = [rule for rule in load_pack(tmp_path).rules if rule.code == "LOC001"]
    assert rule.keywords[0] == "短号"
    assert {"肺癌", "恶性肿瘤"} < set(rule.keywords)
    assert "{{diseases}}" not in rule.keywords


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace('kind = "mobile"', 'kind = "fax"').replace("effect = 0.2", "effect = 7")
    one = write(tmp_path, "a.toml", bad + "\n[mask]\nhead = 2\nfits = 'luck'\n")
    two = write(tmp_path, "b.toml", "code = [\n")
    three = write(tmp_path, "exceptions/c.toml", EXCEPTION.replace('"may"', '"perhaps"'))
    four = tmp_path / "d.toml"
    four.write_bytes('code = "X"\n# \u6c49\n'.encode("gbk"))
    found = faults(tmp_path)
    starts = [fault.rsplit(": ", 1)[0] for fault in found]
    for start in (f"{one}:2", f"{one}:22", f"{one}:30", f"{two}:", f"{three}:3", f"{four}:2"):
        assert any(s.startswith(start) for s in starts), (start, found)
    assert sum(fault.startswith(f"{one}:") for fault in found) == 4


def test_the_same_code_twice_is_a_fault(tmp_path: Path) -> None:
    one = write(tmp_path, "a.toml", GOOD)
    two = write(tmp_path, "b.toml", "# again\n" + GOOD)
    (fault,) = faults(tmp_path)
    assert fault.startswith(f"{two}:2: ")
    assert str(one) in fault


def test_a_not_personal_rule_has_no_severity_and_no_personal_kind(tmp_path: Path) -> None:
    path = write(tmp_path, "a.toml", GOOD.replace('"personal"', '"not_personal"'))
    found = faults(tmp_path)
    assert [fault.split(":")[1] for fault in found] == ["2", "6"]
    assert all(fault.startswith(str(path)) for fault in found)


def test_confidence_may_not_fall_with_proof(tmp_path: Path) -> None:
    text = GOOD.replace("[samples]", "[confidence]\nbase = 0.8\nproven = 0.5\n\n[samples]")
    path = write(tmp_path, "a.toml", text)
    (fault,) = faults(tmp_path)
    assert fault.startswith(f"{path}:26: ")


def test_a_key_of_a_multi_line_string_is_not_taken_for_a_key(tmp_path: Path) -> None:
    text = GOOD.replace(
        "expression = '6[0-9]{5}'", "expression = '''\nstage = 1\n'''\nkeyword = []"
    )
    path = write(tmp_path, "a.toml", text)
    (fault,) = faults(tmp_path)
    assert fault.startswith(f"{path}:19: ")


def test_an_element_is_lawful_or_a_leak(tmp_path: Path) -> None:
    path = write(tmp_path, "exceptions/a.toml", EXCEPTION.replace('["mobile"]', '["name"]'))
    (fault,) = faults(tmp_path)
    assert fault.startswith(f"{path}:18: ")


def test_a_word_list_becomes_one_expression() -> None:
    pattern = compiled(trie(["肺癌", "肺", "胃癌", "a.b"]))
    assert [m.group() for m in pattern.finditer("肺癌与肺与胃癌与a.b与axb")] == [
        "肺癌",
        "肺",
        "胃癌",
        "a.b",
    ]


def test_printing_a_pack_stays_short() -> None:
    pack = load_pack()
    assert isinstance(pack, Pack)
    assert "_by_code" not in repr(pack)

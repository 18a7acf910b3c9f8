"""`audit.toml`: read whole, every fault at once."""

from itertools import pairwise
from pathlib import Path

import pytest

from scanner.config import LEVELS, default_config, ledger_url, load_config
from scanner.config_text import config_text, write_config
from scanner.errors import ConfigError
from scanner.lang import set_lang
from scanner.ledger import states

GOOD = """\
language = "en"
[ledger]
path = "data/audit.db"
key = "secret/audit.key"
[rectification]
deadline_days = 7
[crawl]
delay_seconds = 0.5
concurrency = 3
robots = false
contact = "office@example.gov.cn"
timeout_seconds = 12
max_size_mb = 5
[[site]]
name = "Town"
unit = "Town office"
level = "乡镇街道"
start = ["https://www.town.example/"]
[[site]]
name = "County"
unit = "County office"
start = ["https://county.example/a/", "https://www.county.example/"]
domains = ["County.example"]
[[unit]]
name = "Town office"
aliases = ["Town hall"]
parent = "County office"
"""


@pytest.fixture(autouse=True)
def _english():
    set_lang("en")
    yield
    set_lang("zh")


def write(folder: Path, text: str) -> Path:
    path = folder / "audit.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_config(write(folder, text))
    return caught.value.faults


def test_everything_is_read_and_paths_count_from_the_file(tmp_path, monkeypatch):
    path = write(tmp_path, GOOD)
    monkeypatch.chdir("/")
    config = load_config(path)
    assert config.language == "en"
    assert config.ledger_url == f"sqlite:///{tmp_path}/data/audit.db"
    assert config.key_file == tmp_path / "secret/audit.key"
    assert config.deadline_days == 7
    assert (config.crawl.delay, config.crawl.concurrency, config.crawl.robots) == (0.5, 3, False)
    assert (config.crawl.timeout, config.crawl.max_size) == (12, 5 * 1024**2)
    town, county = config.sites
    assert (town.level, town.domains) == ("乡镇街道", ("www.town.example",))
    assert (county.level, county.domains) == ("", ("county.example",))
    town_unit, county_unit = config.units
    assert (town_unit.level, town_unit.aliases) == ("乡镇街道", ("Town hall",))
    assert (town_unit.parent, county_unit.level) == ("County office", "")


def test_every_fault_is_reported_with_its_line_and_its_mend(tmp_path):
    found = faults(
        tmp_path,
        """\
langauge = "zh"
[ledger]
url = "mysql://x"
key = 3
[rectification]
deadline_days = 0
[crawl]
robots = "yes"
delay_seconds = -1
[[site]]
name = "A"
level = "省级"
start = ["www.a.example"]
[[site]]
name = "A"
unit = "U"
start = ["http://b.example/"]
domains = ["https://c.example/"]
""",
    )
    text = "\n".join(found)
    lines = [int(fault.partition(": ")[0].rpartition(":")[2]) for fault in found]
    assert lines == sorted(lines)
    for line, word in [
        (1, "did you mean language?"),
        (3, "postgresql://"),
        (4, "ledger.key"),
        (6, "deadline_days"),
        (8, "true or false"),
        (9, "delay_seconds"),
        (10, "unit"),
        (12, "level"),
        (13, "www.a.example"),
        (15, "twice"),
        (17, "add b.example"),
        (18, "https://c.example/"),
    ]:
        assert any(f":{line}: " in fault and word in fault for fault in found), (line, word, text)


def test_a_syntax_error_names_its_line(tmp_path):
    (fault,) = faults(tmp_path, 'language = "zh"\n[ledger\n')
    assert ":2: " in fault


def test_a_file_that_is_not_utf8_is_one_sentence(tmp_path):
    path = tmp_path / "audit.toml"
    path.write_bytes('language = "zh"\n# 配置\n'.encode("gbk"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load_config(path)


def test_two_levels_for_one_unit_are_refused(tmp_path):
    site = '[[site]]\nname="{}"\nunit="U"\nlevel="{}"\nstart=["http://a.example/"]\n'
    (fault,) = faults(tmp_path, site.format("A", "市直") + site.format("B", "村居"))
    assert ":9: " in fault
    assert "one level" in fault


def test_rule_folder_and_allow_list_must_exist(tmp_path):
    found = faults(tmp_path, '[rules]\nfolder = "none"\nallow_list = "none.toml"\n')
    assert [":2: " in found[0], ":3: " in found[1]] == [True, True]


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigError, match="audit init"):
        load_config(tmp_path / "none.toml")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_init_writes_a_file_that_loads_and_refuses_to_overwrite(tmp_path, lang):
    path = tmp_path / "audit.toml"
    config = write_config(path, lang)
    assert config.language == lang
    assert path.read_text(encoding="utf-8") == config_text(lang)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="already there"):
        write_config(path, lang)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_setting_of_the_written_file_is_explained(lang):
    lines = config_text(lang).splitlines()
    for before, line in pairwise(lines):
        if " = " in line and not line.startswith("#"):
            assert before.startswith("#"), line


def test_levels_are_those_of_the_ledger():
    assert LEVELS == states.LEVELS


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("a.db", "sqlite:////base/a.db"),
        ("/x/a.db", "sqlite:////x/a.db"),
        ("sqlite:///a.db", "sqlite:////base/a.db"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
    ],
)
def test_ledger_named_by_path_or_url(text, url):
    assert ledger_url(text, Path("/base")) == url


def test_without_a_file_the_ledger_and_key_lie_in_the_folder(tmp_path):
    config = default_config(tmp_path)
    assert config.ledger_url.endswith("audit.db")
    assert config.key_file.parent == tmp_path
    assert config.sites == ()

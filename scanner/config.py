"""`audit.toml`: what is swept, where the ledger lies, and how politely the sites are asked.

Every fault of the file is reported at once, each with its line and the way to mend it. Relative
paths count from the folder of the file, so that a sweep started anywhere finds the same ledger.
"""

import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from patterns.masknorms import published_norms
from patterns.section import Section
from patterns.tomlfile import Faults, read_toml
from scanner.errors import ConfigError
from scanner.lang import Lang, tr

CONFIG_NAME = "audit.toml"
LEVELS = ("市直", "县区", "乡镇街道", "村居")
KEEPS = ("none", "findings", "all")
_LANGS = ("zh", "en")
_DOMAIN = re.compile(r"[\w.-]+(:\d{1,5})?", re.ASCII)
_PATH = re.compile(r"[\w.-]+(?::\d{1,5})?/\S*", re.ASCII)
_SQLITE = "sqlite:///"
_MAX_DELAY = 3600.0  # seconds
_MAX_TIMEOUT = 600.0  # seconds
_MAX_PATIENCE = 86_400.0  # seconds


@dataclass(frozen=True, slots=True)
class Crawl:
    """How the sites are asked. Times in seconds, sizes in bytes."""

    delay: float = 1.0  # between two requests to one host
    concurrency: int = 16  # hosts asked at the same time; one request a host, always
    robots: bool = True
    contact: str = ""  # in the user agent: whom a site's owner can write to
    timeout: float = 60.0
    retries: int = 2  # further attempts after a failure that may pass
    max_size: int = 64 * 1024 * 1024  # of one page or attachment
    max_pages: int = 50_000  # of one site in one sweep, 0 for no limit
    browser: bool = False  # turn lists in a browser that only their own script can turn


@dataclass(frozen=True, slots=True)
class ArchiveConfig:
    """Pages kept as evidence; none unless asked, for the scanner must not become the leak."""

    keep: str = "none"  # one of KEEPS
    folder: Path = Path("archive")
    days: int = 180  # after so many days `audit purge` deletes a file


@dataclass(frozen=True, slots=True)
class Site:
    """One web site, and the unit that answers for it."""

    name: str
    unit: str
    level: str  # one of LEVELS, "" when the office has not said
    start: tuple[str, ...]
    domains: tuple[str, ...]  # host names in lower case; nothing outside them is fetched


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that answers for pages; one that only owns a site needs no entry of its own."""

    name: str
    level: str  # one of LEVELS, "" when the office has not said
    parent: str = ""  # another unit's name
    aliases: tuple[str, ...] = ()  # other names under which pages give it as their source
    paths: tuple[str, ...] = ()  # "host/path/" of pages that name no known unit
    columns: tuple[str, ...] = ()  # 栏目 of pages that name no known unit


@dataclass(frozen=True, slots=True)
class Config:
    """The whole of `audit.toml`, every path absolute."""

    path: Path | None  # None: no file, everything at its default
    language: Lang | None
    ledger_url: str
    key_file: Path
    rules: Path | None
    allow_list: Path | None
    deadline_days: int  # calendar days a unit is given
    crawl: Crawl = field(default_factory=Crawl)
    sites: tuple[Site, ...] = ()
    units: tuple[Unit, ...] = ()  # those of the file, then those named by sites alone
    mask_norm: str = ""  # a published norm that masks have to keep to, by its code
    patience: float = 300.0  # seconds that a sweep waits for a ledger that went away
    archive: ArchiveConfig = field(default_factory=ArchiveConfig)


def default_config(folder: Path) -> Config:
    """What holds where there is no file: a ledger and a key in `folder`, no sites."""
    return Config(
        path=None,
        language=None,
        ledger_url=f"{_SQLITE}{folder / 'audit.db'}",
        key_file=folder / "audit.key",
        rules=None,
        allow_list=None,
        deadline_days=10,
    )


def ledger_url(text: str, folder: Path) -> str:
    """The database URL of a ledger named by URL or by the path of its SQLite file."""
    if text.startswith("postgresql:"):
        return "postgresql+psycopg:" + text.removeprefix("postgresql:")
    if text.startswith(_SQLITE):
        text = text.removeprefix(_SQLITE)
    elif "://" in text:
        return text
    return f"{_SQLITE}{(folder / Path(text).expanduser()).absolute()}"


def load_config(path: Path) -> Config:
    """Read `path`.

    Raises ConfigError with every fault of the file, one a line as `file:line: what`.
    """
    if not path.is_file():
        raise ConfigError(
            tr(
                f"没有配置文件 {path}：请先运行 audit init，或用 --config 指明",
                f"there is no configuration {path}: "
                "run `audit init` first, or name one with --config",
            )
        )
    faults = Faults()
    config = _read(path, faults)
    if faults.lines or config is None:
        raise ConfigError(_in_order(faults.lines))
    return config


def _in_order(lines: list[str]) -> list[str]:
    """Faults by line: a file is mended from top to bottom."""
    return sorted(dict.fromkeys(lines), key=_line)


def _line(fault: str) -> int:
    number = fault.partition(": ")[0].rpartition(":")[2]
    return int(number) if number.isdigit() else 0


def _read(path: Path, faults: Faults) -> Config | None:
    toml = read_toml(path, faults)
    if toml is None:
        return None
    folder = path.absolute().parent
    root = Section(toml, faults, toml.data)
    language = root.text("language", among=_LANGS)
    ledger, rules = root.section("ledger"), root.section("rules")
    terms, crawl = root.section("rectification"), root.section("crawl")
    archive = root.section("archive")
    sites, units = root.sections("site"), root.sections("unit")
    read_sites = tuple(_site(section) for section in sites)
    config = Config(
        path=path.absolute(),
        language="en" if language == "en" else "zh" if language == "zh" else None,
        ledger_url=_ledger(ledger, folder),
        key_file=folder / Path(ledger.text("key") or "audit.key").expanduser(),
        rules=_existing(rules, "folder", folder, wants_folder=True),
        allow_list=_existing(rules, "allow_list", folder, wants_folder=False),
        deadline_days=terms.integer("deadline_days", 10, low=1),
        crawl=_crawl(crawl),
        sites=read_sites,
        units=_units(units, sites, read_sites),
        mask_norm=rules.text("mask_norm", among=tuple(published_norms())),
        patience=ledger.number("patience_seconds", 300.0, 0.0, _MAX_PATIENCE),
        archive=_archive(archive, folder),
    )
    _refuse_doubles(sites, [site.name for site in read_sites])
    for section in (root, ledger, rules, terms, crawl, archive, *sites, *units):
        _refuse_unknown(section)
    return config


def _ledger(section: Section, folder: Path) -> str:
    url, path = section.text("url"), section.text("path")
    if url and path:
        section.fault(
            "path",
            tr("url 和 path 只能写一个，请删去一个", "give either url or path: delete one of them"),
        )
    if url and not url.startswith(("sqlite:///", "postgresql:", "postgresql+psycopg:")):
        section.fault(
            "url",
            tr(
                "url 应以 sqlite:/// 或 postgresql:// 开头；SQLite 也可以只写 path",
                "url must start with sqlite:/// or postgresql://; for SQLite, path alone is enough",
            ),
        )
    return ledger_url(url or path or "audit.db", folder)


def _existing(section: Section, key: str, folder: Path, *, wants_folder: bool) -> Path | None:
    text = section.text(key)
    if not text:
        return None
    path = folder / Path(text).expanduser()
    if not (path.is_dir() if wants_folder else path.is_file()):
        kind = tr("文件夹", "folder") if wants_folder else tr("文件", "file")
        section.fault(
            key,
            tr(
                f"{kind} {path} 不存在：请建好它，或删去这一行",
                f"the {kind} {path} does not exist: create it, or delete this line",
            ),
        )
    return path


def _crawl(section: Section) -> Crawl:
    default = Crawl()
    contact = section.text("contact")
    if not (contact.isascii() and (not contact or contact.isprintable())):
        section.fault(
            "contact",
            tr(
                "contact 只能用英文邮箱或网址（它写在请求头里）",
                "contact must be a mail address or a page in ASCII: it goes into a request header",
            ),
        )
    return Crawl(
        delay=section.number("delay_seconds", default.delay, 0.0, _MAX_DELAY),
        concurrency=section.integer("concurrency", default.concurrency, low=1),
        robots=section.flag("robots", default.robots),
        contact=contact,
        timeout=section.number("timeout_seconds", default.timeout, 1.0, _MAX_TIMEOUT),
        retries=section.integer("retries", default.retries),
        max_size=section.integer("max_size_mb", default.max_size // 1024**2, low=1) * 1024**2,
        max_pages=section.integer("max_pages", default.max_pages),
        browser=section.flag("browser", default.browser),
    )


def _archive(section: Section, folder: Path) -> ArchiveConfig:
    default = ArchiveConfig()
    return ArchiveConfig(
        keep=section.text("keep", among=KEEPS) or default.keep,
        folder=folder / Path(section.text("folder") or default.folder).expanduser(),
        days=section.integer("days", default.days, low=1),
    )


def _site(section: Section) -> Site:
    start = section.texts("start", required=True)
    good = tuple(url for url in start if _host(url))
    for url in start:
        if url not in good:
            section.fault(
                "start",
                tr(
                    f"起始网址 {url!r} 不完整：应以 http:// 或 https:// 开头并带域名",
                    f"start URL {url!r} is not complete: "
                    "it must begin with http:// or https:// and name a host",
                ),
            )
    domains = _domains(section) or tuple(dict.fromkeys(_host(url) for url in good))
    for url in good:
        if not _covered(_host(url), domains):
            section.fault(
                "start",
                tr(
                    f"起始网址 {url} 不在 domains 之内：请把 {_host(url)} 加进 domains",
                    f"start URL {url} lies outside domains: add {_host(url)} to domains",
                ),
            )
    return Site(
        name=section.text("name", required=True),
        unit=section.text("unit", required=True),
        level=section.text("level", among=LEVELS),
        start=start,
        domains=domains,
    )


def _domains(section: Section) -> tuple[str, ...]:
    written = section.texts("domains")
    for domain in written:
        if not _DOMAIN.fullmatch(domain):
            section.fault(
                "domains",
                tr(
                    f"domains 里只写域名，不带协议、路径和星号：{domain!r}",
                    f"domains takes host names only, no scheme, path or asterisk: {domain!r}",
                ),
            )
    return tuple(domain.lower() for domain in written)


def _host(url: str) -> str:
    """Host of an http(s) URL in lower case, "" when it is not one."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") else ""


def _covered(host: str, domains: tuple[str, ...]) -> bool:
    """Whether a host is one of `domains` or below it; the port of a domain is not looked at."""
    names = [domain.partition(":")[0] for domain in domains]
    return any(host == name or host.endswith("." + name) for name in names)


def _units(
    sections: list[Section], site_sections: list[Section], sites: tuple[Site, ...]
) -> tuple[Unit, ...]:
    """The units of the file; a unit that only a site names gets the level of that site."""
    written = [_unit(section) for section in sections]
    _refuse_doubles(sections, [unit.name for unit in written])
    units = {unit.name: unit for unit in written}
    for section, site in zip(site_sections, sites, strict=True):
        known = units.setdefault(site.unit, Unit(site.unit, site.level))
        if site.level and known.level and known.level != site.level:
            section.fault(
                "level",
                tr(
                    f"单位“{site.unit}”已写为{known.level}，这里又写成{site.level}：请统一",
                    f"unit {site.unit!r} is {known.level} above and {site.level} here: "
                    "give it one level",
                ),
            )
        elif site.level and not known.level:
            units[site.unit] = replace(known, level=site.level)
    for section, unit in zip(sections, written, strict=True):
        if unit.parent and unit.parent not in units:
            section.fault(
                "parent",
                tr(
                    f"上级单位“{unit.parent}”没有写在 [[unit]] 里",
                    f"the parent unit {unit.parent!r} has no [[unit]] of its own",
                ),
            )
    return tuple(unit for unit in units.values() if unit.name)


def _unit(section: Section) -> Unit:
    return Unit(
        name=section.text("name", required=True),
        level=section.text("level", among=LEVELS),
        parent=section.text("parent"),
        aliases=section.texts("aliases"),
        paths=_paths(section),
        columns=section.texts("columns"),
    )


def _paths(section: Section) -> tuple[str, ...]:
    written = section.texts("paths")
    for path in written:
        if not _PATH.fullmatch(path):
            section.fault(
                "paths",
                tr(
                    f"paths 里写“域名/路径/”，不带协议：{path!r}",
                    f"paths takes host/path/ without a scheme: {path!r}",
                ),
            )
    return tuple(written)


def _refuse_doubles(sections: list[Section], names: list[str]) -> None:
    seen: set[str] = set()
    for section, name in zip(sections, names, strict=True):
        if name and name in seen:
            section.fault(
                "name",
                tr(
                    f"名称“{name}”写了两次：请改成不同的名字",
                    f"the name {name!r} is given twice: choose another",
                ),
            )
        seen.add(name)


def _refuse_unknown(section: Section) -> None:
    for key in section.data:
        if key in section.seen:
            continue
        near = get_close_matches(key, sorted(section.seen), n=1, cutoff=0.6)
        known = "、".join(sorted(section.seen))
        mend = (
            tr(f"您要写的是 {near[0]} 吗？", f"did you mean {near[0]}?")
            if near
            else tr(f"这里可以写：{known}", "known here: " + known.replace("、", ", "))
        )
        section.fault(key, tr(f"不认识的键 {key}；{mend}", f"unknown key {key}; {mend}"))

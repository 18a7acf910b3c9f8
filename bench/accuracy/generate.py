"""Generate labelled pages of many kinds from a fixed seed.

The same seed gives the same bytes on every machine: each page draws from a generator of its own,
seeded with the corpus seed, the page's number and its kind.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from random import Random

from bench.accuracy import skins, traps
from bench.accuracy.kit import Kit
from bench.accuracy.labels import Page
from bench.accuracy.registry import Kind, kinds

SEED = 20261122
PAGES = 2000
_TEXT_SHARE = 0.04
_TAGS = re.compile(r"<[^>]+>")


def make_page(kind: Kind, number: int, seed: int = SEED) -> Page:
    """Page `number` of the corpus, of the kind given."""
    rng = Random(f"{seed}:{number}:{kind.name}")
    name = f"g{number:04d}-{kind.name}"
    if rng.random() < _TEXT_SHARE:
        page = _text_page(Kit(rng, kind.name), kind, name)
        return page or _fragment(Kit(Random(f"{seed}:{number}:fragment"), kind.name), kind, name)
    kit = Kit(rng, kind.name)
    kind.fill(kit)
    if kit.csv_text:
        return _csv_page(kit, name)
    traps.sprinkle(kit)
    skin, encoding = skins.choose(kit)
    text = skin.write(kit)
    return _page(kit, name, text, encoding, "html")


def _text_page(kit: Kit, kind: Kind, name: str) -> Page | None:
    """The article alone, as a text file; None for what cannot be said without markup."""
    kit.plain_text = True
    kind.fill(kit)
    if kit.csv_text:
        return _csv_page(kit, name)
    traps.sprinkle(kit)
    if kit.scripts or any(label.where != "visible" for label in kit.labels):
        return None
    text = "\n".join([kit.title, *kit.parts])
    for end, mark in (("</p>", "\n"), ("</tr>", "\n"), ("</td>", "\t"), ("</th>", "\t")):
        text = text.replace(end, mark)
    text = unescape(_TAGS.sub("", text))
    kit.negatives[:] = [negative for negative in kit.negatives if negative.value in text]
    return _page(kit, name, text, kit.pick("utf-8", "gb18030", "utf-8-sig"), "txt")


def _fragment(kit: Kit, kind: Kind, name: str) -> Page:
    """The article alone, as a piece of HTML without head or skin."""
    kind.fill(kit)
    traps.sprinkle(kit)
    text = (
        skins.meta_tags(kit.metas)
        + f"<h2>{kit.title}</h2>\n"
        + "\n".join(kit.parts)
        + _scripts(kit)
    )
    return _page(kit, name, text, "utf-8", "html")


def _csv_page(kit: Kit, name: str) -> Page:
    """A table as an export wrote it."""
    encoding = kit.pick("utf-8", "utf-8-sig", "gb18030")
    return _page(kit, name, kit.csv_text, encoding, "csv")


def _scripts(kit: Kit) -> str:
    return "".join(f"<script>{script}</script>" for script in kit.scripts)


def _page(kit: Kit, name: str, text: str, encoding: str, suffix: str) -> Page:
    return Page(
        name, kit.kind, kit.title, text, encoding, suffix, tuple(kit.labels), tuple(kit.negatives)
    )


def pages(count: int = PAGES, seed: int = SEED) -> Iterator[Page]:
    """`count` pages, the kinds in turn."""
    every = kinds()
    for number in range(count):
        yield make_page(every[number % len(every)], number, seed)


def corpus_hash(made: Iterator[Page]) -> str:
    """SHA-256 over names, bytes and labels of all pages."""
    total = hashlib.sha256()
    for page in made:
        for part in (page.name.encode(), page.body, _dumps(page).encode()):
            total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def _dumps(page: Page) -> str:
    return json.dumps(page.as_json(), ensure_ascii=False, indent=1, sort_keys=True)


def write(out: Path, count: int = PAGES, seed: int = SEED) -> str:
    """Write pages and labels into `out`; returns the corpus hash."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for page in pages(count, seed):
        (out / f"{page.name}.{page.suffix}").write_bytes(page.body)
        (out / f"{page.name}.json").write_text(_dumps(page) + "\n", "utf-8")
        made.append(page)
    return corpus_hash(iter(made))

"""Make the sample site again from its seed.

    python -m sample.make_site           write sample/site and sample/planted.json
    python -m sample.make_site --check   say what differs from the committed files; status 1 if any

The site is that of a fictional city. Every person and number is invented; check digits are valid.
"""

import argparse
import shutil
import sys
from pathlib import Path

from sample.maker import civil, county, town
from sample.maker.site import Notice, Site, paragraphs
from sample.maker.values import People

SEED = 20260901
HERE = Path(__file__).parent
FOLDER = HERE / "site"
MANIFEST = HERE / "planted.json"
_ROBOTS = b"User-agent: *\nDisallow: /neibu/\n"


def make() -> Site:
    """The whole site in memory."""
    site, people = Site(), People(SEED)
    twice = people.person()
    civil.build(site, people, twice)
    county.build(site, people)
    town.build(site, people, twice)
    site.page(
        Notice("/index.html", "青禾市人民政府", "青禾市人民政府办公室", "首页", "2026-09-10"),
        paragraphs(
            '<a href="/smzj/index.html">青禾市民政局</a>',
            '<a href="/yunling/index.html">云岭县</a>',
            '<a href="/shiqiao/index.html">石桥镇</a>',
            '<a href="/bszn/index.html">办事指南</a>',
        ),
    )
    site.files["/robots.txt"] = _ROBOTS
    return site


def differences(site: Site) -> list[str]:
    """Paths whose committed bytes are not the ones `site` holds, or that stand there unasked."""
    committed = {
        "/" + path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file()
    }
    paths = committed.keys() | site.files.keys()
    out = [path for path in paths if committed.get(path) != site.files.get(path)]
    if not MANIFEST.exists() or MANIFEST.read_text(encoding="utf-8") != site.manifest():
        out.append(MANIFEST.name)
    return sorted(out)


def main() -> int:
    """Write the site, or compare it with what is committed."""
    parser = argparse.ArgumentParser(description="make the sample site from its seed")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    wants_check = parser.parse_args().check
    site = make()
    if wants_check:
        different = differences(site)
        for path in different:
            print(f"differs: {path}")
        return 1 if different else 0
    shutil.rmtree(FOLDER, ignore_errors=True)
    site.write(FOLDER, MANIFEST)
    print(f"{len(site.files)} files, {len(site.planted)} planted values")
    return 0


if __name__ == "__main__":
    sys.exit(main())

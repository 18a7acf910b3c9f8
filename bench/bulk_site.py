"""A site of any number of pages on loopback, served from memory by a process of its own.

    python -m bench.bulk_site --pages 2000

Columns with list pages turned by `createPageHTML`, notices with the menu of a real site around
them, one in eight with a list of invented people. Prints its base URL, then serves. The counts of
what was asked for are at /-/seen, as JSON.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from html import escape

from bench.speed.corpus import Notices
from scanner.model import Document

PER_LIST = 20
COLUMNS = 10
_MENU = 40  # links on every page, as a site's menu and footer have them


def paths(pages: int) -> list[str]:
    """Every address of a site of exactly `pages` pages, the start page first."""
    return [path for path, _ in _plan(pages)]


def _plan(pages: int) -> list[tuple[str, int]]:
    """(path, number of the notice or -1): start page, then lists and notices, column by column."""
    notices = pages - 1 - COLUMNS
    # Further list pages take their share of the total.
    per_column = max(1, notices // COLUMNS)
    out: list[tuple[str, int]] = [("/", -1)]
    for column in range(COLUMNS):
        left = per_column + (1 if column < notices % COLUMNS else 0)
        lists = 1
        while (lists - 1) + lists * PER_LIST < left:
            lists += 1
        count = left - (lists - 1)
        out += [(_list_path(column, number), -1) for number in range(lists)]
        out += [(f"/col{column}/t{number}.html", number) for number in range(count)]
    return out


def _list_path(column: int, number: int) -> str:
    return f"/col{column}/index.html" if number == 0 else f"/col{column}/index_{number}.html"


def build(pages: int) -> dict[str, bytes]:
    """The pages by path. The same on every run."""
    plan = _plan(pages)
    of_column: dict[str, list[str]] = {}
    lists: Counter[str] = Counter()
    for path, number in plan[1:]:
        folder = path.split("/")[1]
        if number >= 0:
            of_column.setdefault(folder, []).append(path)
        else:
            lists[folder] += 1
    menu = _menu()
    notices = iter(Notices())
    out: dict[str, bytes] = {}
    for path, number in plan:
        folder = path.split("/")[1]
        if path == "/":
            body = ""
        elif number >= 0:
            body = _article(next(notices))
        else:
            place = int(path.rpartition("_")[2].partition(".")[0]) if "_" in path else 0
            shown = of_column.get(folder, [])[place * PER_LIST : (place + 1) * PER_LIST]
            body = _list(shown, lists[folder], place)
        out[path] = _page(path, menu, body)
    return out


def _menu() -> str:
    links = [f"/col{n % COLUMNS}/index.html" for n in range(_MENU)]
    return "".join(
        f'<li><a href="{link}" title="栏目{n}">政务公开栏目{n}</a></li>'
        for n, link in enumerate(links)
    )


def _list(shown: list[str], lists: int, place: int) -> str:
    rows = "".join(
        f'<li><a href="{path}">关于发放补助的公示{path}</a><span>2026-09-01</span></li>'
        for path in shown
    )
    script = f'<script>createPageHTML({lists}, {place}, "index", "html");</script>'
    return f'<ul class="list">{rows}</ul>{script}'


def _article(document: Document) -> str:
    parts = []
    for block in document.blocks:
        if block.table is None:
            parts.append(f"<p>{escape(block.text)}</p>")
            continue
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{escape(cell.text) if cell else ''}</td>" for cell in row)
            + "</tr>"
            for row in block.table.grid()
        )
        parts.append(f"<table>{rows}</table>")
    return f'<div class="TRS_Editor">{"".join(parts)}</div>'


def _page(path: str, menu: str, body: str) -> bytes:
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'>"
        f"<meta name='SiteName' content='青禾市人民政府'><title>公示 {path}</title></head><body>"
        f"<div class='header'><ul class='nav'>{menu}</ul></div>{body}"
        "<div class='footer'>主办：青禾市人民政府办公室</div></body></html>"
    ).encode()


class _Server(asyncio.Protocol):
    """As little HTTP/1.1 as a crawler needs: GET, keep-alive, Content-Length."""

    def __init__(self, pages: dict[str, bytes], seen: Counter[str]) -> None:
        self._pages = pages
        self._seen = seen
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode("latin-1")
            self._transport.write(self._answer(path))  # type: ignore[attr-defined]

    def _answer(self, path: str) -> bytes:
        if path == "/-/seen":
            return _http(b"200 OK", json.dumps(self._seen).encode(), b"application/json")
        self._seen[path] += 1
        body = self._pages.get(path)
        if body is None:
            return _http(b"404 Not Found", b"", b"text/plain")
        return _http(b"200 OK", body, b"text/html; charset=utf-8")


def _http(status: bytes, body: bytes, kind: bytes) -> bytes:
    return b"HTTP/1.1 %b\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n%b" % (
        status,
        kind,
        len(body),
        body,
    )


def spread(body: bytes, hosts: int, port: int) -> bytes:
    """The page with each column on a host of its own, 127.0.0.1 and its neighbours."""
    for column in range(COLUMNS):
        base = f"http://127.0.0.{1 + column % hosts}:{port}/col{column}/"
        body = body.replace(f'href="/col{column}/'.encode(), f'href="{base}'.encode())
    return body


async def serve(pages: int, port: int, hosts: int) -> None:
    """Serve until killed; prints the base URL when ready."""
    content = build(pages)
    seen: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Server(content, seen), "127.0.0.1", port)
    port = server.sockets[0].getsockname()[1]
    if hosts > 1:
        others = [f"127.0.0.{number}" for number in range(2, hosts + 1)]
        await loop.create_server(lambda: _Server(content, seen), others, port)
        for path, body in content.items():
            content[path] = spread(body, hosts, port)
    print(f"http://127.0.0.1:{port}", flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--hosts", type=int, default=1, help="spread over so many addresses")
    options = parser.parse_args()
    asyncio.run(serve(options.pages, options.port, options.hosts))


if __name__ == "__main__":
    sys.exit(main())

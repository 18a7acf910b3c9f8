"""The fence around the listed sites: which hosts may be asked, and which addresses are inner.

A public page can send a reader anywhere: to another body's site, or to 127.0.0.1, 10.x or
169.254.169.254 of the machine that reads it. Neither is ever followed.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scanner.lang import tr
from spiders.options import SiteSpec

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAMES_OF_LOOPBACK = ("localhost", "localhost.localdomain", "ip6-localhost")


def literal_address(host: str) -> IPAddress | None:
    """The address that `host` spells, in any notation a resolver accepts (127.1, 0x7f.1)."""
    text = host.strip("[]").partition("%")[0]
    try:
        address: IPAddress = ipaddress.ip_address(text)
    except ValueError:
        if not text[:1].isdigit():
            return None
        try:
            address = ipaddress.IPv4Address(socket.inet_aton(text))
        except OSError:
            return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped if mapped is not None else address


def is_inner(address: IPAddress) -> bool:
    """Whether an address is not on the public net: loopback, private, link-local, reserved."""
    return not address.is_global or address.is_multicast


def is_loopback_name(host: str) -> bool:
    """Whether a host is this machine by its very name."""
    address = literal_address(host)
    return host.lower() in _NAMES_OF_LOOPBACK or (address is not None and address.is_loopback)


def _split(entry: str) -> tuple[str, int | None]:
    parts = urlsplit(entry if "://" in entry else f"//{entry}")
    return (parts.hostname or "").rstrip("."), parts.port


@dataclass(frozen=True, slots=True)
class Fence:
    """The listed domains of all sites of a sweep."""

    sites: tuple[SiteSpec, ...]
    _entries: dict[str, list[tuple[int | None, SiteSpec]]] = field(
        init=False, repr=False, compare=False
    )
    _starts: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the entries by host."""
        entries: dict[str, list[tuple[int | None, SiteSpec]]] = {}
        starts: set[str] = set()
        for site in self.sites:
            for host, port in _listed(site):
                entries.setdefault(host, []).append((port, site))
        for places in entries.values():
            places.sort(key=lambda place: place[0] is None)  # a port that is named goes first
        for site in self.sites:
            starts.update(_split(url)[0] for url in site.start_urls)
            starts.update(_split(entry)[0] for entry in site.domains)
        object.__setattr__(self, "_entries", entries)
        object.__setattr__(self, "_starts", frozenset(starts))

    def site_of(self, url: str) -> SiteSpec | None:
        """The site that lists the host of `url`; the longest entry wins. None is outside."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not host:
            return None
        actual = port or (443 if parts.scheme == "https" else 80)
        for suffix in _suffixes(host):
            for listed_port, site in self._entries.get(suffix, ()):
                if listed_port is None or listed_port == actual:
                    return site
        return None

    def allows(self, url: str) -> bool:
        """Whether `url` lies in a listed domain."""
        return self.site_of(url) is not None

    def is_listed_host(self, host: str) -> bool:
        """Whether a host is written in the list itself, not reached as a subdomain of an entry."""
        return host.rstrip(".") in self._starts

    def refuses_address(self, host: str, address: IPAddress) -> str:
        """Why `host`, which stands for `address`, may not be asked; "" when it may.

        A host written in the list may have a private address: inside the government's network
        its own sites often do. Loopback and link-local must be listed as such.
        """
        if not is_inner(address):
            return ""
        listed = self.is_listed_host(host)
        if listed and is_loopback_name(host) == address.is_loopback and not address.is_link_local:
            return ""
        if listed and literal_address(host) == address:
            return ""
        return tr(f"主机指向内部地址 {address}，未访问", f"the host is the inner address {address}")

    def refusal(self, url: str) -> str:
        """Why `url` may not be asked, judged by its spelling; "" when it may."""
        host = urlsplit(url).hostname or ""
        if not self.allows(url):
            address = literal_address(host)
            if is_loopback_name(host) or (address is not None and is_inner(address)):
                return tr("指向内部地址，未访问", "points to an inner address")
            return tr("不在所列网站的域名内", "outside the listed domains")
        return ""


def _listed(site: SiteSpec) -> Iterable[tuple[str, int | None]]:
    """The domains, and the start addresses with their ports: two sites may share a host."""
    for entry in site.domains or site.start_urls:
        yield _split(entry)
    for url in site.start_urls:
        host, port = _split(url)
        if host and port is not None:
            yield host, port


def _suffixes(host: str) -> Iterable[str]:
    """The host itself, then its parents; an address has no parents."""
    yield host
    if literal_address(host) is not None:
        return
    while "." in host:
        host = host.partition(".")[2]
        yield host
